"""Layouts to choose from: the same boxes and lines by several engines, gaps, orders and rows.

dot minds neither how wide a picture gets nor how wide lines are. So it is asked many times: with
few boxes in a row or as many as there are, with room for whole labels or for a part of them (they
find a place of their own afterwards, and what they lack in room the picture gains in size).
"""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import chain, product
from typing import TYPE_CHECKING, NamedTuple

from keiretsu.views.layout.dot import place_with_dot
from keiretsu.views.layout.effort import is_worth_a_search
from keiretsu.views.layout.plan import (
    LABELLED,
    Plan,
    Size,
    lines_by_strength,
    most_folds,
    plan_of,
)
from keiretsu.views.layout.pressing import pressed
from keiretsu.views.layout.rows import place_in_rows
from keiretsu.views.layout.tower import ALONE, WIDTH, place_in_tower

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from keiretsu.views.layout.places import Places
    from keiretsu.views.scene.model import Scene

DOT, ROWS = ENGINES = ("dot", "rows")
TOWER = "tower"
"""The engine for a phone."""
TRIED = 60
"""Up to so many boxes many layouts are tried; beyond, one takes long enough."""
_BOTH_WAYS = 24
"""Up to so many boxes dot gets them in both orders, from which it may find a better one."""
_LAYER_GAPS, _BOX_GAPS = (0.4, 0.62, 0.9), (0.22, 0.36)
_ROOMY_GAPS = (1.2, 1.7)
"""Tried if something is still covered: wide lines that fan out need more room for their labels."""
_LABELLED_GAP, _UNLABELLED_GAP = 1.6, 1.8
"""Between layers of a large scene, in which labels have room of their own, or have none: lines of a
wide picture run aslant."""
_FULL_SIZE = 0.9
"""At which scale nothing larger is looked for."""
_TALL_GAPS, _TALL_ABREAST, _WIDE_ABREAST = (0.35, 0.62), (1, 2, 3), (4, 5)
_TOWER_READABLE = 0.6
"""At which scale of a tower no other layout is looked for."""
_ROOMS = (1.0, 0.45)
"""For which part of a label's width room is kept."""
_CLOSE_ROOMS, _CLOSE_GAP, _CLOSE_BOX_GAPS = (1.0, 0.7), 0.5, (0.13, 0.22)
_CLOSE_ABREAST = (3, 4, 5, 6)
_PRESSES = (0.0, 0.3, 0.6, 1.0)
"""Tried if a picture is small: less room for labels, narrower gaps, and bands between rows pressed
to a part of what they have beyond their need."""


class Candidate(NamedTuple):
    """A layout to choose, before labels have their places."""

    engine: str
    places: Places
    plan: Plan


class Attempt(NamedTuple):
    """Layouts that are tried together.

    Parameters
    ----------
    unless
        They need not be tried if one was found that covers nothing and is at least so large.
    tried
        The layouts.
    """

    unless: float
    tried: Iterator[Candidate]


def is_large(scene: Scene) -> bool:
    """Return whether a scene is laid out once, for trying many layouts would take too long."""
    return len(scene.parties) > TRIED or not is_worth_a_search(scene)


def only_candidate(scene: Scene, engine: str | None) -> Candidate:
    """Return the one layout that a large scene gets, its largest crowd in several rows."""
    plan = plan_of(scene, fold=most_folds(scene))
    if engine != ROWS and _dot_works(engine):
        gap = _LABELLED_GAP if len(scene.parties) <= LABELLED else _UNLABELLED_GAP
        return _by_dot(plan, gap)
    return _by_rows(plan)


def attempts(scene: Scene, engine: str | None, *, tall: bool = False) -> Iterator[Attempt]:
    """Return layouts to choose from, attempt by attempt.

    Parameters
    ----------
    scene
        What is shown.
    engine
        ``dot`` or ``rows``; both if not given, as far as they can be used.
    tall
        Whether it is read on a phone, for which towers are tried first.

    Raises
    ------
    ImportError
        If dot is asked for by name and pygraphviz is not installed.
    """
    use = _Engines(
        tower=engine is None,
        dot=engine != ROWS and _dot_works(engine),
        rows=engine != DOT,
    )
    return _for_a_phone(scene, use) if tall else _for_a_desk(scene, use)


class _Engines(NamedTuple):
    """Which engines may be used."""

    tower: bool
    dot: bool
    rows: bool


def _dot_works(engine: str | None) -> bool:
    try:
        import pygraphviz  # noqa: F401, PLC0415 - a heavy import, and one that may be absent
    except (ImportError, OSError):
        if engine == DOT:
            raise
        return False
    return True


