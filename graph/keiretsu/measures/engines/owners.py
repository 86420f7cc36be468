"""Everybody's ultimate owners from a floor on, on an engine: exact at the floor.

What each party has of a company after so many steps is squared: twice as many steps in each round,
until nothing is left with a party that others hold. Entries far below the floor are dropped on the
way, and what is dropped is carried as a *rest* for each company: an owner has at least its entry,
and at most the entry and the rest. Companies for which this does not decide, or in which something
stays in a loop without an outside owner, are decided in memory, with all that lies above them.
"""

from __future__ import annotations

import tempfile
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from keiretsu.errors import InputError
from keiretsu.measures.engines.prepared import prepare
from keiretsu.measures.engines.register_files import HOLDINGS, ISSUERS, RegisterFiles, arrow
from keiretsu.measures.engines.register_reading import read_register
from keiretsu.measures.engines.session import Rounds, single
from keiretsu.measures.register.ultimate_owners import ultimate_owners
from keiretsu.model import exact
from keiretsu.rights import MAJORITY

if TYPE_CHECKING:
    import pyarrow as pa

    from keiretsu.measures.engines.session import Session
    from keiretsu.model import Number

FINER = 256
"""By how much finer than the floor entries are kept on the way."""
_NEAR = 1e-9
"""Entries so near to the floor are decided in memory: sums in floating point are nearer."""
_PATIENCE = 4
"""After so many rounds that leave as much with held parties as before, these are left to memory."""


