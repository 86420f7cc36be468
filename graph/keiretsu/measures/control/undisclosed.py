"""What one party could control if the undisclosed parts were its own: asked for one at a time."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from keiretsu.kernels.box import Bounds, Item, ratio_bounds
from keiretsu.kernels.fixpoint import closure
from keiretsu.measures.answer import percent
from keiretsu.measures.flow import above
from keiretsu.model import PartyKind, Remainder
from keiretsu.rights import MAJORITY, ControlRule, Dominance

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from keiretsu.snapshot import Ledger, Snapshot


class Endowed(Dominance):
    """Who could control whom if the undisclosed parts of some issuers were one party's.

    Parameters
    ----------
    snapshot, ledger
        As in `Dominance`.
    party
        Position of the party.
    endowment
        Positions of the issuers of which it is given the undisclosed part.
    """

    def __init__(
        self, snapshot: Snapshot, ledger: Ledger, party: int, endowment: Collection[int]
    ) -> None:
        super().__init__(snapshot, ledger)
        self.party, self.endowment = party, frozenset(endowment) - {party}

    def controlled(
        self, start: Iterable[int], rule: ControlRule = MAJORITY, *, certain: bool = True
    ) -> list[int]:
        """Return whom `start` controls; only what is *possible* reads the endowment."""
        if certain:
            return super().controlled(start, rule)
        return closure(
            start, self.issuers, lambda issuer, inside: self.decides(issuer, inside, rule)[1]
        )

    def issuers(self, party: int) -> set[int]:
        """Return in whom a party has, or is given, something."""
        given = self.endowment if party == self.party else frozenset()
        return super().issuers(party) | given

    def bounds(self, issuer: int, members: Collection[int]) -> Bounds:
        """Return what `members` have: at most with the endowment, at least without."""
        declared = super().bounds(issuer, members)
        rest = self.ledger.rest(issuer)
        if self.party not in members or issuer not in self.endowment or rest is None:
            return declared
        lines = self.ledger.lines_of(issuer)
        total = self.ledger.units(issuer)
        given = Item(0, total, False, False, *rest)
        inside = [self.ledger.item(n) for n in lines if self.ledger.holder_of(n) in members]
        others = [self.ledger.item(n) for n in lines if self.ledger.holder_of(n) not in members]
        most = ratio_bounds([*inside, given], others, total, rest)
        return declared._replace(high=most.high, high_open=most.high_open)

    def _items(self, issuer: int, members: Collection[int]) -> list[Item]:
        items = super()._items(issuer, members)
        rest = self.ledger.rest(issuer)
        if self.party in members and issuer in self.endowment and rest is not None:
            items.append(Item(0, self.ledger.units(issuer), False, False, *rest))
        return items


def what_undisclosed_could_give(
    dominance: Dominance, rule: ControlRule, party: int, companies: Sequence[int]
) -> dict[str, Any]:
    """Return whom a party could control if what is not disclosed were its.

    Parameters
    ----------
    dominance
        Who controls whom in the ledger that is counted.
    rule
        The rule of control.
    party
        Position of the party; a State is taken with its bodies.
    companies
        Positions of the companies asked about; all if empty.

    Returns
    -------
    dict
        `companies`, those that the party cannot control by what is declared and could if all
        undisclosed parts were its: each with the most that it would have, and `issuers`, those of
        which the undisclosed part alone would do.
    """
    snapshot, ledger = dominance.snapshot, dominance.ledger
    heads = snapshot.as_one(party)
    hidden = _undisclosed(snapshot, ledger, companies) - set(heads)
    declared = {*heads, *dominance.controlled(heads, rule, certain=False)}
    endowed = Endowed(snapshot, ledger, party, hidden)
    reached = endowed.controlled(heads, rule, certain=False)
    together = {*heads, *reached}
    alone: dict[int, list[str]] = defaultdict(list)
    for issuer in sorted(hidden):
        only = Endowed(snapshot, ledger, party, [issuer])
        for company in only.controlled(heads, rule, certain=False):
            alone[company].append(snapshot.parties[issuer].label)
    asked = set(companies) or set(reached)
    rows = [
        {
            "company": snapshot.parties[company].label,
            "company_id": snapshot.parties[company].id,
            "could_have_percent": percent(endowed.bounds(company, together - {company}).high),
            "issuers": alone[company],
        }
        for company in reached
        if company in asked - declared
    ]
    return {
        "party": snapshot.parties[party].label,
        "party_id": snapshot.parties[party].id,
        "companies": sorted(rows, key=lambda row: (str(row["company"]), str(row["company_id"]))),
    }


def _undisclosed(snapshot: Snapshot, ledger: Ledger, companies: Sequence[int]) -> set[int]:
    """Return the issuers with an undisclosed part: all, or those that matter to some companies."""
    near = {p for company in companies for p in above(ledger, company)}
    candidates = near or range(len(snapshot.parties))
    return {
        issuer
        for issuer in candidates
        if snapshot.remainder_of(issuer) is Remainder.UNDISCLOSED
        and ledger.rest(issuer) is not None
        and (ledger.lines_of(issuer) or _is_asked(snapshot, issuer, companies))
    }


def _is_asked(snapshot: Snapshot, issuer: int, companies: Sequence[int]) -> bool:
    """Return whether a party of which no holder is recorded is asked about as a company."""
    return issuer in companies and snapshot.parties[issuer].kind is not PartyKind.PERSON
