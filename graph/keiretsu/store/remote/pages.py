"""Long answers in pages, counted before and after, so that none comes cut without a word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from keiretsu.errors import EndpointError
from keiretsu.store.query.parameters import written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib.term import Node

    from keiretsu.store.remote.endpoint import Endpoint, Row

PAGE: Final = 50_000
MOST_ROWS: Final = 5_000_000
_LEAST: Final = 100
BATCH: Final = 100
"""So many values are asked about at once; a query with more is too long for some engines."""


class Pages:
    """Answers of any length from one endpoint.

    Many servers give no more than some number of rows (Virtuoso: 10,000) and do not all say so.
    Each answer is therefore counted first; one that comes short is asked for in smaller pages.

    Parameters
    ----------
    endpoint
        What is asked.
    page
        Rows of a page, until the server gives fewer.
    """

    def __init__(self, endpoint: Endpoint, page: int = PAGE) -> None:
        self._endpoint, self._page = endpoint, page

    def rows(self, variables: str, pattern: str) -> list[Row]:
        """Return the different solutions of a pattern, all of them.

        Parameters
        ----------
        variables
            ``?s ?p ?o``.
        pattern
            What stands between the braces.

        Raises
        ------
        EndpointError
            If there are more than `MOST_ROWS`, or other ones came than were counted.
        DeadlineError
            If a page takes too long.
        """
        count = self.count(variables, pattern)
        found: dict[Row, None] = {}
        taken = 0
        while taken < count:
            ordered = count > self._page
            expected = min(self._page, count - taken)
            rows = self._page_of(variables, pattern, taken, ordered=ordered)
            if len(rows) < min(expected, _LEAST):  # at that rate it would never end
                found.update(dict.fromkeys(rows))
                break
            if len(rows) < expected:
                self._page = len(rows)
                if not ordered:  # nobody knows which rows these are
                    continue
            found.update(dict.fromkeys(rows))
            taken += len(rows)
        if len(found) != count:
            raise EndpointError(
                f"counts {count:,} rows and gives {len(found):,}",
                place=self._endpoint.place,
                mend="try again if its data is being changed; else load a dump of its data",
            )
        return list(found)

    def _page_of(self, variables: str, pattern: str, skipped: int, *, ordered: bool) -> list[Row]:
        inner = f"SELECT DISTINCT {variables} {{ {pattern} }}"
        if not ordered:
            return self._endpoint.table(inner).rows
        # Virtuoso sorts no more than 10,000 rows, but any number in a query within the query
        query = f"SELECT {variables} {{ {{ {inner} ORDER BY {variables} }} }}"
        return self._endpoint.table(f"{query} LIMIT {self._page} OFFSET {skipped}").rows

    def count(self, variables: str, pattern: str) -> int:
        """Return the number of different solutions of a pattern.

        Raises
        ------
        EndpointError, DeadlineError
            If it cannot be counted, or there are more than `MOST_ROWS`.
        """
        inner = f"SELECT DISTINCT {variables} {{ {pattern} }}"
        rows = self._endpoint.table(f"SELECT (COUNT(*) AS ?n) {{ {{ {inner} }} }}").rows
        try:
            count = int(str(rows[0][0]))
        except (ValueError, IndexError):
            raise self._no_count() from None
        self.check_size(count)
        return count

    def check_size(self, count: int) -> None:
        """Refuse to read more rows than fit.

        Raises
        ------
        EndpointError
            If there are more than `MOST_ROWS`.
        """
        if count > MOST_ROWS:
            raise EndpointError(
                f"holds more than {MOST_ROWS:,} rows of what is asked for",
                place=self._endpoint.place,
                mend="ask about one company, or load a dump of its data with 'keiretsu load'",
            )

    def _no_count(self) -> EndpointError:
        return EndpointError(
            "does not count", place=self._endpoint.place, mend="ask its keeper for SPARQL 1.1"
        )


def batches(values: Iterable[Node]) -> Iterator[str]:
    """Yield values in parts, each as a list of terms for ``VALUES``."""
    terms = sorted(written(value) for value in values)
    for start in range(0, len(terms), BATCH):
        yield " ".join(terms[start : start + BATCH])
