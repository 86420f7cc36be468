"""What has to be laid out: sizes and links, with loops opened by a rule of ownership.

Layers run from holders down, so a loop of holdings needs a link that rises. Links are taken
strongest first; one that would close a loop rises instead. Thus Renault's 43.4 % of Nissan points
down and Nissan's 15 % of Renault rises, on whatever day and with whatever neighbours.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from keiretsu.views.drawing.boxes import box_of, breadth, label_size, text_size
from keiretsu.views.drawing.overlay_marks import rooms_around
from keiretsu.views.layout.narrow import narrow_spans
from keiretsu.views.scene.model import TIES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from keiretsu.views.drawing.boxes import Box
    from keiretsu.views.drawing.overlay_marks import Around
    from keiretsu.views.scene.model import Scene, SceneLink

LABELLED = 300
"""Up to so many boxes dot keeps room for every label; beyond, it would take minutes."""
CROWD, _GROUP = 7, 3
"""How many lines at one box make it worth to fold crowds; and how many parties that only hold one
issuer, or are only held by one holder, make a crowd."""
_STRONGEST = Fraction(101), Fraction(101)
"""Of a body that acts for a State, and of an office: above what it is tied to."""


class Size(NamedTuple):
    """Width and height in pixels."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PlannedLink:
    """A link to be routed.

    Parameters
    ----------
    id
        Name of the line in the scene.
    upper, lower
        Ids of the parties at its ends as the layers have them: holder and issuer, or the reverse
        for a link that rises.
    rises
        Whether it points from lower to upper.
    label
        Room for its label; None where labels get none.
    text
        Size of what is written in that room; None where there is none.
    breadth
        How far its strokes reach to either side.
    span
        How many layers it spans at least.
    """

    id: str
    upper: str
    lower: str
    rises: bool
    label: Size | None
    text: Size | None
    breadth: float
    span: int = 1

    @property
    def is_loop(self) -> bool:
        """Whether a party holds itself by it."""
        return self.upper == self.lower


@dataclass(frozen=True, slots=True)
class Plan:
    """All boxes and links of a scene, before they have places.

    Parameters
    ----------
    boxes, links
        The boxes by the id of their party.
    around
        For each party that analyses mark the room that its marks need around its box.
    """

    boxes: dict[str, Box]
    links: tuple[PlannedLink, ...]
    around: dict[str, Around] = field(default_factory=dict)

    @property
    def breadths(self) -> dict[str, float]:
        """For each line how far its strokes reach to either side."""
        return {link.id: link.breadth for link in self.links}

    @property
    def between(self) -> list[PlannedLink]:
        """The links between two parties: all but holdings in oneself."""
        return [link for link in self.links if not link.is_loop]


def plan_of(
    scene: Scene, *, fold: int = 1, abreast: int | None = None, labelled: bool | None = None
) -> Plan:
    """Return what is to be laid out.

    Parameters
    ----------
    scene
        What is shown.
    fold
        In how many rows to set the parties of a crowd: in one row two dozen would be too wide to
        read.
    abreast
        Most boxes in a row, for a narrow window; as many as there are if not given.
    labelled
        Whether labels get room of their own; if not given, up to `LABELLED` boxes.
    """
    if labelled is None:
        labelled = len(scene.parties) <= LABELLED
    plain = _plain_plan(scene, labelled)
    spans = _spans(scene, fold) if fold > 1 else {}
    if abreast is not None:
        rising = frozenset(link.id for link in plain.links if link.rises)
        spans = narrow_spans(tuple(plain.boxes), _downwards(scene, rising), abreast)
    links = (replace(link, span=spans.get(link.id, 1)) for link in plain.links)
    return replace(plain, links=tuple(links))


@lru_cache(maxsize=4)
def _plain_plan(scene: Scene, labelled: bool) -> Plan:
    """Return what all plans of a scene have in common: each line spans one row."""
    boxes = {party.id: box_of(party) for party in scene.parties}
    rising = rising_links(scene)
    planned = []
    for line, states in scene.lines.items():
        rises, one = line in rising, states[0]
        planned.append(
            PlannedLink(
                id=line,
                upper=one.issuer if rises else one.holder,
                lower=one.holder if rises else one.issuer,
                rises=rises,
                label=_largest(label_size, states, scene.rights) if labelled else None,
                text=_largest(text_size, states, scene.rights) if labelled else None,
                breadth=max(breadth(link, scene.rights) for link in states),
            )
        )
    return Plan(boxes, tuple(planned), rooms_around(scene))


