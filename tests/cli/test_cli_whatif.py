"""``whatif`` on the bundled data: the questions of the negotiation, each with its article."""

import csv
import io
import json

import pytest

DAY = ("--as-of", "2019-09-03")
QUICK = ("--regime", "none")
FCA = "https://w3id.org/keiretsu/id/claim/6706811cb0274e423d3f"
JP_308, L233_31 = "Companies Act 308(1)", "C. com. L.233-31"


ANSWERS = {}


@pytest.fixture
def suppose(ask):
    """Ask what a change would do; the same question is computed once."""

    def supposed(*args):
        key = tuple(map(str, args))
        if key not in ANSWERS:
            ANSWERS[key] = ask("whatif", *args, *QUICK)
        return ANSWERS[key]

    return supposed


def row(document, holder, issuer):
    found = [r for r in document["votes"] if (r["holder"], r["issuer"]) == (holder, issuer)]
    assert 1 == len(found)
    return found[0]


def ends(found, key):
    return found[f"{key}_percent_min"], found[f"{key}_percent_max"]


def test_nissan_goes_to_a_quarter_of_renault(suppose):
    """Renault loses its votes in Nissan, so that L.233-31 no longer bites and Nissan's vote."""
    found = suppose(*DAY, "--hold", "Nissan>Renault=25")
    renault = row(found, "Renault", "Nissan")
    nissan = row(found, "Nissan Finance Co., Ltd.", "Renault")

    assert (43.4, 0, [JP_308]) == (
        renault["before_percent"], renault["after_percent"], renault["articles"]
    )  # fmt: skip
    assert (0, "Nissan", [L233_31]) == (
        nissan["before_percent"], nissan["owner"], nissan["articles"]
    )  # fmt: skip
    assert (15, 25) == (nissan["capital_before_percent"], nissan["capital_after_percent"])
    # Of double votes of 15 % and single ones of 10 %: the least if all others have double votes
    # (the State has them surely), the most if none has.
    issued, own, double, state = 295722284, 5058961, 0.15 * 295722284, 0.1501 * 295722284
    block, others = 2 * double + 0.1 * issued, issued - own - 0.25 * issued - state
    least, most = (block / (block + 2 * state + each * others) * 100 for each in (2, 1))
    assert pytest.approx((least, most), abs=1e-5) == ends(nissan, "after")
    assert [("Renault", "Nissan", "certain", "impossible")] == [
        (one["controller"], one["company"], one["before"], one["after"])
        for one in found["control"]["lost"]
        if one["company"] == "Nissan"
    ]
    bought = "Nissan Finance Co., Ltd. buys 10 % of Renault (29,572,228 shares)"
    assert [f"{bought} from the float part"] == found["edits"][0]["steps"]
    assert {"Supposed (scenario)"} < {
        source["title"]
        for one in found["holdings"]
        for source in (*one["sources_before"], *one["sources_after"])
    }


def test_renault_goes_below_forty_percent_of_nissan(suppose):
    """Nissan's votes return; how many depends on double votes, so a range, with the reason."""
    found = suppose(*DAY, "--hold", "Renault>Nissan=39.5")
    nissan = row(found, "Nissan Finance Co., Ltd.", "Renault")
    least, most = ends(nissan, "after")

    assert (0, None) == (nissan["before_percent"], nissan["after_percent"])
    assert nissan["why"].startswith(f"votes return: {L233_31} no longer applies: Renault has 39.5")
    assert least < 22.24 < most
    assert least == pytest.approx(15.261073)
    assert "votes-in-range" in {warning["code"] for warning in found["warnings"]}


def test_the_block_is_a_number_where_the_table_of_the_day_is_known(suppose):
    """Double votes of the table of 2020: 22.24 % of the exercisable votes."""
    found = suppose("--as-of", "2020-12-31", "--hold", "Renault>Nissan=39.5")

    assert 22.235839 == row(found, "Nissan Finance Co., Ltd.", "Renault")["after_percent"]


def test_the_block_is_fifteen_percent_of_single_votes(suppose):
    """Without L.225-123 every share has one vote: 15 % of the capital, own shares out of it."""
    found = suppose(*DAY, "--hold", "Renault>Nissan=39.5", "--end", "C. com. L.225-123")

    assert 15.261073 == row(found, "Nissan Finance Co., Ltd.", "Renault")["after_percent"]


