"""What a reader does with a page, in Chromium: compared with the measures and with networkx."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe

import keiretsu
from keiretsu.mirror import snapshot_of_shares
from keiretsu.views import Percent, SceneLink, SceneParty
from keiretsu.views.drawing.figures import line_marks
from keiretsu.views.layout.choice import lay_out
from keiretsu.views.page.sparql import query_of_link
from keiretsu.views.scene.comparison import beside
from keiretsu.views.scene.model import Moment
from keiretsu.views.scene.overlay import POSSIBLE, Badge, Overlay
from keiretsu.views.view import View

pytestmark = pytest.mark.browser

OVERLAY = Overlay(
    key="control",
    title="Who controls whom",
    note="By a rule of the test.",
    badges=(
        Badge(party="renault", text="A", words="Renault is the head of group A.", tone="certain"),
        Badge(party="nissan", text="A?", words="Renault may control Nissan.", tone=POSSIBLE),
    ),
)


@pytest.fixture(scope="session")
def marked(alliance):
    """Return the alliance with an overlay."""
    return replace(alliance, overlays=(OVERLAY,))


@pytest.fixture(scope="session")
def moments(alliance):
    """Return the alliance on two days: then Renault's stake in Nissan is smaller."""
    links = [replace(link, during=(0, 1)) for link in alliance.links]
    at = next(n for n, link in enumerate(links) if link.id == "renault>nissan")
    fifteen = Percent.point(15)
    links[at : at + 1] = [
        replace(links[at], during=(0,)),
        replace(links[at], id="later", capital=fifteen, votes=fifteen, during=(1,)),
    ]
    days = (
        Moment(date="2019-09-03", events=("2019-09-03: Ministers talk",)),
        Moment(date="2023-11-08", events=("2023-11-08: A new agreement",)),
    )
    return replace(alliance, links=tuple(links), moments=days, moment=1)


# -- overlays and time ----------------------------------------------------------------------------


def test_an_overlay_is_marked_told_and_heard(visit, marked):
    """Frames are in the picture, sentences in the panel, and the live region has them."""
    opened = visit(marked)
    page = opened.page
    plain = page.evaluate("keiretsu.svgText()")
    page.select_option("#overlay", "control")
    drawn = page.evaluate("keiretsu.svgText()")
    assert ">A?</text>" in drawn
    assert ">A?</text>" not in plain
    assert 'stroke-dasharray="6 4"' in drawn
    assert page.is_visible("text=Renault may control Nissan.")
    page.evaluate("(name) => keiretsu.choose(name)", opened.name_of("Nissan Motor Co., Ltd."))
    assert "Renault may control Nissan." in page.inner_text("#live")
    assert "Who controls whom" in page.inner_text("#detail")


def test_time(visit, moments):
    """The slider shows what was so, names events, and the panel follows a holding and tells all."""
    opened = visit(moments)
    page = opened.page
    assert {"later"} == {one for one in opened.shown() if one in ("later", "renault>nissan")}
    assert "2023-11-08: A new agreement" == page.inner_text("#events")
    boxes = page.evaluate("keiretsu.data.parties.map((one) => one.box)")
    name = page.evaluate("keiretsu.data.links.find((one) => one.id === 'later').name")
    page.evaluate("(name) => keiretsu.choose(name)", name)
    page.click("#earlier")
    assert {"renault>nissan"} == opened.shown() & {"later", "renault>nissan"}
    assert boxes == page.evaluate("keiretsu.data.parties.map((one) => one.box)")
    text = page.inner_text("#detail")
    for words in ("History", "until 2023-11-08", "from 2023-11-08", "43.7 %"):
        assert words in text, words
    assert page.is_disabled("#earlier")
    assert "2019-09-03" in page.inner_text("#live")
    assert "43.4 %" in page.evaluate("keiretsu.svgText()")


def test_an_address_brings_everything_back(visit, moments):
    """Date, metric, threshold, choice and chains stand in the address, and it restores them."""
    opened = visit(replace(moments, overlays=(OVERLAY,)))
    page = opened.page
    page.evaluate("keiretsu.goToMoment(0)")
    page.evaluate("keiretsu.change({ metric: 'votes', threshold: 10, overlay: 'control' })")
    ends = {"from": opened.name_of("French State"), "to": opened.name_of("AvtoVAZ")}
    page.evaluate("(ends) => keiretsu.askForChains(ends)", ends)
    page.evaluate("(name) => keiretsu.choose(name)", opened.name_of("Daimler AG"))
    address = page.evaluate("location.hash")
    for part in ("date=2019-09-03", "metric=votes", "min=10", "sel=daimler", "from=state",
                 "to=avtovaz", "mark=control"):  # fmt: skip
        assert part in address, part
    told = "[keiretsu.state, keiretsu.shown(), keiretsu.chains().length]"
    before = page.evaluate(told)
    opened.requests.clear()
    page.goto(f"{opened.url}{address}")
    page.reload()
    opened.requests.clear()
    after = page.evaluate(told)
    assert before[1:] == after[1:]
    for name in ("metric", "threshold", "chosen", "moment", "overlay", "from", "to"):
        assert before[0][name] == after[0][name], name


def test_a_made_up_address_changes_nothing(visit, alliance):
    """What the page does not know is not taken from an address."""
    opened = visit(alliance)
    plain = opened.shown()
    opened.page.evaluate(
        "location.hash = 'date=x&metric=<b>&min=-1e9&sel=nobody&from=a&to=b&mark=__proto__&show=1'"
    )
    assert plain == opened.shown()
    assert "both" == opened.page.evaluate("keiretsu.state.metric")
    assert opened.page.evaluate("keiretsu.state.chosen === null")


# -- evidence -------------------------------------------------------------------------------------


def test_the_query_can_be_copied(visit, alliance):
    """The panel has the query that retrieves the claims, and a button that takes it."""
    opened = visit(alliance)
    name = opened.page.evaluate("keiretsu.data.links[0].name")
    opened.page.evaluate("(name) => keiretsu.choose(name)", name)
    opened.page.click(".retrieve summary")
    text = opened.page.input_value(".query")
    assert query_of_link(alliance.links[0]) == text
    opened.page.click(".retrieve button")
    opened.page.wait_for_function("document.getElementById('live').textContent.includes('query')")
    selected = opened.page.evaluate(
        """() => { const box = document.querySelector('.query');
          return box.value.slice(box.selectionStart, box.selectionEnd); }"""
    )
    assert text == selected


def test_conflicts_are_told(visit, alliance):
    """A claim that was passed over stands below those that were read, with its status."""
    told = alliance.links[0].evidence[0]
    loser = replace(told, claim="urn:claim:other", title="An older report", status="superseded")
    links = (replace(alliance.links[0], conflicts=(loser,)), *alliance.links[1:])
    page = visit(replace(alliance, links=links)).page
    page.evaluate("keiretsu.choose('e0')")
    text = page.inner_text("#detail")
    assert text.index("Other claims, passed over") < text.index("An older report")
    assert "sourced, superseded" in text


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
