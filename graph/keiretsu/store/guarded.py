"""Strangers' queries, answered in a child process with limits of its own.

Neither engine can be stopped from inside, and both can be crashed by a query. So the query runs
where that harms nobody: a process with a copy of the data, without the environment and, where the
system allows it, without the network; with limits of memory, time and size that the kernel keeps;
ended at its deadline. It is parsed there too, and refused on its parse tree if it reaches outside.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, Final

from rdflib import XSD, BNode, Graph, Literal, URIRef

from keiretsu.errors import DeadlineError, InputError, QueryRefusedError
from keiretsu.store.answer import Answer
from keiretsu.store.guard import MOST_CHARACTERS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rdflib.term import Node

    from keiretsu.store.guarded_data import EngineData

_START: Final = """\
import json, sys
request = json.load(sys.stdin)
sys.path += [path for path in request.pop("path") if path not in sys.path]
from keiretsu.store.guarded_child import main
main(request)
"""
_GRACE: Final = 0.8
"""Seconds beyond the deadline after which a process that did not start in time is ended."""
_OUT_OF_TIME: Final = (signal.SIGALRM, signal.SIGXCPU)
_INHERITED: Final = ("LD_LIBRARY_PATH",)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may use.

    Parameters
    ----------
    rows
        Rows of the answer; statements of a ``CONSTRUCT``.
    bytes
        Size of the answer in transit.
    memory
        Address space of the process, in bytes, beside `memory_per_byte` for each byte of data.
    memory_per_byte
        Further address space for each byte of data, which is held in the process.
    """

    rows: int = 100_000
    bytes: int = 32 << 20
    memory: int = 1 << 30
    memory_per_byte: int = 8


@dataclass(frozen=True, slots=True)
class Guarded:
    """What a guarded query gave.

    Parameters
    ----------
    answer
        Its answer.
    isolated
        Whether it ran without a network.
    """

    answer: Answer
    isolated: bool


def run_guarded(
    data: Sequence[EngineData],
    text: str,
    *,
    timeout: float | None = 10.0,
    limits: Limits | None = None,
    require_isolation: bool = False,
    default_graphs: Sequence[str] = (),
    named_graphs: Sequence[str] = (),
) -> Guarded:
    """Answer a query in a child process; works in every thread.

    Parameters
    ----------
    data
        What is asked.
    text
        ``SELECT``, ``ASK``, ``CONSTRUCT`` or ``DESCRIBE``.
    timeout
        Seconds after which it is stopped; None for no deadline.
    limits
        What it may use.
    require_isolation
        Refuse to answer where the system cannot take the network away. A person's own query on
        their own machine runs with the other limits alone.
    default_graphs, named_graphs
        IRIs of the graphs that make up the dataset, as a protocol request names them; if there are
        none of either, all graphs do.

    Raises
    ------
    QueryRefusedError
        If it reaches outside, is an update, is too long or too deep, uses more than the limits, or
        ends its process; also if isolation is required and cannot be had.
    DeadlineError
        If it takes longer than `timeout`.
    InputError
        If it is not SPARQL, or the engine cannot answer it.
    """
    allowed = limits or Limits()
    request = _request(data, text, timeout, allowed, require_isolation=require_isolation)
    request |= {"default_graphs": list(default_graphs), "named_graphs": list(named_graphs)}
    with tempfile.TemporaryFile() as asked, tempfile.TemporaryFile() as told:
        asked.write(json.dumps(request).encode())
        asked.seek(0)
        status = _run(asked, told, request["data"], timeout)
        told.seek(0)
        lines = told.read().split(b"\n")
    if status in {-number for number in _OUT_OF_TIME} and timeout is not None:
        raise _too_late(timeout)
    verdict = _verdict(lines[-1])
    if verdict is None:
        raise _ended(status, allowed)
    if "problem" in verdict:
        kind = QueryRefusedError if verdict["refused"] else InputError
        raise kind(verdict["problem"], place=verdict["place"], mend=verdict["mend"])
    return Guarded(_answer(verdict, lines[:-1]), verdict["isolated"])


