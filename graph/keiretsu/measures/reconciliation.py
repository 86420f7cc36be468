"""Reconciliation: what sources declare in sum, against what follows from the single holdings."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from keiretsu.errors import InputError
from keiretsu.kernels.box import Bounds
from keiretsu.measures.answer import Answer, cautions_about, percent
from keiretsu.measures.control.explanation import say
from keiretsu.measures.flow import above
from keiretsu.measures.ownership.multiplication import Multiplication
from keiretsu.measures.rounding import agree
from keiretsu.model import Caution, Holding, Remainder, Sourcing, VotesBasis
from keiretsu.rights import rights_of
from keiretsu.snapshot import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keiretsu.model import Share
    from keiretsu.snapshot import Conflict, HeldOnDate, Ledger, Snapshot

_NOTHING = Bounds(Fraction(0), Fraction(0))


class Declared(StrEnum):
    """What kind of declaration is held against the computed number."""

    INDIRECT = "indirect"
    """A stake stated as indirect, or as the sum of several, while its parts are recorded."""
    VOTES = "votes"
    """A reported share of the votes."""
    OTHER_SOURCE = "other-source"
    """A stake, as a number or a band, that another claim was read instead of."""


@dataclass(frozen=True, slots=True)
class DifferenceRecord:
    """A declared number that the record does not bear out.

    Parameters
    ----------
    holder, holder_id, issuer, issuer_id
        Of whom, in whom.
    kind
        What was declared.
    declared, computed
        The two numbers, fractions of one.
    cause
        Why they differ, as far as can be told.
    sources
        Who declares it.
    """

    holder: str
    holder_id: str
    issuer: str
    issuer_id: str
    kind: Declared
    declared: Bounds
    computed: Bounds
    cause: str
    sources: tuple[Evidence, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the record as plain data, keyed as in JSON; numbers are percent."""
        return {
            "holder": self.holder,
            "holder_id": self.holder_id,
            "issuer": self.issuer,
            "issuer_id": self.issuer_id,
            "kind": self.kind.value,
            **_percents("declared", self.declared),
            **_percents("computed", self.computed),
            "cause": self.cause,
            "sources": [source.as_dict() for source in self.sources],
        }


def _percents(name: str, bounds: Bounds) -> dict[str, float | None]:
    if bounds.low == bounds.high:
        return {name: percent(bounds.low), f"{name}_min": None, f"{name}_max": None}
    return {name: None, f"{name}_min": percent(bounds.low), f"{name}_max": percent(bounds.high)}


def reconcile(snapshot: Snapshot) -> Answer[DifferenceRecord]:
    """Return where declared numbers and computed ones differ by more than rounding.

    Parameters
    ----------
    snapshot
        The world on a date.

    Returns
    -------
    Answer of DifferenceRecord
        Declared-indirect stakes against the recorded chains, multiplied; reported votes, gross or
        exercisable, against those that follow from shares and law; stakes and bands of other
        sources against the ones that were read. With `checked`, the number of declarations that
        were looked at, among its fields.

    Notes
    -----
    Two numbers agree if one rounds to the other at its printed decimals, a band if it meets the
    computed range.
    """
    desk = _Desk(snapshot)
    records = [*desk.indirect(), *desk.votes(), *desk.other_sources()]
    ordered = sorted(records, key=lambda r: (r.issuer, r.holder, r.kind, r.declared, r.cause))
    parties = {snapshot.position(i) for r in records for i in (r.holder_id, r.issuer_id)}
    cautions = cautions_about(snapshot, (*snapshot.cautions, *desk.rights.cautions), parties)
    fields = {"checked": desk.checked}
    told = tuple(sorted({*cautions, *desk.cautions}))
    return Answer("reconcile", snapshot, tuple(dict.fromkeys(ordered)), fields, told)


