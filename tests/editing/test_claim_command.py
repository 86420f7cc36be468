"""`keiretsu claim` as users run it: forms, exit statuses, one-line errors, schema."""

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource

from keiretsu.cli import app
from keiretsu.cli.commands.claim import command
from keiretsu.model import ID

FOLDER = Path(__file__).parents[2] / "docs" / "schemas"
SCHEMAS = {
    name: json.loads((FOLDER / f"{name}.json").read_text("utf-8")) for name in ("claim", "common")
}
REGISTRY = Registry().with_resources(
    [(schema["$id"], Resource.from_contents(schema)) for schema in SCHEMAS.values()]
)
PAPER = ("--source-title", "Notice 1", "--source-date", "2020-06-03")


def call(*args):
    return CliRunner().invoke(app, [str(arg) for arg in args])


def ask(*args):
    outcome = call(*args, "-f", "json")
    assert (outcome.exit_code, outcome.stderr) == (0, "")
    document = json.loads(outcome.stdout)
    if document.get("command") == "claim":
        validator = Draft202012Validator(
            SCHEMAS["claim"], registry=REGISTRY, format_checker=FormatChecker()
        )
        assert [] == [f"{e.json_path}: {e.message}" for e in validator.iter_errors(document)]
    return document


def held(document):
    return {
        (row["holder"], row["issuer"]): row["direct_percent"]
        for row in ({**row, "issuer": document["company"]} for row in document["owners"])
    }


def test_a_holding_is_added_read_and_taken_back(mine):
    """The answer tells the claim that was written; the world has it until it is taken back."""
    before = mine.read_bytes()
    added = ask(
        "claim",
        "add",
        "Top",
        "Base",
        "--percent",
        "61.5",
        "--from",
        "2019",
        *PAPER,
        "--on",
        "2026-11-24",
        "-d",
        mine,
    )
    (edit,) = added["edits"]
    assert ("add", str(mine), []) == (added["action"], added["file"], added["new_parties"])
    assert (1, "addition", "Top", "Base", 61.5, "2026-11-24") == (
        edit["number"],
        edit["kind"],
        edit["holder"],
        edit["issuer"],
        edit["capital_percent"],
        edit["on"],
    )
    assert ("Notice 1", "2020-06-03", "2019 to …") == (
        edit["source"]["title"],
        edit["source"]["date"],
        edit["source"]["valid"],
    )
    assert added["edits"] == ask("claim", "log", "-d", mine)["edits"]
    world = ("owners", "Base", "-d", mine, "--as-of", "2020-06-30")
    assert 61.5 == held(ask(*world))["Top", "Base"]

    undone = ask("claim", "undo", "-d", mine)
    assert [edit["claim_id"]] == [one["claim_id"] for one in undone["edits"]]
    assert before == mine.read_bytes()
    assert 60 == held(ask(*world))["Top", "Base"]


@pytest.mark.slow
def test_every_edit_in_an_overlay_of_the_bundled_data(tmp_path):
    """Added, superseded, rejected, removed; read together with the word `alliance`."""
    overlay = tmp_path / "my.trig"
    into = ("--into", overlay)
    first = ask(
        "claim",
        "add",
        "Renault",
        "Nissan",
        "--percent",
        "44-45",
        "--stated-for",
        "2019-06-30",
        *PAPER,
        *into,
    )["edits"][0]
    second = ask(
        "claim",
        "supersede",
        first["claim_id"],
        "--percent",
        "44.5",
        *PAPER,
        "--reason",
        "exact now",
        *into,
    )["edits"][0]
    third = ask(
        "claim", "reject", second["claim_id"].rpartition("/")[2][:12], "--reason", "not so", *into
    )["edits"][0]
    ask("claim", "forget", "Carlos Ghosn", "--reason", "request of the person", *into)
    log = ask("claim", "log", "-d", "alliance", "-d", overlay)

    assert (44, 45, None) == (
        first["capital_percent_min"],
        first["capital_percent_max"],
        first["capital_percent"],
    )
    assert ([first["claim_id"]], 44.5) == (second["supersedes"], second["capital_percent"])
    assert (second["claim_id"], "rejected") == (third["claim_id"], third["source"]["status"])
    assert ["addition", "supersession", "rejection", "removal"] == [
        edit["kind"] for edit in log["edits"]
    ]
    assert ["removed-person"] == [warning["code"] for warning in log["warnings"]]
    assert "accepted" == log["edits"][0]["source"]["status"]


