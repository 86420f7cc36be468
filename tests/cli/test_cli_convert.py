"""``keiretsu convert`` as a user runs it, and ``validate`` on files of BODS."""

import gzip
import json
from pathlib import Path

import pytest
from bods_fixtures import load
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from keiretsu.errors import InputError

FOLDER_OF_SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"
STATEMENTS = load("core/01-direct-ownership").statements


@pytest.fixture
def bods(tmp_path):
    path = tmp_path / "statements.json"
    path.write_text(json.dumps(STATEMENTS), encoding="utf-8")
    return str(path)


def check(name, document):
    schemas = [json.loads(path.read_text("utf-8")) for path in FOLDER_OF_SCHEMAS.glob("*.json")]
    registry = Registry().with_resources(
        [(one["$id"], Resource.from_contents(one)) for one in schemas]
    )
    schema = next(one for one in schemas if one["$id"].endswith(f"/{name}.json"))
    Draft202012Validator(schema, registry=registry).validate(document)


def test_bods_to_rdf_and_back(call, tmp_path, bods):
    """The same statements, by way of a file in every syntax of RDF."""
    for ending in ("ttl", "trig", "nq", "nt", "rdf", "jsonld"):
        middle, back = str(tmp_path / f"a.{ending}"), tmp_path / f"back-{ending}.json"
        assert 0 == call("convert", bods, middle).exit_code
        assert 0 == call("convert", middle, str(back)).exit_code
        assert STATEMENTS == json.loads(back.read_text("utf-8"))


def test_the_summary(call, tmp_path, bods):
    result = call("convert", bods, str(tmp_path / "a.ttl"))

    assert "3 records, 2 parties, 1 claims, 0 skipped, 1 written" in result.stdout
    assert "seconds" in result.stdout
    assert "Nothing was lost." in result.stdout


def test_the_report_as_json(call, tmp_path):
    out = tmp_path / "case.json"
    result = call("convert", "alliance", str(out), "-f", "json")
    document = json.loads(result.stdout)

    check("convert", document)
    assert (False, "bods") == (document["lossless"], document["output_format"])
    assert len(json.loads(out.read_text("utf-8"))) == document["written"]
    assert "agreement" in {one["field"] for one in document["losses"]}
    assert {"write"} == {one["stage"] for one in document["losses"]}


def test_strict_writes_nothing_if_something_is_lost(call, tmp_path, bods):
    lost, kept = tmp_path / "lost.json", tmp_path / "kept.ttl"

    assert 1 == call("convert", "alliance", str(lost), "--strict").exit_code
    assert not lost.exists()
    assert 0 == call("convert", bods, str(kept), "--strict").exit_code
    assert kept.exists()


def test_what_fails_half_way_leaves_what_was_there(call, tmp_path, monkeypatch):
    """The old file stays, and nothing lies beside it."""
    table, out = tmp_path / "a.csv", tmp_path / "out" / "a.ttl"
    table.write_text("holder,issuer,capital_percent\nA,B,60\n", encoding="utf-8")
    call("load", str(table), "--store", str(tmp_path / "store"))
    out.parent.mkdir()
    out.write_text("old", encoding="utf-8")

    def fails(disk, _syntax, stream):
        stream.write(b"half")
        raise InputError("is damaged", place=disk.path)

    with monkeypatch.context() as patched:
        patched.setattr("keiretsu.ownership_graph.converting_store.write_syntax", fails)
        assert 2 == call("convert", str(tmp_path / "store"), str(out)).exit_code
    assert ("old", [out]) == (out.read_text("utf-8"), list(out.parent.iterdir()))
    assert 0 == call("convert", str(tmp_path / "store"), str(out)).exit_code
    assert out.read_text("utf-8").startswith("@prefix")
    assert [out] == list(out.parent.iterdir())


def test_standard_input_and_output(call):
    """The file goes to standard output, the report to standard error."""
    text = json.dumps(STATEMENTS)
    result = call("convert", "-", "-", "--input-format", "bods", "--to", "turtle", stdin=text)

    assert result.stdout.startswith("@prefix")
    assert "3 records" in result.stderr


def test_compressed_input_is_analysed_directly(call, tmp_path):
    path = tmp_path / "statements.json.gz"
    path.write_bytes(gzip.compress(json.dumps(STATEMENTS).encode()))

    result = call("control", "-d", str(path), "-f", "json")

    (found,) = json.loads(result.stdout)["control"]
    assert ("Jane Smith", "Acme Holdings Ltd", 75.0) == (
        found["controller"],
        found["company"],
        found["percent"],
    )


def test_lenient_conversion_counts_what_it_skips(call, tmp_path):
    lines = [json.dumps(one) for one in STATEMENTS]
    path = tmp_path / "statements.jsonl"
    path.write_text("\n".join([lines[0], "nonsense", *lines[1:]]), encoding="utf-8")
    out = str(tmp_path / "out.ttl")

    refused = call("convert", str(path), out)
    skipped = call("convert", str(path), out, "--lenient", "-f", "json")

    assert (2, "") == (refused.exit_code, refused.stdout)
    assert f"error: {path}:2: this is not JSON" in refused.stderr
    document = json.loads(skipped.stdout)
    assert (4, 1, False) == (document["records"], document["skipped"], document["lossless"])


