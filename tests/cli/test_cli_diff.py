"""``diff`` on the bundled data and on files."""

import pytest

QUICK = ("--regime", "none")


def row(document, holder, issuer):
    found = [r for r in document["votes"] if (r["holder"], r["issuer"]) == (holder, issuer)]
    assert 1 == len(found)
    return found[0]


@pytest.fixture(scope="module")
def trust():
    return "Renault Nissan share trust (French fiducie)"


def test_the_rebalancing_of_2023(ask, trust):
    """Told from the data alone: 28.4 % into the trust, Nissan's votes return and are capped."""
    found = ask("diff", "2023-11-07", "2023-11-09", "--regime", "takeover-bid")
    renault = row(found, "Renault", "Nissan")
    nissan = row(found, "Nissan Finance Co., Ltd.", "Renault")
    held = row(found, trust, "Nissan")

    assert (43.4, 15) == (renault["before_percent"], renault["after_percent"])
    assert (0, 28.4, 0) == (
        held["capital_before_percent"], held["capital_after_percent"], held["after_percent"]
    )  # fmt: skip
    assert "neutralised by Trust deed of the Nissan shares" in held["why"]
    assert (0, 22.385203, 15) == (
        nissan["before_percent"], nissan["after_percent"], nissan["agreed_votes_after_percent"]
    )  # fmt: skip
    assert "votes return: C. com. L.233-31 no longer applies" in nissan["why"]
    assert [
        "C. com. L.233-31", "New Alliance Agreement: Nissan's votes in Renault are capped"
    ] == nissan["articles"]  # fmt: skip
    state = row(found, "French State", "Renault")
    assert (28.878422, 22.400126) == (state["before_percent"], state["after_percent"])
    assert (
        "Governance agreement of 4 February 2016: the State's votes are capped"
        in (state["articles"])
    )
    assert "Nissan" in {one["company"] for one in found["control"]["lost"]}
    assert [("Renault", "Nissan", "certain", "impossible")] == [
        (one["party"], one["company"], one["before"], one["after"]) for one in found["verdicts"]
    ]
    assert {"RAMA: Renault holds at most 44.4 % of Nissan"} <= {
        one["agreement"] for one in found["agreements"]["ended"]
    }


def test_neutralised_votes_change_nobody_elses(ask):
    """What lies in trust stays in the whole: nobody's votes in Nissan change but those moved."""
    found = ask("diff", "2023-11-07", "2023-11-09", *QUICK, "--rule", "majority-votes")

    assert "trust" not in row(found, "Renault", "Nissan")["why"]


def test_a_day_and_itself(ask):
    """Nothing differs."""
    found = ask("diff", "2019-09-03", "2019-09-03")

    assert [[]] * 5 == [
        found[key] for key in ("votes", "holdings", "ownership", "thresholds", "verdicts")
    ]
    assert {"gained": [], "lost": []} == found["control"]


def test_double_votes_begin(ask):
    """Votes change without any trade: between two days of April 2016 they are counted twice."""
    found = ask("diff", "2016-04-02", "2016-04-04", *QUICK)
    state = row(found, "French State", "Renault")

    assert [] == found["holdings"]
    assert state["gross_votes_after_percent_max"] > state["gross_votes_before_percent"]


def test_two_files(ask, tmp_path):
    """Parties are the same where their names are."""
    before, after = tmp_path / "before.csv", tmp_path / "after.csv"
    before.write_text("holder,issuer,capital_percent\nA,B,50\nC,B,20\n", encoding="utf-8")
    after.write_text("holder,issuer,capital_percent\nA,B,51\nD,B,20\n", encoding="utf-8")

    found = ask("diff", before, after)

    assert {("A", 50, 51), ("C", 20, 0), ("D", 0, 20)} == {
        (r["holder"], r["capital_before_percent"], r["capital_after_percent"])
        for r in found["votes"]
    }
    assert [("A", "B", 50, 51)] == [
        (one["controller"], one["company"], one["before_percent"], one["after_percent"])
        for one in found["control"]["gained"]
    ]
    assert "at" in {one["before"] for one in found["thresholds"] if one["threshold_percent"] == 50}


ERRORS = {
    "a day and a file": (("2019-09-03", "after.csv"), "give two days or two files"),
    "days and a day": (("2019-09-03", "2020-09-03", "--as-of", "2019-01-01"), "leave out --as-of"),
    "before any data": (
        ("1800-01-01", "2019-09-03"),
        "1800-01-01 lies before any data",
    ),
    "no such file": (("a.csv", "b.csv"), "a.csv: cannot be read"),
    "files and data": (("a.csv", "b.csv", "-d", "c.csv"), "leave out -d"),
}


@pytest.mark.parametrize("name", ERRORS)
def test_errors_are_one_line(call, name):
    """Status 2, and one line."""
    args, expected = ERRORS[name]
    outcome = call("diff", *args)

    assert (2, "", 1) == (outcome.exit_code, outcome.stdout, outcome.stderr.count("\n"))
    assert expected in outcome.stderr
