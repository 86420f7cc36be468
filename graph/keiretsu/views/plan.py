"""What has to be laid out: sizes and links, with loops opened by a rule of ownership.

Layers run from holders down, so a loop of holdings needs a link that rises. Links are taken
strongest first; one that would close a loop rises instead. Thus Renault's 43.4 % of Nissan points
down and Nissan's 15 % of Renault rises, on whatever day and with whatever neighbours.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from keiretsu.views.boxes import box_of, breadth, label_size

if TYPE_CHECKING:
    from keiretsu.views.boxes import Box
    from keiretsu.views.scene import Scene, SceneLink

LABELLED = 300
"""Up to so many boxes every label gets room of its own; beyond, the layout would take minutes."""
_CROWD, _ROWS = 7, 2


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
        Of the link in the scene.
    upper, lower
        Ids of the parties at its ends as the layers have them: holder and issuer, or the reverse
        for a link that rises.
    rises
        Whether it points from lower to upper.
    label
        Room for its label; None where labels get none.
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
    breadth: float
    span: int = 1


@dataclass(frozen=True, slots=True)
class Plan:
    """All boxes and links of a scene, before they have places."""

    boxes: dict[str, Box]
    links: tuple[PlannedLink, ...]


def plan_of(scene: Scene, *, fold: int = 1) -> Plan:
    """Return what is to be laid out.

    Parameters
    ----------
    scene
        What is shown.
    fold
        In how many rows to set the parties of a crowd: many that only hold one issuer, or are only
        held by one holder. In one row two dozen would be too wide to read.
    """
    boxes = {party.id: box_of(party) for party in scene.parties}
    rising = rising_links(scene)
    spans = _spans(scene, fold) if fold > 1 else {}
    labelled = len(boxes) <= LABELLED
    return Plan(
        boxes,
        tuple(
            PlannedLink(
                id=link.id,
                upper=link.issuer if link.id in rising else link.holder,
                lower=link.holder if link.id in rising else link.issuer,
                rises=link.id in rising,
                label=Size(*label_size(link, scene.rights)) if labelled else None,
                breadth=breadth(link, scene.rights),
                span=spans.get(link.id, 1),
            )
            for link in scene.links
        ),
    )


def strength(link: SceneLink, rights: str) -> tuple[Fraction, Fraction]:
    """Return what ranks a link: the votes that it surely carries, then its capital."""
    votes, capital = link.votes_of(rights), link.capital
    least = capital.low if capital else Fraction(0)
    return (votes.low if votes else least, least)


def rising_links(scene: Scene) -> frozenset[str]:
    """Return the ids of the links that would close a loop of stronger ones."""
    below: dict[str, set[str]] = defaultdict(set)
    rising = set()
    order = sorted(
        scene.links, key=lambda link: ([-part for part in strength(link, scene.rights)], link.id)
    )
    for link in order:
        if link.holder == link.issuer:
            continue
        if _reaches(below, link.issuer, link.holder):
            rising.add(link.id)
        else:
            below[link.holder].add(link.issuer)
    return frozenset(rising)


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
    ties: dict[str, int] = defaultdict(int)
    for link in scene.links:
        ties[link.holder] += 1
        ties[link.issuer] += 1
    crowds: dict[tuple[str, bool], list[SceneLink]] = defaultdict(list)
    for link in scene.links:
        if ties[link.holder] == 1:
            crowds[link.issuer, True].append(link)
        elif ties[link.issuer] == 1:
            crowds[link.holder, False].append(link)
    spans: dict[str, int] = {}
    for crowd in crowds.values():
        if len(crowd) < _CROWD:
            continue
        ranked = sorted(
            crowd, key=lambda link: ([-part for part in strength(link, scene.rights)], link.id)
        )
        per_row = -(-len(ranked) // fold)
        spans |= {link.id: 1 + at // per_row for at, link in enumerate(ranked)}
    return spans


def most_folds(scene: Scene) -> int:
    """Return into how many rows it can be worth to fold the largest crowd of a scene."""
    around: dict[str, int] = defaultdict(int)
    for link in scene.links:
        around[link.issuer] += 1
        around[link.holder] += 1
    largest = max(around.values(), default=0)
    return 1 if largest < _CROWD else min(5, 1 + largest // 6)
