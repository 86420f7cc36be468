"""Cases of `oracles.json`: a test that is marked with some of them runs once for each."""

import copy
import json
from pathlib import Path

import pytest

FILE = Path(__file__).parent / "oracles.json"
CASES = {case["id"]: case for case in json.loads(FILE.read_text("utf-8"))}


def pytest_generate_tests(metafunc):
    """Give a marked test its cases as `case`; a test that does not read them is an error."""
    mark = metafunc.definition.get_closest_marker("oracle")
    if mark is not None:
        found = [copy.deepcopy(CASES[name]) for name in mark.args]
        metafunc.parametrize("case", found, ids=mark.args)


@pytest.fixture(scope="session")
def oracles():
    """Return every case, by its name."""
    return CASES
