"""Rows of few boxes, for a phone: a bounded width, as in Coffman and Graham's layering.

Each party gets a row below all that hold it, the first that has room; one that nobody holds stands
as near above what it holds as there is room. Layout engines are only told how many rows each line
spans, so that they keep their own ways of ordering and routing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def narrow_spans(
    parties: Sequence[str], lines: Iterable[tuple[str, str, str]], width: int
) -> dict[str, int]:
    """Return how many rows each line spans where no row has more than `width` boxes.

    Parameters
    ----------
    parties
        Ids of the boxes.
    lines
        Name, upper and lower party of each line; without loops.
    width
        Most boxes of a row.

    Examples
    --------
    >>> lines = [(name, "a", name) for name in "bcde"]
    >>> narrow_spans("abcde", lines, 2)
    {'b': 1, 'c': 1, 'd': 2, 'e': 2}
    """
    told = [line for line in lines if line[1] != line[2]]
    rows = _rows(parties, told, width)
    return {name: rows[lower] - rows[upper] for name, upper, lower in told}


def _rows(
    parties: Sequence[str], lines: Sequence[tuple[str, str, str]], width: int
) -> dict[str, int]:
    above: dict[str, set[str]] = defaultdict(set)
    below: dict[str, set[str]] = defaultdict(set)
    for _, upper, lower in lines:
        above[lower].add(upper)
        below[upper].add(lower)
    rows: dict[str, int] = {}
    room: Counter[int] = Counter()
    for party in _holders_first(parties, above, below):
        if not above[party] and below[party]:
            continue  # who is held by nobody is placed last
        row = max((rows[one] for one in above[party] if one in rows), default=0) + 1
        while room[row] >= width:
            row += 1
        rows[party] = row
        room[row] += 1
    for party in parties:
        if party not in rows:
            row = min((rows[one] for one in below[party] if one in rows), default=1) - 1
            while room[row] >= width:
                row -= 1
            rows[party] = row
            room[row] += 1
    return rows


def _holders_first(
    parties: Sequence[str], above: dict[str, set[str]], below: dict[str, set[str]]
) -> Iterable[str]:
    waiting = {party: len(above[party]) for party in parties}
    ready = [party for party in parties if not waiting[party]]
    for party in ready:
        yield party
        for one in sorted(below[party]):
            waiting[one] -= 1
            if not waiting[one]:
                ready.append(one)
