"""Analyses of what a picture shows, marked on its boxes: each world of it has its own."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from keiretsu.views.scene.comparison import AFTER, BEFORE
from keiretsu.views.scene.control_marks import control_overlays
from keiretsu.views.scene.legal_marks import legal_overlay
from keiretsu.views.scene.overlay import Aside, Badge, Overlay
from keiretsu.views.scene.power_marks import power_overlays

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from keiretsu.snapshot import Snapshot
    from keiretsu.views.scene.model import Scene

Said = TypeVar("Said", Badge, Aside)

MOST_ANALYSED = 300
"""Up to so many parties a picture has its analyses worked out beforehand."""
MOST_WORLDS = 40
"""Up to so many moments have theirs: each takes a good part of a second."""


class Test(NamedTuple):
    """A legal test that is marked: its name, and the parties on its list."""

    regime: str
    listed: Sequence[str]


def analysed(scene: Scene, worlds: Sequence[Snapshot], test: Test | None = None) -> Scene:
    """Return a scene with its analyses: control groups, voting power, and a legal test if asked.

    Parameters
    ----------
    scene
        What is shown.
    worlds
        The world that it shows; both, if it compares two; one for each moment, if it has several.
    test
        The legal test.

    Raises
    ------
    InputError
        If the legal test cannot be run.
    NameNotFoundError, AmbiguousNameError
        If a name on its list is not that of one party.
    """
    shown = {_own_id(scene, party.id) for party in scene.parties}
    sets: list[Sequence[Overlay | None]] = []
    if len(shown) <= MOST_ANALYSED and len(worlds) <= MOST_WORLDS:
        sets += control_overlays(worlds, shown)
        heads = tuple(dict.fromkeys(_own_id(scene, head) for head in scene.focus))
        sets += _by_key([list(power_overlays(world, heads, shown)) for world in worlds])
    if test is not None:
        sets.append([legal_overlay(world, *test, shown) for world in worlds])
    overlays = (_one(scene, [(at, one) for at, one in enumerate(found) if one]) for found in sets)
    return replace(scene, overlays=(*scene.overlays, *overlays))


def _own_id(scene: Scene, party: str) -> str:
    """Return a party's id without the side on which it is drawn."""
    return party[len(BEFORE) :] if scene.sides else party


def _by_key(worlds: Sequence[Sequence[Overlay]]) -> list[list[Overlay | None]]:
    """Return for each key its overlay in each world, None where a world has none."""
    keys = dict.fromkeys(overlay.key for found in worlds for overlay in found)
    return [
        [next((one for one in found if one.key == key), None) for found in worlds] for key in keys
    ]


def _one(scene: Scene, found: Sequence[tuple[int, Overlay]]) -> Overlay:
    """Return the overlays of several worlds as one."""
    _, first = found[0]
    if scene.sides:
        return replace(
            first,
            badges=tuple(
                replace(badge, party=f"{(BEFORE, AFTER)[at]}{badge.party}",
                        words=f"{scene.sides[at]}: {badge.words}")
                for at, overlay in found
                for badge in overlay.badges
            ),
            asides=tuple(
                Aside(words=f"{scene.sides[at]}: {aside.words}")
                for at, overlay in found
                for aside in overlay.asides
            ),
        )  # fmt: skip
    if not scene.moments:
        return first
    return replace(
        first,
        badges=tuple(_during((at, badge) for at, one in found for badge in one.badges)),
        asides=tuple(_during((at, aside) for at, one in found for aside in one.asides)),
    )


def _during(found: Iterable[tuple[int, Said]]) -> list[Said]:
    """Return what is said at several moments once, with all of them."""
    moments: dict[Said, list[int]] = defaultdict(list)
    for at, one in found:
        moments[one].append(at)
    return [replace(one, during=tuple(at)) for one, at in moments.items()]
