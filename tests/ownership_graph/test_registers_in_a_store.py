"""What registers publish, out of a store: answers and bytes of the same files without one.

Ranges, votes, other interests, ceased claims, numbers of companies and days of knowledge are told
beside columns; nothing of them is read as RDF by a question.
"""

import json
from pathlib import Path

import pytest
from tests.store.test_records_on_disk import published

from keiretsu.measures import control, owners
from keiretsu.ownership_graph import Material, OwnershipGraph
from keiretsu.ownership_graph.converting import convert
from keiretsu.ownership_graph.converting_store import convert_store
from keiretsu.ownership_graph.stored import load_into_store, stored_material
from keiretsu.store.disk import DiskClaims, columns_writing

SAMPLES = Path(__file__).parents[1] / "formats" / "samples"
NATURES = (
    ["ownership-of-shares-25-to-50-percent", "voting-rights-50-to-75-percent"],
    ["ownership-of-shares-75-to-100-percent"],
    ["voting-rights-25-to-50-percent", "right-to-appoint-and-remove-directors"],
    ["significant-influence-or-control"],
)
DAY = "2024-06-01"


def psc():
    """Return persons with significant control, companies in a chain and ceased ones among them."""
    lines = []
    for n in range(24):
        company, is_company = f"{n // 2 + 1:08}", n % 3 == 0
        data = {
            "kind": f"{'corporate-entity' if is_company else 'individual'}"
            "-person-with-significant-control",
            "name": f"Holdings {n} Ltd" if is_company else f"Ada Test {n}",
            "natures_of_control": NATURES[n % 4] if n % 2 else NATURES[0],
            "notified_on": f"20{16 + n % 6}-04-06",
            "links": {"self": f"/company/{company}/persons-with-significant-control/x/a{n}"},
        }
        if is_company:
            data["identification"] = {
                "country_registered": "England",
                "registration_number": f"{n // 2 + 2:08}",
            }
        else:
            data |= {"nationality": "British", "date_of_birth": {"month": 1 + n % 12, "year": 1975}}
        if n % 5 == 4:
            data["ceased_on"] = f"2023-{1 + n % 12:02}-01"
        lines.append(json.dumps({"company_number": company, "data": data}))
    return Material("\n".join(lines).encode(), "psc.jsonl", "psc")


MATERIALS = {
    "psc": psc,
    "bods": lambda: published("North", 1, holdings=12),
    "gleif": lambda: Material(
        (SAMPLES / "gleif" / "rr.csv").read_bytes(), "rr.csv", "gleif-relationships"
    ),
}


@pytest.fixture(params=[(name, alone) for name in MATERIALS for alone in (False, True)], ids=str)
def register(request, tmp_path):
    name, alone = request.param
    material = MATERIALS[name]()
    load_into_store([material], tmp_path / "store", columns_alone=alone)
    return material, tmp_path / "store"


def rows(answer):
    return [record.as_dict() for record in answer]


def test_answers_are_those_of_the_files(register, monkeypatch):
    material, path = register
    memory, graph = OwnershipGraph.of([material]), OwnershipGraph.open(store=path)
    world = memory.snapshot(DAY)
    assert len(world.holdings) > 1
    read = DiskClaims.read

    def watched(disk, blocks):
        blocks = list(blocks)
        assert not any(b"#Holding>" in block for block in blocks)
        return read(disk, blocks)

    monkeypatch.setattr(DiskClaims, "read", watched)
    assert graph.info() == memory.info()
    assert graph.party_rows() == memory.party_rows()
    for issuer in sorted({world.parties[one.issuer].id for one in world.holdings})[:4]:
        part = graph.snapshot(DAY, about=[issuer])
        assert rows(owners(part, issuer)) == rows(owners(world, issuer))
    for ultimate in (False, True):
        found = graph.control_of_all(world.as_of, ultimate=ultimate)
        assert rows(found) == rows(control(world, ultimate=ultimate))
    assert graph.claims.holdings == memory.claims.holdings
    assert graph.claims.parties == memory.claims.parties


def test_days_of_knowledge_are_told(register):
    material, path = register
    memory, graph = OwnershipGraph.of([material]), OwnershipGraph.open(store=path)
    for known_at in ("2017-01-01", "2020-01-01", "2023-01-01"):
        told, read = (one.snapshot(DAY, known_at=known_at) for one in (graph, memory))
        assert told.holdings == read.holdings
        assert [*told.cautions] == [*read.cautions]


@pytest.mark.parametrize("target", ["bods", "csv", "nquads", "turtle"])
def test_the_bytes_are_those_of_the_files(register, target):
    material, path = register
    expected = convert(stored_material(path), target)
    assert convert_store(path, target).data == expected.data
    if target in {"csv", "bods"}:
        assert expected.data == convert(material, target).data


def test_columns_lost_are_made_anew_byte_by_byte(register):
    _, path = register
    disk = DiskClaims(path)
    folder = disk.columns.folder
    before = {one.name: one.read_bytes() for one in folder.iterdir()}
    assert len(disk.columns.told.rows[0]) + disk.columns.is_plain.sum() == len(disk.index)
    if disk.is_columns_alone:
        return
    (folder / columns_writing.SHARE).unlink()
    again = DiskClaims(path).columns.folder
    assert {one.name: one.read_bytes() for one in again.iterdir()} == before
