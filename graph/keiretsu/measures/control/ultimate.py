"""Ultimate controllers: those that nobody else controls, and rings that control themselves."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from keiretsu.measures.control.judge import Judge
    from keiretsu.measures.control.record import ControlRecord
    from keiretsu.snapshot import Snapshot


def ultimate_controllers(
    snapshot: Snapshot, judge: Judge, records: Iterable[ControlRecord]
) -> list[ControlRecord]:
    """Return only the rows whose controller nobody outside its ring controls.

    A ring is a set of companies that control each other while nobody outside controls any of
    them; it is one controller, labelled by its members, of its members and of all that each of
    them controls. A body that acts for a State is never ultimate: its State is.
    """
    pairs = _certain_pairs(snapshot, judge)
    controllers: dict[int, set[int]] = defaultdict(set)
    for head, companies in pairs.items():
        for company in companies:
            controllers[company].add(head)
    positions = {party.id: position for position, party in enumerate(snapshot.parties)}
    kept, rings, asked = [], set(), set()
    for record in records:
        asked.add(positions[record.company_id])
        if record.controller_id not in positions:  # a group
            kept.append(record)
            continue
        head = positions[record.controller_id]
        if snapshot.parties[head].acts_for is not None:
            continue
        above = controllers[head]
        if above - pairs[head]:
            continue
        if above:
            ring = tuple(sorted({head, *above}))
            rings.add(ring)
        else:
            kept.append(record)
    rows = (row for ring in sorted(rings) for row in _ring(snapshot, judge, ring, pairs))
    return [*kept, *(row for row in rows if positions[row.company_id] in asked)]


def _certain_pairs(snapshot: Snapshot, judge: Judge) -> dict[int, set[int]]:
    """Return whom each party surely controls, States with what their bodies control."""
    heads = {h for h, lines in enumerate(judge.dominance.ledger.held) if lines}
    pairs: dict[int, set[int]] = defaultdict(set)
    for head in heads | set(snapshot.bodies):
        own = set(snapshot.as_one(head))
        pairs[head] = (set(judge.reach((head,))[0]) | own) - {head}
    return pairs


def _ring(
    snapshot: Snapshot, judge: Judge, ring: tuple[int, ...], pairs: dict[int, set[int]]
) -> list[ControlRecord]:
    rows = []
    for company in sorted({c for member in ring for c in pairs[member]}):
        head = next(member for member in ring if company in pairs[member])
        rows.append(as_ring(snapshot, ring, judge.record((head,), company)))
    return rows


def as_ring(snapshot: Snapshot, ring: Sequence[int], record: ControlRecord) -> ControlRecord:
    """Return the row of a member of a ring as one of the ring, labelled by its members."""
    members = tuple(snapshot.parties[member].label for member in ring)
    ids = " + ".join(snapshot.parties[member].id for member in ring)
    return replace(record, controller=" + ".join(members), controller_id=ids, ring=members)
