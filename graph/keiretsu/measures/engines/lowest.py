"""The lowest node of a forest whose subtree has enough weight: a search over depths by halves.

Of a node that a tree controls, the controllers in the tree lie on one way from its root down. So at
every depth at most one node's subtree has enough, and whether one has falls from yes to no as depth
grows. A trial at a depth asks for every holder who is above it there, and adds up who meet. If
somebody has enough the search goes on below, else above. Several trials make a round.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from keiretsu.measures.engines.session import single

if TYPE_CHECKING:
    from keiretsu.measures.engines.pointers import Ends
    from keiretsu.measures.engines.session import Rounds, Session


def find_moves(session: Session, rounds: Rounds, ends: Ends, *, again: bool) -> int:
    """Make ``kei_move`` (node, above): who goes under another node; return how many do.

    Parameters
    ----------
    ends
        The ends of the forest's pointers in ``kei_core``, with all that following them kept.
    again
        Ask only for nodes with a holder whose way up has changed.
    """
    _cursors(session, rounds, ends.table, again=again)
    if not single(session, "select count(*) from kei_cursor"):
        return 0
    deepest = single(session, "select max(depth) from kei_cursor")
    powers = [2**place for place in reversed(range(deepest.bit_length()))]
    leaps = [_leap_of(ends, place) for place in range(len(powers))]
    trials = max(session.joins // len(leaps), 1) if leaps else 1
    for begin in range(0, len(powers), trials):
        query = "kei_cursor"
        for power in powers[begin : begin + trials]:
            query = _trial(session, query, power, leaps)
        rounds.keep(session, "search", "kei_cursor", f"select * from {query} c")
    rounds.keep(
        session,
        "lowering",
        "kei_move",
        # One of the links of a ring is enough for now; the others are found again.
        "select m.mine node, min(m.best) above from "
        "(select distinct coalesce(r.ring, b.node) mine, b.best from kei_cursor b "
        "left join kei_ring r on b.node = r.node) m left join kei_core u on m.mine = u.node "
        "where m.best <> m.mine and m.best <> coalesce(u.above, -1) group by m.mine",
    )
    return single(session, "select count(*) from kei_move")


def _leap_of(ends: Ends, place: int) -> tuple[str, str]:
    """Return the table and the column that tell who is two to the power of `place` steps above."""
    if not place:
        return "kei_core", "above"
    name = ends.table.rpartition("_")[0]
    return f"{name}_{(place - 1) // 2}", "half" if place % 2 else "top"


def _cursors(session: Session, rounds: Rounds, ends: str, *, again: bool) -> None:
    """Make ``kei_cursor``: the holders in the one tree that has enough; its root is the best yet.

    Each row has a `weight` at a `place` in some `depth`, of what is held in a `node` that `need`s
    so much; and the `best` node that is known to have enough, with its depth.
    """
    each = (
        "select e.node, e.need, coalesce(r.ring, e.holder) place, "
        "coalesce(t.top, r.ring, e.holder) tree, coalesce(t.steps, 0) depth, "
        "coalesce(t.moved, false) moved, e.weight from kei_entry e "
        "left join kei_ring r on e.holder = r.node "
        f"left join {ends} t on coalesce(r.ring, e.holder) = t.node"
    )
    met = (
        "select node, need, place, tree, depth, cast(sum(weight) as bigint) weight, "
        f"max(case when moved then 1 else 0 end) moved from ({each}) e group by 1, 2, 3, 4, 5"
    )
    summed = (
        "select node, need, place, tree, depth, weight, "
        "sum(weight) over (partition by node, tree) together, "
        f"max(moved) over (partition by node) moved from ({met}) m"
    )
    rounds.keep(
        session,
        "search",
        "kei_cursor",
        "select node, need, place, depth, weight, tree best, cast(0 as bigint) best_depth "
        f"from ({summed}) s where together >= need{' and moved = 1' if again else ''}",
    )


def _trial(session: Session, cursors: str, reach: int, leaps: list[tuple[str, str]]) -> str:
    """Return cursors after a trial `reach` below the best yet, as a query in brackets."""
    lifted = (
        f"(select *, case when depth >= best_depth + {reach} "
        f"then depth - best_depth - {reach} end left_to_go, place up from {cursors} c)"
    )
    for place, (table, column) in enumerate(leaps):
        odd = f"{session.quotient('c.left_to_go', str(2**place))} % 2 = 1"
        lifted = (
            "(select c.node, c.need, c.place, c.depth, c.weight, c.best, c.best_depth, "
            f"c.left_to_go, case when {odd} then l.{column} else c.up end up "
            f"from {lifted} c left join {table} l on c.up = l.node)"
        )
    met = (
        "(select *, case when left_to_go is not null and "
        "sum(weight) over (partition by node, left_to_go is null, up) >= need "
        f"then up end enough from {lifted} c)"
    )
    found = f"(select *, max(enough) over (partition by node) lower_one from {met} c)"
    return (
        "(select node, need, place, depth, weight, coalesce(lower_one, best) best, "
        f"best_depth + case when lower_one is null then 0 else {reach} end best_depth "
        f"from {found} c)"
    )
