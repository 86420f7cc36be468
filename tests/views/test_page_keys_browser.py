"""The page by keyboard alone, and on paper, in Chromium: with the views that are shipped too."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe

from keiretsu.views.page.html import render_html
from keiretsu.views.scene.model import Moment

pytestmark = pytest.mark.browser

FOCUSED = """() => {
  const one = document.activeElement;
  const label = one.getAttribute('aria-label') || one.closest('label')?.textContent
    || document.getElementById(one.getAttribute('aria-labelledby'))?.textContent
    || one.textContent;
  const marked = one.matches(':focus-visible') && (one.type === 'radio'
    ? getComputedStyle(one.nextElementSibling) : getComputedStyle(one)).outlineStyle;
  return [one.id || one.name || one.tagName, label.trim() !== '', marked];
}"""


@pytest.fixture(scope="session")
def eventful(alliance):
    """Return the alliance on two days with more events than fit in their place."""
    links = tuple(replace(link, during=(0, 1)) for link in alliance.links)
    events = tuple(f"2019-09-{day:02}: Ministers talk about the alliance" for day in range(1, 31))
    days = (Moment(date="2019-09-01", events=events), Moment(date="2019-10-01"))
    return replace(alliance, links=links, moments=days, moment=0)


def _tab_to(page, wanted, most=40):
    """Press Tab until something has the focus, and return all that had it."""
    stops = []
    while not stops or stops[-1][0] != wanted:
        page.keyboard.press("Tab")
        stops.append(page.evaluate(FOCUSED))
        assert len(stops) < most, stops
    return stops


def test_every_stop_of_the_keyboard_has_a_name_and_is_seen(visit, eventful):
    """Tab leads through all controls to the panel; each can be said, and each is outlined."""
    page = visit(eventful).page
    stops = _tab_to(page, "panel")
    assert [] == [stop for stop in stops if not stop[1] or stop[2] in (False, "none")]
    names = [stop[0] for stop in stops]
    for one in ("skip", "search", "graph-tab", "theme", "metric", "moment", "threshold",
                "path-from", "path-to", "events", "chart", "zoom-in", "zoom-fit"):  # fmt: skip
        assert names.count(one) == 1, one


def test_all_by_keys_and_never_a_pointer(visit, eventful):
    """One chooses votes, steps in time, opens a box and a line, copies a query, and closes."""
    page = visit(eventful).page
    _tab_to(page, "metric")
    page.keyboard.press("ArrowLeft")
    assert "votes" == page.evaluate("keiretsu.state.metric")
    _tab_to(page, "later")
    page.keyboard.press("Enter")
    assert (1, "moment") == (
        page.evaluate("keiretsu.state.moment"), page.evaluate("document.activeElement.id"),
    )  # fmt: skip
    page.keyboard.press("ArrowLeft")
    assert 0 == page.evaluate("keiretsu.state.moment")
    _tab_to(page, "chart")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert "Renault S.A." == page.evaluate("document.activeElement.textContent")
    while "Nissan" not in page.evaluate("document.activeElement.textContent"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert "→" in page.evaluate("document.activeElement.textContent")
    while page.evaluate("document.activeElement.textContent") != "SPARQL for these claims":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert "Copy" == page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    page.wait_for_function("document.getElementById('live').textContent.includes('query')")
    page.keyboard.press("Escape")
    assert ("chart", False) == (
        page.evaluate("document.activeElement.id"), page.is_visible("#detail"),
    )  # fmt: skip


def test_what_scrolls_is_within_reach(browser, eventful, tmp_path):
    """More events than fit are no barrier, at any width."""
    path = tmp_path / "page.html"
    path.write_text(render_html(eventful), encoding="utf-8", newline="\n")
    context = browser.new_context(offline=True, bypass_csp=True)
    page = context.new_page()
    page.goto(path.as_uri())
    for width in (1440, 700):
        page.set_viewport_size({"width": width, "height": 844})
        assert [] == [one["id"] for one in Axe().run(page).response["violations"]], width
    context.close()


# -- paper ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["control-2019-09-03", "what-if-fca"])
def test_what_is_shipped_takes_three_pages(visit, demo, name):
    """Picture and legend on the first sheet, all on three, as a table and never as on a phone."""
    page = visit(demo.page(name), viewport={"width": 390, "height": 844}).page
    paper = page.pdf(prefer_css_page_size=True)
    assert 2 <= len(re.findall(rb"/Type\s*/Page\b", paper)) <= 3
    page.emulate_media(media="print")
    assert "table-row" == page.locator("#rows tr:not([hidden])").first.evaluate(
        "(row) => getComputedStyle(row).display"
    )
    sheet = {"width": 1046, "height": 718}  # A4 across without its margins, in pixels
    page.set_viewport_size(sheet)
    legend = page.locator(".legend").bounding_box()
    assert legend["y"] + legend["height"] <= sheet["height"]


def test_of_two_worlds_paper_and_table_have_what_is_drawn(visit, demo):
    """Where only what differs is drawn, no other holding is listed, saved or printed."""
    opened = visit(demo.page("what-if-fca"))
    page = opened.page
    drawn = len(opened.shown())
    assert drawn == page.locator("#rows tr:not([hidden])").count()
    assert drawn == len(page.evaluate("keiretsu.csvText()").splitlines()) - 1
    page.select_option("#arrangement", "every")
    every = page.evaluate("keiretsu.data.links.filter((one) => one.row).length")
    assert every == page.locator("#rows tr:not([hidden])").count() > drawn
