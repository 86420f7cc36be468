"""Published and constructed cases of legal tests and voting law, from `legal_cases.json`."""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from keiretsu.measures import beneficial, control, screen
from keiretsu.mirror import snapshot_of_shares
from keiretsu.rights import rights_of

CASES = {
    case["id"]: case
    for case in json.loads((Path(__file__).parent / "legal_cases.json").read_text("utf-8"))
}
OFAC = ["ofac-01", "ofac-04", "ofac-05"]
OWNERS = ["ubo-01", "ubo-02", "ubo-03", "ubo-07"]
OTHERS = ["close-01", "defacto-01", "sanc-01", "vote-07", "whatif-01"]


def world(name):
    """Return the cap table of a case; shares are read as their decimals."""
    return snapshot_of_shares({(a, b): str(share) for a, b, share in CASES[name]["edges"]})


def caught(snapshot, regime, listed, **options):
    """Return the companies that are certainly caught."""
    answer = screen(snapshot, regime, listed, **options)
    return [row.company for row in answer if row.verdict == "certain"]


def readings(name, regime):
    """Return the grounds by which the person of a case is certainly an owner, with their shares."""
    answer = beneficial(world(name), "T", regime)
    rows = [row for row in answer if row.person == CASES[name]["params"]["person"]]
    return {ground.reading: ground.bounds.low for row in rows for ground in row.grounds}


def test_all_cases_are_used():
    """The file holds exactly the cases that this suite runs."""
    assert sorted([*OFAC, *OWNERS, *OTHERS]) == sorted(CASES)
    assert 12 == len(CASES)
    assert all(case["source"] for case in CASES.values())


@pytest.mark.parametrize("name", OFAC)
def test_the_fifty_percent_rule(name):
    """Half or more, all blocked persons together, in full through entities so owned."""
    case = CASES[name]
    assert case["expected"] == caught(world(name), "ofac", case["params"]["blocked_persons"])


def test_who_adds_up_whom():
    """The United States and the Union add listed persons up; the United Kingdom only jointly."""
    case = CASES["sanc-01"]
    listed, expected = case["params"]["listed"], case["expected"]
    snapshot = world("sanc-01")
    assert expected["US"] == caught(snapshot, "ofac", listed)
    assert expected["US"] == caught(snapshot, "eu-sanctions", listed)
    assert expected["UK"] == caught(snapshot, "uk-sanctions", listed)
    joint = caught(snapshot, "uk-sanctions", listed, joint=[listed])
    assert expected["UK_joint_arrangement"] == joint


@pytest.mark.parametrize("name", ["ubo-01", "ubo-02", "ubo-03"])
def test_three_readings_of_the_directive(name):
    """Multiplication, rolling and dominancy are three answers."""
    expected, found = CASES[name]["expected"], readings(name, "amld")
    keys = {
        "multiplication": ("multiplication", "multiplication>25", "amld >25"),
        "rolling": ("rolling",),
        "dominancy": ("dominancy", "dominancy>25"),
    }
    told = {
        reading: expected[key]
        for reading, names in keys.items()
        for key in names
        if key in expected
    }
    assert len(told) >= 2
    assert told == {reading: reading in found for reading in told}


@pytest.mark.parametrize("name", ["ubo-02", "ubo-03"])
def test_articles_of_the_regulation(name):
    """Articles 52, 53 and 54 are separate grounds."""
    expected = {text.partition(":")[0] for text in CASES[name]["expected"]["amlr"]}
    assert expected == set(readings(name, "amlr"))


def test_majority_stakes_at_every_link():
    """Twice 20 % through majority stakes are 40 %, though the product is 20.4."""
    expected = CASES["ubo-07"]["expected"]
    share = Fraction(str(expected["psc_indirect_share"]))
    assert {"shares": share, "votes": share} == readings("ubo-07", "psc")
    answer = beneficial(world("ubo-07"), "T", "amld", readings=["multiplication"])
    assert ["Q"] == [row.person for row in answer]
    everything = beneficial(world("ubo-07"), "T", "amld")
    product = next(g for r in everything if r.person == "P" for g in r.not_met)
    assert ("multiplication", Fraction(str(expected["product"]))) == (
        product.reading,
        product.bounds.low,
    )


def test_close_links_by_three_rules():
    """A third party's quarter of both links them by the guideline and by neither other rule."""
    params, expected = CASES["close-01"]["params"], CASES["close-01"]["expected"]
    rows = {r.company: r for r in screen(world("close-01"), "close-links", [params["x"]])}
    grounds = {ground.reading: ground for ground in rows[params["y"]].grounds}
    assert ["third:Z"] == expected["ecb_20_20"]
    assert {"guideline"} == set(grounds)
    assert "Z has 20 % or more of both X and Y." in grounds["guideline"].chain
    assert expected["t2s_majority"] == []


def test_what_would_give_control():
    """A fifth more is not enough, the quarter is: 50 is not more than 50."""
    params, expected = CASES["whatif-01"]["params"], CASES["whatif-01"]["expected"]
    found = control(world("whatif-01"), by=params["actor"], of=params["target"])[0]
    assert Fraction(str(expected["gap"])) == found.missing
    blocks = {block.holder: block.sufficient for block in found.blocks}
    assert (expected["buy_B2"], expected["buy_B1"]) == (blocks["B2"], blocks["B1"])


def test_a_majority_of_those_who_come():
    """28.61 % are a majority of the votes cast while less than 57.22 % come."""
    expected = CASES["defacto-01"]["expected"]
    snapshot = world("defacto-01")
    asked = {"by": "FrenchState", "of": "Renault"}
    low, high = (
        control(snapshot, **asked, turnout=Fraction(percent, 100))[0] for percent in (55, 60)
    )
    assert expected["at_55pct"] == (low.verdict == "certain")
    assert expected["at_60pct"] == (high.verdict == "certain")
    even = Fraction(str(expected["breakeven_turnout"]))
    assert "impossible" == control(snapshot, **asked, turnout=even)[0].verdict
    below = even - Fraction(1, 10**9)
    assert "certain" == control(snapshot, **asked, turnout=below)[0].verdict


def test_mutual_participation_in_germany(register):
    """Of two that hold 30 % of each other the one that learnt of it later has 25 % of the votes."""
    case = CASES["vote-07"]
    book = register().party("A", jurisdiction="DE").party("B", jurisdiction="DE")
    for day, (holder, issuer, share) in enumerate(case["edges"], start=1):
        book.holds(holder, issuer, str(share * 100), since=f"2010-01-{day:02d}")
    snapshot = book.on("2020-06-30")
    votes = rights_of(snapshot).votes
    found = {
        f"{h}_in_{i}": votes.bounds(snapshot.position(i), {snapshot.position(h)}).low
        for h, i, _ in case["edges"]
    }
    assert {k: Fraction(str(v)) for k, v in case["expected"].items()} == found
