"""A page in windows of any size, on paper, in a notebook; for everybody; of hundreds of parties."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.views.scenes import OVERLAY

import keiretsu
from keiretsu.mirror import snapshot_of_shares
from keiretsu.views import Percent, SceneLink, SceneParty
from keiretsu.views.drawing.figures import line_marks
from keiretsu.views.layout.choice import lay_out
from keiretsu.views.scene.comparison import beside
from keiretsu.views.view import View

pytestmark = pytest.mark.browser


# -- windows, paper, other pages ------------------------------------------------------------------


def _stays_above_its_details(phone):
    """Check that what is chosen stays in sight above the sheet that tells of it."""
    phone.evaluate("keiretsu.choose(keiretsu.data.parties.at(-1).name)")
    phone.wait_for_timeout(100)
    y = phone.evaluate(
        """() => {
          const [, top, , bottom] = keiretsu.data.parties
            .find((party) => party.name === keiretsu.state.chosen).box;
          const { y } = keiretsu.network.canvasToDOM({ x: 0, y: (top + bottom) / 2 });
          return y + document.querySelector('#chart').getBoundingClientRect().top;
        }"""
    )
    assert 20 < y < phone.locator("#detail").bounding_box()["y"] - 20
    phone.keyboard.press("Escape")


def test_a_phone_gets_the_narrow_layout(visit, alliance):
    """On a phone all is seen across, in letters that are read, and nothing lies on it."""
    phone = visit(alliance, viewport={"width": 390, "height": 844}).page
    assert phone.evaluate("keiretsu.state.shape === 'tall'")
    scale = phone.evaluate("keiretsu.network.getScale()")
    left, _, right, _ = phone.evaluate(
        "keiretsu.data.layouts[`${keiretsu.state.arrangement}-tall`].bounds"
    )
    assert 0.75 <= scale <= 0.96
    assert (right - left) * scale <= 390
    assert phone.is_visible("#partial")
    zoom, chart = (phone.locator(one).bounding_box() for one in (".zoom", "#chart"))
    assert zoom["y"] + zoom["height"] <= chart["y"] + 1
    assert not phone.evaluate("document.getElementById('more').open")
    phone.click("#zoom-fit")
    assert not phone.is_visible("#partial")
    _stays_above_its_details(phone)
    phone.set_viewport_size({"width": 1200, "height": 844})
    phone.wait_for_function("() => keiretsu.state.shape === 'wide'")


def test_the_small_map_is_folded_and_unfolded(visit, alliance):
    """Where not all is in view there is a map, open only if it covers nothing, and a button."""
    page = visit(alliance, viewport={"width": 1300, "height": 460}).page
    assert page.is_visible("#partial")
    assert page.is_visible("#map")
    was = page.is_visible("#minimap")
    for now in (not was, was):
        page.click("#map")
        page.wait_for_selector("#minimap", state="visible" if now else "hidden")
        assert str(now).lower() == page.get_attribute("#map", "aria-pressed")
    page.click("#zoom-fit")
    page.wait_for_function("() => document.getElementById('map').hidden")
    assert not page.is_visible("#minimap")


def test_two_worlds(visit, alliance):
    """Both sides are drawn with captions, and what differs is written on it."""
    links = tuple(
        replace(link, capital=Percent.point(15), votes=Percent.point(15))
        if link.id == "renault>nissan"
        else link
        for link in alliance.links
    )
    scene = beside(alliance, replace(alliance, links=links), ("As it is", "As it would be"))
    page = visit(scene).page
    drawn = page.evaluate("keiretsu.svgText()")
    for words in ("As it is", "As it would be", "changes", "was 43.4 %"):
        assert f">{words}</text>" in drawn, words
    assert "4 parties, 2 holdings" == page.inner_text("#shown")
    page.select_option("#arrangement", "every")
    assert "26 parties, 34 holdings" == page.inner_text("#shown")


@pytest.mark.parametrize("name", ["alliance", "odd_kinds"])
def test_the_page_draws_what_python_draws(visit, request, name):
    """Every line of the page's picture runs where the SVG file has it, to a tenth of a pixel."""
    scene = request.getfixturevalue(name)
    page = visit(scene).page
    for metric in ("both", "capital", "votes"):
        page.evaluate("(metric) => keiretsu.change({ metric })", metric)
        drawing = page.evaluate("keiretsu.svgText()")
        layout = lay_out(scene)
        for link in scene.links:
            route = layout.places.routes[link.line].points
            for mark in line_marks(link, route, scene.rights, metric):
                numbers = [float(one) for one in re.findall(r"-?[\d.]+", mark.path)]
                assert _near(numbers, drawing), (metric, link.id, mark.path)


def _near(numbers, drawing):
    """Return whether some path of a drawing has these numbers, but for rounding."""
    for path in re.findall(r'<path d="([^"]*)"', drawing):
        found = [float(one) for one in re.findall(r"-?[\d.]+", path)]
        if len(found) == len(numbers) and found == pytest.approx(numbers, abs=0.11):
            return True
    return False


def test_bovs_colours_can_be_chosen(visit, alliance):
    """The reader changes the colours, and the picture follows."""
    page = visit(alliance).page
    page.click("#export summary")
    page.select_option("#colours", "bovs")
    assert 'stroke="#652eb1"' in page.evaluate("keiretsu.svgText()")


def test_print_takes_three_pages_at_most(visit, alliance):
    """Picture, notes and the table of a usual page fit on three sheets, the picture first."""
    paper = visit(alliance).page.pdf(prefer_css_page_size=True)
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", paper)) <= 3


