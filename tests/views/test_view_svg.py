"""The SVG file: well-formed, self-contained, safe, told in words."""

from __future__ import annotations

import math
import re
from xml.etree import ElementTree as ET

import pytest

from keiretsu.views import render_svg
from keiretsu.views.drawing.embedded import embedded
from keiretsu.views.drawing.palette import DARK, LIGHT, THEMES
from keiretsu.views.layout.choice import lay_out

SVG = "{http://www.w3.org/2000/svg}"
SCENES = ("alliance", "odd_kinds", "star", "pyramid", "long_names", "hostile")
_ELEMENTS = {"svg", "g", "path", "rect", "text", "title", "desc"}
_ATTRIBUTES = {
    "width", "height", "viewBox", "role", "font-family", "font-size", "font-weight", "text-anchor",
    "textLength", "lengthAdjust", "x", "y", "dy", "d", "fill", "stroke", "stroke-width",
    "stroke-dasharray", "stroke-linecap", "transform",
}  # fmt: skip


@pytest.fixture
def scene(request):
    """Return a scene by the name of its fixture."""
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize("scene", SCENES, indirect=True)
def test_only_known_elements_and_attributes(scene):
    """Whatever the labels, the file parses and holds nothing that could run or load."""
    root = ET.fromstring(render_svg(scene))  # noqa: S314 - our own file
    found = {element.tag.removeprefix(SVG) for element in root.iter()}
    attributes = {name for element in root.iter() for name in element.attrib}
    assert (set(), set()) == (found - _ELEMENTS, attributes - _ATTRIBUTES)


def test_title_and_description(alliance):
    """The picture is named, and described for those who cannot see it."""
    root = ET.fromstring(render_svg(alliance))  # noqa: S314 - our own file
    assert alliance.title == root.findtext(f"{SVG}title")
    assert "Renault S.A. holds 43.4 % of the capital" in root.findtext(f"{SVG}desc")


def test_hostile_labels_are_text(hostile):
    """Markup in a label is drawn, letter by letter."""
    drawing = render_svg(hostile)
    assert "<img" not in drawing
    assert "<script" not in drawing
    assert "&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;" in drawing


def test_the_same_bytes_twice(alliance):
    """Two builds of one scene cannot be told apart."""
    assert render_svg(alliance) == render_svg(alliance)


def test_everything_lies_on_the_sheet(alliance):
    """The frame holds the legend, the notes and all coordinates of texts."""
    root = ET.fromstring(render_svg(alliance))  # noqa: S314 - our own file
    left, top, width, height = map(float, root.get("viewBox").split())
    texts = [element for element in root.iter(f"{SVG}text") if element.get("transform") is None]
    assert len(texts) > 60
    for text in texts:
        assert left <= float(text.get("x")) <= left + width
    words = " ".join(text.text or "" for text in texts)
    assert all(part in words for part in ("Capital without votes", "Only a range is known"))
    assert "4 further parties" in words
    assert height > 400
    assert top < 0


def test_words_stand_for_every_pattern(odd_kinds):
    """No state of a line is told by its dashes alone."""
    drawing = render_svg(odd_kinds)
    for words in ("unknown", "25–50 %", "no votes", "indirect", "doubtful", "not told", "≤3 %"):
        assert f">{words}</text>" in drawing, words


def _luminance(colour: str) -> float:
    channels = [int(part, 16) / 255 for part in re.findall("..", colour.removeprefix("#"))]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["page", "card"])
@pytest.mark.parametrize("ink", ["ink", "muted", "accent", "capital", "votes"])
def test_text_has_contrast(theme, ground, ink):
    """Text and lines keep a contrast of 4.5 on every ground (WCAG 2.2, 1.4.3)."""
    assert _contrast(theme[ink], theme[ground]) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("kind", ["firm", "state", "person", "trust", "other"])
def test_names_have_contrast_on_tints(theme, kind):
    """Names and notes can be read on the ground of a box in focus; its sign has contrast too."""
    tint = theme[f"{kind}-tint"]
    assert _contrast(theme["ink"], tint) >= 4.5
    assert _contrast(theme["muted"], tint) >= 4.5
    assert _contrast(theme[kind], tint) >= 4.5


# -- colours as some readers see them --------------------------------------------------------------

SIGHT = {
    # Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216),
                   (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413),
                     (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602),
                   (0.004733, 0.691367, 0.303900)),
}  # fmt: skip
XYZ = (
    (0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)  # fmt: skip
WHITE = (0.95047, 1.0, 1.08883)


def _times(matrix, vector):
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def _lab(colour: str, sight: str) -> tuple[float, float, float]:
    channels = [int(part, 16) / 255 for part in re.findall("..", colour.removeprefix("#"))]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    seen = [min(1.0, max(0.0, one)) for one in _times(SIGHT[sight], linear)]
    parts = [one / white for one, white in zip(_times(XYZ, seen), WHITE, strict=True)]
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in parts)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize(
    ("theme", "least"),
    [(LIGHT, 77), (DARK, 77), *((theme, 25) for theme in THEMES["bovs"])],
    ids=["light", "dark", "bovs-light", "bovs-dark"],
)
def test_capital_and_votes_differ_for_the_colour_blind(theme, least, sight):
    """As far apart as the palette says, in the three ways in which colours are confused."""
    capital, votes = (_lab(theme[name], sight) for name in ("capital", "votes"))
    assert math.dist(capital, votes) >= least


def test_the_picture_in_a_page_has_a_rule_for_each_look(alliance):
    """Looks are classes of the page's style, and hold wherever a mark is drawn again."""
    figure, style = embedded(alliance, lay_out(alliance))
    used = set(re.findall(r'class="(\w+)"', figure))
    assert used
    assert {f".{name}" for name in used} == set(re.findall(r"([^{}]+)\{", style))
    assert "style=" not in figure
    assert len(figure) < 0.6 * len(render_svg(alliance, bare=True))
