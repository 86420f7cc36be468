"""Who is at the end of everybody's pointers, in rounds that grow with the logarithm of the way.

A table of pointers gives some nodes one node above. In each round every node takes four leaps as
long as the way that it has gone, so that this way is four times as long. Nodes without a pointer
are *tops*. A loop of pointers becomes one node, named after its smallest member: its label.
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
    table
        The table of ends: (node, top) and, if there are no loops, how many `steps` lie between.
    loops
        Whether there are loops; they are in the table ``kei_loop`` (node, label).
    passes
        How many rounds it took. If they were to be kept, the tables ``{ends}_0``, ``{ends}_1``, ...
        tell (node, half, top): who is 2, 8, ... and who is 4, 16, ... steps above.
    """

    table: str
    loops: bool
    passes: int


def follow(
    session: Session, rounds: Rounds, pointers: str, ends: str, *, keep_all: bool = False
) -> Ends:
    """Find the ends of pointers (node, above), a table or a query in brackets.

    Parameters
    ----------
    pointers
        Where they stand. A column `moved` is carried along: whether any pointer on the way has it.
    ends
        The name of the table of ends, or its prefix.
    keep_all
        Keep what each round found.
    """
    has_moved = keep_all
    moved = "moved" if has_moved else "false"
    before = (
        f"(select node, above top, cast(1 as bigint) steps, node low, {moved} moved, "
        f"true going from {pointers} p)"
    )
    passes, places, permuted = 0, 1, 0
    while places not in (0, permuted):
        table = f"{ends}_{passes}" if keep_all else ends
        rounds.keep(session, "doubling", table, _leap(before))
        before, passes = table, passes + 1
        ((places, permuted),) = session.rows(
            "select count(*), count(distinct case when j.going then j.top end) from "
            f"(select distinct top from {before} where going) s "
            f"left join {before} j on s.top = j.node"
        )
    if not places:
        return Ends(before, False, passes)
    _label_loops(session, rounds, before)
    rounds.keep(
        session,
        "loops",
        ends,
        f"select j.node, coalesce(l.label, j.top) top from {before} j "
        "left join kei_loop l on j.top = l.node",
    )
    return Ends(ends, True, passes)


def _leap(before: str) -> str:
    """Return the query of a round: four leaps after each other.

    Who is still `going` may have more above it. The places where those are, each once, are fewer
    in each round; when pointers lead from them to just as many, they only permute them: they are
    the loops. `low` is the smallest node on the way, before the top.
    """
    low = "j.low"
    for leap in "abc":
        low = f"least({low}, coalesce({leap}.low, j.low))"
    return (
        "select j.node, coalesce(a.top, j.top) half, coalesce(c.top, b.top, a.top, j.top) top, "
        "j.steps + coalesce(a.steps, 0) + coalesce(b.steps, 0) + coalesce(c.steps, 0) steps, "
        f"{low} low, j.moved or coalesce(a.moved, false) or coalesce(b.moved, false) "
        "or coalesce(c.moved, false) moved, coalesce(c.going, false) going "
        f"from {before} j left join {before} a on j.top = a.node "
        f"left join {before} b on a.top = b.node left join {before} c on b.top = c.node"
    )


def _label_loops(session: Session, rounds: Rounds, ends: str) -> None:
    """Name each loop after its smallest member: the lowest on the way, when all agree."""
    rounds.keep(
        session,
        "loops",
        "kei_loop",
        f"select j.node, j.top, j.low label from {ends} j "
        f"join (select distinct top from {ends} where going) s on j.node = s.top",
    )
    differing = "select count(*) from kei_loop a join kei_loop b on a.top = b.node"
    while single(session, f"{differing} where a.label <> b.label"):
        rounds.keep(
            session,
            "loops",
            "kei_loop",
            "select a.node, d.top, least(a.label, b.label, c.label, d.label) label "
            "from kei_loop a join kei_loop b on a.top = b.node "
            "join kei_loop c on b.top = c.node join kei_loop d on c.top = d.node",
        )