ERRORS = {
    "no such file": (("nowhere.json", "out.ttl"), "cannot be read"),
    "no ending": (("alliance", "out"), "add --to"),
    "unknown ending": (("alliance", "out.doc"), "add --to"),
    "unknown format": (("alliance", "out.ttl", "--to", "docx"), "docx"),
}


@pytest.mark.parametrize(("args", "message"), ERRORS.values(), ids=ERRORS)
def test_errors_in_one_line(call, tmp_path, monkeypatch, args, message):
    monkeypatch.chdir(tmp_path)
    result = call("convert", *args)

    assert 2 == result.exit_code
    assert 1 == len(result.stderr.splitlines())
    assert message in result.stderr
    assert [] == list(tmp_path.iterdir())


def test_json_of_no_known_format(call, tmp_path):
    path = tmp_path / "x.json"
    path.write_text('{"hello": 1}', encoding="utf-8")

    result = call("control", "-d", str(path))

    assert 2 == result.exit_code
    assert "begins like none of bods" in result.stderr


def test_validate_tells_schema_and_rules_apart(call, tmp_path, bods):
    """Many files in one call; each finding with its statement and path; exit status 1."""
    broken = json.loads(json.dumps(STATEMENTS))
    broken[0]["recordType"] = "thing"
    broken[2]["recordDetails"]["interests"][0]["share"] = {"minimum": 60, "maximum": 50}
    other = tmp_path / "broken.json"
    other.write_text(json.dumps(broken, indent=1), encoding="utf-8")

    result = call("validate", bods, str(other), "-f", "json")
    document = json.loads(result.stdout)

    check("validate", document)
    assert (1, False) == (result.exit_code, document["conforms"])
    errors = [one for one in document["results"] if one["severity"] == "error"]
    found = {(one["check"], one["rule"], one["path"]) for one in errors}
    assert ("schema", "bods-schema-enum", "/recordType") in found
    assert (
        "semantic",
        "bods-share-reversed",
        "/recordDetails/interests/0/share",
    ) in found
    assert {str(other)} == {one["place"].rpartition(":")[0] for one in errors}
    assert all(one["record"] for one in errors)


def test_validate_on_a_sound_file(call, bods):
    result = call("validate", bods)

    assert 0 == result.exit_code
    assert "conforms (no errors, 3 warnings)" in result.stdout


TABLES = Path(__file__).parents[1] / "formats" / "samples" / "bods-tables"


def test_a_folder_of_tables_is_one_input(call, tmp_path):
    """It is asked, checked and converted like any file."""
    folder, out = str(TABLES / "csv"), tmp_path / "back.jsonl"

    info = json.loads(call("info", "-d", folder, "-f", "json").stdout)
    assert (7, 8) == (info["counts"]["parties"], info["counts"]["holdings"])
    result = call("convert", folder, str(out), "--to", "bods", "-f", "json")
    document = json.loads(result.stdout)

    check("convert", document)
    assert ("bods-tables", "bods-lines", 13) == (
        document["input_format"],
        document["output_format"],
        document["written"],
    )
    nested = json.loads((TABLES / "nested.json").read_text("utf-8"))
    lines = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert {one["statementId"]: one for one in nested} == {one["statementId"]: one for one in lines}
    assert 0 == call("validate", folder).exit_code


def test_a_folder_of_tables_can_be_loaded(call, tmp_path):
    store = str(tmp_path / "store")

    assert 0 == call("load", str(TABLES / "csv"), "--store", store).exit_code
    again = call("load", str(TABLES / "csv"), "--store", store, "-f", "json")

    assert 0 == again.exit_code
    assert 7 == json.loads(call("info", "-d", store, "-f", "json").stdout)["counts"]["parties"]


@pytest.mark.parametrize(
    ("name", "to", "form"),
    [
        ("out.csv", (), "csv"),
        ("out.tsv", (), "tsv"),
        ("out.xlsx", (), "xlsx"),
        ("out.parquet", (), "parquet"),
        ("out.tsv", ("--to", "table"), "tsv"),
        ("out", ("--to", "table"), "csv"),
    ],
)
def test_a_table_is_written_and_answers_alike(call, tmp_path, name, to, form):
    """Who controls whom is the same by the table as by what it was written from."""
    out = str(tmp_path / name)
    source = tmp_path / "in.csv"
    source.write_text('holder,issuer,capital_percent\nA,B,60\nB,C,"(50,75]"\nD,C,<25\n')

    done = json.loads(call("convert", str(source), out, *to, "-f", "json").stdout)
    read = ("--input-format", form.replace("tsv", "csv"))
    before = json.loads(call("control", "-d", str(source), "-f", "json").stdout)
    after = json.loads(call("control", "-d", out, *read, "-f", "json").stdout)

    assert (form, 3, True) == (done["output_format"], done["written"], done["lossless"])
    pairs = [[(one["controller"], one["company"], one["verdict"]) for one in answer["control"]]
             for answer in (before, after)]  # fmt: skip
    assert pairs[0] == pairs[1] != []
