"""Control of a register by the engine that was asked for, or that fits."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from keiretsu.errors import InputError
from keiretsu.measures.answer import percent
from keiretsu.measures.engines.control import EngineControl
from keiretsu.measures.engines.duckdb_session import DuckDBSession
from keiretsu.measures.engines.memory import MemoryControl
from keiretsu.measures.engines.planner import AUTO, ENGINES, Plan, bytes_of, plan
from keiretsu.measures.engines.register_files import HOLDINGS, RegisterFiles, names_of
from keiretsu.measures.engines.spark_session import LOCAL, SparkEngine

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

    from keiretsu.rights import ControlRule

_RECORD = {"verdict": "certain", "missing_percent": None, "purchase": None}
_LISTS = ("through", "explanation", "reasons", "blocks", "fewest_blocks")


@dataclass(frozen=True, slots=True)
class Choice:
    """Which engine is asked for, and what it may use.

    Parameters
    ----------
    engine
        One of `ENGINES`, or ``auto``.
    master
        Where Spark runs.
    memory
        How much memory may be used, such as ``"4GB"``; what is free if not given.
    """

    engine: str = AUTO
    master: str | None = LOCAL
    memory: str | None = None

    def plan(self, files: RegisterFiles) -> Plan:
        """Return the engine that is used for a register, and why."""
        if self.engine in ENGINES:
            return Plan(self.engine, f"The engine {self.engine} was asked for.")
        if self.engine != AUTO:
            known = ", ".join((AUTO, *ENGINES))
            raise InputError(f"no engine is named {self.engine!r}", mend=f"use one of: {known}")
        memory = None if self.memory is None else bytes_of(self.memory)
        return plan(count_of(files), memory=memory)


@dataclass(frozen=True, slots=True)
class EngineAnswer:
    """What an engine found.

    Parameters
    ----------
    plan
        Which engine, and why.
    rounds
        How many rounds its parts took; none for the engine in memory.
    found
        The rows as columns; None if they were written by the engine.
    written
        Where rows were written.
    count
        How many rows there are.
    rings
        The members of each ring, by the smallest.
    """

    plan: Plan
    rounds: Mapping[str, int]
    found: pa.Table | None
    written: str | None
    count: int
    rings: Mapping[int, list[int]]

    def as_dict(self) -> dict[str, Any]:
        """Return how the answer was reached, keyed as in JSON."""
        return {
            "name": self.plan.engine,
            "why": self.plan.why,
            "rounds": dict(sorted(self.rounds.items())),
            "total_rounds": sum(self.rounds.values()),
            "rows": self.count,
            "written": self.written,
        }

    def as_rows(self, files: RegisterFiles) -> list[dict[str, Any]]:
        """Return the rows as plain data, keyed as those of `keiretsu.control`."""
        if self.found is None:
            return []
        table = self.found
        columns = (table.column(name).to_pylist() for name in ("controller", "company"))
        ends = list(zip(*columns, strict=True))
        listed = {party for pair in ends for party in pair}
        members = {member for ring in self.rings.values() for member in ring}
        names = names_of(files, sorted(listed | members))
        weights = (table.column(name).to_pylist() for name in ("weight", "whole"))
        return [
            self._row(pair, percent(Fraction(*share)), names)
            for pair, share in zip(ends, zip(*weights, strict=True), strict=True)
        ]

    def _row(
        self, pair: tuple[int, int], share: float | None, names: Mapping[int, tuple[str, str]]
    ) -> dict[str, Any]:
        controller, company = pair
        ring = self.rings.get(controller, [])
        ids, labels = zip(*(names[head] for head in ring or [controller]), strict=True)
        row: dict[str, Any] = {
            "controller": " + ".join(labels),
            "controller_id": " + ".join(ids),
            "company": names[company][1],
            "company_id": names[company][0],
            "percent": share,
            "percent_max": share,
            **_RECORD,
            **{name: [] for name in _LISTS},
        }
        return {**row, "ring": list(labels)} if ring else row


def control_by_engine(
    files: RegisterFiles,
    choice: Choice,
    rule: ControlRule,
    *,
    right: str = "votes",
    ultimate: bool = False,
    into: str | None = None,
) -> EngineAnswer:
    """Return who controls whom in a register in Parquet.

    Parameters
    ----------
    files
        The register.
    choice
        The engine.
    rule, right
        The rule of control, and the right that is counted.
    ultimate
        Whether only controllers count that nobody outside their ring controls.
    into
        Where the engine writes the rows as Parquet instead of giving them.

    Raises
    ------
    InputError
        If the engine is not there, or the register or the rule cannot be computed.
    OverAllocatedError
        If an issuer's holdings add up to more than 100.5 %.
    """
    chosen = choice.plan(files)
    if chosen.engine == "memory":
        return _answer(MemoryControl(files, rule, right), chosen, ultimate=ultimate, into=into)
    session = (
        DuckDBSession(choice.memory) if chosen.engine == "duckdb" else SparkEngine(choice.master)
    )
    try:
        found = EngineControl(session, files, rule, right)
        return _answer(found, chosen, ultimate=ultimate, into=into)
    finally:
        session.close()


def count_of(files: RegisterFiles) -> int:
    """Return how many holdings a register has: as it tells, or as its files do."""
    if files.holdings is not None:
        return files.holdings
    import pyarrow as pa  # noqa: PLC0415 - heavy, and only Parquet needs it
    import pyarrow.dataset as ds  # noqa: PLC0415

    try:
        return int(ds.dataset(files.path(HOLDINGS), format="parquet").count_rows())
    except (pa.ArrowException, OSError, ValueError) as error:
        problem = f"the register's holdings cannot be counted here ({type(error).__name__})"
        raise InputError(problem, place=files.folder, mend="name an engine") from None


def _answer(
    found: EngineControl | MemoryControl, chosen: Plan, *, ultimate: bool, into: str | None
) -> EngineAnswer:
    table = None
    if into is None:
        table = found.ultimate() if ultimate else found.pairs()
        count = table.num_rows
    else:
        count = found.write(into, ultimate=ultimate)
    rings = found.rings() if ultimate and into is None else {}
    return EngineAnswer(chosen, dict(found.rounds), table, into, count, rings)
