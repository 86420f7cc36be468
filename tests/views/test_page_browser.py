"""The page in Chromium: offline, silent, safe, and it does what its controls say."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from keiretsu.formats.defusing import FORMULA, defused
from keiretsu.views import Percent, SceneParty, render_svg
from keiretsu.views.scene.model import OFFICE, Moment

pytestmark = pytest.mark.browser

HOSTILE = ("</script><img src=x onerror=alert(1)>", "<b>2019</b>", "]]><svg onload=alert(1)>")


def test_it_draws(visit, alliance):
    """The picture is drawn, and at once."""
    page = visit(alliance).page
    colours = page.evaluate(
        """() => {
          const canvas = document.querySelector('#chart canvas');
          const { data } = canvas.getContext('2d')
            .getImageData(0, 0, canvas.width, canvas.height);
          const seen = new Set();
          for (let i = 0; i < data.length; i += 40) seen.add(data.slice(i, i + 4).join());
          return seen.size;
        }"""
    )
    assert colours > 50
    assert "13 parties, 17 holdings" == page.inner_text("#shown")


def test_hostile_text_is_shown_and_never_run(visit, hostile):
    """Whatever is opened, searched, printed or exported, hostile text stays text."""
    opened = visit(hostile)
    page = opened.page
    for name in [one["name"] for kind in ("parties", "links") for one in page.evaluate(
        "keiretsu.data"
    )[kind]]:  # fmt: skip
        page.evaluate("(name) => keiretsu.choose(name)", name)
    assert hostile.title == page.inner_text("h1")
    assert (0, 4) == (page.locator("img").count(), page.locator("script").count())
    for overlay in page.evaluate("keiretsu.data.overlays.map((one) => one.key)"):
        page.evaluate("(overlay) => keiretsu.change({ overlay })", overlay)
    page.evaluate("keiretsu.askForChains({ from: 'n0', to: 'n5' })")
    page.fill("#search", "<img")
    page.emulate_media(media="print")
    drawing = ET.fromstring(page.evaluate("keiretsu.svgText()"))  # noqa: S314 - under test
    assert hostile.title == drawing.findtext("{http://www.w3.org/2000/svg}title")
    assert "<img" not in page.evaluate("keiretsu.svgText()")


def test_a_saved_picture_of_hostile_text_runs_nothing(visit, hostile, tmp_path):
    """The SVG that the page saves, and the one that Python writes, are opened by themselves."""
    page = visit(hostile).page
    page.click("#export summary")
    with page.expect_download() as download:
        page.click("#save-svg")
    files = {"saved.svg": download.value.path().read_text(encoding="utf-8")}
    files["written.svg"] = render_svg(hostile)
    for name, text in files.items():
        path = tmp_path / name
        path.write_text(text, encoding="utf-8", newline="\n")
        opened = page.context.new_page()
        asked: list[str] = []
        opened.on("request", lambda request, asked=asked: asked.append(request.url))
        opened.goto(path.as_uri())
        opened.mouse.click(300, 300)
        opened.wait_for_timeout(50)
        assert "svg" == opened.evaluate("document.documentElement.tagName")
        assert ([], [path.as_uri()]) == (opened.evaluate("window.pwned"), asked)
        opened.close()


def test_hostile_moments_are_text(visit, hostile):
    """Events and dates of strangers, and a made-up offices' title, are shown and never run."""
    days = tuple(Moment(date=text, events=HOSTILE) for text in HOSTILE[:2])
    links = [replace(link, during=(0, 1)) for link in hostile.links]
    links[0] = replace(links[0], kind=OFFICE, office=HOSTILE[0])
    page = visit(replace(hostile, links=tuple(links), moments=days, overlays=())).page
    page.evaluate("keiretsu.goToMoment(1)")
    assert HOSTILE[0] in page.inner_text("#events")
    assert HOSTILE[1] == page.inner_text("#moment-text")
    assert (0, 4) == (page.locator("img").count(), page.locator("script").count())


def test_a_hostile_label_is_shown_as_text(visit, alliance):
    """The label of the issue is drawn letter by letter, in panel and table too."""
    label = "</script><img src=x onerror=alert(1)>"
    parties = tuple(
        replace(party, label=label) if party.id == "renault" else party
        for party in alliance.parties
    )
    opened = visit(replace(alliance, parties=parties))
    opened.page.mouse.click(*opened.at("n1"))
    assert label == opened.page.inner_text("#detail h2")
    opened.page.click("#table-tab")
    assert label in opened.page.inner_text("#rows")


def test_the_policy_refuses_what_is_not_ours(visit, alliance):
    """A handler that somebody smuggled in would not run, and nothing could be fetched."""
    opened = visit(alliance, quiet=False)
    outcome = opened.page.evaluate(
        """async () => {
          const broken = document.createElement('img');
          broken.setAttribute('onerror', 'pwned.push("handler")');
          broken.src = 'data:image/png;base64,AA';
          const script = document.createElement('script');
          script.textContent = 'pwned.push("script")';
          document.body.append(broken, script);
          const fetched = await fetch('https://example.org').then(() => 'fetched', () => 'refused');
          await new Promise((done) => setTimeout(done, 100));
          return [fetched, pwned];
        }"""
    )
    requests, _ = opened.close()
    assert (["refused", []], set()) == (outcome, requests)


