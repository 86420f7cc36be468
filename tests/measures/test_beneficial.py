"""Beneficial owners by the law of several countries: thresholds, chains, bands, open ends."""

from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keiretsu.errors import NameNotFoundError
from keiretsu.measures import beneficial, control
from keiretsu.mirror import snapshot_of_shares
from keiretsu.model import PartyKind


def grounds(snapshot, company, regime, **options):
    """Return for each owner the readings by which it is one, with their verdicts."""
    return {
        row.person: {g.reading: g.verdict.value for g in row.grounds}
        for row in beneficial(snapshot, company, regime, **options)
    }


QUARTER = {
    # regime, direct share: whether the holder is an owner
    ("amlr", "25"): True, ("amlr", "24.9999"): False,
    ("amld", "25"): False, ("amld", "25.0001"): True,
    ("gwg", "25"): False, ("gwg", "25.0001"): True,
    ("psc", "25"): False, ("psc", "25.0001"): True,
}  # fmt: skip


@pytest.mark.parametrize(("regime", "share"), QUARTER)
def test_exactly_a_quarter(regime, share):
    """A quarter is enough under the regulation and nowhere else."""
    world = snapshot_of_shares({("P", "T"): f"{share}%"})
    assert QUARTER[regime, share] == bool(len(beneficial(world, "T", regime)))


def test_a_quarter_by_many_small_chains():
    """Products add up exactly: ten chains of 2.5 % are a quarter, and a hair less is not."""
    for last, expected in (("25%", {"52": "certain"}), ("24.999999%", None)):
        shares = {(f"h{n}", "T"): "10%" for n in range(10)}
        shares |= {("P", f"h{n}"): "25%" for n in range(9)} | {("P", "h9"): last}
        assert expected == grounds(snapshot_of_shares(shares), "T", "amlr").get("P")


def test_a_quarter_through_a_loop():
    """A loop's share is solved exactly: a third, where half of the company comes back to it."""
    world = snapshot_of_shares(
        {("P", "A"): "50%", ("B", "A"): "50%", ("A", "B"): "50%", ("Q", "B"): "50%"}
    )
    rows = {row.person: row for row in beneficial(world, "B", "amlr", readings=["52"])}
    assert (F(1, 3), F(2, 3)) == (rows["P"].bounds.low, rows["Q"].bounds.low)


ARTICLES = {
    # name: (shares, grounds of P by the regulation, where the answer comes from)
    "direct": ({("P", "T"): "30%"}, {"52"}, "an interest of 25 % or more"),
    "a direct majority": ({("P", "T"): "60%"}, {"52", "53"}, "interest and control"),
    "control all the way": (
        {("P", "A"): "51%", ("A", "T"): "51%"},
        {"52", "53", "54a", "54b"},
        "product 26.01 %",
    ),
    "control then interest": ({("P", "A"): "60%", ("A", "T"): "40%"}, {"54a"}, "ubo-02"),
    "two controlled entities together": (
        {("P", "A"): "51%", ("P", "B"): "51%", ("A", "T"): "13%", ("B", "T"): "12%"},
        {"54a"},
        "cumulatively 25 %",
    ),
    "interest in a controller": ({("P", "A"): "30%", ("A", "T"): "60%"}, {"54b"}, "18 % product"),
    "interest of an interest": ({("P", "A"): "30%", ("A", "T"): "30%"}, set(), "9 %, no control"),
    "interest two above": (
        {("P", "A"): "50%", ("A", "B"): "50%", ("B", "T"): "60%"},
        {"54b"},
        "25 % of B, which controls T; 15 % product",
    ),
}


@pytest.mark.parametrize(("shares", "expected", "source"), ARTICLES.values(), ids=ARTICLES)
def test_the_articles_of_the_regulation(shares, expected, source):
    """Articles 52, 53, 54(a) and 54(b) are found apart from each other."""
    found = grounds(snapshot_of_shares(shares), "T", "amlr").get("P", {})
    assert expected == set(found), source


def test_chains_are_told():
    """Each ground tells its chain; those that are not met tell what they counted."""
    world = snapshot_of_shares({("P", "A"): "30%", ("A", "T"): "60%"})
    row = beneficial(world, "T", "amlr")[0]
    assert (
        "P 30 % \N{RIGHTWARDS ARROW} A: 30 %.",
        "In all 30 % of the capital of A, which controls T; the limit is 25 % or more.",
    ) == row.grounds[0].chain
    assert {"52": 18.0, "53": 0.0, "54a": 0.0} == {
        g.reading: g.as_dict()["percent"] for g in row.not_met
    }


def test_bands_of_the_british_register():
    """More than 25, more than 50, 75 or more: the highest that is reached is told."""
    bands = {"25.01": "25", "50": "25", "50.01": "50", "74.99": "50", "75": "75"}
    words = {"25": "more than 25 %", "50": "more than 50 %", "75": "75 % or more"}
    for share, band in bands.items():
        row = beneficial(snapshot_of_shares({("P", "T"): f"{share}%"}), "T", "psc")[0]
        assert {words[band]} == {ground.band for ground in row.grounds}, share


def test_declared_bands_are_certain(register):
    """A registered band above the limit is certain, an open one at the limit too."""
    for band, verdict in (("(25,50]", "certain"), ("[25,50]", "possible"), ("75-100", "certain")):
        book = register()
        book.holds("P", "T", band)
        assert {"shares": verdict, "votes": verdict} == grounds(book.on(), "T", "psc")["P"]


def test_joint_arrangements():
    """Each of those who act jointly has the sum: 20 and 20 are 40 each."""
    world = snapshot_of_shares({("P", "T"): "20%", ("Q", "T"): "20%", ("R", "T"): "20%"})
    assert {} == grounds(world, "T", "psc")
    rows = beneficial(world, "T", "psc", joint=[["P", "Q"]])
    assert {"P": F(2, 5), "Q": F(2, 5)} == {row.person: row.bounds.low for row in rows}


