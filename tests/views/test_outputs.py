"""Other forms of a picture: pixels, tables, graphs, references, a notebook's cell."""

from __future__ import annotations

import html
import io
import json
import re
import struct
import zlib

import networkx as nx
import pytest

import keiretsu
from keiretsu.errors import InputError
from keiretsu.views import Evidence, Percent, Scene, SceneLink, SceneParty
from keiretsu.views.drawing.letters import MissingLettersWarning, scripts_of
from keiretsu.views.drawing.palette import LIGHT
from keiretsu.views.drawing.raster import MOST_PIXELS, png_of
from keiretsu.views.drawing.svg import framed
from keiretsu.views.layout.geometry import Rect
from keiretsu.views.page.exchange import csv_of, graphml_of
from keiretsu.views.scene.bibliography import bibtex_of, csl_of, sources_of
from keiretsu.views.view import FORMS, View


def _pixels(picture):
    """Return width, height and the raw rows of a PNG."""
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", picture[16:24])
    data, at = b"", 8
    while at < len(picture):
        (length,) = struct.unpack(">I", picture[at : at + 4])
        if picture[at + 4 : at + 8] == b"IDAT":
            data += picture[at + 8 : at + 8 + length]
        at += 12 + length
    return width, height, zlib.decompress(data)


def test_a_png_is_made_without_a_browser(alliance):
    """It has the drawing's size, many colours, and the same bytes every time."""
    view = View(alliance)
    picture = view.png(scale=1)
    width, height, rows = _pixels(picture)
    size = re.search(r'width="([\d.]+)" height="([\d.]+)"', view.svg())
    assert (abs(width - float(size[1])) < 2, abs(height - float(size[2])) < 2) == (True, True)
    assert len(set(rows[::401])) > 40
    assert picture == view.png(scale=1)


