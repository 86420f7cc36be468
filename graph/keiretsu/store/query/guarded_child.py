"""A stranger's query, answered in a process of its own; see `keiretsu.store.query.guarded`.

The process limits itself before it reads the query: memory, processor time, the size of what it may
write. Its alarm has no handler, so the kernel ends it at the deadline wherever it is.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import sys
from typing import IO, TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from keiretsu.errors import InputError, KeiretsuError, QueryRefusedError
from keiretsu.model import ID
from keiretsu.store.query.guard import prepare
from keiretsu.store.query.guarded_update import changes
from keiretsu.store.query.update_text import operations
from keiretsu.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_DEFAULT: Final = ox.DefaultGraph()
_ROOM: Final = 65_536
"""Bytes that the verdict may take beside the rows."""
_SPOILT: Final = re.compile("Corruption|IO error|No such file")
"""What the engine says of files that are not as it wrote them."""


class _TooMuchError(Exception):
    """The answer is larger than allowed."""


def main(request: dict[str, Any], opening: Callable[[], ox.Store], *, isolated: bool) -> None:
    """Answer a request; the answer goes to standard output, one JSON value on each line.

    The rows come first and the verdict last, so that an answer without a verdict is one that broke
    off.

    Parameters
    ----------
    request
        `text`, `update` (whether it is one), `timeout`, `rows`, `bytes`, `memory`,
        `require_isolation`, whether the default graph `is_united`, and the names of the graphs that
        are asked, `default_graphs` and `named_graphs`.
    opening
        Gives what is asked.
    isolated
        Whether there is no network here.
    """
    _limit(request)
    out = _Writer(sys.stdout.buffer, request["rows"], request["bytes"])
    try:
        _check_isolation(isolated=isolated, required=request["require_isolation"])
        verdict = (_changed if request["update"] else _answer)(request, opening(), out)
    except KeiretsuError as error:
        verdict = {"refused": isinstance(error, QueryRefusedError), **_told(error)}
    except _TooMuchError as error:
        mend = "add LIMIT, or ask for less"
        verdict = {"refused": True, "problem": str(error), "place": "", "mend": mend}
    except MemoryError:
        verdict = {"memory": True}
    except Exception as error:  # noqa: BLE001 - the engine may raise anything
        if not request["is_united"] and _SPOILT.search(str(error)):
            return out.close({"spoilt": str(error)[:300]})
        problem = f"the query cannot be answered ({type(error).__name__}: {str(error)[:300]})"
        mend = "put it in another way"
        verdict = {"refused": False, "problem": problem, "place": "query", "mend": mend}
    return out.close({**verdict, "isolated": isolated})


def _limit(request: dict[str, Any]) -> None:
    import resource  # noqa: PLC0415 - not on every system; the parent asks first

    timeout = request["timeout"]
    _set(resource.RLIMIT_CORE, 0)
    _set(resource.RLIMIT_FSIZE, request["bytes"] + _ROOM)
    _set(resource.RLIMIT_AS, request["memory"])
    if timeout is not None:
        _set(resource.RLIMIT_CPU, int(timeout) + 2)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, max(timeout, 0.001))


def _set(which: int, most: int) -> None:
    import resource  # noqa: PLC0415 - see above

    with contextlib.suppress(ValueError, OSError):  # lower already, or not kept on this system
        resource.setrlimit(which, (most, most))


def _check_isolation(*, isolated: bool, required: bool) -> None:
    if required and not isolated:
        raise QueryRefusedError(
            "this system allows no isolation from the network",
            mend="enable user namespaces, or do not require isolation",
        )


def _told(error: KeiretsuError) -> dict[str, str]:
    return {"problem": error.problem, "place": error.place, "mend": error.mend}


def _answer(request: dict[str, Any], store: ox.Store, out: _Writer) -> dict[str, Any]:
    text = request["text"]
    prepare(text)
    try:
        found = store.query(text, base_iri=ID, prefixes=dict(PREFIXES), **_dataset(request))
    except SyntaxError as error:
        mend = "correct it there or just before"
        raise InputError(f"not SPARQL: {error.msg}", place="query", mend=mend) from None
    if isinstance(found, ox.QueryBoolean):
        return {"kind": "ask", "boolean": bool(found)}
    if isinstance(found, ox.QuerySolutions):
        variables = [variable.value for variable in found.variables]
        out.rows(([solution[name] for name in variables] for solution in found), "rows")
        return {"kind": "select", "variables": variables}
    triples = ([triple.subject, triple.predicate, triple.object] for triple in _only_once(found))
    out.rows(triples, "statements")
    return {"kind": "graph"}


def _changed(request: dict[str, Any], store: ox.Store, out: _Writer) -> dict[str, Any]:
    """Answer with what an update changes in this process's copy: signs and statements."""
    asked = operations(request["text"], request["default_graphs"], request["named_graphs"])
    added, removed = changes(store, asked)
    signed = [*(("+", quad) for quad in added), *(("-", quad) for quad in removed)]
    terms = (
        [ox.Literal(sign), *quad.triple, None if quad.graph_name == _DEFAULT else quad.graph_name]
        for sign, quad in sorted(signed, key=str)
    )
    out.rows(terms, "changed statements")
    return {"kind": "update"}


def _dataset(request: dict[str, Any]) -> dict[str, Any]:
    """Return the arguments that limit a query to the graphs that were named."""
    names = {key: request[f"{key}s"] for key in ("default_graph", "named_graph")}
    if not any(names.values()):
        return {} if request["is_united"] else {"use_default_graph_as_union": True}
    try:
        graphs = {key: [ox.NamedNode(name) for name in names[key]] for key in names}
    except ValueError as error:
        mend = "write absolute IRIs"
        raise InputError(f"a graph's name is no IRI: {error}", place="query", mend=mend) from None
    return {"default_graph": graphs["default_graph"], "named_graphs": graphs["named_graph"]}


def _only_once(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    seen = set()
    for triple in triples:
        if triple not in seen:
            seen.add(triple)
            yield triple


class _Writer:
    """Writes rows until there are too many, and then the verdict alone."""

    def __init__(self, out: IO[bytes], most_rows: int, most_bytes: int) -> None:
        self._out, self._most_rows, self._most_bytes = out, most_rows, most_bytes
        self._bytes = 0

    def rows(self, rows: Iterable[Sequence[object]], what: str) -> None:
        for number, row in enumerate(rows, start=1):
            line = json.dumps([_term(term) for term in row]).encode() + b"\n"
            self._bytes += len(line)
            if number > self._most_rows:
                raise _TooMuchError(f"the answer has more than {self._most_rows:,} {what}")
            if self._bytes > self._most_bytes:
                raise _TooMuchError(f"the answer is larger than {self._most_bytes:,} bytes")
            self._out.write(line)

    def close(self, verdict: dict[str, Any]) -> None:
        if "kind" not in verdict:
            self._out.flush()
            os.lseek(self._out.fileno(), 0, os.SEEK_SET)
            os.ftruncate(self._out.fileno(), 0)
        self._out.write(json.dumps(verdict).encode())
        self._out.flush()


def _term(term: object) -> list[str | None] | None:
    """Return a term as JSON: an IRI, a blank node, or a literal with datatype and language."""
    if isinstance(term, ox.Literal):
        return ["literal", term.value, term.datatype.value, term.language]
    if isinstance(term, ox.NamedNode):
        return ["iri", term.value]
    if isinstance(term, ox.BlankNode):
        return ["blank", term.value]
    return None
