"""Trees that together control a root take it, level by level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keiretsu.measures.engines.pointers import follow
from keiretsu.measures.engines.session import single

if TYPE_CHECKING:
    from keiretsu.measures.engines.session import Rounds, Session

_FOUND = (
    "(select node, tree above from kei_tree where weight >= need and tree <> node and not joined)"
)


def join_trees(session: Session, rounds: Rounds) -> None:
    """Put roots under trees that control them together, level by level.

    ``kei_tree`` (node, need, tree, weight, joined) tells what each tree has in each open issuer; of
    one that was taken, in which tree it is. In the end ``kei_join`` (node, above) has those, and
    ``kei_entry`` is left with issuers that may be moved still: an issuer that neither another tree
    nor its own has enough of is controlled by nobody.
    """
    rounds.keep(
        session,
        "joint",
        "kei_tree",
        "select e.node, e.need, coalesce(t.top, e.holder) tree, "
        "cast(sum(e.weight) as bigint) weight, false joined from kei_entry e "
        "left join kei_top t on e.holder = t.node group by 1, 2, 3",
    )
    while single(session, f"select count(*) from {_FOUND} f"):
        if follow(session, rounds, _FOUND, "kei_end").loops:
            add_rings(session, rounds)
        rounds.keep(
            session,
            "joint",
            "kei_tree",
            "select t.node, t.need, coalesce(e.top, t.tree) tree, "
            "cast(sum(t.weight) as bigint) weight, t.joined or f.node is not null joined "
            f"from kei_tree t left join kei_end e on t.tree = e.node left join {_FOUND} f "
            "on t.node = f.node where f.node is null or t.tree = f.above group by 1, 2, 3, 5",
        )
    session.keep(
        "kei_join",
        "select t.node, t.tree above from kei_tree t left join kei_ring r on t.node = r.node "
        "where t.joined and r.node is null",
    )
    rounds.keep(
        session,
        "core",
        "kei_entry",
        "select e.node, e.need, e.holder, e.weight from kei_entry e semi join "
        "(select node from kei_tree where joined or weight >= need) k on e.node = k.node",
    )


def add_rings(session: Session, rounds: Rounds) -> None:
    """Make rings of the loops that were found; a loop may go through a ring that was there."""
    rounds.keep(
        session,
        "loops",
        "kei_ring",
        "select r.node, coalesce(l.label, r.ring) ring from kei_ring r "
        "left join kei_loop l on r.ring = l.node union all "
        "select l.node, l.label ring from kei_loop l left join kei_ring r on l.node = r.node "
        "where r.node is null",
    )
