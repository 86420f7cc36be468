"""What was found when the unsourced rows of the facts were looked for, applied to their claims."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from alliance_builder.changes import changed, remarked, said
from keiretsu.model import Claim, Sourcing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alliance_builder.documents import Library
    from alliance_builder.tables import Row

AnyClaim = TypeVar("AnyClaim", bound=Claim)


class Verifications:
    """The table of what was found; knows in the end which rows of it found no claim.

    Parameters
    ----------
    table
        Rows of `verifications.csv`.
    library
        What is meant by an address.
    """

    def __init__(self, table: Sequence[Row], library: Library) -> None:
        self.library = library
        self.waiting = {f"facts.csv:{row['line']}": row for row in table}
        if len(self.waiting) != len(table):
            raise table[-1].error("two rows have the same line", "keep one of them")

    def apply(self, claim: AnyClaim, fact: Row) -> AnyClaim:
        """Return the claim of a row of the facts as its source has it."""
        row = self.take(fact)
        if row is None:
            return claim
        sourcing = Sourcing(row["sourcing"])
        if sourcing is Sourcing.UNSOURCED:
            remark = f"looked for and not found: {row['remark']}"
            return self._changed(claim, row, remark)
        fields = tuple(sorted(row.several("unsourced_fields")))
        if (sourcing is Sourcing.PARTLY_SOURCED) != bool(fields):
            raise row.error("unsourced fields and sourcing disagree", "name the fields, or none")
        found = replace(
            claim,
            document=self.library.cited_by(row),
            sourcing=sourcing,
            unsourced_fields=fields,
            quote=row.optional("quote"),
        )
        return self._changed(found, row, row["remark"])

    def take(self, fact: Row) -> Row | None:
        """Return what was found for a row of the facts, once."""
        row = self.waiting.pop(fact.place, None)
        if row is not None and (row["subject"], row["object"]) != (fact["subject"], fact["object"]):
            raise row.error(f"{fact.place} is another row", "correct the line")
        if row is not None and fact["status"] != "unsourced":
            raise row.error(f"{fact.place} has a source already", "remove the row")
        return row

    def _changed(self, claim: AnyClaim, row: Row, remark: str) -> AnyClaim:
        """Return the claim with the values that were found, the old ones kept in its note."""
        for field, value in row.pairs("changes"):
            old = f"{field} was {said(claim, field)}, unsourced"
            claim = remarked(changed(claim, field, value, row), (old,))
        return remarked(claim, (remark,))

    def finish(self) -> None:
        """Refuse a row for which there was no claim."""
        for row in self.waiting.values():
            raise row.error("no row of the facts is meant", "correct the line")
