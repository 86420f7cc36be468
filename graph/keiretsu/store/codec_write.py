"""Claims of the model as RDF: each claim in the named graph of its document."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from rdflib import RDF, RDFS, SKOS, XSD, Dataset, Literal, URIRef

from keiretsu.errors import InputError, UnknownTermError
from keiretsu.model import (
    ID,
    Agreement,
    Capital,
    Claim,
    Document,
    Holding,
    PartialDate,
    Party,
    Registration,
    Share,
    ShareClass,
    VotesBasis,
)
from keiretsu.store import literals
from keiretsu.vocabulary import CODES, DATASET, GRAPH, KEI, ONTOLOGY, code

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from fractions import Fraction

    from keiretsu.model import ClaimSet

Node = URIRef | Literal
Pair = tuple[URIRef, Node]
Quad = tuple[URIRef, URIRef, Node, URIRef]


def write_dataset(claims: ClaimSet) -> Dataset:
    """Return claims as RDF.

    Each claim lies in the named graph of its document and in no other; parties lie in a graph of
    their own, and so do the descriptions of documents and of the dataset.

    Parameters
    ----------
    claims
        What is to be written. The order of names, identifiers and other multiple values is not
        carried.

    Returns
    -------
    Dataset
        A dataset without blank nodes and with an empty default graph.

    Raises
    ------
    InputError
        If an identifier is not an absolute IRI or a share has no finite decimal expansion.
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
        subject = literals.iri(party.id)
        yield from ((subject, p, o, GRAPH.parties) for p, o in _party(party))
        yield from ((*triple, GRAPH.parties) for triple in _identifiers(party))
    for document in claims.documents.values():
        subject = literals.iri(document.id)
        yield from ((subject, p, o, GRAPH.documents) for p, o in _document(document))
    if claims.horizon is not None:
        horizon = literals.date(PartialDate.parse(claims.horizon))
        yield DATASET, RDF.type, KEI.Dataset, GRAPH.documents
        yield DATASET, KEI.horizon, horizon, GRAPH.documents
    yield from _claims(claims)


def _claims(claims: ClaimSet) -> Iterator[Quad]:
    kinds: tuple[Iterable[tuple[Claim, Iterator[Pair]]], ...] = (
        ((claim, _holding(claim)) for claim in claims.holdings),
        ((claim, _share_class(claim)) for claim in claims.share_classes),
        ((claim, _registration(claim)) for claim in claims.registrations),
        ((claim, _capital(claim)) for claim in claims.capitals),
        ((claim, _agreement(claim)) for claim in claims.agreements),
    )
    for kind in kinds:
        for claim, own in kind:
            subject, graph = literals.iri(claim.id), literals.iri(claim.document)
            try:
                pairs = [*_common(claim), *own]
            except InputError as error:
                raise type(error)(error.problem, place=claim.id, mend=error.mend) from None
            yield from ((subject, p, o, graph) for p, o in pairs)


def _party(party: Party) -> Iterator[Pair]:
    yield RDF.type, URIRef(ONTOLOGY + party.kind)
    yield RDFS.label, literals.text(party.label)
    yield from ((SKOS.altLabel, literals.text(alias)) for alias in party.aliases)
    yield from ((KEI.identifiedBy, _identifier(*pair)) for pair in party.identifiers)
    yield from _texts((KEI.jurisdiction, party.jurisdiction))
    if party.listed is not None:
        yield KEI.listed, literals.boolean(party.listed)
    if party.remainder is not None:
        yield KEI.remainder, code("remainder", party.remainder)
    yield from _iris(KEI.actsFor, party.acts_for)
    yield from _dates((KEI.existsFrom, party.exists.start), (KEI.existsUntil, party.exists.end))


def _identifier(scheme: str, value: str) -> URIRef:
    return URIRef(f"{ID}identifier/{quote(scheme, safe='')}/{quote(value, safe='')}")


def _identifiers(party: Party) -> Iterator[tuple[URIRef, URIRef, Node]]:
    for scheme, value in party.identifiers:
        node = _identifier(scheme, value)
        yield node, RDF.type, KEI.Identifier
        yield node, KEI.scheme, literals.text(scheme)
        yield node, KEI.value, literals.text(value)


def _document(document: Document) -> Iterator[Pair]:
    yield RDF.type, KEI.Document
    yield KEI.title, literals.text(document.title)
    yield from _texts((KEI.publisher, document.publisher))
    yield from _dates((KEI.publishedOn, document.date))
    if document.url is not None:
        yield KEI.url, Literal(document.url, datatype=XSD.anyURI, normalize=False)


