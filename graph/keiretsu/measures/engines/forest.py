"""Control of everybody as a forest, in rounds of joins: the lowest controller of each party.

The theorem is that of `keiretsu.kernels.forest`; its loops cannot be distributed, so this is
another algorithm for the same forest. First majority holders are followed by doubling pointers.
Then whole trees that together control a root take it, level by level. Last, what trees control is
put under its lowest controller (`keiretsu.measures.engines.lowest`), until nothing moves. Every
link on the way is a pair of control, so nothing is ever taken back. Parties that control each other
are contracted: a *ring* is named after its smallest member, and is a root.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from keiretsu.measures.engines.lowest import find_moves
from keiretsu.measures.engines.pointers import follow
from keiretsu.measures.engines.session import Rounds, single

if TYPE_CHECKING:
    from keiretsu.measures.engines.session import Session

LIFT = "kei_lift"


def make_forest(session: Session, rounds: Rounds) -> int:
    """Make ``kei_forest`` (party, nearest, ring, ultimate) of all who are controlled or in a ring.

    It needs the tables of `keiretsu.measures.engines.prepared`, and leaves the pointers ``kei_up``
    and ``kei_leaf`` (node, above), ``kei_ring`` (node, ring), and tables of lifts.

    Returns
    -------
    int
        How many tables of lifts there are.
    """
    _begin(session)
    _join_trees(session, rounds)
    lifts = _settle(session, rounds)
    session.keep(
        "kei_leaf",
        "select l.node, coalesce(r.ring, l.above) above from kei_leaf l "
        "left join kei_ring r on l.above = r.node",
    )
    session.keep(
        "kei_forest",
        "select u.node party, u.above nearest, cast(null as bigint) ring, t.top ultimate "
        "from kei_up u join kei_top t on u.node = t.node union all "
        "select l.node party, l.above nearest, cast(null as bigint) ring, "
        "coalesce(t.top, l.above) ultimate "
        "from kei_leaf l left join kei_top t on l.above = t.node union all "
        "select node party, cast(null as bigint) nearest, ring, ring ultimate from kei_ring",
    )
    return lifts


def _begin(session: Session) -> None:
    """Point to majority holders; set apart the issuers that several holders may control together.

    Most parties with a majority holder neither have a majority themselves nor hold in those
    issuers. These leaves change nothing above them and wait for the end.
    """
    session.keep(
        "kei_entry",
        "select i.issuer node, i.need, h.holder, h.weight from kei_holding h "
        "join kei_issuer i on h.issuer = i.issuer "
        "where i.most < i.need and i.named >= i.need and i.holders > 1",
    )
    session.keep(
        "kei_all",
        "select h.issuer node, h.holder above from kei_holding h "
        "join kei_issuer i on h.issuer = i.issuer where h.weight >= i.need",
    )
    session.keep(
        "kei_up",
        "select a.node, a.above from kei_all a semi join "
        "(select above node from kei_all union all select holder node from kei_entry) b "
        "on a.node = b.node",
    )
    session.keep(
        "kei_leaf",
        "select a.node, a.above from kei_all a left join kei_up u on a.node = u.node "
        "where u.node is null",
    )
    session.drop("kei_all")
    session.keep("kei_ring", "select node, node ring from kei_up where false")


def _join_trees(session: Session, rounds: Rounds) -> None:
    """Put roots under trees that control them together, level by level."""
    if follow(session, rounds, "kei_up", "kei_top").loops:
        _add_rings(session)
    session.keep(
        "kei_tree",
        "select e.node, e.need, coalesce(t.top, e.holder) tree, "
        "cast(sum(e.weight) as bigint) weight from kei_entry e "
        "left join kei_top t on e.holder = t.node group by 1, 2, 3",
    )
    while True:
        session.keep(
            "kei_found",
            "select node, tree above from kei_tree where weight >= need and tree <> node",
        )
        rounds["joint"] += 1
        if not single(session, "select count(*) from kei_found"):
            break
        ends = follow(session, rounds, "kei_found", "kei_end")
        session.keep("kei_up", "select * from kei_up union all select * from kei_found")
        if ends.loops:
            _add_rings(session)
        session.keep(
            "kei_tree",
            "select t.node, t.need, coalesce(e.top, t.tree) tree, "
            "cast(sum(t.weight) as bigint) weight from kei_tree t "
            "left join kei_end e on t.tree = e.node left join kei_found f on t.node = f.node "
            "where f.node is null group by 1, 2, 3",
        )
    # An issuer that neither another tree nor its own has enough of is controlled by nobody.
    session.keep(
        "kei_entry",
        "select e.node, e.need, e.holder, e.weight from kei_entry e semi join "
        "(select node from kei_up union all select node from kei_ring union all "
        "select node from kei_tree where weight >= need) k on e.node = k.node",
    )


def _settle(session: Session, rounds: Rounds) -> int:
    """Lower what trees control to the lowest controller, and close rings, until nothing moves."""
    while True:
        lifts = _contract(session, rounds)
        if not find_moves(session, rounds, LIFT, lifts):
            return lifts
        rounds["lowering"] += 1
        session.keep(
            "kei_up",
            "select u.node, u.above from kei_up u left join kei_move m on u.node = m.node "
            "where m.node is null union all select node, above from kei_move",
        )


def _contract(session: Session, rounds: Rounds) -> int:
    """Find everybody's root, making each loop one ring; pointers then make a forest."""
    while True:
        ends = follow(session, rounds, "kei_up", "kei_top", LIFT)
        if not ends.loops:
            break
        _add_rings(session)
    # Members of rings are named after their ring wherever trees are asked for.
    session.keep(
        "kei_top",
        "select node, top, steps from kei_top union all "
        "select node, ring top, cast(0 as bigint) steps from kei_ring",
    )
    return ends.lifts


def _add_rings(session: Session) -> None:
    """Make rings of the loops that were found, and let pointers lead to rings, not to members."""
    session.keep(
        "kei_ring",
        "select r.node, coalesce(l.label, r.ring) ring from kei_ring r "
        "left join kei_loop l on r.ring = l.node union all "
        "select l.node, l.label ring from kei_loop l left join kei_ring r on l.node = r.node "
        "where r.node is null",
    )
    session.keep(
        "kei_up",
        "select u.node, coalesce(b.ring, u.above) above from kei_up u "
        "left join kei_ring a on u.node = a.node left join kei_ring b on u.above = b.node "
        "where a.node is null",
    )
