"""Flattened tables of BODS: the same statements nested and flattened are the same claims.

The tables among the samples were written by another program (flatterer 0.25) from the statements
beside them.
"""

import csv
import io
import json
import shutil
import zipfile
from operator import itemgetter

import pytest
from tests.formats.reading import SAMPLES

from keiretsu.errors import InputError
from keiretsu.formats import FORMATS, Input, Reading, collected, recognised
from keiretsu.formats.bods import table_cells
from keiretsu.formats.bods.schema import _schemas
from keiretsu.model import LossReport
from keiretsu.ownership_graph import Material, OwnershipGraph

FOLDER = SAMPLES / "bods-tables"
NESTED = FOLDER / "nested.json"


def claims_of(source, *, lenient=False):
    reading = Reading(source.name, lenient=lenient)
    return collected(recognised(source).read(source, reading), reading), reading


def packed(folder, names=lambda name: name):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.iterdir()):
            archive.writestr(names(path.name), path.read_bytes())
    return out.getvalue()


def said(claims):
    """Return what is said, without what the file is called."""
    contents = sorted(json.dumps(json.loads(one.content)) for one in claims.source_records)
    return (
        dict(claims.parties),
        claims.holdings,
        claims.tenures,
        {one.id for one in claims.every_claim()},
        contents,
    )


