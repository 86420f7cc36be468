"""What the editors change on a row of the facts, each with its reason."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from keiretsu.model import (
    Holding,
    Interest,
    PartialDate,
    Period,
    Share,
    Sourcing,
    Status,
    VotesBasis,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from alliance_builder.tables import Row
    from keiretsu.model import Document

Key = tuple[str, str, str]
"""Holder, issuer and first date of a row, as they are written."""

_CHANGES: Mapping[str, Callable[[Holding, str], Holding]] = {
    "status": lambda claim, text: replace(claim, status=Status(text)),
    "sourcing": lambda claim, text: replace(claim, sourcing=Sourcing(text)),
    "start": lambda claim, text: replace(
        claim, period=Period(PartialDate.parse(text), claim.period.end)
    ),
    "end": lambda claim, text: replace(
        claim, period=Period(claim.period.start, PartialDate.parse(text))
    ),
    "known_from": lambda claim, text: replace(claim, known_from=PartialDate.parse(text)),
    "capital": lambda claim, text: replace(claim, capital=Share.from_percent(text)),
    "shares": lambda claim, text: replace(claim, shares=int(text)),
    "vote_count": lambda claim, text: replace(claim, vote_count=int(text)),
    "votes_basis": lambda claim, text: replace(claim, votes_basis=VotesBasis(text)),
    "interest": lambda claim, text: replace(claim, interest=Interest(text)),
}


class Overrides:
    """The table of changes; knows in the end which of them found no row.

    Parameters
    ----------
    table
        Rows of `overrides.csv`.
    documents
        Documents by key.
    """

    def __init__(self, table: Sequence[Row], documents: Mapping[str, Document]) -> None:
        self.documents = documents
        self.waiting: dict[Key, list[Row]] = {}
        for row in table:
            self.waiting.setdefault((row["holder"], row["issuer"], row["from"]), []).append(row)

    def apply(self, claim: Holding, key: Key) -> Holding:
        """Return the claim with every change of its row made, and the reasons in its note."""
        changes = self.waiting.pop(key, [])
        for row in changes:
            claim = self._change(claim, row)
        reasons = dict.fromkeys(row["reason"] for row in changes)
        parts = [claim.note] if claim.note else []
        return replace(claim, note="; ".join([*parts, *(f"edited: {r}" for r in reasons)]) or None)

    def finish(self) -> None:
        """Refuse a change for which there was no row."""
        for rows in self.waiting.values():
            raise rows[0].error("no row of the facts is meant", "correct holder, issuer or date")

    def _change(self, claim: Holding, row: Row) -> Holding:
        field, value = row["field"], row["value"]
        if field == "document":
            return replace(claim, document=self.documents[value].id)
        if field == "unsourced":
            return _unsourced(claim, row.several("value"))
        if field not in _CHANGES:
            raise row.error(f"{field!r} cannot be changed", f"use {', '.join(_CHANGES)}")
        return _CHANGES[field](claim, value)


def _unsourced(claim: Holding, fields: Sequence[str]) -> Holding:
    if claim.sourcing is Sourcing.UNSOURCED:
        return claim
    return replace(
        claim,
        sourcing=Sourcing.PARTLY_SOURCED,
        unsourced_fields=tuple(sorted({*claim.unsourced_fields, *fields})),
    )
