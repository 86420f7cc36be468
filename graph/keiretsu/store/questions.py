"""Named questions: stored queries with typed parameters, each beginning with its question.

A file ``ontology/queries/NAME.rq`` opens with comments: the question on the first line, then
remarks, then a line for each parameter: ``# param NAME: KIND`` or ``# param NAME: KIND = DEFAULT``.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Final, Protocol

from rdflib import URIRef

from keiretsu.errors import AmbiguousNameError, InputError, NameNotFoundError
from keiretsu.model import PartialDate, exact
from keiretsu.resources import ontology_path
from keiretsu.store import literals

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rdflib.term import Node

    from keiretsu.model import ClaimSet
    from keiretsu.store.answer import Answer

_PARAMETER: Final = re.compile(
    r"#\s*param\s+(?P<name>\w+)\s*:\s*(?P<kind>[\w-]+)(?:\s*=\s*(?P<default>.+?))?\s*"
)
_HORIZON: Final = "horizon"


class ParameterKind(StrEnum):
    """What a parameter takes."""

    PARTY = "party"
    """A party: its IRI, or a whole name or identifier of it."""
    DATE = "date"
    """A date; ``horizon`` is the last day for which the data claims to be kept."""
    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a named question; without a `default` it must be given."""

    name: str
    kind: ParameterKind
    default: str | None = None


class Answering(Protocol):
    """What a question needs of a store."""

    def claims(self) -> ClaimSet:
        """Return the claims, by whose names parties are found."""
        ...

    def query(
        self, text: str, bindings: Mapping[str, Node] | None = None, timeout: float | None = 10.0
    ) -> Answer:
        """Answer a query."""
        ...


@dataclass(frozen=True, slots=True)
class Question:
    """A stored query.

    Parameters
    ----------
    name
        Name of its file without the ending, such as ``q01-holders``.
    text
        The question in English.
    parameters
        What it takes.
    sparql
        The query, with a ``$name`` for each parameter.
    """

    name: str
    text: str
    parameters: tuple[Parameter, ...]
    sparql: str

    def run(
        self,
        store: Answering,
        values: Mapping[str, object] | None = None,
        timeout: float | None = None,
    ) -> Answer:
        """Answer the question.

        Parameters
        ----------
        store
            What is asked.
        values
            Values by the names of the parameters; an absent or None value takes the default.
        timeout
            Seconds after which it is stopped; none by default, since the query is ours.

        Raises
        ------
        InputError
            If a value is missing, not of its kind, or not of a parameter.
        NameNotFoundError
            If no party has the name given.
        AmbiguousNameError
            If several parties have it.
        """
        given = {name: value for name, value in (values or {}).items() if value is not None}
        for name in sorted(given.keys() - {parameter.name for parameter in self.parameters}):
            known = ", ".join(parameter.name for parameter in self.parameters)
            raise InputError(f"{self.name} has no parameter {name!r}", mend=f"use {known}")
        terms = {
            parameter.name: _term(parameter, given.get(parameter.name, parameter.default), store)
            for parameter in self.parameters
        }
        return store.query(self.sparql, terms, timeout)


@cache
def named_questions() -> tuple[Question, ...]:
    """Return every named question, in the order of their names.

    Examples
    --------
    >>> named_questions()[0].name, [p.name for p in named_questions()[0].parameters]
    ('q01-holders', ['company', 'as_of'])
    """
    paths = sorted(ontology_path("queries").glob("*.rq"))
    return tuple(parse_question(path.stem, path.read_text(encoding="utf-8")) for path in paths)


def question(name: str) -> Question:
    """Return the question of a name, or of its beginning up to the first dash (``q01``).

    Raises
    ------
    NameNotFoundError
        If there is none.
    """
    for found in named_questions():
        if name in (found.name, found.name.partition("-")[0]):
            return found
    known = [found.name for found in named_questions()]
    raise InputError(
        f"no question is named {name!r}",
        mend=f"use {', '.join(get_close_matches(name, known, n=3, cutoff=0.4) or known)}",
    )


def parse_question(name: str, source: str) -> Question:
    """Return the question that a ``.rq`` file holds.

    Raises
    ------
    InputError
        If the file does not begin with its question, or declares a parameter of no kind.
    """
    lines = source.splitlines()
    header = [line for line in lines if line.startswith("#")]
    text = header[0].lstrip("# ").strip() if lines and lines[0].startswith("#") else ""
    if not text.endswith("?"):
        raise InputError("does not begin with its question", place=name, mend="add '# Who ...?'")
    found = [match for line in header if (match := _PARAMETER.fullmatch(line))]
    kinds = set(ParameterKind)
    for match in found:
        if match["kind"] not in kinds:
            known = ", ".join(sorted(kinds))
            raise InputError(f"{match['kind']!r} is no kind of parameter", place=name, mend=known)
    parameters = (Parameter(m["name"], ParameterKind(m["kind"]), m["default"]) for m in found)
    return Question(name, text, tuple(parameters), source)


def _term(parameter: Parameter, value: object, store: Answering) -> Node:
    if value is None:
        raise InputError(
            f"the parameter {parameter.name!r} is missing",
            mend=f"give {parameter.name}=... ({parameter.kind})",
        )
    try:
        match parameter.kind:
            case ParameterKind.PARTY:
                return _party(str(value), store.claims())
            case ParameterKind.DATE:
                return literals.date(_date(value, store))
            case ParameterKind.INTEGER:
                return literals.integer(int(str(value)))
            case ParameterKind.DECIMAL:
                return literals.decimal(exact(str(value)))
            case ParameterKind.TEXT:
                return literals.text(str(value))
    except ValueError as error:
        problem = error.problem if isinstance(error, InputError) else f"{value!r} is not a number"
        mend = error.mend if isinstance(error, InputError) else "write it like 3"
        raise InputError(f"{parameter.name}: {problem}", mend=mend) from None


def _date(value: object, store: Answering) -> PartialDate:
    if value != _HORIZON:
        return PartialDate.parse(value if isinstance(value, dt.date) else str(value))
    horizon = store.claims().horizon
    if horizon is None:
        raise InputError("the data states no horizon", mend="give a date")
    return PartialDate.parse(horizon)


def _party(value: str, claims: ClaimSet) -> URIRef:
    if value in claims.parties:
        return URIRef(value)
    wanted = value.strip().casefold()
    found = [
        party.id
        for party in claims.parties.values()
        if wanted in {name.casefold() for name in party.names}
    ]
    if len(found) > 1:
        raise AmbiguousNameError(value, found)
    if found:
        return URIRef(found[0])
    labels = sorted({party.label for party in claims.parties.values()})
    raise NameNotFoundError(value, get_close_matches(value, labels, n=3))
