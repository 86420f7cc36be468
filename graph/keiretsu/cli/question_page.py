"""The answer to a named question, as a person reads it.

Labels stand for IRIs, one column for the two ends of a percentage. What is the same in every row
stands above the table, long texts (notes, quotes, documents) below it, by number, and what a row
has in common with the beginning of the one above it is not repeated. Nothing of this touches the
answer's other forms, which have every column.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from keiretsu.cli.page import Column, Lines, Page, Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from keiretsu.store.query.answer import Answer
    from keiretsu.store.query.questions import Question

    Rows = list[dict[str, str]]

_LONG: Final = ("note", "quote", "text", "title", "publisher", "published", "url")
_NUMBER: Final = re.compile(r"-?\d+(\.\d+)?")
_PLAIN_NUMBER: Final = re.compile(r"(-?\d+)(?:\.0+|(\.\d*?[1-9])0*)")
_IRI: Final = re.compile(r"[a-z][a-z0-9+.-]*:\S+")
_LABEL: Final = "_label"
_LEAST: Final = "_min"
_MOST: Final = "_max"
_FEW: Final = 2


def question_page(asked: Question, values: Mapping[str, str], answer: Answer) -> Page:
    """Return an answer as a page.

    Parameters
    ----------
    asked
        The question.
    values
        What was given for its parameters, by name.
    answer
        Its rows.
    """
    given = ", ".join(f"{name} {value}" for name, value in values.items())
    title = f"{asked.text} ({given})" if given else asked.text
    if not answer.rows:
        return Page(title, (Lines("", ("no rows",)),))
    rows = [_cells(row) for row in answer.values()]
    constant = _constant(rows)
    shared = tuple(f"{_heading(name)}: {rows[0][name]}" for name in constant)
    columns = [name for name in rows[0] if name not in constant]
    long = [name for name in columns if name in _LONG]
    short = [name for name in columns if name not in _LONG]
    numbers, notes = _notes(rows, long)
    table = Table(
        (*(Column(_heading(name), right=_is_number(rows, name)) for name in short), Column("see")),
        tuple(
            (*cells, number)
            for cells, number in zip(_without_repeats(rows, short), numbers, strict=True)
        ),
    )
    return Page(title, (Lines("In every row", shared), table, Lines("See", notes)))


def _cells(row: Mapping[str, str | None]) -> dict[str, str]:
    """Return the cells of a row that a person reads, in their order."""
    found = {}
    for name, value in row.items():
        partner = f"{name.removesuffix(_LEAST)}{_MOST}"
        if name.endswith(_LEAST) and partner in row:
            found[name.removesuffix(_LEAST)] = _range(value, row[partner])
        elif name.endswith(_MOST) and f"{name.removesuffix(_MOST)}{_LEAST}" in row:
            continue
        elif f"{name}{_LABEL}" not in row and not _names_a_thing(name, value, row):
            found[name.removesuffix(_LABEL)] = _plain(value)
    return found


def _names_a_thing(name: str, value: str | None, row: Mapping[str, str | None]) -> bool:
    """Return whether a cell holds only an IRI, while other cells tell what it stands for."""
    told = name in {"claim", "case", "leverage"} or name.endswith("_claim")
    return told and len(row) > 1 and (value is None or bool(_IRI.fullmatch(value)))


def _range(least: str | None, most: str | None) -> str:
    low, high = _plain(least), _plain(most)
    return low if low == high else f"{low or '?'} to {high or '?'}"


def _plain(value: str | None) -> str:
    """Return a cell; numbers without zeros that say nothing.

    Examples
    --------
    >>> [_plain(cell) for cell in ("10834000.0", "43.40", "2019-09", None)]
    ['10834000', '43.4', '2019-09', '']
    """
    found = _PLAIN_NUMBER.fullmatch(value or "")
    return f"{found[1]}{found[2] or ''}" if found else value or ""


def _heading(name: str) -> str:
    return name.replace("_percent", " %").replace("_", " ")


def _constant(rows: Rows) -> tuple[str, ...]:
    """Return the columns that say the same in every row of several; the first stays where it is."""
    if len(rows) < _FEW:
        return ()
    return tuple(
        name
        for name in list(rows[0])[1:]
        if rows[0][name] and len({row[name] for row in rows}) == 1
    )


def _without_repeats(rows: Rows, columns: Sequence[str]) -> list[list[str]]:
    """Return the cells of rows, empty where a row begins as the one above it does."""
    found: list[list[str]] = []
    above: list[str] = []
    for row in rows:
        cells = [row[name] for name in columns]
        pairs = zip(cells, above, strict=False)  # nothing is above the first
        same = len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))
        found.append([""] * same + cells[same:])
        above = cells
    return found


def _notes(rows: Rows, columns: Sequence[str]) -> tuple[list[str], tuple[str, ...]]:
    """Return for each row the number of its long texts, and those texts, each once."""
    numbered: dict[str, str] = {}
    numbers = []
    for row in rows:
        texts = [_text(name, row[name]) for name in columns if row[name]]
        found = "; ".join(texts)
        numbers.append(numbered.setdefault(found, f"[{len(numbered) + 1}]") if found else "")
    return numbers, tuple(f"{number} {text}" for text, number in numbered.items())


def _text(name: str, value: str) -> str:
    return f"“{value}”" if name == "quote" else value


def _is_number(rows: Rows, name: str) -> bool:
    return all(not row[name] or _NUMBER.fullmatch(row[name]) for row in rows)