def test_both_sides_at_fifteen_percent(suppose):
    """The 2023 agreement caps both at 15 % of the votes; the law alone would leave Nissan more."""
    found = suppose(*DAY, "--hold", "Renault>Nissan=15", "--adopt", "New Alliance Agreement")
    renault = row(found, "Renault", "Nissan")
    nissan = row(found, "Nissan Finance Co., Ltd.", "Renault")

    assert (15, 15) == (renault["agreed_votes_after_percent"], nissan["agreed_votes_after_percent"])
    assert ends(nissan, "after")[0] > 15
    assert [L233_31, "New Alliance Agreement: Nissan's votes in Renault are capped"] == (
        nissan["articles"]
    )
    assert "New Alliance Agreement: Renault's votes in Nissan are capped" in {
        one["agreement"] for one in found["agreements"]["begun"]
    }
    assert "agreement-kept" in {warning["code"] for warning in found["warnings"]}


def test_the_agreement_of_the_state_works_in_agreed_votes_only(suppose):
    """The cap of 2016 cuts the State's votes in the agreed column, never in that of the law."""
    found = suppose(*DAY, "--hold", "Renault>Nissan=39.5")
    state = row(found, "French State", "Renault")

    assert 17.9 == state["agreed_votes_before_percent"]
    assert ends(state, "before")[0] > 17.9


def test_double_votes_in_the_japanese_quarter_are_a_switch(suppose):
    """Each share counts once by default; with the other reading 19.2 % of the capital is enough."""
    args = ("--as-of", "2020-12-31", "--hold", "Nissan>Renault=19.2")
    reading = ("--adopt", "double votes count in Companies Act 308(1)")
    usual, other = suppose(*args), suppose(*args, *reading)

    assert [] == [r for r in usual["votes"] if r["issuer"] == "Nissan"]
    renault = row(other, "Renault", "Nissan")
    assert (0, [JP_308]) == (renault["after_percent"], renault["articles"])
    assert "double votes counted twice" in renault["why"]


def test_the_proposal_of_a_merger(suppose):
    """Every holder before and after, on the proposal's own day; what is not modelled is said."""
    found = suppose("--proposal", FCA)
    new = "Renault-FCA (proposed company)"
    after = {r["holder"]: r["after_percent"] for r in found["votes"] if r["issuer"] == new}

    assert "2019-05-27" == found["as_of"]
    assert {
        "French State": 7.5, "Nissan Finance Co., Ltd.": 7.5, "Exor": 14.5, "Daimler": 1.55
    } == after  # fmt: skip
    exor = row(found, "Exor", "Stellantis")
    assert (42.112221, 0) == (exor["before_percent"], exor["after_percent"])
    state = row(found, "French State", "Renault")
    assert (15.01, 0) == (state["capital_before_percent"], state["capital_after_percent"])
    assert {("Renault", "certain"), ("Stellantis", "certain")} <= {
        (one["company"], one["after"])
        for one in found["control"]["gained"]
        if one["controller"] == new
    }
    [unmodelled] = [w["text"] for w in found["warnings"] if w["code"] == "not-modelled"]
    assert "dividend of EUR 2.5bn" in unmodelled
    # Nissan's shares vote under the Dutch parent: it has no majority of Nissan.
    assert row(found, "Nissan Finance Co., Ltd.", new)["articles"] == []


def test_nothing_of_the_data_changes(ask, suppose):
    """The same question has the same answer after a scenario as before it."""
    before = ask("votes", "Renault", *DAY)
    suppose(*DAY, "--hold", "Nissan>Renault=25")

    assert before == ask("votes", "Renault", *DAY)


def test_the_table_tells_it_in_words(call):
    """Steps, reasons, limits and verdicts are there for a person to read."""
    shown = call("whatif", *DAY, "--hold", "Nissan>Renault=25", "--regime", "takeover-bid").stdout

    for text in (
        "What if: 2019-09-03, before and after",
        "Nissan Finance Co., Ltd. buys 10 % of Renault (29,572,228 shares) from the float part",
        "Nissan and its subsidiaries have 25.44 % of the votes of Renault, each share counted once",
        "43.40 \N{RIGHTWARDS ARROW} 0.00",
        "Renault of Nissan, by fr-presumption-40: certain \N{RIGHTWARDS ARROW} impossible",
        "takeover-bid, Nissan: Renault: certain \N{RIGHTWARDS ARROW} impossible (FIEA art. 27-2)",
        "Supposed (scenario)",
    ):
        assert text in shown


def test_csv_has_a_row_for_each_pair(call):
    """The main list, with the reason and its articles."""
    text = call("whatif", *DAY, "--hold", "Renault>Nissan=39.5", *QUICK, "-f", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(text)))

    assert ("Renault", "43.4", "39.5") == (
        rows[0]["holder"], rows[0]["before_percent"], rows[0]["after_percent"]
    )  # fmt: skip
    assert L233_31 in {r["articles"] for r in rows}