class EngineOwners:
    """Who has at least a floor of whom in the end, in a register in Parquet.

    Parameters
    ----------
    session
        The engine.
    files
        The register.
    floor
        Least share, a fraction of one or ``"25%"``, above 0.
    right
        The right that is followed.

    Raises
    ------
    InputError
        If the floor is no share above 0, or the register does not fit together.
    OverAllocatedError
        If an issuer's holdings add up to more than 100.5 %.

    Notes
    -----
    Which rows there are is that of `keiretsu.ultimate_owners`, whose definition this follows.
    Rounds of squaring grow with the logarithm of the longest way that matters; one more is made for
    each level above a company that is decided in memory.

    Examples
    --------
    >>> import tempfile
    >>> from keiretsu.measures.engines.duckdb_session import DuckDBSession
    >>> from keiretsu.measures.engines.register_writing import write_register
    >>> from keiretsu.snapshot import Snapshot
    >>> world = Snapshot.from_arrays([0, 1, 0, 3], [1, 2, 2, 2], capital=[0.5, 0.5, 0.2, 0.24])
    >>> session = DuckDBSession()
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     found = EngineOwners(session, write_register(world, folder)).rows()
    >>> found.select(["owner", "company"]).to_pydict()
    {'owner': [0, 0], 'company': [1, 2]}
    >>> [round(share, 6) for share in found.column("least").to_pylist()]
    [0.5, 0.45]
    >>> session.close()
    """

    def __init__(
        self,
        session: Session,
        files: RegisterFiles,
        floor: Number = Fraction(1, 4),
        right: str = "capital",
    ) -> None:
        self._floor = exact(floor)
        if not 0 < self._floor <= 1:
            problem = f"a floor of {floor} is no share above 0"
            raise InputError(problem, mend="give one, or ask without an engine")
        self._session, self._files, self._right = session, files, right
        self.rounds = Rounds()
        prepare(session, files, right, MAJORITY)
        self._square()
        self.in_memory = self._doubt()
        self._beside = self._decided() if self.in_memory else None

    def rows(self) -> pa.Table:
        """Return (owner, company, least, most), sorted by company and owner.

        `least` and `most` are fractions of one, between which the owner's share lies: they differ
        by what was dropped on the way.
        """
        found = self._session.columns(
            "select o.owner, o.company, o.share least, o.share + coalesce(r.rest, 0) most "
            "from kei_own o left join kei_rest r on o.company = r.company "
            "left join kei_doubt d on o.company = d.company "
            f"where d.company is null and o.ends and o.share >= {float(self._floor)!r}"
        )
        if self._beside is not None:
            pa, _ = arrow()
            found = pa.concat_tables([found, self._beside.cast(found.schema)])
        return found.sort_by([("company", "ascending"), ("owner", "ascending")])

    def _square(self) -> None:
        """Make ``kei_own`` (company, owner, ends, share) and ``kei_rest`` (company, rest)."""
        keep = self._session.keep
        keep("kei_known", "select distinct issuer from kei_holdings")
        keep(
            "kei_mix",
            "select h.issuer company, h.holder owner, k.issuer is null ends, "
            "cast(h.weight as double) / i.whole share from kei_holding h "
            "join kei_issuer i on h.issuer = i.issuer "
            "left join kei_known k on h.holder = k.issuer where i.whole > 0",
        )
        keep("kei_rest", "select company, share rest from kei_mix where false")
        self._drop("select company, rest from kei_rest")
        before, patience = -1, _PATIENCE
        while patience and (pending := self._pending()):
            patience = _PATIENCE if pending < before or before < 0 else patience - 1
            before = pending
            keep(
                "kei_mix",
                "select company, owner, ends, sum(share) share from ("
                "select company, owner, ends, share from kei_own where ends union all "
                "select p.company, q.owner, q.ends, p.share * q.share share from kei_own p "
                "join kei_own q on p.owner = q.company where not p.ends) s "
                "group by company, owner, ends",
            )
            self._drop(
                "select company, rest from kei_rest union all "
                "select p.company, p.share * r.rest rest from kei_own p "
                "join kei_rest r on p.owner = r.company where not p.ends"
            )
            self.rounds["squaring"] += 1

    def _pending(self) -> int:
        return single(self._session, "select count(*) from kei_own where not ends")

    def _drop(self, rests: str) -> None:
        """Drop what is far below the floor, and add it to what was dropped before."""
        least = repr(float(self._floor) / FINER)
        self._session.keep(
            "kei_rest",
            f"select company, sum(rest) rest from ({rests} union all "
            f"select company, share rest from kei_mix where share < {least}) r group by company",
        )
        self._session.keep("kei_own", f"select * from kei_mix where share >= {least}")

    def _doubt(self) -> int:
        """Make ``kei_doubt`` (company): whom entries and rests do not decide; return how many."""
        low, high = float(self._floor) - _NEAR, float(self._floor) + _NEAR
        self._session.keep(
            "kei_doubt",
            "select company from kei_own where not ends union "
            f"select company from kei_rest where rest >= {low!r} union "
            "select o.company from kei_own o left join kei_rest r on o.company = r.company "
            f"where o.share < {high!r} and o.share + coalesce(r.rest, 0) >= {low!r}",
        )
        return single(self._session, "select count(*) from kei_doubt")

    def _decided(self) -> pa.Table:
        """Return the rows of doubtful companies, decided in memory."""
        pa, pq = arrow()
        session = self._session
        session.keep("kei_above", "select company party from kei_doubt")
        session.keep("kei_new", "select party from kei_above")
        while single(session, "select count(*) from kei_new"):
            session.keep(
                "kei_new",
                "select distinct h.holder party from kei_holding h "
                "join kei_new n on h.issuer = n.party "
                "left join kei_above a on h.holder = a.party where a.party is null",
            )
            session.keep("kei_above", "select party from kei_above union select party from kei_new")
            self.rounds["above"] += 1
        with tempfile.TemporaryDirectory(prefix="keiretsu-") as folder:
            for name, table in ((HOLDINGS, "kei_holdings"), (ISSUERS, "kei_issuers")):
                part = session.columns(
                    f"select t.* from {table} t join kei_above a on t.issuer = a.party"
                )
                pq.write_table(part, Path(folder) / name)
            world = read_register(RegisterFiles(folder, self._files.as_of))
        found = ultimate_owners(world, floor=self._floor, rights=self._right)
        columns = {"owner": found.owner, "company": found.company}
        table = pa.table({**columns, "least": found.share, "most": found.share})
        doubtful = session.columns("select company from kei_doubt").column("company")
        import pyarrow.compute as pc  # noqa: PLC0415 - heavy, and only Parquet needs it

        return table.filter(pc.is_in(table.column("company"), doubtful.cast("int64")))