def _for_a_phone(scene: Scene, use: _Engines) -> Iterator[Attempt]:
    plans = _tall_plans(scene)
    rows = map(_by_rows, plans if use.rows else ())
    if use.tower:
        yield Attempt(math.inf, _towers(scene))
    if not use.dot:
        yield Attempt(math.inf, rows)
        return
    close, roomy = _TALL_GAPS
    enough = _TOWER_READABLE if use.tower else math.inf
    yield Attempt(enough, chain(_dots(plans, _ROOMS, (close,)), rows))
    yield Attempt(0.0, _dots(plans, _ROOMS, (roomy,)))
    yield Attempt(0.0, _dots(plans, _ROOMS[:1], _ROOMY_GAPS, _BOX_GAPS[1]))


def _for_a_desk(scene: Scene, use: _Engines) -> Iterator[Attempt]:
    plans = _wide_plans(scene)
    rows = map(_by_rows, plans if use.rows else ())
    if not use.dot:
        yield Attempt(math.inf, rows)
        return
    yield Attempt(math.inf, chain(_dots(plans[:1], _ROOMS, _LAYER_GAPS), rows))
    close = _close_plans(scene)
    close_rows = map(_by_rows, close if use.rows else ())
    dots = (_dots(close, _CLOSE_ROOMS, (_CLOSE_GAP,), apart) for apart in _CLOSE_BOX_GAPS)
    yield Attempt(_FULL_SIZE, _pressed(chain(*dots, close_rows), _PRESSES))
    yield Attempt(0.0, _dots(plans, _ROOMS[:1], _ROOMY_GAPS, _BOX_GAPS[1]))


def _wide_plans(scene: Scene) -> list[Plan]:
    """Return plans with crowds in one row, in two, and so on, and with few boxes in any row."""
    plans = [plan_of(scene, fold=fold) for fold in range(1, most_folds(scene) + 1)]
    return _different(plans + [plan_of(scene, abreast=abreast) for abreast in _WIDE_ABREAST])


def _tall_plans(scene: Scene) -> list[Plan]:
    return _different([plan_of(scene, abreast=abreast) for abreast in _TALL_ABREAST])


def _close_plans(scene: Scene) -> list[Plan]:
    plans = [plan_of(scene, fold=fold) for fold in range(1, most_folds(scene) + 1)]
    return _different(plans + [plan_of(scene, abreast=abreast) for abreast in _CLOSE_ABREAST])


def _different(plans: list[Plan]) -> list[Plan]:
    """Return the plans that differ in how many rows their lines span."""
    return list({tuple(link.span for link in plan.links): plan for plan in plans}.values())


def _pressed(tried: Iterable[Candidate], parts: Sequence[float]) -> Iterator[Candidate]:
    for one, part in product(tried, parts):
        yield one if part == 1 else one._replace(places=pressed(one.places, one.plan, part))


def _by_rows(plan: Plan) -> Candidate:
    return Candidate(ROWS, place_in_rows(plan), plan)


def _towers(scene: Scene) -> Iterator[Candidate]:
    plan, ranked = plan_of(scene, labelled=True), lines_by_strength(scene)
    for width in (WIDTH, ALONE):
        yield Candidate(TOWER, place_in_tower(plan, ranked, width), plan)


def _dots(
    plans: Sequence[Plan],
    rooms: Sequence[float],
    gaps: Sequence[float],
    box_gap: float = _BOX_GAPS[0],
) -> Iterator[Candidate]:
    ways = (False, True) if plans and len(plans[0].boxes) <= _BOTH_WAYS else (True,)
    for plan, room, gap, backwards in product(plans, rooms, gaps, ways):
        yield _by_dot(plan, gap, box_gap, backwards=backwards, room=room)


def _by_dot(
    plan: Plan,
    layer_gap: float,
    box_gap: float = _BOX_GAPS[1],
    *,
    backwards: bool = False,
    room: float = 1.0,
) -> Candidate:
    places = place_with_dot(
        _with_less_room(plan, room), layer_gap=layer_gap, box_gap=box_gap, backwards=backwards
    )
    return Candidate(DOT, places, plan)


def _with_less_room(plan: Plan, part: float) -> Plan:
    """Return a plan that keeps only a part of the width of its labels; loops keep all of it."""
    if part == 1:
        return plan
    links = tuple(
        replace(link, label=Size(link.label.width * part, link.label.height))
        if link.label is not None and not link.is_loop
        else link
        for link in plan.links
    )
    return replace(plan, links=links)
