"""The legend: only what a picture shows, drawn by the code that draws the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from keiretsu.views.drawing.boxes import Look, Shape, look_of
from keiretsu.views.drawing.figures import line_marks, outline
from keiretsu.views.drawing.marks import Mark, Stroke
from keiretsu.views.layout.geometry import Rect
from keiretsu.views.scene.model import ACTS_FOR, OFFICE, SceneLink
from keiretsu.views.scene.percent import Percent
from keiretsu.views.scene.wording import (
    BOTH,
    KIND_WORDS,
    is_without_votes,
    kind_word,
    votes_word,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from keiretsu.views.scene.model import Scene

    _Sample = tuple[bool, str, dict[str, Any]]
    """Whether it is drawn, in words, and what a line must be that shows it."""

SAMPLE = Rect(0, 0, 44, 20)
"""Room of a sample."""
_LINE = ((2.0, 10.0), (43.0, 10.0))
_SOME, _NONE = Percent.point(45), Percent.point(0)
_SIGNS: tuple[tuple[Callable[[SceneLink], bool], str, dict[str, Any]], ...] = (
    # which lines are so, in words, and how one is drawn
    (lambda link: link.kind == ACTS_FOR, "Acts for a State", {"kind": ACTS_FOR}),
    (lambda link: link.kind == OFFICE, "Holds an office", {"kind": OFFICE}),
    (
        lambda link: link.supposition == "supposed",
        "Supposed, not so",
        {"capital": _SOME, "supposition": "supposed"},
    ),
    (
        lambda link: link.supposition == "proposed",
        "Proposed, not so",
        {"capital": _SOME, "supposition": "proposed"},
    ),
    (
        lambda link: link.indirect,
        "Indirect: held through others",
        {"capital": _SOME, "indirect": True},
    ),
    (
        lambda link: link.doubtful,
        "Doubtful: disputed, or only possible",
        {"capital": _SOME, "doubtful": True},
    ),
    (
        lambda link: bool(link.change),
        "Differs between the two sides",
        {"capital": _SOME, "change": "changes"},
    ),
)


class Entry(NamedTuple):
    """A sample and what it means."""

    marks: tuple[Mark, ...]
    words: str


def legend_of(scene: Scene) -> tuple[Entry, ...]:
    """Return the entries that a scene needs: its kinds of party, then its kinds of line."""
    present = {party.kind if party.kind in KIND_WORDS else "Party" for party in scene.parties}
    kinds = [kind for kind in map(str, KIND_WORDS) if kind in present]
    boxes = (Entry(_box(look_of(kind)), kind_word(kind)) for kind in kinds)
    return (*boxes, *_lines(scene), *_moments(scene))


def _moments(scene: Scene) -> Iterator[Entry]:
    if scene.moments:
        marks = (Stroke(outline(look_of("Party"), Rect(9, 2, 35, 18)), line="rule", width=1.5),)
        yield Entry(marks, "Pale: nothing held or holding on the day")


def _box(look: Look) -> tuple[Mark, ...]:
    rect = Rect(9, 2, 35, 18)
    dash = (3.0, 2.5) if look.shape is Shape.DASHED else ()
    tint = f"{look.colour}-tint"
    marks: list[Mark] = [
        Stroke(outline(look, rect), fill=tint, line=look.colour, width=1.5, dash=dash)
    ]
    if look.shape in (Shape.CUT_DOUBLE, Shape.DOUBLE):
        marks.append(Stroke(outline(look, rect.grown(-3)), line=look.colour, width=0.9))
    return tuple(marks)


def _lines(scene: Scene) -> Iterator[Entry]:
    for is_drawn, words, given in (*_shares(scene), *_signs(scene)):
        if is_drawn:
            link = SceneLink(id="sample", holder="", issuer="", **given)
            yield Entry(tuple(line_marks(link, _LINE, "votes", BOTH)), words)


def _shares(scene: Scene) -> Iterator[_Sample]:
    """Yield how shares and votes are drawn."""
    links, votes = scene.links, votes_word(scene.rights)
    cast = [share for link in links if (share := link.votes_of(scene.rights)) is not None]
    shares = [*cast, *(link.capital for link in links if link.capital is not None)]
    ranges = [share for share in shares if not share.is_point]
    has_capital = any(link.capital for link in links)
    has_votes = any(not share.is_zero for share in cast)
    lacks_votes = any(is_without_votes(link, scene.rights) for link in links)
    yield has_capital, "Capital: the wider, the more", {"capital": _SOME}
    yield has_votes, f"{votes.capitalize()}: the wider, the more", {"votes": _SOME}
    yield lacks_votes, "Capital without votes", {"capital": _SOME, "votes": _NONE}
    known, unknown = Percent.between(25, 50), Percent.unknown()
    yield any(not share.is_unknown for share in ranges), "Only a range is known", {"capital": known}
    yield any(share.is_unknown for share in ranges), "Share unknown", {"capital": unknown}


def _signs(scene: Scene) -> Iterator[_Sample]:
    """Yield how lines are drawn that are not plain holdings."""
    for is_such, words, given in _SIGNS:
        yield any(map(is_such, scene.links)), words, given
