"""Terms: when something is said to be so, from when that was known, by which document, how well.

Each different one is a row of numbers. Dates are numbers too, since nearly every claim of a
register has two of its own; documents and standing are texts, of which a register has few.
"""

from __future__ import annotations

import functools
import json
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from keiretsu.model import PartialDate, Period, Sourcing, Status
from keiretsu.store.disk.texts import Texts, mapped, write_texts

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable
    from pathlib import Path

    from numpy.typing import NDArray

    from keiretsu.formats.table.arrays.said import Said

TERMS: Final = "terms.npy"
SAID: Final = "said"
STATUSES, SOURCINGS = tuple(Status), tuple(Sourcing)
NEVER, ALWAYS = np.iinfo(np.int32).max, np.iinfo(np.int32).min
"""Day numbers of an end that is not told, and of a beginning that is not."""
TERM_TYPE = np.dtype(
    [(name, np.int32) for name in ("begin", "begun", "end", "ended", "record", "document")]
    + [("status", np.int8), ("sourcing", np.int8)]
    + [(name, np.int32) for name in ("from", "until", "known", "said")]
)
"""First and last day on which a claim can begin and end, its table and document; the same dates as
they are told, the one from which it was known, and which text tells the rest."""
_CACHED: Final = 100_000
_DAYS, _MONTHS = 32, 16


class Terms:
    """The terms of a folder of columns.

    Parameters
    ----------
    folder
        The folder.
    is_first
        Whether they are of the first layout, which has a text for each of them and does not know
        from when they were known.

    Attributes
    ----------
    rows
        Numbers of each; see `TERM_TYPE`.
    """

    def __init__(self, folder: Path, *, is_first: bool) -> None:
        self.rows = mapped(folder / TERMS)
        self._texts, self._is_first = Texts(folder, SAID), is_first

    @functools.cached_property
    def at(self) -> Any:  # noqa: ANN401 - a cached function
        """Return what a row stands for."""
        return functools.lru_cache(maxsize=_CACHED)(self._first if self._is_first else self._read)

    @property
    def forms(self) -> NDArray[np.int64]:
        """Per row a number that those share which differ in dates alone, equally precise ones."""
        if self._is_first:
            return np.arange(len(self.rows), dtype=np.int64)
        forms = self.rows["said"].astype(np.int64)
        for name in ("from", "until", "known"):
            dates = self.rows[name]
            precise = (dates > 0).astype(np.int64) + (dates // _DAYS % _MONTHS > 0)
            forms = forms * 4 + precise + (dates % _DAYS > 0)
        return forms

    def _read(self, code: int) -> Said:
        begin, end, known, text = self.rows[code].tolist()[-4:]
        period = Period(date_of(begin), date_of(end))
        return (period, *self._told(text), date_of(known))

    def _first(self, code: int) -> Said:
        start, end, document, record, status, sourcing = json.loads(self._texts[code])
        period = Period.parse(start, end)
        return period, document, record, Status(status), Sourcing(sourcing), None

    @functools.cached_property
    def _told(self) -> Any:  # noqa: ANN401 - a cached function
        @functools.lru_cache(maxsize=_CACHED)
        def told(code: int) -> tuple[str, str | None, Status, Sourcing]:
            document, record, status, sourcing = json.loads(self._texts[code])
            return document, record, Status(status), Sourcing(sourcing)

        return told


def write_terms(folder: Path, terms: Iterable[Said]) -> None:
    """Write terms, each at its place."""
    names: dict[str, int] = {}
    texts: dict[str, int] = {}
    told: dict[tuple[Any, ...], tuple[int, ...]] = {}
    rows = []
    for period, document, record, status, sourcing, known in terms:
        beside = (document, record, status, sourcing)
        if beside not in told:
            text = json.dumps([document, record, status.value, sourcing.value])
            codes = [names.setdefault(one, len(names)) for one in (record or document, document)]
            ranks = (STATUSES.index(status), SOURCINGS.index(sourcing))
            told[beside] = (*codes, *ranks, texts.setdefault(text, len(texts)))
        *codes_and_ranks, said = told[beside]
        dates = map(number_of, (period.start, period.end, known))
        rows.append((*days_of(period), *codes_and_ranks, *dates, said))
    np.save(folder / TERMS, np.array(rows, dtype=TERM_TYPE))
    write_texts(folder, SAID, list(texts))


def days_of(period: Period) -> tuple[int, int, int, int]:
    """Return the day numbers between which a period begins, and between which it ends.

    Examples
    --------
    >>> days_of(Period.parse("2018", None))[:2] == (736695, 737059)
    True
    """
    start, end = period.start, period.end
    begun = (ALWAYS, ALWAYS) if start is None else _numbers(start.first, start.last)
    ended = (NEVER, NEVER) if end is None else _numbers(end.first, end.last)
    return (*begun, *ended)


def _numbers(first: dt.date, last: dt.date) -> tuple[int, int]:
    return first.toordinal(), last.toordinal()


def number_of(date: PartialDate | None) -> int:
    """Return a date, as precise as it is told, as a number; 0 for none.

    Examples
    --------
    >>> [str(date_of(number_of(PartialDate.parse(one)))) for one in ("2018", "2018-03-31")]
    ['2018', '2018-03-31']
    """
    if date is None:
        return 0
    return (date.year * _MONTHS + (date.month or 0)) * _DAYS + (date.day or 0)


def date_of(number: int) -> PartialDate | None:
    """Return the date of which `number_of` gives a number."""
    return _date_of(number) if number else None


@functools.lru_cache(maxsize=_CACHED)
def _date_of(number: int) -> PartialDate:
    rest, day = divmod(number, _DAYS)
    year, month = divmod(rest, _MONTHS)
    return PartialDate(year, month or None, day or None)
