"""Control in a stored register: found in columns, told row by row from what lies above each row."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from keiretsu.measures.control.judge import Judge
from keiretsu.measures.control.ultimate import as_ring, ultimate_controllers
from keiretsu.measures.control.verdicts import answer_of, order_of
from keiretsu.measures.register.control import RegisterControl
from keiretsu.measures.register.need import is_forest
from keiretsu.model import Caution
from keiretsu.rights import Dominance, rights_of
from keiretsu.snapshot.stored_register import PLAIN_RIGHTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from keiretsu.measures.answer import Answer
    from keiretsu.measures.control.record import ControlRecord
    from keiretsu.rights import ControlRule
    from keiretsu.snapshot import Snapshot
    from keiretsu.snapshot.stored_register import RegisterOnDate

AT_ONCE = 20_000
"""Rows whose companies are read together; more, if one controller has more."""
FIRST = 1_000
"""So many of them at first, for whoever reads only the beginning."""


class Reader(Protocol):
    """A stored register that gives names, and worlds of what lies above some parties."""

    def label(self, number: int) -> str:
        """Return the label of a party."""

    def iri(self, number: int) -> str:
        """Return the IRI of a party."""

    def world(self, numbers: Sequence[int], *, above: bool = True) -> Snapshot:
        """Return the holdings in some parties, and in all above them, on the day."""


class Pair(NamedTuple):
    """A row before it is told: names in the order in which rows are sorted, then numbers."""

    controller: str
    company: str
    controller_id: str
    company_id: str
    head: int
    number: int
    ring: tuple[int, ...] = ()


class StoredControl(Sequence["ControlRecord"]):
    """Who controls whom in a stored register; rows are told as they are read, and not kept.

    Parameters
    ----------
    register
        The register on the day.
    reader
        Gives names, and worlds of what lies above some parties.
    rule
        A threshold of more than half.
    right
        The right that is counted.
    ultimate
        Whether only controllers count that nobody else controls.

    Notes
    -----
    Which rows there are is found in columns for the issuers that columns decide, and from objects
    for the others. Each row is then told by the same code as in memory, from a world of the
    holdings that decide it; so rows are those of the whole in memory, in their order.
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
    ) -> None:
        self.register, self.reader, self.rule, self.right = register, reader, rule, right
        self._ultimate = ultimate
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
        if self._beside is not None:
            found |= set(self._beside.cautions)
        if self.right != "capital" and len(self.register.columns.network.holder):
            text = "one share is taken as one vote wherever nothing else is said"
            found.add(Caution("one-share-one-vote", text))
        return tuple(sorted(found))

    @property
    def warnings(self) -> tuple[Caution, ...]:
        """What was assumed, under the name that JSON gives it."""
        return self.cautions

    def __len__(self) -> int:
        return len(self._columns) + len(self._objects)

    def __iter__(self) -> Iterator[ControlRecord]:
        return heapq.merge(self._told(), self._objects, key=order_of)

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

    @cached_property
    def _beside(self) -> Answer[ControlRecord] | None:
        """The answer in the world of what columns do not decide; with rows of others, too."""
        issuers = self.register.objects.tolist()
        if not issuers:
            return None
        world = self.reader.world(issuers)
        judge = self._judge(world)
        records = judge.everyone()
        if self._ultimate:
            records = ultimate_controllers(world, judge, records)
        return answer_of(world, self.rule, self.right, records)

    def _judge(self, world: Snapshot) -> Judge:
        return Judge(world, Dominance(world, rights_of(world).ledger(self.right)), self.rule)

    @cached_property
    def _objects(self) -> list[ControlRecord]:
        if self._beside is None:
            return []
        ids = {self.reader.iri(number) for number in self.register.objects.tolist()}
        return [record for record in self._beside if record.company_id in ids]

    def _told(self) -> Iterator[ControlRecord]:
        """Yield the rows that columns found, each from what its controller's group is held by."""
        heads = sorted(self._named_heads())
        groups = (list(same) for _, same in groupby(heads, key=lambda head: head[0]))
        most = FIRST
        while some := list(_so_many(groups, self._size, most)):
            most = min(2 * most, AT_ONCE)
            rows = [sorted(p for head in same for p in self._of_head(*head)) for same in some]
            yield from self._records([pair for pairs in rows for pair in pairs])

    def _size(self, same: list[tuple[str, str, int]]) -> int:
        return sum(len(self._columns.members(head)) for *_, head in same)

    def _records(self, pairs: list[Pair]) -> Iterator[ControlRecord]:
        """Yield rows, all of some controllers.

        Whom a controller controls is decided by the holdings in those that it controls: so a world
        of these issuers tells its rows as the whole does.
        """
        issuers = {one for pair in pairs for one in (pair.number, *pair.ring)}
        world = self.reader.world(sorted(issuers), above=False)
        judge = self._judge(world)
        at = {party.id: position for position, party in enumerate(world.parties)}
        iri = self.reader.iri
        for pair in pairs:
            record = judge.record((at[iri(pair.head)],), at[pair.company_id])
            ring = [at[iri(member)] for member in pair.ring]
            yield as_ring(world, ring, record) if ring else record

    def _named_heads(self) -> Iterator[tuple[str, str, int]]:
        for head in self._columns.heads.tolist():
            members = self._ring(head) or (int(self.register.numbers[head]),)
            label = " + ".join(self.reader.label(member) for member in members)
            yield label, " + ".join(self.reader.iri(member) for member in members), head

    def _ring(self, head: int) -> tuple[int, ...]:
        if not self._ultimate:
            return ()
        return tuple(self.register.numbers[self._columns.dominion.ring(head)].tolist())

    def _of_head(self, label: str, iri: str, head: int) -> Iterator[Pair]:
        ring = self._ring(head)
        teller = int(self.register.numbers[head])
        for company in self.register.numbers[self._columns.members(head)].tolist():
            names = (label, self.reader.label(company), iri, self.reader.iri(company))
            # Of a ring the first member tells; of the first member the second does.
            by = teller if not ring else ring[1] if company == ring[0] else ring[0]
            yield Pair(*names, by, company, ring)


def _so_many(
    groups: Iterator[list[Any]], size: Callable[[list[Any]], int], most: int
) -> Iterator[list[Any]]:
    """Yield the next groups until they have so many rows."""
    total = 0
    for group in groups:
        yield group
        total += size(group)
        if total >= most:
            return
