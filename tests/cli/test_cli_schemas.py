"""Every JSON answer keeps its schema, and CSV has the columns of the schema in its order."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource

from keiretsu.cli.columns import COLUMNS
from keiretsu.ownership_graph.document import MAIN

FOLDER = Path(__file__).parents[2] / "docs" / "schemas"
SCHEMAS = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.json"))}
REGISTRY = Registry().with_resources(
    [(schema["$id"], Resource.from_contents(schema)) for schema in SCHEMAS.values()]
)
DAYS = ("2005-06-30", "2015-05-01", "2019-09-03", "2020-12-31", "2023-11-09", "2024-12-31")
BUNDLED = {
    "info": [("info",), ("info", "--names")],
    "queries": [("queries",)],
    "link": [("link", "--least", "85")],
    "owners": [
        ("owners", "Nissan", "--undisclosed-to", "Renault"),
        ("owners", "Renault", "--rights", "votes", "--exact"),
        ("owners", "Renault", "--method", "raw"),
        ("owners", "Nissan", "--method", "simple-paths"),
        ("owners", "Nissan", "--method", "damped", "--damping", "50"),
    ],
    "holdings": [
        ("holdings", "French State"),
        ("holdings", "Renault", "--exact"),
        ("holdings", "Renault", "--method", "column-corrected"),
        ("holdings", "Renault", "--method", "damped", "--damping", "0"),
    ],
    "control": [
        ("control",),
        ("control", "--ultimate"),
        ("control", "--of", "Nissan", "--rule", "fr-presumption-40", "--exact"),
        ("control", "--group", "Renault, Daimler", "--rights", "capital"),
        ("control", "--of", "Renault", "--undisclosed-to", "Nissan", "--turnout", "60"),
    ],
    "paths": [
        ("paths", "French State", "Mitsubishi Motors", "--exact"),
        ("paths", "Renault", "Renault", "--rights", "votes"),
    ],
    "votes": [("votes", "Renault", "--exact"), ("votes", "Nissan")],
    "power": [
        ("power", "Renault", "--exact"),
        ("power", "Renault", "--index", "banzhaf", "--turnout", "70", "--blocs"),
        ("power", "Nissan", "--float", "atoms", "--quota", "66.7", "--at-least"),
    ],
    "chains": [
        ("chains", "French State", "Nissan", "--exact"),
        ("chains", "Nissan", "Renault", "--rights", "capital", "--threshold", "10"),
    ],
    "network": [("network",)],
    "screen": [
        ("screen", "--regime", "close-links", "--listed", "Renault", "--exact"),
        ("screen", "--regime", "takeover-bid", "--listed", "Renault", "--listed", "French State"),
        (
            "screen",
            "--regime",
            "uk-sanctions",
            "--listed",
            "Russian State",
            "--joint",
            "Renault, Nissan",
        ),
    ],
    "beneficial": [
        ("beneficial", "Nissan", "--regime", "amlr", "--exact"),
        ("beneficial", "BMW", "--regime", "amld"),
        ("beneficial", "Renault", "--regime", "gwg", "--controls", "John Elkann>Renault"),
    ],
    "reconcile": [("reconcile",)],
    "whatif": [
        ("whatif", "--hold", "Renault>Nissan=12", "--exact", "--regime", "psc"),
        ("whatif", "--end", "C. com. L.233-31", "--regime", "none"),
    ],
    "diff": [("diff", "2015-12-01", "2016-04-04", "--regime", "ofac", "--exact")],
    "moves": [("moves", "Nissan", "Mitsubishi Motors", "--exact")],
    "timeline": [("timeline", "Mitsubishi Motors", "--rule", "majority-votes")],
    "query": [("query", "-n", "q01"), ("query", "ASK {}")],
}
TIMELESS = ("info", "queries", "query", "diff", "link")


def check(name, document):
    validator = Draft202012Validator(
        SCHEMAS[name], registry=REGISTRY, format_checker=FormatChecker()
    )
    assert [] == [f"{e.json_path}: {e.message}" for e in validator.iter_errors(document)]
    return document


def test_there_is_a_schema_for_every_answer():
    """Twenty-four answers and what they share; each is a schema itself."""
    others = {"validate", "convert", "claim", "load", "materialize", "common"}
    assert {*BUNDLED, *others} == set(SCHEMAS)
    assert 25 == len(SCHEMAS)
    for schema in SCHEMAS.values():
        Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("name", BUNDLED)
def test_answers_of_the_bundled_data(ask, name):
    """On several days, with every option that changes the answer's form."""
    for args in BUNDLED[name]:
        for day in (None,) if name in TIMELESS else DAYS:
            document = ask(*args, *(("--as-of", day) if day else ()))
            check(name, document)
            if name not in ("query", "diff"):
                assert (name, day) == (document["command"], document["as_of"])


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("owners", ("owners", "Base", "--exact")),
        ("holdings", ("holdings", "Bert")),
        ("control", ("control", "--by", "Bert", "--by", "Anna")),
        ("paths", ("paths", "Bert", "Base", "--exact")),
        ("votes", ("votes", "Top")),
        ("owners", ("owners", "Base", "--method", "raw", "--undisclosed-to", "Bert")),
        ("holdings", ("holdings", "Top", "--method", "simple-paths")),
        ("power", ("power", "Top", "--exact")),
        ("power", ("power", "Base", "--index", "banzhaf", "--float", "absent")),
        ("chains", ("chains", "Bert", "Base", "--exact")),
        ("network", ("network",)),
        ("control", ("control", "--of", "Base", "--undisclosed-to", "Bert")),
        ("owners", ("owners", "Base", "--method", "damped", "--damping", "90")),
        (
            "screen",
            ("screen", "--regime", "ofac", "--listed", "Bert", "--listed", "Anna", "--exact"),
        ),
        ("beneficial", ("beneficial", "Base", "--regime", "amlr", "--exact")),
        ("beneficial", ("beneficial", "Middle", "--regime", "psc")),
        ("reconcile", ("reconcile",)),
        ("whatif", ("whatif", "--hold", "Anna>Base=40", "--exact")),
        ("moves", ("moves", "Anna", "Base", "--exact")),
        ("timeline", ("timeline", "Base")),
        ("info", ("info", "--names")),
        ("validate", ("validate",)),
    ],
)
def test_answers_of_a_table_with_ranges(ask, small, name, args):
    """Ranges, unknown kinds and undisclosed remainders keep the schema too."""
    document = check(name, ask(*args, "-d", small))
    assert name == document["command"]
    assert document.get(MAIN.get(name, "counts")) is not None