def test_a_majority_stake_at_every_link():
    """Half is no majority stake, and nothing passes through it."""
    for upper, expected in (("50", set()), ("50.01", {"P"})):
        world = snapshot_of_shares({("P", "H"): f"{upper}%", ("H", "T"): "90%"})
        assert expected == set(grounds(world, "T", "psc"))
        assert expected == set(grounds(world, "T", "gwg"))


def test_a_power_to_appoint():
    """Who appoints the board's majority is registered without any share."""
    world = snapshot_of_shares({("Q", "T"): "10%"})
    found = grounds(world, "T", "psc", powers=[("Q", "T")])
    assert {"Q": {"board": "certain"}} == found
    assert {"Q": {"53": "certain"}} == grounds(world, "T", "amlr", powers=[("Q", "T")])


# -- who counts --------------------------------------------------------------------------------


def family(register):
    """Return holders of every kind, with 30 % each of companies of their own."""
    book = register()
    kinds = {
        "person": PartyKind.PERSON,
        "thing": PartyKind.PARTY,
        "family": PartyKind.CONCERT,
        "state": PartyKind.STATE,
        "trust": PartyKind.ARRANGEMENT,
        "company": PartyKind.COMPANY,
        "hidden": PartyKind.UNKNOWN_PARTY,
    }
    for name, kind in kinds.items():
        book.party(name, kind=kind)
        book.holds(name, f"of {name}", "30")
    return book


def test_only_persons_count(register):
    """Persons, families and unheld parties of unknown kind are owners; at others it ends."""
    world = family(register).on()
    for name in ("person", "thing", "family"):
        answer = beneficial(world, f"of {name}", "amlr")
        assert [name] == [row.person for row in answer]
        assert [] == answer.fields["unresolved"]
    for name in ("state", "trust", "company", "hidden"):
        answer = beneficial(world, f"of {name}", "amlr")
        assert [] == list(answer)
        (end,) = answer.fields["unresolved"]
        assert (name, "certain", 30.0, "AMLR art. 52") == (
            end["party"], end["verdict"], end["percent"], end["article"]
        )  # fmt: skip
        assert end["why"]
        assert "senior managing officials" in answer.fields["fallback"]


def test_an_unknown_kind_is_said(register):
    """A party whose kind is not recorded is taken for a person, with a warning that names it."""
    answer = beneficial(family(register).on(), "of thing", "gwg")
    assert [("thing",)] == [c.parties for c in answer.cautions if c.code == "kind-unknown"]
    assert "what thing is, is not recorded" in answer[0].unknown
    assert answer.fields["fallback"] is None


def test_a_held_party_is_no_person():
    """Whoever is held by somebody is an intermediate, whatever its kind."""
    world = snapshot_of_shares({("P", "H"): "100%", ("H", "T"): "100%"})
    assert ["P"] == [row.person for row in beneficial(world, "T", "amlr")]


def test_what_is_not_disclosed_is_told():
    """The undisclosed parts of the company and of those above it are named."""
    world = snapshot_of_shares({("P", "H"): "60%", ("H", "T"): "80%"})
    told = beneficial(world, "T", "amlr").fields["unknown"]
    assert ["H", "T"] == [text.partition("capital of ")[2].split()[0] for text in told]
    assert "who holds 40 % of the capital of H is not disclosed" in told


def test_a_test_of_companies_looks_for_anybody():
    """Whoever consolidates is told, person or not."""
    world = snapshot_of_shares({("P", "H"): "60%", ("H", "T"): "80%"})
    assert {"H", "P"} == set(grounds(world, "T", "ifrs10"))
    links = grounds(world, "T", "close-links", readings=["t2s"])
    assert {"H": {"t2s": "certain"}, "P": {"t2s": "certain"}} == links


def test_other_countries_are_said(register):
    """A British test of a company that is recorded elsewhere says so."""
    book = register().party("T", jurisdiction="US")
    book.holds("P", "T", "60")
    codes = {c.code: c.parties for c in beneficial(book.on(), "T", "psc").cautions}
    assert ("T",) == codes["other-jurisdiction"]


def test_not_yet_law(register):
    """The regulation is told before it applies, and says from when."""
    book = register()
    book.holds("P", "T", "60")
    said = {c.code: c.text for c in beneficial(book.on("2025-01-01"), "T", "amlr").cautions}
    assert "applies from 2027-07-10" in said["not-yet-law"]
    assert "not-yet-law" not in {
        c.code for c in beneficial(book.on("2027-07-10"), "T", "amlr").cautions
    }


def test_unknown_companies_are_refused():
    """A company that is not there is an error with the nearest names."""
    with pytest.raises(NameNotFoundError, match="no party is named 'Tee'"):
        beneficial(snapshot_of_shares({("P", "T"): "60%"}), "Tee", "gwg")


# -- laws --------------------------------------------------------------------------------------


@given(st.data())
def test_a_controller_is_an_owner(tables_of_shares, data):
    """Whoever controls by a majority, and is held by nobody, is an owner by every test."""
    table = data.draw(tables_of_shares(own_shares=False))
    shares = {
        (h, i): F(units, 100)
        for i, held in table.items()
        for h, units in held.items()
        if h is not None and units
    }
    world = snapshot_of_shares(shares)
    held = {issuer for _, issuer in shares}
    for record in control(world):
        if record.controller not in held:
            for regime in ("gwg", "psc"):
                assert record.controller in grounds(world, record.company, regime)
            found = grounds(world, record.company, "amlr")[record.controller]
            assert {"53"} <= set(found)