def _unfiltered(width, rows):
    """Return the pixels of each row of a PNG of red, green, blue and alpha, its filters undone."""
    length = 4 * width
    above, pictured = bytearray(length), []
    for start in range(0, len(rows), length + 1):
        kind, line = rows[start], bytearray(rows[start + 1 : start + 1 + length])
        for at in range(length):
            left, corner = (line[at - 4], above[at - 4]) if at >= 4 else (0, 0)
            up = above[at]
            nearest = min((left, up, corner), key=lambda one: abs(left + up - corner - one))
            line[at] = (line[at] + (0, left, up, (left + up) // 2, nearest)[kind]) % 256
        pictured.append([bytes(line[at : at + 4]) for at in range(0, length, 4)])
        above = line
    return pictured


@pytest.mark.parametrize("scale", [1, 1.5, 2])
@pytest.mark.parametrize("width", [60, 60.3, 60.5, 60.9])
def test_a_png_is_opaque_to_its_last_pixel(width, scale):
    """A sheet that ends within a pixel has the colour of the ground there too."""
    drawing = framed("", Rect(0, 0, width, width / 3), title="", description="")
    across, down, rows = _pixels(png_of(drawing, scale))
    pixels = _unfiltered(across, rows)
    assert (down, {across}) == (len(pixels), {len(row) for row in pixels})
    ground = bytes.fromhex(LIGHT["page"].removeprefix("#")) + b"\xff"
    assert {ground} == {pixel for row in pixels for pixel in row}


def test_letters_are_drawn(alliance):
    """Text comes out as ink, with the font that we bring: without it the picture differs."""
    drawing = View(alliance).svg()
    silent = re.sub(r"<text.*?</text>", "", drawing)
    assert png_of(drawing, 1) != png_of(silent, 1)


def test_letters_of_no_font_are_told():
    """A script that no font has is named, and the others are not; the baseline moves no letter."""
    drawing = View(Scene(title="Nissan \U00012000", as_of="2019", parties=())).svg()
    assert {"CUNEIFORM": "\U00012000"} == scripts_of(drawing, re.compile("[ -~]*"))
    with pytest.warns(MissingLettersWarning, match="letters of CUNEIFORM"):
        png_of(drawing, 1)
    assert " dy=" not in drawing


def test_a_huge_picture_is_made_smaller():
    """No picture is larger than viewers can open."""
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="40000" height="10"></svg>'
    assert MOST_PIXELS == _pixels(png_of(drawing, 2))[0]
    with pytest.raises(InputError, match="is not a scale"):
        png_of(drawing, 0)


def test_the_table_is_read_back(alliance, tmp_path):
    """What a picture exports, our own reader takes, with the same shares."""
    path = tmp_path / "shown.csv"
    path.write_text(csv_of(alliance), encoding="utf-8")
    world = keiretsu.OwnershipGraph.open(path).snapshot(alliance.as_of)
    read = {
        (world.parties[one.holder].label, world.parties[one.issuer].label): one.capital.low * 100
        for one in world.holdings
    }
    drawn = {
        (alliance.party(link.holder).label, alliance.party(link.issuer).label): link.capital.low
        for link in alliance.links
    }
    assert drawn == read


def test_graphml_is_read_back(alliance):
    """Parties, holdings and percentages survive GraphML."""
    graph = nx.read_graphml(io.BytesIO(graphml_of(alliance).encode()), force_multigraph=True)
    assert {party.id for party in alliance.parties} == set(graph)
    shares = {
        (holder, issuer): data["capital_percent_min"]
        for holder, issuer, data in graph.edges(data=True)
    }
    assert 43.4 == shares["renault", "nissan"]
    assert len(alliance.links) == len(shares)


def test_hostile_text_stays_text(hostile):
    """Whatever the labels, tables, graphs and references hold them as text."""
    assert not re.search(r"(?m)(^|,)\"?[=+@]", csv_of(hostile))
    assert len(hostile.parties) == len(nx.parse_graphml(graphml_of(hostile), force_multigraph=True))
    assert json.loads(csl_of(hostile))
    for field in re.findall(r" = \{(.*)\},$", bibtex_of(hostile), re.MULTILINE):
        depth = 0
        for letter in re.sub(r"\\.", "", field):
            depth += {"{": 1, "}": -1}.get(letter, 0)
            assert depth >= 0, field
        assert 0 == depth


def test_sources_are_listed_once(alliance):
    """Seventeen lines from one document give one reference, complete in both forms."""
    assert 1 == len(sources_of(alliance))
    entry = bibtex_of(alliance)
    assert entry.startswith("@misc{grouperenault2020,")
    assert "url = {https://www.renaultgroup.com/en/finance/urd-2019.pdf}" in entry
    item = json.loads(csl_of(alliance))[0]
    assert [[2020, 3, 19]] == item["issued"]["date-parts"]
    assert "Groupe Renault" == item["author"][0]["literal"]


def test_two_documents_of_a_year_have_two_keys():
    """Keys are unique, and an address that is none is left out."""
    told = tuple(
        Evidence(claim=str(n), title=f"Report {n}", publisher="P", date="2020", url="javascript:x")
        for n in range(2)
    )
    parties = (SceneParty(id="a", label="A"),)
    link = SceneLink(id="1", holder="a", issuer="a", capital=Percent.point(1), evidence=told)
    scene = Scene(title="", as_of="", parties=parties, links=(link,))
    assert ["p2020", "p2020-2"] == re.findall(r"@misc\{(.*),", bibtex_of(scene))
    assert "javascript" not in bibtex_of(scene) + csl_of(scene)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_saved_by_its_ending(alliance, tmp_path, form):
    """The ending tells the form, folders are made, and nothing half-written is left."""
    path = View(alliance).save(tmp_path / "new" / f"alliance.{form}")
    assert path.stat().st_size > 100
    assert [path.name] == [one.name for one in path.parent.iterdir()]


def test_an_unknown_ending_is_refused(alliance, tmp_path):
    """A picture of no kind is told with the kinds there are."""
    with pytest.raises(InputError, match="its ending tells no picture"):
        View(alliance).save(tmp_path / "alliance.pdf")
    with pytest.raises(InputError, match="is no picture"):
        View(alliance).rendered("pdf")
    with pytest.raises(InputError, match="no overlay is named"):
        View(alliance).svg("magic")


def test_a_notebook_shows_the_page_in_a_frame(alliance):
    """The cell is one sandboxed frame without the notebook's origin; the page inside is whole."""
    view = View(alliance)
    cell = view._repr_html_()
    frame = re.fullmatch(
        r'<iframe title="[^"]*" sandbox="([^"]*)" style="[^"]*" srcdoc="([^"]*)"></iframe>', cell
    )
    assert "allow-same-origin" not in frame[1]
    assert view.html() == html.unescape(frame[2])


def test_any_networkx_graph_is_drawn():
    """A plain graph of holders and issuers is a picture, with votes if it has them."""
    graph = nx.DiGraph()
    graph.add_edge("Ada", "Holding", capital=0.6)
    graph.add_edge("Holding", "Works", capital="25-50%", weight=3)
    before = {
        edge: dict(data)
        for *edge, data in ((h, i, d) for h, i, d in graph.edges(data=True))
        for edge in [tuple(edge)]
    }
    scene = keiretsu.view(graph, focus="Holding").scene
    assert ["60 %", "25–50 %"] == sorted((str(link.capital) for link in scene.links), reverse=True)
    assert before == {(h, i): dict(data) for h, i, data in graph.edges(data=True)}


def test_bovs_colours(alliance):
    """The theme changes the lines, and the words on them keep their contrast."""
    plain, bovs = View(alliance).svg(), View(alliance, "bovs").svg()
    assert 'stroke="#652eb1"' in bovs
    assert 'stroke="#0072b2"' in plain
    assert re.sub("#[0-9a-f]{6}", "", plain) == re.sub("#[0-9a-f]{6}", "", bovs)
