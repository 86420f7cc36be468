"""The JSON object that every answer is, and the answer in all its forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keiretsu import __version__
from keiretsu.cli.columns import COLUMNS, MAIN
from keiretsu.cli.output import Result

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Mapping
    from fractions import Fraction

    from keiretsu.cli.page import Page
    from keiretsu.measures import Answer
    from keiretsu.measures.answer import AnyRecord
    from keiretsu.model import Caution

_FIRST = ("rule", "rights")


def envelope(
    command: str,
    fields: Mapping[str, Any],
    *,
    as_of: dt.date | None = None,
    known_at: dt.date | None = None,
    dataset: str | None = None,
    cautions: Iterable[Caution] = (),
) -> dict[str, Any]:
    """Return an answer as JSON has it: how it was reached first, then what was found.

    Parameters
    ----------
    command
        What was asked.
    fields
        The answer's own fields, its main list last.
    as_of, known_at
        The day asked about, and that by which it must have been knowable; None where the answer
        is about no day, or was not limited so.
    dataset
        Fingerprint of the data; None where no data was loaded.
    cautions
        What was assumed.
    """
    return {
        "keiretsu": __version__,
        "command": command,
        "as_of": as_of.isoformat() if as_of else None,
        "known_at": known_at.isoformat() if known_at else None,
        **{key: fields[key] for key in _FIRST if key in fields},
        "dataset": dataset,
        "warnings": [
            {"code": c.code, "text": c.text, "parties": list(c.parties)} for c in cautions
        ],
        **{key: value for key, value in fields.items() if key not in _FIRST},
    }


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
    document = envelope(
        answer.command,
        {**answer.fields, MAIN[answer.command]: rows},
        as_of=answer.snapshot.as_of,
        known_at=answer.snapshot.known_at,
        dataset=answer.snapshot.dataset,
        cautions=answer.cautions,
    )
    return Result(document, rows, columns, page)


def _text(number: Fraction | None) -> str | None:
    return None if number is None else str(number)
