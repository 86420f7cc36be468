"""Strangers' queries, answered in processes with limits of their own.

Neither engine can be stopped from inside, and both can be crashed by a query. So a query runs where
that harms nobody: a process with a copy of the data, without the environment and, where the system
allows it, without the network; with limits of memory, time and size that the kernel keeps; ended at
its deadline. It is parsed there too, and refused on its parse tree if it reaches outside.

The first query on some data starts a keeper, which loads them once; the keeper forks a process for
each query, so that many can be asked at the same time and none waits for the data again.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol, Unpack

from keiretsu.errors import InputError, QueryRefusedError
from keiretsu.store.query.guarded_data import SpoiltEngineError
from keiretsu.store.query.guarded_keeper import too_late
from keiretsu.store.query.guarded_limits import MOST_CHARACTERS, Limits
from keiretsu.store.query.guarded_reply import Change, answer_of, ended, verdict_in
from keiretsu.store.query.querying import Querying

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rdflib.term import Node

    from keiretsu.store.query.answer import Answer
    from keiretsu.store.query.guarded_data import EngineData, EngineFolder
    from keiretsu.store.query.guarded_limits import Guarding

_OUT_OF_TIME: Final = (signal.SIGALRM, signal.SIGXCPU)


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


class Queried(Querying, Protocol):
    """Who also answers strangers' queries: the store in memory, or one on disk."""

    def query_guarded(
        self,
        text: str,
        bindings: Mapping[str, Node] | None = None,
        timeout: float | None = 10.0,
        *,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        **guarding: Unpack[Guarding],
    ) -> Guarded:
        """Answer a stranger's query; see `keiretsu.store.Store.query_guarded`."""
        ...


def run_guarded(
    data: EngineData | EngineFolder,
    text: str,
    *,
    timeout: float | None = 10.0,
    default_graphs: Sequence[str] = (),
    named_graphs: Sequence[str] = (),
    **guarding: Unpack[Guarding],
) -> Guarded:
    """Answer a query in a process of its own; works in every thread, and in several at once.

    Parameters
    ----------
    data
        What is asked.
    text
        ``SELECT``, ``ASK``, ``CONSTRUCT`` or ``DESCRIBE``.
    timeout
        Seconds after which it is stopped; None for no deadline.
    default_graphs, named_graphs
        IRIs of the graphs that make up the dataset, as a protocol request names them; if there are
        none of either, all graphs do.
    **guarding
        See `Guarding`.

    Raises
    ------
    QueryRefusedError
        If it reaches outside, is an update, is too long or too deep, uses more than the limits, or
        ends its process; also if isolation is required and cannot be had.
    DeadlineError
        If it takes longer than `timeout`.
    InputError
        If it is not SPARQL, or the engine cannot answer it.
    SpoiltEngineError
        If the data lie in a folder that is not whole.
    """
    isolated = guarding.get("require_isolation", False)
    request = {"text": text, "update": False, "require_isolation": isolated}
    request |= {"default_graphs": list(default_graphs), "named_graphs": list(named_graphs)}
    if len(text) > MOST_CHARACTERS:
        raise QueryRefusedError(
            f"the query has {len(text)} characters", mend=f"keep to {MOST_CHARACTERS}"
        )
    verdict, lines = _told(data, request, timeout, guarding.get("limits") or Limits())
    return Guarded(answer_of(verdict, lines), verdict["isolated"])


def change_guarded(
    data: EngineData,
    text: str,
    *,
    timeout: float | None = 10.0,
    using: Sequence[str] = (),
    using_named: Sequence[str] = (),
    **guarding: Unpack[Guarding],
) -> Change:
    """Return what an update would change; it is tried on a copy, and the data stay as they are.

    Parameters
    ----------
    data, timeout, **guarding
        As in `run_guarded`; rows are the statements that change.
    text
        SPARQL 1.1 Update.
    using, using_named
        IRIs of the graphs in which patterns are matched, as a protocol request names them.

    Raises
    ------
    QueryRefusedError
        If it reaches outside, writes where updates do not, or uses more than the limits; also if
        isolation is required and cannot be had.
    DeadlineError
        If it takes longer than `timeout`.
    InputError
        If it is not SPARQL, or the engine cannot carry it out.
    """
    isolated = guarding.get("require_isolation", False)
    request = {"text": text, "update": True, "require_isolation": isolated}
    request |= {"default_graphs": list(using), "named_graphs": list(using_named)}
    _, lines = _told(data, request, timeout, guarding.get("limits") or Limits())
    return Change(tuple(line.decode() for line in lines))


def _told(
    data: EngineData | EngineFolder,
    request: Mapping[str, Any],
    timeout: float | None,
    limits: Limits,
) -> tuple[dict[str, Any], list[bytes]]:
    """Return what the process of a request says at its end, and the lines before that."""
    whole = _request(data, request, timeout, limits)
    with tempfile.TemporaryFile() as asked, tempfile.TemporaryFile() as told:
        asked.write(json.dumps(whole).encode())
        asked.seek(0)
        status = data.keeper().ask(asked, told, timeout)
        told.seek(0)
        lines = told.read().split(b"\n")
    if status in {-number for number in _OUT_OF_TIME} and timeout is not None:
        raise too_late(timeout)
    verdict = verdict_in(lines[-1])
    if verdict is None:
        raise ended(status, limits)
    if "spoilt" in verdict:
        raise SpoiltEngineError(verdict["spoilt"])
    if "problem" in verdict:
        kind = QueryRefusedError if verdict["refused"] else InputError
        raise kind(verdict["problem"], place=verdict["place"], mend=verdict["mend"])
    return verdict, lines[:-1]


def _request(
    data: EngineData | EngineFolder,
    request: Mapping[str, Any],
    timeout: float | None,
    limits: Limits,
) -> dict[str, Any]:
    if os.name != "posix" or not sys.executable:
        raise QueryRefusedError(
            "a query in free text cannot be guarded on this system",
            mend="ask a named question, or use Linux or macOS",
        )
    if not request["text"].isascii():
        try:
            request["text"].encode()
        except UnicodeEncodeError:
            problem = "the query is not text in UTF-8"
            raise InputError(problem, place="query", mend="save it as UTF-8") from None
    return {
        **request,
        "timeout": timeout,
        "rows": limits.rows,
        "bytes": limits.bytes,
        "memory": limits.memory + data.room(limits.memory_per_byte),
        "is_united": data.is_united,
    }