class _Desk:
    """Holds declarations against what is computed, and counts them."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot, self.rights = snapshot, rights_of(snapshot)
        self.checked = 0
        self.cautions: list[Caution] = []
        self._chains = Multiplication(snapshot.capital)

    # -- indirect stakes -----------------------------------------------------------------------

    def indirect(self) -> Iterator[DifferenceRecord]:
        """Yield declared-indirect stakes that the recorded chains do not give."""
        for one in self.snapshot.summaries:
            claim = one.claims[0]
            if not isinstance(claim, Holding) or (claim.capital is None and claim.shares is None):
                continue
            declared = _bounds(one.capital)
            heads = set(self.snapshot.as_one(one.holder))
            computed = self._multiplied(one, heads)
            if computed is None:
                continue
            self.checked += 1
            if agree(declared, computed):
                continue
            cause = self._why_indirect(one, heads, declared, computed)
            yield self._record(
                one, claim, Declared.INDIRECT, declared=declared, computed=computed, cause=cause
            )

    def _multiplied(self, one: HeldOnDate, heads: set[int]) -> Bounds | None:
        """Return what the chains give; None, and a caution, where they are too tangled."""
        try:
            within = set(above(self.snapshot.capital, one.issuer))
            return self._chains.parts(heads, within).get(one.issuer, _NOTHING)
        except InputError as error:
            labels = tuple(self.snapshot.parties[party].label for party in (one.holder, one.issuer))
            self.cautions.append(Caution("not-checked", error.problem, labels))
            return None

    def _why_indirect(
        self, one: HeldOnDate, heads: set[int], declared: Bounds, computed: Bounds
    ) -> str:
        controlled = self.rights.dominance("votes").controlled(sorted(heads))
        in_full = self.snapshot.capital.bounds(one.issuer, {*heads, *controlled} - {one.issuer})
        if agree(declared, in_full):
            return "the source counts stakes of controlled companies in full, not multiplied"
        direct = self.snapshot.capital.bounds(one.issuer, heads)
        if direct.high and agree(declared, _minus(computed, direct)):
            return "the source leaves out what is held directly"
        if one.carried_from is not None:
            return f"declared for {one.carried_from}; the recorded parts are of the day asked about"
        if declared.low > computed.high:
            hidden = self.snapshot.remainder_of(one.issuer) is Remainder.UNDISCLOSED
            more = ", and some of its holders are not disclosed" if hidden else ""
            return f"the recorded chains give less than is declared: a part is missing{more}"
        return (
            "the recorded chains give more than is declared: another day, or chains it leaves out"
        )

    # -- votes ---------------------------------------------------------------------------------

    def votes(self) -> Iterator[DifferenceRecord]:
        """Yield reported shares of votes that do not follow from shares and law."""
        for position, one in enumerate(self.snapshot.holdings):
            stated = [*one.checks, *(c for c in one.claims if isinstance(c, Holding))]
            for claim in dict.fromkeys(stated):
                if claim.votes is None or one.issuer in self.rights.reported:
                    continue
                self.checked += 1
                found = self._votes(position, one, claim, claim.votes)
                if found is not None:
                    yield found

    def _votes(
        self, position: int, one: HeldOnDate, claim: Holding, votes: Share
    ) -> DifferenceRecord | None:
        gross = claim.votes_basis is VotesBasis.GROSS
        ledger = self.rights.gross if gross else self.rights.votes
        declared, computed = _bounds(votes), _single(ledger, position)
        if agree(declared, computed):
            return None
        cause = self._why_votes(position, one, declared, gross=gross)
        if "votes" in claim.unsourced_fields or claim.sourcing is Sourcing.UNSOURCED:
            cause += "; no document was seen to report it"
        return self._record(
            one, claim, Declared.VOTES, declared=declared, computed=computed, cause=cause
        )

    def _why_votes(self, position: int, one: HeldOnDate, declared: Bounds, *, gross: bool) -> str:
        articles = sorted({t.article.name for t in self.rights.traces.get(position, ())})
        other = _single(self.rights.votes if gross else self.rights.gross, position)
        if agree(declared, other):
            basis = "exercisable" if gross else "gross"
            by = f" ({', '.join(articles)})" if articles else ""
            return f"the number is that of the {basis} votes{by}"
        if agree(declared, _bounds(one.capital)):
            return "the number is that of the capital"
        if articles:
            return f"computed by shares, class and law: {', '.join(articles)}"
        return "computed by the recorded shares, one vote each"

    # -- other sources -------------------------------------------------------------------------

    def other_sources(self) -> Iterator[DifferenceRecord]:
        """Yield stakes and bands that were passed over and contradict what was read."""
        positions = {party.id: n for n, party in enumerate(self.snapshot.parties)}
        for conflict in self.snapshot.conflicts:
            loser, winner = conflict.loser, conflict.winner
            if not isinstance(loser, Holding) or not isinstance(winner, Holding):
                continue
            if loser.capital is None:
                continue
            self.checked += 1
            read = self._read(positions[winner.holder], positions[winner.issuer], winner)
            declared = _bounds(loser.capital)
            if read is not None and not agree(declared, _bounds(read.capital)):
                cause = _why_passed_over(conflict)
                computed = _bounds(read.capital)
                yield self._record(
                    read,
                    loser,
                    Declared.OTHER_SOURCE,
                    declared=declared,
                    computed=computed,
                    cause=cause,
                )

    def _read(self, holder: int, issuer: int, winner: Holding) -> HeldOnDate | None:
        held = (self.snapshot.holdings[n] for n in self.snapshot.held_in(issuer))
        return next((h for h in held if h.holder == holder and winner.id in h.claim_ids), None)

    def _record(
        self,
        one: HeldOnDate,
        claim: Holding,
        kind: Declared,
        *,
        declared: Bounds,
        computed: Bounds,
        cause: str,
    ) -> DifferenceRecord:
        holder, issuer = self.snapshot.parties[one.holder], self.snapshot.parties[one.issuer]
        sources = (Evidence.of(claim, self.snapshot.documents),)
        return DifferenceRecord(
            holder.label,
            holder.id,
            issuer.label,
            issuer.id,
            kind,
            declared,
            computed,
            cause,
            sources,
        )


def _bounds(share: Share) -> Bounds:
    return Bounds(share.low, share.high, share.low_open, share.high_open)


def _single(ledger: Ledger, position: int) -> Bounds:
    line = ledger.line_of.get(position)
    return _NOTHING if line is None else ledger.single(line)


def _minus(whole: Bounds, part: Bounds) -> Bounds:
    return Bounds(max(whole.low - part.high, Fraction(0)), max(whole.high - part.low, Fraction(0)))


def _why_passed_over(conflict: Conflict) -> str:
    loser, winner = conflict.loser, conflict.winner
    if loser.status is not winner.status:
        return f"the claim is {loser.status.value}; another one is read"
    if loser.sourcing is not winner.sourcing:
        return f"the claim is {loser.sourcing.value}; one that is {winner.sourcing.value} is read"
    if loser.is_level and not winner.is_level:
        return "a level stated for one date; the interval that holds on the day is read"
    capital = winner.capital if isinstance(winner, Holding) else None
    other = f" ({say(capital.low)})" if capital is not None and capital.is_point else ""
    return f"another source, as a rule the later one, is read instead{other}"