def _common(claim: Claim) -> Iterator[Pair]:
    yield RDF.type, URIRef(ONTOLOGY + type(claim).__name__)
    yield KEI.reportedIn, literals.iri(claim.document)
    yield from _dates(
        (KEI.validFrom, claim.period.start),
        (KEI.validUntil, claim.period.end),
        (KEI.statedFor, claim.stated_for),
        (KEI.knownFrom, claim.known_from),
    )
    yield KEI.status, code("status", claim.status)
    yield KEI.sourcing, code("sourcing", claim.sourcing)
    yield from ((KEI.unsourcedField, literals.text(name)) for name in claim.unsourced_fields)
    yield from _iris(KEI.supersedes, *claim.supersedes)
    yield from _texts((KEI.quote, claim.quote), (KEI.note, claim.note))


def _holding(claim: Holding) -> Iterator[Pair]:
    yield from _iris(KEI.holder, claim.holder)
    yield from _iris(KEI.issuer, claim.issuer)
    yield KEI.interest, code("interest", claim.interest)
    yield from _capital_percent(claim.capital)
    yield from _voting_percent(claim.votes)
    if claim.votes is not None or claim.votes_basis is not VotesBasis.EXERCISABLE:
        yield KEI.votesBasis, code("votes-basis", claim.votes_basis)
    yield from _integers((KEI.shares, claim.shares), (KEI.voteCount, claim.vote_count))
    yield from _iris(KEI.shareClass, claim.share_class)
    yield KEI.directness, code("directness", claim.directness)
    yield from _iris(KEI.via, *claim.via)


def _share_class(claim: ShareClass) -> Iterator[Pair]:
    yield from _iris(KEI.issuer, claim.issuer)
    yield RDFS.label, literals.text(claim.label)
    yield from _decimals(
        (KEI.votesPerShare, claim.votes_per_share),
        (KEI.registeredVotesPerShare, claim.registered_votes_per_share),
    )
    yield from _dates((KEI.registeredVotesFrom, claim.registered_votes_from))


def _registration(claim: Registration) -> Iterator[Pair]:
    yield from _iris(KEI.holder, claim.holder)
    yield from _iris(KEI.issuer, claim.issuer)
    yield from _iris(KEI.shareClass, claim.share_class)
    yield from _integers((KEI.shares, claim.shares))


def _capital(claim: Capital) -> Iterator[Pair]:
    yield from _iris(KEI.issuer, claim.issuer)
    yield from _iris(KEI.shareClass, claim.share_class)
    yield from _integers(
        (KEI.issuedShares, claim.issued),
        (KEI.treasuryShares, claim.treasury),
        (KEI.grossVotes, claim.gross_votes),
        (KEI.exercisableVotes, claim.exercisable_votes),
    )


def _agreement(claim: Agreement) -> Iterator[Pair]:
    yield RDFS.label, literals.text(claim.label)
    yield KEI.agreementKind, code("agreement-kind", claim.kind)
    yield from _iris(KEI.issuer, claim.issuer)
    yield from _iris(KEI.party, *claim.parties)
    yield from _iris(KEI.bound, *claim.bound)
    yield from _decimals((KEI.capPercent, None if claim.cap is None else claim.cap * 100))
    for decision in claim.decisions:
        if decision not in CODES["decision"]:
            raise UnknownTermError(
                f"{decision!r} is not a class of decision",
                mend=f"use {', '.join(CODES['decision'])}",
            )
        yield KEI.decision, code("decision", decision)


def _capital_percent(share: Share | None) -> Iterator[Pair]:
    if share is not None:
        yield from _decimals((KEI.capitalPercentMin, share.low * 100))
        yield from _decimals((KEI.capitalPercentMax, share.high * 100))
        yield from _flags(KEI.capitalPercentMinExclusive, share.low_open)
        yield from _flags(KEI.capitalPercentMaxExclusive, share.high_open)


def _voting_percent(share: Share | None) -> Iterator[Pair]:
    if share is not None:
        yield from _decimals((KEI.votingPercentMin, share.low * 100))
        yield from _decimals((KEI.votingPercentMax, share.high * 100))
        yield from _flags(KEI.votingPercentMinExclusive, share.low_open)
        yield from _flags(KEI.votingPercentMaxExclusive, share.high_open)


def _flags(predicate: URIRef, flag: bool) -> Iterator[Pair]:
    if flag:
        yield predicate, literals.boolean(flag)


def _iris(predicate: URIRef, *values: str | None) -> Iterator[Pair]:
    yield from ((predicate, literals.iri(value)) for value in values if value is not None)


def _texts(*pairs: tuple[URIRef, str | None]) -> Iterator[Pair]:
    yield from ((p, literals.text(value)) for p, value in pairs if value is not None)


def _dates(*pairs: tuple[URIRef, PartialDate | None]) -> Iterator[Pair]:
    yield from ((p, literals.date(value)) for p, value in pairs if value is not None)


def _integers(*pairs: tuple[URIRef, int | None]) -> Iterator[Pair]:
    yield from ((p, literals.integer(value)) for p, value in pairs if value is not None)


def _decimals(*pairs: tuple[URIRef, Fraction | None]) -> Iterator[Pair]:
    yield from ((p, literals.decimal(value)) for p, value in pairs if value is not None)
