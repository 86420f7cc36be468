"""A measure that takes too long is stopped, and the server answers on."""

import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from keiretsu import OwnershipGraph
from keiretsu.errors import DeadlineError
from keiretsu.service.workers import WorkerCrashError, Workers

LIMIT = 4.0
FIRMS = 30
LONG = {"power": "true"}
"""The indices of power in a network in which everybody holds everybody: minutes of work."""


@pytest.fixture(scope="module")
def tangle(tmp_path_factory):
    """Return a graph in which every firm holds a little of every other."""
    path = tmp_path_factory.mktemp("tangle") / "tangle.csv"
    rows = [f"F{a},F{b},{100 / FIRMS:.2f}" for a in range(FIRMS) for b in range(FIRMS) if a != b]
    path.write_text("\n".join(["holder,issuer,capital_percent", *rows]), encoding="utf-8")
    return OwnershipGraph.open(path)


@pytest.mark.slow
def test_a_measure_without_end_is_stopped(start, tangle):
    """504 in one sentence, twice in a row, while others get what they ask for."""
    address = start(tangle, measure_timeout=LIMIT)
    asked_of = {"company": "F1", "as-of": "2024-01-01"}

    def ask_for_long():
        return [httpx.get(f"{address}/api/network", params=LONG, timeout=120) for _ in range(2)]

    def ask_for_short():
        return httpx.get(f"{address}/api/votes", params=asked_of, timeout=120)

    first = ask_for_short()
    with ThreadPoolExecutor(1) as pool:
        asked, served = pool.submit(ask_for_long), []
        while not asked.done():
            served.append(ask_for_short())
            time.sleep(0.1)
    stopped = asked.result()
    assert [504] * 2 == [response.status_code for response in stopped]
    assert {"stopped after 4 s"} == {response.json()["detail"] for response in stopped}
    assert {first.text} == {response.text for response in served}
    assert 200 == first.status_code


def test_the_work_itself_ends(tangle):
    """The process that works is gone when the deadline is told, and the next job has another."""
    workers = Workers(tangle)
    asked = {"name": "network", "given": {"power": ["true"]}}
    with pytest.raises(DeadlineError, match=r"stopped after 0\.5 s"):
        workers.run("documented", asked, 0.5)
    assert [] == workers._idle
    content, _ = workers.run("documented", {"name": "votes", "given": {"company": ["F1"]}}, 60)
    assert b'"command": "votes"' in content


def test_a_job_that_fails_is_told_to_the_log(book):
    """What is ours to mend comes back as an error of its own, with its traceback."""
    workers = Workers(book)
    with pytest.raises(WorkerCrashError, match="KeyError: 'nothing'"):
        workers.run("documented", {"name": "nothing", "given": {}}, 60)
    content, _ = workers.run("documented", {"name": "votes", "given": {"company": ["Shop"]}}, 60)
    assert content
