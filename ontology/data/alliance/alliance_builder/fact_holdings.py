"""Rows of the facts as holdings: each holding row becomes exactly one claim."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from alliance_builder.fact_fields import note_of, sourcing_of
from keiretsu.model import Directness, Holding, Period, Share, VotesBasis

if TYPE_CHECKING:
    from alliance_builder.documents import Library
    from alliance_builder.parties import Register
    from alliance_builder.tables import Row
    from keiretsu.model import PartialDate

_TAG = re.compile(r"\[(?P<what>interval|snapshot)(?:; (?:mostly )?indirect via (?P<via>.+?))?\] ?")
_VIA = {"AQTON": "AQTON SE"}


def holding_of(row: Row, parties: Register, library: Library) -> Holding:
    """Return the claim of a row of kind `holding`, still without its IRI."""
    tag = _TAG.match(row["note"])
    if tag is None:
        raise row.error("the note has no tag", "begin it with [interval] or [snapshot]")
    is_level, via = tag["what"] == "snapshot", tag["via"]
    sourcing, unsourced_fields = sourcing_of(row, "stated_for" if is_level else "start")
    return Holding(
        id="",
        document=library.cited_by(row, "source_"),
        period=Period(None if is_level else row.date("valid_from"), row.date("valid_until")),
        stated_for=_required_date(row) if is_level else None,
        sourcing=sourcing,
        unsourced_fields=unsourced_fields,
        note=note_of(row, row["note"][tag.end() :]),
        holder=parties.find(row["subject"], row),
        issuer=parties.find(row["object"], row),
        capital=_share(row, "capital_pct"),
        votes=_share(row, "voting_pct"),
        votes_basis=VotesBasis.EXERCISABLE,
        directness=Directness.INDIRECT if via else Directness.DIRECT,
        via=(parties.find(_VIA.get(via, via), row),) if via else (),
        place=row.place,
    )


def _required_date(row: Row) -> PartialDate:
    date = row.date("valid_from")
    if date is None:
        raise row.error("a level has no date", "give valid_from")
    return date


def _share(row: Row, column: str) -> Share | None:
    return Share.from_percent(row[column]) if row[column] else None
