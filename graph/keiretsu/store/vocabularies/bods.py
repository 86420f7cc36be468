"""The RDF vocabulary of BODS 0.4 as parties, documents and claims.

Source: openownership/bodsld, vocabulary 0.4.0 (MIT). Codes are read in both namespaces that are in
use. The vocabulary asks for xsd:dateTime and xsd:float; dates of any precision and decimals are
read too. What of a relationship is one claim is decided as for BODS in JSON: a shareholding and the
votes of the same time are one holding.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from rdflib import RDF, Namespace, URIRef

from keiretsu.errors import InputError
from keiretsu.formats.bods.terms import DIRECTNESS, ENTITY_KINDS, INTERESTS, OFFICES
from keiretsu.model import (
    ID,
    Directness,
    Document,
    Holding,
    Interest,
    PartialDate,
    Party,
    PartyKind,
    Period,
    Share,
    Status,
    Tenure,
    claim_id,
    exact,
)
from keiretsu.model.identifiers import Identifier
from keiretsu.store.vocabularies.described import tail

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

    from keiretsu.model import Claim
    from keiretsu.store.vocabularies.described import Described

BODS: Final = Namespace("https://vocab.openownership.org/terms#")
KINDS: Final = (BODS.Relationship, BODS.Entity, BODS.Person)
"""Classes by which a file is known to be in this vocabulary."""
_CAPITAL: Final = re.compile(r"^[A-Z]")
_COUNTRY: Final = re.compile(r"[A-Za-z]{2}(-[A-Za-z0-9]{1,3})?")
_WHOLE: Final = 100
_TYPE: Final = RDF.type


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
    yield from reader.parties()
    yield from reader.claims()


class _Interest(NamedTuple):
    node: Node
    kind: Interest
    word: str
    directness: Directness
    period: Period
    share: Share | None
    words: str | None

    @property
    def moment(self) -> tuple[object, ...]:
        """What two interests have in common that are one holding."""
        return self.directness, self.period


class _Statement(NamedTuple):
    node: Node
    record: str
    date: PartialDate | None
    closed: bool
    source: Document | None


class _Reader:
    def __init__(self, about: Described, document: str) -> None:
        self._about, self._document = about, document
        self._statements: dict[Node, _Statement] = {}
        for node in about.of_class(BODS.Statement):
            thing = about.node(node, BODS.recordDetails)
            if thing is not None:
                self._statements[thing] = self._statement(node)
        self._parties: dict[Node, Party] = {}

    def parties(self) -> Iterator[Party]:
        for kind in (BODS.Entity, BODS.Person):
            for thing in self._about.of_class(kind):
                party = self._party(thing, person=kind == BODS.Person)
                self._parties[thing] = party
                yield party

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

    def _statement(self, node: Node) -> _Statement:
        about = self._about
        about.nodes(node, BODS.statementIdString)
        if about.text(node, BODS.bodsVersion) not in ("", "0.4"):
            raise InputError("is not of BODS 0.4", place=str(node), mend="convert it first")
        closed = False
        for status in ("Closed", "New", "Updated"):
            for owner in about.classes(node):
                if tail(owner) in (status, f"{status}RecordStatement"):
                    about.read(node, _TYPE, owner)
                    closed = closed or status == "Closed"
        return _Statement(
            node,
            about.text(node, BODS.recordIdString),
            about.date(node, BODS.statementDate),
            closed,
            self._source(about.node(node, BODS.source)),
        )

    def _source(self, node: Node | None) -> Document | None:
        if node is None:
            return None
        title = self._about.text(node, BODS.description)
        url = self._about.text(node, BODS.url)
        if not (title or url):
            return None
        self._about.read(node, _TYPE, BODS.Source)
        iri = (
            str(node) if isinstance(node, URIRef) else f"{ID}document/{tail(claim_id(title, url))}"
        )
        return Document(id=iri, title=title or url, url=url or None)

    def _party(self, thing: Node, *, person: bool) -> Party:
        about = self._about
        named = [self._name(node) for node in about.nodes(thing, BODS.name)]
        aliases = [self._name(node) for node in about.nodes(thing, BODS.alternateName)]
        names = [name for name in named if name]
        told = self._statements.get(thing)
        label = names[0] if names else (told.record if told is not None else str(thing))
        identifiers = list(self._identifiers(thing))
        return Party(
            id=_party_iri(thing, told, identifiers),
            label=label,
            kind=self._kind(thing, person=person),
            aliases=tuple(sorted({*names, *filter(None, aliases)} - {label})),
            identifiers=tuple(sorted({one.pair for one in identifiers})),
            jurisdiction=self._jurisdiction(thing),
            listed=about.truth(thing, BODS.hasPublicListing),
            exists=Period(
                about.date(thing, BODS.birthDate, BODS.foundingDate),
                about.date(thing, BODS.deathDate, BODS.dissolutionDate),
            ),
        )

    def _name(self, node: Node) -> str:
        if not self._about.classes(node):
            return self._about.text(node, BODS.fullName) or str(node)
        self._about.read(node, _TYPE, BODS.Name)
        return self._about.text(node, BODS.fullName)

    def _kind(self, thing: Node, *, person: bool) -> PartyKind:
        about = self._about
        if person:
            kind = _camel(about.code(thing, BODS.personType))
            return PartyKind.PERSON if kind in ("", "knownPerson") else PartyKind.UNKNOWN_PARTY
        kind = _camel(about.code(thing, BODS.entityType))
        subtype = _camel(about.code(thing, BODS.entitySubtype))
        found = ENTITY_KINDS.get((kind, subtype)) or ENTITY_KINDS.get((kind, ""))
        if kind and found is None:
            problem = f"the entity type {kind!r} is none of the standard's"
            raise InputError(problem, place=str(thing), mend="use RegisteredEntity, State …")
        return found or PartyKind.PARTY

    def _identifiers(self, thing: Node) -> Iterator[Identifier]:
        for node in self._about.nodes(thing, BODS.identifier):
            self._about.read(node, _TYPE, BODS.Identifier)
            scheme = self._about.text(node, BODS.scheme) or self._about.text(node, BODS.schemeName)
            value = self._about.text(node, BODS.idString)
            if scheme and value:
                yield Identifier.of(scheme, value)

    def _jurisdiction(self, thing: Node) -> str | None:
        node = self._about.node(thing, BODS.jurisdiction)
        if node is None:
            return None
        self._about.read(node, _TYPE, BODS.Jurisdiction)
        code = self._about.text(node, BODS.code)
        return code[:2].upper() if _COUNTRY.fullmatch(code) else None

    def _relationship(
        self, thing: Node, told: _Statement | None, *, superseded: bool
    ) -> Iterator[Document | Claim]:
        party, subject = (self._end(thing, p) for p in (BODS.interestedParty, BODS.subject))
        interests = [self._interest(one) for one in self._about.nodes(thing, BODS.interest)]
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
        groups = list(_grouped(interests, every=ours))
        for main, votes in groups:
            node = thing if len(groups) == 1 else main.node
            iri = str(node) if isinstance(node, URIRef) else claim_id(str(thing), main.word)
            yield self._claim(iri, main, votes, (party, subject), _ended(common, main, told))

    def _claim(
        self,
        iri: str,
        main: _Interest,
        votes: _Interest | None,
        ends: tuple[Node, Node],
        common: dict[str, Any],
    ) -> Claim:
        party, subject = (self._iri(node) for node in ends)
        known = self._parties.get(ends[0])
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
        known = self._parties.get(node)
        return known.id if known is not None else str(node)

    def _interest(self, node: Node) -> _Interest:
        about = self._about
        words = [(one, _camel(tail(one))) for one in about.classes(node)]
        found = next(((one, word) for one, word in words if word in INTERESTS), None)
        if found is not None:
            about.read(node, _TYPE, found[0])
        about.read(node, _TYPE, BODS.Interest)
        word = found[1] if found is not None else "unknownInterest"
        how = _camel(about.code(node, BODS.directOrIndirect))
        return _Interest(
            node,
            INTERESTS[word],
            word,
            DIRECTNESS.get(how, Directness.UNKNOWN),
            Period(about.date(node, BODS.startDate), about.date(node, BODS.endDate)),
            self._share(node),
            about.text(node, BODS.details) or None,
        )

    def _share(self, node: Node) -> Share | None:
        point = self._percent(node, BODS.shareExact)
        if point is not None:
            return Share.point(point)
        low, low_open = self._tighter(node, "Minimum", max)
        high, high_open = self._tighter(node, "Maximum", min)
        if low is None and high is None:
            return None
        return Share(low if low is not None else exact(0), high if high is not None else exact(1),
                     low_open, high_open)  # fmt: skip

    def _tighter(self, node: Node, end: str, choose: Any) -> tuple[Any, bool]:  # noqa: ANN401
        closed = self._percent(node, BODS[f"share{end}"])
        open_ = self._percent(node, BODS[f"shareExclusive{end}"])
        if closed is None or open_ is None:
            return (closed, False) if open_ is None else (open_, True)
        tighter = choose(closed, open_)
        return tighter, tighter == open_

    def _percent(self, node: Node, predicate: URIRef) -> Any:  # noqa: ANN401
        text = self._about.text(node, predicate)
        if not text:
            return None
        try:
            percent = exact(text)
        except InputError:
            percent = exact(-1)
        if not 0 <= percent <= _WHOLE:
            problem = f"{tail(predicate)} ({text[:40]!r}) is not a percentage between 0 and 100"
            raise InputError(problem, place=str(node), mend="write percent of 100")
        return percent / _WHOLE


def _grouped(
    interests: list[_Interest], *, every: bool
) -> Iterator[tuple[_Interest, _Interest | None]]:
    """Yield each interest, a shareholding (or `every` kind) with the votes of the same time."""
    votes = [one for one in interests if one.kind is Interest.VOTING_RIGHTS]
    for one in interests:
        if one.kind is Interest.VOTING_RIGHTS:
            continue
        same = None
        if every or one.kind is Interest.SHAREHOLDING:
            same = next((other for other in votes if other.moment == one.moment), None)
        if same is not None:
            votes.remove(same)
        yield one, same
    yield from ((one, None) for one in votes)


def _ended(common: dict[str, Any], main: _Interest, told: _Statement | None) -> dict[str, Any]:
    """Return what claims have in common, with the time of one; what is closed ended by then."""
    period = main.period
    if told is not None and told.closed and period.end is None:
        period = Period(period.start, told.date)
    return {**common, "period": period}


def _party_iri(thing: Node, told: _Statement | None, identifiers: list[Identifier]) -> str:
    """Return the IRI that joins files; that of its record, if it is one, as we write it."""
    own = str(thing).startswith(ID) or (told is not None and told.record == str(thing))
    if isinstance(thing, URIRef) and own:
        return str(thing)
    joining = next((one for one in identifiers if one.is_joining), None)
    if joining is not None:
        return joining.party_iri
    return str(thing) if isinstance(thing, URIRef) else f"{ID}party/{tail(claim_id(str(thing)))}"


def _camel(code: str) -> str:
    """Return a code of the vocabulary as the standard writes it: ``votingRights``."""
    return _CAPITAL.sub(lambda found: found[0].lower(), code)