def test_a_click_on_a_box_opens_its_holdings(visit, alliance):
    """The panel tells kind, facts, holders, issuers and sources."""
    opened = visit(alliance)
    opened.page.mouse.click(*opened.at("n1"))
    text = opened.page.inner_text("#detail")
    for words in ("Renault S.A.", "Company", "ISIN", "Held by", "Holds", "French State", "no votes",
                  "Registration Document 2019", "sourced"):  # fmt: skip
        assert words in text, words
    opened.page.click("#detail .square")
    assert not opened.page.is_visible("#detail")


def test_a_click_on_a_label_opens_the_link(visit, alliance):
    """The panel tells every share, the reason, and each source with publisher, date and link."""
    opened = visit(alliance)
    opened.page.mouse.click(*opened.label_at("e3"))
    text = opened.page.inner_text("#detail")
    for words in ("Nissan Finance Co., Ltd. → Renault S.A.", "15 %", "no votes", "L.233-31",
                  "Groupe Renault, 2020-03-19", "on 2019-09-03", "sourced"):  # fmt: skip
        assert words in text, words
    assert 1 == text.count("L.233-31")
    assert "15\N{NO-BREAK SPACE}% of the capital" in text, "a line may begin with the sign"
    address = opened.page.get_attribute("#detail a", "href")
    assert "https://www.renaultgroup.com/en/finance/urd-2019.pdf" == address


def test_votes_only_and_threshold(visit, alliance):
    """The threshold hides what cannot reach it under the metric; ranges count with their most."""
    opened = visit(alliance)
    opened.page.check("input[value=votes]", force=True)
    opened.page.evaluate(
        """() => {
          const slider = document.getElementById('threshold');
          slider.value = 25;
          slider.dispatchEvent(new Event('input'));
        }"""
    )
    expected = {
        link.id for link in alliance.links if link.votes is not None and link.votes.high >= 25
    }
    assert expected == opened.shown()
    assert "state>renault" in expected
    assert f"{len(expected)} of 17 holdings shown" == opened.page.inner_text("#shown")
    opened.page.click("#table-tab")
    assert len(expected) == opened.page.locator("#rows tr:visible").count()


def test_what_is_unknown_is_never_hidden(visit, odd_kinds):
    """A share that may be anything passes every threshold."""
    opened = visit(odd_kinds)
    opened.page.evaluate("keiretsu.change({ threshold: 50 })")
    assert {"Person>firm", "Fund>firm"} == opened.shown()


def test_search_folds_accents_and_case(visit, alliance):
    """Enter goes to what is found; slash leads to the field from anywhere."""
    party = SceneParty(id="senard", kind="Person", label="Jean-Dominique Sénard")
    opened = visit(replace(alliance, parties=(*alliance.parties, party)))
    opened.page.keyboard.press("/")
    opened.page.keyboard.type("SENARD")
    assert "1 party found" == opened.page.inner_text("#live")
    opened.page.keyboard.press("Enter")
    assert "Jean-Dominique Sénard" == opened.page.inner_text("#detail h2")


def test_keyboard_alone(visit, alliance):
    """With keys one reaches a party, hears it, opens it, goes on to a link, and leaves."""
    page = visit(alliance).page
    page.focus("#chart")
    page.keyboard.press("ArrowDown")
    assert "Renault S.A., Company. Holders shown: 3. Holdings shown: 4." == page.inner_text("#live")
    page.keyboard.press("ArrowUp")
    assert "n1" != page.evaluate("keiretsu.state.cursor")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "H2"
    page.focus("#detail .stake button")
    page.keyboard.press("Enter")
    assert "→" in page.inner_text("#detail h2")
    page.keyboard.press("Escape")
    assert not page.is_visible("#detail")
    assert "chart" == page.evaluate("document.activeElement.id")


def test_the_table_sorts_by_number(visit, alliance):
    """A click on a heading sorts, a second one the other way round."""
    page = visit(alliance).page
    page.click("#table-tab")
    page.click("th:nth-child(3) button")
    ascending = page.locator("#rows td:nth-child(3)").all_inner_texts()
    page.click("th:nth-child(3) button")
    descending = page.locator("#rows td:nth-child(3)").all_inner_texts()
    numbers = [float(text.rstrip("%")) for text in ascending]
    assert (sorted(numbers), ascending[0], "100 %") == (numbers, "1.54 %", descending[0])


