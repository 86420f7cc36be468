"""The plot of ``docs/performance.md``: seconds against holdings, a line per engine; our own SVG.

A plotting library would be a second heavy dependency of the figures, and its bytes change with its
version and the fonts of the machine. These are the same for the same figures. The picture brings
its own ground, light or dark as the reader's system is, so that it is legible on either page.
"""

from __future__ import annotations

import html
import itertools
import math
from typing import TYPE_CHECKING, NamedTuple

from register_figures import CONTROL, OURS, OWNERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from register_figures import Figures

WIDTH, HEIGHT = 920, 420
TOP, BOTTOM, LEFT = 56, 366, 62
PLOT_WIDTH = 262
PANEL_WIDTH = 460
APART = 15
"""Labels that lie above each other are so far apart."""
LETTER = 6.6
"""How wide a letter of a label is, at most on average."""
LETTERS_HIGH, BELOW = 11, 4
"""How far letters rise over the line that they stand on, and hang below it."""
STEPS = 60
"""Points of a piece of a line that a label should not cover."""
PANELS = ((CONTROL, "Who controls whom, of everybody"), (OWNERS, "Owners of one company"))
LIGHT = ("#0b5cad", "#b3401a", "#1a7350", "#7d4699", "#806000")
DARK = ("#79b8ff", "#ff9b6b", "#5fd3a0", "#d7a1ec", "#e3c04f")
"""Colours of lines, ours first; each at least 4.5 to 1 on its ground."""
SECONDS = {-7: "0.1 µs", -6: "1 µs", -5: "10 µs", -4: "0.1 ms", -3: "1 ms", -2: "10 ms"}
SECONDS |= {-1: "0.1 s", 0: "1 s", 1: "10 s", 2: "100 s", 3: "1000 s"}
COUNTS = {3: "1 k", 4: "10 k", 5: "100 k", 6: "1 M", 7: "10 M", 8: "100 M"}


class Line(NamedTuple):
    """One engine: its points are decimal logarithms of holdings and of seconds."""

    label: str
    colour: int
    points: list[tuple[float, float]]


class Panel(NamedTuple):
    """Where one set of axes lies, and what they span, in decimal logarithms."""

    left: float
    low: tuple[float, float]
    high: tuple[float, float]

    def x(self, value: float) -> float:
        """Return where so many holdings stand."""
        return self.left + (value - self.low[0]) / (self.high[0] - self.low[0]) * PLOT_WIDTH

    def y(self, value: float) -> float:
        """Return where so many seconds stand."""
        share = (value - self.low[1]) / (self.high[1] - self.low[1])
        return BOTTOM - share * (BOTTOM - TOP)


def plot(figures: Figures) -> str:
    """Return the picture; the same figures give the same bytes."""
    box = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {box} role="img" aria-labelledby="title told">',
        '<title id="title">Seconds against holdings, both logarithmic, a line per engine</title>',
        f'<desc id="told">{html.escape(told(figures))}</desc>',
        f"<style>{style()}</style>",
        f'<rect class="ground" width="{WIDTH}" height="{HEIGHT}" rx="6"/>',
    ]
    for number, (kind, title) in enumerate(PANELS):
        lines = lines_of(figures, kind)
        if lines:
            parts += panel(lines, title, number * PANEL_WIDTH + LEFT)
    return "\n".join([*parts, "</svg>"]) + "\n"


def style() -> str:
    """Return the colours on a light ground, and those on a dark one."""
    ink = "text{{fill:{0}}}.grid{{stroke:{1}}}.ground{{fill:{2}}}.halo{{stroke:{2}}}"

    def lines(colours: Sequence[str]) -> str:
        return "".join(
            f".l{n}{{stroke:{c}}}.d{n},text.d{n}{{fill:{c}}}" for n, c in enumerate(colours)
        )

    return (
        "text{font:12px sans-serif}.line{fill:none;stroke-width:1.8;stroke-linejoin:round}"
        ".l0{stroke-width:3}"
        "text.title{font-size:14px;font-weight:bold}text.d0{font-weight:bold}"
        ".halo{paint-order:stroke;stroke-width:3px}"
        + ink.format("#1f2328", "#d5dbe1", "#ffffff")
        + lines(LIGHT)
        + "@media(prefers-color-scheme:dark){"
        + ink.format("#e6edf3", "#3b434c", "#161b22")
        + lines(DARK)
        + "}"
    )


def lines_of(figures: Figures, kind: str) -> list[Line]:
    """Return the engines of one question, ours first."""
    names = sorted(figures.measured(kind), key=lambda what: OURS not in what)
    return [
        Line(
            what[len(kind) :],
            number,
            [
                (math.log10(figures.holdings(size)), math.log10(seconds))
                for size, seconds in figures.seconds(what).items()
            ],
        )
        for number, what in enumerate(names)
    ]


