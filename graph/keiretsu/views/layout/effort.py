"""How much work a search for the best layout may take: counted, so that no clock decides.

What a layout costs depends on how many of its lines lie near one another, and how often they are
led apart: hardly where each party holds a few, everywhere where everybody holds everybody. The
square of the lines follows that within a factor of some three, with more where they are dense.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from keiretsu.views.layout.candidates import Candidate
    from keiretsu.views.scene.model import Scene

MOST: Final = 220_000.0
"""The work of one search, some seconds; no exhibit of the case takes three quarters of it."""
_FEWEST: Final = 25
"""Layouts that must be affordable for a search to be worth it."""
_MADE: Final = 0.25
"""What it takes to make a layout, where judging it is one."""
_DENSE: Final = 3
"""How much more a layout costs in which everybody holds everybody."""
_AS_HIGH: Final = 10
"""Parties of which a picture for a phone is about as high as one for a desk is wide."""


def work_of(scene: Scene) -> float:
    """Return the work of judging one layout of a scene.

    Examples
    --------
    >>> from keiretsu.views.scene.model import Scene, SceneLink, SceneParty
    >>> parties = SceneParty(id="r", label="Renault"), SceneParty(id="n", label="Nissan")
    >>> links = tuple(SceneLink(id=one, holder=one, issuer="n") for one in ("r", "n"))
    >>> work_of(Scene(title="", as_of="", parties=parties, links=links))
    10.0
    """
    lines, parties = len(scene.lines), max(1, len(scene.parties))
    return lines**2 * (1 + _DENSE * lines / parties**2)


def is_worth_a_search(scene: Scene) -> bool:
    """Return whether more than a few layouts of a scene can be tried."""
    return work_of(scene) * _FEWEST <= MOST


class Effort:
    """The work that is left of one search.

    Parameters
    ----------
    scene
        What is laid out.
    tall
        Whether for a phone, where lines are the longer the more parties stand below one another.
    """

    def __init__(self, scene: Scene, *, tall: bool = False) -> None:
        longer = max(1.0, len(scene.parties) / _AS_HIGH) if tall else 1.0
        self._each = work_of(scene) * longer
        self.spent = 0.0

    @property
    def is_left(self) -> bool:
        """Whether anything more may be tried."""
        return self.spent < MOST

    def judging(self) -> None:
        """Count that a layout is judged."""
        self.spent += self._each

    def making(self, tried: Iterable[Candidate]) -> Iterator[Candidate]:
        """Yield layouts, of which the making is counted, as long as work is left."""
        for one in tried:
            yield one
            self.spent += self._each * _MADE
            if not self.is_left:
                break