def test_exports(visit, alliance):
    """SVG parses, PNG is not empty, CSV has the rows shown and no formula."""
    parties = tuple(
        replace(party, label="=1+1") if party.id == "mc" else party for party in alliance.parties
    )
    opened = visit(replace(alliance, parties=parties))
    files = {}
    for button in ("save-svg", "save-png", "save-csv"):
        opened.page.click("#export summary")
        with opened.page.expect_download() as download:
            opened.page.click(f"#{button}")
        files[button] = download.value
    name = "who-holds-what-the-renault-nissan-mitsubishi-alliance_2019-09-03"
    endings = [f"{name}.{ending}" for ending in ("svg", "png", "csv")]
    assert endings == [file.suggested_filename for file in files.values()]
    root = ET.parse(files["save-svg"].path()).getroot()  # noqa: S314 - our own file
    assert "{http://www.w3.org/2000/svg}svg" == root.tag
    picture = files["save-png"].path().read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) > 50_000
    text = files["save-csv"].path().read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(alliance.links) == len(rows)
    assert ["'=1+1"] == [row["holder"] for row in rows if "1+1" in row["holder"]]
    silent = next(row for row in rows if row["holder"] == "Nissan Finance Co., Ltd.")
    assert ("15", "0") == (silent["capital_percent"], silent["voting_percent"])


def test_exported_cells_are_defused_as_in_every_table(visit, alliance):
    """Behind spaces and apostrophes too, and wide signs; what is no formula stays as it is."""
    signs = [before + sign + "1+1" for sign in FORMULA for before in ("", "  ", "'", " ' ")]
    cells = [*signs, "O'Hara", "'tis", " a", "1-2", "a@b", ""]
    page = visit(alliance).page
    told = page.evaluate(
        "(cells) => { keiretsu.data.csv = cells; return keiretsu.csvText() }", cells
    )
    heading = next(csv.reader(io.StringIO(told.removeprefix("\ufeff"), newline="")))
    assert [defused(text) for text in cells] == heading
    assert [f"'{text}" for text in signs] == heading[: len(signs)]


def test_the_exported_picture_is_the_one_on_the_screen(visit, alliance):
    """The page's SVG has the words of the file that Python writes, under every metric."""
    page = visit(alliance).page
    page.evaluate("keiretsu.change({ metric: 'capital' })")
    drawing = page.evaluate("keiretsu.svgText()")
    assert ">43.4 %</text>" in drawing
    assert "43.7 %" not in re.sub("<desc>.*?</desc>", "", drawing)


@pytest.mark.parametrize("width", [320, 390, 768, 1440])
@pytest.mark.parametrize("name", ["alliance", "long_names"])
def test_no_window_is_too_narrow(visit, request, name, width):
    """Nothing stands out to the right, with and without a panel, in graph and table."""
    page = visit(request.getfixturevalue(name), viewport={"width": width, "height": 800}).page
    unfold = "document.getElementById('more').open = true"
    for action in (unfold, "keiretsu.choose('e0')", "document.getElementById('table-tab').click()"):
        page.evaluate(action)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), action
        beyond = page.evaluate(
            """() => [...document.querySelectorAll('.controls *, header *')]
              .filter((one) => one.getBoundingClientRect().right > innerWidth + 1).length"""
        )
        assert 0 == beyond, action


def test_themes(visit, alliance):
    """The page follows the system's theme until its button is pressed."""
    page = visit(alliance, color_scheme="dark").page
    ground = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(ground)
    page.click("#theme")
    light = page.evaluate(ground)
    assert ("rgb(15, 21, 28)", "rgb(245, 247, 250)") == (dark, light)


def test_without_scripts(visit, alliance):
    """Picture, notes and table stand there, and no dead controls."""
    page = visit(alliance, quiet=False, java_script_enabled=False).page
    assert page.is_visible("#still svg")
    assert len(alliance.links) == page.locator("#rows tr:visible").count()
    assert alliance.notes[0] in page.inner_text("#about")
    assert 0 == page.locator("button:visible, select:visible, input:visible").filter(
        has_not=page.locator("th")
    ).filter(has_not_text=re.compile("Holder|Issuer|Capital|Votes")).count()  # fmt: skip


def test_print(visit, alliance):
    """On paper stand picture, legend, notes and table, and no controls."""
    page = visit(alliance).page
    page.emulate_media(media="print")
    assert page.is_visible("#still svg")
    assert page.is_visible("#rows tr")
    assert page.is_visible("#about")
    assert not page.is_visible("#search")


def test_every_control_has_a_name(visit, alliance):
    """A screen reader can say what each control is for."""
    page = visit(alliance).page
    nameless = page.evaluate(
        """() => [...document.querySelectorAll('button, input, summary, [role=application]')]
          .filter((one) => !(one.getAttribute('aria-label') || one.textContent.trim() ||
            one.closest('label')?.textContent.trim()))
          .map((one) => one.id)"""
    )
    assert [] == nameless


def test_a_large_scene_opens(visit, alliance):
    """Several hundred parties are drawn in one window, with nothing amiss."""
    parties = tuple(SceneParty(id=str(n), kind="Company", label=f"Company {n}") for n in range(320))
    links = tuple(
        replace(
            alliance.links[0], id=str(n), holder=str((n - 1) // 3), issuer=str(n),
            capital=Percent.point(60), votes=Percent.point(60),
        )
        for n in range(1, 320)
    )  # fmt: skip
    opened = visit(replace(alliance, parties=parties, links=links))
    assert 319 == len(opened.shown())
    opened.page.evaluate("keiretsu.choose('n200')")
    assert "Company 200" == opened.page.inner_text("#detail h2")
