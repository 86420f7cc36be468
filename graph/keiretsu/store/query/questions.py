"""Named questions: stored queries with typed parameters, each beginning with its question.

A file ``ontology/queries/NAME.rq`` opens with comments: the question on the first line, then
remarks, then a line for each parameter: ``# param NAME: KIND`` or ``# param NAME: KIND = DEFAULT``.
A line ``# needs stakes``, ``# needs control majority-votes as majority`` or ``# needs control
$rule`` says which derived graph is computed for the day ``as_of`` before the question is asked; the
query names it by ``$stakes``, ``$majority`` or ``$control``.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Protocol

from keiretsu.errors import InputError
from keiretsu.resources import ontology_path
from keiretsu.store.derived.graphs import DerivedKind, DerivedRequest, derived_kind
from keiretsu.store.query.parameters import bind, names_in
from keiretsu.store.query.querying import Querying
from keiretsu.store.query.question_values import Parameter, ParameterKind, read_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

    from rdflib.term import Node

    from keiretsu.model import ClaimSet
    from keiretsu.store.query.answer import Answer
    from keiretsu.store.query.guarded import Guarded

_PARAMETER: Final = re.compile(
    r"#\s*param\s+(?P<name>\w+)\s*:\s*(?P<kind>[\w-]+)(?:\s*=\s*(?P<default>.+?))?\s*"
)
_NEED: Final = re.compile(
    r"#\s*needs\s+(?P<kind>[\w-]+)(?:\s+(?P<argument>(?!as\b)\$?[\w.-]+))?(?:\s+as\s+(?P<name>\w+))?\s*"
)
_DAY: Final = "as_of"


@dataclass(frozen=True, slots=True)
class Need:
    """A derived graph that a question needs.

    Parameters
    ----------
    name
        Name by which the query calls it, after a ``$``.
    kind
        What it holds.
    argument
        Rule or floor, or ``$parameter`` for the value of a parameter.
    """

    name: str
    kind: DerivedKind
    argument: str = ""


class Answering(Querying, Protocol):
    """What a question needs of a store."""

    def claims(self) -> ClaimSet:
        """Return the claims, by whose names parties are found."""
        ...

    def query_guarded(
        self, text: str, bindings: Mapping[str, Node] | None = None, timeout: float | None = 10.0
    ) -> Guarded:
        """Answer a stranger's query."""
        ...

    def deriving(self, requests: Sequence[DerivedRequest]) -> AbstractContextManager[None]:
        """Have derived graphs at hand for the time of a question."""
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
        The query, with a ``$name`` for each parameter and each derived graph.
    remarks
        What else its file says of it, before the parameters.
    needs
        Derived graphs that are computed before it is asked.
    is_ours
        Whether it comes with the package. A stranger's is answered in a process of its own.
    """

    name: str
    text: str
    parameters: tuple[Parameter, ...]
    sparql: str
    remarks: str = ""
    needs: tuple[Need, ...] = ()
    is_ours: bool = False

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
        terms = self.terms(store, values or {})
        requests = self._requests(terms)
        terms |= {name: request.name for name, request in requests.items()}
        if requests:  # the day and a rule may serve to compute alone
            terms = {name: terms[name] for name in sorted(terms.keys() & names_in(self.sparql))}
        with store.deriving(list(requests.values())):
            if self.is_ours:
                return store.query(self.sparql, terms, timeout)
            return store.query_guarded(bind(self.sparql, terms), None, timeout).answer

    def terms(self, store: Answering, values: Mapping[str, object]) -> dict[str, Node]:
        """Return the values of the parameters as RDF terms.

        Raises
        ------
        InputError, NameNotFoundError, AmbiguousNameError
            As `run`.
        """
        given = {name: value for name, value in values.items() if value is not None}
        for name in sorted(given.keys() - {parameter.name for parameter in self.parameters}):
            known = ", ".join(parameter.name for parameter in self.parameters)
            mend = f"use {known}" if known else "leave it out"
            raise InputError(f"{self.name} has no parameter {name!r}", mend=mend)
        return {
            one.name: read_value(one, given.get(one.name, one.default), store.claims)
            for one in self.parameters
        }

    def _requests(self, terms: Mapping[str, Node]) -> dict[str, DerivedRequest]:
        if not self.needs:
            return {}
        try:
            day = dt.date.fromisoformat(str(terms[_DAY]))
        except ValueError:
            problem = f"{_DAY}: {str(terms[_DAY])!r} is not a day"
            raise InputError(problem, mend="write it like 2019-09-03") from None
        found = {}
        for need in self.needs:
            argument = need.argument
            if argument.startswith("$"):
                argument = str(terms[argument[1:]])
            found[need.name] = DerivedRequest(need.kind, day, argument)
        return found


@cache
def named_questions() -> tuple[Question, ...]:
    """Return every named question, in the order of their names.

    Examples
    --------
    >>> named_questions()[0].name, [p.name for p in named_questions()[0].parameters]
    ('q01-holders', ['company', 'as_of'])
    """
    paths = sorted(ontology_path("queries").glob("*.rq"))
    found = (parse_question(path.stem, path.read_text(encoding="utf-8")) for path in paths)
    return tuple(replace(one, is_ours=True) for one in found)


def question_rows() -> list[dict[str, Any]]:
    """Return every named question with what it takes."""
    return [
        {
            "name": asked.name,
            "question": asked.text,
            "parameters": [
                {"name": one.name, "kind": one.kind.value, "default": one.default}
                for one in asked.parameters
            ],
        }
        for asked in named_questions()
    ]


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
    parameters = tuple(_parameters(name, header))
    known = {parameter.name for parameter in parameters}
    needs = tuple(_needs(name, header, known))
    return Question(name, text, parameters, source, _remarks(header[1:]), needs)


def _parameters(name: str, header: Sequence[str]) -> Iterator[Parameter]:
    kinds = set(ParameterKind)
    for match in filter(None, map(_PARAMETER.fullmatch, header)):
        if match["kind"] not in kinds:
            known = ", ".join(sorted(kinds))
            raise InputError(f"{match['kind']!r} is no kind of parameter", place=name, mend=known)
        yield Parameter(match["name"], ParameterKind(match["kind"]), match["default"])


def _needs(name: str, header: Sequence[str], parameters: set[str]) -> Iterator[Need]:
    for match in filter(None, map(_NEED.fullmatch, header)):
        kind, argument = derived_kind(match["kind"]), match["argument"] or ""
        for parameter in (_DAY, *([argument[1:]] if argument.startswith("$") else [])):
            if parameter not in parameters:
                problem = f"needs {kind} and has no parameter {parameter!r}"
                raise InputError(problem, place=name, mend=f"add '# param {parameter}: ...'")
        yield Need(match["name"] or kind.replace("-", "_"), kind, argument)


def _remarks(header: Sequence[str]) -> str:
    """Return the lines of a header that declare nothing, as running text."""
    told = [line for line in header if not _PARAMETER.fullmatch(line) and not _NEED.fullmatch(line)]
    return " ".join(" ".join(line.lstrip("#") for line in told).split())


__all__ = [
    "Answering",
    "Need",
    "Parameter",
    "ParameterKind",
    "Question",
    "named_questions",
    "parse_question",
    "question",
    "question_rows",
]
