"""A snapshot for other programs: what they read is what the snapshot says."""

import csv
import io
import zipfile

import networkx as nx
import pytest
from click.testing import CliRunner

from keiretsu import OwnershipGraph, to_networkx
from keiretsu.cli.app import app
from keiretsu.mirror import gexf, graphml, neo4j, snapshot_of_shares

HOSTILE = {
    ("<b>A & B</b>", '=cmd|"calc"'): "43.4%",
    ("日産", "<b>A & B</b>"): "(25,50]%",
    ("C, D", "日産"): "10%",
}


@pytest.fixture(scope="module")
def alliance():
    """Return the bundled case in the autumn of 2019."""
    return OwnershipGraph.open().snapshot("2019-09-03")


def tables(packed):
    """Return the rows of the tables in a zip, by name."""
    archive = zipfile.ZipFile(io.BytesIO(packed))
    return {
        name: list(csv.DictReader(io.StringIO(archive.read(name).decode(), newline="")))
        for name in archive.namelist()
    }


@pytest.mark.parametrize(
    ("write", "read"), [(graphml, nx.read_graphml), (gexf, nx.read_gexf)], ids=["graphml", "gexf"]
)
@pytest.mark.parametrize("hostile", [True, False])
def test_networkx_reads_back_what_the_mirror_has(alliance, write, read, hostile):
    """Every party with its label and kind, every holding with its ends in percent."""
    world = snapshot_of_shares(HOSTILE) if hostile else alliance
    mirror, found = to_networkx(world), read(io.BytesIO(write(world)))

    assert {n: d["label"] for n, d in mirror.nodes(data=True)} == {
        n: d["label"] for n, d in found.nodes(data=True)
    }
    assert found.is_directed()
    ends = ("capital_min", "capital_max", "votes_min", "votes_max")
    told = sorted(
        (h, i, *(round(d[end] * 100, 6) for end in ends if d[end] is not None))
        for h, i, d in mirror.edges(data=True)
    )
    names = [end.replace("_m", "_percent_m") for end in ends]
    read_back = sorted(
        (h, i, *(round(d[name], 6) for name in names if name in d))
        for h, i, d in found.edges(data=True)
    )
    assert told == read_back
    assert len(world.holdings) == len(told)


def test_tables_for_neo4j_have_heads_that_it_knows(alliance):
    """Identifiers, labels and types in the heads; each relationship joins two rows of parties."""
    for world in (alliance, snapshot_of_shares(HOSTILE)):
        found, mirror = tables(neo4j(world)), to_networkx(world)
        parties, holdings = found["parties.csv"], found["holdings.csv"]
        known = {row["iri:ID"]: row for row in parties}

        assert set(mirror.nodes) == set(known)
        assert all(row[":LABEL"] == row["kind:string"] for row in parties)
        assert mirror.number_of_edges() == len(holdings)
        assert all({row[":START_ID"], row[":END_ID"]} <= set(known) for row in holdings)
        assert {"HOLDS"} == {row[":TYPE"] for row in holdings}
        for row in holdings:
            data = mirror[row[":START_ID"]][row[":END_ID"]][row["claim:string"]]
            assert float(row["capital_percent_min:double"]) == pytest.approx(
                data["capital_min"] * 100
            )
            assert row["capital_exact:string"] == data["capital_exact"]


@pytest.mark.parametrize("write", [graphml, gexf, neo4j])
def test_the_same_world_gives_the_same_bytes(alliance, write):
    """No clock, no order of chance."""
    again = OwnershipGraph.open().snapshot("2019-09-03")

    assert write(alliance) == write(again)


def test_the_command_writes_each_form(tmp_path):
    """By the ending of the file; a zip needs one."""
    run = CliRunner().invoke
    for ending, begin in (("graphml", b"<graphml"), ("gexf", b"<gexf"), ("zip", b"PK")):
        path = tmp_path / f"world.{ending}"
        assert 0 == run(app, ["graph", "--as-of", "2019-09-03", "-o", str(path)]).exit_code
        assert path.read_bytes().startswith(begin)
    refused = run(app, ["graph", "-f", "zip"])

    assert 2 == refused.exit_code
    assert "-o FILE.zip" in refused.stderr
