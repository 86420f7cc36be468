"""Any data as one register in columns: what is asked of everybody at once, by an engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from keiretsu.measures.engines.from_world import columns_of, columns_of_stored
from keiretsu.model import ORDINARY, Caution
from keiretsu.ownership_graph.on_disk import DayReader, OnDisk
from keiretsu.ownership_graph.reading import read_date, read_remainder
from keiretsu.rights import ONE_VOTE
from keiretsu.rights.laws import RULED_JURISDICTIONS
from keiretsu.snapshot import MAX_AGE_DAYS
from keiretsu.snapshot.stored_register import PLAIN_RIGHTS, register_on

if TYPE_CHECKING:
    import datetime as dt

    from numpy.typing import NDArray

    from keiretsu.measures.engines.engine_answer import Named
    from keiretsu.ownership_graph import OwnershipGraph
    from keiretsu.snapshot import ColumnarSnapshot, Snapshot
    from keiretsu.store.disk import DiskClaims

    Integers = NDArray[Any]


class WholeRegister(NamedTuple):
    """One right of some data on a day.

    Parameters
    ----------
    columns
        The holdings; the right stands as capital.
    names
        Names of its parties.
    world
        The world on the day, or of a store what columns do not decide in it.
    cautions
        What was assumed.
    """

    columns: ColumnarSnapshot
    names: Named
    world: Snapshot
    cautions: tuple[Caution, ...]


class _Listed(NamedTuple):
    names: list[tuple[str, str]]

    def of(self, parties: Integers) -> list[tuple[str, str]]:
        return [self.names[party] for party in parties.tolist()]


class _Stored(NamedTuple):
    disk: DiskClaims
    numbers: Integers

    def of(self, parties: Integers) -> list[tuple[str, str]]:
        return [(self.disk.iri(n), self.disk.label(n)) for n in self.numbers[parties].tolist()]


def whole_register(
    graph: OwnershipGraph,
    right: str = "votes",
    decision: str = ORDINARY,
    *,
    as_of: str | dt.date | None = None,
    known_at: str | dt.date | None = None,
    max_age: int = MAX_AGE_DAYS,
    remainder: str | None = None,
) -> WholeRegister:
    """Return data as one register.

    Parameters
    ----------
    graph
        The data; a store on disk is read as columns, as far as columns decide.
    right, decision
        The right, and the class of decision for which it is counted.
    as_of, known_at, max_age, remainder
        The day and what is assumed, as in `OwnershipGraph.snapshot`.

    Raises
    ------
    InputError
        If the data cannot be counted exactly in 64 bits, or parties act for others.
    """
    plain = right in PLAIN_RIGHTS and decision == ORDINARY and known_at is None
    if isinstance(graph.backing, OnDisk) and plain:
        day = graph.default_date() if as_of is None else read_date(as_of)
        reader = DayReader(graph.backing.disk, day, max_age, read_remainder(remainder))
        return _stored(reader, right)
    world = graph.snapshot(as_of, known_at=known_at, max_age=max_age, remainder=remainder)
    columns, names = columns_of(world, right, decision)
    return WholeRegister(columns, _Listed(names), world, world.cautions)


def _stored(reader: DayReader, right: str) -> WholeRegister:
    disk = reader.disk
    register = register_on(disk.index, disk.checked_columns, reader.day, RULED_JURISDICTIONS)
    world = reader.world(register.objects.tolist())
    numbers = [disk.names.find(party.id) for party in world.parties]
    columns, known = columns_of_stored(register, world, numbers, right)
    cautions = {*world.cautions, *disk.manifest.assumed}
    if right != "capital" and len(register.columns.network.holder):
        cautions.add(Caution(*ONE_VOTE))
    return WholeRegister(columns, _Stored(disk, known), world, tuple(sorted(cautions)))
