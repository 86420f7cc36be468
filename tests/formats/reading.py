"""How tests of formats read: bytes in, claims and what was told of the reading out."""

from pathlib import Path
from typing import NamedTuple

from keiretsu.formats import FORMATS, Input, Reading, collected
from keiretsu.model import ClaimSet

SAMPLES = Path(__file__).parent / "samples"


class Read(NamedTuple):
    """What came of a reading."""

    claims: ClaimSet
    reading: Reading

    @property
    def lost(self):
        """Return how often what was lost."""
        found = {}
        for loss in self.reading.losses.losses():
            found[loss.field] = found.get(loss.field, 0) + loss.count
        return found

    @property
    def codes(self):
        """Return the codes of what was assumed."""
        return {caution.code for caution in self.reading.cautions()}


def read(format_name, data, name, *, lenient=False):
    """Return what a file of a format says."""
    reading = Reading(name, lenient=lenient)
    pieces = FORMATS[format_name].read(Input(data, name), reading)
    return Read(collected(pieces, reading), reading)


def sample(*parts):
    """Return the bytes of a sample."""
    return SAMPLES.joinpath(*parts).read_bytes()
