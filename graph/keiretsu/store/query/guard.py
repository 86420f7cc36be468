"""Queries of strangers: refused on the parse tree if they reach outside, stopped at a deadline.

Refusal reads the tree, not the text, so neither comments nor case nor ``EXISTS`` hide anything.
What runs here runs in this process: a query can still ask for much memory.
"""

from __future__ import annotations

import re
import signal
import threading
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import rdflib.plugins.sparql
from pyparsing import ParseException, ParseResults
from rdflib import Variable
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery, parseUpdate
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.plugins.sparql.sparql import SPARQLError

from keiretsu.errors import DeadlineError, InputError, QueryRefusedError
from keiretsu.model import ID
from keiretsu.store.query.answer import Answer
from keiretsu.store.query.guarded_limits import MOST_CHARACTERS
from keiretsu.store.query.parameters import bare, names_in
from keiretsu.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import FrameType

    from rdflib import Dataset
    from rdflib.plugins.sparql.sparql import Query
    from rdflib.term import Node

# FROM <url> would otherwise be fetched; FROM is refused below as well
rdflib.plugins.sparql.SPARQL_LOAD_GRAPHS = False

MOST_NESTED: Final = 60
_REFUSED: Final = {"ServiceGraphPattern": "SERVICE", "DatasetClause": "FROM", "Load": "LOAD"}
_REPEAT: Final = 0.05  # seconds: the alarm rings again if something swallowed it
_FAULTS: Final = (
    SPARQLError,
    AttributeError,
    TypeError,
    ValueError,
    LookupError,
    ArithmeticError,
    NotImplementedError,
    re.error,
)


class _Expired(BaseException):
    """The deadline passed: not an `Exception`, so that no handler on the way keeps it."""


def answer(
    dataset: Dataset,
    text: str,
    bindings: Mapping[str, Node] | None = None,
    timeout: float | None = None,
) -> Answer:
    """Answer a query on a dataset, with its rows read out at once.

    Raises
    ------
    QueryRefusedError
        If it is not allowed here, see `prepare`, or recurses too deeply.
    DeadlineError
        If it takes longer than `timeout` seconds.
    InputError
        If it is not SPARQL, a binding is not in it, or the engine cannot answer it.
    """
    with deadline(timeout):
        query = prepare(text)
        values = bindings or {}
        for name in sorted(values.keys() - names_in(text)):
            raise InputError(f"the query has no variable ?{name}", mend="correct the name")
        terms = {Variable(name): term for name, term in values.items()}
        try:
            return Answer.of(dataset.query(query, initBindings=terms))  # type: ignore[arg-type]
        except RecursionError:
            raise QueryRefusedError(
                "the query goes too deep for the engine",
                mend="ask for reach with 'paths' or 'control' instead of + paths",
            ) from None
        except _FAULTS as error:
            problem = f"the query cannot be answered ({type(error).__name__}: {error})"
            raise InputError(problem, place="query", mend="put it in another way") from None


@lru_cache(maxsize=256)
def prepare(text: str) -> Query:
    """Return a query parsed and translated; parsing is what costs most, so it is kept.

    A relative IRI is one of our data, as in files: ``<party/renault>``.

    Raises
    ------
    QueryRefusedError
        If it has ``SERVICE``, ``FROM`` or ``LOAD``, is an update, is longer than
        `MOST_CHARACTERS`, or is nested deeper than `MOST_NESTED`.
    InputError
        If it is not SPARQL; the place is ``query:LINE``.
    """
    if len(text) > MOST_CHARACTERS:
        raise QueryRefusedError(
            f"the query has {len(text)} characters", mend=f"keep to {MOST_CHARACTERS}"
        )
    check_nesting(text)
    try:
        tree = parseQuery(text)
    except RecursionError:
        raise _too_deep() from None
    except ParseException as error:
        raise _syntax(error, text) from None
    refuse_outside(tree)
    try:
        return translateQuery(tree, ID, dict(PREFIXES))
    except RecursionError:
        raise _too_deep() from None
    except (*_FAULTS, Exception) as error:  # noqa: BLE001 - rdflib raises bare Exceptions here
        mend = "declare every prefix and project only what is bound"
        raise InputError(f"not SPARQL: {error}", place="query", mend=mend) from None


@contextmanager
def deadline(seconds: float | None) -> Iterator[None]:
    """Stop what runs inside after `seconds`; the handler that was set before is restored.

    Raises
    ------
    DeadlineError
        When the time is over.
    QueryRefusedError
        If there are no alarms here: outside the main thread, or on a system without them.
    """
    if seconds is None:
        yield
        return
    in_main = threading.current_thread() is threading.main_thread()
    if not in_main or not hasattr(signal, "setitimer"):
        raise QueryRefusedError(
            "no deadline can be kept here (not the main thread)", mend="pass timeout=None"
        )

    def expire(_number: int, frame: FrameType | None) -> None:
        if not _is_finalizing(frame):  # what is raised there is lost; it rings again
            raise _Expired

    before = signal.signal(signal.SIGALRM, expire)
    try:
        signal.setitimer(signal.ITIMER_REAL, max(seconds, 0.001), _REPEAT)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    except _Expired:
        raise DeadlineError(
            f"stopped after {seconds:g} s", mend="ask for less, or allow more time"
        ) from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _is_finalizing(frame: FrameType | None) -> bool:
    """Return whether something that nobody holds any more is just being taken down."""
    while frame is not None:
        if frame.f_code.co_name == "__del__":
            return True
        frame = frame.f_back
    return False


def check_nesting(text: str, what: str = "query") -> None:
    """Refuse a text that is nested deeper than `MOST_NESTED`, before any parser sees it.

    Raises
    ------
    QueryRefusedError
        If it is.
    """
    depth = 0
    for sign in bare(text):
        depth += (sign in "{([") - (sign in "})]")
        if depth > MOST_NESTED:
            raise _too_deep(what)


def refuse_outside(tree: object) -> None:
    """Refuse a parse tree that reaches outside the data.

    Raises
    ------
    QueryRefusedError
        If it has ``SERVICE``, ``FROM`` or ``LOAD``.
    """
    for name in _names(tree):
        if name in _REFUSED:
            raise QueryRefusedError(
                f"{_REFUSED[name]} is not allowed here", mend="load the data with -d instead"
            )


def _too_deep(what: str = "query") -> QueryRefusedError:
    problem = f"the {what} is nested too deeply"
    return QueryRefusedError(problem, mend=f"keep to {MOST_NESTED} levels")


def _syntax(error: ParseException, text: str) -> InputError | QueryRefusedError:
    if _is_update(text):
        return QueryRefusedError("an update is not allowed here", mend="ask with SELECT or ASK")
    shown = text[error.loc : error.loc + 30].split("\n", maxsplit=1)[0]
    return InputError(
        f"not SPARQL at {shown!r}" if shown else "the query ends too early",
        place=f"query:{error.lineno}",
        mend="correct it there or just before",
    )


def _is_update(text: str) -> bool:
    try:
        return bool(parseUpdate(text).request)
    except (ParseException, RecursionError, *_FAULTS):
        return False


def _names(part: object) -> Iterator[str]:
    if isinstance(part, CompValue):
        yield part.name
        for value in part.values():
            yield from _names(value)
    elif isinstance(part, (list, tuple, ParseResults)):
        for value in part:
            yield from _names(value)
