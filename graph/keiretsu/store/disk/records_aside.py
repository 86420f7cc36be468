"""Source records that wait on disk, from when they arrive until they are put in order.

A record of a register is longer than all that is made of it. Held as objects, the records of a file
are most of the memory of its load. What waits is what the form of a record is filled with: less
than half of its N-Quads.
"""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Final, Self

from keiretsu.formats.sorted_lines import SortedLines
from keiretsu.store.disk.filled.record_text import RecordText, codec_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keiretsu.model import SourceRecord
    from keiretsu.store.disk.filled.record_text import Kind

_END: Final = "\0"
"""Parts what is put aside, and stands for the ends of lines; N-Quads escape it."""
_WRITTEN: Final = "-"
"""In the place of a kind: the codec has written the record."""


class RecordsAside:
    r"""N-Quads of source records, in memory that does not grow with them.

    Attributes
    ----------
    documents
        IRIs of the documents in which the records stood.

    Examples
    --------
    >>> from keiretsu.model import SourceRecord
    >>> with RecordsAside() as records:
    ...     for name in "ba":
    ...         told = SourceRecord(
    ...             id=f"urn:{name}", document="urn:d", format="x", number=1, content=""
    ...         )
    ...         records.take(told)
    ...     [(iri, text.count(b"\n")) for iri, text in records.written()]
    [('urn:a', 5), ('urn:b', 5)]
    """

    def __init__(self) -> None:
        self._lines, self._text = SortedLines(), RecordText()
        self._count = 0
        self._numbers: dict[Kind, str] = {}
        self.documents = set[str]()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._lines.__exit__()

    def take(self, record: SourceRecord) -> None:
        """Take a record; of several with one IRI, the last stays.

        Raises
        ------
        InputError
            If it names what is no IRI.
        """
        told = self._text.told_of(record)
        if told is None:
            number, parts = _WRITTEN, [codec_text(record).decode().replace("\n", _END)]
        else:
            number, parts = self._number(told[0]), told[1]
        self._count += 1
        self.documents.add(record.document)
        line = _END.join((record.id, f"{self._count:015}", number, *parts))
        self._lines.add((f"{line}\n".encode(),))

    def _number(self, kind: Kind) -> str:
        number = self._numbers.get(kind)
        if number is None:
            number = self._numbers[kind] = str(len(self._numbers))
        return number

    def written(self) -> Iterator[tuple[str, bytes]]:
        """Yield IRIs and N-Quads, sorted; nothing may be taken after that."""
        kinds = [*self._numbers]
        lines = (line[:-1].decode().split(_END) for line in self._lines)
        for iri, same in groupby(lines, key=itemgetter(0)):
            *_, (_, _, number, *told) = same
            if number == _WRITTEN:
                yield iri, "\n".join(told).encode()
            else:
                yield iri, self._text.filled(kinds[int(number)], iri, told)