FORMS = {
    "a folder of CSV": lambda: Input.of_file(FOLDER / "csv", "csv"),
    "a folder of Parquet": lambda: Input.of_file(FOLDER / "parquet", "parquet"),
    "a zip of CSV": lambda: Input(packed(FOLDER / "csv", lambda n: f"dump/csv/{n}"), "dump.zip"),
    "a zip of Parquet": lambda: Input(packed(FOLDER / "parquet"), "dump.zip"),
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_nested_and_flattened_are_the_same_claims(form):
    nested, _ = claims_of(Input.of_file(NESTED, "nested.json"))

    flat, reading = claims_of(form())

    assert len(nested.source_records) == 13
    assert said(nested) == said(flat)
    assert not reading.cautions()


def test_places_name_table_and_line():
    flat, _ = claims_of(FORMS["a folder of CSV"]())

    assert {"csv/relationship_statement.csv:2"} <= {one.place for one in flat.holdings}


def test_names_in_lower_case_are_the_same(tmp_path):
    """Dumps by way of a database have lost the capitals."""
    for path in (FOLDER / "csv").iterdir():
        head, _, rest = path.read_text("utf-8").partition("\n")
        (tmp_path / path.name.lower()).write_text(f"{head.lower()}\n{rest}", "utf-8")

    flat, _ = claims_of(Input.of_file(tmp_path, "lower"))

    assert said(claims_of(Input.of_file(NESTED, "nested.json"))[0]) == said(flat)


def test_rows_of_lists_may_stand_in_any_order(tmp_path):
    shutil.copytree(FOLDER / "csv", tmp_path / "csv")
    names = tmp_path / "csv" / "relationship_recordDetails_interests.csv"
    rows = list(csv.reader(io.StringIO(names.read_text("utf-8"))))
    with names.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([rows[0], *sorted(rows[1:], key=lambda row: row[1][::-1])])

    flat, _ = claims_of(Input.of_file(tmp_path / "csv", "csv"))

    nested, _ = claims_of(Input.of_file(NESTED, "nested.json"))
    assert len(nested.holdings) == len(flat.holdings) > 6
    assert {one.id for one in nested.holdings} == {one.id for one in flat.holdings}


OLD = {
    "entity_statement.csv": "_link,statementID,statementType,statementDate,isComponent,entityType,"
    "name,incorporatedInJurisdiction_name,incorporatedInJurisdiction_code\n"
    "0,e1,entityStatement,2020-01-01,false,registeredEntity,A Ltd,United Kingdom,GB\n",
    "person_statement.csv": "_link,statementid,statementtype,statementdate,iscomponent,persontype,"
    "birthdate\n0,p1,personStatement,2020-01-01 00:00:00,f,knownPerson,1970-05\n",
    "person_names.csv": "_link,_link_person_statement,type,fullName\n0.names.0,0,individual,Ann\n",
    "ooc_statement.csv": "_link,statementID,statementType,statementDate,isComponent,"
    "subject_describedByEntityStatement,interestedParty_describedByPersonStatement\n"
    "0,o1,ownershipOrControlStatement,2020-01-01,false,e1,p1\n",
    "ooc_interests.csv": "_link,_link_ooc_statement,type,interestLevel,share_minimum,"
    "share_maximum,share_exclusiveMinimum\n"
    "0.interests.0,0,shareholding,direct,25,50,true\n0.interests.1,0,voting-rights,direct,25,50,\n",
    "tables.csv": "table_name,table_title\nooc_statement,ooc\n",
}


def old_tables(folder, **changes):
    for name, text in (OLD | changes).items():
        (folder / name).write_text(text, "utf-8")
    return Input.of_file(folder, "old")


def test_tables_before_0_4(tmp_path):
    claims, _ = claims_of(old_tables(tmp_path))

    (holding,) = claims.holdings
    names = (claims.parties[holding.holder].label, claims.parties[holding.issuer].label)
    assert ("Ann", "A Ltd") == names
    assert ("(25, 50] %", "[25, 50] %") == (str(holding.capital), str(holding.votes))
    assert "2020-01-01" == str(holding.known_from)


REFUSED = {
    "a cell that is no number": (
        "ooc_interests.csv",
        "_link,_link_ooc_statement,type,share_exact\n0.i.0,0,shareholding,much\n",
        r"old/ooc_interests.csv:2: the cell of 'share_exact' \('much'\) is not a number",
    ),
    "a cell that is no truth value": (
        "person_statement.csv",
        "_link,statementID,statementType,isComponent\n0,p1,personStatement,perhaps\n",
        r"old/person_statement.csv:2: the cell of 'isComponent' .* is neither true nor false",
    ),
    "a value that is an object too": (
        "person_statement.csv",
        "_link,statementID,statementType,source,source_url\n0,p1,personStatement,x,y\n",
        r"old/person_statement.csv:2: the column 'source_url' is at once a value and an object",
    ),
    "a ragged row": ("person_names.csv", "_link,_link_person_statement\n0\n", "has 1 cell"),
    "a row without its name": (
        "person_statement.csv",
        "statementID,statementType\np1,personStatement\n",
        r"the column _link is missing",
    ),
}


@pytest.mark.parametrize(("table", "text", "message"), REFUSED.values(), ids=REFUSED)
def test_malformed_tables_are_refused_with_their_place(tmp_path, table, text, message):
    source = old_tables(tmp_path, **{table: text})

    with pytest.raises(InputError, match=message):
        claims_of(source)


def test_malformed_rows_are_skipped_and_counted(tmp_path):
    table, text, _ = REFUSED["a cell that is no number"]
    source = old_tables(tmp_path, **{table: text})

    claims, reading = claims_of(source, lenient=True)

    assert (1, 0) == (reading.skipped, len(claims.holdings))
    assert "old/ooc_interests.csv:2" == reading.findings[0].place


def test_a_table_that_stands_twice_is_refused():
    with pytest.raises(InputError, match=r"stands twice \(csv/.*, parquet/"):
        claims_of(Input.of_file(FOLDER, "bods-tables"))


def test_a_table_that_belongs_nowhere_is_told(tmp_path):
    source = old_tables(tmp_path, **{"ooc_extra.csv": "_link,_link_moon\n0,0\n"})

    _, reading = claims_of(source)

    assert ["unread-table"] == [one.code for one in reading.cautions()][:1]
    assert ["table ooc_extra"] == [one.field for one in reading.losses.losses()]


def test_a_folder_of_something_else_is_refused(tmp_path):
    (tmp_path / "a.txt").write_text("x")

    with pytest.raises(InputError, match="neither a store nor tables of BODS"):
        recognised(Input.of_file(tmp_path, "folder"))


def test_an_archive_of_several_other_files_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.csv", "x")
        archive.writestr("b.csv", "x")

    with pytest.raises(InputError, match="holds 2 files, and not the tables"):
        recognised(Input(out.getvalue(), "two.zip"))


def test_a_table_that_unpacks_to_too_much_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("entity_statement.csv", b"a" * (70 * 1024 * 1024))
        archive.writestr("person_statement.csv", b"a")

    with pytest.raises(InputError, match="unpacks to more than"):
        claims_of(Input(out.getvalue(), "bomb.zip"))


def test_the_graph_opens_a_folder_and_writes_the_statements_back():
    graph = OwnershipGraph.open(FOLDER / "csv")

    assert 7 == len(graph.claims.parties)
    nested = json.loads(NESTED.read_text("utf-8"))
    out = io.BytesIO()
    FORMATS["bods"].write(graph.claims, out, LossReport())
    by_id = itemgetter("statementId")
    assert sorted(nested, key=by_id) == sorted(json.loads(out.getvalue()), key=by_id)


def test_tables_are_checked_by_the_rules_of_the_standard():
    findings = FORMATS["bods-tables"].check(FORMS["a folder of CSV"]())

    nested = FORMATS["bods"].check(Input.of_file(NESTED, "nested.json"))
    assert sorted(one.rule for one in nested) == sorted(one.rule for one in findings)


def typed(schema, kind):
    if isinstance(schema, list):
        return set().union(*(typed(one, kind) for one in schema), set())
    if not isinstance(schema, dict):
        return set()
    own = {
        name
        for name, one in schema.get("properties", {}).items()
        if isinstance(one, dict) and kind(one)
    }
    return own | set().union(*(typed(one, kind) for one in schema.values()), set())


def test_the_types_of_cells_are_those_of_the_schema():
    schemas = list(_schemas())

    def texts(one):
        return one.get("type") == "array" and one.get("items", {}).get("type") == "string"

    assert table_cells.NUMBERS == typed(schemas, lambda one: one.get("type") == "number")
    assert typed(schemas, lambda one: one.get("type") == "boolean") == table_cells.FLAGS - {
        "hasPepStatus"
    }
    assert typed(schemas, texts) == table_cells.LISTS | {"type"}


def test_material_of_a_folder(tmp_path):
    assert "bods-tables" == Material.of_file(old_tables(tmp_path).content).format
