"""Answers about a whole register on disk: written row by row, and cut short where people read."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from keiretsu.cli.columns import COLUMNS
from keiretsu.cli.control_cells import cells_of_control
from keiretsu.cli.output import Result
from keiretsu.cli.page import Lines
from keiretsu.cli.serial import Rows
from keiretsu.measures import Answer
from keiretsu.ownership_graph.document import document_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from keiretsu.cli.page import Page
    from keiretsu.cli.world import When
    from keiretsu.measures import ControlRecord
    from keiretsu.measures.register.stored_control import StoredControl
    from keiretsu.ownership_graph import OwnershipGraph
    from keiretsu.rights import ControlRule

MOST_SHOWN = 1_000
"""Rows of a table that people read; files have all of them."""


def control_of_all(
    graph: OwnershipGraph, when: When, rule: ControlRule, rights: str, *, ultimate: bool
) -> StoredControl | None:
    """Return control of everybody from a store on disk; None where objects must answer."""
    if when.known_at is not None:
        return None
    return graph.control_of_all(  # type: ignore[return-value]  # only a store gives one
        when.as_of,
        rule=rule,
        rights=rights,
        ultimate=ultimate,
        max_age=when.max_age,
        remainder=when.remainder,
    )


def result_of_all(answer: StoredControl, page: Callable[[Answer[ControlRecord]], Page]) -> Result:
    """Return an answer in all forms, of which none has all rows in memory."""
    rows = Rows(answer.as_rows, lambda: cells_of_control(answer))
    document = document_of(answer, rows)  # type: ignore[arg-type]  # as if it were an answer
    return Result(document, rows, COLUMNS[answer.command], lambda: _cut(answer, page))


def _cut(answer: StoredControl, page: Callable[[Answer[ControlRecord]], Page]) -> Page:
    first = tuple(islice(answer, MOST_SHOWN))
    shown = page(Answer(answer.command, answer.snapshot, first, answer.fields, answer.cautions))
    left = len(answer) - len(first)
    if not left:
        return shown
    text = f"the first {len(first):,} of {len(answer):,} rows; all of them: -f csv -o FILE.csv"
    return replace(shown, parts=(shown.parts[0], Lines("", (text,)), *shown.parts[1:]))