def test_findings_keep_the_schema(call, tmp_path):
    """A failed check is an answer like any other."""
    path = tmp_path / "bad.csv"
    path.write_text("holder,issuer,capital_percent\nA,B,130\nA,C,much\n", encoding="utf-8")
    document = json.loads(call("validate", path, "-f", "json").stdout)

    check("validate", document)
    assert (False, 2) == (document["conforms"], len(document["results"]))


def test_the_list_of_derived_graphs_keeps_the_schema(ask, small, tmp_path):
    """Of graphs written, replaced and dropped."""
    file = tmp_path / "derived.trig"
    asked = ("materialize", "--as-of", "2020-01-01", "--regime", "ofac")
    written = check("materialize", ask(*asked, "-d", small, "-o", file))
    replaced = check("materialize", ask(*asked, "--known-at", "2020-01-01", "--into", file))
    graph = "integrated/2020-01-01"
    dropped = check("materialize", ask("materialize", "--into", file, "--drop", graph))
    done = [{one["done"] for one in document["graphs"]} for document in (written, replaced)]
    assert [{"written"}, {"written"}] == done
    assert [(True, "dropped")] == [
        (one["graph"].endswith(graph), one["done"]) for one in dropped["graphs"]
    ]


def test_a_load_keeps_the_schema(call, small, tmp_path):
    """What a store holds after it."""
    told = json.loads(call("load", small, "--store", tmp_path / "s", "-f", "json").stdout)
    document = check("load", told)
    assert 1 == len(document["inputs"])


def test_the_answer_of_an_engine_keeps_the_schema(ask, tmp_path):
    """Of a ring too, and where the engine has written the rows itself."""
    path = tmp_path / "ring.csv"
    path.write_text("holder,issuer,capital_percent\nA,B,60\nB,A,60\nB,C,51\n", encoding="utf-8")
    asked = ("control", "--ultimate", "--engine", "duckdb", "-d", path)
    told = check("control", ask(*asked))
    written = check("control", ask(*asked, "--into", tmp_path / "rows.parquet"))
    planned = check("control", ask(*asked, "--plan"))

    assert ["A", "B", "C"] == [row["company"] for row in told["control"]]
    assert (tmp_path / "rows.parquet").stat().st_size > 0
    assert told["rule"] == written["rule"] == planned["rule"]


def element(name):
    """Return the schema of an element of the main list."""
    key = "parties" if name == "names" else MAIN.get(name)
    schema = SCHEMAS["info" if name == "names" else name]
    return None if key is None else schema["properties"][key]["items"]


@pytest.mark.parametrize("name", [name for name in COLUMNS if name != "info"])
def test_columns_are_in_schema_order(name):
    """What CSV shows is what the schema lists, in its order."""
    listed = [key for key in element(name)["properties"] if key != "exact"]

    assert list(COLUMNS[name]) == listed


@pytest.mark.parametrize("spoilt", ["keiretsu", "dataset", "owners", "rights"])
def test_schemas_are_strict(ask, small, spoilt):
    """A missing or an additional field is noticed."""
    document = ask("owners", "Base", "-d", small)
    check("owners", document)
    without = {key: value for key, value in document.items() if key != spoilt}

    with pytest.raises(AssertionError):
        check("owners", without)
    with pytest.raises(AssertionError):
        check("owners", {**document, f"{spoilt}_more": 1})
