"""Holdings in oneself: treasury shares, drawn as a loop at the right side of their box."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keiretsu.views.layout.geometry import Rect, sampled, simplified
from keiretsu.views.layout.places import Path

if TYPE_CHECKING:
    from keiretsu.views.layout.plan import Plan, PlannedLink

_OUT = 30.0
"""How far a loop swings out."""
_CLEAR = 6.0
"""Above and below the label of a loop, so that lines that leave the box do not run along it."""
_REACHED = 0.75
"""What part of the way to its outer control points a curve goes."""
_STEPS = 10


def loops_of(plan: Plan, party: str) -> list[PlannedLink]:
    """Return the holdings of a party in itself."""
    return [link for link in plan.links if link.is_loop and link.upper == party]


def loops_width(plan: Plan, party: str) -> float:
    """Return how much room the loops of a party need beside its box."""
    return sum(map(_width, loops_of(plan, party)))


def loops_height(plan: Plan, party: str) -> float:
    """Return how much height the labels of a party's loops need."""
    labels = (link.label for link in loops_of(plan, party))
    tallest = max((label.height for label in labels if label), default=0.0)
    return tallest + 2 * _CLEAR


def loop_beside(plan: Plan, link: PlannedLink, box: Rect) -> Path:
    """Draw a holding in oneself beside its box; several stand in a row."""
    before = [one for one in loops_of(plan, link.upper) if one.id < link.id]
    left = box.right + sum(map(_width, before))
    _, middle = box.centre
    reach, third = left + _OUT, box.height / 3
    route = (
        (box.right, middle - third),
        (reach, middle - third * 1.5),
        (reach, middle + third * 1.5),
        (box.right, middle + third),
    )
    plate = None
    if link.label is not None:
        width, height = link.label
        outermost = left + _OUT * _REACHED
        plate = Rect.around((outermost + width / 2, middle), width, height)
    return Path(simplified(sampled(route, _STEPS)), plate)


def _width(link: PlannedLink) -> float:
    return _OUT + (link.label.width if link.label else 0.0)
