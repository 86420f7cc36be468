"""Rows of the facts as holdings: each holding row becomes exactly one claim."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from alliance_builder.documents import key_of
from keiretsu.model import Directness, Holding, Period, Share, Sourcing, VotesBasis

if TYPE_CHECKING:
    from collections.abc import Mapping

    from alliance_builder.parties import Register
    from alliance_builder.tables import Row
    from keiretsu.model import Document, PartialDate

_TAG = re.compile(r"\[(?P<what>interval|snapshot)(?:; (?:mostly )?indirect via (?P<via>.+?))?\] ?")
_VIA = {"AQTON": "AQTON SE"}

_FIELDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    # what the words of the column `unsourced_fields` mean, the first that fits a part of the cell
    ("valid_from", ("begins",)),
    ("valid_until", ("end",)),
    ("voting_pct", ("votes",)),
    ("capital_pct", ("capital",)),
    ("6.8 is the 2019 level", ("capital",)),
    ("statement is of 30 Apr 2015", ()),
    ("dates", ("begins", "end")),
    ("date", ("begins",)),
    ("day", ("begins",)),
    ("month", ("begins",)),
)


def holding_of(row: Row, parties: Register, documents: Mapping[str, Document]) -> Holding:
    """Return the claim of a row of kind `holding`, still without its IRI."""
    tag = _TAG.match(row["note"])
    if tag is None:
        raise row.error("the note has no tag", "begin it with [interval] or [snapshot]")
    is_level, via = tag["what"] == "snapshot", tag["via"]
    sourcing, unsourced_fields = _sourcing(row, is_level=is_level)
    return Holding(
        id="",
        document=documents[key_of(row)].id,
        period=_period(row, is_level=is_level),
        stated_for=_required_date(row) if is_level else None,
        sourcing=sourcing,
        unsourced_fields=unsourced_fields,
        note=_note(row, row["note"][tag.end() :]),
        holder=parties.find(row["subject"], row),
        issuer=parties.find(row["object"], row),
        capital=_share(row, "capital_pct"),
        votes=_share(row, "voting_pct"),
        votes_basis=VotesBasis.EXERCISABLE,
        directness=Directness.INDIRECT if via else Directness.DIRECT,
        via=(parties.find(_VIA.get(via, via), row),) if via else (),
    )


def _period(row: Row, *, is_level: bool) -> Period:
    return Period(None if is_level else row.date("valid_from"), row.date("valid_until"))


def _required_date(row: Row) -> PartialDate:
    date = row.date("valid_from")
    if date is None:
        raise row.error("a level has no date", "give valid_from")
    return date


def _share(row: Row, column: str) -> Share | None:
    return Share.from_percent(row[column]) if row[column] else None


def _note(row: Row, remark: str) -> str | None:
    """Return the remark, with the words of the record where the fields alone would lose some."""
    words = row["unsourced_fields"]
    parts = [remark] if remark else []
    if words:
        parts.append(f"not shown by the source: {words}")
    return "; ".join(parts) or None


def _sourcing(row: Row, *, is_level: bool) -> tuple[Sourcing, tuple[str, ...]]:
    if row["status"] == "unsourced":
        return Sourcing.UNSOURCED, ()
    fields = _unsourced_fields(row, is_level=is_level)
    return (Sourcing.PARTLY_SOURCED if fields else Sourcing.SOURCED), fields


def _unsourced_fields(row: Row, *, is_level: bool) -> tuple[str, ...]:
    """Return the fields of the model that the source did not show."""
    begins = "stated_for" if is_level else "start"
    found: set[str] = set()
    for part in re.split("[,;]", row["unsourced_fields"]):
        words = part.strip()
        if words:
            found.update(begins if f == "begins" else f for f in _fields_of(words, row))
    return tuple(sorted(found))


def _fields_of(words: str, row: Row) -> tuple[str, ...]:
    for phrase, fields in _FIELDS:
        if phrase in words:
            return fields
    raise row.error(f"unknown unsourced field {words!r}", "add it to the builder's list")
