"""What an engine found, row by row under the parties' names, and how."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from keiretsu.measures.answer import percent
from keiretsu.measures.engines.register_reading import Names, names_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pyarrow as pa
    from numpy.typing import NDArray

    from keiretsu.measures.engines.planner import Plan
    from keiretsu.measures.engines.register_files import RegisterFiles

    Integers = NDArray[Any]

AT_ONCE = 10_000
"""Rows that are told together."""
_RECORD = {"verdict": "certain", "missing_percent": None, "purchase": None}
_LISTS = ("through", "explanation", "reasons", "blocks", "fewest_blocks")


class Named(Protocol):
    """Names of the parties of a register."""

    def of(self, parties: Integers) -> list[tuple[str, str]]:
        """Return the identifiers and labels of parties, by their numbers."""


@dataclass(frozen=True, slots=True)
class EngineAnswer:
    """What an engine found.

    Parameters
    ----------
    plan
        Which engine, and why.
    rounds
        How many rounds its parts took; none for the engine in memory.
    found
        The rows as columns; None if they were written by the engine.
    written
        Where rows were written.
    count
        How many rows there are.
    rings
        The members of each ring, by the smallest.
    """

    plan: Plan
    rounds: Mapping[str, int]
    found: pa.Table | None
    written: str | None
    count: int
    rings: Mapping[int, list[int]]

    def as_dict(self) -> dict[str, Any]:
        """Return how the answer was reached, keyed as in JSON."""
        return {
            **self.plan.as_dict(),
            "rounds": dict(sorted(self.rounds.items())),
            "total_rounds": sum(self.rounds.values()),
            "rows": self.count,
            "written": self.written,
        }

    def names(self, files: RegisterFiles) -> Names:
        """Return the names of whoever stands in the rows, read while the register is there."""
        if self.found is None:
            return Names(np.empty(0, dtype=np.int64))
        ends = [self.found.column(name).to_numpy() for name in ("controller", "company")]
        members = np.array([one for ring in self.rings.values() for one in ring], dtype=np.int64)
        return names_of(files, np.concatenate([*ends, members]))

    def as_rows(self, names: Named) -> Iterator[dict[str, Any]]:
        """Yield the rows as plain data, keyed as those of `keiretsu.control`."""
        if self.found is None:
            return
        for batch in self.found.to_batches(max_chunksize=AT_ONCE):
            told = {name: batch.column(name) for name in ("controller", "company")}
            heads, companies = (names.of(column.to_numpy()) for column in told.values())
            rings = [self._ring(head, names) for head in told["controller"].to_pylist()]
            shares = zip(*(batch.column(n).to_pylist() for n in ("weight", "whole")), strict=True)
            for head, company, ring, share in zip(heads, companies, rings, shares, strict=True):
                yield _row(ring or [head], company, percent(Fraction(*share)), is_ring=bool(ring))

    def _ring(self, head: int, names: Named) -> list[tuple[str, str]]:
        members = self.rings.get(head)
        return names.of(np.array(members, dtype=np.int64)) if members else []


def _row(
    heads: Sequence[tuple[str, str]],
    company: tuple[str, str],
    share: float | None,
    *,
    is_ring: bool,
) -> dict[str, Any]:
    ids, labels = zip(*heads, strict=True)
    row: dict[str, Any] = {
        "controller": " + ".join(labels),
        "controller_id": " + ".join(ids),
        "company": company[1],
        "company_id": company[0],
        "percent": share,
        "percent_max": share,
        **_RECORD,
        **{name: [] for name in _LISTS},
    }
    return {**row, "ring": list(labels)} if is_ring else row
