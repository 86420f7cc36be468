"""The world on a date: the hinge between claims and everything that is computed from them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from keiretsu.model import Caution, Remainder
from keiretsu.model.digest import told
from keiretsu.snapshot.capital import capital_accounts
from keiretsu.snapshot.day_cautions import assumed_remainder, beyond_horizon, nothing_held
from keiretsu.snapshot.directory import Directory
from keiretsu.snapshot.evidence import Evidence
from keiretsu.snapshot.facts import (
    IssuerFacts,
    issuer_facts,
    without_outdated_registrations,
)
from keiretsu.snapshot.knowledge import known_by
from keiretsu.snapshot.ledger import Ledger
from keiretsu.snapshot.resolution import Resolver
from keiretsu.snapshot.timing import MAX_AGE_DAYS, Chooser

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import ArrayLike

    from keiretsu.model import ClaimSet, Document, Holding, Party
    from keiretsu.model.digest import Digest
    from keiretsu.snapshot.columnar import ColumnarSnapshot
    from keiretsu.snapshot.held import Conflict, HeldOnDate


@dataclass(frozen=True, kw_only=True, eq=False)
class Snapshot:
    """What the claims say is so on one date. Immutable.

    Parameters
    ----------
    as_of, known_at
        The date, and the day by which it must have been knowable.
    parties
        All parties, sorted by IRI; everything else refers to them by position.
    holdings
        What is held on the date, sorted by issuer and holder.
    capital
        The holdings as a ledger of capital.
    facts
        What is known of issuers' capital, by position.
    documents
        Documents by IRI.
    cautions, conflicts
        What was assumed in resolving the claims, and which claims were passed over.
    summaries
        Declared-indirect holdings that are left out because their direct parts are there.
    horizon
        Last day for which the data claims to be kept.
    digest
        Fingerprint of the data, or what computes it.
    remainder
        Who is taken to stand behind every remainder, if the user said so.
    ended_rules
        Articles of law that are supposed not to be in force, by name; none in the record's world.
    readings
        Readings of the law that are taken in place of the usual ones, by name.
    powers
        Claims of interests that are no part of capital or votes (to appoint the board, control by
        the articles or by law, influence) and are so on the date, or may be; legal tests ask them.
    """

    as_of: dt.date
    known_at: dt.date | None = None
    parties: tuple[Party, ...]
    holdings: tuple[HeldOnDate, ...]
    capital: Ledger
    facts: Mapping[int, IssuerFacts] = field(default_factory=dict)
    documents: Mapping[str, Document] = field(default_factory=dict)
    cautions: tuple[Caution, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    summaries: tuple[HeldOnDate, ...] = ()
    horizon: dt.date | None = None
    digest: Digest = field(default="", compare=False)
    remainder: Remainder | None = None
    ended_rules: frozenset[str] = frozenset()
    readings: frozenset[str] = frozenset()
    powers: tuple[Holding, ...] = ()
    of_arrays: ClassVar[Callable[..., ColumnarSnapshot]]
    """How arrays become a snapshot: told by `keiretsu.snapshot.arrays`, which builds on this."""

    @property
    def dataset(self) -> str:
        """Fingerprint of the data."""
        return told(self.digest)

    @classmethod
    def of(
        cls,
        claims: ClaimSet,
        as_of: dt.date,
        *,
        known_at: dt.date | None = None,
        max_age_days: int = MAX_AGE_DAYS,
        remainder: Remainder | None = None,
    ) -> Snapshot:
        """Resolve claims on a date.

        Parameters
        ----------
        claims
            What the sources say.
        as_of
            The date.
        known_at
            The day by which it must have been knowable; no limit if not given.
        max_age_days
            How long a level is carried forward.
        remainder
            Who is taken to stand behind every remainder, instead of what the data says.

        Raises
        ------
        OverAllocatedError
            If the holdings of an issuer add up to more than 100.5 %.
        """
        doubts: list[Caution] = []
        recorded = claims.holdings
        if known_at is not None:
            claims, doubts = known_by(claims, known_at)
        parties = tuple(sorted(claims.parties.values(), key=lambda party: party.id))
        positions = {party.id: position for position, party in enumerate(parties)}
        chooser = Chooser(as_of, claims.documents, max_age_days, known_at)
        facts, cautions = issuer_facts(claims, positions, chooser)
        resolver = Resolver(claims, positions, chooser, facts)
        held = resolver.holdings()
        cautions += without_outdated_registrations(facts, held, positions)
        accounts, roundings = capital_accounts(parties, held)
        beyond = beyond_horizon(as_of, claims.horizon)
        return cls(
            as_of=as_of,
            known_at=known_at,
            parties=parties,
            holdings=tuple(held),
            capital=Ledger.from_accounts("capital", accounts, len(parties)),
            facts=facts,
            documents=claims.documents,
            cautions=tuple(
                sorted(
                    {
                        *doubts,
                        *cautions,
                        *resolver.cautions,
                        *roundings,
                        *beyond,
                        *([] if held else nothing_held(recorded, as_of, known_at)),
                        *assumed_remainder(remainder),
                    }
                )
            ),
            conflicts=tuple(resolver.conflicts),
            summaries=tuple(resolver.summaries),
            horizon=claims.horizon,
            digest=claims.digest,
            remainder=remainder,
            powers=tuple(resolver.powers),
        )

    @staticmethod
    def from_arrays(
        holder: ArrayLike,
        issuer: ArrayLike,
        *,
        capital: ArrayLike | None = None,
        votes: ArrayLike | None = None,
        capital_total: ArrayLike | None = None,
        votes_total: ArrayLike | None = None,
        parties: int | None = None,
        complete: ArrayLike | None = None,
        remainder: Remainder | str = Remainder.UNDISCLOSED,
        as_of: dt.date | None = None,
    ) -> ColumnarSnapshot:
        """Return holdings in arrays as a snapshot: millions of them, without an object for each.

        Parameters
        ----------
        holder, issuer
            Per holding the numbers of the two parties, whole and not negative. Several holdings of
            one pair add up; a party's holding in itself is own shares.
        capital, votes
            Per holding its part: fractions of one (floats, read as their shortest decimals;
            `Fraction`, `Decimal` or text), or whole numbers beside a total. One of the two may be
            left out: one share is then one vote. Votes are exercisable ones.
        capital_total, votes_total
            For whole numbers what they are parts of: one number, or one for each party.
        parties
            How many parties there are; one more than the largest number if not given.
        complete
            Whether the named holders of an issuer are all there are: one answer, or one per party.
        remainder
            ``undisclosed`` or ``float``: who stands behind what no named holder has.
        as_of
            The date; today if not given.

        Returns
        -------
        ColumnarSnapshot
            A snapshot that every measure takes; in answers parties are the numbers given here.

        Raises
        ------
        InputError
            If the arrays do not fit together, or a number is not one.
        OverAllocatedError
            If the holdings of an issuer add up to more than 100.5 %.

        Examples
        --------
        >>> world = Snapshot.from_arrays([0, 0, 1], [1, 2, 2], capital=[0.6, 0.2, 0.35])
        >>> import keiretsu
        >>> [(found.controller, found.company, found.percent) for found in keiretsu.control(world)]
        [(0, 1, 60.0), (0, 2, 55.0)]
        """
        return Snapshot.of_arrays(
            holder,
            issuer,
            capital=capital,
            votes=votes,
            capital_total=capital_total,
            votes_total=votes_total,
            parties=parties,
            complete=complete,
            remainder=remainder,
            as_of=as_of,
        )

    def with_cautions(self, cautions: tuple[Caution, ...]) -> Snapshot:
        """Return the snapshot with further cautions, such as those of loading the data."""
        if not cautions:
            return self
        return replace(self, cautions=tuple(sorted({*self.cautions, *cautions})))

    @cached_property
    def directory(self) -> Directory:
        """Finds parties by IRI, identifier, label or alias."""
        return Directory(self.parties)

    def position(self, name: str) -> int:
        """Return the position of the party of that name; see `Directory.find`."""
        return self.directory.find(name)

    @cached_property
    def bodies(self) -> dict[int, tuple[int, ...]]:
        """For each State that bodies act for, the positions of these bodies."""
        positions = {party.id: position for position, party in enumerate(self.parties)}
        found: dict[int, list[int]] = defaultdict(list)
        for position, party in enumerate(self.parties):
            if party.acts_for in positions:
                found[positions[party.acts_for]].append(position)
        return {state: tuple(bodies) for state, bodies in found.items()}

    def as_one(self, party: int) -> tuple[int, ...]:
        """Return the party with the bodies that act for it: who counts as one controller."""
        return (party, *self.bodies.get(party, ()))

    def remainder_of(self, issuer: int) -> Remainder:
        """Return who stands behind what no named holder has of an issuer."""
        party = self.parties[issuer]
        if party.remainder is Remainder.NONE:
            return party.remainder
        by_default = Remainder.FLOAT if party.listed else Remainder.UNDISCLOSED
        return self.remainder or party.remainder or by_default

    def held_in(self, issuer: int) -> Sequence[int]:
        """Return the positions of the holdings in an issuer."""
        return self._held_in.get(issuer, ())

    def evidence(self, holding: int) -> tuple[Evidence, ...]:
        """Return the claims that a holding was read from, each with its document."""
        return tuple(Evidence.of(claim, self.documents) for claim in self.holdings[holding].claims)

    @cached_property
    def _held_in(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for position, held in enumerate(self.holdings):
            found[held.issuer].append(position)
        return dict(found)
