"""Published tables of Renault's votes, and the cross-holding scenarios, from `oracles.json`."""

from fractions import Fraction

import pytest

from keiretsu.measures import control, votes
from keiretsu.model import PartyKind

ISSUED = 295_722_284


def renault(register):
    """Return a register with Renault's class of shares, which doubles its votes."""
    book = register().party("Renault", jurisdiction="FR", listed=True, kind=PartyKind.COMPANY)
    book.party("Nissan", jurisdiction="JP", listed=True, kind=PartyKind.COMPANY)
    book.share_class("Renault", "ordinary", registered_votes_per_share=Fraction(2))
    return book


def rows(snapshot, company):
    """Return the table of votes, by holder."""
    return {record.holder: record for record in votes(snapshot, company)}


@pytest.mark.oracle("vote-01")
def test_renault_2020_to_the_vote(case, register):
    """The table of the registration document of 2020 is reproduced, to the vote."""
    expected, doubled = case["expected"], case["params"]["double_votes_shares"]
    book = renault(register)
    for holder, _, shares in case["edges"]:
        if holder == "Treasury":
            book.capital("Renault", issued=ISSUED, treasury=shares)
        else:
            book.holds(holder, "Renault", shares=shares)
            book.registered(holder, "Renault", doubled[holder])
    book.holds("Renault", "Nissan", "43.4")
    snapshot = book.on("2020-12-31")
    found = rows(snapshot, "Renault")
    assert expected["total_shares"] == ISSUED
    state = Fraction(2 * 44_387_915, expected["exercisable"])
    assert state == found["FrenchState"].votes.low == found["FrenchState"].votes.high
    assert sum(record.votes.low for record in found.values()) == 1
    shown = {
        "State_capital": found["FrenchState"].capital,
        "State_exercisable": found["FrenchState"].votes,
        "State_theoretical": found["FrenchState"].gross_votes,
        "Daimler_exercisable": found["Daimler"].votes,
        "Employees_exercisable": found["Employees"].votes,
        "Nissan_exercisable": found["Nissan"].votes,
        "Treasury_capital": found["Renault"].capital,
    }
    assert {k: v for k, v in expected.items() if k in shown} == {
        k: pytest.approx(float(v.low), abs=case["tolerance"]) for k, v in shown.items()
    }
    assert all(bounds.low == bounds.high for bounds in shown.values())
    assert Fraction(2 * 44_387_915, 403_518_803) == found["FrenchState"].gross_votes.low
    assert ["multiple votes", "suspended"] == [trace.effect for trace in found["Nissan"].rules]
    assert found["Nissan"].rules[1].article.name == "C. com. L.233-31"


@pytest.mark.oracle("vote-02")
def test_renault_after_the_rebalancing(case, register):
    """Nissan's double votes are back: 22.13 % of the gross votes, capped at 15 by agreement."""
    book = renault(register)
    total = case["params"]["total_theoretical_approx"] * 1000
    book.holds("Nissan", "Renault", shares=case["edges"][0][2])
    book.capital("Renault", issued=ISSUED, gross_votes=total)
    book.registered("Nissan", "Renault")
    book.holds("Renault", "Nissan", "15")
    book.agrees("cap", "vote-cap", "Renault", ["Nissan"], cap=Fraction(15, 100))
    nissan = rows(book.on("2023-11-09"), "Renault")["Nissan"]
    assert Fraction(case["expected"]["votes"], total) == nissan.gross_votes.low
    assert float(nissan.gross_votes.low) == pytest.approx(0.2213, abs=5e-5)
    assert float(nissan.capital.low) == pytest.approx(case["expected"]["capital"], abs=5e-5)
    assert nissan.gross_votes == nissan.votes
    assert Fraction(15, 100) == nissan.agreed_votes.low == nissan.agreed_votes.high


@pytest.mark.oracle("vote-03", "vote-04", "vote-05", "vote-06")
def test_cross_holding_scenarios(case, register):
    """Who keeps its votes follows from the two stakes alone, as the press and the AMF had it."""
    book = register().party("Renault", jurisdiction="FR").party("Nissan", jurisdiction="JP")
    for holder, issuer, share in case["edges"]:
        book.holds(holder, issuer, f"{share:.1%}")
    snapshot = book.on()
    expected = case["expected"]
    in_nissan = rows(snapshot, "Nissan")["Renault"].votes
    in_renault = rows(snapshot, "Renault")["Nissan"].votes
    presumed = control(snapshot, by="Renault", of="Nissan", rule="fr-presumption-40")[0]
    assert expected["presumed_control"] == (presumed.verdict == "certain")
    if expected["renault_votes_in_nissan"]:
        assert Fraction(str(expected["renault_votes_in_nissan"])) == in_nissan.low == in_nissan.high
    else:
        assert in_nissan.low == in_nissan.high == 0
    assert Fraction(str(expected["nissan_votes_in_renault"])) == in_renault.low == in_renault.high


@pytest.mark.oracle("vote-09")
def test_the_state_before_its_new_shares_are_double(case, register):
    """In April 2016 14 million shares of the State were still single: 19.74 and 26.05 %."""
    params, expected = case["params"], case["expected"]
    total = int(expected["implied_total_votes_million"] * 1_000_000)
    book = renault(register)
    book.holds("FrenchState", "Renault", shares=case["edges"][0][2])
    book.registered("FrenchState", "Renault", params["double_votes_shares"])
    book.capital("Renault", issued=params["total_shares"], gross_votes=total)
    state = rows(book.on("2016-04-06"), "Renault")["FrenchState"]
    assert Fraction(expected["votes"], total) == state.gross_votes.low == state.gross_votes.high
    assert float(state.gross_votes.low) == pytest.approx(0.2605, abs=case["tolerance"])
    assert float(state.capital.low) == pytest.approx(expected["capital"], abs=case["tolerance"])