EDITS = """
[[edit]]
kind = "issue"
issuer = "Middle"
amount = "25%"
to = "Bert"

[[edit]]
kind = "end"
name = "C. com. L.233-31"
"""


@pytest.mark.parametrize("form", ["toml", "json"])
def test_edits_from_a_file(suppose, small, tmp_path, form):
    """An issue of a quarter dilutes 50.1 % to 40.08 %, in TOML and in JSON."""
    edits = [
        {"kind": "issue", "issuer": "Middle", "amount": "25%", "to": "Bert"},
        {"kind": "end", "name": "C. com. L.233-31"},
    ]
    path = tmp_path / f"edits.{form}"
    path.write_text(EDITS if form == "toml" else json.dumps({"edits": edits}), encoding="utf-8")

    found = suppose("-d", small, "--file", path)

    assert ["issue", "end"] == [edit["kind"] for edit in found["edits"]]
    top, bert = (row(found, name, "Middle") for name in ("Top", "Bert"))
    assert (50.1, 40.08) == (top["capital_before_percent"], top["capital_after_percent"])
    assert (0, 20) == (bert["capital_before_percent"], bert["capital_after_percent"])


ERRORS = {
    "nothing supposed": ((), "nothing is supposed; give --hold"),
    "not a stake": (("--hold", "Renault"), "'Renault' is not a stake; write"),
    "not an amount": (("--hold", "Renault>Nissan=much"), "'much' is not an amount of shares"),
    "above all": (("--hold", "Nissan>Renault=120"), "120 % is more than 100 %"),
    "more than is with nobody": (
        ("--hold", "Nissan>Renault=95"),
        "holders: French State 15.01 %, Nissan Finance Co., Ltd. 15 %, Daimler 3.1 %",
    ),
    "two stakes above all": (
        ("--hold", "Nissan>Renault=50", "--hold", "French State>Renault=60"),
        "is with nobody named",
    ),
    "more shares than issued": (
        ("--hold", "Nissan>Renault=400000000sh"),
        "more than the 295,722,284 that Renault has issued",
    ),
    "unknown party": (("--hold", "Nisan>Renault=25"), "no party is named 'Nisan'; nearest: Nissan"),
    "unknown proposal": (("--proposal", "x"), "no proposal is named 'x'; the data has: FCA's"),
    "unknown agreement": (("--adopt", "x"), "no agreement, rule or reading of the law is named"),
    "unknown rule": (("--end", "x"), "no agreement or rule in force is named 'x'; use one of"),
    "before any data": (
        ("--hold", "Nissan>Renault=25", "--as-of", "1800-01-01"),
        "1800-01-01 lies before any data",
    ),
    "unknown test": (("--hold", "Nissan>Renault=25", "--regime", "x"), "no test is named 'x'"),
    "no such file": (("--file", "nowhere.toml"), "nowhere.toml: cannot be read"),
    "file of another kind": (("--file", "edits.yaml"), "end its name in .toml or .json"),
}


@pytest.mark.parametrize("name", ERRORS)
def test_errors_are_one_line(call, name):
    """Status 2, one line that says what is wrong and how to mend it, and nothing on the output."""
    args, expected = ERRORS[name]
    outcome = call("whatif", *DAY, *args)

    assert (2, "") == (outcome.exit_code, outcome.stdout)
    assert 1 == outcome.stderr.count("\n")
    assert outcome.stderr.startswith("error: ")
    assert expected in outcome.stderr


FILES = {
    "no edits": ("edit = []", "has no edits"),
    "another list": ('[[change]]\nkind = "end"', "is not a list of edits"),
    "unknown kind": ('[[edit]]\nkind = "steal"', "edit 1: no kind of edit is named 'steal'"),
    "missing field": (
        '[[edit]]\nkind = "issue"\nissuer = "Renault"', "edit 1: issue lacks amount; its fields"
    ),
    "another field": (
        '[[edit]]\nkind = "end"\nname = "x"\nwhen = "now"', "edit 1: end does not know when"
    ),
    "votes to be issued": (
        '[[edit]]\nkind = "issue"\nissuer = "Renault"\namount = "5% votes"', "not counted in votes"
    ),
    "no TOML": ("[[edit", "is not TOML"),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_files_of_edits_are_checked(call, tmp_path, name):
    """The error names the file and the edit."""
    text, expected = FILES[name]
    path = tmp_path / "edits.toml"
    path.write_text(text, encoding="utf-8")
    outcome = call("whatif", *DAY, "--file", path)

    assert (2, "") == (outcome.exit_code, outcome.stdout)
    assert outcome.stderr.startswith(f"error: {path}")
    assert expected in outcome.stderr
