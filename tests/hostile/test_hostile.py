"""What strangers can send: every row of docs/security.md is tried."""

import ast
import contextlib
import csv
import gzip
import io
import re
import zipfile
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.service.conftest import isolated, start  # noqa: F401 - fixtures

from keiretsu import OwnershipGraph
from keiretsu.cli.app import app
from keiretsu.errors import KeiretsuError
from keiretsu.ownership_graph.loading import FORMATS, Material

ROOT = Path(__file__).parents[2]
CORPUS = Path(__file__).parent / "corpus"
ROW = re.compile(r"^\| (?P<what>.+?) \| `(?P<name>[^`]+)` \| (?P<told>.+) \|$", re.MULTILINE)
ROWS = [match.groupdict() for match in ROW.finditer((ROOT / "docs/security.md").read_text("utf-8"))]
INPUTS = {row["name"]: row["told"] for row in ROWS if "::" not in row["name"]}
TESTS = [row["name"] for row in ROWS if "::" in row["name"]]
SOME = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture(scope="module")
def formulas():
    """Return a graph whose names begin like formulas."""
    return OwnershipGraph.open(CORPUS / "formula.csv")


@pytest.fixture(scope="module")
def client(formulas, start):  # noqa: F811
    """Return a client of a server over them."""
    with httpx.Client(base_url=start(formulas, timeout=3), timeout=60) as found:
        yield found


def test_the_page_and_the_tests_say_the_same():
    """Every input has its row, and every row its input or its test."""
    assert {path.name for path in CORPUS.iterdir()} == set(INPUTS)
    assert (19, 38) == (len(INPUTS), len(TESTS))
    for name in TESTS:
        path, _, function = name.partition("::")
        tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
        assert function in {one.name for one in tree.body if isinstance(one, ast.FunctionDef)}


@pytest.mark.parametrize("name", INPUTS)
def test_inputs(name, formulas):
    """What the page says of an input happens."""
    path, told = CORPUS / name, INPUTS[name]

    def tried():
        if path.suffix == ".rq":
            return formulas.query(path.read_text(encoding="utf-8"), timeout=20)
        return OwnershipGraph.open(path)

    if told.startswith("refused: "):
        with pytest.raises(KeiretsuError, match=re.escape(told.removeprefix("refused: "))):
            tried()
    else:
        assert told.startswith(("loaded; ", "answered; "))
        assert tried() is not None


def test_bombs():
    """A gzip and a zip file that unpack to far more than data ever do."""
    rows = b"holder,issuer,capital_percent\n" + b"A,B,1\n" * 14_000_000
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a.csv", rows)
    for content, name in ((gzip.compress(rows, 6), "a.csv.gz"), (archive.getvalue(), "a.zip")):
        with pytest.raises(KeiretsuError, match="unpack"):
            OwnershipGraph.of([Material(content, name, "table")])


def test_names_that_climb(tmp_path):
    """A member's name is never a path."""
    archive = tmp_path / "in" / "a.zip"
    archive.parent.mkdir()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("../../escaped.csv", "holder,issuer,capital_percent\nA,B,50\n")
    with contextlib.suppress(KeiretsuError):
        OwnershipGraph.open(archive)
    assert [archive] == [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not list(tmp_path.parent.glob("escaped*"))


def test_a_giant_literal():
    """8 MB in one label are loaded and can be asked for."""
    text = (
        "@prefix kei: <https://w3id.org/keiretsu/ontology#> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        f'<urn:a> a kei:Company ; rdfs:label "{"x" * (8 << 20)}" .\n'
    )
    kg = OwnershipGraph.of([Material(text.encode(), "giant.ttl", "turtle")])
    found = kg.query("SELECT (STRLEN(?label) AS ?n) { <urn:a> rdfs:label ?label }", timeout=60)
    assert str(8 << 20) == found.values()[0]["n"]


@SOME
@given(st.sampled_from(FORMATS), st.binary(max_size=300))
def test_readers_refuse_in_words(form, content):
    """Whatever bytes come, in whatever format: loaded, or one sentence."""
    told = ""
    try:
        OwnershipGraph.of([Material(content, "x", form)])
    except KeiretsuError as error:
        told = str(error)
    assert "\n" not in told
    assert "Traceback" not in told


@SOME
@given(
    st.one_of(
        st.binary(max_size=200), st.text(max_size=200).map(lambda x: x.encode("utf-8", "replace"))
    ),
    st.sampled_from(["application/sparql-query", "application/x-www-form-urlencoded", "", "a/b;;"]),
    st.sampled_from(["*/*", "", "text/csv;q=x", "\x7f", "a", "text/turtle"]),
)
def test_the_endpoint_bears_anything(client, content, kind, accept):
    """Never a failure inside; always a problem in words."""
    for body in (content, b"query=" + content):
        response = client.post(
            "/sparql", content=body, headers={"Content-Type": kind, "Accept": accept}
        )
        assert response.status_code < 500 or response.status_code == 504
        if response.status_code >= 400:
            assert response.json()["detail"]
            assert "Traceback" not in response.text


@pytest.mark.parametrize(
    "path",
    ["/pages/../../pyproject.toml", "/pages/%2e%2e%2fapi.py", "/pages/..%5capi.py",
     "/pages//etc/passwd", "/pages/api.py", "/pages/%00", "/api/questions/..%2f..%2fdata"],
)  # fmt: skip
def test_paths_that_climb(client, path):
    """No file but the explorer's own is sent."""
    assert 404 == client.get(path).status_code


@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_formulas_do_not_leave(form):
    """Neither from measures nor from queries."""
    data = ["-d", str(CORPUS / "formula.csv"), "-f", form]
    for command in (["owners", "Firm"], ["query", "SELECT ?l { ?p rdfs:label ?l }"]):
        found = CliRunner().invoke(app, [*command, *data], standalone_mode=False)
        rows = list(csv.reader(io.StringIO(found.stdout), delimiter="," if form == "csv" else "\t"))
        assert any("HYPERLINK" in cell for row in rows for cell in row)
        assert not [cell for row in rows for cell in row if cell.startswith(("=", "@"))]
