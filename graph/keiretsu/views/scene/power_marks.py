"""How much power each holder has in a company's meeting, as numbers on boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keiretsu.errors import InputError
from keiretsu.measures import power
from keiretsu.views.scene.overlay import Aside, Badge, Overlay
from keiretsu.views.scene.percent import Percent

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from keiretsu.kernels.box import Bounds
    from keiretsu.snapshot import Snapshot

MOST_MEETINGS = 4
"""In how many companies, those a picture is about, the power of holders can be marked."""
_RIVALS = 2


def power_overlays(
    snapshot: Snapshot, companies: Sequence[str], shown: Collection[str]
) -> Iterator[Overlay]:
    """Yield, for each company that has several holders, how much power each has in its meeting.

    Parameters
    ----------
    snapshot
        The world on a date.
    companies
        Ids of the companies that the picture is about.
    shown
        Ids of the parties in the picture.
    """
    known = {party.id for party in snapshot.parties}
    for company in companies[:MOST_MEETINGS]:
        if company not in known:
            continue
        position = snapshot.position(company)
        holders = {snapshot.holdings[at].holder for at in snapshot.held_in(position)}
        if len(holders - {position}) < _RIVALS:
            continue
        try:
            answer = power(snapshot, company)
        except InputError:  # nobody is sure to vote, or there are too many ranges: nothing to mark
            continue
        label = snapshot.parties[position].label
        rest = [one for one in answer if one.holder_id not in shown]
        note = (
            f"Shapley-Shubik index of each holder in {label}'s meeting, simple majority: how often "
            "it is the one that turns a minority into a majority; all add up to 1."
        )
        undrawn = ", ".join(f"{one.holder} {_power(one.power)}" for one in rest)
        yield Overlay(
            key=f"power-{company.rpartition('/')[2]}",
            title=f"Voting power in {label}",
            note=note,
            badges=tuple(
                Badge(
                    party=one.holder_id,
                    text=_power(one.power),
                    words=(
                        f"{one.holder} has {_power(one.power)} of the voting power in {label} "
                        f"(Shapley-Shubik), with {Percent.of_share(one.votes)} of the votes."
                    ),
                )
                for one in answer
                if one.holder_id in shown
            ),
            asides=(Aside(words=f"Not drawn: {undrawn}."),) if rest else (),
        )


def _power(bounds: Bounds) -> str:
    low, high = float(bounds.low), float(bounds.high)
    return f"{low:.2f}" if low == high else f"{low:.2f}-{high:.2f}"
