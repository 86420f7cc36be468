"""``keiretsu link``: proposals rest on names, join nobody, and are confirmed and taken back."""

import json

import pytest
from click.testing import CliRunner

from keiretsu.cli import app
from keiretsu.model import Party, PartyKind, Period
from keiretsu.ownership_graph.linking import proposals

REGISTER = (
    '{"id": "a", "schema": "Company", "properties": {"name": ["Acme Trading Ltd"]}}\n'
    '{"id": "b", "schema": "Person", "properties": {"name": ["Ada Test"]}}\n'
    '{"id": "o", "schema": "Ownership", "properties":'
    ' {"owner": ["b"], "asset": ["a"], "percentage": ["60"]}}\n'
)
TABLE = "holder,issuer,capital_percent,holder_kind\nACME TRADING,Works,70,Company\n"


def company(key, label, **said):
    return Party(id=f"urn:{key}", label=label, **({"kind": PartyKind.COMPANY} | said))


def pairs(*parties, **options):
    return [(one.first.id, one.second.id) for one in proposals(parties, **options)[0]]


def test_names_that_differ_in_form_only_are_alike():
    """Legal form, case, order, accents; also a former or another name."""
    assert pairs(company("a", "Société Acme S.A."), company("b", "ACME SOCIETE")) == [
        ("urn:a", "urn:b")
    ]
    assert pairs(company("a", "Daimler"), company("b", "Mercedes", aliases=("Daimler AG",)))
    assert not pairs(company("a", "Acme Holdings"), company("b", "Acme Trading"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"jurisdiction": "FR"}, {"jurisdiction": "GB"}),
        ({"kind": PartyKind.PERSON}, {}),
        ({"exists": Period.parse("1975-04")}, {"exists": Period.parse("1980")}),
        (
            {"identifiers": (("GB-COH", "00000001"),)},
            {"identifiers": (("GB-COH", "00000002"),)},
        ),
        ({"kind": PartyKind.UNKNOWN_PARTY}, {}),
    ],
)
def test_what_tells_two_apart_is_no_proposal(one, other):
    """Country, kind, birth, number; and nobody is the same as somebody who is not named."""
    assert not pairs(company("a", "Acme Trading", **one), company("b", "Acme Trading", **other))


def test_names_in_other_scripts_are_compared():
    """Nothing is turned into Latin letters."""
    assert pairs(company("a", "日産自動車株式会社"), company("b", "日産自動車株式会社"))


def test_many_namesakes_are_cut_and_said():
    """No unbounded work."""
    many = [company(str(number), f"Acme {number:04d} Trading") for number in range(200)]
    found, cut = proposals(many)
    assert cut
    assert found == []


@pytest.fixture
def files(tmp_path):
    register, table = tmp_path / "register.ftm.json", tmp_path / "mine.csv"
    register.write_text(REGISTER)
    table.write_text(TABLE)
    return [*("-d", str(register)), *("-d", str(table))]


def run(*args):
    return CliRunner().invoke(app, [str(arg) for arg in args])


def test_a_proposal_is_confirmed_and_taken_back(files, tmp_path):
    """The chain over both files is there while the edit is, and gone with it."""
    own = tmp_path / "my.trig"
    (row,) = json.loads(run("link", *files, "-f", "json").output)["proposals"]
    assert (row["party"], row["other"], row["confirmed"]) == (
        "ACME TRADING",
        "Acme Trading Ltd",
        False,
    )
    asked = ("control", *files, "--by", "Ada Test", "--of", "Works", "-f", "json")
    before = json.loads(run(*asked).output)["control"]
    assert [one["verdict"] for one in before] == ["impossible"]

    reason = ("--reason", "same register")
    done = run("link", *files, "--confirm", 1, *reason, "--into", own, "-f", "json")
    assert json.loads(done.output)["file"] == str(own)
    after = json.loads(run(*asked, "-d", own).output)["control"]
    assert [one["verdict"] for one in after] == ["certain"]
    assert json.loads(run("link", *files, "--into", own, "-f", "json").output)["proposals"] == []
    assert "identification" in run("claim", "log", *files, "--into", own).output

    assert run("claim", "undo", *files, "--into", own).exit_code == 0
    assert not own.exists()


@pytest.mark.parametrize(
    ("args", "problem"),
    [
        (("--confirm", 2, "--reason", "x"), "there is no proposal 2"),
        (("--confirm", 1), "needs --reason"),
        (("--confirm", 1, "--reason", " "), "needs its reason"),
    ],
)
def test_what_cannot_be_confirmed_is_refused(files, tmp_path, args, problem):
    """And nothing is written."""
    own = tmp_path / "my.trig"
    result = run("link", *files, *args, "--into", own)
    assert result.exit_code == 2
    assert problem in result.output
    assert not own.exists()
