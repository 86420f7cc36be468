"""The answer of a measure in all its forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keiretsu.cli.columns import COLUMNS
from keiretsu.cli.output import Result
from keiretsu.ownership_graph.document import document_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction

    from keiretsu.cli.page import Page
    from keiretsu.measures import Answer
    from keiretsu.measures.answer import AnyRecord


def result_of(
    answer: Answer[AnyRecord],
    page: Callable[[], Page],
    exact: Callable[[AnyRecord], Fraction | None] | None = None,
) -> Result:
    """Return the answer of a measure in all forms.

    Parameters
    ----------
    answer
        The answer.
    page
        What a person is shown.
    exact
        The number behind a record's main percentage, if it is asked for; None as its value where
        only a range is known.
    """
    rows, columns = answer.as_rows(), COLUMNS[answer.command]
    if exact is not None:
        rows = [
            {**row, "exact": _text(exact(record))}
            for row, record in zip(rows, answer.records, strict=True)
        ]
        columns = (*columns, "exact")
    return Result(lambda: document_of(answer, rows), rows, columns, page)


def _text(number: Fraction | None) -> str | None:
    return None if number is None else str(number)
