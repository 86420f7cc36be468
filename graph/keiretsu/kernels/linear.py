"""Linear systems of flows: exact fractions where that is affordable, sparse factors elsewhere."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from keiretsu.kernels.components import components

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from numpy.typing import NDArray

    Row = Mapping[int, Fraction]

EXACT_LOOP = 24
"""Loops of more nodes than this are solved in floating point: fractions would grow too long."""

EXACT_NODES = 3000
"""Systems of more nodes than this are solved in floating point, loops or not."""


class SingularError(ArithmeticError):
    """Some nodes keep everything among themselves: the system has no single solution."""


class System:
    """The system x = b + A x, solved along its components.

    Parameters
    ----------
    rows
        Row by row the non-zero entries of A, which are not negative.

    Notes
    -----
    Components are solved in the order in which they depend on each other, so that only loops need
    elimination; everything else is put in. With few nodes all of it is exact.
    """

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        self.order = list(components(range(len(rows)), lambda node: rows[node]))
        largest = max(map(len, self.order), default=0)
        self.exact = len(rows) <= EXACT_NODES and largest <= EXACT_LOOP
        self._of = {node: group for group in self.order for node in group}
        self._factors: object = None
        self._parts: dict[int, tuple[dict[int, int], System]] = {}

    def solve(self, right: Mapping[int, Fraction | int]) -> list[Fraction]:
        """Return x for the non-zero entries of b.

        Raises
        ------
        SingularError
            If some nodes keep everything among themselves.

        Examples
        --------
        >>> half = Fraction(1, 2)
        >>> [str(x) for x in System([{1: half}, {0: half}]).solve({0: 1})]
        ['4/3', '2/3']
        """
        if not self.exact:
            return [Fraction(value) for value in self.solve_in_floats(right).tolist()]
        found = [Fraction(0)] * len(self.rows)
        for group in self.order:
            members = set(group)
            known = {
                node: right.get(node, 0)
                + sum(
                    (
                        found[other] * share
                        for other, share in self.rows[node].items()
                        if other not in members and found[other]
                    ),
                    Fraction(0),
                )
                for node in group
            }
            for node, value in self._within(group, known).items():
                found[node] = value
        return found

    def returns(self, nodes: Collection[int]) -> dict[int, Fraction]:
        """Return how often each node depends on itself, once included: the diagonal of (I-A)⁻¹."""
        found = {}
        for node in nodes:
            group = self._of[node]
            if len(group) == 1:
                found[node] = 1 / (1 - self.rows[node].get(node, Fraction(0)))
            elif len(group) <= EXACT_LOOP:
                known = {member: Fraction(member == node) for member in group}
                found[node] = self._within(group, known)[node]
            else:
                found[node] = self._returning_in(group, node)
        return found

    def _returning_in(self, group: Sequence[int], node: int) -> Fraction:
        """Return how often a node of a long loop depends on itself: nothing outside it counts."""
        if group[0] not in self._parts:
            places = {member: place for place, member in enumerate(group)}
            rows = [
                {places[other]: share for other, share in self.rows[one].items() if other in places}
                for one in group
            ]
            self._parts[group[0]] = places, System(rows)
        places, part = self._parts[group[0]]
        return Fraction(float(part.solve_in_floats({places[node]: 1})[places[node]]))

    def _within(
        self, group: Sequence[int], known: Mapping[int, Fraction]
    ) -> Mapping[int, Fraction]:
        if not any(known.values()):
            return dict.fromkeys(group, Fraction(0))
        return eliminate([(node, self.rows[node], known[node]) for node in group])

    def solve_in_floats(self, right: Mapping[int, Fraction | int]) -> NDArray[np.float64]:
        """Return x by sparse factors, which are made once.

        Raises
        ------
        SingularError
            If some nodes keep everything among themselves.
        """
        from scipy.sparse import csc_array, eye_array  # noqa: PLC0415 - scipy is heavy
        from scipy.sparse.linalg import splu  # noqa: PLC0415

        count = len(self.rows)
        if self._factors is None:
            entries = [
                (node, other, float(share))
                for node, row in enumerate(self.rows)
                for other, share in row.items()
            ]
            places, others, shares = zip(*entries, strict=True) if entries else ((), (), ())
            matrix = csc_array((shares, (places, others)), shape=(count, count), dtype=np.float64)
            try:
                self._factors = splu((eye_array(count, format="csc") - matrix).tocsc())
            except RuntimeError as error:
                raise SingularError(str(error)) from None
        unit = np.zeros(count)
        for node, value in right.items():
            unit[node] = float(value)
        solution: NDArray[np.float64] = self._factors.solve(unit)  # type: ignore[attr-defined]
        return solution


def eliminate(equations: Sequence[tuple[int, Row, Fraction]]) -> dict[int, Fraction]:
    """Return the solution of x = b + A x on some nodes, by elimination in fractions.

    Parameters
    ----------
    equations
        For each node its row of A, of which only entries on these nodes are read, and its b.

    Raises
    ------
    SingularError
        If there is no single solution.

    Examples
    --------
    >>> half = Fraction(1, 2)
    >>> {n: str(x) for n, x in eliminate([(5, {6: half}, half), (6, {5: half}, half)]).items()}
    {5: '1', 6: '1'}
    """
    inside = {node for node, _, _ in equations}
    rows = {n: {o: s for o, s in row.items() if o in inside and s} for n, row, _ in equations}
    right = {node: value for node, _, value in equations}
    order = sorted(inside, key=lambda node: len(rows[node]))
    for pivot in order:
        own = rows[pivot].pop(pivot, Fraction(0))
        if own == 1:
            raise SingularError("some nodes keep everything among themselves")
        scale = 1 / (1 - own)
        rows[pivot] = {other: share * scale for other, share in rows[pivot].items()}
        right[pivot] *= scale
        for node in order:
            factor = rows[node].pop(pivot, None) if node != pivot else None
            if factor:
                right[node] += factor * right[pivot]
                for other, share in rows[pivot].items():
                    rows[node][other] = rows[node].get(other, Fraction(0)) + factor * share
    return right
