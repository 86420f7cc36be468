"""What a reader does with a page, in Chromium: analyses, time, addresses, evidence."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.views.scenes import OVERLAY

from keiretsu.views.page.sparql import query_of_link

pytestmark = pytest.mark.browser
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
