"""Records of a register lie apart in a store on disk: no question reads them, none is lost."""

import json

import pytest

from keiretsu.formats import Reading, collected
from keiretsu.formats.documents import content_digest
from keiretsu.model import SourceRecord
from keiretsu.ownership_graph import Material
from keiretsu.ownership_graph.stored import load_into_store
from keiretsu.store.disk import DiskClaims, Folder, writing
from keiretsu.store.disk.filled.record_text import records_end, stored_records
from keiretsu.store.disk.folder import MANIFEST
from keiretsu.store.disk.whole.everything import whole
from keiretsu.store.disk.whole.from_columns import whole_claims


def published(name, first, holdings=4):
    """Return statements of a register: companies in a chain, each with a number of the register."""
    told = []
    for n in range(first, first + holdings + 1):
        number = {"scheme": "GB-COH", "id": f"{n:08}"}
        details = {"name": f"Works {n}", "identifiers": [number], "foundingDate": "1999-05"}
        details["entityType"] = {"type": "registeredEntity"}
        told.append(("entity", f"e{n}", details))
    for n in range(first, first + holdings):
        interest = {"type": "shareholding", "share": {"exact": 60 + n}, "startDate": "2019-02-03"}
        details = {"subject": f"e{n}", "interestedParty": f"e{n + 1}", "interests": [interest]}
        told.append(("relationship", f"r{n}", details))
    statements = [
        {
            "statementId": f"s-{record}",
            "statementDate": "2020-01-01",
            "recordId": record,
            "recordType": kind,
            "recordStatus": "new",
            "recordDetails": {"isComponent": False, **details},
            "publicationDetails": {"publisher": {"name": f"Register {name}"}},
        }
        for kind, record, details in told
    ]
    return Material("\n".join(map(json.dumps, statements)).encode(), f"{name}.jsonl", "bods")


def files_of(path):
    folder = Folder(path).current()
    every = [file for file in sorted(folder.rglob("*")) if file.is_file()]
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in every
        if file.name != MANIFEST
    }


def lies_as_before(monkeypatch):
    """Let records be written as earlier layouts had them: among what is said of all claims."""
    now = writing.blocks_of

    def before(claims, aside=None, **how):
        blocks = [*now(claims, aside, **how)]
        records = [one.text for one in blocks if isinstance(one.about, SourceRecord)]
        for block in blocks:
            if block.about is None:
                lines = b"".join([block.text, *records]).splitlines(keepends=True)
                yield writing.Block(None, b"".join(sorted(lines)))
            elif not isinstance(block.about, SourceRecord):
                yield block

    monkeypatch.setattr(writing, "blocks_of", before)


@pytest.mark.parametrize("alone", [True, False])
def test_no_question_reads_a_record_and_all_of_them_are_kept(tmp_path, alone):
    material = published("a", 0)
    load_into_store([material], tmp_path / "s", columns_alone=alone)
    disk = DiskClaims(tmp_path / "s")
    assert [iri for iri, _ in stored_records(disk)] == sorted(
        one.id for one in whole(disk).claims().source_records
    )
    assert len(list(stored_records(disk))) == 9
    assert not any(b"SourceRecord" in block for block in disk.of_all)
    above = disk.claims_above([disk.names.find("Works 0")])
    assert (len(above.holdings), above.source_records) == (4, ())
    assert whole_claims(disk).source_records == whole(disk).claims().source_records


@pytest.mark.parametrize("layout", ["now", "earlier"])
@pytest.mark.parametrize("alone", [True, False])
def test_records_of_several_files_are_merged(tmp_path, monkeypatch, alone, layout):
    first, second = published("a", 0), published("b", 20)
    with monkeypatch.context() as patch:
        if layout == "earlier":
            lies_as_before(patch)
        load_into_store([first], tmp_path / "s", columns_alone=alone)
        disk = DiskClaims(tmp_path / "s")
        assert len(list(stored_records(disk))) == (0 if layout == "earlier" else 9)
        assert records_end(disk) >= int(disk.rest[0].sum())
    load_into_store([second], tmp_path / "s", columns_alone=alone)
    load_into_store([first, second], tmp_path / "t", columns_alone=alone)
    assert files_of(tmp_path / "s") == files_of(tmp_path / "t")
    assert len(list(stored_records(DiskClaims(tmp_path / "s")))) == 18


@pytest.mark.parametrize("alone", [True, False])
def test_records_that_waited_on_disk_make_the_store_that_objects_make(tmp_path, alone):
    material = published("a", 0)
    load_into_store([material], tmp_path / "s", columns_alone=alone)
    reading = Reading(material.name)
    claims = collected(material.outside.read(material.input, reading), reading)
    assert len(claims.source_records) == 9
    inputs = {material.name: content_digest(material.input)}
    (tmp_path / "g").mkdir()
    manifest = writing.write_generation(tmp_path / "g", claims, inputs, columns_alone=alone)
    (generation,) = (one for one in (tmp_path / "s").iterdir() if one.is_dir())
    made = {path.name: path.read_bytes() for path in generation.glob("**/*.n[pq]*")}
    expected = {path.name: path.read_bytes() for path in (tmp_path / "g").glob("**/*.n[pq]*")}
    assert "claims.nq" in made
    assert made == expected
    assert generation.name == f"{manifest.fingerprint}-1"
