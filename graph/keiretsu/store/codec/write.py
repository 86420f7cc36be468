"""Claims of the model as RDF: each claim in the named graph of its document."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING
from urllib.parse import quote

from rdflib import RDF, RDFS, SKOS, XSD, Dataset, Literal, URIRef

from keiretsu.errors import InputError
from keiretsu.model import ID, Claim, DatedName, Document, PartialDate, Party
from keiretsu.store import literals
from keiretsu.store.codec.claim_write import pairs_of, parts_of
from keiretsu.store.codec.edits import edit_triples
from keiretsu.store.codec.pairs import Node, booleans, dates, flags, iris, part_iri, texts
from keiretsu.store.codec.source_records import source_record_pairs
from keiretsu.vocabulary import DATASET, GRAPH, KEI, ONTOLOGY, code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keiretsu.model import ClaimSet
    from keiretsu.store.codec.pairs import Pair, Triple

Quad = tuple[URIRef, URIRef, Node, URIRef]


def write_dataset(claims: ClaimSet) -> Dataset:
    """Return claims as RDF.

    Each claim lies in the named graph of its document and in no other, with its parts; parties lie
    in a graph of their own, and so do the descriptions of documents and of the dataset.

    Parameters
    ----------
    claims
        What is to be written. The order of names, identifiers, participations and other multiple
        values is not carried.

    Returns
    -------
    Dataset
        A dataset without blank nodes and with an empty default graph.

    Raises
    ------
    InputError
        If an identifier is not an absolute IRI, a name's date is none, or a share has no finite
        decimal expansion.
    UnknownTermError
        If an agreement names a class of decision that is not in the code list.
    """
    dataset = Dataset(default_union=True)
    graphs = {name: dataset.graph(name) for name in sorted({quad[3] for quad in quads(claims)})}
    dataset.addN((s, p, o, graphs[name]) for s, p, o, name in quads(claims))
    return dataset


def quads(claims: ClaimSet) -> Iterator[Quad]:
    """Yield every statement about `claims` with the name of its graph."""
    for party in claims.parties.values():
        yield from ((*triple, GRAPH.parties) for triple in _triples(party))
    for document in claims.documents.values():
        subject = literals.iri(document.id)
        yield from ((subject, p, o, GRAPH.documents) for p, o in _document(document))
    if claims.horizon is not None:
        horizon = literals.date(PartialDate.parse(claims.horizon))
        yield DATASET, RDF.type, KEI.Dataset, GRAPH.documents
        yield DATASET, KEI.horizon, horizon, GRAPH.documents
    for record in claims.source_records:
        subject, graph = literals.iri(record.id), literals.iri(record.document)
        yield from ((subject, p, o, graph) for p, o in source_record_pairs(record))
    for edit in claims.edits:
        yield from ((*triple, GRAPH.edits) for triple in edit_triples(edit))
    for claim in _all_claims(claims):
        graph = literals.iri(claim.document)
        yield from ((*triple, graph) for triple in _triples(claim))


def _all_claims(claims: ClaimSet) -> Iterator[Claim]:
    return chain(
        claims.holdings,
        claims.share_classes,
        claims.registrations,
        claims.capitals,
        claims.agreements,
        claims.tenures,
        claims.figures,
        claims.events,
    )


def _triples(about: Party | Claim) -> list[Triple]:
    """Return what is said of a party or claim and its parts; errors name it as their place."""
    subject = literals.iri(about.id)
    try:
        if isinstance(about, Party):
            own, parts = _party(about), chain(_identifiers(about), _former_names(about))
        else:
            own, parts = pairs_of(about), chain(parts_of(about))
        return [*((subject, p, o) for p, o in own), *parts]
    except InputError as error:
        raise type(error)(error.problem, place=about.id, mend=error.mend) from None


def _party(party: Party) -> Iterator[Pair]:
    yield RDF.type, URIRef(ONTOLOGY + party.kind)
    yield RDFS.label, literals.text(party.label)
    yield from ((SKOS.altLabel, literals.text(alias)) for alias in party.aliases)
    yield from ((KEI.formerName, _former_name(party, name)) for name in party.former_names)
    yield from ((KEI.identifiedBy, _identifier(*pair)) for pair in party.identifiers)
    yield from texts((KEI.jurisdiction, party.jurisdiction))
    yield from ((KEI.nationality, literals.text(one)) for one in party.nationalities)
    yield from booleans((KEI.listed, party.listed))
    if party.remainder is not None:
        yield KEI.remainder, code("remainder", party.remainder)
    if party.unspecified is not None:
        yield KEI.unspecifiedReason, code("unspecified-reason", party.unspecified)
    yield from texts((KEI.unspecifiedDetails, party.unspecified_details))
    yield from iris(KEI.actsFor, party.acts_for)
    yield from dates((KEI.existsFrom, party.exists.start), (KEI.existsUntil, party.exists.end))


def _identifier(scheme: str, value: str) -> URIRef:
    return URIRef(f"{ID}identifier/{quote(scheme, safe='')}/{quote(value, safe='')}")


def _identifiers(party: Party) -> Iterator[Triple]:
    for scheme, value in party.identifiers:
        node = _identifier(scheme, value)
        yield node, RDF.type, KEI.Identifier
        yield node, KEI.scheme, literals.text(scheme)
        yield node, KEI.value, literals.text(value)


def _former_name(party: Party, name: DatedName) -> URIRef:
    return part_iri(party.id, name.name, name.start, name.end)


def _former_names(party: Party) -> Iterator[Triple]:
    for name in party.former_names:
        node, period = _former_name(party, name), name.period
        yield node, RDF.type, KEI.FormerName
        yield node, KEI.name, literals.text(name.name)
        for p, o in dates((KEI.validFrom, period.start), (KEI.validUntil, period.end)):
            yield node, p, o


def _document(document: Document) -> Iterator[Pair]:
    yield RDF.type, KEI.Correction if document.correction else KEI.Document
    yield KEI.title, literals.text(document.title)
    yield from texts((KEI.publisher, document.publisher))
    yield from dates((KEI.publishedOn, document.date))
    if document.url is not None:
        yield KEI.url, Literal(document.url, datatype=XSD.anyURI, normalize=False)
    yield from flags((KEI.weak, document.weak))
