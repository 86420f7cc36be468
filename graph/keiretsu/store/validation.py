"""Checks of one file: the SHACL shapes, and what the shapes cannot say.

Rules over the whole graph (sums, contradictions) are not here: they need claims that are resolved
on a date.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Final

from rdflib import RDF, RDFS, SH, Graph, Literal, URIRef

from keiretsu.errors import InputError, UnknownTermError
from keiretsu.model import Finding, Severity
from keiretsu.resources import ontology_path
from keiretsu.store.arrange import arrange, document_of
from keiretsu.store.codec.description import Description, unknown_term
from keiretsu.store.codec.kinds import kind_of
from keiretsu.store.codec.part_read import PARTS
from keiretsu.store.codec.read import Reader
from keiretsu.store.syntax.lines import subject_lines
from keiretsu.store.syntax.parse import decode, parse_statements, syntax_of
from keiretsu.vocabulary import (
    CLAIM_SUPERCLASS,
    DOCUMENT_SUPERCLASS,
    EDIT_SUPERCLASS,
    KEI,
    ONTOLOGY,
    PARTY_SUPERCLASS,
    TERMS,
    is_derived,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from rdflib.term import Node

    from keiretsu.store.arrange import Quad
    from keiretsu.store.syntax.statements import Statement

_CONCERNED: Final = (KEI.holder, KEI.issuer, KEI.party, KEI.person, KEI.organisation)
_ONE_AT_A_TIME: Final = Lock()
"""The validator writes two statements of its own, always the same, into the shapes it is given."""
_PERIODS: Final = ((KEI.validFrom, KEI.validUntil), (KEI.existsFrom, KEI.existsUntil))


def validate_bytes(data: bytes, syntax: str, name: str) -> list[Finding]:
    """Return what is wrong with an RDF file; empty if nothing is.

    Raises
    ------
    InputError
        If it cannot be parsed at all, as `keiretsu.store.syntax.parse.parse_statements`.
    """
    said = parse_statements(data, syntax_of(name, syntax), name)
    return validate_statements(said, name, decode(data, name))


def validate_statements(said: Sequence[Statement], name: str, text: str = "") -> list[Finding]:
    """Return what is wrong with each party, document and claim that statements describe.

    Parameters
    ----------
    said
        What was parsed, or what a store holds.
    name
        What findings call it.
    text
        Its source, for line numbers: a finding is then placed at ``NAME:LINE``, otherwise (and for
        blank nodes) at ``NAME: <IRI>``.

    Returns
    -------
    list of Finding
        Sorted by place and rule. Without an error among them, it can be loaded.
    """
    try:
        quads = arrange(said, document_of(text.encode(), name), name)
    except InputError as error:
        finding = _error("unreadable", error)
        placed = _Places(name, text, {}).of(URIRef(error.place), finding)
        return [placed if error.place else replace(finding, place=name)]
    subjects: dict[URIRef, list[tuple[URIRef, Node]]] = {}
    derived: dict[URIRef, list[tuple[URIRef, Node]]] = {}
    for s, p, o, graph in quads:
        (derived if is_derived(graph) else subjects).setdefault(s, []).append((p, o))
    found = {*_shape_findings(quads), *_term_findings(subjects), *_term_findings(derived)}
    faulty = {subject for subject, finding in found if finding.severity is Severity.ERROR}
    found |= set(_reading_findings(subjects, faulty))
    place = _Places(name, text, subjects)
    return sorted((place.of(subject, finding) for subject, finding in found), key=_order)


def errors_of_change(before: Collection[Quad], after: Collection[Quad], name: str) -> list[Finding]:
    """Return the errors in what is said of the subjects that differ.

    Read with them is what they name, and, where a subject is of another class than before, what
    names it.

    Parameters
    ----------
    before, after
        All statements.
    name
        What findings call them.
    """
    differing = set(before) ^ set(after)
    classed = {s for s, p, _, _ in differing if p == RDF.type}
    subjects = {s for s, _, _, _ in differing} | {s for s, _, o, _ in after if o in classed}
    read = subjects | {o for s, _, o, _ in after if s in subjects}
    found = validate_statements([quad for quad in after if quad[0] in read], name)
    concerned = {f"{name}: <{subject}>" for subject in subjects}
    return [one for one in found if one.severity is Severity.ERROR and one.place in concerned]


def _order(finding: Finding) -> tuple[str, int, Finding]:
    name, _, line = finding.place.rpartition(":")
    return (name, int(line), finding) if line.isdigit() else (finding.place, 0, finding)


class _Places:
    """Gives findings the place and the parties of their subject."""

    def __init__(self, name: str, text: str, subjects: Mapping[URIRef, Sequence[object]]) -> None:
        self._name, self._lines, self._subjects = name, subject_lines(text), subjects

    def of(self, subject: URIRef, finding: Finding) -> Finding:
        line = self._lines.get(str(subject))
        place = f"{self._name}: <{subject}>" if line is None else f"{self._name}:{line}"
        pairs = self._subjects.get(subject, ())
        parties = sorted(
            str(pair[1]) for pair in pairs if isinstance(pair, tuple) and pair[0] in _CONCERNED
        )
        return Finding(finding.severity, finding.rule, finding.message, place, tuple(parties))


_Found = tuple[URIRef, Finding]


def _shape_findings(quads: Sequence[Quad]) -> Iterator[_Found]:
    import pyshacl  # noqa: PLC0415 - half a second, and only needed here

    data = Graph()
    for s, p, o, _ in quads:
        data.add((s, p, o))
    for child, parent in _superclasses():
        data.add((child, RDFS.subClassOf, parent))
    shapes = _shapes()
    with _ONE_AT_A_TIME:
        _, results, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", advanced=False)
    if not isinstance(results, Graph):
        raise InputError(f"the shapes cannot be applied: {results}", mend="report this as a defect")
    for result in results.subjects(RDF.type, SH.ValidationResult):
        focus, shape = results.value(result, SH.focusNode), results.value(result, SH.sourceShape)
        if isinstance(focus, URIRef):
            violated = results.value(result, SH.resultSeverity) == SH.Violation
            severity = Severity.ERROR if violated else Severity.WARNING
            message = str(results.value(result, SH.resultMessage))
            value = results.value(result, SH.value)
            if value is not None and value != focus:
                message += f" (here: {_shown(value)})"
            yield focus, Finding(severity, str(shapes.value(shape, SH.name)), message)


def _shown(value: Node) -> str:
    return repr(str(value)[:60]) if isinstance(value, Literal) else f"<{value}>"


@cache
def _shapes() -> Graph:
    # parsed here and passed as a graph: the validator's own loader leaves rdflib's global settings
    # changed when a file has an error
    shapes = Graph()
    for path in sorted(ontology_path("shapes").glob("*.ttl")):
        with path.open("rb") as file:
            shapes.parse(file=file, format="turtle")
    return shapes


def _superclasses() -> Iterator[tuple[URIRef, URIRef]]:
    for child, parent in PARTY_SUPERCLASS.items():
        yield TERMS[child], TERMS[parent]
    for child, parent in CLAIM_SUPERCLASS.items():
        yield TERMS[child], TERMS[parent]
    for child, parent in (DOCUMENT_SUPERCLASS | EDIT_SUPERCLASS).items():
        yield TERMS[child], TERMS[parent]


def _term_findings(
    subjects: Mapping[URIRef, Sequence[tuple[URIRef, Node]]],
) -> Iterator[_Found]:
    """Yield the classes and properties of our namespace that the ontology does not have."""
    for subject, pairs in subjects.items():
        about = Description(subject, pairs)
        try:
            about.types()
        except UnknownTermError as error:
            yield subject, _error("unknown-class", error)
        for predicate in sorted({p for p, _ in pairs if p.startswith(ONTOLOGY)}):
            local = str(predicate)[len(ONTOLOGY) :]
            if local not in TERMS or local[:1].isupper():
                unknown = unknown_term("property", local, str(subject))
                yield subject, _error("unknown-property", unknown)
        for start, end in _PERIODS:
            if (problem := _reversed(about, start, end)) is not None:
                yield subject, _error("reversed-dates", problem)


def _reversed(about: Description, start: URIRef, end: URIRef) -> InputError | None:
    try:
        about.date(start), about.date(end)
    except InputError:
        return None  # not dates at all: the shapes say so
    try:
        about.period(start, end)
    except InputError as error:
        return error
    return None


def _reading_findings(
    subjects: Mapping[URIRef, Sequence[tuple[URIRef, Node]]], faulty: set[URIRef]
) -> Iterator[_Found]:
    """Yield what stops the reader at subjects in which nothing else was found.

    So that whatever passes the check can be loaded.
    """
    parts = dict(_parts(subjects))
    reader = Reader(parts, {})
    for subject, pairs in sorted(subjects.items()):
        about = Description(subject, pairs, parts)
        try:
            if (kind := kind_of(about)) is not None:
                reader.read(about, kind)
        except InputError as error:
            if subject not in faulty:
                yield subject, _error("unreadable", error)
    try:
        reader.claim_set()
    except InputError as error:
        yield URIRef(error.place), _error("unreadable", error)


def _parts(
    subjects: Mapping[URIRef, Sequence[tuple[URIRef, Node]]],
) -> Iterator[tuple[URIRef, object]]:
    for subject, pairs in subjects.items():
        for name, read in PARTS.items():
            if (RDF.type, TERMS[name]) in pairs:
                try:
                    yield subject, read(Description(subject, pairs))
                except InputError:
                    continue  # it says so of itself; whoever names it says so again


def _error(rule: str, error: InputError) -> Finding:
    message = f"{error.problem}; {error.mend}" if error.mend else error.problem
    return Finding(Severity.ERROR, rule, message)
