"""Marks as SVG: a file to publish, and the picture of a page that runs no script."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from keiretsu.errors import InputError
from keiretsu.views.drawing.boxes import box_of
from keiretsu.views.drawing.figures import box_marks, line_marks, name_marks
from keiretsu.views.drawing.marks import Group, Stroke, Text, number
from keiretsu.views.drawing.overlay_marks import overlay_marks
from keiretsu.views.drawing.palette import FONT, LIGHT, THEMES, themed
from keiretsu.views.drawing.poster import poster_of, state_words
from keiretsu.views.drawing.textsize import MARGIN
from keiretsu.views.layout.choice import lay_out
from keiretsu.views.scene.arrangements import first_of
from keiretsu.views.scene.wording import BOTH, kind_word, sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from keiretsu.views.drawing.marks import Mark
    from keiretsu.views.layout.choice import Layout
    from keiretsu.views.layout.geometry import Rect
    from keiretsu.views.scene.model import Scene
    from keiretsu.views.scene.overlay import Overlay

_NATURAL = 1 / MARGIN
MARGIN_OF_SHEET = 18.0
"""About a picture that stands alone."""
_MIDDLE = 0.35
"""From the middle of a line of text to its baseline, in its font size."""
PALE = 0.35
"""How strongly a box is drawn whose party holds nothing and is not held on the day."""
_MEASURED = re.compile(r"[\u0020-\u024f\u2010-\u2026]{4,}")
"""Texts whose width our table knows well enough to hold a reader's font to it."""


class Part(NamedTuple):
    """A line, a box or a label: its marks, what they mean in words, and whether it is pale."""

    words: str
    marks: Sequence[Mark]
    is_pale: bool = False


def render_svg(
    scene: Scene, *, colours: str = "keiretsu", overlay: str | None = None, bare: bool = False
) -> str:
    """Return a scene as an SVG file with title, legend and notes.

    Parameters
    ----------
    scene
        What is shown; of several moments, the one shown first.
    colours
        Name of the colours.
    overlay
        Key of the overlay whose marks are drawn; the scene's own mark if not given.
    bare
        Whether boxes and lines stand alone, without title, legend and notes.

    Returns
    -------
    str
        Well-formed XML that needs no other file; the same bytes for the same scene.

    Examples
    --------
    >>> from keiretsu.views.scene.model import Scene, SceneParty
    >>> alone = SceneParty(id="a", label="A")
    >>> drawing = render_svg(Scene(title="A & B", as_of="2019", parties=(alone,)))
    >>> drawing[:4], "<title>A &amp; B</title>" in drawing
    ('<svg', True)
    """
    drawn = first_of(scene)
    layout = lay_out(drawn)
    marked = overlay_of(scene, scene.mark if overlay is None else overlay)
    frame = layout.frame.grown(MARGIN_OF_SHEET)
    around: tuple[Mark, ...] = ()
    if not bare:
        poster = poster_of(drawn, layout.frame)
        frame, around = poster.sheet(marked.key if marked else "", state_words(scene), scene.moment)
    ink = THEMES[colours][0].__getitem__
    inside = [
        *(_written(part, ink) for part in parts_of(drawn, layout, marked)),
        *(write(mark, ink) for mark in around),
    ]
    return framed("".join(inside), frame, title=scene.title, description=describe(scene))


def framed(inside: str, frame: Rect, *, title: str, description: str) -> str:
    """Return marks that are written already as an SVG file, on a ground of their own."""
    words = f"<title>{escape(title)}</title><desc>{escape(description)}</desc>"
    return f"{opening(frame)}{words}{_ground(frame)}{inside}</svg>\n"


def overlay_of(scene: Scene, key: str) -> Overlay | None:
    """Return an overlay by its key, None for the empty one.

    Raises
    ------
    InputError
        If there is no such overlay.
    """
    if not key:
        return None
    known = {one.key: one for one in scene.overlays}
    if key not in known:
        mend = f"use {', '.join(known)}" if known else "this picture has none"
        raise InputError(f"no overlay is named {key!r}", mend=mend)
    return known[key]


