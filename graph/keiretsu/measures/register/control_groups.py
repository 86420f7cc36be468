"""Why each controller controls whom it controls: whole numbers for many controllers at once.

What is told of a row is what `keiretsu.measures.control.reasons` tells of it: companies are ordered
by the round in which they join their controller, and rest on the fewest holdings of earlier ones.
A company in which one holding of the group lies rests on that; only groups with others need rounds.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from keiretsu.kernels.slots import NONE
from keiretsu.measures.register.need import needed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from keiretsu.measures.register.dominion import ControlForest
    from keiretsu.rights import ControlRule
    from keiretsu.snapshot.right_column import RightColumn
    from keiretsu.snapshot.stored_register import RegisterOnDate

    Integers = NDArray[Any]


class Line(NamedTuple):
    """What a controller's group holds in a company by one claim: its place in the index last."""

    holder: int
    weight: int
    claim: int


class Row(NamedTuple):
    """A company that is controlled, and by what.

    Parameters
    ----------
    company
        Its position.
    whole
        All that counts in it.
    lines
        What the group holds in it, by holder.
    rests_on
        The holders that are needed, with what they have in it.
    round
        When it joins its controller; 0 throughout a group in which no row rests on several.
    """

    company: int
    whole: int
    lines: tuple[Line, ...]
    rests_on: tuple[tuple[int, int], ...]
    round: int


class Group(NamedTuple):
    """A controller, and whom it controls: each after those on whom it rests.

    Parameters
    ----------
    head
        Its position.
    rows
        Whom it controls.
    is_chains
        Whether there is one holding of the group in each of them.
    """

    head: int
    rows: list[Row]
    is_chains: bool

    def steps(self) -> dict[int, tuple[Row, ...]]:
        """Return for each company the rows on the way to it, its own last."""
        found: dict[int, tuple[Row, ...]] = {self.head: ()}
        for row in self.rows:
            ways = [found[holder] for holder, _ in row.rests_on]
            if len(ways) == 1:
                before = ways[0]
            else:
                rows = {one.company: one for way in ways for one in way}.values()
                before = tuple(sorted(rows, key=lambda one: (one.round, one.company)))
            found[row.company] = (*before, row)
        return found


class GroupReader:
    """Reads groups of a register in which control is a forest.

    Parameters
    ----------
    register
        The register on its day.
    column
        The right that is counted.
    forest
        Who controls whom.
    rule
        The rule by which.
    """

    def __init__(
        self,
        register: RegisterOnDate,
        column: RightColumn,
        forest: ControlForest,
        rule: ControlRule,
    ) -> None:
        self._forest = forest
        self._whole, self._need = column.whole, needed(column, rule)
        self._claims, self._weight = register.claims, register.weight
        pairs = register.columns.pairs
        sizes = np.diff(pairs.starts, append=len(pairs.order))
        self._holder = np.repeat(pairs.holder, sizes)
        per_issuer = np.bincount(
            pairs.issuer, weights=sizes, minlength=register.columns.network.parties
        )
        self._first = np.concatenate([[0], np.cumsum(per_issuer.astype(np.int64))])

    def read(self, heads: Integers) -> Iterator[Group]:
        """Yield the groups of some controllers; a head that lies in its own ring has no row."""
        forest = self._forest.forest
        row_head, company = self._members(heads)
        row, line = _ranges(self._first[company], self._first[company + 1])
        head, holder = heads[row_head[row]], self._holder[line]
        within = forest.number[holder] - forest.begin[head]
        mine = (within >= 0) & (within < forest.size[head]) | (holder == head)
        mine &= (holder != company[row]) & (self._weight[line] > 0)  # nothing is no reason
        row, line, holder = row[mine], line[mine], holder[mine]
        ends = np.cumsum(np.bincount(row, minlength=len(company))).tolist()
        columns = (holder.tolist(), self._weight[line].tolist(), self._claims[line].tolist())
        lines = list(map(Line._make, zip(*columns, strict=True)))
        held = [tuple(lines[b:e]) for b, e in zip([0, *ends], ends, strict=False)]
        found = list(
            zip(
                company.tolist(),
                self._whole[company].tolist(),
                self._need[company].tolist(),
                held,
                strict=True,
            )
        )
        bounds = np.searchsorted(row_head, np.arange(len(heads) + 1)).tolist()
        in_ring = (forest.ring[heads] != NONE).tolist()
        for place, one in enumerate(heads.tolist()):
            rows = found[bounds[place] : bounds[place + 1]]
            apart = not in_ring[place] and all(len(lines) == 1 for *_, lines in rows)
            yield _chains(one, rows) if apart else _group(one, rows)

    def _members(self, heads: Integers) -> tuple[Integers, Integers]:
        """Return, head by head from the top down, whom each controls, beside the head's place."""
        forest = self._forest.forest
        begin = forest.begin[heads].astype(np.int64)
        head, number = _ranges(begin, begin + forest.size[heads])
        company = self._forest.at[number]
        others = company != heads[head]
        return head[others], company[others]


