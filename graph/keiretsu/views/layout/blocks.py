"""Families packed into rows: a block for each, near in shape to a window, none wider than it must.

A block has a head, above it those that only hold, below it a block for each that stands under it;
those without any of their own stand together in rows. Blocks are packed as a shelf is filled, the
highest first, and one that holds in another goes before and above it.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keiretsu.views.layout.families import Families
from keiretsu.views.layout.geometry import Rect
from keiretsu.views.layout.screen import WIDE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_ROW, _ROW_PER_LINE = 95.0, 45.0
"""About how high a row is, and how much more for each line that a party has on average."""
BETWEEN_BLOCKS = 34.0
BETWEEN_BOXES = 16.0
_ROOM_TO_SPARE = 1.15
"""How much wider than its boxes alone need a block may be."""
_ASPECTS = (1.2, 1.6, 2.2, 3.0)
"""Shapes of blocks that are tried: how many times as wide as high."""
_LOWERED = (math.inf, 2, 0)
"""By how many rows at most a block is lowered for a holding from beside it."""
_TALLEST, _FULL = 1.6, 0.13
"""A picture more times as high as wide, or of which less is covered, is packed anew."""
_FOLDED, _FEW_ROWS = 1.7, 12
"""A family about so many times as high as all boxes together would be, and of more rows than few,
is folded."""


@dataclass(frozen=True, slots=True)
class Block:
    """Boxes in rows: for each party its row, and its middle from the block's left edge."""

    width: float
    height: int
    places: Mapping[str, tuple[int, float]]

    def moved(self, row: int, x: float) -> Iterable[tuple[str, tuple[int, float]]]:
        """Return the places moved down and to the right."""
        return ((party, (at + row, across + x)) for party, (at, across) in self.places.items())


def packed(
    families: Families, widths: Mapping[str, float], links: Sequence[tuple[str, str]]
) -> Block:
    """Return one block with all families in it, near in shape to a window.

    Several shapes are tried for the blocks inside it, and the one is kept of which the whole is the
    largest in a window. Where holdings across families would make it far too high, or leave most of
    it empty, those that lower a family much are drawn upwards.

    Parameters
    ----------
    families
        Who stands under whom.
    widths
        For each party how much room it takes in a row.
    links
        Upper and lower party of each link.
    """
    row = _ROW + _ROW_PER_LINE * len(links) / max(len(widths), 1)

    def scale(block: Block) -> float:
        return WIDE.scale(Rect(0, 0, block.width, block.height * row))

    found: list[Block] = []
    for lowered in _LOWERED:
        packers = (_Packer(widths, links, row, aspect, lowered) for aspect in _ASPECTS)
        found = [max([*found, *(packer.packed(families) for packer in packers)], key=scale)]
        width, height = found[0].width, found[0].height * row
        is_full = sum(widths.values()) * row >= _FULL * height * width
        if is_full and height <= _TALLEST * width:
            break
    return found[0]


