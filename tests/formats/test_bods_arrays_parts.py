"""Lines and shares of statements that are read as arrays."""

import hashlib
import io
import json
import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.formats.bods_both_ways import arrays, register, written

from keiretsu.formats.bods.arrays.lines import blocks_of_lines
from keiretsu.model import Share

pytest.importorskip("msgspec", reason="statements are read as arrays by msgspec, extra 'formats'")
pytest.importorskip("pyarrow", reason="and kept by pyarrow, extra 'register'")


@pytest.mark.parametrize("form", ["bods-lines", "bods"])
def test_bytes_of_details_have_the_hash_that_is_kept_beside_them(form):
    details = re.compile(rb'"recordDetails":(\{.*?\}),"(?:annotations|source)":.*?"of":"(\w+)"')
    found = details.findall(written(register(), form))
    assert len(found) == 80
    for written_details, known in found:
        assert hashlib.sha256(written_details).hexdigest()[:20] == known.decode()


@pytest.mark.parametrize("block", [1, 7, 1000])
def test_blocks_may_end_anywhere(monkeypatch, block):
    data = written(register(), "bods")

    class Slowly(io.BytesIO):
        def read(self, size=-1):
            """Read less than was asked for."""
            return super().read(min(size, block) if size > 0 else size)

    lines = [line for lines in blocks_of_lines(Slowly(data)) for line in lines]
    assert [json.loads(line) for line in lines] == json.loads(data)
    monkeypatch.setattr("keiretsu.formats.bods.arrays.lines._BLOCK", 100)
    assert arrays(data)[0] is None


@st.composite
def ends(draw):
    """Draw an end of a share, and a way to write it."""
    unit = 2 ** draw(st.integers(0, 9)) * 5 ** draw(st.integers(0, 9))
    value = Fraction(draw(st.integers(0, unit)), unit)
    number, unit = value.as_integer_ratio()
    times = draw(st.integers(1, 9))
    spellings = [
        str(value),
        f"{number * times}/{unit * times}",
        f"00{number}/0{unit}",
        f" {value} ",
        f"{value * 100}%",
        f"{number * 10**20}/{unit * 10**20}",
    ]
    return value, draw(st.sampled_from(spellings))


@given(st.lists(st.tuples(ends(), ends()), max_size=8))
def test_shares_are_the_fractions_that_texts_are_read_as(pairs):
    from keiretsu.formats.bods.arrays.shares import shares_of  # noqa: PLC0415 - needs msgspec
    from keiretsu.formats.bods.arrays.statements import ShareSays  # noqa: PLC0415

    pairs = [sorted(pair) if pair[0][0] != pair[1][0] else (pair[0],) * 2 for pair in pairs]
    codes, shares = shares_of([ShareSays(low[1], high[1]) for low, high in pairs])
    assert [shares[code] for code in codes] == [Share(low[0], high[0]) for low, high in pairs]
    assert len(set(shares)) == len(shares)
    assert list(shares[::-1]) == list(shares)[::-1]
