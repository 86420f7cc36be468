"""Control in a stored register: found in columns, and told of many controllers at once."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import chain, groupby, islice
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from keiretsu.measures.control.judge import Judge
from keiretsu.measures.control.ultimate import ultimate_controllers
from keiretsu.measures.control.verdicts import answer_of, order_of
from keiretsu.measures.register.control import RegisterControl
from keiretsu.measures.register.control_blocks import Block, Controller, Told
from keiretsu.measures.register.control_groups import GroupReader
from keiretsu.measures.register.control_records import records_of
from keiretsu.measures.register.need import is_forest
from keiretsu.model import Caution
from keiretsu.rights import ONE_VOTE, Dominance, rights_of
from keiretsu.snapshot.day_cautions import none_is_so
from keiretsu.snapshot.stored_register import PLAIN_RIGHTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keiretsu.measures.answer import Answer
    from keiretsu.measures.control.record import ControlRecord
    from keiretsu.measures.register.control_blocks import Reader
    from keiretsu.measures.register.dominion import ControlForest
    from keiretsu.rights import ControlRule
    from keiretsu.snapshot.stored_register import RegisterOnDate

AT_ONCE = 20_000
"""Rows that are told together; more, if one controller has more."""
FIRST = 1_000
"""So many of them at first, for whoever reads only the beginning."""


class StoredControl(Sequence["ControlRecord"]):
    """Who controls whom in a stored register; rows are told as they are read, and not kept.

    Parameters
    ----------
    register
        The register on the day.
    reader
        Gives names, claims, and worlds of what lies above some parties.
    rule
        A threshold of more than half.
    right
        The right that is counted.
    ultimate
        Whether only controllers count that nobody else controls.
    told
        What was assumed when the register was loaded.

    Notes
    -----
    Which rows there are is found in columns for the issuers that columns decide, and from objects
    for the others. `blocks` tells the former in whole numbers; iterating gives records of both, as
    of the whole in memory and in their order.
    """

    command = "control"

    def __init__(
        self,
        register: RegisterOnDate,
        reader: Reader,
        rule: ControlRule,
        right: str,
        *,
        ultimate: bool = False,
        told: Iterable[Caution] = (),
    ) -> None:
        self.register, self.reader, self.rule, self.right = register, reader, rule, right
        self._ultimate, self._told = ultimate, told
        self.snapshot = reader.world(())

    @staticmethod
    def can_tell(register: RegisterOnDate, rule: ControlRule, right: str) -> bool:
        """Return whether a question is about a plain right, and a forest by its rule."""
        if rule.presumed_above is not None or right not in PLAIN_RIGHTS:
            return False
        column = register.columns.column(right)
        return column.is_narrow and is_forest(column, rule)

    @property
    def fields(self) -> dict[str, Any]:
        """Further fields of the answer, keyed as in JSON."""
        return {"rule": self.rule.name, "rule_text": self.rule.text, "rights": self.right}

    @cached_property
    def cautions(self) -> tuple[Caution, ...]:
        """What was assumed; of plain issuers together, for there may be millions."""
        found = {caution for caution in self.snapshot.cautions if not caution.parties}
        found.update(self._told)
        if self._beside is not None and (self._beside or not len(self._columns)):
            found |= set(self._beside.cautions)
        held = len(self.register.columns.network.holder)
        if not held and (self._beside is None or not self._beside.snapshot.holdings):
            found.add(none_is_so(self.snapshot.as_of))
        if self.right != "capital" and held:
            found.add(Caution(*ONE_VOTE))
        return tuple(sorted(found))

    @property
    def warnings(self) -> tuple[Caution, ...]:
        """What was assumed, under the name that JSON gives it."""
        return self.cautions

    def __len__(self) -> int:
        return len(self._columns) + len(self.from_objects)

    def __iter__(self) -> Iterator[ControlRecord]:
        told = (record for block in self.blocks() for record in records_of(self, block))
        return heapq.merge(told, self.from_objects, key=order_of)

    def __getitem__(self, index: Any) -> Any:  # noqa: ANN401 - the two forms of a sequence
        if isinstance(index, slice):
            begin, end, step = index.indices(len(self))
            return list(islice(self, begin, end, step)) if step > 0 else list(self)[index]
        return next(islice(self, range(len(self))[index], None))

    def as_rows(self) -> Iterable[dict[str, Any]]:
        """Yield the rows as plain data."""
        return (record.as_dict() for record in self)

    @cached_property
    def _columns(self) -> RegisterControl:
        return RegisterControl(
            self.register.columns, self.rule, self.right, ultimate=self._ultimate
        )

    # -- what objects decide -------------------------------------------------------------------

    @cached_property
    def from_objects(self) -> list[ControlRecord]:
        """The rows about issuers that columns do not decide, in the order of the answer."""
        if self._beside is None:
            return []
        ids = {iri for _, iri in self.reader.names(self.register.objects)}
        return [record for record in self._beside if record.company_id in ids]

    @cached_property
    def _beside(self) -> Answer[ControlRecord] | None:
        """The answer in the world of what columns do not decide; with rows of others, too."""
        issuers = self.register.objects.tolist()
        if not issuers:
            return None
        world = self.reader.world(issuers)
        judge = Judge(world, Dominance(world, rights_of(world).ledger(self.right)), self.rule)
        records = judge.everyone()
        if self._ultimate:
            records = ultimate_controllers(world, judge, records)
        return answer_of(world, self.rule, self.right, records)

    # -- what columns decide -------------------------------------------------------------------

    def blocks(self) -> Iterator[Block]:
        """Yield the rows that columns found, sorted by the controllers' labels."""
        alike = (list(same) for _, same in groupby(self._controllers(), lambda one: one.label))
        most = FIRST
        while some := list(chain.from_iterable(_so_many(alike, most))):
            most = min(2 * most, AT_ONCE)
            yield self._block(some)

    def _controllers(self) -> list[Controller]:
        heads = self._columns.heads
        names = self.reader.names(self.register.numbers[heads])
        sizes = self._columns.sizes.tolist()
        rings = self._rings
        alone = [
            Controller(*name, head, (), size)
            for name, head, size in zip(names, heads.tolist(), sizes, strict=True)
            if head not in rings
        ]
        sizes_of = dict(zip(heads.tolist(), sizes, strict=True))
        together = []
        for head, ring in rings.items():
            members = self.reader.names(self.register.numbers[list(ring)])
            label, iri = (" + ".join(parts) for parts in zip(*members, strict=True))
            together.append(Controller(label, iri, head, ring, sizes_of[head]))
        return sorted([*alone, *together])

    @cached_property
    def _forest(self) -> ControlForest:
        return cast("ControlForest", self._columns.dominion)  # `can_tell` has seen to that

    @cached_property
    def _rings(self) -> dict[int, tuple[int, ...]]:
        """The rings that are asked for, by their first member."""
        if not self._ultimate:
            return {}
        rings = [tuple(ring.tolist()) for ring in self._forest.rings.values()]
        return {ring[0]: ring for ring in rings}

    def _block(self, controllers: Sequence[Controller]) -> Block:
        tellers: list[tuple[Controller, int, int | None]]
        tellers = [(one, one.head, None) for one in controllers]
        # Of a ring the first member tells; of the first member the second does.
        tellers += [(one, one.ring[1], one.ring[0]) for one in controllers if one.ring]
        groups = self._groups.read(np.array([head for _, head, _ in tellers], dtype=np.int64))
        told = [
            Told(controller, group, only)
            for (controller, _, only), group in zip(tellers, groups, strict=True)
        ]
        named = {row.company for one in told for row in one.group.rows}
        named |= {member for one in told for member in (one.group.head, *one.controller.ring)}
        positions = np.array(sorted(named), dtype=np.int64)
        names = self.reader.names(self.register.numbers[positions])
        return Block(told, dict(zip(positions.tolist(), names, strict=True)))

    @cached_property
    def _groups(self) -> GroupReader:
        column = self.register.columns.column(self.right)
        return GroupReader(self.register, column, self._forest, self.rule)


def _so_many(groups: Iterator[list[Controller]], most: int) -> Iterator[list[Controller]]:
    """Yield the next groups until they have so many rows."""
    total = 0
    for group in groups:
        yield group
        total += sum(controller.size for controller in group)
        if total >= most:
            return
