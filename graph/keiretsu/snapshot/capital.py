"""The holdings in an issuer as an account of its capital, which adds up to the whole."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING

from keiretsu.errors import OverAllocatedError
from keiretsu.model import Caution, Interest, Remainder
from keiretsu.snapshot.account import Account, Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keiretsu.model import Party
    from keiretsu.snapshot.held import HeldOnDate

ROUNDING = Fraction(1005, 1000)
"""Up to here holdings of one issuer may add up; reported percentages are rounded."""


def capital_account(
    issuer: int, held: Sequence[tuple[int, HeldOnDate]], *, closed: bool
) -> Account:
    """Return an issuer's holdings as an account of capital; own shares have no weight."""
    lines = tuple(
        Line(
            position,
            one.holder,
            one.capital.low,
            one.capital.high,
            one.capital.low_open,
            one.capital.high_open,
            Fraction(one.holder != issuer),
            Fraction(one.holder != issuer),
        )
        for position, one in held
    )
    total = max(Fraction(1), sum((line.low for line in lines), Fraction(0)))
    return Account(issuer, lines, closed=closed, total=total)


def capital_accounts(
    parties: Sequence[Party], held: Sequence[HeldOnDate]
) -> tuple[list[Account], list[Caution]]:
    """Return the accounts of all issuers, and where rounding makes one more than the whole.

    Raises
    ------
    OverAllocatedError
        If the holdings of an issuer add up to more than 100.5 %.
    """
    by_issuer: dict[int, list[tuple[int, HeldOnDate]]] = defaultdict(list)
    for position, one in enumerate(held):
        if one.interest is not Interest.VOTING_RIGHTS:
            by_issuer[one.issuer].append((position, one))
    accounts, roundings = [], []
    for issuer, group in by_issuer.items():
        party = parties[issuer]
        account = capital_account(issuer, group, closed=party.remainder is Remainder.NONE)
        if account.total > ROUNDING:
            place = ", ".join(sorted(claim for _, one in group for claim in one.claim_ids[:1])[:3])
            raise OverAllocatedError(party.label, account.total, place=_place(group) or place)
        if account.total > 1:
            percent = float(account.total * 100)
            text = f"holdings add up to {percent:.4g} %, taken as rounding and scaled to 100 %"
            roundings.append(Caution("rounding", text, (party.label,)))
        elif _leaves_no_room(account):
            text = "holdings add up to just over 100 %, taken as rounding"
            roundings.append(Caution("rounding", text, (party.label,)))
        accounts.append(account)
    return accounts, roundings


def _leaves_no_room(account: Account) -> bool:
    """Whether holdings that must be more than so much come to the whole without being more."""
    least = sum((line.low for line in account.lines), Fraction(0))
    return least == account.total and any(line.low_open for line in account.lines)


def _place(group: Sequence[tuple[int, HeldOnDate]]) -> str:
    return next((one.claims[0].place for _, one in reversed(group) if one.claims[0].place), "")
