"""Scenes by hand: the alliance, also marked and in time, and pictures that are hard to draw."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import strategies as st

from keiretsu.views import FLOAT, Evidence, Percent, Scene, SceneLink, SceneParty
from keiretsu.views.scene.model import Moment
from keiretsu.views.scene.overlay import POSSIBLE, Badge, Overlay

REPORT = {
    "title": "Registration Document 2019",
    "publisher": "Groupe Renault",
    "date": "2020-03-19",
    "url": "https://www.renaultgroup.com/en/finance/urd-2019.pdf",
}


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


ALLIANCE = (
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
    SceneParty(id="nissan", kind="Company", label="Nissan Motor Co., Ltd.", subtitle="Listed · JP"),
    SceneParty(
        id="finance", kind="Company", label="Nissan Finance Co., Ltd.", subtitle="Unlisted · JP"
    ),
    SceneParty(
        id="mmc", kind="Company", label="Mitsubishi Motors Corporation", subtitle="Listed · JP"
    ),
    SceneParty(id="mc", kind="Company", label="Mitsubishi Corporation", subtitle="Listed · JP"),
    SceneParty(id="daimler", kind="Company", label="Daimler AG", subtitle="Listed · DE"),
    SceneParty(id="kuwait", kind="State", label="State of Kuwait", subtitle="State · KW"),
    SceneParty(id="rnbv", kind="Company", label="Renault-Nissan B.V.", subtitle="Unlisted · NL"),
    SceneParty(id="lada", kind="Company", label="Lada Auto Holding", subtitle="Unlisted · RU"),
    SceneParty(id="avtovaz", kind="Company", label="AvtoVAZ", subtitle="Unlisted · RU"),
    SceneParty(id="rostec", kind="Agency", label="Rostec", subtitle="Agency · RU"),
    SceneParty(id="russia", kind="State", label="Russian Federation", subtitle="State · RU"),
)


STAKES = (
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


@pytest.fixture(scope="session")
def alliance() -> Scene:
    """Return the alliance on 2019-09-03, by hand."""
    return Scene(
        title="Who holds what: the Renault-Nissan-Mitsubishi alliance",
        subtitle="As of 2019-09-03",
        as_of="2019-09-03",
        parties=ALLIANCE,
        links=STAKES,
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


@st.composite
def scenes(draw, most_parties, most_links):
    """Return parties that hold whatever, in loops, twice or in themselves."""
    count = draw(st.integers(1, most_parties))
    parties = tuple(SceneParty(id=str(n), label=f"Party {n}") for n in range(count))
    ends = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1))
    pairs = draw(st.lists(ends, max_size=most_links))
    shares = draw(st.lists(st.integers(0, 100), min_size=len(pairs), max_size=len(pairs)))
    links = tuple(
        SceneLink(id=f"l{at}", holder=str(a), issuer=str(b), capital=Percent.point(share))
        for at, ((a, b), share) in enumerate(zip(pairs, shares, strict=True))
    )
    return Scene(title="", as_of="", parties=parties, links=links)
