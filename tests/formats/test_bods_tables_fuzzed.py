"""Flattened tables that somebody has damaged: an error of ours in one line, or an answer."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keiretsu.errors import KeiretsuError
from keiretsu.formats import FORMATS, Input, Reading, collected

SAMPLES = Path(__file__).parent / "samples" / "bods-tables"


def told_of(folder, damage, *, lenient):
    """Return what reading a zip of tables says, one of which is damaged; None for an answer."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number, path in enumerate(sorted(folder.iterdir())):
            archive.writestr(path.name, damage(number, path.read_bytes()))
    source, reading = Input(packed.getvalue(), "x.zip"), Reading("x.zip", lenient=lenient)
    try:
        collected(FORMATS["bods-tables"].read(source, reading), reading)
    except KeiretsuError as error:
        return str(error)
    return None


@pytest.mark.parametrize("form", ["csv", "parquet"])
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data(), lenient=st.booleans())
def test_damaged_tables(form, data, lenient):
    """Some bytes of one table are changed, taken out or doubled."""
    chosen = data.draw(st.integers(0, len(list((SAMPLES / form).iterdir())) - 1))

    def damage(number, content):
        if number != chosen:
            return content
        sample = bytearray(content)
        for _ in range(data.draw(st.integers(1, 4))):
            at = data.draw(st.integers(0, max(0, len(sample) - 1)))
            sample[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
        return bytes(sample)

    told = told_of(SAMPLES / form, damage, lenient=lenient)
    assert told is None or "\n" not in told
    assert told is None or told.startswith("x.zip")