def test_paper_has_what_the_screen_has(visit, moments):
    """Printed is the chosen day, right and analysis, in light colours; what is hidden is said."""
    opened = visit(replace(moments, overlays=(OVERLAY,)), color_scheme="dark")
    page = opened.page
    page.evaluate("keiretsu.goToMoment(0)")
    page.evaluate("keiretsu.change({ metric: 'votes', threshold: 10, overlay: 'control' })")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    words = "As of 2019-09-03 · Votes only · Holdings below 10 % are not shown · Who controls whom"
    assert words == page.inner_text("#state")
    drawn = page.inner_html("#still")
    assert ">43.7 %</text>" in drawn
    assert ">A?</text>" in drawn
    assert ">3.1 %</text>" not in drawn
    saved = page.evaluate("keiretsu.svgText()")
    assert f">{words.rpartition(' · ')[0]}</text>" in saved
    assert ">Who controls whom. By a rule of the test.</text>" in saved
    text = page.locator("#still text").first
    assert "rgb(20, 32, 44)" == text.evaluate("(one) => getComputedStyle(one).fill")
    assert "Holdings as of 2019-09-03" == page.inner_text("caption")


def test_reduced_motion(visit, alliance):
    """Who wants no motion gets none: going to a party is one step."""
    opened = visit(alliance, reduced_motion="reduce")
    page = opened.page
    page.fill("#search", "AvtoVAZ")
    page.press("#search", "Enter")
    place = page.evaluate("keiretsu.network.getViewPosition()")
    page.wait_for_timeout(120)
    assert place == page.evaluate("keiretsu.network.getViewPosition()")


def test_a_notebook_cell(alliance, browser, tmp_path):
    """Inside a sandboxed frame the page runs, draws, and reaches nothing around it."""
    cell = View(alliance)._repr_html_()
    path = tmp_path / "notebook.html"
    path.write_text(f"<!doctype html><title>n</title>{cell}", encoding="utf-8", newline="\n")
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto(path.as_uri())
    frame = page.frames[1]
    frame.wait_for_function("window.keiretsu && keiretsu.shown().length === 17")
    frame.evaluate("keiretsu.choose('n1')")
    assert "Renault S.A." == frame.inner_text("#detail h2")
    reached = frame.evaluate("() => { try { return parent.document.title; } catch { return ''; } }")
    assert "" == reached
    context.close()


def test_many_parties_at_once(visit, alliance):
    """A hundred parties: a page under a megabyte, drawn whole."""
    parties = tuple(
        SceneParty(id=str(n), kind="Company", label=f"Company {n}", focus=not n) for n in range(100)
    )
    links = tuple(
        SceneLink(
            id=f"l{n}", holder=str((n - 1) // 2), issuer=str(n), capital=Percent.point(60),
            votes=Percent.point(60), evidence=alliance.links[0].evidence,
        )
        for n in range(1, 100)
    )  # fmt: skip
    scene = replace(alliance, parties=parties, links=links)
    opened = visit(scene)
    assert 99 == len(opened.shown())
    assert len(opened.page.content().encode()) < 1_000_000


# -- barriers -------------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_barriers(browser, tmp_path, marked, moments, theme):
    """In graph, panel, chains and table axe-core finds nothing, in light and dark."""
    scene = replace(moments, overlays=marked.overlays)
    path = tmp_path / "page.html"
    path.write_text(keiretsu.views.render_html(scene), encoding="utf-8", newline="\n")
    context = browser.new_context(offline=True, color_scheme=theme, bypass_csp=True)
    page = context.new_page()
    page.goto(path.as_uri())
    states = (
        "keiretsu.change({ overlay: 'control' })",
        "keiretsu.choose('n1')",
        "keiretsu.choose('e1')",
        "keiretsu.askForChains({ from: 'n0', to: 'n4' })",
        "document.getElementById('table-tab').click()",
    )
    for state in states:
        page.evaluate(state)
        found = Axe().run(page).response["violations"]
        assert [] == [(one["id"], one["nodes"][0]["target"]) for one in found], state
    context.close()


# -- large pictures -------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def groups():
    """Return groups a few layers deep, four companies each."""
    shares = {(f"party {(at - 1) // 4}", f"party {at}"): "51%" for at in range(1, 400)}
    return keiretsu.view(snapshot_of_shares(shares)).scene


def test_a_large_picture_has_names_as_a_map_has(visit, groups):
    """Over what is too small to read stand the heads of families, or what is looked for."""
    page = visit(groups).page
    assert [] == page.evaluate("keiretsu.names()")
    page.click("#zoom-fit")
    page.wait_for_function("() => keiretsu.names().length")
    assert page.evaluate("keiretsu.network.getScale()") < 0.25
    names = page.evaluate("keiretsu.names()")
    assert "party 0" == names[0]
    assert len({*names}) == len(names) >= 10
    page.fill("#search", "party 398")
    page.wait_for_function("() => keiretsu.names().length === 1")
    assert ["party 398"] == page.evaluate("keiretsu.names()")
    page.press("#search", "Enter")
    page.wait_for_function("() => keiretsu.network.getScale() >= 0.8 && !keiretsu.names().length")


def test_where_one_would_see_hardly_a_box_one_sees_all(visit, groups):
    """In a narrow window a large picture is shown whole, unless it has a subject."""
    narrow = {"viewport": {"width": 320, "height": 480}}
    whole = visit(groups, **narrow).page
    whole.wait_for_function("() => keiretsu.names().length")
    assert whole.evaluate("keiretsu.network.getScale()") < 0.1
    about = visit(replace(groups, focus=(groups.parties[0].id,)), **narrow).page
    about.wait_for_function("() => keiretsu.network.getScale() > 0.9")
