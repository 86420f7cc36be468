"""Rows whose holder is called Total: sums that a spreadsheet added, or a party of that name.

Only the author of a table knows which. The row stays, and the answer says so with its place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from keiretsu.formats.table.cells import shown
from keiretsu.formats.table.reader import Problem
from keiretsu.model import Severity
from keiretsu.model.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from keiretsu.formats.table.rows import Entry
    from keiretsu.model import Party

RULE: Final = "total-as-holder"
WORDS: Final = frozenset(
    map(
        fold,
        (
            *("Total", "Totals", "Grand total", "Sum", "Total général", "Ensemble"),
            *("Summe", "Gesamt", "Gesamtsumme", "Insgesamt", "Totale", "Suma", "Totaal"),
            *("合計", "总计", "合计", "합계"),
        ),
    )
)
"""What the row of a sum is called, folded; a longer name is a party's."""


def totals_as_holders(entries: Iterable[Entry], parties: Mapping[str, Party]) -> list[Problem]:
    """Return a warning for each name of a sum that stands as a holder, at its first row."""
    rows: dict[str, list[int]] = {}
    for entry in entries:
        if fold(parties[entry.holder].label) in WORDS:
            rows.setdefault(entry.holder, []).append(entry.line)
    return [_told(parties[holder].label, lines) for holder, lines in rows.items()]


def _told(label: str, lines: list[int]) -> Problem:
    more = len(lines) - 1
    also = f" (so in {more:,} more row{'s' if more > 1 else ''})" if more else ""
    return Problem(
        lines[0],
        RULE,
        f"{shown(label)} is read as a holder like any other{also}",
        "take the row out if it is the sum of others",
        Severity.WARNING,
        (label,),
    )
