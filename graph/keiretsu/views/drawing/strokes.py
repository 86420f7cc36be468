"""What a line looks like before it has a route, and on one.

A line's looks are the same wherever it runs, so a page is told them once, and each layout only its
route. `drawn` puts the two together; the page's `strokes.js` does the same, and a test holds the
two equal.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keiretsu.views.drawing.boxes import breadth, stroke_width
from keiretsu.views.drawing.marks import Mark, Stroke, circle, polyline
from keiretsu.views.layout.geometry import Point, shifted, shortened
from keiretsu.views.scene.model import STACKED, TIES
from keiretsu.views.scene.wording import BOTH, CAPITAL, VOTES, is_without_votes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keiretsu.views.layout.geometry import Route
    from keiretsu.views.scene.model import SceneLink
    from keiretsu.views.scene.percent import Percent

_HEAD_LENGTH, _HEAD_MORE, _HEAD_LEAST = 10.0, 3.0, 5.5
_HEAD_LONGER = 0.7
"""How much longer an arrowhead is for each pixel of its line's width."""
_CLOSE = 0.35
"""Half the gap between the strokes of capital and votes."""
_GLOW = 8.0
"""How much wider than its line the glow of a change is."""
_SOLID: tuple[float, ...] = ()
_SUPPOSED = (13.0, 6.0)
_NO_VOTES, _INDIRECT, _DOUBTFUL = (7.0, 5.0), (11.0, 4.0, 2.0, 4.0), (3.0, 3.0)


@dataclass(frozen=True, slots=True)
class Along:
    """A stroke along a route.

    Parameters
    ----------
    cut
        How far before the end of the route it stops.
    aside
        How far it runs to the left of the route, seen along it.
    colour, width, dash, round_ends
        As of `keiretsu.views.drawing.marks.Stroke`.
    """

    cut: float
    aside: float
    colour: str
    width: float
    dash: tuple[float, ...] = ()
    round_ends: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """An arrowhead at the end of a route: whole, or the half on one side of it."""

    long: float
    reach: float
    side: int
    colour: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A dot at the end of a route."""

    radius: float
    colour: str


Looks = Along | Head | Dot


def strokes_of(link: SceneLink, rights: str, metric: str) -> list[Looks]:
    """Return the looks of a holding: capital on its left, votes on its right, or one of them."""
    strokes = _strokes(link, rights, metric)
    if not link.change:
        return strokes
    glow = round(2 * breadth(link, rights) + _GLOW, 1)
    return [Along(0.0, 0.0, "halo", glow, round_ends=True), *strokes]


def drawn(strokes: Iterable[Looks], route: Route) -> list[Mark]:
    """Return the marks of a line on its route."""
    return [_on(one, route) for one in strokes]


def _on(one: Looks, route: Route) -> Mark:
    if isinstance(one, Dot):
        return Stroke(circle(*route[-1], one.radius), fill=one.colour)
    if isinstance(one, Head):
        return _head(one, route)
    short = shortened(route, one.cut) if one.cut else route
    beside = shifted(short, one.aside) if one.aside else short
    return Stroke(
        polyline(beside), line=one.colour, width=one.width, dash=one.dash, round_ends=one.round_ends
    )


def _strokes(link: SceneLink, rights: str, metric: str) -> list[Looks]:
    if link.kind in TIES:
        return [Along(5.0, 0.0, "muted", 1.2), Dot(3.6, "muted")]
    capital, votes = link.capital, link.votes_of(rights)
    if link.kind == STACKED and capital is None and link.each is not None:
        capital = votes = link.each
    silent = is_without_votes(link, rights)
    shows_votes = metric != CAPITAL and votes is not None and not votes.is_zero
    shows_capital = metric != VOTES and capital is not None
    if metric == BOTH and shows_capital and shows_votes and capital and votes:
        return [
            *_arrow(link, capital, "capital", side=1),
            *_arrow(link, votes, "votes", side=-1),
        ]
    if shows_votes and votes:
        return _arrow(link, votes, "votes")
    if shows_capital and capital:
        return _arrow(link, capital, "capital", silent=silent)
    ghost = _NO_VOTES if silent else (1.0, 5.0)
    return [
        Along(9.0, 0.0, "muted", 1.4, ghost, round_ends=True),
        Head(_HEAD_LENGTH, _HEAD_LEAST, 0, "muted"),
    ]


def _arrow(
    link: SceneLink, share: Percent, colour: str, *, side: int = 0, silent: bool = False
) -> list[Looks]:
    width = stroke_width(share)
    dash = _dash(link, share, width, silent=silent)
    long = round(_HEAD_LENGTH + width * _HEAD_LONGER, 2)
    reach = max(_HEAD_LEAST, width + _HEAD_MORE if side else width / 2 + _HEAD_MORE)
    dots = bool(dash) and not share.is_point
    aside = round(side * (width / 2 + _CLOSE), 2)
    return [
        Along(round(long - 2, 2), aside, colour, width, dash, round_ends=dots),
        Head(long, round(reach, 2), side, colour),
    ]


def _dash(link: SceneLink, share: Percent, width: float, *, silent: bool) -> tuple[float, ...]:
    """Return the pattern of a line: what is not known comes before what is out of the usual."""
    if link.kind == STACKED and link.each is share:
        return _SOLID
    if not share.is_point:
        return (0.1, round(width + (5.0 if share.is_unknown else 3.0), 1))
    if link.supposition:
        return _SUPPOSED
    if silent:
        return _NO_VOTES
    if link.indirect:
        return _INDIRECT
    return _DOUBTFUL if link.doubtful else _SOLID


def _head(head: Head, route: Route) -> Stroke:
    tip, base = route[-1], shortened(route, head.long)[-1]
    dx, dy = tip[0] - base[0], tip[1] - base[1]
    length = math.hypot(dx, dy) or 1
    out = (-dy / length * head.reach, dx / length * head.reach)
    plus: Point = (base[0] + out[0], base[1] + out[1]) if head.side >= 0 else base
    minus: Point = (base[0] - out[0], base[1] - out[1]) if head.side <= 0 else base
    return Stroke(polyline([tip, plus, minus], closed=True), fill=head.colour)
