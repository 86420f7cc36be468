"""The lowest node of a forest whose subtree has enough weight: a search over depths by halves.

Of a node that a tree controls, the controllers in the tree lie on one way from its root down. So at
every depth at most one node's subtree has enough, and whether one has falls from yes to no as depth
grows. Each holder has a *cursor*, a node at or above it. A trial at a depth lifts cursors to it and
adds up who met. If somebody has enough the search goes on below, else above, with the cursors
lifted. A cursor is never deeper than the depth below which nobody has enough, so a lift is by one
power of two, or to the next depth above that the power divides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from keiretsu.measures.engines.session import single

if TYPE_CHECKING:
    from keiretsu.measures.engines.session import Rounds, Session


def find_moves(session: Session, rounds: Rounds, lift: str, lifts: int) -> int:
    """Make ``kei_move`` (node, above): who goes under another node; return how many do.

    Parameters
    ----------
    lift, lifts
        Prefix and number of tables (node, above, steps), after 1, 2, 4, ... steps.
    """
    _cursors(session)
    if single(session, "select count(*) from kei_best"):
        deepest = single(session, "select max(steps) from kei_top")
        powers = range(min(deepest.bit_length(), lifts))
        _floors(session, lift, powers)
        for power in reversed(powers):
            _trial(session, f"{lift}_{power}", 2**power, f"kei_floor_{power}")
            rounds["search"] += 1
        session.drop(*(f"kei_floor_{power}" for power in powers))
    session.keep(
        "kei_move",
        # One of the links of a ring is enough for now; the others are found again.
        "select m.mine node, min(m.place) above from "
        "(select coalesce(r.ring, b.node) mine, b.place from kei_best b "
        "left join kei_ring r on b.node = r.node) m left join kei_up u on m.mine = u.node "
        "where m.place <> m.mine and m.place <> coalesce(u.above, -1) group by m.mine",
    )
    return single(session, "select count(*) from kei_move")


def _cursors(session: Session) -> None:
    """Begin at the holders in the one tree that has enough of a node; its root is the best yet."""
    session.keep(
        "kei_cursor",
        "select e.node, e.need, coalesce(r.ring, e.holder) place, "
        "coalesce(t.top, e.holder) tree, coalesce(t.steps, 0) depth, "
        "cast(sum(e.weight) as bigint) weight from kei_entry e "
        "left join kei_ring r on e.holder = r.node left join kei_top t on e.holder = t.node "
        "group by 1, 2, 3, 4, 5",
    )
    session.keep(
        "kei_best",
        "select node, tree place, cast(0 as bigint) depth from kei_cursor "
        "group by node, need, tree having sum(weight) >= need",
    )
    session.keep(
        "kei_cursor",
        "select c.node, c.need, c.place, c.depth, c.weight from kei_cursor c "
        "join kei_best b on c.node = b.node and c.tree = b.place",
    )


def _floors(session: Session, lift: str, powers: range) -> None:
    """Keep per power of two, of each node below a root, who is above it at a multiple of that."""
    session.keep("kei_floor_0", "select node, node place, steps depth from kei_top where steps > 0")
    for power in powers[:-1]:
        odd = f"{session.quotient('f.depth', str(2**power))} % 2 = 1"
        session.keep(
            f"kei_floor_{power + 1}",
            f"select f.node, case when {odd} then l.above else f.place end place, f.depth "
            f"from kei_floor_{power} f left join {lift}_{power} l on f.place = l.node",
        )


def _trial(session: Session, lift: str, reach: int, floor: str) -> None:
    """Ask who has enough at a depth, `reach` below the best yet, and go on there or above."""
    session.keep(
        "kei_trial",
        "select c.node, c.need, c.place, c.depth, c.weight, "
        f"c.depth >= b.depth + {reach} deep, "
        f"case when c.depth = b.depth + {2 * reach} then l.above else f.place end up "
        "from kei_cursor c join kei_best b on c.node = b.node "
        f"left join {lift} l on c.place = l.node left join {floor} f on c.place = f.node",
    )
    session.keep(
        "kei_hit",
        "select node, up place from kei_trial where deep "
        "group by node, need, up having sum(weight) >= need",
    )
    session.keep(
        "kei_cursor",
        "select t.node, t.need, t.place, t.depth, t.weight from kei_trial t "
        "join kei_hit h on t.node = h.node and t.up = h.place where t.deep union all "
        "select t.node, t.need, t.place, t.depth, t.weight from kei_trial t "
        "left join kei_hit h on t.node = h.node "
        "where h.node is null and not t.deep union all "
        f"select t.node, t.need, t.up place, b.depth + {reach} depth, "
        "cast(sum(t.weight) as bigint) weight from kei_trial t join kei_best b on t.node = b.node "
        "left join kei_hit h on t.node = h.node "
        "where h.node is null and t.deep group by 1, 2, 3, 4",
    )
    session.keep(
        "kei_best",
        f"select b.node, coalesce(h.place, b.place) place, "
        f"case when h.node is null then b.depth else b.depth + {reach} end depth "
        "from kei_best b left join kei_hit h on b.node = h.node",
    )
