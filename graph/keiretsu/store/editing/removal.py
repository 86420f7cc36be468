"""All that a dataset says of one party, and what leans on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from rdflib import RDF, Dataset, Literal, URIRef

from keiretsu.store.codec.claim_read import READERS
from keiretsu.vocabulary import GRAPH, KEI, ONTOLOGY, is_derived

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib.term import Node

    from keiretsu.store.arrange import Quad

_NAMES_PARTY: Final = (
    KEI.holder,
    KEI.issuer,
    KEI.via,
    KEI.party,
    KEI.bound,
    KEI.person,
    KEI.organisation,
    KEI.nominatedBy,
    KEI.actsFor,
    KEI.controller,
    KEI.controlled,
)
_HAS_PART: Final = (KEI.participation, KEI.change)
_HAS_NAME: Final = (KEI.identifiedBy, KEI.formerName)
_TELLERS: Final = (KEI.reportedIn, KEI.endReportedIn)
_CLAIMS: Final = frozenset(URIRef(ONTOLOGY + kind) for kind in READERS)


class Gone(NamedTuple):
    """What goes with a party.

    Parameters
    ----------
    quads
        Statements to take out.
    claims
        IRIs of the claims about it.
    """

    quads: frozenset[Quad]
    claims: frozenset[str]


def party_iris(dataset: Dataset) -> set[str]:
    """Return the IRI of every party that is described or named."""
    described = set(map(str, dataset.graph(GRAPH.parties).subjects()))
    named = {str(o) for p in _NAMES_PARTY for _, _, o, _ in dataset.quads((None, p, None, None))}
    return described | named


def about_party(dataset: Dataset, party: URIRef) -> Gone:
    """Return all that is said of a party: its description, its names, every claim about it.

    With a claim go its parts, the edits that concern it and the source record that states it;
    documents that told nothing else go as
    well, for their titles may name the party. What merely points at something that goes loses the
    pointer.

    Parameters
    ----------
    dataset
        Claims in the order of the house, see `keiretsu.store.arrange.arrange`.
    party
        IRI of the party.
    """
    claims = _claims_about(dataset, party)
    subjects = {party, *_objects(dataset, {party}, _HAS_NAME)} | claims
    subjects |= _objects(dataset, claims, _HAS_PART)
    subjects |= _findings_about(dataset, party)
    subjects |= _subjects(dataset, (KEI.edits,), claims)
    subjects |= _told_nothing_else(dataset, claims)
    subjects |= _subjects(dataset, (KEI.statesParty, KEI.statesClaim), {party} | claims)
    quads = {_quad(found) for one in subjects for found in dataset.quads((one, None, None, None))}
    quads |= {_quad(found) for one in subjects for found in dataset.quads((None, None, one, None))}
    return Gone(frozenset(quads), frozenset(map(str, claims)))


def mentions(dataset: Dataset, names: Iterable[str]) -> list[str]:
    """Return the IRIs of what still has one of the names in a text, sorted."""
    wanted = [name.casefold() for name in names if name]
    return sorted(
        {
            str(s)
            for s, _, o, _ in dataset.quads()
            if isinstance(o, Literal) and any(name in str(o).casefold() for name in wanted)
        }
    )


def _claims_about(dataset: Dataset, party: URIRef) -> set[URIRef]:
    naming = _subjects(dataset, _NAMES_PARTY, {party})
    naming |= _subjects(dataset, _HAS_PART, naming)
    return {one for one in naming if _types(dataset, one) & _CLAIMS}


def _findings_about(dataset: Dataset, party: URIRef) -> set[URIRef]:
    return {
        s
        for p in _NAMES_PARTY
        for s, _, _, graph in dataset.quads((None, p, party, None))
        if is_derived(graph) and isinstance(s, URIRef)
    }


def _told_nothing_else(dataset: Dataset, claims: set[URIRef]) -> set[URIRef]:
    documents = _objects(dataset, claims, _TELLERS)
    return {one for one in documents if _subjects(dataset, _TELLERS, {one}) <= claims}


def _types(dataset: Dataset, subject: Node) -> set[Node]:
    return {o for _, _, o, _ in dataset.quads((subject, RDF.type, None, None))}


def _subjects(
    dataset: Dataset, predicates: Iterable[URIRef], objects: Iterable[URIRef]
) -> set[URIRef]:
    wanted = set(objects)
    return {
        s
        for p in predicates
        for o in wanted
        for s, _, _, _ in dataset.quads((None, p, o, None))
        if isinstance(s, URIRef)
    }


def _objects(
    dataset: Dataset, subjects: Iterable[URIRef], predicates: Iterable[URIRef]
) -> set[URIRef]:
    wanted = list(predicates)
    return {
        o
        for s in subjects
        for p in wanted
        for _, _, o, _ in dataset.quads((s, p, None, None))
        if isinstance(o, URIRef)
    }


def _quad(found: tuple[Node, Node, Node, Node | None]) -> Quad:
    s, p, o, graph = found
    return URIRef(str(s)), URIRef(str(p)), o, URIRef(str(graph))
