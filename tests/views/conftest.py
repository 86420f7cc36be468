"""Scenes for the tests of the views: the alliance by hand, and pictures that are hard to draw."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from keiretsu import OwnershipGraph
from keiretsu.cli import app
from keiretsu.cli.gallery import EXHIBITS
from keiretsu.views import FLOAT, Evidence, Percent, Scene, SceneLink, SceneParty, render_html
from keiretsu.views.scene.arrangements import arrangements_of
from keiretsu.views.scene.overlay import Badge, Overlay

if TYPE_CHECKING:
    from pathlib import Path

    from keiretsu.views.scene.arrangements import Arrangement

REPORT = {
    "title": "Registration Document 2019",
    "publisher": "Groupe Renault",
    "date": "2020-03-19",
    "url": "https://www.renaultgroup.com/en/finance/urd-2019.pdf",
}
HOSTILE = (
    "</script><img src=x onerror=alert(1)>",
    "<!--<script>alert(1)</script>",
    '"\' onmouseover=alert(1) x="',
    "javascript:alert(1)",
    "{{ 7*7 }}{% raw %}${7*7}",
    "]]><svg onload=alert(1)>&lt;b&gt;&amp;",
    "a\u2028b\u2029c\x00d\x1be\ud800f\ufffe",
    "gpj.\u202etxt\u202c.exe",
    '=HYPERLINK("https://example.org")',
    "`;alert(1)//\\u003cscript\\u003e",
)


def _share(text: str | float | None) -> Percent | None:
    if text is None:
        return None
    if text == "unknown":
        return Percent.unknown()
    if isinstance(text, str) and "-" in text:
        return Percent.between(*text.split("-"))
    return Percent.point(text)


def stake(holder, issuer, capital, votes="same", **more):
    """Return a link; its votes are its capital unless told."""
    capital_share = _share(capital)
    votes_share = capital_share if votes == "same" else _share(votes)
    given = {
        "evidence": (
            Evidence(claim=f"urn:claim:{holder}:{issuer}", valid="on 2019-09-03", **REPORT),
        ),
        **more,
    }
    return SceneLink(
        id=f"{holder}>{issuer}",
        holder=holder,
        issuer=issuer,
        capital=capital_share,
        votes=votes_share,
        gross_votes=votes_share,
        agreed_votes=votes_share,
        **given,
    )


@pytest.fixture(scope="session")
def alliance() -> Scene:
    """Return the alliance on 2019-09-03, by hand."""
    parties = (
        SceneParty(id="state", kind="State", label="French State", subtitle="State · FR"),
        SceneParty(
            id="renault",
            kind="Company",
            label="Renault S.A.",
            subtitle="Listed · FR",
            country="FR",
            focus=True,
            facts=(("ISIN", "FR0000131906"), ("Shares issued", "295,722,284")),
        ),
        SceneParty(
            id="nissan", kind="Company", label="Nissan Motor Co., Ltd.", subtitle="Listed · JP"
        ),
        SceneParty(
            id="finance", kind="Company", label="Nissan Finance Co., Ltd.", subtitle="Unlisted · JP"
        ),
        SceneParty(
            id="mmc", kind="Company", label="Mitsubishi Motors Corporation", subtitle="Listed · JP"
        ),
        SceneParty(id="mc", kind="Company", label="Mitsubishi Corporation", subtitle="Listed · JP"),
        SceneParty(id="daimler", kind="Company", label="Daimler AG", subtitle="Listed · DE"),
        SceneParty(id="kuwait", kind="State", label="State of Kuwait", subtitle="State · KW"),
        SceneParty(
            id="rnbv", kind="Company", label="Renault-Nissan B.V.", subtitle="Unlisted · NL"
        ),
        SceneParty(id="lada", kind="Company", label="Lada Auto Holding", subtitle="Unlisted · RU"),
        SceneParty(id="avtovaz", kind="Company", label="AvtoVAZ", subtitle="Unlisted · RU"),
        SceneParty(id="rostec", kind="Agency", label="Rostec", subtitle="Agency · RU"),
        SceneParty(id="russia", kind="State", label="Russian Federation", subtitle="State · RU"),
    )
    links = (
        stake("state", "renault", "15.01", "22-28.7", remarks=("Double votes are registered.",)),
        stake("renault", "nissan", "43.4", "43.7"),
        stake("nissan", "finance", 100),
        stake("finance", "renault", 15, 0, reason="C. com. L.233-31: no votes"),
        stake("nissan", "mmc", 34),
        stake("mc", "mmc", 20),
        stake("daimler", "renault", "3.1"),
        stake("daimler", "nissan", "3.1"),
        stake("renault", "daimler", "1.54"),
        stake("nissan", "daimler", "1.54"),
        stake("kuwait", "daimler", "6.8"),
        stake("renault", "rnbv", 50),
        stake("nissan", "rnbv", 50),
        stake("renault", "lada", "67.61"),
        stake("rostec", "lada", "32.39", indirect=True),
        stake("russia", "rostec", 100),
        stake("lada", "avtovaz", 100),
    )
    return Scene(
        title="Who holds what: the Renault-Nissan-Mitsubishi alliance",
        subtitle="As of 2019-09-03",
        as_of="2019-09-03",
        parties=parties,
        links=links,
        notes=(
            "French State → Renault S.A.: only percentages are known, so its votes are a range.",
            "One share is taken to have one vote where nothing else is said.",
        ),
        left_out="4 further parties lie more than 2 steps away and are left out; a larger depth "
        "shows them.",
    )


@pytest.fixture(scope="session")
def odd_kinds() -> Scene:
    """Return one party of every kind, and every sort of share that is not a plain number."""
    kinds = (
        "Party", "Person", "Organisation", "Company", "Fund", "Arrangement", "GovernmentBody",
        "State", "SubnationalState", "Ministry", "Agency", "Concert", "Alliance",
        "NewsOrganisation", "UnknownParty", FLOAT,
    )  # fmt: skip
    parties = [SceneParty(id=kind, kind=kind, label=f"The {kind}") for kind in kinds]
    parties.append(SceneParty(id="firm", kind="Company", label="The Firm", focus=True))
    shares = [
        ("Person", "25-50", "same", {}),
        ("Fund", "unknown", "same", {}),
        ("State", 5, None, {}),
        ("Arrangement", None, 7, {}),
        ("Concert", None, None, {}),
        ("UnknownParty", "0-3", "same", {"doubtful": True}),
        (FLOAT, "12.5", 0, {"reason": "Articles of association, art. 12: no votes"}),
        ("Alliance", 8, "0-8", {"indirect": True, "doubtful": True}),
        ("firm", "2.5", 0, {"reason": "JP 308(2): own shares"}),
    ]
    links = tuple(
        stake(who, "firm", capital, votes, **more) for who, capital, votes, more in shares
    )
    return Scene(
        title="Every kind of party",
        as_of="2024-12-31",
        rights="agreed-votes",
        parties=tuple(parties),
        links=links,
    )


@pytest.fixture(scope="session")
def star() -> Scene:
    """Return a firm with 25 owners."""
    owners = [
        SceneParty(
            id=f"o{n}", kind=("Person", "Company", "Fund")[n % 3], label=f"Shareholder number {n}"
        )
        for n in range(25)
    ]
    firm = SceneParty(id="firm", kind="Company", label="Widely Held plc", focus=True)
    links = tuple(stake(owner.id, "firm", f"{4 - n * 0.13:.2f}") for n, owner in enumerate(owners))
    return Scene(title="A star", as_of="2024-12-31", parties=(firm, *owners), links=links)


@pytest.fixture(scope="session")
def pyramid() -> Scene:
    """Return a chain of wholly-owned firms with branches."""
    parties = tuple(
        SceneParty(
            id=str(n), kind="Company", label=f"Holding {n} S.à r.l.", subtitle="Unlisted · LU"
        )
        for n in range(12)
    )
    links = tuple(stake(str((n - 1) // 2 if n > 6 else n - 1), str(n), 100) for n in range(1, 12))
    return Scene(title="A pyramid of 100 %", as_of="2024-12-31", parties=parties, links=links)


@pytest.fixture(scope="session")
def long_names() -> Scene:
    """Return names that are long, unbroken, or in other scripts."""
    names = (
        "三菱自動車工業株式会社及び日産自動車株式会社並びにその関係会社",
        "AktiengesellschaftsbeteiligungsverwaltungsgesellschaftmitbeschränkterHaftung & Co. KG",
        "Public Investment Fund of the Kingdom of Arabia, represented by the Ministry of Finance",
        "شركة الاستثمارات الكويتية",
        "",
        "Ño̵̴̢̤͙ Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́O",
    )
    parties = tuple(
        SceneParty(id=str(at), kind="Company", label=name, subtitle=name, focus=at == 0)
        for at, name in enumerate(names)
    )
    links = tuple(stake(str(at), str(at + 1), 51) for at in range(len(names) - 1))
    return Scene(title=names[2], as_of="2024-12-31", parties=parties, links=links)


@pytest.fixture(scope="session")
def hostile() -> Scene:
    """Return hostile text in every field that a stranger can fill."""
    parties = tuple(
        SceneParty(
            id=f"{text}{at}",
            kind=text if at % 2 else "Company",
            label=text,
            subtitle=text,
            country=text,
            facts=((text, text),),
        )
        for at, text in enumerate(HOSTILE)
    )
    ids = [party.id for party in parties]
    links = tuple(
        SceneLink(
            id=f"{text}{at}",
            holder=ids[at],
            issuer=ids[(at + 1) % len(ids)],
            kind=text,
            capital=Percent.point(30),
            votes=Percent.point(0),
            reason=text,
            remarks=(text,),
            share_class=text,
            via=text,
            change=text,
            evidence=(_hostile_claim(text),),
            conflicts=(_hostile_claim(text),),
        )
        for at, text in enumerate(HOSTILE)
    )
    return Scene(
        title=HOSTILE[0],
        subtitle=HOSTILE[1],
        as_of=HOSTILE[2],
        parties=parties,
        links=links,
        notes=HOSTILE,
        left_out=HOSTILE[0],
        focus=(ids[0],),
        overlays=tuple(
            Overlay(
                key=f"{text}{at}",
                title=text,
                note=text,
                badges=(Badge(party=ids[at], text=text, words=text, tone="possible"),),
            )
            for at, text in enumerate(HOSTILE)
        ),
    )


def _hostile_claim(text):
    return Evidence(
        claim=text, text=text, title=text, publisher=text, date=text, url=text, sourcing=text,
        status=text, valid=text,
    )  # fmt: skip


@pytest.fixture(scope="session")
def case() -> OwnershipGraph:
    """Return the bundled data."""
    return OwnershipGraph.open()


@dataclass(frozen=True)
class Demo:
    """What the demo told and wrote, and the arrangements of each picture, by its name."""

    ended: Result
    folder: Path
    arrangements: dict[str, tuple[Arrangement, ...]]

    def page(self, name: str) -> str:
        """Return a page that it wrote."""
        return (self.folder / f"{name}.html").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def demo(tmp_path_factory) -> Demo:
    """Run the demo once: it draws all that is shipped, which takes minutes."""
    folder, drawn = tmp_path_factory.mktemp("demo") / "exports", []

    def arranged(scene):
        drawn.append(arrangements_of(scene))
        return drawn[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("keiretsu.views.page.html.arrangements_of", arranged)
        ended = CliRunner().invoke(app, ["demo", "--exports", str(folder)])
    names = (one.name for one in EXHIBITS)
    return Demo(ended, folder, dict(zip(names, drawn, strict=ended.exit_code == 0)))


# -- the browser ----------------------------------------------------------------------------------

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
