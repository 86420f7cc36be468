"""Control of everybody as a forest, in rounds of joins: the lowest controller of each party.

The theorem is that of `keiretsu.kernels.forest`; its loops cannot be distributed, so this is
another algorithm for the same forest. First majority holders are followed by leaping pointers. That
settles whatever joint control does not touch. What is left is the *core*: issuers that several
holders may control together, and the trees in which these holders are. A core that is small is
finished in this process's memory (`keiretsu.measures.engines.core`). In a large one trees take the
roots that they together control, level by level (`keiretsu.measures.engines.joining`), and what
trees control is put under its lowest controller (`keiretsu.measures.engines.settling`). Every link
on the way is a pair of control, so nothing is ever taken back. Parties that control each other are
contracted: a *ring* is named after its smallest member, and is a root.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from keiretsu.measures.engines.core import finish_in_memory
from keiretsu.measures.engines.joining import join_trees
from keiretsu.measures.engines.pointers import follow
from keiretsu.measures.engines.session import single
from keiretsu.measures.engines.settling import settle

if TYPE_CHECKING:
    from keiretsu.measures.engines.session import Rounds, Session


def make_forest(session: Session, rounds: Rounds, gather: int) -> None:
    """Make ``kei_forest`` (party, nearest, ring, ultimate) of all who are controlled or in a ring.

    It needs the tables of `keiretsu.measures.engines.prepared`, and leaves ``kei_ring``
    (node, ring).

    Parameters
    ----------
    gather
        A core of at most so many rows is finished in memory.
    """
    _begin(session)
    _contract(session, rounds)
    if not _is_gathered(session, rounds, gather):
        join_trees(session, rounds)
        _keep_core(session, rounds, "kei_core")
        if not _is_gathered(session, rounds, gather):
            settle(session, rounds)
    _end(session)


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


def _contract(session: Session, rounds: Rounds) -> None:
    """Find the top of everybody's majority holders, and what it leaves open: the core.

    ``kei_top`` (node, top) stays as it is from here on. Of ``kei_entry`` those issuers are left
    that a tree may come to control: trees whose root is no such issuer itself stay apart, so one
    of them at most, with all that may still go under it, must have enough.
    """
    has_loops = follow(session, rounds, "kei_up", "kei_top").loops
    loops = "kei_loop" if has_loops else "(select node, node label from kei_up where false) l"
    session.keep("kei_ring", f"select node, label ring from {loops}")
    held = (
        "select e.node, e.need, coalesce(r.ring, e.holder) holder, "
        "coalesce(t.top, e.holder) tree, e.weight, m.node is not null may_move "
        "from kei_entry e left join kei_ring r on e.holder = r.node "
        "left join kei_top t on e.holder = t.node "
        "left join (select distinct node from kei_entry) m on coalesce(t.top, e.holder) = m.node"
    )
    of_trees = f"select *, sum(weight) over (partition by node, tree) of_tree from ({held}) h"
    most = (
        "select *, coalesce(max(case when not may_move then of_tree end) over "
        "(partition by node), 0) fixed, coalesce(sum(case when may_move then weight end) over "
        f"(partition by node), 0) moving from ({of_trees}) t"
    )
    rounds.keep(
        session,
        "core",
        "kei_entry",
        "select node, need, holder, cast(sum(weight) as bigint) weight "
        f"from ({most}) s where fixed + moving >= need group by node, need, holder",
    )
    outside = (
        "(select u.node, coalesce(r.ring, u.above) above from kei_up u "
        "left join kei_ring r on u.above = r.node left join kei_ring m on u.node = m.node "
        "where m.node is null)"
    )
    _keep_core(session, rounds, outside)


def _keep_core(session: Session, rounds: Rounds, held: str) -> None:
    """Make ``kei_core`` (node, above): majority holders in the trees that hold in open issuers."""
    rounds.keep(
        session,
        "core",
        "kei_core",
        f"select u.node, u.above from {held} u join kei_top t on u.node = t.node semi join "
        "(select coalesce(h.top, e.holder) top from kei_entry e "
        "left join kei_top h on e.holder = h.node) k on t.top = k.top",
    )


def _is_gathered(session: Session, rounds: Rounds, gather: int) -> bool:
    """Finish a core in memory if it is small; return whether it was."""
    rows = single(
        session,
        "select sum(rows) from (select count(*) rows from kei_core union all "
        "select count(*) rows from kei_entry) c",
    )
    if rows > gather:
        return False
    finish_in_memory(session)
    rounds["gathered"] += 1
    return True


def _end(session: Session) -> None:
    """Put together what majorities and what the core told.

    The core told ``kei_join`` (node, above) of jointly controlled nodes, and ``kei_root``
    (node, top) of these and of rings.
    """
    session.keep(
        "kei_end",
        "select t.node, coalesce(r.ring, t.node) name, coalesce(k.top, t.top) top "
        "from kei_top t left join kei_ring r on t.node = r.node "
        "left join kei_root k on t.top = k.node union all "
        "select k.node, coalesce(r.ring, k.node) name, k.top from kei_root k "
        "left join kei_ring r on k.node = r.node left join kei_top t on k.node = t.node "
        "where t.node is null",
    )
    session.keep(
        "kei_forest",
        "select a.node party, coalesce(e.name, a.above) nearest, cast(null as bigint) ring, "
        "coalesce(e.top, a.above) ultimate from "
        "(select node, above from kei_up union all select node, above from kei_leaf) a "
        "left join kei_end e on a.above = e.node left join kei_ring m on a.node = m.node "
        "where m.node is null union all "
        "select j.node party, j.above nearest, cast(null as bigint) ring, k.top ultimate "
        "from kei_join j join kei_root k on j.node = k.node union all "
        "select node party, cast(null as bigint) nearest, ring, ring ultimate from kei_ring",
    )
