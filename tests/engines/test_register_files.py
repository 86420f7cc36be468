"""A register in Parquet is the register: what is written is read again, and what is odd is told."""

import datetime as dt
import json
from pathlib import Path

import numpy as np
import pytest
from unions import random_registers

from keiretsu.errors import InputError
from keiretsu.measures.engines.parquet_file import whole_file
from keiretsu.measures.engines.register_files import RegisterFiles, is_register
from keiretsu.measures.engines.register_reading import names_of, read_register
from keiretsu.measures.engines.register_writing import write_register
from keiretsu.snapshot import Snapshot


def test_what_is_written_is_read_again(tmp_path):
    """Weights, wholes, totals, own shares, votes of their own, numbers with gaps, and the day."""
    world = Snapshot.from_arrays(
        np.array([7, 10**12, 10**12, 9]),
        np.array([10**12, 9, 10**12, 7]),
        capital=[6, 2, 4, 1],
        votes=[9, 1, 0, 5],
        capital_total=12,
        votes_total=10,
        as_of=dt.date(2024, 6, 30),
    )
    files = write_register(world, tmp_path / "r")
    again = read_register(RegisterFiles.at(tmp_path / "r"))
    assert (files.as_of, again.as_of) == (world.as_of, world.as_of)
    assert (files.parties, files.holdings) == (3, 4)
    for mine, theirs in (
        (world.capital_column, again.capital_column),
        (world.votes_column, again.votes_column),
    ):
        assert mine.weight.tolist() == theirs.weight.tolist()
    held = world.numbers_of(np.flatnonzero(world.network.is_recorded))
    for name in ("whole", "total"):
        mine = getattr(world.capital_column, name)[[world.position(int(n)) for n in held]]
        theirs = getattr(again.capital_column, name)[[again.position(int(n)) for n in held]]
        assert mine.tolist() == theirs.tolist()


def test_random_registers_come_back(tmp_path):
    for seed in range(20):
        world = random_registers.world_of(*random_registers.rows(seed), complete=bool(seed % 2))
        again = read_register(write_register(world, tmp_path / str(seed)))
        for name in ("weight", "whole"):
            mine, theirs = (getattr(w.capital_column, name).tolist() for w in (world, again))
            assert mine == theirs
        assert world.own_capital.tolist() == again.own_capital.tolist()


def test_names_are_kept_beside_it(tmp_path):
    world = Snapshot.from_arrays([0], [1], capital=[0.6])
    names = [("urn:a", "Anna"), ("urn:b", "Base")]
    files = write_register(world, tmp_path / "r", names=names)
    assert RegisterFiles.at(tmp_path / "r").named
    wanted = np.array([1, 0, 1])
    assert names_of(files, wanted).of(wanted) == [names[1], names[0], names[1]]
    unnamed = write_register(world, tmp_path / "s")
    assert names_of(unnamed, wanted).of(wanted[:1]) == [("urn:keiretsu:party:1", "1")]


def test_nothing_is_written_over_and_what_is_no_register_is_refused(tmp_path):
    world = Snapshot.from_arrays([0], [1], capital=[0.6])
    write_register(world, tmp_path / "r")
    with pytest.raises(InputError, match="there is a register already"):
        write_register(world, tmp_path / "r")
    with pytest.raises(InputError, match="no register in Parquet"):
        RegisterFiles.at(tmp_path)
    assert is_register(tmp_path / "r")
    assert not is_register(tmp_path)


@pytest.mark.parametrize(
    ("told", "problem"),
    [
        ({"version": 2}, "has version 2"),
        ({"as_of": "yesterday"}, "cannot be read"),
        ({"parties": None}, "cannot be read"),
    ],
)
def test_a_description_that_cannot_be_read_is_told(tmp_path, told, problem):
    write_register(Snapshot.from_arrays([0], [1], capital=[0.6]), tmp_path / "r")
    path = tmp_path / "r" / "register.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | told), encoding="utf-8")
    with pytest.raises(InputError, match=problem):
        RegisterFiles.at(tmp_path / "r")


def test_weights_beyond_64_bits_are_refused(tmp_path):
    wide = Snapshot.from_arrays([0], [1], capital=[2**70], capital_total=2**71)
    with pytest.raises(InputError, match="wider than 64 bits"):
        write_register(wide, tmp_path / "r")


def test_a_register_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    """A disk that is full while names are written leaves no register, and no files."""

    def full(*_):
        raise OSError(28, "No space left on device")

    world = Snapshot.from_arrays([0], [1], capital=[0.6])
    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(InputError, match=r"cannot be written \(No space left on device\)"):
        write_register(world, tmp_path / "r")
    assert list((tmp_path / "r").iterdir()) == []
    monkeypatch.undo()
    write_register(world, tmp_path / "r")
    names = ["holdings.parquet", "issuers.parquet", "register.json"]
    assert sorted(file.name for file in (tmp_path / "r").iterdir()) == names


def test_rows_are_put_in_their_place_whole(tmp_path):
    place = tmp_path / "rows"
    with whole_file(str(place)) as half:
        Path(half).write_text("rows", encoding="utf-8")
    assert place.read_text(encoding="utf-8") == "rows"
    with pytest.raises(ZeroDivisionError), whole_file(str(place)) as half:
        Path(half).write_text(str(1 // 0), encoding="utf-8")
    assert [file.name for file in tmp_path.iterdir()] == ["rows"]
    assert place.read_text(encoding="utf-8") == "rows"
