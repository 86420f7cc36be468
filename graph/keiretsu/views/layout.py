"""Where everything stands: several layouts are tried, and the best one is kept.

The same scene gives the same layout: nothing is random and no clock is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from keiretsu.errors import InputError
from keiretsu.views.dot import place_with_dot
from keiretsu.views.metrics import quality_of
from keiretsu.views.plan import most_folds, plan_of
from keiretsu.views.rows import place_in_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keiretsu.views.metrics import Quality
    from keiretsu.views.places import Places
    from keiretsu.views.scene import Scene

DOT, ROWS = ENGINES = ("dot", "rows")
TRIED = 60
"""Up to so many boxes many layouts are tried; beyond, one takes long enough."""
_BENDS = 5.0
"""How much better rows, which bend every line, must be to be preferred."""
_LAYER_GAPS, _BOX_GAPS = (0.4, 0.62, 0.85), (0.22, 0.36)
_ORDERS = (False, 0), (True, 0), (False, 2), (True, 2)


@dataclass(frozen=True, slots=True)
class Layout:
    """A scene's layout, the engine that made it, and how good it is, unless too large to count."""

    places: Places
    engine: str
    quality: Quality | None


def lay_out(scene: Scene, *, engine: str | None = None) -> Layout:
    """Lay a scene out in layers, from holders down.

    Parameters
    ----------
    scene
        What is shown.
    engine
        ``dot`` or ``rows``; by default dot where pygraphviz can be used, and our own rows where
        it cannot, or where they turn out better.

    Returns
    -------
    Layout
        The best of those tried: few crossings and overlaps, and large on a screen.

    Examples
    --------
    >>> from keiretsu.views.scene import Scene, SceneLink, SceneParty
    >>> parties = SceneParty(id="r", label="Renault"), SceneParty(id="n", label="Nissan")
    >>> link = SceneLink(id="1", holder="r", issuer="n")
    >>> layout = lay_out(Scene(title="", as_of="", parties=parties, links=(link,)))
    >>> layout.places.boxes["r"].bottom < layout.places.boxes["n"].top
    True
    """
    if engine not in (None, *ENGINES):
        raise InputError(f"{engine!r} is not a layout engine", mend="use dot or rows")
    ends = {link.id: (link.holder, link.issuer) for link in scene.links}
    candidates = [(name, places.settled()) for name, places in _candidates(scene, engine)]
    if len(scene.parties) > TRIED:
        name, places = candidates[0]
        return Layout(places, name, None)
    tried = [(quality_of(places, ends), places, name) for name, places in candidates]
    quality, places, name = min(
        tried, key=lambda one: one[0].cost + (_BENDS if one[2] == ROWS else 0)
    )
    return Layout(places, name, quality)


def _candidates(scene: Scene, engine: str | None) -> list[tuple[str, Places]]:
    found: list[tuple[str, Places]] = []
    if engine != ROWS:
        try:
            found += [(DOT, places) for places in _with_dot(scene)]
        except (ImportError, OSError, ValueError, RuntimeError):
            if engine == DOT:
                raise
    small = len(scene.parties) <= TRIED
    if engine == ROWS or not found or (engine is None and small):
        found += [(ROWS, places) for places in _in_rows(scene)]
    return found


def _with_dot(scene: Scene) -> Iterator[Places]:
    if len(scene.parties) > TRIED:
        yield place_with_dot(plan_of(scene, fold=most_folds(scene)))
        return
    for fold in range(1, most_folds(scene) + 1):
        plan = plan_of(scene, fold=fold)
        orders = _ORDERS if fold == 1 else _ORDERS[:1]
        for layers, boxes, (back, rising) in product(_LAYER_GAPS, _BOX_GAPS, orders):
            yield place_with_dot(
                plan, layer_gap=layers, box_gap=boxes, backwards=back, rising_weight=rising
            )


def _in_rows(scene: Scene) -> Iterator[Places]:
    for fold in range(1, most_folds(scene) + 1):
        yield place_in_rows(plan_of(scene, fold=fold))
