"""The pages of the demo in a real browser: nothing lies over the picture, and all is in view."""

import pytest

from keiretsu.cli.gallery import EXHIBITS

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
    scale: network.getScale(), shape: state.shape };
}"""
"""What of the picture something else lies over, how much was looked at, and how the page opened."""


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1280, 720), (768, 1024), (390, 844)])
def test_nothing_lies_over_a_picture_as_it_opens(demo, browser, width, height):
    """No map, legend or button covers what is drawn; on a desk every picture is whole and read."""
    context = browser.new_context(viewport={"width": width, "height": height})
    opened, with_map = {}, 0
    for exhibit in EXHIBITS:
        page = context.new_page()
        page.goto((demo.folder / f"{exhibit.name}.html").as_uri())
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
def test_two_worlds_stand_one_under_the_other_where_that_is_larger(demo, browser):
    """A tablet shows both worlds whole, a desk has them side by side, and resizing changes over."""
    page = browser.new_page(viewport={"width": 768, "height": 1024})
    for name in ("what-if-15-percent", "what-if-25-percent", "what-if-fca"):
        page.set_viewport_size({"width": 768, "height": 1024})
        page.goto((demo.folder / f"{name}.html").as_uri())
        tablet = page.evaluate(UNCOVERED)
        expected = "wide" if name == "what-if-fca" else "below"
        assert (name, expected, True) == (name, tablet["shape"], tablet["whole"])
        assert tablet["scale"] >= 0.699, name
        chart = page.locator("#chart").bounding_box()
        assert chart["height"] <= 1024 - 60, "a finger finds no place by which to move the page"
        page.set_viewport_size({"width": 1440, "height": 900})
        page.wait_for_function(
            "() => keiretsu.state.shape === 'wide' && keiretsu.network.getScale() >= 0.7"
        )
        assert page.locator("#chart").bounding_box()["height"] < 900
        page.set_viewport_size({"width": 768, "height": 1024})
        page.wait_for_function("(shape) => keiretsu.state.shape === shape", arg=tablet["shape"])
        page.wait_for_timeout(50)
        again = page.evaluate(UNCOVERED)
        assert (tablet["whole"], tablet["scale"]) == (again["whole"], pytest.approx(again["scale"]))
    page.close()
