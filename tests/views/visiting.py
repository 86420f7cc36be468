"""Pages opened in a browser, offline, and all that they ask for and complain about."""

from __future__ import annotations

from functools import lru_cache

import pytest

from keiretsu.views import render_html

_SPY = """
window.pwned = [];
for (const name of ['alert', 'confirm', 'prompt']) window[name] = (text) => pwned.push(name + text);
"""


@lru_cache(maxsize=32)
def _page_of(scene) -> str:
    return render_html(scene)


class Visit:
    """A page opened offline, with everything that it asked for and complained about."""

    def __init__(self, browser, path, **settings) -> None:
        self.context = browser.new_context(offline=True, accept_downloads=True, **settings)
        self.context.add_init_script(_SPY)
        self.page = self.context.new_page()
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.url = path.as_uri()
        self.page.goto(self.url)

    def shown(self):
        """Return the ids of the links that are drawn."""
        return set(self.page.evaluate("keiretsu.shown()"))

    def at(self, name):
        """Return where on the screen the middle of a party's box is."""
        return self.page.evaluate(
            """(name) => {
              const box = keiretsu.data.parties.find((party) => party.name === name).box;
              const middle = { x: (box[0] + box[2]) / 2, y: (box[1] + box[3]) / 2 };
              const place = keiretsu.network.canvasToDOM(middle);
              const chart = document.getElementById('chart').getBoundingClientRect();
              return [chart.left + place.x, chart.top + place.y];
            }""",
            name,
        )

    def label_at(self, name):
        """Return where on the screen the first words on a link are."""
        return self.page.evaluate(
            """(name) => {
              const link = keiretsu.data.links.find((one) => one.name === name);
              const text = link.labels.both.find((mark) => mark[0] === 't');
              const [x, y] = link.at;
              const place = keiretsu.network.canvasToDOM({ x: x + text[1], y: y + text[2] });
              const chart = document.getElementById('chart').getBoundingClientRect();
              return [chart.left + place.x, chart.top + place.y];
            }""",
            name,
        )

    def name_of(self, label):
        """Return the page's name of the party with a label."""
        return self.page.evaluate(
            "(label) => keiretsu.data.parties.find((one) => one.label === label).name", label
        )

    def close(self):
        """Leave, and tell whether the page kept quiet."""
        self.context.close()
        return set(self.requests) - {self.url}, self.complaints


@pytest.fixture
def visit(browser, tmp_path):
    """Return a function that opens a scene or a page; at the end it must have kept quiet."""
    visits = []

    def open_scene(scene, *, quiet=True, **settings):
        text = scene if isinstance(scene, str) else _page_of(scene)
        path = tmp_path / f"page{len(visits)}.html"
        path.write_text(text, encoding="utf-8", newline="\n")
        visits.append((Visit(browser, path, **settings), quiet))
        return visits[-1][0]

    yield open_scene
    quiet = [one for one, is_quiet in visits if is_quiet]
    outcomes = [(one.page.evaluate("window.pwned ?? []"), *one.close()) for one in quiet]
    for one, is_quiet in visits:
        if not is_quiet:
            one.context.close()
    assert [([], set(), [])] * len(quiet) == outcomes
