"""Rows of control in a whole register as cells, without an object for each: what CSV needs."""

from __future__ import annotations

import heapq
from operator import itemgetter
from typing import TYPE_CHECKING

from keiretsu.cli.columns import COLUMNS
from keiretsu.cli.screen import harmless
from keiretsu.cli.serial import cell
from keiretsu.formats.defusing import defused
from keiretsu.measures.answer import percent_of
from keiretsu.measures.control.explanation import (
    all_told,
    decided,
    in_words,
    on_the_way,
    together,
    written,
)
from keiretsu.measures.control.record import Verdict
from keiretsu.measures.control.verdicts import order_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from keiretsu.measures.register.control_blocks import Block
    from keiretsu.measures.register.control_groups import Group
    from keiretsu.measures.register.stored_control import StoredControl

    Names = dict[int, tuple[str, str]]
    Said = tuple[int, str, str, str, str]
    Keyed = tuple[tuple[object, ...], Sequence[str]]

_MOST_KEPT = 100_000
_PLAIN = Verdict.CERTAIN.value
_key, _cells = itemgetter(0), itemgetter(1)


def cells_of_control(answer: StoredControl) -> Iterator[Iterable[Sequence[str]]]:
    """Yield the rows of an answer as cells, block by block, in the order of the answer."""
    writer = _Cells(answer)
    blocks = (sorted(writer.block(block), key=_key) for block in answer.blocks())
    if not answer.from_objects:
        yield from (map(_cells, block) for block in blocks)
        return
    others = ((order_of(r), _of_record(r.as_dict())) for r in answer.from_objects)
    merged = heapq.merge((row for block in blocks for row in block), others, key=_key)
    yield map(_cells, merged)


def _of_record(row: dict[str, object]) -> list[str]:
    return [cell(row.get(column)) for column in COLUMNS["control"]]


class _Shares(dict[tuple[int, int], tuple[str, str]]):
    """A share as its cell, and as sentences have it: by its whole number and that of all."""

    def __missing__(self, share: tuple[int, int]) -> tuple[str, str]:
        if len(self) > _MOST_KEPT:
            self.clear()
        number = percent_of(*share)
        self[share] = texts = cell(number), written(number)
        return texts


class _Cells:
    """Writes rows of one question."""

    def __init__(self, answer: StoredControl) -> None:
        self._right, self._rule = in_words(answer.right), answer.rule.text
        self._shares = _Shares()

    def block(self, block: Block) -> Iterator[Keyed]:
        """Yield the rows of a block, each with the key by which rows are sorted."""
        raw = block.names
        names = {place: (harmless(label), iri) for place, (label, iri) in raw.items()}
        shown = {place: (defused(label), defused(iri)) for place, (label, iri) in names.items()}
        for told in block.told:
            (label, iri, *_), group, only = told
            first = defused(harmless(label)), defused(iri)
            ring = defused("; ".join(names[member][0] for member in told.controller.ring))
            found = self._chains(group, names) if group.is_chains else self._joint(group, names)
            for company, least, through, explanation, reasons in found:
                if only is not None and company != only:
                    continue
                why = defused(through), defused(explanation), defused(reasons)
                cells = (*first, *shown[company], _PLAIN, least, least, "", *why, "", "", "", ring)
                name, name_iri = raw[company]
                yield (0, label, name, iri, name_iri), cells

    def _chains(self, group: Group, names: Names) -> Iterator[Said]:
        """Yield what is said of a group in which each company rests on one holding."""
        teller, right, rule = names[group.head][0], self._right, self._rule
        on = {row.lines[0].holder for row in group.rows}
        before = {group.head: ("", "")}
        for company, whole, ((holder, weight, _),), _, _ in group.rows:
            name, by = names[company][0], names[holder][0]
            share, spelled = self._shares[weight, whole]
            way, reasons = before[holder]
            through = f"{by} {share} %"
            reasons = f"{reasons}{name}: {through}"
            has = all_told(teller, spelled, [(by, spelled)])
            yield company, share, through, way + decided(teller, has, name, right, rule), reasons
            if company in on:
                step = on_the_way(name, [(by, spelled)], right)
                before[company] = f"{way}{step}; ", f"{reasons}; "

    def _joint(self, group: Group, names: Names) -> Iterator[Said]:
        """Yield what is said of any group."""
        teller, steps = names[group.head][0], group.steps()
        said: dict[int, tuple[str, str]] = {}
        for row in group.rows:
            company, shares = names[row.company][0], self._shares
            rests = [(names[h][0], shares[weight, row.whole]) for h, weight in row.rests_on]
            reason = f"{company}: {together((h, f'{share} %') for h, (share, _) in rests)}"
            step = on_the_way(company, ((h, share) for h, (_, share) in rests), self._right)
            said[row.company] = f"{step}; ", reason
            ways = [said[one.company] for one in steps[row.company]]
            way = "".join(step for step, _ in ways[:-1])
            reasons = "; ".join(reason for _, reason in ways)
            lines = sorted(row.lines, key=lambda one: (-one.weight, names[one.holder][0]))
            least, spelled = shares[sum(line.weight for line in lines), row.whole]
            parts = [(names[one.holder][0], shares[one.weight, row.whole]) for one in lines]
            through = "; ".join(f"{holder} {share} %" for holder, (share, _) in parts)
            has = all_told(teller, spelled, [(holder, share) for holder, (_, share) in parts])
            explanation = way + decided(teller, has, company, self._right, self._rule)
            yield row.company, least, through, explanation, reasons
