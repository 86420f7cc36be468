"""A file of plain statements that Keiretsu wrote as arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keiretsu.errors import InputError
from keiretsu.formats.cycles import no_search_for_cycles
from keiretsu.formats.table.arrays.columns import NotPlainError

if TYPE_CHECKING:
    from keiretsu.formats.frame import Reading
    from keiretsu.formats.opening import Input
    from keiretsu.formats.table.arrays import PlainTable


def read_arrays(source: Input, reading: Reading, least: int = 0) -> PlainTable | None:
    r"""Read a file of BODS as arrays.

    Parameters
    ----------
    source
        The file.
    reading
        Told how many statements were read.
    least
        Holdings below which this is not worth what it takes to begin.

    Returns
    -------
    PlainTable or None
        The holdings and their parties; None if the file is to be read statement by statement, or
        msgspec or pyarrow are not installed.

    Examples
    --------
    >>> from keiretsu.formats.frame import Reading
    >>> from keiretsu.formats.opening import Input
    >>> read_arrays(Input(b'{"recordType": "entity"}\n', "a.jsonl"), Reading("a.jsonl")) is None
    True
    """
    try:
        return None if source.is_folder else _read(source, reading, least)
    except (NotPlainError, InputError, ImportError):
        return None


def _read(source: Input, reading: Reading, least: int) -> PlainTable | None:
    from keiretsu.formats.bods.arrays.gathering import Gathering  # noqa: PLC0415 - needs msgspec
    from keiretsu.formats.bods.arrays.lines import blocks_of_lines  # noqa: PLC0415 - msgspec
    from keiretsu.formats.bods.arrays.statements import says_of  # noqa: PLC0415 - msgspec

    gathering = Gathering()
    with source.open() as stream, no_search_for_cycles():
        for lines in blocks_of_lines(stream):
            gathering.take(says_of(lines))
            reading.count(len(lines))
    is_few = len(gathering) <= least or not reading.records
    return None if is_few else gathering.table()
