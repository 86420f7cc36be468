"""Where everything stands: several layouts are tried, and the best one is kept.

The same scene gives the same layout: nothing is random and no clock is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING

from keiretsu.errors import InputError
from keiretsu.views.drawing.marks import Text
from keiretsu.views.drawing.textsize import text_width
from keiretsu.views.layout.dot import place_with_dot
from keiretsu.views.layout.geometry import Rect
from keiretsu.views.layout.labels import labelled
from keiretsu.views.layout.metrics import TALL, WIDE, quality_of, scale_of, size_cost
from keiretsu.views.layout.places import Places
from keiretsu.views.layout.plan import LABELLED, most_folds, plan_of
from keiretsu.views.layout.rows import place_in_rows
from keiretsu.views.scene.comparison import AFTER, BEFORE, united

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from keiretsu.views.drawing.marks import Mark
    from keiretsu.views.layout.metrics import Quality
    from keiretsu.views.layout.plan import Plan
    from keiretsu.views.scene.model import Scene

    _Candidate = tuple[str, Places, Plan]

DOT, ROWS = ENGINES = ("dot", "rows")
TRIED = 60
"""Up to so many boxes many layouts are tried; beyond, one takes long enough."""
_BENDS = 5.0
"""How much better rows, which bend every line, must be to be preferred."""
_LAYER_GAPS, _BOX_GAPS = (0.4, 0.62, 0.85), (0.22, 0.36)
_ROOMY_GAPS = (1.2, 1.7)
"""Tried if something is still covered: wide lines that fan out need more room for their labels."""
_UNLABELLED_GAP = 1.8
"""Between layers in which labels have no room of their own: lines of a wide picture run aslant."""
_ORDERS = (False, 0), (True, 0), (False, 2), (True, 2)
_TALL_GAPS, _ABREAST = (0.35,), (1, 2, 3)
_REMEMBERED = 24
_BETWEEN, _CAPTION, _CAPTION_SIZE = 96.0, 40.0, 16.0
"""Between two sides, above each, and the size of its caption."""


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
    """

    places: Places
    engine: str
    quality: Quality | None
    decor: tuple[Mark, ...] = ()

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
        ``dot`` or ``rows``; by default dot where pygraphviz can be used, and our own rows where
        it cannot, or where they turn out better.
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
    if engine not in (None, *ENGINES):
        raise InputError(f"{engine!r} is not a layout engine", mend="use dot or rows")
    if scene.sides:
        return _side_by_side(scene, engine, tall)
    if len(scene.parties) > TRIED:
        name, places, plan = next(_candidates(scene, engine, tall))
        return Layout(labelled(places, plan).settled(), name, None)
    best = _best(scene, _candidates(scene, engine, tall), tall)
    if best.quality is not None and best.quality.overlaps and engine != ROWS:
        more = _with_dot(scene, tall, _ROOMY_GAPS)
        return min((best, _best(scene, more, tall)), key=lambda one: _cost(one, tall))
    return best


def _best(scene: Scene, candidates: Iterable[_Candidate], tall: bool) -> Layout:
    """Return the layout with the fewest defects, and large on a screen.

    The largest are judged first: once one is found that none of the rest can beat, however free of
    defects it be, they need no labels and no counting.
    """
    screen = TALL if tall else WIDE
    ends = {line: (states[0].holder, states[0].issuer) for line, states in scene.lines.items()}
    ranked = [
        (size_cost(scale_of(places, screen), tall=tall) + _bends(name), name, places, plan)
        for name, places, plan in candidates
    ]
    best: Layout | None = None
    for least, name, places, plan in sorted(ranked, key=lambda one: one[0]):
        if best is not None and least >= _cost(best, tall):
            break
        breadths = {link.id: link.breadth for link in plan.links}
        settled = labelled(places, plan).settled()
        found = Layout(settled, name, quality_of(settled, ends, screen, breadths))
        if best is None or _cost(found, tall) < _cost(best, tall):
            best = found
    if best is None:
        raise AssertionError("rows always give a layout")
    return best


def _cost(layout: Layout, tall: bool) -> float:
    return _bends(layout.engine) + (layout.quality.cost(tall=tall) if layout.quality else 0.0)


def _bends(engine: str) -> float:
    return _BENDS if engine == ROWS else 0.0


def _side_by_side(scene: Scene, engine: str | None, tall: bool) -> Layout:
    """Lay two worlds out once, and set them beside or below one another, whichever is larger."""
    shared = lay_out(united(scene), engine=engine, tall=tall)
    bounds = shared.places.bounds
    across = not tall and bounds.width * WIDE[1] < bounds.height * WIDE[0]
    second = (bounds.width + _BETWEEN, 0.0) if across else (0.0, bounds.height + _BETWEEN)
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
    return Layout(places, shared.engine, shared.quality, tuple(decor))


def _candidates(scene: Scene, engine: str | None, tall: bool) -> Iterator[_Candidate]:
    """Yield layouts to choose from; of a large scene only one."""
    found = False
    if engine != ROWS:
        try:
            for one in _with_dot(scene, tall, _TALL_GAPS if tall else _LAYER_GAPS):
                found = True
                yield one
        except (ImportError, OSError, ValueError, RuntimeError):
            if engine == DOT:
                raise
    small = len(scene.parties) <= TRIED
    if engine == ROWS or not found or (engine is None and small):
        for plan in _plans(scene, tall):
            yield ROWS, place_in_rows(plan), plan


def _plans(scene: Scene, tall: bool) -> list[Plan]:
    """Return plans with crowds in one row, in two, and so on; a large scene has only the last."""
    if tall:
        return [plan_of(scene, abreast=abreast) for abreast in _ABREAST]
    most = most_folds(scene)
    least = most if len(scene.parties) > TRIED else 1
    return [plan_of(scene, fold=fold) for fold in range(least, most + 1)]


def _with_dot(scene: Scene, tall: bool, gaps: Sequence[float]) -> Iterator[_Candidate]:
    plans = _plans(scene, tall)
    if len(scene.parties) > TRIED:
        gap = gaps[-1] if len(scene.parties) <= LABELLED else _UNLABELLED_GAP
        yield DOT, place_with_dot(plans[-1], layer_gap=gap), plans[-1]
        return
    box_gaps = _BOX_GAPS[:1] if tall else _BOX_GAPS
    for at, plan in enumerate(plans):
        orders = _ORDERS if at == 0 else _ORDERS[:1]
        for layers, boxes, (back, rising) in product(gaps, box_gaps, orders):
            places = place_with_dot(
                plan, layer_gap=layers, box_gap=boxes, backwards=back, rising_weight=rising
            )
            yield DOT, places, plan
