"""What trees control is put under its lowest controller, until nothing moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keiretsu.measures.engines.joining import add_rings
from keiretsu.measures.engines.lowest import find_moves
from keiretsu.measures.engines.pointers import Ends, follow

if TYPE_CHECKING:
    from keiretsu.measures.engines.session import Rounds, Session


def settle(session: Session, rounds: Rounds) -> None:
    """Lower the joint links of ``kei_join`` in the core, close rings, and make ``kei_root``."""
    rounds.keep(
        session,
        "core",
        "kei_core",
        "select u.node, coalesce(r.ring, u.above) above, false moved from kei_core u "
        "left join kei_ring r on u.above = r.node union all "
        "select node, above, false moved from kei_join",
    )
    ends = _contract(session, rounds)
    again = False
    while find_moves(session, rounds, ends, again=again):
        rounds.keep(
            session,
            "lowering",
            "kei_core",
            "select u.node, u.above, false moved from kei_core u "
            "left join kei_move m on u.node = m.node where m.node is null union all "
            "select node, above, true moved from kei_move",
        )
        ends, again = _contract(session, rounds), True
    session.keep(
        "kei_join",
        "select c.node, c.above from kei_core c left join kei_up u on c.node = u.node "
        "where u.node is null",
    )
    session.keep(
        "kei_root",
        f"select e.node, e.top from {ends.table} e semi join kei_join j on e.node = j.node "
        "union all select node, ring top from kei_ring",
    )


def _contract(session: Session, rounds: Rounds) -> Ends:
    """Find everybody's root, making each loop one ring; pointers then make a forest."""
    while (ends := follow(session, rounds, "kei_core", "kei_core_end", keep_all=True)).loops:
        add_rings(session, rounds)
        rounds.keep(
            session,
            "loops",
            "kei_core",
            "select u.node, coalesce(b.ring, u.above) above, "
            "u.moved or coalesce(b.ring <> u.above, false) moved from kei_core u "
            "left join kei_ring a on u.node = a.node left join kei_ring b on u.above = b.node "
            "where a.node is null",
        )
    return ends
