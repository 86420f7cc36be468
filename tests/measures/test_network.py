"""The whole network: value, bow tie, concentration; worked cases, laws, refusals."""

import importlib
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keiretsu.errors import InputError
from keiretsu.measures import bow_tie, concentration, network_value, owners
from keiretsu.measures.network import matrix as network_matrix
from keiretsu.measures.network.shape import SECTIONS
from keiretsu.mirror import snapshot_of_shares
from keiretsu.model import PartyKind

network_value_module = importlib.import_module("keiretsu.measures.network.value")


def shares_of(table):
    """Return a table of units as shares, the remainder left out."""
    return {
        (holder, issuer): Fraction(units, sum(held.values()))
        for issuer, held in table.items()
        for holder, units in held.items()
        if holder is not None
    }


def test_a_chain():
    """At the top of a chain there is what the chain lets through."""
    world = snapshot_of_shares({("a", "b"): "50%", ("b", "c"): "40%"})
    rows = {row.party: row for row in network_value(world, values={"b": 10, "c": 100})}
    assert (Fraction(25), Fraction(40), 0) == tuple(rows[p].raw for p in "abc")
    assert (Fraction(5 + 20), 40) == (rows["a"].corrected, rows["b"].corrected)
    assert [0, 10, 100] == [rows[p].value for p in "abc"]


def test_a_loop_counts_once():
    """Raw values grow with a loop; corrected ones leave out what comes back."""
    shares = {("A", "C"): 0.5, ("B", "C"): 0.5, ("C", "A"): 0.5, ("E", "A"): 0.5}
    rows = {row.party: row for row in network_value(snapshot_of_shares(shares))}
    assert (Fraction(1), Fraction(3, 4)) == (rows["A"].raw, rows["A"].corrected)


def test_a_closed_loop_ends_where_it_begins():
    """Two that wholly hold each other keep their value; that is said, and nothing runs for ever."""
    shares = {("a", "b"): 1, ("b", "a"): 1, ("a", "c"): 0.5}
    answer = network_value(snapshot_of_shares(shares))
    assert "closed-loop" in {caution.code for caution in answer.warnings}
    assert {"a": Fraction(1, 2), "b": 0, "c": 0} == {row.party: row.raw for row in answer}


def test_ranges_count_with_their_least(register):
    """A range counts with its least share, and that is said."""
    book = register()
    book.holds("a", "b", "20-40")
    answer = network_value(book.on())
    assert Fraction(1, 5) == answer[0].raw
    assert "ranges-at-least" in {caution.code for caution in answer.warnings}


@given(st.data())
def test_values_are_what_owners_have(tables_of_shares, data):
    """Corrected value is what passes a party first, of every company, with its own returns."""
    world = snapshot_of_shares(shares_of(data.draw(tables_of_shares(parties="abcd"))))
    answer = network_value(world)
    if any(caution.code == "closed-loop" for caution in answer.warnings):
        return
    expected = {row.party: Fraction(0) for row in answer}
    for company in list(expected):
        found = owners(world, company, method="row-corrected")
        own = found.fields["itself_percent"] or 0.0
        expected[company] += Fraction(own) / 100
        for o in found:
            if o.party != company:
                expected[o.party] += o.integrated.low
    values = {row.party: float(row.corrected) for row in answer}
    assert values == pytest.approx({p: float(v) for p, v in expected.items()}, abs=1e-6)


@pytest.mark.parametrize("dense", [0, 1500], ids=["sparse loops", "dense loops"])
@given(data=st.data())
def test_large_networks_agree_with_small_ones(tables_of_shares, data, dense):
    """What is solved with sparse matrices is near to what is solved in fractions."""
    shares = {**shares_of(data.draw(tables_of_shares(parties="abcde"))), ("y", "z"): 0.5}
    world = snapshot_of_shares(shares)
    small = network_value(world)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(network_value_module, "EXACT_NODES", 0)
        patch.setattr(network_matrix, "MOST_DENSE", dense)
        large = network_value(world)
    assert ("exact", "floating-point") == (small.fields["computed"], large.fields["computed"])
    assert small.warnings == large.warnings
    for column in ("raw", "corrected", "centrality"):
        expected = {row.party: float(getattr(row, column)) for row in small}
        found = {row.party: float(getattr(row, column)) for row in large}
        assert expected == pytest.approx(found, abs=1e-9)


