"""What must be seen: the questions of the case, as their askers type them."""

import json

import pytest

ARTICLE, COUNTED, UNTIED = "2019-09-03", "2020-12-31", "2023-11-09"
VEHICLE = "Nissan Finance Co., Ltd."


def by_holder(answer):
    return {row["holder"]: row for row in answer["votes"]}


def test_votes_of_a_day_with_share_counts_are_exact(ask):
    """At the end of 2020 the State's 15.01 % of Renault are 28.61 % of its votes."""
    votes = by_holder(ask("votes", "Renault", "--as-of", COUNTED))
    state, vehicle, own = votes["French State"], votes[VEHICLE], votes["Renault"]

    keys = ("capital_percent", "gross_votes_percent", "votes_percent", "agreed_votes_percent")
    assert [15.01, 22.0, 28.61, 17.9] == [round(state[key], 2) for key in keys]
    assert (15.0, 0.0) == (vehicle["capital_percent"], vehicle["votes_percent"])
    assert "Nissan" == vehicle["owner"]
    assert "suspended" in {
        rule["effect"] for rule in vehicle["rules"] if "L.233-31" in rule["article"]
    }
    assert ("treasury", 0.0) == (own["kind"], own["votes_percent"])


def test_votes_of_a_day_with_percentages_only_are_a_range(ask):
    """Where registrations are not known the answer is a range, and says why."""
    answer = ask("votes", "Renault", "--as-of", ARTICLE)
    state = by_holder(answer)["French State"]

    assert state["votes_percent"] is None
    assert state["votes_percent_min"] < 28.6 < state["votes_percent_max"]
    assert "votes-in-range" in {warning["code"] for warning in answer["warnings"]}


def test_votes_are_back_after_the_new_agreement(ask):
    """From November 2023 Nissan votes in Renault again, up to 15 %, and the trace says why."""
    vehicle = by_holder(ask("votes", "Renault", "--as-of", UNTIED))[VEHICLE]

    assert 22.13 == round(vehicle["gross_votes_percent"], 2)
    assert 22.4 == pytest.approx(vehicle["votes_percent"], abs=0.05)
    assert 15.0 == vehicle["agreed_votes_percent"]
    reasons = {rule["effect"]: rule["text"] for rule in vehicle["rules"]}
    assert "Renault has 15 % of the votes of Nissan" in reasons["not suspended"]


@pytest.mark.parametrize(
    ("options", "verdict", "missing"),
    [((), "impossible", 6.6), (("--rule", "fr-presumption-40"), "certain", None)],
)
def test_renault_controls_nissan_by_presumption_only(ask, options, verdict, missing):
    """The verdict names its rule; the majority rule says what is missing."""
    answer = ask("control", "--by", "Renault", "--of", "Nissan", "--as-of", ARTICLE, *options)
    (row,) = answer["control"]

    assert (options[1] if options else "majority-votes") == answer["rule"]
    assert (verdict, 43.4, missing) == (row["verdict"], row["percent"], row["missing_percent"])
    assert ["Renault"] == [part["holder"] for part in row["through"]]


@pytest.mark.parametrize("day", [ARTICLE, COUNTED, UNTIED])
def test_nobody_controls_mitsubishi_motors(ask, day):
    """Nissan's 34 % control by neither rule."""
    for rule in ("majority-votes", "fr-presumption-40"):
        answer = ask("control", "--of", "Mitsubishi Motors", "--rule", rule, "--as-of", day)
        assert {"impossible"} == {row["verdict"] for row in answer["control"]}


def test_the_chain_from_the_state_to_mitsubishi_motors(ask):
    """The chain has its product, its weakest link, and a source for each hop."""
    answer = ask("paths", "French State", "Mitsubishi Motors", "--as-of", ARTICLE)
    chain = answer["paths"][0]

    assert ["French State", "Renault", "Nissan", "Mitsubishi Motors"] == chain["parties"]
    assert (2.214876, 15.01) == (chain["product_percent"], chain["weakest_percent"])
    assert all(hop["sources"] for hop in chain["hops"])


def test_the_bundled_data_validates(call):
    """The data that ships conforms."""
    outcome = call("validate", "-f", "json")

    assert 0 == outcome.exit_code
    assert json.loads(outcome.stdout)["conforms"] is True


def test_without_a_date_the_horizon_is_asked_about(ask):
    """The day of a question without one is the last for which the data is kept."""
    assert "2024-12-31" == ask("holdings", "Renault")["as_of"]


def test_a_day_beyond_the_horizon_is_warned_of(ask):
    """Beyond the horizon the answer says so."""
    warnings = ask("owners", "Nissan", "--as-of", "2025-06-30")["warnings"]

    assert "beyond-horizon" in {warning["code"] for warning in warnings}


@pytest.mark.parametrize(("known", "percent"), [("2021-01-01", 5), ("2022-01-01", 9.98)])
def test_what_was_hidden_shows_once_it_was_known(ask, known, percent):
    """BAIC's 9.98 % of Daimler were told in December 2021, for 2019 and after."""
    options = ("Daimler", "--as-of", "2020-06-30", "--known-at", known)
    owners = {row["holder"]: row["direct_percent"] for row in ask("owners", *options)["owners"]}

    assert percent == owners["BAIC Group"]
