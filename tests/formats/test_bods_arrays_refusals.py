"""What is not read as arrays is left to the reader of statements, with its errors."""

import json

import pytest
from bods_fixtures import list_cases, load
from tests.formats.bods_both_ways import arrays, objects, register, written

from keiretsu.errors import InputError
from keiretsu.formats.bods.statement import canonical, digest_of
from keiretsu.ownership_graph import Material
from keiretsu.ownership_graph.stored import load_into_store

pytest.importorskip("msgspec", reason="statements are read as arrays by msgspec, extra 'formats'")
pytest.importorskip("pyarrow", reason="and kept by pyarrow, extra 'register'")


def test_shares_that_have_no_percentage_are_left_to_objects():
    """Which of them RDF refuses is told by the claim that comes first."""
    data = written(register())
    third = data.replace(b'"low":"1/20","high":"1/20"', b'"low":"1/3","high":"1/3"')
    assert data != third
    assert arrays(third)[0] is None
    assert not isinstance(objects(third), InputError)


def test_numbers_that_writers_spell_in_several_ways_are_left_to_objects():
    """A hash over another spelling of a number is no hash over what canonical JSON says."""
    (line,) = [one for one in written(register()).split(b"\n") if b'"exact":5}' in one]
    statement = json.loads(line)
    interest = statement["recordDetails"]["interests"][0]
    interest["share"]["exact"] = 0.00001
    told = canonical(statement["recordDetails"]).replace("1e-05", "0.00001")
    statement["annotations"][0]["keiretsu"]["of"] = digest_of(told)
    assert "0.00001" in told
    data = written(register()).replace(line, json.dumps(statement).encode())
    assert arrays(data)[0] is None
    assert "edited-statement" in {caution.code for caution in objects(data)[1].cautions()}


BROKEN = {
    "cut short": lambda lines: [*lines[:50], lines[50][:300]],
    "no share": lambda lines: [one.replace(b'"low":"1/20"', b'"low":"much"') for one in lines],
    "no date": lambda lines: [one.replace(b'"start":"2019"', b'"start":"soon"') for one in lines],
    "two claims with one name": lambda lines: [
        *lines,
        lines[-1].replace(b'"start":"2019"', b'"start":"2018"'),
    ],
    "half a character": lambda lines: [*lines, rb'{"recordType":"\ud800"}'],
    "no UTF-8": lambda lines: [*lines, b'{"a":"\xff"}'],
    "no statement": lambda lines: [*lines, b"7"],
    "nothing": lambda lines: [],  # noqa: ARG005
}


@pytest.mark.parametrize("what", BROKEN)
def test_refusals_are_those_of_the_reader_of_statements(tmp_path, what):
    lines = written(register()).rstrip(b"\n").split(b"\n")
    data = b"\n".join(BROKEN[what](lines))
    refused = objects(data)
    assert isinstance(refused, InputError)
    with pytest.raises(InputError) as raised:
        load_into_store([Material(data, "x.jsonl", "bods")], tmp_path / "s")
    assert str(raised.value) == str(refused)
    assert not (tmp_path / "s" / "CURRENT").exists()


def test_published_files_are_left_to_the_reader_of_statements():
    cases = list_cases()
    assert len(cases) == 3
    for case in cases:
        data = json.dumps(load(case).statements).encode()
        assert arrays(data)[0] is None
