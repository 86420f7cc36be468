"""The ways in which a page can show one scene: how much of it, on a desk and on a phone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from keiretsu.views.layout.candidates import is_large
from keiretsu.views.layout.choice import lay_out, lay_out_below
from keiretsu.views.scene.comparison import differing
from keiretsu.views.scene.shortening import shortened
from keiretsu.views.scene.stacks import stacked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keiretsu.views.layout.choice import Layout
    from keiretsu.views.scene.model import Scene

STACKS, EVERY, SHORT, DIFFERS = "stacks", "every", "short", "differs"
WORDS = {
    DIFFERS: "Only what differs",
    STACKS: "Small holders stacked",
    EVERY: "Every party",
    SHORT: "Wholly-owned chains shortened",
}
MOST_WAYS = 300
"""Up to so many parties a scene has more than one arrangement: each costs time and bytes."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """One way to show a scene.

    Parameters
    ----------
    key
        ``differs``, ``stacks``, ``every`` or ``short``.
    scene
        What is drawn.
    wide, tall
        Where it stands on a desk, and on a phone if it is small enough to be laid out twice.
    below
        Where two worlds stand if the second is below the first, for windows that are no wider than
        high; None if they stand so on a desk, or there is one.
    """

    key: str
    scene: Scene
    wide: Layout
    tall: Layout | None
    below: Layout | None = None

    @property
    def layouts(self) -> Iterator[tuple[str, Layout]]:
        """The layouts by name, such as ``every-wide``."""
        yield f"{self.key}-wide", self.wide
        if self.tall is not None:
            yield f"{self.key}-tall", self.tall
        if self.below is not None:
            yield f"{self.key}-below", self.below


def arrangements_of(scene: Scene) -> tuple[Arrangement, ...]:
    """Return the ways to show a scene; the first is the one that a reader sees first."""
    if len(scene.parties) > MOST_WAYS:
        return (Arrangement(EVERY, scene, lay_out(scene), None),)
    found = []
    changed = differing(scene)
    if changed is not scene:
        found.append((DIFFERS, changed))
    folded = stacked(scene)
    if folded is not scene:
        found.append((STACKS, folded))
    found.append((EVERY, scene))
    short = shortened(folded)
    if short is not folded:
        found.append((SHORT, short))
    ways = [Arrangement(key, one, lay_out(one), None) for key, one in found]
    shown = ways[0].scene
    return replace(ways[0], tall=_tall(shown), below=lay_out_below(shown)), *ways[1:]


def first_of(scene: Scene) -> Scene:
    """Return what of a scene a reader sees first, as a drawing shows it."""
    changed = differing(scene)
    return changed if changed is not scene else stacked(scene)


def _tall(scene: Scene) -> Layout | None:
    return None if is_large(scene) else lay_out(scene, tall=True)
