"""Strangers' RDF in the order of the house: every statement in the one graph where it belongs.

Types of terms are asked for with ``type``: rdflib's terms are abstract to ``isinstance``, which is
several times slower, and parsers make no other types than these.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from rdflib import RDF, BNode, URIRef

from keiretsu.errors import InputError
from keiretsu.model import (
    ID,
    ORDINARY,
    Directness,
    EditKind,
    EventKind,
    Interest,
    Office,
    PartyKind,
    Role,
    Sourcing,
    Status,
    VotesBasis,
)
from keiretsu.store import literals
from keiretsu.store.codec.claim_read import READERS
from keiretsu.store.derived.arrange import derived_quads
from keiretsu.store.syntax.edit_blocks import without_blocks
from keiretsu.vocabulary import GRAPH, KEI, ONTOLOGY, code, is_derived

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from rdflib.term import Node

    from keiretsu.store.syntax.statements import Statement

Quad = tuple[URIRef, URIRef, "Node", URIRef]
_Pair = tuple["Node", "Node"]

_PLACES: Final = {
    **{ONTOLOGY + kind: GRAPH.parties for kind in (*PartyKind, "FormerName", "Identifier")},
    **{ONTOLOGY + kind: GRAPH.documents for kind in ("Document", "Correction", "Dataset")},
    **{ONTOLOGY + kind: GRAPH.edits for kind in EditKind},
}
_CLAIMS: Final = {ONTOLOGY + kind for kind in READERS}
_PARTS: Final = {KEI.participation, KEI.change}
_DEFAULTS: Final = {
    KEI.status: code("status", Status.ACCEPTED),
    KEI.sourcing: code("sourcing", Sourcing.SOURCED),
}
_KIND_DEFAULTS: Final[Mapping[URIRef, Mapping[URIRef, Node]]] = {
    KEI.Holding: {
        KEI.interest: code("interest", Interest.SHAREHOLDING),
        KEI.directness: code("directness", Directness.DIRECT),
    },
    KEI.ShareClass: {KEI.votesPerShare: literals.decimal(Fraction(1))},
    KEI.Agreement: {KEI.decision: code("decision", ORDINARY)},
    KEI.Event: {KEI.eventKind: code("event-kind", EventKind.OTHER)},
    KEI.Figure: {KEI.unit: literals.text("vehicles")},
    KEI.Proposal: {KEI.eventKind: code("event-kind", EventKind.PROPOSAL)},
    KEI.Tenure: {KEI.office: code("office", Office.OTHER)},
}
_TYPE: Final = RDF.type
_ROLE: Final = code("role", Role.PARTICIPANT)
_DOCUMENT: Final = {KEI.reportedIn, KEI.recordedIn}
_MOST_NESTED: Final = 200
_VOTES: Final = {KEI.votingPercentMin, KEI.votingPercentMax}


@dataclass(slots=True)
class _About:
    """What is said of one subject: where, what, and of which classes it is."""

    graphs: set[URIRef] = field(default_factory=set)
    pairs: set[tuple[URIRef, Node]] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)

    def iris(self, predicates: Collection[URIRef]) -> list[URIRef]:
        """Return the IRIs that it names with one of some properties."""
        return [o for p, o in self.pairs if p in predicates and isinstance(o, URIRef)]


_Subjects = dict[URIRef, _About]


def document_of(data: bytes, name: str) -> URIRef:
    """Return the IRI of the document that a file is: the same for the same name and content.

    Edits do not count as content, so that they change no IRI that is made of it.
    """
    content = PurePath(name).name.encode(errors="replace") + b"\0" + without_blocks(data)
    return URIRef(f"{ID}document/file-{hashlib.sha256(content).hexdigest()[:20]}")


def arrange(said: Sequence[Statement], document: URIRef, title: str) -> list[Quad]:
    """Return the statements of a file, each in the graph where it belongs.

    Claims and their parts go to the graph of their document: the one they name, else the named
    graph they lie in, else the file itself. Parties and documents go to their own graphs. What a
    claim leaves to its default (accepted, sourced, a direct shareholding) is written out, so that
    queries see it. Derived graphs stay as they are, if they hold nothing but findings.
    A blank node gets a stable IRI made of the file and of what is said about it; two that say the
    same are one.

    Parameters
    ----------
    said
        What was parsed.
    document
        IRI of the file as a document, see `document_of`.
    title
        Its title, given if a claim falls to it.

    Raises
    ------
    InputError
        If blank nodes name each other in a circle, or statements lie in the ontology's graph, or a
        derived graph holds what is no finding.
    """
    names = _names(said, document)
    subjects = _by_subject(said, names)
    places = _places(subjects, document)
    quads: list[Quad] = []
    for subject, about in subjects.items():
        own = places[subject]
        quads += ((subject, p, o, own) for p, o in about.pairs)
        quads += ((subject, p, o, own) for p, o in _defaults(own, about))
    if any(about.kinds and places[subject] == document for subject, about in subjects.items()):
        quads += _file(document, title, subjects)
    return quads + derived_quads(said, names)


def _places(subjects: _Subjects, document: URIRef) -> dict[URIRef, URIRef]:
    """Return the graph of each subject; a part of a claim lies where the claim lies."""
    places: dict[URIRef, URIRef] = {}
    parts: dict[URIRef, URIRef] = {}
    for subject in sorted(subjects):
        about = subjects[subject]
        if GRAPH.ontology in about.graphs:
            raise InputError(f"<{GRAPH.ontology}> is reserved", mend="use another graph")
        own = min(about.graphs, default=None) or document
        if about.kinds & _CLAIMS or str(KEI.SourceRecord) in about.kinds:
            own = min(about.iris(_DOCUMENT), default=own)
            for part in about.iris(_PARTS):
                parts.setdefault(part, own)
        else:
            own = next((_PLACES[kind] for kind in sorted(about.kinds) if kind in _PLACES), own)
        places[subject] = own
    return places | {part: own for part, own in parts.items() if part in places}


def _defaults(own: URIRef, about: _About) -> Iterator[tuple[URIRef, Node]]:
    given = {p for p, _ in about.pairs}
    if str(KEI.Participation) in about.kinds and KEI.role not in given:
        yield KEI.role, _ROLE
    if not about.kinds & _CLAIMS:
        return
    defaults: dict[URIRef, Node] = {KEI.reportedIn: own, **_DEFAULTS}
    for kind in sorted(about.kinds & _CLAIMS):
        defaults |= _KIND_DEFAULTS.get(URIRef(kind), {})
    if given & _VOTES:
        defaults[KEI.votesBasis] = code("votes-basis", VotesBasis.EXERCISABLE)
    yield from ((p, o) for p, o in defaults.items() if p not in given)


def _file(document: URIRef, title: str, described: Mapping[URIRef, object]) -> Iterator[Quad]:
    if document not in described:
        yield document, RDF.type, KEI.Document, GRAPH.documents
        yield document, KEI.title, literals.text(PurePath(title).name), GRAPH.documents


def _by_subject(said: Sequence[Statement], names: Mapping[Node, URIRef]) -> _Subjects:
    found: _Subjects = {}
    lists = {s for s, p, _, _ in said if type(s) is BNode and p == RDF.first}
    named = {graph for graph in {graph for _, _, _, graph in said} if type(graph) is URIRef}
    derived = {graph for graph in named if is_derived(graph)}
    for s, p, o, graph in said:
        subject = names[s] if type(s) is BNode else s
        if type(subject) is not URIRef or type(p) is not URIRef or graph in derived:
            continue  # no syntax that is read allows the first two
        if lists and o in lists and p.startswith(ONTOLOGY):
            raise InputError(
                f"a list is given for <{p}>", place=str(subject), mend="repeat the property instead"
            )
        about = found.get(subject)
        if about is None:
            about = found[subject] = _About()
        about.pairs.add((p, names[o] if type(o) is BNode else o))
        if p == _TYPE:
            about.kinds.add(str(o))
        if type(graph) is URIRef:
            about.graphs.add(graph)
    return found


def _names(said: Sequence[Statement], document: URIRef) -> dict[Node, URIRef]:
    """Return an IRI for every blank node, made of what is said about it."""
    about: dict[Node, list[_Pair]] = {
        node: [] for s, _, o, _ in said for node in (s, o) if type(node) is BNode
    }
    for s, p, o, _ in said if about else ():
        if type(s) is BNode:
            about[s].append((p, o))
    names: dict[Node, URIRef] = {}
    for node in about:
        _name(node, about, names, document, ())
    return names


def _name(
    node: Node,
    about: Mapping[Node, list[_Pair]],
    names: dict[Node, URIRef],
    document: URIRef,
    above: tuple[Node, ...],
) -> URIRef:
    if node not in names:
        if node in above:
            raise InputError("blank nodes name each other in a circle", mend="give them IRIs")
        if len(above) > _MOST_NESTED:
            raise InputError("blank nodes are nested too deeply", mend="give them IRIs")
        path = (*above, node)
        told = sorted(
            f"{p.n3()} {(_name(o, about, names, document, path) if o in about else o).n3()}"
            for p, o in about[node]
        )
        text = "\n".join([document, *told])
        names[node] = URIRef(f"{ID}node/{hashlib.sha256(text.encode()).hexdigest()[:20]}")
    return names[node]
