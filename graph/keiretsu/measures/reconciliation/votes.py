"""Reported shares of votes, gross or exercisable, against those that follow from shares and law."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from keiretsu.kernels.box import Bounds
from keiretsu.measures.reconciliation.record import Declared, DifferenceRecord, bounds_of
from keiretsu.measures.rounding import agree
from keiretsu.model import Holding, Sourcing, VotesBasis
from keiretsu.rights import rights_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keiretsu.model import Share
    from keiretsu.snapshot import HeldOnDate, Ledger, Snapshot

_NOTHING = Bounds(Fraction(0), Fraction(0))


class ReportedVotes:
    """Reported shares of votes; `checked` counts them."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot, self.rights = snapshot, rights_of(snapshot)
        self.checked = 0

    def differences(self) -> Iterator[DifferenceRecord]:
        """Yield those that do not follow from shares and law."""
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
        declared, computed = bounds_of(votes), _single(ledger, position)
        if agree(declared, computed):
            return None
        cause = self._why_votes(position, one, declared, gross=gross)
        if "votes" in claim.unsourced_fields or claim.sourcing is Sourcing.UNSOURCED:
            cause += "; no document was seen to report it"
        return DifferenceRecord.of(
            self.snapshot,
            one,
            claim,
            Declared.VOTES,
            declared=declared,
            computed=computed,
            cause=cause,
        )

    def _why_votes(self, position: int, one: HeldOnDate, declared: Bounds, *, gross: bool) -> str:
        articles = sorted({t.article.name for t in self.rights.traces.get(position, ())})
        other = _single(self.rights.votes if gross else self.rights.gross, position)
        if agree(declared, other):
            basis = "exercisable" if gross else "gross"
            by = f" ({', '.join(articles)})" if articles else ""
            return f"the number is that of the {basis} votes{by}"
        if agree(declared, bounds_of(one.capital)):
            return "the number is that of the capital"
        if articles:
            return f"computed by shares, class and law: {', '.join(articles)}"
        return "computed by the recorded shares, one vote each"


def _single(ledger: Ledger, position: int) -> Bounds:
    line = ledger.line_of.get(position)
    return _NOTHING if line is None else ledger.single(line)
