"""What a ground of a legal test finds, for parties that count as one, in one company."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from keiretsu.kernels.box import Bounds
from keiretsu.measures.control.record import Verdict

if TYPE_CHECKING:
    from keiretsu.measures.legal.regimes import Ground

Start = frozenset[int]
"""Positions of parties that count as one."""

NOTHING = Bounds(Fraction(0), Fraction(0))
_RANK = {Verdict.IMPOSSIBLE: 0, Verdict.POSSIBLE: 1, Verdict.CERTAIN: 2}


class AllBut(AbstractSet[int]):
    """A set without one of its elements; the set is shared, not copied.

    Thousands count together for each of thousands of companies, and none counts in itself.

    Examples
    --------
    >>> others = AllBut(frozenset({1, 2, 3}), 2)
    >>> sorted(others), 2 in others, len(others), {1, 2} & others
    ([1, 3], False, 2, frozenset({1}))
    """

    __slots__ = ("_left_out", "_whole")

    def __init__(self, whole: frozenset[int], left_out: int) -> None:
        self._whole, self._left_out = whole, left_out

    def __contains__(self, element: object) -> bool:
        return element != self._left_out and element in self._whole

    def __iter__(self) -> Iterator[int]:
        return (element for element in self._whole if element != self._left_out)

    def __len__(self) -> int:
        return len(self._whole) - (self._left_out in self._whole)

    @classmethod
    def _from_iterable(cls, elements: Iterable[Any]) -> Any:  # noqa: ANN401 - as `Set` has it
        return frozenset(elements)


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether a ground is met by parties that count as one, in one company.

    Parameters
    ----------
    ground
        The ground.
    start
        Whose stakes it is about.
    company
        In whom.
    right
        Which right decides; empty if a power that is no share does.
    verdict
        Whether the ground is met.
    bounds
        What was counted, a fraction of the right.
    members
        Whose holdings were counted.
    third
        A third party that has enough of both, for a close link.
    controller
        The entity that controls the company, for a ground of that kind.
    """

    ground: Ground
    start: Start
    company: int
    right: str
    verdict: Verdict
    bounds: Bounds
    members: AbstractSet[int] = frozenset()
    third: int | None = None
    controller: int | None = None

    @property
    def rank(self) -> tuple[int, Fraction, Fraction]:
        """Order of findings: by verdict, then by what was counted."""
        return _RANK[self.verdict], self.bounds.low, self.bounds.high


def verdict_of(certain: bool, possible: bool) -> Verdict:
    """Return the verdict that two truths make.

    Examples
    --------
    >>> verdict_of(False, True).value
    'possible'
    """
    if certain:
        return Verdict.CERTAIN
    return Verdict.POSSIBLE if possible else Verdict.IMPOSSIBLE


def weaker(one: Verdict, other: Verdict) -> Verdict:
    """Return what can be said of two things at once."""
    return min(one, other, key=_RANK.__getitem__)
