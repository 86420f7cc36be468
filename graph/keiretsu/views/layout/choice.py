"""Where everything stands: several layouts are tried, and the best one is kept.

The same scene gives the same layout: nothing is random and no clock is read.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from keiretsu.errors import InputError
from keiretsu.views.drawing.marks import Text
from keiretsu.views.drawing.textsize import text_width
from keiretsu.views.layout.candidates import (
    ENGINES,
    ROWS,
    Candidate,
    attempts,
    is_large,
    only_candidate,
)
from keiretsu.views.layout.effort import Effort
from keiretsu.views.layout.geometry import Rect
from keiretsu.views.layout.grove import place_in_grove
from keiretsu.views.layout.labels import labelled
from keiretsu.views.layout.merging import Trails
from keiretsu.views.layout.metrics import Quality, quality_of_lines, with_labels
from keiretsu.views.layout.parting import led_around, parted
from keiretsu.views.layout.places import Places
from keiretsu.views.layout.plan import lines_by_strength, plan_of
from keiretsu.views.layout.pressing import pressed
from keiretsu.views.layout.screen import BETWEEN, TALL, WIDE, scale_of, size_cost
from keiretsu.views.layout.surrounds import Surrounds
from keiretsu.views.scene.comparison import AFTER, BEFORE, united

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from keiretsu.views.drawing.marks import Mark
    from keiretsu.views.layout.screen import Screen
    from keiretsu.views.scene.model import Scene

GROVE = "grove"
"""The engine for large scenes."""
_BENDS = 5.0
"""How much better rows, which bend every line, must be to be preferred."""
_REMEMBERED = 24
_PATIENCE = 2000
"""How many lines are judged in layouts one after the other of which none is better."""
_PRESSES, READ_WHOLE = tuple(part / 20 for part in range(19, -1, -1)), 0.8
"""By how much the best layout is pressed, until the words of the whole picture can be read."""
_PARTINGS = 3
"""How often lines that run on one another are led apart."""
_CAPTION, _CAPTION_SIZE = 40.0, 16.0
"""Above each of two sides, and the size of its caption."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A scene's layout.

    Parameters
    ----------
    places
        Where everything stands.
    engine
        Which engine made it.
    quality
        How good it is; None if it is too large to count.
    decor
        Marks that belong to the arrangement, such as captions of two sides.
    work
        What the search for it took, of `keiretsu.views.layout.effort.MOST`.
    """

    places: Places
    engine: str
    quality: Quality | None
    decor: tuple[Mark, ...] = ()
    work: float = 0.0

    @property
    def frame(self) -> Rect:
        """What the picture covers, captions included."""
        bounds = self.places.bounds
        return Rect(bounds.left, min(bounds.top, 0.0), bounds.right, bounds.bottom)


@lru_cache(maxsize=_REMEMBERED)
def lay_out(scene: Scene, *, engine: str | None = None, tall: bool = False) -> Layout:
    """Lay a scene out in layers, from holders down.

    Parameters
    ----------
    scene
        What is shown.
    engine
        ``dot``, ``rows`` or ``grove``; by default dot where pygraphviz can be used, and our own
        rows where it cannot, or where they turn out better; a grove for a large scene.
    tall
        Whether it is read on a phone: narrow, for there one scrolls down.

    Returns
    -------
    Layout
        The best of those tried: few crossings and overlaps, and large on a screen.

    Examples
    --------
    >>> from keiretsu.views.scene.model import Scene, SceneLink, SceneParty
    >>> parties = SceneParty(id="r", label="Renault"), SceneParty(id="n", label="Nissan")
    >>> link = SceneLink(id="1", holder="r", issuer="n")
    >>> layout = lay_out(Scene(title="", as_of="", parties=parties, links=(link,)))
    >>> layout.places.boxes["r"].bottom < layout.places.boxes["n"].top
    True
    """
    if engine not in (None, *ENGINES, GROVE):
        raise InputError(f"{engine!r} is not a layout engine", mend="use dot, rows or grove")
    if scene.sides:
        shared, screen = _shared(scene, engine, tall=tall)
        return _side_by_side(scene, shared, across=screen.across(shared.places.bounds))
    return _laid_out(scene, engine, TALL if tall else WIDE)


def lay_out_below(scene: Scene) -> Layout | None:
    """Lay two worlds out for a desk, one below the other; None if they are so, or there is one."""
    if not scene.sides:
        return None
    shared, screen = _shared(scene, None, tall=False)
    if not screen.across(shared.places.bounds):
        return None
    return _side_by_side(scene, shared, across=False)


@lru_cache(maxsize=_REMEMBERED)
def _shared(scene: Scene, engine: str | None, *, tall: bool) -> tuple[Layout, Screen]:
    """Lay out once what two worlds share, for a screen that shows both."""
    screen = (TALL if tall else WIDE)._replace(worlds=2)
    return _laid_out(united(scene), engine, screen), screen


def _laid_out(scene: Scene, engine: str | None, screen: Screen) -> Layout:
    """Return the best layout for a screen; a large scene is laid out once, and not judged."""
    if engine == GROVE or (engine is None and is_large(scene)):
        plan = plan_of(scene, labelled=True)
        return Layout(place_in_grove(plan, lines_by_strength(scene)).settled(), GROVE, None)
    if is_large(scene):
        one = only_candidate(scene, engine)
        return Layout(labelled(one.places, one.plan).settled(), one.engine, None)
    best: _Found | None = None
    effort = Effort(scene, tall=screen.tall)
    for unless, tried in attempts(scene, engine, tall=screen.tall):
        if best is None or (effort.is_left and not best.quality.is_enough(unless)):
            best = _best(scene, tried, screen, best, effort)
    if best is None:
        raise AssertionError("the first attempt is always made")
    if not screen.tall:
        best = _pressed(scene, best, screen, effort)
    return replace(_with_room(best, screen).layout, work=effort.spent)


class _Found(NamedTuple):
    """A candidate with its labels, as it was judged."""

    candidate: Candidate
    layout: Layout
    quality: Quality

    def cost(self, screen: Screen) -> float:
        return _bends(self.layout.engine) + self.quality.cost(screen)


def _best(
    scene: Scene, tried: Iterable[Candidate], screen: Screen, best: _Found | None, effort: Effort
) -> _Found | None:
    """Return the layout with the fewest defects, and large on a screen, as far as work is left.

    The largest are judged first: once one is found that none of the rest can beat, however free of
    defects it be, they need no labels and no counting. Of several that are alike one is judged.
    """
    ranked = [
        (size_cost(scale_of(one.places, screen), screen) + _bends(one.engine), one)
        for one in effort.making(tried)
    ]
    in_vain, patience = 0, _PATIENCE // max(1, len(scene.lines))
    seen = set()
    for least, one in sorted(ranked, key=lambda pair: pair[0]):
        most = best.cost(screen) if best is not None else math.inf
        if least >= most or in_vain >= patience or not (effort.is_left or best is None):
            break
        looks = (*one.places.boxes.values(), *one.places.routes.values())
        if looks in seen:
            continue
        seen.add(looks)
        in_vain += 1
        effort.judging()
        found = _judged(scene, one, screen, most - least)
        if found is not None and (best is None or found.cost(screen) < most):
            best, in_vain = found, 0
    return best


def _pressed(scene: Scene, best: _Found, screen: Screen, effort: Effort) -> _Found:
    """Return a layout pressed bit by bit, while that makes it larger and covers nothing."""
    start = best.candidate
    for part in _PRESSES:
        if best.quality.is_enough(READ_WHOLE) or not effort.is_left:
            break
        effort.judging()
        one = start._replace(places=pressed(start.places, start.plan, part))
        found = _judged(scene, one, screen, math.inf)
        if found is None or found.cost(screen) >= best.cost(screen):
            break
        best = found
    return best


def _with_room(best: _Found, screen: Screen) -> _Found:
    """Return a layout whose labels keep off one another, if that covers nothing and is as large."""
    plan = best.candidate.plan
    places = labelled(best.layout.places, plan, roomy=True).settled()
    surrounds = Surrounds(places.boxes, plan.around)
    quality = with_labels(best.quality, places, surrounds, screen, plan.breadths)
    found = _Found(best.candidate, Layout(places, best.layout.engine, quality), quality)
    as_good = quality.overlaps <= best.quality.overlaps and quality.scale >= best.quality.scale
    return found if as_good else best


def _judged(scene: Scene, one: Candidate, screen: Screen, most: float) -> _Found | None:
    """Return a candidate with its labels and its defects; None if its lines alone have too many."""
    plan, ends = one.plan, _ends(scene)
    places, merged, crossed = _cleared(one, ends, glow=screen.worlds > 1)
    defects = Quality(merged=merged, route_over_frame=crossed)
    if defects.defects >= most:
        return None
    lines = quality_of_lines(places, ends, merged=merged, route_over_frame=crossed)
    if lines.defects >= most:
        return None
    settled = labelled(places, plan).settled()
    surrounds = Surrounds(settled.boxes, plan.around)
    quality = with_labels(lines, settled, surrounds, screen, plan.breadths)
    found = _Found(one, Layout(settled, one.engine, quality), quality)
    is_near = quality.ambiguous and quality.defects_at_best < most
    return _with_room(found, screen) if is_near else found


def _cleared(
    one: Candidate, ends: Mapping[str, tuple[str, str]], *, glow: bool
) -> tuple[Places, int, int]:
    """Lead lines off frames and off one another; one that has moved may run on a third.

    Returns
    -------
    places, merged, crossed
        What came of it, how many pairs of lines still run on one another, and how many lines run
        under the frames of others.
    """
    places, breadths, trails = one.places, one.plan.breadths, Trails(ends, glow=glow)
    surrounds = Surrounds(places.boxes, one.plan.around)
    crossed = surrounds.crossed(places.routes, ends, breadths)
    pairs = trails.merged({line: path.points for line, path in places.routes.items()})
    for _ in range(_PARTINGS):
        if not (crossed or pairs):
            break
        places = parted(led_around(places, crossed, breadths), pairs, breadths, glow=glow)
        crossed = surrounds.crossed(places.routes, ends, breadths)
        pairs = trails.merged({line: path.points for line, path in places.routes.items()})
    return places, len(pairs), len(crossed)


def _ends(scene: Scene) -> dict[str, tuple[str, str]]:
    return {line: (states[0].holder, states[0].issuer) for line, states in scene.lines.items()}


def _bends(engine: str) -> float:
    return _BENDS if engine == ROWS else 0.0


def _side_by_side(scene: Scene, shared: Layout, *, across: bool) -> Layout:
    """Set two worlds that are laid out as one beside one another, or below."""
    bounds = shared.places.bounds
    second = (bounds.width + BETWEEN, 0.0) if across else (0.0, bounds.height + BETWEEN)
    places = Places({}, {})
    decor: list[Mark] = []
    for side, caption, (x, y) in zip(
        (BEFORE, AFTER), scene.sides, ((0.0, 0.0), second), strict=True
    ):
        copy = shared.places.copied(side, x, y + _CAPTION)
        present = {party.id for party in scene.parties}
        lines = scene.lines
        places.boxes.update({k: v for k, v in copy.boxes.items() if k in present})
        places.routes.update({k: v for k, v in copy.routes.items() if k in lines})
        room = text_width(caption, _CAPTION_SIZE, bold=True)
        decor.append(Text(x, y + 10, caption, _CAPTION_SIZE, bold=True, room=room))
    return Layout(places, shared.engine, shared.quality, tuple(decor), shared.work)
