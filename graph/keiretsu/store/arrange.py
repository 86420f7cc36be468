"""Strangers' RDF in the order of the house: every statement in the one graph where it belongs."""

from __future__ import annotations

import hashlib
from fractions import Fraction
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from rdflib import RDF, BNode, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

from keiretsu.errors import InputError
from keiretsu.model import (
    ID,
    ORDINARY,
    Directness,
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
from keiretsu.store.arrange_derived import derived_quads
from keiretsu.store.claim_read import READERS
from keiretsu.vocabulary import GRAPH, KEI, ONTOLOGY, code, is_derived

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rdflib import Dataset
    from rdflib.term import Node

Quad = tuple[URIRef, URIRef, "Node", URIRef]
_Statement = tuple["Node", "Node"]
_Subjects = dict[URIRef, tuple[set[URIRef], set[tuple[URIRef, "Node"]]]]

_PLACES: Final = {
    **{ONTOLOGY + kind: GRAPH.parties for kind in (*PartyKind, "FormerName", "Identifier")},
    **{ONTOLOGY + kind: GRAPH.documents for kind in ("Document", "Dataset")},
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
_ROLE: Final = code("role", Role.PARTICIPANT)
_MOST_NESTED: Final = 200
_VOTES: Final = {KEI.votingPercentMin, KEI.votingPercentMax}


def document_of(data: bytes, name: str) -> URIRef:
    """Return the IRI of the document that a file is: the same for the same name and content."""
    content = PurePath(name).name.encode(errors="replace") + b"\0" + data
    return URIRef(f"{ID}document/file-{hashlib.sha256(content).hexdigest()[:20]}")


def arrange(dataset: Dataset, document: URIRef, title: str) -> list[Quad]:
    """Return the statements of a file, each in the graph where it belongs.

    Claims and their parts go to the graph of their document: the one they name, else the named
    graph they lie in, else the file itself. Parties and documents go to their own graphs. What a
    claim leaves to its default (accepted, sourced, a direct shareholding) is written out, so that
    queries see it. Derived graphs stay as they are, if they hold nothing but findings.
    A blank node gets a stable IRI made of the file and of what is said about it; two that say the
    same are one.

    Parameters
    ----------
    dataset
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
    names = _names(dataset, document)
    subjects = _by_subject(dataset, names)
    places = _places(subjects, document)
    quads: list[Quad] = []
    for subject, (_, pairs) in subjects.items():
        own = places[subject]
        quads += ((subject, p, o, own) for p, o in pairs)
        quads += ((subject, p, o, own) for p, o in _defaults(own, pairs))
    if any(graph == document for _, p, _, graph in quads if p == RDF.type):
        quads += _file(document, title, subjects)
    return quads + derived_quads(dataset, names)


def _places(subjects: _Subjects, document: URIRef) -> dict[URIRef, URIRef]:
    """Return the graph of each subject; a part of a claim lies where the claim lies."""
    places: dict[URIRef, URIRef] = {}
    parts: dict[URIRef, URIRef] = {}
    for subject, (graphs, pairs) in sorted(subjects.items()):
        if GRAPH.ontology in graphs:
            raise InputError(f"<{GRAPH.ontology}> is reserved", mend="use another graph")
        own = min(graphs, default=None) or document
        kinds = {str(o) for p, o in pairs if p == RDF.type}
        if kinds & _CLAIMS:
            named = sorted(o for p, o in pairs if p == KEI.reportedIn and isinstance(o, URIRef))
            own = named[0] if named else own
            for part in (o for p, o in pairs if p in _PARTS and isinstance(o, URIRef)):
                parts.setdefault(part, own)
        else:
            own = next((_PLACES[kind] for kind in sorted(kinds) if kind in _PLACES), own)
        places[subject] = own
    return places | {part: own for part, own in parts.items() if part in places}


def _defaults(own: URIRef, pairs: set[tuple[URIRef, Node]]) -> Iterator[tuple[URIRef, Node]]:
    kinds = {str(o) for p, o in pairs if p == RDF.type}
    given = {p for p, _ in pairs}
    if str(KEI.Participation) in kinds and KEI.role not in given:
        yield KEI.role, _ROLE
    if not kinds & _CLAIMS:
        return
    defaults: dict[URIRef, Node] = {KEI.reportedIn: own, **_DEFAULTS}
    for kind in sorted(kinds & _CLAIMS):
        defaults |= _KIND_DEFAULTS.get(URIRef(kind), {})
    if given & _VOTES:
        defaults[KEI.votesBasis] = code("votes-basis", VotesBasis.EXERCISABLE)
    yield from ((p, o) for p, o in defaults.items() if p not in given)


def _file(document: URIRef, title: str, described: Mapping[URIRef, object]) -> Iterator[Quad]:
    if document not in described:
        yield document, RDF.type, KEI.Document, GRAPH.documents
        yield document, KEI.title, literals.text(PurePath(title).name), GRAPH.documents


def _by_subject(dataset: Dataset, names: Mapping[Node, URIRef]) -> _Subjects:
    found: _Subjects = {}
    lists = {(s, p) for s, p, _, _ in dataset.quads((None, RDF.first, None, None))}
    for s, p, o, graph in dataset.quads():
        if is_derived(graph):
            continue
        subject = names[s] if isinstance(s, BNode) else s
        if not isinstance(subject, URIRef) or not isinstance(p, URIRef):
            continue  # no syntax that is read allows it
        if isinstance(o, BNode) and p.startswith(ONTOLOGY) and (o, RDF.first) in lists:
            raise InputError(
                f"a list is given for <{p}>", place=str(subject), mend="repeat the property instead"
            )
        graphs, pairs = found.setdefault(subject, (set(), set()))
        pairs.add((p, names[o] if isinstance(o, BNode) else o))
        if isinstance(graph, URIRef) and graph != DATASET_DEFAULT_GRAPH_ID:
            graphs.add(graph)
    return found


def _names(dataset: Dataset, document: URIRef) -> dict[Node, URIRef]:
    """Return an IRI for every blank node, made of what is said about it."""
    about: dict[Node, list[_Statement]] = {}
    for s, p, o, _ in dataset.quads():
        for node in (s, o):
            if isinstance(node, BNode):
                about.setdefault(node, [])
        if isinstance(s, BNode):
            about[s].append((p, o))
    names: dict[Node, URIRef] = {}
    for node in about:
        _name(node, about, names, document, ())
    return names


def _name(
    node: Node,
    about: Mapping[Node, list[_Statement]],
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