def sample(marks: Iterable[Mark], frame: Rect) -> str:
    """Return a few marks as a small picture in the colours of the page, hidden from readers."""
    inside = "".join(write(mark, themed) for mark in marks)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{number(frame.width)}" '
        f'height="{number(frame.height)}" viewBox="{_box(frame)}" aria-hidden="true">{inside}</svg>'
    )


def describe(scene: Scene) -> str:
    """Return a scene in sentences, for those who cannot see it."""
    return " ".join(sentence(scene, link) for link in scene.links_now)


def parts_of(scene: Scene, layout: Layout, overlay: Overlay | None = None) -> Iterator[Part]:
    """Yield the lines, the boxes and the labels of a scene, in this order."""
    places, links = layout.places, scene.links_now
    yield Part("", layout.decor)
    for link in links:
        route = places.routes[link.line].points
        yield Part(sentence(scene, link), line_marks(link, route, scene.rights, BOTH))
    for party in scene.parties:
        rect, in_focus = places.boxes[party.id], scene.in_focus(party)
        marks = box_marks(box_of(party), rect, in_focus=in_focus)
        marks += overlay_marks(party, rect, overlay, scene.moment) if overlay is not None else []
        words = ", ".join(part for part in (party.label, kind_word(party.kind)) if part)
        yield Part(words, marks, is_pale=party.id in scene.idle)
    for link in links:
        yield Part("", name_marks(link, places.routes[link.line], scene.rights, BOTH))


def _written(part: Part, ink: Callable[[str], str]) -> str:
    inside = "".join(write(mark, ink) for mark in part.marks)
    if not part.words:
        return inside
    pale = f' opacity="{PALE:g}"' if part.is_pale else ""
    return f"<g{pale}><title>{escape(part.words)}</title>{inside}</g>"


def write(mark: Mark, ink: Callable[[str], str]) -> str:
    """Return one mark as SVG; every text is escaped here."""
    if isinstance(mark, Group):
        inside = "".join(write(one, ink) for one in mark.marks)
        return f'<g transform="translate({number(mark.x)} {number(mark.y)})">{inside}</g>'
    return _text(mark, ink) if isinstance(mark, Text) else _stroke(mark, ink)


def _stroke(mark: Stroke, ink: Callable[[str], str]) -> str:
    parts = [f'<path d="{mark.path}" fill="{ink(mark.fill) if mark.fill else "none"}"']
    if mark.line:
        parts.append(f' stroke="{ink(mark.line)}" stroke-width="{number(mark.width)}"')
    if mark.dash:
        parts.append(f' stroke-dasharray="{" ".join(map(number, mark.dash))}"')
    if mark.round_ends:
        parts.append(' stroke-linecap="round"')
    return "".join([*parts, "/>"])


def _text(mark: Text, ink: Callable[[str], str]) -> str:
    # The baseline is told by y: some painters move only the first letter by dy, and the first
    # letter of Arabic stands at the right.
    baseline = number(mark.y + _MIDDLE * mark.size)
    parts = [
        f'<text x="{number(mark.x)}" y="{baseline}" font-size="{mark.size:g}"',
        f' fill="{ink(mark.colour)}"',
    ]
    if mark.bold:
        parts.append(' font-weight="600"')
    if mark.anchor != "start":
        parts.append(f' text-anchor="{mark.anchor}"')
    if room := held_room(mark):
        parts.append(f' textLength="{room}" lengthAdjust="spacingAndGlyphs"')
    return "".join([*parts, f">{escape(mark.text)}</text>"])


def held_room(mark: Text) -> str:
    """Return the width to which a reader's font is held; empty if none is sure."""
    measured = mark.room and _MEASURED.fullmatch(mark.text)
    return number(mark.room * _NATURAL) if measured else ""


def opening(frame: Rect) -> str:
    """Return the beginning of a picture of this extent."""
    width, height = number(frame.width), number(frame.height)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="{_box(frame)}" role="img" font-family="{escape(FONT)}">'
    )


def _ground(frame: Rect) -> str:
    return (
        f'<rect x="{number(frame.left)}" y="{number(frame.top)}" width="{number(frame.width)}" '
        f'height="{number(frame.height)}" fill="{LIGHT["page"]}"/>'
    )


def _box(frame: Rect) -> str:
    return " ".join(map(number, (frame.left, frame.top, frame.width, frame.height)))
