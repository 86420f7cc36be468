"""Who cannot be bypassed, and control by every convention; worked cases, laws, refusals."""

import itertools
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keiretsu.errors import InputError
from keiretsu.mirror import CONVENTIONS, chains, dominators, paths, snapshot_of_shares
from keiretsu.model import PartyKind

DIAMOND = {
    ("top", "gate"): 1,
    ("gate", "left"): 0.6,
    ("gate", "right"): 0.6,
    ("left", "foot"): 0.3,
    ("right", "foot"): 0.3,
}


def shares_of(table):
    """Return a table of units as shares, the remainder and own shares left out."""
    return {
        (holder, issuer): Fraction(units, sum(held.values()))
        for issuer, held in table.items()
        for holder, units in held.items()
        if holder not in (None, issuer) and units
    }


def found(world, party, company, **options):
    """Return control by convention."""
    return {row.convention: row.control for row in chains(world, party, company, **options)}


# -- worked cases ---------------------------------------------------------------------------


def test_a_gate_cannot_be_bypassed():
    """All chains lead through the gate, and through neither side."""
    world = snapshot_of_shares(DIAMOND)
    assert ["gate"] == dominators(world, "top", "foot")
    assert ["gate"] == chains(world, "top", "foot").fields["dominators"]
    assert [] == dominators(world, "foot", "top")
    around = snapshot_of_shares({**DIAMOND, ("top", "foot"): 0.1})
    assert [] == dominators(around, "top", "foot")


def test_the_bodies_of_a_state_are_beginnings(register):
    """Chains of a State begin at its bodies, which nobody passes through."""
    book = register().party("State", kind=PartyKind.STATE)
    for name in ("Fund", "Bank"):
        book.party(name, kind=PartyKind.AGENCY, acts_for="State")
        book.holds(name, "gate", "30")
    book.holds("gate", "foot", "60")
    answer = chains(book.on(), "State", "foot")
    assert ["gate"] == answer.fields["dominators"]
    rows = {row.convention: row.control.low for row in answer}
    # each body's chain is 30 %, and 60 together by law
    assert (Fraction(3, 5), Fraction(3, 5)) == (rows["weakest-link"], rows["majority-fixpoint"])
    assert 36.0 == answer.fields["cash_flow_percent"]


def test_overlapping_chains_share_their_last_link():
    """Two chains over one last holder of 20 % are 20 and not 40 (capped for each last link)."""
    shares = {
        ("f", "x"): 0.3,
        ("f", "y"): 0.3,
        ("x", "m"): 0.3,
        ("y", "m"): 0.3,
        ("m", "t"): 0.2,
    }
    assert Fraction(1, 5) == found(snapshot_of_shares(shares), "f", "t")["weakest-link"].low


def test_each_convention():
    """A chain of 60 and 40 beside a direct 5 %: five answers, one wedge for each."""
    shares = {("f", "a"): 0.6, ("a", "t"): 0.4, ("f", "t"): 0.05}
    answer = chains(snapshot_of_shares(shares), "f", "t")
    assert {
        "weakest-link": 45.0,
        "best-chain": 40.0,
        "last-link": 40.0,
        "majority-fixpoint": 45.0,
        "majority-integrated": 45.0,
    } == {row.convention: row.as_dict()["control_percent"] for row in answer}
    assert 29.0 == answer.fields["cash_flow_percent"]
    assert {16.0, 11.0} == {row.as_dict()["wedge_percent"] for row in answer}
    assert list(CONVENTIONS) == [row.convention for row in answer]


def test_the_threshold_of_links():
    """With links of 15 % required a chain of 15 and 60 counts, with 20 it does not."""
    world = snapshot_of_shares({("f", "a"): "15%", ("a", "b"): "60%"})
    for threshold, expected in ((15, Fraction(3, 5)), (20, 0)):
        row = found(world, "f", "b", threshold=Fraction(threshold, 100))["last-link"]
        assert expected == row.low


def test_ranges_are_said(register):
    """Ranges give ranges, each link by itself."""
    book = register()
    book.holds("f", "a", "20-40")
    book.holds("a", "t", "30")
    answer = chains(book.on(), "f", "t")
    row = {r.convention: r for r in answer}["weakest-link"]
    assert (Fraction(1, 5), Fraction(3, 10)) == row.control[:2]
    assert (None, 6.0, 12.0) == tuple(
        answer.fields[f"cash_flow_percent{end}"] for end in ("", "_min", "_max")
    )
    assert (None, 8.0, 24.0) == tuple(
        row.as_dict()[f"wedge_percent{end}"] for end in ("", "_min", "_max")
    )
    assert "ranges-by-link" in {caution.code for caution in answer.warnings}


def test_too_many_chains_are_said():
    """A bound on the length of chains leaves some out, and that is said."""
    answer = chains(snapshot_of_shares(DIAMOND), "top", "foot", max_length=2)
    assert (0, True) == (answer.fields["chains"], answer.fields["truncated"])
    assert "truncated" in {caution.code for caution in answer.warnings}


# -- laws -----------------------------------------------------------------------------------


@given(st.data())
def test_who_is_on_every_chain(tables_of_shares, data):
    """Dominators are exactly those whom every listed chain contains."""
    shares = shares_of(data.draw(tables_of_shares(parties="abcde", own_shares=False)))
    world = snapshot_of_shares(shares)
    names = [party.label for party in world.parties]
    for start, end in itertools.permutations(names[:4], 2):
        listed = [set(record.parties) for record in paths(world, start, end)]
        on_all = set.intersection(*listed) - {start, end} if listed else set()
        assert on_all == set(dominators(world, start, end))


@given(st.data())
def test_the_best_chain_is_no_more_than_all(tables_of_shares, data):
    """One chain has no more than the sum over all, and no sum more than everything."""
    world = snapshot_of_shares(shares_of(data.draw(tables_of_shares(parties="abcd"))))
    names = [party.label for party in world.parties]
    for start, end in itertools.permutations(names[:3], 2):
        controls = found(world, start, end)
        assert controls["best-chain"].low <= controls["weakest-link"].low <= 1
        strongest = max((r.weakest.low for r in paths(world, start, end)), default=0)
        assert strongest == controls["best-chain"].low


# -- refusals -----------------------------------------------------------------------------------


def test_refusals():
    """A threshold beyond all, and a party in itself, are refused."""
    world = snapshot_of_shares(DIAMOND)
    with pytest.raises(InputError, match="a threshold lies between 0 and 100 %"):
        chains(world, "top", "foot", threshold=Fraction(2))
    with pytest.raises(InputError, match="a party has no chain to itself"):
        chains(world, "top", "top")
