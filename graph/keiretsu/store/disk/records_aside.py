"""Source records that are written as they arrive and wait on disk until they are put in order.

A record of a register is longer than all that is made of it. Held as objects, the records of a file
are most of the memory of its load.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final, Self

from keiretsu.formats.sorted_lines import SortedLines
from keiretsu.store.disk.filled.record_text import RecordText

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keiretsu.model import SourceRecord

_END: Final = b"\0"
"""Parts what is put aside, and stands for the ends of lines; N-Quads escape it."""


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
        self._count += 1
        self.documents.add(record.document)
        text = self._text.record(record)[:-1].replace(b"\n", _END)
        self._lines.add((b"%b\0%015d\0%b\n" % (record.id.encode(), self._count, text),))

    def written(self) -> Iterator[tuple[str, bytes]]:
        """Yield IRIs and N-Quads, sorted; nothing may be taken after that."""
        told = (line[:-1].split(_END, 2) for line in self._lines)
        for iri, same in groupby(told, key=lambda parts: parts[0]):
            *_, (_, _, text) = same
            yield iri.decode(), text.replace(_END, b"\n") + b"\n"
