"""Audits: stored queries that find what is wrong or doubtful in the data as a whole.

A file ``ontology/audits/NAME.rq`` opens with comments: what the audit finds on the first line, then
remarks, then ``# rule:``, ``# severity:`` and ``# message:``. Its query returns a ``?subject`` for
each finding, columns whose names begin with ``party`` for the parties concerned, and whatever else
the message names in braces.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from rdflib import RDFS, Dataset

from keiretsu.errors import InputError
from keiretsu.model import Finding, Severity
from keiretsu.resources import ontology_path
from keiretsu.store.codec.description import tail
from keiretsu.store.query.guard import answer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from rdflib.term import Node

    from keiretsu.store.query.answer import Answer
    from keiretsu.store.query.querying import Querying

_HEADER: Final = re.compile(r"#\s*(?P<name>rule|severity|message):\s*(?P<value>.+?)\s*")
_FIELD: Final = re.compile(r"\{(\w+)\}")
_PARTY: Final = "party"
_LONGEST: Final = 120


@dataclass(frozen=True, slots=True)
class Audit:
    """A stored query for what should not be.

    Parameters
    ----------
    name
        Name of its file without the ending; also the name of its rule.
    text
        What it finds, in a sentence.
    severity
        Whether a finding of it fails a check.
    message
        Words of a finding, with columns of the query in braces.
    sparql
        The query.
    """

    name: str
    text: str
    severity: Severity
    message: str
    sparql: str


@cache
def audits() -> tuple[Audit, ...]:
    """Return every audit, in the order of their names.

    Examples
    --------
    >>> [audit.severity.value for audit in audits() if audit.name == "superseded-accepted"]
    ['error']
    """
    paths = sorted(ontology_path("audits").glob("*.rq"))
    return tuple(parse_audit(path.stem, path.read_text(encoding="utf-8")) for path in paths)


def parse_audit(name: str, source: str) -> Audit:
    """Return the audit that a ``.rq`` file holds.

    Raises
    ------
    InputError
        If it does not begin with what it finds, or lacks its rule, severity or message.
    """
    lines = source.splitlines()
    first = lines[0].lstrip("# ").strip() if lines and lines[0].startswith("#") else ""
    if not first.endswith("."):
        problem = "does not begin with what it finds"
        raise InputError(problem, place=name, mend="add '# Two claims ....'")
    told = {found["name"]: found["value"] for line in lines if (found := _HEADER.fullmatch(line))}
    for word in ("rule", "severity", "message"):
        if word not in told:
            raise InputError(f"has no {word}", place=name, mend=f"add '# {word}: ...'")
    if told["rule"] != name:
        raise InputError(f"is called {told['rule']!r} inside", place=name, mend="give it one name")
    if told["severity"] not in set(Severity):
        known = ", ".join(Severity)
        raise InputError(f"{told['severity']!r} is no severity", place=name, mend=f"use {known}")
    return Audit(name, first, Severity(told["severity"]), told["message"], source)


def run_audits(source: Querying | Dataset, name: str = "store") -> list[Finding]:
    """Return what the audits find in the data as a whole.

    Parameters
    ----------
    source
        A store, or the dataset of one: every statement in the graph where it belongs, and what
        claims leave to their defaults written out, as `keiretsu.store.Store` has it.
    name
        What findings call it; their place is ``NAME: <IRI>``.

    Returns
    -------
    list of Finding
        Sorted by severity, rule and place; none if nothing is wrong. Sums of resolved claims are
        not among them: `keiretsu.snapshot.audit` checks those.
    """
    ask = _asker(source)
    labels = _Labels(ask)
    return sorted({found for audit in audits() for found in _findings(audit, ask, labels, name)})


def _asker(source: Querying | Dataset) -> Callable[[str], Answer]:
    if isinstance(source, Dataset):
        return lambda text: answer(source, text)
    return lambda text: source.query(text, timeout=None)


class _Labels:
    """Names of parties, asked for when a finding first needs one."""

    def __init__(self, ask: Callable[[str], Answer]) -> None:
        self._ask, self._known = ask, dict[str, str]()

    def of(self, party: str) -> str:
        if not self._known:
            text = (
                f"SELECT ?party ?label {{ GRAPH graph:parties {{ ?party <{RDFS.label}> ?label }} }}"
            )
            for row in self._ask(text).rows:
                self._known[str(row[0])] = min(
                    str(row[1]), self._known.get(str(row[0]), "\U0010ffff")
                )
        return self._known.get(party, tail(party))


def _findings(
    audit: Audit, ask: Callable[[str], Answer], labels: _Labels, name: str
) -> Iterator[Finding]:
    found = ask(audit.sparql)
    for row in found.rows:
        values = dict(zip(found.variables, row, strict=True))
        if values["subject"] is not None:  # one empty row stands for a count of nothing
            yield _finding(audit, values, labels, f"{name}: <{values['subject']}>")


def _finding(
    audit: Audit, values: Mapping[str, Node | None], labels: _Labels, place: str
) -> Finding:
    shown = {
        column: labels.of(str(value)) if column.startswith(_PARTY) else _text(value)
        for column, value in values.items()
    }
    parties = sorted({shown[column] for column in shown if column.startswith(_PARTY)})
    message = _FIELD.sub(lambda field: _short(shown[field[1]]), audit.message)
    return Finding(audit.severity, audit.name, message, place, tuple(parties))


def _text(value: Node | None) -> str:
    return "" if value is None else str(value)


def _short(text: str) -> str:
    """Return a stranger's text on one line, cut where it is too long."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
