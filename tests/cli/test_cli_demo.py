"""The demo: every number computed, views written, and what to do next."""

import html
import re

import pytest

from keiretsu.cli.commands.demo import INDEX
from keiretsu.cli.gallery import EXHIBITS, FORMS

UNCOVERED = """() => {
  const { network, state, data } = keiretsu;
  const area = document.getElementById('chart').getBoundingClientRect();
  const shown = new Set(keiretsu.shown());
  const links = data.links.filter((link) => link.placed && shown.has(link.id));
  const parties = data.parties.filter((party) => party.placed);
  const along = (a, b) => Array.from({ length: 9 }, (_, at) => a + (b - a) * at / 8);
  const inRect = ([left, top, right, bottom], name) => along(left, right)
    .flatMap((x) => along(top, bottom).map((y) => [x, y, name]));
  const inText = ([x, y], mark, name) => inRect([
    x + mark[1] - mark[8] / 2, y + mark[2] - mark[4] / 2,
    x + mark[1] + mark[8] / 2, y + mark[2] + mark[4] / 2,
  ], name);
  const onRoute = (link) => link.route.slice(1).flatMap(([x, y], at) => {
    const [before, across] = link.route[at];
    return along(0, 1).flatMap((part) => [-link.breadth, 0, link.breadth].map((aside) => [
      before + (x - before) * part + aside, across + (y - across) * part, link.id]));
  });
  const drawn = [
    ...parties.flatMap((party) => inRect(party.box, party.label)),
    ...links.flatMap(onRoute),
    ...links.flatMap((link) => link.labels[state.metric].filter((mark) => mark[0] === 't')
      .flatMap((mark) => inText(link.at, mark, link.id))),
  ];
  const covered = new Set();
  let tried = 0;
  for (const [x, y, name] of drawn) {
    const place = network.canvasToDOM({ x, y });
    const inside = place.x > 1 && place.x < area.width - 1 && place.y > 1 &&
      place.y < Math.min(area.height, innerHeight - area.top) - 1;
    if (!inside) continue;
    const top = document.elementFromPoint(area.left + place.x, area.top + place.y);
    tried += 1;
    if (!top.closest('#chart')) covered.add(`${name} lies under ${top.id || top.className}`);
  }
  return { covered: [...covered], tried, whole: document.getElementById('partial').hidden,
    scale: network.getScale(), tall: state.tall };
}"""
"""What of the picture something else lies over, how much was looked at, and how the page opened."""


@pytest.fixture(scope="module")
def told(process, tmp_path_factory):
    """Run the demo once in a folder of its own."""
    folder = tmp_path_factory.mktemp("demo")
    return process("demo", cwd=str(folder)), folder


@pytest.mark.slow
def test_the_demo_tells_the_story(told):
    """The answers of the case stand in it."""
    ended, _ = told

    assert (0, "") == (ended.returncode, ended.stderr)
    for expected in (
        "28.61",
        "22.00",
        "17.90",
        "nobody (Renault 43.40, 6.60 short)",
        "nobody (Nissan 34.00, 16.00 short)",
        "C. com. L.233-31",
        "French State → Renault → Nissan → Mitsubishi Motors",
        "Nissan → 100.00 % of Nissan Finance Co., Ltd. → 15.00 % of Renault → 43.40 % of Nissan",
    ):
        assert expected in ended.stdout


@pytest.mark.slow
def test_the_demo_writes_its_views(told):
    """Every view is a file, and the pages are named as what to open."""
    ended, folder = told
    written = {path.name for path in (folder / "exports").iterdir()}

    assert {INDEX, *(f"{one.name}.{form}" for one in EXHIBITS for form in FORMS)} == written
    assert all(f"{one.name}.html" in ended.stdout for one in EXHIBITS)


@pytest.mark.slow
def test_the_gallery_leads_to_every_view(told):
    """The index names each question, shows its picture, and links to files that are there."""
    _, folder = told
    page = (folder / "exports" / INDEX).read_text(encoding="utf-8")
    linked = set(re.findall(r'href="([^"]+)"', page))

    assert len(EXHIBITS) == page.count("<svg ")
    assert all(f">{html.escape(one.question)}</a>" in page for one in EXHIBITS)
    assert {f"{one.name}.{form}" for one in EXHIBITS for form in FORMS} == linked
    assert "<script" not in page


@pytest.mark.slow
def test_the_demo_fits_a_narrow_window(told):
    """No line is longer than a hundred columns."""
    ended, _ = told

    assert max(map(len, ended.stdout.splitlines())) <= 100
    assert not re.search(r"\x1b", ended.stdout)


def test_a_folder_that_cannot_be_made(call, tmp_path):
    """A file in the way is told in one line."""
    (tmp_path / "exports").write_text("", encoding="utf-8")
    outcome = call("demo", "--exports", tmp_path / "exports")

    assert 2 == outcome.exit_code
    assert f"error: {tmp_path / 'exports'}: cannot be made" in outcome.stderr


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1280, 720), (768, 1024), (390, 844)])
def test_nothing_lies_over_a_picture_as_it_opens(told, browser, width, height):
    """No map, legend or button covers what is drawn; on a desk every picture is whole and read."""
    _, folder = told
    context = browser.new_context(viewport={"width": width, "height": height})
    opened, with_map = {}, 0
    for exhibit in EXHIBITS:
        page = context.new_page()
        page.goto((folder / "exports" / f"{exhibit.name}.html").as_uri())
        opened[exhibit.name] = page.evaluate(UNCOVERED)
        with_map += page.is_visible("#minimap")
        page.close()
    context.close()
    assert {} == {name: one["covered"] for name, one in opened.items() if one["covered"]}
    assert all(one["tried"] > 500 for one in opened.values())
    assert (with_map > 0) == (width == 1280)
    if width == 1440:
        assert {True} == {one["whole"] for one in opened.values()}
        assert min(one["scale"] for one in opened.values()) >= 0.75


@pytest.mark.slow
@pytest.mark.browser
def test_two_worlds_stand_one_under_the_other_where_that_is_larger(told, browser):
    """A tablet shows both worlds whole, a desk has them side by side, and resizing changes over."""
    _, folder = told
    page = browser.new_page(viewport={"width": 768, "height": 1024})
    for name in ("what-if-15-percent", "what-if-25-percent", "what-if-fca"):
        page.set_viewport_size({"width": 768, "height": 1024})
        page.goto((folder / "exports" / f"{name}.html").as_uri())
        tablet = page.evaluate(UNCOVERED)
        assert (name, True) == (name, tablet["whole"])
        assert tablet["scale"] >= 0.699, name
        chart = page.locator("#chart").bounding_box()
        assert chart["height"] <= 1024 - 60, "a finger finds no place by which to move the page"
        page.set_viewport_size({"width": 1440, "height": 900})
        page.wait_for_function("() => !keiretsu.state.tall && keiretsu.network.getScale() >= 0.7")
        assert page.locator("#chart").bounding_box()["height"] < 900
        page.set_viewport_size({"width": 768, "height": 1024})
        page.wait_for_function("(tall) => keiretsu.state.tall === tall", arg=tablet["tall"])
        page.wait_for_timeout(50)
        again = page.evaluate(UNCOVERED)
        assert (tablet["whole"], tablet["scale"]) == (again["whole"], pytest.approx(again["scale"]))
    page.close()
