"""``moves`` on the bundled data: how far each side may go before votes or control switch."""

from fractions import Fraction

import pytest


@pytest.fixture(scope="module")
def day():
    return ("--as-of", "2019-09-03")


def test_how_far_renault_can_sell_down(ask, day):
    """Before Nissan's votes return: at most 40 %, by L.233-31, a number with its article."""
    found = ask("moves", "Renault", "Nissan", *day)
    [move] = [one for one in found["moves"] if one["direction"] == "sell"]

    assert ("at most", 40, 3.4, 40, 40) == (
        move["sense"], move["percent"], move["change_percent"],
        move["voting_shares_percent"], move["votes_percent"],
    )  # fmt: skip
    assert ["C. com. L.233-31", "fr-presumption-40"] == move["articles"]
    rows = {row["rule"]: row for row in found["control"]}
    assert ("certain", "lost by selling", 3.4) == (
        rows["fr-presumption-40"]["verdict"],
        rows["fr-presumption-40"]["what"],
        rows["fr-presumption-40"]["move"]["change_percent"],
    )
    assert ("gained by buying", "more than", 50) == (
        rows["majority-votes"]["what"],
        rows["majority-votes"]["move"]["sense"],
        rows["majority-votes"]["move"]["percent"],
    )
    [here] = [one for one in found["ranges"] if one["current"]]
    assert (40.000001, 50) == (here["from_percent"], here["to_percent"])


def test_nissans_way_to_the_quarter(ask, call):
    """Counted shares: tight to the share, and the base is without Renault's own shares."""
    args = ("Nissan", "Renault", "--as-of", "2020-12-31")
    found = ask("moves", *args, "--exact")
    first = found["moves"][0]
    voting = 295722284 - 4538199

    assert ("buy", "at least") == (first["direction"], first["sense"])
    assert first["shares"] == -(-voting // 4)
    assert Fraction(first["shares"], 295722284) == Fraction(first["exact"])
    assert {"Companies Act 308(1)", "C. com. L.233-31", "fr-presumption-40"} == set(
        first["articles"]
    )
    table = call("moves", *args).stdout
    assert "28,437,679" in table
    assert "24.62 to 38.97 %: the votes of Renault in Nissan are suspended" in table


ERRORS = {
    "unknown party": (("Nisan", "Renault"), "nearest: Nissan"),
    "one party": (("Nissan", "Nissan"), "a company does not control itself"),
    "unknown rule": (("Nissan", "Renault", "--rule", "x"), "'x' is not one of"),
}


@pytest.mark.parametrize("name", ERRORS)
def test_errors_are_one_line(call, day, name):
    """Status 2, and one line."""
    args, expected = ERRORS[name]
    outcome = call("moves", *args, *day)

    assert (2, "", 1) == (outcome.exit_code, outcome.stdout, outcome.stderr.count("\n"))
    assert expected in outcome.stderr
