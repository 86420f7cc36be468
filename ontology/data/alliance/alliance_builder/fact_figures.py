"""Rows of the facts on vehicles as figures: each becomes exactly one claim."""

from __future__ import annotations

import datetime as dt
import re
from fractions import Fraction
from typing import TYPE_CHECKING

from alliance_builder.fact_fields import sourcing_of
from keiretsu.model import Figure, Measure, PartialDate, Period

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from alliance_builder.documents import Library
    from alliance_builder.parties import Register
    from alliance_builder.tables import Row

_VALUE = re.compile(r"value=(?P<value>\d+) vehicles ?(?P<rest>.*)")
_CONSOLIDATED = {"yes": True, "no": False, "": None}


class Figures:
    """Reads rows of kind `production`.

    Parameters
    ----------
    groups
        Rows of `measured.csv`: whose figure it is, and whether it is the group's.
    parties, library
        Who and what is meant by a name.
    """

    def __init__(self, groups: Sequence[Row], parties: Register, library: Library) -> None:
        self.groups: Mapping[str, Row] = {row["subject"]: row for row in groups}
        self.parties, self.library = parties, library

    def figure(self, row: Row) -> Figure:
        """Return the claim of a row, still without its IRI."""
        found = _VALUE.fullmatch(row["note"])
        if found is None:
            raise row.error("the note has no value", "begin it with value=N vehicles")
        if row["subject"] not in self.groups:
            raise row.error(f"nobody says whose figure {row['subject']!r} is", "see measured.csv")
        group = self.groups[row["subject"]]
        sourcing, unsourced_fields = sourcing_of(row, "start")
        remarks = [part for part in (found["rest"].strip("()"), group["remark"]) if part]
        return Figure(
            id="",
            document=self.library.cited_by(row, "source_"),
            period=_whole_days(row.period("valid_from", "valid_until")),
            sourcing=sourcing,
            unsourced_fields=unsourced_fields,
            note="; ".join(remarks) or None,
            party=self.parties.find(group["party"], row),
            measure=Measure(row["object"]),
            value=Fraction(found["value"]),
            consolidated=_CONSOLIDATED[group["consolidated"]],
            place=row.place,
        )


def _whole_days(period: Period) -> Period:
    """Return a period whose last day is given as the half-open period that ends after it."""
    if period.end is None or period.end.day is None:
        return period
    return Period(period.start, PartialDate.parse(period.end.last + dt.timedelta(days=1)))