def test_a_rejected_claim_has_its_status_in_sparql(mine):
    """Queries see what is read."""
    call("claim", "reject", "one", "--reason", "x", "-d", mine)
    query = f"SELECT ?s {{ <{ID}claim/one> kei:status ?s }}"
    rows = ask("query", query, "-d", mine)["results"]["bindings"]

    assert ["rejected"] == [row["s"]["value"].rpartition("/")[2] for row in rows]


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "jsonl"])
def test_other_forms_tell_the_same(mine, form):
    """A row for each edit, with the reason and the IRI."""
    call("claim", "reject", "one", "--reason", "=misprint", "-d", mine)
    outcome = call("claim", "log", "-d", mine, "-f", form)

    assert 0 == outcome.exit_code
    assert f"{ID}claim/one" in outcome.stdout
    assert "misprint" in outcome.stdout
    assert form != "csv" or ",=misprint" not in outcome.stdout


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("add", "Topp", "Base", "--percent", "1", *PAPER), "no party is named 'Topp'; nearest: "),
        (("add", "Top", "Base", "--percent", "1"), "missing option '--source-title'"),
        (("add", "Top", "Base", *PAPER), "nothing says how much is held; give --percent"),
        (("add", "Top", "Base", "--percent", "130", *PAPER), "more than 100 %"),
        (("add", "Top", "Base", "--shares", "-1", *PAPER), "invalid value for '--shares'"),
        (("reject", "one"), "missing option '--reason'"),
        (("reject", "nine", "--reason", "x"), "no claim is named 'nine'; copy its IRI"),
        (("supersede", "three", "--percent", "1", *PAPER), "only holdings are superseded"),
        (("undo",), "has no edit to take back"),
        (("forget", "Top", "--reason", "x"), "only persons are removed"),
        (("erase",), "no such command 'erase'"),
    ],
)
def test_errors_are_one_line_and_the_file_is_untouched(mine, process_of, args, message):
    """Exit status 2, what is wrong and how to mend it."""
    before = mine.read_bytes()
    ended = process_of("claim", *args, *(() if args == ("erase",) else ("-d", mine)))

    assert (2, "") == (ended.exit_code, ended.stdout)
    assert ended.stderr.startswith("error: ")
    assert 1 == ended.stderr.count("\n")
    assert message in ended.stderr
    assert before == mine.read_bytes()


@pytest.fixture
def process_of():
    """Run the program with errors told as users see them, in this process."""
    return call


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ((), "the bundled dataset is not edited in place; add --into FILE.trig"),
        (("-d", "alliance"), "the bundled dataset is not edited in place"),
        (("-d", "-", "--input-format", "turtle"), "standard input cannot be edited"),
        (("-d", "nowhere.ttl"), "nowhere.ttl: cannot be read (no such file)"),
        (("-d", "a.ttl", "-d", "b.ttl"), "there are 2 files; say with --into"),
        (("-d", "a.csv"), "a.csv: cannot hold edits: it is not RDF; add --into"),
        (("--into", "-"), "standard input cannot be edited"),
    ],
)
def test_where_an_edit_goes_must_be_clear(args, message):
    """Nothing is guessed and nothing is made."""
    outcome = call("claim", "reject", "one", "--reason", "x", *args)

    assert 2 == outcome.exit_code
    assert message in outcome.stderr


def test_a_table_is_corrected_in_an_overlay(tmp_path):
    """Its claims have IRIs that stay."""
    table, overlay = tmp_path / "t.csv", tmp_path / "o.ttl"
    table.write_text("holder,issuer,capital_percent\nAnn,Base,60\n", encoding="utf-8")
    ask(
        "claim",
        "add",
        "Bob",
        "Base",
        "--percent",
        "40",
        "--new-party",
        "--holder-kind",
        "person",
        *PAPER,
        "-d",
        table,
        "--into",
        overlay,
    )

    document = ask("owners", "Base", "-d", table, "-d", overlay)
    assert {("Ann", "Base"): 60, ("Bob", "Base"): 40} == held(document)


def test_labels_of_strangers_do_no_harm(mine):
    """Control characters, markup and quotes stay words, and are shown safely."""
    name = '\x1b[31m<script>alert("1")</script>\\ \u202e'
    added = ask(
        "claim",
        "add",
        name,
        "Base",
        "--percent",
        "1",
        "--new-party",
        "--source-title",
        '"""} <b>',
        "--note",
        "a\nb",
        "-d",
        mine,
    )
    shown = call("claim", "log", "-d", mine).stdout

    assert '<script>alert("1")</script>\\' in added["new_parties"][0]["party"]
    assert ("a\nb", '"""} <b>') == (added["edits"][0]["note"], added["edits"][0]["source"]["title"])
    assert not {"\x1b", "\u202e"} & set(shown)


def test_every_subcommand_has_help_with_an_example_that_parses():
    """And every option is explained."""
    assert {"add", "reject", "supersede", "undo", "log", "forget"} == set(command.commands)
    for one in command.commands.values():
        assert "keiretsu claim" in one.epilog
        assert [] == [p.name for p in one.params if isinstance(p, click.Option) and not p.help]