def told(figures: Figures) -> str:
    """Return the picture in words: each engine's seconds at its largest size."""
    words = []
    for kind, title in PANELS:
        said = []
        for what in figures.measured(kind):
            size, seconds = max(figures.seconds(what).items())
            said.append(f"{what[len(kind) :]} {seconds:.2g} s at {figures.holdings(size):,}")
        words.append(f"{title}: {'; '.join(said)} holdings.")
    return " ".join(words)


# -- one panel -----------------------------------------------------------------------------------


def panel(lines: list[Line], title: str, left: float) -> Iterator[str]:
    """Yield the parts of one set of axes with its lines and their labels."""
    across, up = zip(*(point for line in lines for point in line.points), strict=True)
    axes = Panel(
        left,
        (math.floor(min(across)), math.floor(min(up))),
        (max(max(across) + 0.02, math.floor(min(across)) + 1), math.ceil(max(up))),
    )
    yield f'<text class="title" x="{left}" y="26">{html.escape(title)}</text>'
    yield from grid(axes)
    for line in reversed(lines):
        places = [f"{axes.x(x):.1f},{axes.y(y):.1f}" for x, y in line.points]
        yield f'<polyline class="line l{line.colour}" points="{" ".join(places)}"/>'
        for place in places:
            x, _, y = place.partition(",")
            yield f'<circle class="d{line.colour}" cx="{x}" cy="{y}" r="3.5"/>'
    yield from labels(lines, axes)


def grid(axes: Panel) -> Iterator[str]:
    """Yield a line and a number at each power of ten."""
    right = axes.left + PLOT_WIDTH
    for power in range(math.ceil(axes.low[1]), math.floor(axes.high[1]) + 1):
        y = f"{axes.y(power):.1f}"
        yield f'<path class="grid" d="M{axes.left} {y}H{right}"/>'
        yield f'<text x="{axes.left - 8}" y="{y}" dy="4" text-anchor="end">{SECONDS[power]}</text>'
    for power in range(math.ceil(axes.low[0]), math.floor(axes.high[0]) + 1):
        x = f"{axes.x(power):.1f}"
        yield f'<path class="grid" d="M{x} {TOP}V{BOTTOM}"/>'
        yield f'<text x="{x}" y="{BOTTOM + 18}" text-anchor="middle">{COUNTS[power]}</text>'
    middle = axes.left + PLOT_WIDTH / 2
    yield f'<text x="{middle}" y="{BOTTOM + 38}" text-anchor="middle">holdings</text>'


def labels(lines: list[Line], axes: Panel) -> Iterator[str]:
    """Yield each line's name near its end, over no other name and over as little line as can be."""
    inked = [point for line in lines for point in _drawn(line, axes)]
    placed: list[Box] = []
    for line in sorted(lines, key=lambda line: -line.points[-1][1]):
        end = axes.x(line.points[-1][0]), axes.y(line.points[-1][1])
        boxes = list(_around(end, LETTER * len(line.label)))
        best = min(boxes, key=lambda box: box.cost(inked, placed))
        placed.append(best)
        yield (
            f'<text class="halo d{line.colour}" x="{best.left:.1f}" y="{best.base:.1f}">'
            f"{html.escape(line.label)}</text>"
        )


class Box(NamedTuple):
    """Where a name may stand: its left end, the line that it is written on, its width."""

    left: float
    base: float
    width: float

    def holds(self, x: float, y: float) -> bool:
        """Return whether a point lies within."""
        return 0 <= x - self.left <= self.width and -LETTERS_HIGH <= y - self.base <= BELOW

    def cost(self, inked: Sequence[tuple[float, float]], placed: Sequence[Box]) -> int:
        """Return how much it covers: points of lines, and names, each worse than any line."""
        names = sum(
            self.left < other.left + other.width
            and other.left < self.left + self.width
            and abs(self.base - other.base) < APART
            for other in placed
        )
        return 10_000 * names + sum(self.holds(x, y) for x, y in inked)


def _around(end: tuple[float, float], width: float) -> Iterator[Box]:
    """Yield places for the name of a line, the best first: right of its end, above, below."""
    x, y = end
    steps = [0, *(sign * step for step in range(4, 25, 4) for sign in (-1, 1))]
    yield from (Box(x + 8, y + 4 + step, width) for step in steps)
    for base in (y - 9, y + 18, y - 9 - APART, y + 18 + APART):
        yield from (Box(x - width * share, base, width) for share in (1, 0.75, 0.5, 0.25))


def _drawn(line: Line, axes: Panel) -> Iterator[tuple[float, float]]:
    """Yield points along a line, a few pixels apart."""
    places = [(axes.x(x), axes.y(y)) for x, y in line.points]
    for (x, y), (to_x, to_y) in itertools.pairwise(places):
        for step in range(STEPS + 1):
            share = step / STEPS
            yield x + (to_x - x) * share, y + (to_y - y) * share
