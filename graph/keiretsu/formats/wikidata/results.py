"""Results of a SPARQL query over Wikidata: one holding a row.

Columns are known by their names: who holds (``owner``), in whom (``company``), how much as a
fraction of one (``ratio``), since and until when, and the rank. A time of a result has lost its
precision: the first of January stands for any day of its year.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from keiretsu.errors import InputError
from keiretsu.formats.fields import Fields, date_of, period_of, short
from keiretsu.formats.json_members import json_members
from keiretsu.formats.wikidata.values import item_iri, proportion
from keiretsu.model import (
    Holding,
    PartialDate,
    Party,
    Period,
    Sourcing,
    Status,
    claim_id,
)
from keiretsu.model.identifiers import WIKIDATA, Identifier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keiretsu.formats.frame import Piece, Reading
    from keiretsu.formats.opening import Input
    from keiretsu.model import Document

COLUMNS: Final = {
    "company": ("company", "issuer", "co", "subsidiary", "item", "owned"),
    "owner": ("owner", "holder", "parent"),
    "ratio": ("ratio", "proportion", "share"),
    "start": ("start", "from", "startTime", "since"),
    "end": ("end", "to", "until", "endTime"),
    "point": ("point", "pointInTime", "date"),
    "rank": ("rank",),
    "statement": ("statement", "st"),
    "lei": ("lei",),
    "isin": ("isin",),
}
"""Names under which each column is known, the first that a result has."""
_NUMBERS: Final = ("lei", "isin")


_BINDINGS: Final = ("results", "bindings")


def are_results(head: bytes) -> bool:
    """Return whether a file that begins so is a result of a query, rather than entities."""
    return head.lstrip().startswith(b"{") and all(
        mark in head for mark in (b'"head"', b'"results"', b'"bindings"')
    )


def read_results(source: Input, document: Document, reading: Reading) -> Iterator[Piece]:
    """Yield what the rows of a result say; no more than one of them is held at a time.

    Raises
    ------
    InputError
        If it has no column of the company or of the owner, is malformed or cut short.
    """
    columns = _columns(_names(source), reading)
    number = 0
    for path, record in json_members(source, *_BINDINGS):
        if path == _BINDINGS:
            number += 1
            place = f"{record.place} row {number}"
            read = partial(_of_row, record.value, columns, document, reading, place)
            yield from reading.taken(place, read)


def _of_row(
    value: object, columns: dict[str, str], document: Document, reading: Reading, place: str
) -> Iterator[Piece]:
    return _row(_Row(Fields(value), columns), document, reading, place)


def _names(source: Input) -> set[str]:
    """Return the variables of a result; its head nearly always comes before its rows."""
    heads = (one.record.value for one in json_members(source, *_BINDINGS) if one.path == ("head",))
    return set(Fields(next(heads, {}), "head").texts("vars"))


def _columns(names: set[str], reading: Reading) -> dict[str, str]:
    """Return what our columns are called, and report those that are not read."""
    columns = {
        column: found
        for column, known in COLUMNS.items()
        if (found := next((name for name in known if name in names), None)) is not None
    }
    missing = [column for column in ("company", "owner") if column not in columns]
    if missing:
        known = " or ".join(f"?{name}" for name in COLUMNS[missing[0]])
        problem = f"the result has no variable for the {missing[0]}"
        raise InputError(problem, mend=f"name one {known}")
    read = {*columns.values(), *(f"{columns[one]}Label" for one in ("company", "owner"))}
    for name in sorted(names - read):
        reading.lost(f"?{name}", "holdings have no such field", reading.name)
    return columns


class _Row:
    """One row: values by our names of columns."""

    def __init__(self, row: Fields, columns: dict[str, str]) -> None:
        self._row, self._columns = row, columns

    def text(self, column: str, ending: str = "") -> str:
        name = self._columns.get(column)
        return self._row.within(f"{name}{ending}").text("value") if name else ""

    def party(self, column: str, numbers: list[tuple[str, str]]) -> Party:
        found = Identifier.of(WIKIDATA, self.text(column))
        if found.doubt:
            problem = f"?{self._columns[column]} ({short(found.value)}) is no item"
            raise InputError(problem, mend="select the item itself")
        label = self.text(column, "Label")
        return Party(
            id=item_iri(found.value),
            label=label or found.value,
            identifiers=tuple(sorted({found.pair, *numbers})),
        )

    def date(self, column: str, reading: Reading) -> PartialDate | None:
        text = self.text(column)
        if not text:
            return None
        found = date_of(text, f"?{self._columns[column]}")
        if (found.month, found.day) == (1, 1):
            words = "a time on the first of January is read as its year: results tell no precision"
            reading.caution("date-precision", words)
            return PartialDate(found.year)
        return found


def _row(row: _Row, document: Document, reading: Reading, place: str) -> Iterator[Piece]:
    numbers = [Identifier.of(one, row.text(one)).pair for one in _NUMBERS if row.text(one)]
    issuer, holder = row.party("company", numbers), row.party("owner", [])
    if issuer.id == holder.id:
        raise InputError(f"{issuer.label} is said to own itself", mend="correct the statement")
    yield from (issuer, holder)
    period = period_of(row.date("start", reading), row.date("end", reading), "?end")
    point = row.date("point", reading)
    rank = row.text("rank").rpartition("#")[2]
    ratio = row.text("ratio")
    key = row.text("statement") or (holder.id, issuer.id, period.start, point, ratio)
    yield Holding(
        id=claim_id(document.id, "P127", key),
        document=document.id,
        period=period,
        stated_for=point if period == Period() else None,
        status=Status.REJECTED if rank == "DeprecatedRank" else Status.ACCEPTED,
        sourcing=Sourcing.UNSOURCED,
        place=place,
        holder=holder.id,
        issuer=issuer.id,
        capital=proportion(ratio, reading, place) if ratio else None,
    )
