"""Where a picture is read, and how large it appears there: at a desk, or on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from keiretsu.views.layout.geometry import Rect
    from keiretsu.views.layout.places import Places

BETWEEN = 96.0
"""Pixels between two worlds that are drawn beside or below one another."""
_FRAME = 24.0
_READABLE = 0.76
"""Below this scale the words of two worlds, which are opened whole, can hardly be read at a desk:
size then counts for more."""


class Screen(NamedTuple):
    """The part of a window in which a picture is read.

    Parameters
    ----------
    width, height
        In pixels.
    worlds
        How many copies of a layout are shown at once, beside or below one another.
    tall
        Whether it is that of a phone, which scrolls down.
    """

    width: float
    height: float
    worlds: int = 1
    tall: bool = False

    def scale(self, whole: Rect) -> float:
        """Return how large what a rectangle holds appears when it fits; 1 is full size."""
        if self.worlds == 1:
            return self._scale(whole.width, whole.height)
        return max(self._beside(whole), self._below(whole))

    def across(self, whole: Rect) -> bool:
        """Return whether two worlds appear larger beside than below one another."""
        return self._beside(whole) > self._below(whole)

    def _beside(self, whole: Rect) -> float:
        return 0.0 if self.tall else self._scale(2 * whole.width + BETWEEN, whole.height)

    def _below(self, whole: Rect) -> float:
        return self._scale(whole.width, 2 * whole.height + BETWEEN)

    def _scale(self, width: float, height: float) -> float:
        return min(self.width / (width + 2 * _FRAME), self.height / (height + 2 * _FRAME))


WIDE, TALL = Screen(1060.0, 640.0), Screen(374.0, 1900.0, tall=True)
"""A usual window, with some room to spare: a page has 1092 x 680 there; and a phone's, in which one
scrolls down: three times its height."""


def size_cost(scale: float, screen: Screen) -> float:
    """Return what a picture's size counts in `Quality.cost`; no layout of that size costs less."""
    if screen.tall:
        return -70 * min(scale, 1.15)
    small = 72 * min(scale, _READABLE) if screen.worlds > 1 else 0.0
    return -36 * min(scale, 1.15) - small


def scale_of(places: Places, screen: Screen) -> float:
    """Return how large a layout appears when it fits a window; 1 is full size."""
    return screen.scale(places.bounds)