def _ranges(begins: Integers, ends: Integers) -> tuple[Integers, Integers]:
    """Return the numbers of some ranges, one after the other, and beside each its range's place."""
    sizes = (ends - begins).astype(np.int64)
    place = np.repeat(np.arange(len(sizes)), sizes)
    offset = np.cumsum(sizes) - sizes
    return place, np.arange(len(place)) + (begins - offset)[place]


_Found = tuple[int, int, int, tuple[Line, ...]]


def _chains(head: int, found: Iterable[_Found]) -> Group:
    """Return a group in which each company rests on one holding; by preorder, so from the top."""
    rows = [
        Row(company, whole, lines, ((lines[0].holder, lines[0].weight),), 0)
        for company, whole, _, lines in found
    ]
    return Group(head, rows, is_chains=True)


def _group(head: int, found: Sequence[_Found]) -> Group:
    rounds = _rounds(head, found)
    rows = [
        Row(company, whole, lines, _needed(company, lines, need, rounds), rounds[company])
        for company, whole, need, lines in found
    ]
    return Group(head, sorted(rows, key=lambda row: (row.round, row.company)), is_chains=False)


def _rounds(head: int, found: Iterable[_Found]) -> dict[int, int]:
    """Return in which round each company joins."""
    held: dict[int, list[tuple[int, int]]] = defaultdict(list)
    need = {}
    for company, _, enough, lines in found:
        need[company] = enough
        for line in lines:
            held[line.holder].append((company, line.weight))
    gathered: dict[int, int] = defaultdict(int)
    rounds, newest = {head: 0}, [head]
    while newest:
        number, joining = rounds[newest[0]] + 1, dict[int, int]()
        for member in newest:
            for company, weight in held[member]:
                gathered[company] += weight
                if gathered[company] >= need[company] and company not in rounds:
                    joining[company] = number
        rounds |= joining
        newest = list(joining)
    return rounds


def _needed(
    company: int, lines: Sequence[Line], need: int, rounds: dict[int, int]
) -> tuple[tuple[int, int], ...]:
    """Return a small set of earlier members who decide in a company, with what each has."""
    has: dict[int, int] = defaultdict(int)
    for line in lines:
        if rounds[line.holder] < rounds[company]:
            has[line.holder] += line.weight
    if len(has) == 1:
        return tuple(has.items())
    chosen, total = [], 0
    for holder in sorted(has, key=lambda one: (rounds[one], -has[one], one)):
        chosen.append(holder)
        total += has[holder]
        if total >= need:
            break
    for holder in sorted(chosen, key=lambda one: (-rounds[one], has[one])):
        if total - has[holder] >= need:
            chosen.remove(holder)
            total -= has[holder]
    return tuple((holder, has[holder]) for holder in chosen)
