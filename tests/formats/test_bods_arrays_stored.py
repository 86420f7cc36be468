"""Stores of statements that are read as arrays are those of objects, byte by byte."""

import filecmp

import pytest
from tests.formats.bods_both_ways import register, written

from keiretsu.ownership_graph import Material
from keiretsu.ownership_graph.stored import load_into_store
from keiretsu.store.disk import Folder

pytest.importorskip("msgspec", reason="statements are read as arrays by msgspec, extra 'formats'")
pytest.importorskip("pyarrow", reason="and kept by pyarrow, extra 'register'")


class Told:
    """What somebody who waits is told."""

    def __init__(self):
        self.records, self.sizes, self.summaries = [], [], []

    def __call__(self, records):
        """Note how many were read."""
        self.records.append(records)

    def opened(self, size, position):
        """Note how much there is to read."""
        self.sizes.append(size)
        assert position() >= 0

    def done(self, reading, parties, claims):
        """Note what came of it."""
        self.summaries.append((reading.records, parties, claims, reading.skipped))


@pytest.mark.parametrize("alone", [True, False])
@pytest.mark.parametrize("form", ["bods-lines", "bods"])
def test_a_store_of_arrays_is_that_of_objects_byte_by_byte(tmp_path, alone, form):
    material = Material(written(register(), form), "x.json", "bods")
    quick_told, slow_told = Told(), Told()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("keiretsu.ownership_graph.stored._ARRAYS_FROM", 0)
        load_into_store([material], tmp_path / "q", columns_alone=alone, progress=quick_told)
        patch.setattr("keiretsu.ownership_graph.stored._as_arrays", lambda *_: None)
        load_into_store([material], tmp_path / "s", columns_alone=alone, progress=slow_told)
    quick, slow = (Folder(tmp_path / name).current() for name in "qs")
    files = sorted(p.relative_to(quick) for p in quick.rglob("*") if p.is_file())
    assert len(files) > 15
    assert files == sorted(p.relative_to(slow) for p in slow.rglob("*") if p.is_file())
    assert filecmp.cmpfiles(quick, slow, files, shallow=False)[1:] == ([], [])
    assert quick_told.summaries == slow_told.summaries == [(80, 40, 40, 0)]
    assert len(material.content) in quick_told.sizes
