"""What the editors change on a holding of the facts, each with its reason."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from alliance_builder.changes import changed, remarked, unsourced

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alliance_builder.documents import Library
    from alliance_builder.parties import Register
    from alliance_builder.tables import Row
    from keiretsu.model import Holding

Key = tuple[str, str, str]
"""Holder, issuer and first date of a row, as they are written."""


class Overrides:
    """The table of changes; knows in the end which of them found no row.

    Parameters
    ----------
    table
        Rows of `overrides.csv`.
    parties, library
        Who and what is meant by a name.
    """

    def __init__(self, table: Sequence[Row], parties: Register, library: Library) -> None:
        self.parties, self.library = parties, library
        self.waiting: dict[Key, list[Row]] = {}
        for row in table:
            self.waiting.setdefault((row["holder"], row["issuer"], row["from"]), []).append(row)

    def apply(self, claim: Holding, row: Row) -> Holding:
        """Return the claim with every change of its row made, and the reasons in its note."""
        changes = self.waiting.pop((row["subject"], row["object"], row["valid_from"]), [])
        for change in changes:
            claim = self._change(claim, change)
        reasons = dict.fromkeys(f"edited: {change['reason']}" for change in changes)
        return remarked(claim, tuple(reasons))

    def finish(self) -> None:
        """Refuse a change for which there was no row."""
        for rows in self.waiting.values():
            raise rows[0].error("no row of the facts is meant", "correct holder, issuer or date")

    def _change(self, claim: Holding, row: Row) -> Holding:
        field, value = row["field"], row["value"]
        if field == "holder":
            return replace(claim, holder=self.parties.find(value, row))
        if field == "end_document":
            return replace(claim, end_document=self.library.find(value, row))
        if field == "unsourced":
            return unsourced(claim, row.several("value"))
        return changed(claim, field, value, row)