def test_ranges_in_large_networks(register, monkeypatch):
    """There too a range counts with its least share, and that is said."""
    book = register()
    book.holds("a", "b", "20-40")
    book.holds("b", "c", "10")
    monkeypatch.setattr(network_value_module, "EXACT_NODES", 0)
    answer = network_value(book.on())
    assert {"a": 0.22, "b": 0.1, "c": 0.0} == pytest.approx(
        {row.party: float(row.raw) for row in answer}
    )
    assert "ranges-at-least" in {caution.code for caution in answer.warnings}


def test_a_negative_value_is_refused():
    """Nothing is worth less than nothing here."""
    world = snapshot_of_shares({("a", "b"): "50%"})
    with pytest.raises(InputError, match="the value of 'b' is negative"):
        network_value(world, values={"b": -1})


# -- bow tie --------------------------------------------------------------------------------

TIE = {
    ("i", "a"): 0.1,
    ("a", "b"): 0.1,
    ("b", "a"): 0.1,
    ("b", "o"): 0.1,
    ("i", "tendril"): 0.1,
    ("i", "tube"): 0.1,
    ("tube", "o"): 0.1,
    ("far", "away"): 0.1,
}


def test_sections_of_a_bow_tie():
    """The core, what leads in and out, what hangs on, and what does not touch it."""
    answer = bow_tie(snapshot_of_shares(TIE))
    assert {
        "a": "core",
        "b": "core",
        "i": "in",
        "o": "out",
        "tendril": "tube-or-tendril",
        "tube": "tube-or-tendril",
        "away": "apart",
        "far": "apart",
    } == {row.party: row.section for row in answer}
    assert dict(zip(SECTIONS, (2, 1, 1, 2, 2), strict=True)) == answer.fields["sections"]


def test_without_loops_there_is_no_core():
    """Then everybody is apart."""
    found = bow_tie(snapshot_of_shares({("a", "b"): 0.5}))
    assert {"apart"} == {row.section for row in found}


# -- concentration ----------------------------------------------------------------------------


def test_the_curve_counts_each_company_once():
    """A chain's middle adds nothing to its head; the overlap is said."""
    shares = {("a", "b"): 0.6, ("b", "c"): 0.6, ("x", "y"): 0.6}
    answer = concentration(snapshot_of_shares(shares), values={"b": 1, "c": 6, "y": 3})
    keys = ("rank", "party", "controlled_value", "cumulative_percent")
    steps = [(1, "a", 7.0, 70.0), (2, "b", 6.0, 70.0), (3, "x", 3.0, 100.0)]
    assert steps == [tuple(row.as_dict()[key] for key in keys) for row in answer]
    assert "overlapping-control" in {caution.code for caution in answer.warnings}


def test_a_state_ranks_with_its_bodies(register):
    """Agencies of a State are not ranked beside it."""
    book = register().party("State", kind=PartyKind.STATE)
    book.party("Fund", kind=PartyKind.AGENCY, acts_for="State")
    book.holds("Fund", "c", "60")
    assert ["State"] == [row.party for row in concentration(book.on())]


@given(st.data())
def test_the_curve_never_falls(tables_of_shares, data):
    """Cumulative control rises to no more than everything."""
    world = snapshot_of_shares(shares_of(data.draw(tables_of_shares())))
    curve = [row.cumulative for row in concentration(world)]
    assert sorted(curve) == curve
    assert all(0 <= step <= 1 for step in curve)
