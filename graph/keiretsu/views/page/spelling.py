"""Marks, looks and whatever else a page's script reads, spelled as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from keiretsu.views.drawing.marks import Stroke, Text
from keiretsu.views.drawing.strokes import Dot, Head

if TYPE_CHECKING:
    from keiretsu.views.drawing.strokes import Looks

_UNSAFE = {
    "&": "\\u0026",
    "<": "\\u003c",
    ">": "\\u003e",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}


def script_json(data: object) -> str:
    r"""Return data as JSON that can stand inside a script element.

    Examples
    --------
    >>> script_json("</script>")
    '"\\u003c/script\\u003e"'
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character, escaped in _UNSAFE.items():
        text = text.replace(character, escaped)
    return text


def plain(mark: Stroke | Text) -> list[Any]:
    """Return a mark as a list: ``["p", path, fill, line, width, dash, round]``, ``["t", ...]``.

    What is as usual at the end of a stroke is left out, as `paint.js` knows it.
    """
    if isinstance(mark, Text):
        place = [round(mark.x, 1), round(mark.y, 1)]
        style = [mark.size, mark.colour, int(mark.bold), mark.anchor, round(mark.room, 1)]
        return ["t", *place, mark.text, *style]
    told = [mark.path, mark.fill, mark.line, mark.width, list(mark.dash), int(mark.round_ends)]
    usual: list[Any] = [None, None, None, 1.0, [], 0]
    while told[-1] == usual[len(told) - 1]:
        told.pop()
    return ["p", *told]


def looks(one: Looks) -> list[Any]:
    """Return the looks of a line as a list, as `strokes.js` reads it."""
    if isinstance(one, Dot):
        return ["d", one.radius, one.colour]
    if isinstance(one, Head):
        return ["h", one.long, one.reach, one.side, one.colour]
    told = ["a", one.cut, one.aside, one.colour, one.width]
    return [*told, list(one.dash), int(one.round_ends)] if one.dash or one.round_ends else told
