"""Published and constructed cases of legal tests and voting law, from `oracles.json`."""

from fractions import Fraction

import pytest

from keiretsu.measures import beneficial, control, screen
from keiretsu.mirror import snapshot_of_shares
from keiretsu.rights import rights_of


def world(case):
    """Return the cap table of a case; shares are read as their decimals."""
    return snapshot_of_shares({(a, b): str(share) for a, b, share in case["edges"]})


def caught(snapshot, regime, listed, **options):
    """Return the companies that are certainly caught."""
    answer = screen(snapshot, regime, listed, **options)
    return [row.company for row in answer if row.verdict == "certain"]


def readings(case, regime):
    """Return the grounds by which the person of a case is certainly an owner, with their shares."""
    answer = beneficial(world(case), "T", regime)
    rows = [row for row in answer if row.person == case["params"]["person"]]
    return {ground.reading: ground.bounds.low for row in rows for ground in row.grounds}


@pytest.mark.oracle("ofac-01", "ofac-04", "ofac-05")
def test_the_fifty_percent_rule(case):
    """Half or more, all blocked persons together, in full through entities so owned."""
    assert case["expected"] == caught(world(case), "ofac", case["params"]["blocked_persons"])


@pytest.mark.oracle("sanc-01")
def test_who_adds_up_whom(case):
    """The United States and the Union add listed persons up; the United Kingdom only jointly."""
    listed, expected = case["params"]["listed"], case["expected"]
    snapshot = world(case)
    assert expected["US"] == caught(snapshot, "ofac", listed)
    assert expected["US"] == caught(snapshot, "eu-sanctions", listed)
    assert expected["UK"] == caught(snapshot, "uk-sanctions", listed)
    joint = caught(snapshot, "uk-sanctions", listed, joint=[listed])
    assert expected["UK_joint_arrangement"] == joint


@pytest.mark.oracle("ubo-01", "ubo-02", "ubo-03")
def test_three_readings_of_the_directive(case):
    """Multiplication, rolling and dominancy are three answers."""
    expected, found = case["expected"], readings(case, "amld")
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


@pytest.mark.oracle("ubo-02", "ubo-03")
def test_articles_of_the_regulation(case):
    """Articles 52, 53 and 54 are separate grounds."""
    expected = {text.partition(":")[0] for text in case["expected"]["amlr"]}
    assert expected == set(readings(case, "amlr"))


@pytest.mark.oracle("ubo-07")
def test_majority_stakes_at_every_link(case):
    """Twice 20 % through majority stakes are 40 %, though the product is 20.4."""
    expected = case["expected"]
    share = Fraction(str(expected["psc_indirect_share"]))
    assert {"shares": share, "votes": share} == readings(case, "psc")
    answer = beneficial(world(case), "T", "amld", readings=["multiplication"])
    assert ["Q"] == [row.person for row in answer]
    everything = beneficial(world(case), "T", "amld")
    product = next(g for r in everything if r.person == "P" for g in r.not_met)
    assert ("multiplication", Fraction(str(expected["product"]))) == (
        product.reading,
        product.bounds.low,
    )


@pytest.mark.oracle("close-01")
def test_close_links_by_three_rules(case):
    """A third party's quarter of both links them by the guideline and by neither other rule."""
    params, expected = case["params"], case["expected"]
    rows = {r.company: r for r in screen(world(case), "close-links", [params["x"]])}
    grounds = {ground.reading: ground for ground in rows[params["y"]].grounds}
    assert ["third:Z"] == expected["ecb_20_20"]
    assert {"guideline"} == set(grounds)
    assert "Z has 20 % or more of both X and Y." in grounds["guideline"].chain
    assert expected["t2s_majority"] == []


@pytest.mark.oracle("whatif-01")
def test_what_would_give_control(case):
    """A fifth more is not enough, the quarter is: 50 is not more than 50."""
    params, expected = case["params"], case["expected"]
    found = control(world(case), by=params["actor"], of=params["target"])[0]
    assert Fraction(str(expected["gap"])) == found.missing
    blocks = {block.holder: block.sufficient for block in found.blocks}
    assert (expected["buy_B2"], expected["buy_B1"]) == (blocks["B2"], blocks["B1"])


@pytest.mark.oracle("defacto-01")
def test_a_majority_of_those_who_come(case):
    """28.61 % are a majority of the votes cast while less than 57.22 % come."""
    expected = case["expected"]
    snapshot = world(case)
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


@pytest.mark.oracle("vote-07")
def test_mutual_participation_in_germany(case, register):
    """Of two that hold 30 % of each other the one that learnt of it later has 25 % of the votes."""
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
