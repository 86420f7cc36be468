"""The register of persons with significant control of the United Kingdom, as its snapshots have it.

One JSON record a line: ``{"company_number": "00000001", "data": {...}}``, and one that counts them
all at the end. Bands are ranges with the ends that the law gives them; "directly or indirectly" is
neither; a statement that nobody is named, an exemption and a person under protection are parties
that stand for whom the register does not name.

Source: Companies House, "PSC snapshot", and the enumerations of its API.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from keiretsu.errors import UnknownTermError
from keiretsu.formats.documents import document_of
from keiretsu.formats.fields import Fields, date_of, short
from keiretsu.formats.json_records import json_records
from keiretsu.formats.psc import parties as psc_parties
from keiretsu.formats.psc import unnamed as psc_unnamed
from keiretsu.formats.psc.record import Record
from keiretsu.formats.psc.rights import Statement
from keiretsu.model import PartialDate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from keiretsu.formats.frame import Piece, Reading
    from keiretsu.formats.opening import Input
    from keiretsu.model import Document, Party

_DATED: Final = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)")
_TOTALS: Final = "totals#persons-of-significant-control-snapshot"
_PERSONS: Final = "persons_of_significant_control_count"
_COUNTED: Final = {
    "persons-with-significant-control-statement": "statements_count",
    "exemptions": "exemptions_count",
}
_NAMED: Final[Mapping[str, Callable[[Fields, str], Party]]] = {
    "individual-person-with-significant-control": psc_parties.individual,
    "individual-beneficial-owner": psc_parties.individual,
    "corporate-entity-person-with-significant-control": psc_parties.organisation,
    "corporate-entity-beneficial-owner": psc_parties.organisation,
    "legal-person-person-with-significant-control": psc_parties.legal_person,
    "legal-person-beneficial-owner": psc_parties.legal_person,
}
_UNNAMED: Final[Mapping[str, Callable[[Record, Reading], Iterator[Piece]]]] = {
    "super-secure-person-with-significant-control": psc_unnamed.super_secure,
    "super-secure-beneficial-owner": psc_unnamed.super_secure,
    "persons-with-significant-control-statement": psc_unnamed.statement,
    "exemptions": psc_unnamed.exemptions,
}
_NOT_CARRIED: Final = {
    name: f"data.{name}"
    for name in (
        "nationality",
        "country_of_residence",
        "address",
        "principal_office_address",
        "is_sanctioned",
        "linked_psc_name",
        "restrictions_notice_withdrawal_reason",
    )
}


def read(source: Input, reading: Reading) -> Iterator[Piece]:
    """Yield what a snapshot of the register says; see `keiretsu.formats.frame.Reader`.

    Examples
    --------
    >>> from keiretsu.formats.frame import Reading
    >>> from keiretsu.formats.opening import Input
    >>> line = (
    ...     b'{"company_number": "OE1", "data": {"kind": "individual-beneficial-owner",'
    ...     b'"name": "Bo", "links": {"self": "/company/OE1/x"}, "natures_of_control":'
    ...     b'["ownership-of-shares-more-than-25-percent-registered-overseas-entity"]}}'
    ... )
    >>> pieces = read(Input(line, "psc.jsonl"), Reading("psc.jsonl"))
    >>> [str(piece.capital) for piece in pieces if hasattr(piece, "capital")]
    ['(25, 100] %']
    """
    snapshot = _Snapshot(document_of(source, publisher="Companies House"), source, reading)
    for record in json_records(source, reading):
        yield from reading.taken(record.place, snapshot.record, *record)
    yield snapshot.document()


class _Snapshot:
    """A snapshot being read, and what its records are counted against at its end."""

    def __init__(self, file: Document, source: Input, reading: Reading) -> None:
        dated = _DATED.search(source.name)
        self._date = PartialDate.parse(dated[1]) if dated else None
        self._file, self._reading = replace(file, date=self._date), reading
        self._counts: Counter[str] = Counter()
        self._totals: Fields | None = None

    def document(self) -> Document:
        """Return the snapshot as a document, once all of it was read."""
        if self._totals is None:
            text = "no line counts the records: it is a part of a snapshot, or cut short"
            self._reading.caution("no-totals", f"{self._reading.name}: {text}")
        else:
            self._compare(self._totals)
        return self._file

    def record(self, value: object, place: str) -> Sequence[Piece]:
        """Return what one record says.

        Raises
        ------
        InputError
            If a field is missing, is of another type or cannot be read.
        """
        record = Fields(value)
        data = record.within("data")
        kind = data.needed("kind")
        if kind == _TOTALS:
            self._take(data)
            return ()
        if kind not in _NAMED and kind not in _UNNAMED:
            problem = f"the field data.kind ({short(kind)}) is no kind of record of the register"
            raise UnknownTermError(problem, mend="correct it, or skip such records with --lenient")
        number = record.needed("company_number")
        address = data.within("links").text("self") or f"/company/{number}/{place}"
        subject = psc_parties.company(number)
        told = Record(subject, data, address, self._file.id, self._date, place)
        make = _NAMED.get(kind)
        said = _named(told, make) if make else list(_UNNAMED[kind](told, self._reading))
        self._counts[_COUNTED.get(kind, _PERSONS)] += 1
        for name in data.all.keys() & _NOT_CARRIED.keys():
            if data.all[name]:
                self._reading.lost(_NOT_CARRIED[name], "claims have no such field", place)
        return said

    def _take(self, totals: Fields) -> None:
        self._totals = totals
        made = totals.text("generated_at")
        if made:
            self._file = replace(self._file, date=date_of(made, totals.called("generated_at")))

    def _compare(self, totals: Fields) -> None:
        for field in (_PERSONS, *_COUNTED.values()):
            told, met = totals.whole(field), self._counts[field]
            if told is not None and told != met:
                text = f"{field} is {told:,} by the last line, and {met:,} were read"
                self._reading.caution("totals-differ", f"{self._reading.name}: {text}")


def _named(record: Record, make: Callable[[Fields, str], Party]) -> list[Piece]:
    """Return what a record says of a person, company or body that it names."""
    holder = make(record.data, record.address)
    period = record.data.period("notified_on", "ceased_on")
    codes = tuple(record.data.texts("natures_of_control"))
    return [record.subject, holder, *Statement(record, holder, period).claims(codes)]
