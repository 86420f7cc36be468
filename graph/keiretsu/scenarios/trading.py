"""A group buys from the market, or sells to it, until it has what it is to have."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keiretsu.scenarios.draft import Draft
    from keiretsu.scenarios.stake import Stake


def move_to(
    draft: Draft, head: int, issuer: int, members: tuple[int, ...], target: Fraction
) -> None:
    """Buy or sell until a group has so many units of an issuer."""
    book = draft.book(issuer)
    stakes = book.of(members)
    now = sum((stake.low for stake in stakes), Fraction(0))
    vehicle = _booked_on(stakes, head)
    if target > now:
        who = draft.label(vehicle)
        own = " as own shares" if vehicle == issuer else ""
        text = f"{who} buys {book.say(target - now)}{own} from the {book.kind.value} part"
        book.buy(vehicle, target - now, text)
        draft.step(text)
        if book.rest_votes.bonus:
            text = "shares bought from the market are taken to be ones with single votes"
            draft.warn("single-votes-bought", text, issuer)
    elif target < now:
        seller = draft.label(stakes[0].holder)
        text = f"{seller} sells {book.say(now - target)} to the market"
        ordered = sorted(stakes, key=lambda s: (s.holder != vehicle, -s.low))
        book.sell(ordered, now - target, text)
        draft.step(text)
    else:
        draft.step(f"nothing changes: {draft.label(head)} has {book.say(now)} already")


def _booked_on(stakes: list[Stake], head: int) -> int:
    """Return on whom a group's purchase is booked: its vehicle with the most, else the head."""
    sizes: dict[int, Fraction] = {}
    for stake in stakes:
        if stake.holder != head:
            sizes[stake.holder] = sizes.get(stake.holder, Fraction(0)) + stake.low
    return max(sizes, key=lambda one: (sizes[one], -one), default=head)
