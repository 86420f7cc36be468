"""Who is at the end of everybody's pointers, in rounds that grow with the logarithm of the way.

A table of pointers gives some nodes one node above. In each round every node learns where the node
leads that it has reached, so the way it has gone doubles. Nodes without a pointer are *tops*. A
loop of pointers becomes one node, named after its smallest member: its label.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from keiretsu.measures.engines.session import single

if TYPE_CHECKING:
    from keiretsu.measures.engines.session import Rounds, Session


class Ends(NamedTuple):
    """What following pointers found.

    Parameters
    ----------
    loops
        Whether there are loops; they are in the table ``kei_loop`` (node, label).
    lifts
        How many tables ``{prefix}_0``, ``{prefix}_1``, ... were kept, if they were asked for:
        (node, above, steps) after twice as many steps each.
    """

    loops: bool
    lifts: int


def follow(
    session: Session, rounds: Rounds, pointers: str, ends: str, keep_lifts: str = ""
) -> Ends:
    """Write the table `ends` (node, top, steps) of a table `pointers` (node, above).

    Parameters
    ----------
    keep_lifts
        A prefix: keep what each round found.

    Notes
    -----
    The nodes without a top of their own that are reached after twice as many steps are among those
    reached before. When they are as many as before, pointers only permute them: they are the loops.
    """
    query = f"select node, above, cast(1 as bigint) steps, cast(null as bigint) via from {pointers}"
    session.keep("kei_jump", query)
    before, reached, lifts = -1, -2, 0
    while reached not in (0, before):
        if keep_lifts:
            session.keep(f"{keep_lifts}_{lifts}", "select node, above, steps from kei_jump")
            lifts += 1
        before = reached
        session.keep(
            "kei_jump",
            "select j.node, coalesce(k.above, j.above) above, "
            "j.steps + coalesce(k.steps, 0) steps, "
            "case when k.node is not null then j.above end via "
            "from kei_jump j left join kei_jump k on j.above = k.node",
        )
        rounds["doubling"] += 1
        reached = single(session, "select count(distinct via) from kei_jump")
    if reached:
        _label_loops(session, rounds, pointers)
        session.keep(
            ends,
            "select j.node, l.label top, j.steps from kei_jump j join kei_loop l "
            "on j.above = l.node union all "
            "select j.node, j.above top, j.steps from kei_jump j left join kei_loop l "
            "on j.above = l.node where l.node is null",
        )
    else:
        session.keep(ends, "select node, above top, steps from kei_jump")
    return Ends(reached > 0, lifts)


def _label_loops(session: Session, rounds: Rounds, pointers: str) -> None:
    """Name each loop after its smallest member, looking twice as far in each round."""
    session.keep(
        "kei_loop",
        f"select p.node, p.above, p.node label, true moved from {pointers} p "
        "join (select distinct via from kei_jump where via is not null) v on p.node = v.via",
    )
    moving = 1
    while moving:
        session.keep(
            "kei_loop",
            "select a.node, b.above, least(a.label, b.label) label, b.label < a.label moved "
            "from kei_loop a join kei_loop b on a.above = b.node",
        )
        rounds["loops"] += 1
        moving = single(session, "select count(*) from kei_loop where moved")
