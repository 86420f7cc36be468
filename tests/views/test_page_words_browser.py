"""What a page says, in Chromium: true on every day, and in words that anybody reads."""

from __future__ import annotations

from dataclasses import replace

import pytest

from keiretsu.views import Percent, Scene, SceneLink, SceneParty
from keiretsu.views.page.table import table_rows
from keiretsu.views.scene.model import Moment
from keiretsu.views.scene.overlay import CERTAIN, Badge, Overlay

pytestmark = pytest.mark.browser


@pytest.fixture(scope="session")
def returning():
    """Return a holding of 10 % that is 20 % for a while, and one that is interrupted."""
    days = tuple(Moment(date=f"{year}-01-01") for year in (2010, 2012, 2014, 2016))
    ten, twenty = (
        SceneLink(
            id=f"a>c@{share}", line="a>c", holder="a", issuer="c", capital=Percent.point(share),
            votes=Percent.point(share), during=during,
        )
        for share, during in ((10, (0, 2, 3)), (20, (1,)))
    )  # fmt: skip
    broken = replace(ten, id="b>c", line="b>c", holder="b", during=(1, 3))
    always = replace(ten, id="d>c", line="d>c", holder="d", during=(0, 1, 2, 3))
    return Scene(
        title="What comes back",
        as_of="2016-01-01",
        parties=tuple(SceneParty(id=one, label=one.upper(), focus=one == "c") for one in "abcd"),
        links=(ten, twenty, broken, always),
        moments=days,
        moment=3,
    )


def test_what_comes_back_was_not_there_in_between(visit, returning):
    """The history lists each stretch by itself, in order; the table gives all of a state's."""
    page = visit(returning).page
    told = {}
    for link in page.evaluate("keiretsu.data.links"):
        page.evaluate("(name) => keiretsu.choose(name)", link["name"])
        told[link["id"]] = page.locator(".history li").all_inner_texts()
    spans = ["until 2012-01-01", "2012-01-01 until 2014-01-01", "from 2014-01-01"]
    expected = list(zip(spans, ["10 %", "20 %", "10 %"], strict=True))
    assert expected == [tuple(one.split("\n")) for one in told["a>c@10"]]
    assert told["a>c@10"] == told["a>c@20"]
    assert [("2012-01-01 until 2014-01-01", "10 %"), ("from 2016-01-01", "10 %")] == [
        tuple(one.split("\n")) for one in told["b>c"]
    ]
    page.evaluate("keiretsu.choose(keiretsu.data.links[0].name)")
    page.evaluate("keiretsu.goToMoment(2)")
    assert ["from 2014-01-01\n10 %"] == page.locator(".history .now").all_inner_texts()
    assert [
        "until 2012-01-01, from 2014-01-01",
        "2012-01-01 until 2014-01-01",
        "2012-01-01 until 2014-01-01, from 2016-01-01",
        "all the time shown",
    ] == [row["when"] for row in table_rows(returning)]


def test_a_stack_tells_what_is_marked_on_its_members(visit, star):
    """Whom an analysis marks is told at the stack that stands for him, seen and heard."""
    badges = tuple(
        Badge(party=one, text="caught", words=f"{one} is caught.", tone=CERTAIN)
        for one in ("o0", "o24")
    )
    overlay = Overlay(key="test", title="A test", note="Of the test.", badges=badges)
    opened = visit(replace(star, overlays=(overlay,)))
    page = opened.page
    page.select_option("#overlay", "test")
    page.evaluate("(name) => keiretsu.choose(name)", opened.name_of("19 other holders"))
    for place in ("#live", "#detail"):
        told = page.inner_text(place)
        assert ("o24 is caught." in told, "o0 is caught." in told) == (True, False)


def test_one_is_counted_as_one(visit):
    """One party is no parties, one holding no holdings, wherever something is counted."""
    parties = (
        SceneParty(id="a", label="Ada", more_above=1),
        SceneParty(id="b", label="Works", focus=True, more_below=1),
    )
    link = SceneLink(id="1", holder="a", issuer="b", capital=Percent.point(60))
    days = (Moment(date="2019"), Moment(date="2020"))
    scene = Scene(
        title="Two", as_of="2020", parties=parties, links=(replace(link, during=(0, 1)),),
        moments=days, moment=1,
    )  # fmt: skip
    page = visit(scene).page
    said = [page.inner_text("#shown")]
    page.fill("#search", "ada")
    said.append(page.inner_text("#live"))
    page.fill("#search", "")
    for name in ("n0", "n1"):
        page.evaluate("(name) => keiretsu.choose(name)", name)
        said.append(page.inner_text("#detail"))
    page.evaluate("keiretsu.askForChains({ from: 'n0', to: 'n1' })")
    said.append(page.inner_text("#live"))
    page.click("#earlier")
    said.append(page.inner_text("#live"))
    page.evaluate("keiretsu.fold(keiretsu.data.parties[1], 'above')")
    said.append(page.inner_text("#live"))
    words = ("2 parties, 1 holding", "1 party found", "1 further holder.", "1 further holding.",
             "1 chain from", "2019. 1 holding", "1 party is hidden")  # fmt: skip
    for one, told in zip(words, said, strict=True):
        assert one in told
    alone = visit(replace(scene, parties=parties[1:], links=(), moments=(), moment=0)).page
    assert "1 party, 0 holdings" == alone.inner_text("#shown")
