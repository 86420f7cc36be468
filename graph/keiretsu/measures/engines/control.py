"""Control of a whole register on an engine: ultimate controllers, or all pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keiretsu.measures.engines.forest import make_forest
from keiretsu.measures.engines.prepared import prepare
from keiretsu.measures.engines.session import Rounds, single
from keiretsu.rights import MAJORITY

if TYPE_CHECKING:
    import pyarrow as pa

    from keiretsu.measures.engines.register_files import RegisterFiles
    from keiretsu.measures.engines.session import Session
    from keiretsu.rights import ControlRule


GATHER = 250_000
"""Rows of a core that are finished in memory; measured: 458 bytes each, of 155,260."""
PER_GATHERED = 2_000
"""Bytes of the memory that an engine may use, for each row that is finished in ours."""


class EngineControl:
    """Who controls whom in a register in Parquet, computed by an engine when it is made.

    Parameters
    ----------
    session
        The engine.
    files
        The register.
    rule
        The rule of control: more than a threshold of half or more.
    right
        The right that is counted: ``votes`` or ``capital``.
    gather
        What majorities alone do not settle is finished in this process's memory if it has at most
        so many rows; 0 to leave all of it to the engine.

    Raises
    ------
    InputError
        If the register does not fit together, or control by the rule is no forest.
    OverAllocatedError
        If an issuer's holdings add up to more than 100.5 %.

    Notes
    -----
    Weights are whole numbers, and what must be reached is, so thresholds are exact. Rounds grow
    with the logarithm of the longest chain of majorities. What several holders control together
    is finished in memory where it is little; else there are two rounds or more for each level at
    which it takes several, and some for each time that links move. See decisions 35 and 48.

    Examples
    --------
    >>> import tempfile
    >>> from keiretsu.measures.engines.duckdb_session import DuckDBSession
    >>> from keiretsu.measures.engines.register_writing import write_register
    >>> from keiretsu.snapshot import Snapshot
    >>> world = Snapshot.from_arrays([0, 0, 1], [1, 2, 2], capital=[0.6, 0.2, 0.35])
    >>> session = DuckDBSession()
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     found = EngineControl(session, write_register(world, folder)).ultimate()
    >>> found.select(["controller", "company", "weight", "whole"]).to_pydict()
    {'controller': [0, 0], 'company': [1, 2], 'weight': [6, 55], 'whole': [10, 100]}
    >>> session.close()
    """

    def __init__(
        self,
        session: Session,
        files: RegisterFiles,
        rule: ControlRule = MAJORITY,
        right: str = "votes",
        gather: int = GATHER,
    ) -> None:
        self.session, self.files, self.rule, self.right = session, files, rule, right
        self.rounds = Rounds()
        prepare(session, files, right, rule)
        make_forest(session, self.rounds, gather)
        self._has_pairs = False

    def forest(self) -> pa.Table:
        """Return (party, nearest, ring, ultimate) of all who are controlled or in a ring, sorted.

        `nearest` is the lowest controller, null in a ring; rings are named after their smallest
        member.
        """
        return self.session.columns("select * from kei_forest order by party")

    def ultimate(self) -> pa.Table:
        """Return (controller, company, weight, whole, size), by controllers nobody else controls.

        Of a ring its smallest member stands for it, with rows of all members; `size` is how many
        there are, 0 where there is no ring. `weight` is what the controller and all that it
        controls have together of `whole`.
        """
        return self.session.columns(f"{self._ultimate()} order by controller, company")

    def pairs(self) -> pa.Table:
        """Return (controller, company, weight, whole) of all pairs, sorted."""
        return self.session.columns(f"{self._pairs()} order by controller, company")

    def rings(self) -> dict[int, list[int]]:
        """Return the members of each ring, by the smallest."""
        found: dict[int, list[int]] = {}
        for ring, node in self.session.rows("select ring, node from kei_ring order by ring, node"):
            found.setdefault(ring, []).append(node)
        return found

    def write(self, place: str, *, ultimate: bool = True) -> int:
        """Write the rows as Parquet where the engine runs, and return how many there are."""
        return self.session.write(self._ultimate() if ultimate else self._pairs(), place)

    def _ultimate(self) -> str:
        return (
            "select f.ultimate controller, f.party company, "
            "cast(sum(case when coalesce(g.ultimate, h.holder) = f.ultimate then h.weight end) "
            "as bigint) weight, max(i.whole) whole, coalesce(max(r.size), 0) size "
            "from kei_forest f join kei_holding h on h.issuer = f.party "
            "join kei_issuer i on i.issuer = f.party left join kei_forest g on g.party = h.holder "
            "left join (select ring, count(*) size from kei_ring group by ring) r "
            "on r.ring = f.ultimate group by f.ultimate, f.party"
        )

    def _pairs(self) -> str:
        self._make_pairs()
        return (
            "select p.controller, p.company, "
            "cast(sum(case when q.company is not null or h.holder = p.controller "
            "then h.weight end) as bigint) weight, max(i.whole) whole "
            "from kei_control p join kei_holding h on h.issuer = p.company "
            "join kei_issuer i on i.issuer = p.company left join kei_control q "
            "on q.controller = p.controller and q.company = h.holder "
            "group by p.controller, p.company"
        )

    def _make_pairs(self) -> None:
        """Make ``kei_control`` (controller, company): ancestors twice as far away in each round."""
        if self._has_pairs:
            return
        session, reach = self.session, 1
        session.keep(
            "kei_reach",
            "select party node, nearest above, cast(1 as bigint) steps from kei_forest "
            "where nearest is not null",
        )
        # Whoever is as far up as was looked leads on, as far again.
        while single(session, f"select count(*) from kei_reach where steps = {reach}"):
            self.rounds.keep(
                session,
                "pairs",
                "kei_reach",
                "select node, above, steps from kei_reach union all "
                "select a.node, b.above, a.steps + b.steps steps from kei_reach a "
                f"join kei_reach b on a.above = b.node where a.steps = {reach}",
            )
            reach *= 2
        session.keep(
            "kei_control",
            "select coalesce(r.node, p.above) controller, p.node company "
            "from kei_reach p left join kei_ring r on p.above = r.ring union all "
            "select a.node controller, b.node company from kei_ring a "
            "join kei_ring b on a.ring = b.ring where a.node <> b.node",
        )
        self._has_pairs = True
