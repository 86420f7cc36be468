"""Claims of powers that are no shares decide the legal tests that ask for them, and no others."""

import datetime as dt
from fractions import Fraction

import pytest

from keiretsu import beneficial, scenario, screen
from keiretsu.model import (
    ClaimSet,
    Directness,
    Document,
    Holding,
    Interest,
    Party,
    PartyKind,
    Period,
    Share,
    Status,
)
from keiretsu.snapshot import Snapshot

DAY = dt.date(2024, 1, 1)
NAMES = {
    "P": PartyKind.PERSON,
    "Q": PartyKind.PERSON,
    "H": PartyKind.COMPANY,
    "T": PartyKind.COMPANY,
}
MAJORITY = "right to appoint or remove a majority of the directors"
SIGNIFICANT = "significant influence or control"


def claim(holder, issuer, interest, *, percent=None, **more):
    return Holding(
        id=f"urn:{holder}-{issuer}-{interest.value}-{len(repr(more))}",
        document="urn:register",
        holder=f"urn:{holder}",
        issuer=f"urn:{issuer}",
        interest=interest,
        capital=None if percent is None else Share.point(Fraction(percent, 100)),
        **{"directness": Directness.UNKNOWN} | more,
    )


def shares(holder, issuer, percent):
    directness = {"directness": Directness.DIRECT}
    return claim(holder, issuer, Interest.SHAREHOLDING, percent=percent, **directness)


def world(*claims, day=DAY):
    parties = {
        f"urn:{name}": Party(id=f"urn:{name}", label=name, kind=kind, jurisdiction="GB")
        for name, kind in NAMES.items()
    }
    document = Document(id="urn:register", title="The Register")
    return Snapshot.of(
        ClaimSet(parties=parties, documents={document.id: document}, holdings=claims), day
    )


def grounds(snapshot, company, regime):
    return {
        row.person: {ground.reading: ground.verdict.value for ground in row.grounds}
        for row in beneficial(snapshot, company, regime)
    }


BOARD, LAW, ARTICLES, INFLUENCE = (
    Interest.APPOINTMENT_OF_BOARD,
    Interest.CONTROL_BY_LEGAL_FRAMEWORK,
    Interest.CONTROL_VIA_COMPANY_RULES_OR_ARTICLES,
    Interest.OTHER_INFLUENCE_OR_CONTROL,
)


@pytest.mark.parametrize(
    ("interest", "note", "regime", "expected"),
    [
        (BOARD, MAJORITY, "psc", {"board": "certain"}),
        (BOARD, "three of five directors", "psc", {"board": "possible"}),
        (BOARD, None, "amlr", {"53": "possible"}),
        (LAW, None, "amlr", {"53": "certain"}),
        (ARTICLES, "golden share", "psc", {"board": "certain"}),
        (ARTICLES, None, "gwg", {"votes": "certain"}),
        (INFLUENCE, SIGNIFICANT, "psc", {"influence": "certain"}),
        (INFLUENCE, "adviser", "psc", {"influence": "possible"}),
        (INFLUENCE, SIGNIFICANT, "amlr", None),
        (Interest.SENIOR_MANAGING_OFFICIAL, None, "psc", None),
        (Interest.UNKNOWN_INTEREST, None, "psc", None),
    ],
)
def test_a_claimed_power_makes_an_owner(interest, note, regime, expected):
    found = grounds(world(claim("P", "T", interest, note=note)), "T", regime)

    assert ({} if expected is None else {"P": expected}) == found


def test_the_claim_is_the_reason():
    """With its document, its words, and what it leaves open."""
    snapshot = world(claim("P", "T", BOARD, note="appoints directors"), shares("P", "T", 10))

    (row,) = beneficial(snapshot, "T", "psc").as_rows()

    (ground,) = row["grounds"]
    sentence = (
        "P has over T, by The Register: appointment of board (appoints directors); "
        "whether it is the majority of the board is not told."
    )
    assert (None, "possible", "CA 2006 Sch. 1A para 4") == (
        row["percent"],
        row["verdict"],
        ground["article"],
    )
    assert [sentence] == ground["chain"]
    assert "whether it is the majority of the board is not told" in row["unknown"]
    assert not [text for text in row["unknown"] if "ranges" in text]
    (part,) = ground["through"]
    assert 2 == len(part["claim_ids"]) == len(part["sources"])
    assert "The Register" == part["sources"][0]["title"]


def test_powers_pass_down_chains_and_shares_pass_down_to_powers():
    below = world(claim("P", "H", LAW), shares("H", "T", 60))
    above = world(shares("P", "H", 60), claim("H", "T", LAW))

    for snapshot in (below, above):
        assert "certain" == grounds(snapshot, "T", "amlr")["P"]["53"]
        caught = {row.company: row.verdict.value for row in screen(snapshot, "uk-sanctions", ["P"])}
        assert {"H": "certain", "T": "certain"} == caught


def test_ownership_alone_counts_no_power():
    snapshot = world(claim("P", "T", LAW), shares("P", "T", 10))

    assert 0 == len(screen(snapshot, "ofac", ["P"]))
    assert ["T"] == [row.company for row in screen(snapshot, "eu-sanctions", ["P"])]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"status": Status.DISPUTED}, {"board": "possible"}),
        ({"status": Status.REJECTED}, None),
        ({"status": Status.SUPERSEDED}, None),
        ({"period": Period.parse("2023", None)}, {"board": "certain"}),
        ({"period": Period.parse("2024", None)}, {"board": "possible"}),
        ({"period": Period.parse("2001", "2023-05-01")}, None),
        ({"period": Period.parse("2024-01-02", None)}, None),
    ],
)
def test_status_and_dates_of_the_claim_decide(more, expected):
    snapshot = world(claim("P", "T", LAW, **more))

    assert ({} if expected is None else {"P": expected}) == grounds(snapshot, "T", "psc")


def test_a_certain_power_beats_a_possible_one():
    snapshot = world(claim("P", "T", BOARD), claim("P", "T", LAW, note="by statute"))

    (row,) = beneficial(snapshot, "T", "psc")

    assert "certain" == row.verdict.value
    assert ("P has over T, by The Register: control by legal framework (by statute).",) == (
        row.grounds[0].chain
    )


def test_powers_stay_in_a_scenario():
    snapshot = world(claim("P", "T", LAW), shares("Q", "T", 10))

    after = scenario(snapshot, hold={("Q", "T"): "12%"})

    assert {"P": {"board": "certain"}} == grounds(after, "T", "psc")
