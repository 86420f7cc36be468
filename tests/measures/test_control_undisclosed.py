"""Whom one party could control if what is not disclosed were its."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keiretsu.errors import NameNotFoundError
from keiretsu.measures import control
from keiretsu.mirror import snapshot_of_shares
from keiretsu.model import Remainder


def could(snapshot, party, **options):
    """Return the companies that a party could control, with what alone would do."""
    added = control(snapshot, undisclosed_to=party, **options).fields["what_undisclosed_could_add"]
    return {
        row["company"]: (row["could_have_percent"], row["issuers"]) for row in added["companies"]
    }


def test_a_minority_beside_what_is_not_disclosed(register):
    """40 % with 30 that nobody is named for are 70; what is listed or complete gives nothing."""
    book = register().party("listed", listed=True).party("whole", remainder=Remainder.NONE)
    for company in ("t", "listed", "whole"):
        book.holds("p", company, "40")
        book.holds("q", company, "30" if company != "whole" else "60")
    assert {"t": (70.0, ["t"])} == could(book.on(), "p")
    assert "what_undisclosed_could_add" not in control(book.on()).fields


def test_through_a_company_that_would_be_controlled(register):
    """Control passes on: with the undisclosed part of h its stake in t counts."""
    book = register()
    book.holds("p", "h", "20")
    book.holds("h", "t", "60")
    book.holds("q", "t", "40")
    assert {"h": (100.0, ["h"]), "t": (60.0, ["h"])} == could(book.on(), "p")
    assert {"t": (60.0, ["h"])} == could(book.on(), "p", of="t")


def test_two_parts_that_do_only_together(register):
    """Neither part alone is enough; then no issuer is named, and still it could be."""
    book = register()
    book.holds("p", "h", "40")
    book.holds("r", "h", "30")
    book.holds("h", "t", "30")
    book.holds("q", "t", "45")
    assert (55.0, []) == could(book.on(), "p", of="t")["t"]


def test_a_stranger_and_a_company_without_recorded_holders(register):
    """Who holds nothing could hold all of a company of which no holder is recorded."""
    book = register().party("stranger")
    book.holds("a", "t", "60")
    assert {"a": (100.0, ["a"])} == could(book.on(), "stranger", of="a")
    assert {} == could(book.on(), "stranger", of="t", threshold=Fraction(2, 3))


def test_ranges_leave_less(register):
    """What others surely have cannot be undisclosed, what they only may have can."""
    book = register()
    book.holds("p", "t", "10")
    book.holds("q", "t", "30-45")
    assert {"t": (70.0, ["t"])} == could(book.on(), "p")
    book.holds("r", "t", "20")
    assert {} == could(book.on(), "p")


def test_a_larger_rival_stands_against_a_presumption(register):
    """Above 40 % with the undisclosed part control is presumed unless another surely has more."""
    book = register()
    book.holds("p", "t", "40")
    book.holds("q", "t", "58")
    assert {} == could(book.on(), "p", rule="fr-presumption-40")
    book = register()
    book.holds("p", "t", "39")
    book.holds("q", "t", "40")
    book.holds("r", "t", "10")
    assert {"t": (50.0, ["t"])} == could(book.on(), "p", rule="fr-presumption-40")


def test_an_unknown_party_is_refused():
    """The name must be a party's."""
    with pytest.raises(NameNotFoundError, match="no party is named 'x'"):
        control(snapshot_of_shares({("a", "b"): "60%"}), undisclosed_to="x")


@given(st.data())
def test_it_is_control_in_the_world_in_which_all_of_it_is_given(tables_of_shares, data):
    """Where shares are exact, giving the party every remainder and asking again says the same."""
    table = data.draw(tables_of_shares(parties="abcde", own_shares=False))
    shares = {
        (holder, issuer): Fraction(units, 100)
        for issuer, held in table.items()
        for holder, units in held.items()
        if holder is not None
    }
    if not any(holder == "a" for holder, _ in shares):
        return
    given_all = dict(shares)
    for issuer, held in table.items():
        if issuer != "a":
            given_all["a", issuer] = given_all.get(("a", issuer), 0) + Fraction(held[None], 100)
    world = snapshot_of_shares(shares)
    before = {r.company for r in control(world, by="a") if r.verdict == "certain"}
    after = control(snapshot_of_shares(given_all), by="a")
    expected = {r.company: r.percent for r in after if r.verdict == "certain"}
    found = {name: percent for name, (percent, _) in could(world, "a").items()}
    assert {n: p for n, p in expected.items() if n not in before} == found
