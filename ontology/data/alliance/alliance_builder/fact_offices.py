"""Rows of the facts on roles as tenures: each becomes exactly one claim."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from alliance_builder.changes import unsourced
from alliance_builder.fact_fields import note_of, sourcing_of
from keiretsu.model import Office, Tenure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from alliance_builder.documents import Library
    from alliance_builder.parties import Register
    from alliance_builder.tables import Row

_TITLE_ENDS = re.compile(r" \(|; ")


class Offices:
    """Reads rows of kind `role`.

    Parameters
    ----------
    titles
        Rows of `offices.csv`: the office that a title means.
    details
        Rows of `role_details.csv`: what the facts do not tell of a row.
    parties, library
        Who and what is meant by a name.
    """

    def __init__(
        self, titles: Sequence[Row], details: Sequence[Row], parties: Register, library: Library
    ) -> None:
        self.offices: Mapping[str, Office] = {r["title"]: Office(r["office"]) for r in titles}
        self.details = {f"facts.csv:{row['line']}": row for row in details}
        self.parties, self.library = parties, library

    def tenure(self, row: Row) -> Tenure:
        """Return the claim of a row, still without its IRI and without its details."""
        title = _TITLE_ENDS.split(row["note"])[0]
        if title not in self.offices:
            raise row.error(f"{title!r} is no known title", "add it to offices.csv")
        sourcing, unsourced_fields = sourcing_of(row, "start")
        return Tenure(
            id="",
            document=self.library.cited_by(row, "source_"),
            period=row.period("valid_from", "valid_until"),
            sourcing=sourcing,
            unsourced_fields=unsourced_fields,
            note=note_of(row, "" if title == row["note"] else row["note"]),
            person=self.parties.find(row["subject"], row),
            organisation=self.parties.find(row["object"], row),
            office=self.offices[title],
            title=title,
            place=row.place,
        )

    def detailed(self, claim: Tenure, row: Row) -> Tenure:
        """Return the claim of a row with what the facts do not tell of it."""
        detail = self.details.pop(row.place, None)
        if detail is None:
            return claim
        body, nominee_of = detail.optional("organisation"), detail.optional("nominated_by")
        end = detail.optional("end_document")
        found = replace(
            claim,
            organisation=self.parties.find(body, detail) if body else claim.organisation,
            nominated_by=self.parties.find(nominee_of, detail) if nominee_of else None,
            end_document=self.library.find(end, detail) if end else None,
        )
        fields = detail.several("unsourced_fields")
        return unsourced(found, fields) if fields else found

    def finish(self) -> None:
        """Refuse a detail for which there was no row."""
        for row in self.details.values():
            raise row.error("no row of kind role has that line", "correct the line")
