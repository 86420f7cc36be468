"""A world that is being edited: books are opened as edits touch them, and closed all at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from keiretsu.errors import InputError, NameNotFoundError
from keiretsu.model import Caution, ClaimSet, Party
from keiretsu.model.names import fold
from keiretsu.scenarios.book import Book
from keiretsu.scenarios.rebuild import capital_ledger, facts_of, sorted_holdings
from keiretsu.scenarios.supposed import SUPPOSED
from keiretsu.snapshot import IssuerFacts, Snapshot

if TYPE_CHECKING:
    from keiretsu.model import Agreement

NEW_PARTY = f"{SUPPOSED.id}:party:"


class Draft:
    """A world that is being edited.

    Parameters
    ----------
    world
        The world before.
    claims
        What the sources say, for agreements and proposals that are not in force in `world`.
    """

    def __init__(self, world: Snapshot, claims: ClaimSet | None = None) -> None:
        self.world, self.claims = world, claims
        self.parties: list[Party] = list(world.parties)
        self.books: dict[int, Book] = {}
        self.agreements: dict[int, tuple[Agreement, ...]] = {}
        self.ended_rules, self.readings = set(world.ended_rules), set(world.readings)
        self.cautions: list[Caution] = []
        self.steps: list[str] = []

    def find(self, name: str) -> int:
        """Return the position of a party by name, among the new ones too.

        Raises
        ------
        NameNotFoundError, AmbiguousNameError
            If it is not the name of one party.
        """
        for position in range(len(self.world.parties), len(self.parties)):
            if fold(self.parties[position].label) == fold(name):
                return position
        return self.world.position(name)

    def label(self, party: int) -> str:
        """Return what a party is called."""
        return self.parties[party].label

    def add_party(self, party: Party) -> int:
        """Add a party and return its position.

        Raises
        ------
        InputError
            If there is one of that name.
        """
        try:
            self.find(party.label)
        except NameNotFoundError:
            self.parties.append(party)
            return len(self.parties) - 1
        raise InputError(f"there is already a party {party.label!r}", mend="use another name")

    def book(self, issuer: int) -> Book:
        """Return the book of an issuer."""
        if issuer not in self.books:
            self.books[issuer] = Book(self.world, issuer, self.label(issuer))
        return self.books[issuer]

    def step(self, text: str) -> None:
        """Note what was done for the edit at hand."""
        self.steps.append(text)

    def warn(self, code: str, text: str, *parties: int) -> None:
        """Note what was assumed in carrying out an edit."""
        self.cautions.append(Caution(code, text, tuple(self.label(party) for party in parties)))

    def agreements_of(self, issuer: int) -> tuple[Agreement, ...]:
        """Return the agreements that work in an issuer's meeting."""
        known = self.world.facts.get(issuer, IssuerFacts()).agreements
        return self.agreements.get(issuer, known)

    def facts(self) -> dict[int, IssuerFacts]:
        """Return what is known of issuers' capital and agreements after the edits."""
        facts = dict(self.world.facts)
        for issuer, book in self.books.items():
            if book.changed:
                facts[issuer] = facts_of(book, self.parties)
        for issuer, agreements in self.agreements.items():
            one = facts.get(issuer, IssuerFacts())
            facts[issuer] = replace(one, agreements=agreements)
        return facts

    def snapshot(self) -> Snapshot:
        """Return the world after the edits.

        Raises
        ------
        OverAllocatedError
            If the holdings of an issuer add up to more than 100.5 %.
        """
        base = self.world
        holdings = sorted_holdings(base, self.books, self.parties)
        return Snapshot(
            as_of=base.as_of,
            known_at=base.known_at,
            parties=tuple(self.parties),
            holdings=holdings,
            capital=capital_ledger(self.parties, holdings, base),
            facts=self.facts(),
            documents={**base.documents, SUPPOSED.id: SUPPOSED},
            cautions=tuple(sorted({*base.cautions, *self.cautions})),
            conflicts=base.conflicts,
            summaries=base.summaries,
            horizon=base.horizon,
            digest=base.digest,
            remainder=base.remainder,
            ended_rules=frozenset(self.ended_rules),
            readings=frozenset(self.readings),
            powers=base.powers,
        )