def _request(
    data: Sequence[EngineData],
    text: str,
    timeout: float | None,
    limits: Limits,
    *,
    require_isolation: bool,
) -> dict[str, Any]:
    if os.name != "posix" or not sys.executable:
        raise QueryRefusedError(
            "a query in free text cannot be guarded on this system",
            mend="ask a named question, or use Linux or macOS",
        )
    if len(text) > MOST_CHARACTERS:
        raise QueryRefusedError(
            f"the query has {len(text)} characters", mend=f"keep to {MOST_CHARACTERS}"
        )
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            problem = "the query is not text in UTF-8"
            raise InputError(problem, place="query", mend="save it as UTF-8") from None
    sizes = {one.descriptor(): os.fstat(one.descriptor()).st_size for one in data}
    return {
        "text": text,
        "timeout": timeout,
        "rows": limits.rows,
        "bytes": limits.bytes,
        "memory": limits.memory + limits.memory_per_byte * sum(sizes.values()),
        "require_isolation": require_isolation,
        "data": [descriptor for descriptor, size in sizes.items() if size],
        "path": [path for path in sys.path if path],
    }


def _run(
    asked: IO[bytes], told: IO[bytes], descriptors: Sequence[int], timeout: float | None
) -> int:
    """Run the process to its end, or end it; return its status."""
    process = subprocess.Popen(  # noqa: S603 - this interpreter, on text of ours
        [sys.executable, "-I", "-c", _START],
        stdin=asked,
        stdout=told,
        stderr=subprocess.DEVNULL,
        pass_fds=tuple(descriptors),
        env=_environment(),
        cwd="/",
        start_new_session=True,
    )
    try:
        return process.wait(None if timeout is None else timeout + _GRACE)
    except subprocess.TimeoutExpired:
        raise _too_late(timeout or 0) from None
    finally:
        process.kill()
        process.wait()


def _environment() -> Mapping[str, str]:
    """Return an environment without anything that could be a secret."""
    kept = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    return {"PATH": os.defpath, "LC_ALL": "C.UTF-8", **kept}


def _too_late(timeout: float) -> DeadlineError:
    return DeadlineError(f"stopped after {timeout:g} s", mend="ask for less, or allow more time")


def _verdict(line: bytes) -> dict[str, Any] | None:
    """Return the last line of an answer as a verdict; None if it broke off, or out of memory."""
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return found if isinstance(found, dict) and "memory" not in found else None


def _ended(status: int, limits: Limits) -> QueryRefusedError:
    if status == -signal.SIGSEGV:
        return QueryRefusedError(
            "the query goes too deep for the engine",
            mend="ask for reach with 'paths' or 'control' instead of + paths",
        )
    if status in (0, -signal.SIGABRT, -signal.SIGKILL):
        size = f"{limits.memory / (1 << 30):g} GiB"
        return QueryRefusedError(f"the query needs more memory than {size}", mend="ask for less")
    return QueryRefusedError(f"the query ended its process ({status})", mend="ask for less")


def _answer(verdict: Mapping[str, Any], lines: Sequence[bytes]) -> Answer:
    if verdict["kind"] == "ask":
        return Answer(boolean=verdict["boolean"])
    rows = tuple(tuple(map(_term, json.loads(line))) for line in lines)
    if verdict["kind"] == "select":
        return Answer(variables=tuple(verdict["variables"]), rows=rows)
    graph = Graph()
    for s, p, o in rows:
        if s is not None and p is not None and o is not None:
            graph.add((s, p, o))
    return Answer(graph=graph)


def _term(told: Sequence[str] | None) -> Node | None:
    if told is None:
        return None
    kind, value, *rest = told
    if kind == "iri":
        return URIRef(value)
    if kind == "blank":
        return BNode(value)
    datatype, language = rest
    if language:
        return Literal(value, lang=language)
    plain = datatype == str(XSD.string)
    return Literal(value, datatype=None if plain else URIRef(datatype), normalize=False)
