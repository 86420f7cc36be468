"""N-Quads of source records: those that are written, and those that lie in a generation.

They lie behind what is said of all claims and before the claims, a block for each, and the index
does not lead to them: no question reads them, whoever reads everything does.
"""

from __future__ import annotations

import mmap
import re
from itertools import groupby
from typing import TYPE_CHECKING, Final

from keiretsu.model import ClaimSet, SourceRecord
from keiretsu.store.disk.filled.plain_text import lines_of
from keiretsu.store.literals import is_iri
from keiretsu.store.syntax.forms import form_of, in_order
from keiretsu.store.syntax.trig import escaped
from keiretsu.vocabulary import ONTOLOGY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keiretsu.store.disk.claims import DiskClaims
    from keiretsu.store.syntax.forms import Fill

_RECORD_TYPE: Final = f"<{ONTOLOGY}SourceRecord>".encode()
_IS_RECORD: Final = b"#type> " + _RECORD_TYPE
_TYPE: Final = re.compile(rb"^(<[^>\n]*>) <[^>\n]*#type> (<[^>\n]*>)", re.MULTILINE)
_RECORD, _CONTENT, _NUMBER = "urn:keiretsu:mark:record", "keiretsu-mark-content", 1234567891234567
_NAMED: Final = "urn:keiretsu:mark:named"
_MOST_FORMS: Final = 10_000
Kind = tuple[str, str, int, int]
"""Document, format, and how many parties and claims."""


class RecordText:
    """Writes source records as the codec does, each kind's form made once."""

    def __init__(self) -> None:
        self._forms: dict[Kind, Fill | None] = {}

    def record(self, record: SourceRecord) -> bytes:
        """Return the sorted lines of a source record.

        Raises
        ------
        InputError
            If it names what is no IRI.
        """
        told = self.told_of(record)
        return codec_text(record) if told is None else self.filled(told[0], record.id, told[1])

    def told_of(self, record: SourceRecord) -> tuple[Kind, list[str]] | None:
        """Return the kind of a record, and what its form is filled with beside its IRI.

        None if the codec is to write it.
        """
        parties, claims = in_order(record.parties), in_order(record.claims)
        if not all(map(is_iri, (record.id, *parties, *claims))):
            return None
        kind = (record.document, record.format, len(parties), len(claims))
        if self._form(*kind) is None:
            return None
        return kind, [escaped(record.content), str(record.number), *parties, *claims]

    def filled(self, kind: Kind, iri: str, told: list[str]) -> bytes:
        """Return the sorted lines of a record by what `told_of` returned."""
        fill = self._form(*kind)
        assert fill is not None  # noqa: S101 - for the type checker: it had one
        return fill(iri, *told).encode()

    def _form(self, *kind: *Kind) -> Fill | None:
        if kind not in self._forms:
            if len(self._forms) >= _MOST_FORMS:
                self._forms.clear()
            self._forms[kind] = _form_of(*kind)
        return self._forms[kind]


def _form_of(document: str, format_: str, parties: int, claims: int) -> Fill | None:
    """Return the form of such a record; None if the codec refuses it, or it holds our marks."""
    if not is_iri(document):
        return None
    named = [f"{_NAMED}:{number:09}:" for number in range(parties + claims)]
    marked = SourceRecord(
        id=_RECORD,
        document=document,
        format=format_,
        number=_NUMBER,
        content=_CONTENT,
        parties=tuple(named[:parties]),
        claims=tuple(named[parties:]),
    )
    text = lines_of(ClaimSet(parties={}, documents={}, source_records=(marked,))).decode()
    once = (_CONTENT, str(_NUMBER), *named)
    is_clear = all(text.count(mark) == 1 for mark in once)
    is_clear = is_clear and text.count(_RECORD) == text.count("\n")
    return form_of(text, (_RECORD, *once)) if is_clear else None


def codec_text(record: SourceRecord) -> bytes:
    """Return the sorted lines of a source record as the codec writes them.

    Raises
    ------
    InputError
        If it names what is no IRI.
    """
    return lines_of(ClaimSet(parties={}, documents={}, source_records=(record,)))


def stored_records(disk: DiskClaims) -> Iterator[tuple[str, bytes]]:
    """Yield the IRIs and the lines of the source records that lie apart, in their order.

    Earlier layouts have them among what is said of all claims, and none here.
    """
    with disk.claims_file.open("rb") as file:
        file.seek(int(disk.rest[0].sum()))
        for subject, lines in groupby(file, key=lambda line: line.partition(b" ")[0]):
            text = b"".join(lines)
            if _IS_RECORD not in text:
                return
            yield subject[1:-1].decode(), text


def records_end(disk: DiskClaims) -> int:
    """Return where the source records end that lie apart; or what is said of all claims.

    Records come first, so that it is found without looking through all of them.
    """
    begin = low = int(disk.rest[0].sum())
    high = disk.claims_file.stat().st_size
    last = None
    with disk.claims_file.open("rb") as file:
        if high == begin:
            return begin
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            while low < high:  # the last line of a type that is a record's begins before `low`
                middle = (low + high) // 2
                found = _TYPE.search(content, middle)
                if found is not None and found[2] == _RECORD_TYPE:
                    last, low = (found[1], found.end()), found.start() + 1
                else:
                    high = middle
            return begin if last is None else _end_of(content, *last)


def _end_of(content: mmap.mmap, subject: bytes, place: int) -> int:
    """Return where the lines of a subject end that go on at a place."""
    while True:
        place = content.find(b"\n", place) + 1
        if content[place : place + len(subject) + 1] != subject + b" ":
            return place
