"""Answers for machines: JSON, JSON lines, CSV and TSV; the same input gives the same bytes."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from keiretsu.cli.screen import harmless
from keiretsu.formats.defusing import defused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_BUFFER = 1 << 20


class Rows(Sequence[Any]):
    """Rows that are made one after the other whenever they are read, however many there are.

    Parameters
    ----------
    make
        Gives the rows anew.
    cells
        Gives them as cells in the order of the columns, in blocks, if that can be had for less.
    """

    def __init__(
        self,
        make: Callable[[], Iterable[Mapping[str, Any]]],
        cells: Callable[[], Iterable[Iterable[Sequence[str]]]] | None = None,
    ) -> None:
        self._make, self.cells = make, cells

    def __iter__(self) -> Iterator[Mapping[str, Any]]:
        return iter(self._make())

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __getitem__(self, index: Any) -> Any:  # noqa: ANN401 - the two forms of a sequence
        return list(self)[index]


def json_parts(document: Mapping[str, Any]) -> Iterator[str]:
    r"""Yield a document as JSON that people can read too, field by field and row by row.

    Examples
    --------
    >>> rows = Rows(lambda: ({"n": number} for number in range(2)))
    >>> whole = json.dumps({"command": "c", "rows": list(rows)}, indent=2)
    >>> "".join(json_parts({"command": "c", "rows": rows})) == whole + "\n"
    True
    """
    before = "{\n"
    for key, value in document.items():
        yield f"{before}  {json.dumps(key, ensure_ascii=False)}: "
        yield from _row_parts(value) if isinstance(value, Rows) else (_indented(value, 1),)
        before = ",\n"
    yield "{}\n" if before == "{\n" else "\n}\n"


def _row_parts(rows: Rows) -> Iterator[str]:
    before = "[\n"
    for row in rows:
        yield f"{before}    {_indented(row, 2)}"
        before = ",\n"
    yield "[]" if before == "[\n" else "\n  ]"


def _indented(value: object, levels: int) -> str:
    text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
    return text.replace("\n", "\n" + "  " * levels)


def json_lines(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Yield rows as JSON, one to a line."""
    return (json.dumps(row, ensure_ascii=False, allow_nan=False) + "\n" for row in rows)


def to_json_lines(rows: Iterable[Mapping[str, Any]]) -> str:
    """Return rows as JSON, one to a line."""
    return "".join(json_lines(rows))


def table_parts(
    rows: Iterable[Mapping[str, Any]], columns: Sequence[str], separator: str = ","
) -> Iterator[str]:
    r"""Yield rows as CSV, or as TSV; the header is there even without rows.

    Examples
    --------
    >>> rows = [{"holder": "=1+1", "percent": 43.4, "parties": ["A", "B"]}]
    >>> "".join(table_parts(rows, ["holder", "percent", "parties"]))
    "holder,percent,parties\n'=1+1,43.4,A; B\n"
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator="\n")
    writer.writerow(columns)
    for cells in chain.from_iterable(_cell_blocks(rows, columns)):
        line = separator.join(cells)
        told = line and line.count(separator) < len(cells)
        if not told or '"' in line or "\n" in line or "\r" in line:
            writer.writerow(cells)
        else:  # nothing is to be quoted, which a search tells sooner than the writer
            text.write(f"{line}\n")
        if text.tell() > _BUFFER:
            yield text.getvalue()
            text.seek(0)
            text.truncate()
    yield text.getvalue()


def _cell_blocks(
    rows: Iterable[Mapping[str, Any]], columns: Sequence[str]
) -> Iterable[Iterable[Sequence[str]]]:
    if isinstance(rows, Rows) and rows.cells is not None:
        return rows.cells()
    return (([cell(row.get(column)) for column in columns] for row in rows),)


def cell(value: object) -> str:
    """Return a value as one cell: lists joined, numbers plain, nothing taken for a formula.

    Nor does a terminal or a pager that shows the file obey anything in it.

    Examples
    --------
    >>> cell(None), cell(True), cell(1e-06), cell(15.0), cell(["a", "b"])
    ('', 'true', '0.000001', '15', 'a; b')
    """
    if isinstance(value, str):
        return defused(harmless(value))
    if isinstance(value, list):
        return cell("; ".join(_inner(part) for part in value))
    return cell(_inner(value)) if isinstance(value, dict) else _inner(value)


def _inner(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float() if math.isfinite(value):
            return f"{value:.6f}".rstrip("0").rstrip(".")
        case list():
            return ", ".join(_inner(part) for part in value)
        case dict():
            return _phrase(value)
        case _:
            return str(value)


def _phrase(part: Mapping[str, Any]) -> str:
    """Say one part of an answer in the words of its kind; see the schemas for the parts."""
    for key, phrase in _PHRASES.items():
        if key in part:
            return phrase(part)
    return ", ".join(f"{key}={_inner(value)}" for key, value in part.items() if value is not None)


def _source(part: Mapping[str, Any]) -> str:
    known = [part[key] for key in ("publisher", "date") if part.get(key)]
    return f"{part['title']} ({', '.join(known)})" if known else str(part["title"])


def _block(part: Mapping[str, Any]) -> str:
    enough = "" if part["sufficient"] else "not "
    return f"{part['holder']} {_range(part, 'percent')} ({enough}enough)"


def _hop(part: Mapping[str, Any]) -> str:
    capital, votes = _range(part, "capital_percent"), _range(part, "votes_percent")
    return f"{part['holder']} > {part['issuer']} {capital} capital {votes} votes"


def _step(part: Mapping[str, Any]) -> str:
    return f"{part['company']}: {' + '.join(_phrase(holder) for holder in part['holders'])}"


_PHRASES: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "title": _source,
    "reading": lambda p: f"{p['article']}: {p['verdict']} {_range(p, 'percent')}",
    "before": lambda p: p["text"],
    "effect": lambda p: f"{p['article']}: {p['effect']} ({p['text']})",
    "holders": _step,
    "sufficient": _block,
    "issuer": _hop,
    "holder": lambda p: f"{p['holder']} {_range(p, 'percent')}",
    "company": lambda p: f"{p['company']} ({p['verdict']}, {p['rule']})",
    "articles": lambda p: str(p["text"]),
}
"""How a part is said, by the key that tells its kind; the first that it has decides."""


def _range(part: Mapping[str, Any], key: str) -> str:
    if part.get(key) is not None:
        return f"{_inner(part[key])} %"
    if part.get(f"{key}_min") is None:
        return "?"
    return f"{_inner(part[f'{key}_min'])}-{_inner(part[f'{key}_max'])} %"
