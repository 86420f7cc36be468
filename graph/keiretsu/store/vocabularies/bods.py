"""The RDF vocabulary of BODS 0.4 as parties, documents and claims.

Source: openownership/bodsld, vocabulary 0.4.0 (MIT). Codes are read in both namespaces that are in
use. The vocabulary asks for xsd:dateTime and xsd:float; dates of any precision and decimals are
read too. What of a relationship is one claim is decided as for BODS in JSON: a shareholding and the
votes of the same time are one holding.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rdflib import URIRef

from keiretsu.errors import InputError
from keiretsu.formats.bods.terms import OFFICES
from keiretsu.model import Holding, Interest, PartyKind, Period, Status, Tenure, claim_id
from keiretsu.store.vocabularies.bods_interest import grouped, stated_interest
from keiretsu.store.vocabularies.bods_party import parties
from keiretsu.store.vocabularies.bods_statement import BODS, statements
from keiretsu.store.vocabularies.described import tail

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

    from keiretsu.model import Claim, Document, Party
    from keiretsu.store.vocabularies.bods_interest import StatedInterest
    from keiretsu.store.vocabularies.bods_statement import Statement
    from keiretsu.store.vocabularies.described import Described

KINDS: Final = (BODS.Relationship, BODS.Entity, BODS.Person)
"""Classes by which a file is known to be in this vocabulary."""


def pieces(about: Described, document: str) -> Iterator[Party | Document | Claim]:
    """Yield what the statements of a file say.

    Parameters
    ----------
    about
        The statements; what is read of them is noted there.
    document
        IRI of the file, the source of claims that name none.

    Raises
    ------
    InputError
        If a relationship has no ends, a share is no percentage, or a date is none.
    """
    reader = _Reader(about, document)
    yield from (party for _, party in reader.parties)
    yield from reader.claims()


class _Reader:
    def __init__(self, about: Described, document: str) -> None:
        self._about, self._document = about, document
        self._statements = statements(about)
        self.parties = list(parties(about, self._statements))
        self._party_of = dict(self.parties)

    def claims(self) -> Iterator[Document | Claim]:
        things = self._about.of_class(BODS.Relationship)
        latest: dict[str, tuple[str, str]] = {}
        for thing in things:
            told = self._statements.get(thing)
            if told is not None and told.record:
                version = (str(told.date or ""), str(thing))
                latest[told.record] = max(latest.get(told.record, version), version)
        for thing in things:
            told = self._statements.get(thing)
            newest = latest.get(told.record if told is not None else "", ("", str(thing)))
            yield from self._relationship(thing, told, superseded=newest[1] != str(thing))

    def _relationship(
        self, thing: Node, told: Statement | None, *, superseded: bool
    ) -> Iterator[Document | Claim]:
        party, subject = (self._end(thing, p) for p in (BODS.interestedParty, BODS.subject))
        interests = [
            stated_interest(self._about, one) for one in self._about.nodes(thing, BODS.interest)
        ]
        source = told.source if told is not None else None
        if source is not None:
            yield source
        # as we write it: one claim of a relationship, and the date of a level alone
        ours = told is not None and told.record == str(thing)
        date = told.date if told is not None else None
        common: dict[str, Any] = {
            "document": source.id if source is not None else self._document,
            "known_from": None if ours else date,
            "stated_for": date if ours else None,
            "status": Status.SUPERSEDED if superseded else Status.ACCEPTED,
        }
        groups = list(grouped(interests, every=ours))
        for main, votes in groups:
            node = thing if len(groups) == 1 else main.node
            iri = str(node) if isinstance(node, URIRef) else claim_id(str(thing), main.word)
            yield self._claim(iri, main, votes, (party, subject), _ended(common, main, told))

    def _claim(
        self,
        iri: str,
        main: StatedInterest,
        votes: StatedInterest | None,
        ends: tuple[Node, Node],
        common: dict[str, Any],
    ) -> Claim:
        party, subject = (self._iri(node) for node in ends)
        known = self._party_of.get(ends[0])
        if main.word in OFFICES and known is not None and known.kind is PartyKind.PERSON:
            office, title = OFFICES[main.word], main.words or ""
            return Tenure(
                id=iri, person=party, organisation=subject, office=office, title=title, **common
            )
        of_votes = main.kind is Interest.VOTING_RIGHTS
        return Holding(
            id=iri,
            holder=party,
            issuer=subject,
            interest=main.kind,
            capital=None if of_votes else main.share,
            votes=main.share if of_votes else votes.share if votes is not None else None,
            directness=main.directness,
            note=main.words,
            **common,
        )

    def _end(self, thing: Node, role: URIRef) -> Node:
        found = self._about.node(thing, role)
        if found is None:
            problem = f"the relationship has no {tail(role)}"
            raise InputError(problem, place=str(thing), mend="add it")
        return found

    def _iri(self, node: Node) -> str:
        known = self._party_of.get(node)
        return known.id if known is not None else str(node)


def _ended(common: dict[str, Any], main: StatedInterest, told: Statement | None) -> dict[str, Any]:
    """Return what claims have in common, with the time of one; what is closed ended by then."""
    period = main.period
    if told is not None and told.closed and period.end is None:
        period = Period(period.start, told.date)
    return {**common, "period": period}