class _Packer:
    """Packs families into blocks that are `aspect` times as wide as high, with rows of a height."""

    def __init__(
        self,
        widths: Mapping[str, float],
        links: Sequence[tuple[str, str]],
        row: float,
        aspect: float,
        lowered: float,
    ) -> None:
        self._widths, self._row, self._aspect, self._lowered = widths, row, aspect, lowered
        self._lower: dict[str, list[str]] = defaultdict(list)
        for upper, lower in links:
            self._lower[upper].append(lower)
        area = sum(widths.values()) * row
        self._most_rows = max(_FEW_ROWS, math.sqrt(area * _FOLDED) / row)

    def packed(self, families: Families) -> Block:
        """Return one block; a family of too many rows goes on in a block beside."""
        blocks: dict[str, Block] = {}
        heads = list(families.heads)
        below = {party: list(under) for party, under in families.below.items()}
        for party in families.youngest_first():
            for child in list(below.get(party, ())):
                if blocks[child].height >= self._most_rows:
                    below[party].remove(child)
                    heads.append(child)
                    self._lower[party] = [low for low in self._lower[party] if low != child]
            blocks[party] = self._family(party, Families([], below, families.above), blocks)
        return self._together(heads, Families([], below, families.above), blocks)

    def _family(self, head: str, families: Families, blocks: dict[str, Block]) -> Block:
        parts = []
        if above := families.above.get(head):
            parts.append(self._rows(above))
        parts.append(self._rows([head]))
        if below := families.below.get(head):
            parts.append(self._together(below, families, blocks))
        width = max(part.width for part in parts)
        places: dict[str, tuple[int, float]] = {}
        row = 0
        for part in parts:
            places.update(part.moved(row, (width - part.width) / 2))
            row += part.height
        return Block(width, row, places)

    def _together(
        self, parties: Sequence[str], families: Families, blocks: dict[str, Block]
    ) -> Block:
        """Pack the blocks of some parties; those that are a single box stand together."""
        alone = [p for p in parties if not families.below.get(p) and not families.above.get(p)]
        others = [blocks.pop(p) for p in parties if families.below.get(p) or families.above.get(p)]
        return self._packed([*others, self._rows(alone)] if alone else others)

    def _rows(self, parties: Sequence[str]) -> Block:
        """Set boxes in rows of one width, in columns; who holds in another stands above it."""
        step = max(self._widths[party] for party in parties) + BETWEEN_BOXES
        wanted = math.sqrt(len(parties) * self._row * self._aspect / step)
        rows = max(1, round(len(parties) / max(wanted, 1.0)))
        columns = -(-len(parties) // rows)
        places: dict[str, tuple[int, float]] = {}
        row = 0
        for level in self._levels(parties):
            for start in range(0, len(level), columns):
                abreast = level[start : start + columns]
                left = (columns - len(abreast)) // 2
                for at, party in enumerate(abreast):
                    places[party] = row, (left + at + 0.5) * step
                row += 1
        return Block(columns * step, row, places)

    def _levels(self, parties: Sequence[str]) -> list[list[str]]:
        """Return parties in groups, none of which holds in its own or in one before."""
        within, levels = set(parties), dict.fromkeys(parties, 0)
        held = {p: [low for low in self._lower.get(p, ()) if low in within] for p in parties}
        waiting = dict.fromkeys(parties, 0)
        for lows in held.values():
            for low in lows:
                waiting[low] += 1
        ready = [party for party in parties if not waiting[party]]
        for party in ready:
            for low in held[party]:
                levels[low] = max(levels[low], levels[party] + 1)
                waiting[low] -= 1
                if not waiting[low]:
                    ready.append(low)
        groups: dict[int, list[str]] = defaultdict(list)
        for party in parties:
            groups[levels[party]].append(party)
        return [groups[level] for level in sorted(groups)]

    def _packed(self, blocks: Sequence[Block]) -> Block:
        area = sum((b.width + BETWEEN_BLOCKS) * b.height * self._row for b in blocks)
        widest = max((block.width for block in blocks), default=0.0)
        shelf = _Shelf(max(widest, math.sqrt(area * self._aspect * _ROOM_TO_SPARE)))
        into = self._holdings_between(blocks)
        places: dict[str, tuple[int, float]] = {}
        for at in _in_order(blocks, into):
            block = blocks[at]
            least = [
                places[upper][0] + 1 - block.places[lower][0]
                for upper, lower in into[at]
                if upper in places
            ]
            x, row = shelf.place(block, least, self._lowered)
            places.update(block.moved(row, x))
        return Block(shelf.width, shelf.height, places)

    def _holdings_between(self, blocks: Sequence[Block]) -> dict[int, list[tuple[str, str]]]:
        """Return for each block holder and issuer of the holdings from other blocks in it."""
        owner = {party: at for at, block in enumerate(blocks) for party in block.places}
        into: dict[int, list[tuple[str, str]]] = defaultdict(list)
        for party, at in owner.items():
            for low in self._lower.get(party, ()):
                if owner.get(low, at) != at:
                    into[owner[low]].append((party, low))
        return into


def _in_order(blocks: Sequence[Block], into: Mapping[int, list[tuple[str, str]]]) -> Iterator[int]:
    """Yield the numbers of blocks, the highest first, but those that hold in others before these.

    Of several that hold in each other the one in which the fewest holdings are comes first.
    """
    unmet = {at: len(into[at]) for at in range(len(blocks))}
    owner = {party: at for at, block in enumerate(blocks) for party in block.places}
    out: dict[int, Counter[int]] = defaultdict(Counter)
    for at in unmet:
        out_of = Counter(owner[upper] for upper, _ in into[at])
        for other, count in out_of.items():
            out[other][at] = count
    while unmet:
        at = min(unmet, key=lambda at: (unmet[at], -blocks[at].height, -blocks[at].width, at))
        del unmet[at]
        for other, count in out[at].items():
            if other in unmet:
                unmet[other] -= count
        yield at


class _Shelf:
    """A skyline: for each stretch of the width the first row that is free."""

    def __init__(self, most: float) -> None:
        self._most = most
        self._stretches: list[tuple[float, float, int]] = [(0.0, math.inf, 0)]
        self.width, self.height = 0.0, 0

    def place(self, block: Block, least: Sequence[int], lowered: float) -> tuple[float, int]:
        """Return left edge and row of a place for a block, the one that ends highest up.

        Parameters
        ----------
        block
            What is placed.
        least
            Rows above which it should not stand.
        lowered
            Those that are by more rows below what is free do not count.
        """
        width, height = block.width, block.height
        best = (math.inf, 0, 0.0)
        for left, _, _ in self._stretches:
            right = left + width
            if left and right > self._most:
                break
            free = max(row for x1, x2, row in self._stretches if x1 < right and left < x2)
            row = max([free, *(one for one in least if one <= free + lowered)])
            best = min(best, (row + height, row, left))
        _, row, left = best
        self._cover(left, left + width + BETWEEN_BLOCKS, row + height)
        self.width = max(self.width, left + width)
        self.height = max(self.height, row + height)
        return left, row

    def _cover(self, left: float, right: float, row: int) -> None:
        kept = [(left, right, row)]
        for x1, x2, old in self._stretches:
            if x1 < left:
                kept.append((x1, min(x2, left), old))
            if x2 > right:
                kept.append((max(x1, right), x2, old))
        self._stretches = sorted(kept)