def _largest(
    size: Callable[[SceneLink, str], tuple[float, float]], states: Sequence[SceneLink], rights: str
) -> Size | None:
    """Return the size that holds each state of a line; None if none has a label."""
    largest = Size(*map(max, zip(*(size(link, rights) for link in states), strict=True)))
    return largest if largest.height else None


def _downwards(scene: Scene, rising: frozenset[str]) -> list[tuple[str, str, str]]:
    """Return name, upper and lower end of each line, the strongest first."""
    found = []
    for line, states in _strongest_first(scene, scene.lines):
        ends = states[0].holder, states[0].issuer
        upper, lower = reversed(ends) if line in rising else ends
        found.append((line, upper, lower))
    return found


def strength(link: SceneLink, rights: str) -> tuple[Fraction, Fraction]:
    """Return what ranks a link: the votes that it surely carries, then its capital."""
    if link.kind in TIES:
        return _STRONGEST
    votes, capital = link.votes_of(rights), link.capital
    least = capital.low if capital else Fraction(0)
    return (votes.low if votes else least, least)


def rising_links(scene: Scene) -> frozenset[str]:
    """Return the lines that would close a loop of stronger ones."""
    below: dict[str, set[str]] = defaultdict(set)
    rising = set()
    for line, states in _strongest_first(scene, scene.lines):
        holder, issuer = states[0].holder, states[0].issuer
        if holder == issuer:
            continue
        if _reaches(below, issuer, holder):
            rising.add(line)
        else:
            below[holder].add(issuer)
    return frozenset(rising)


def lines_by_strength(scene: Scene) -> list[str]:
    """Return the ids of all lines, the strongest first."""
    return [line for line, _ in _strongest_first(scene, scene.lines)]


def _strongest_first(
    scene: Scene, lines: Mapping[str, list[SceneLink]]
) -> list[tuple[str, list[SceneLink]]]:
    """Sort lines by the strongest of their states."""

    def weakness(item: tuple[str, list[SceneLink]]) -> tuple[list[Fraction], str]:
        line, states = item
        return [-part for part in max(strength(link, scene.rights) for link in states)], line

    return sorted(lines.items(), key=weakness)


def _reaches(below: dict[str, set[str]], start: str, goal: str) -> bool:
    seen, waiting = {start}, [start]
    while waiting:
        for one in below.get(waiting.pop(), ()):
            if one == goal:
                return True
            if one not in seen:
                seen.add(one)
                waiting.append(one)
    return False


def _spans(scene: Scene, fold: int) -> dict[str, int]:
    """Set the crowds of leaves in rows: the strongest stand nearest to what they hold."""
    lines = scene.lines
    ties: dict[str, int] = defaultdict(int)
    for states in lines.values():
        ties[states[0].holder] += 1
        ties[states[0].issuer] += 1
    crowds: dict[tuple[str, bool], dict[str, list[SceneLink]]] = defaultdict(dict)
    for line, states in lines.items():
        holder, issuer = states[0].holder, states[0].issuer
        if ties[holder] == 1:
            crowds[issuer, True][line] = states
        elif ties[issuer] == 1:
            crowds[holder, False][line] = states
    spans: dict[str, int] = {}
    for crowd in crowds.values():
        if len(crowd) < _GROUP:
            continue
        per_row = -(-len(crowd) // fold)
        ranked = _strongest_first(scene, crowd)
        spans |= {line: 1 + at // per_row for at, (line, _) in enumerate(ranked)}
    return spans


def most_folds(scene: Scene) -> int:
    """Return into how many rows it can be worth to fold the largest crowd of a scene."""
    around: dict[str, int] = defaultdict(int)
    for states in scene.lines.values():
        around[states[0].issuer] += 1
        around[states[0].holder] += 1
    largest = max(around.values(), default=0)
    return 1 if largest < CROWD else min(5, 1 + largest // (CROWD - 1))
