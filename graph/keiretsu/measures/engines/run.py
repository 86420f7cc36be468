"""Control of a register by the engine that was asked for, or that fits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keiretsu.errors import InputError
from keiretsu.measures.engines.control import GATHER, PER_GATHERED, EngineControl
from keiretsu.measures.engines.duckdb_session import DuckDBSession
from keiretsu.measures.engines.engine_answer import EngineAnswer
from keiretsu.measures.engines.machine import free_disk
from keiretsu.measures.engines.memory import MemoryControl
from keiretsu.measures.engines.parquet_file import check_place
from keiretsu.measures.engines.planner import AUTO, ENGINES, Plan, bytes_of, plan
from keiretsu.measures.engines.register_files import HOLDINGS, RegisterFiles
from keiretsu.measures.engines.spark_session import LOCAL, SparkEngine

if TYPE_CHECKING:
    from keiretsu.measures.engines.session import Session
    from keiretsu.rights import ControlRule


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
    scratch
        Where an engine keeps what it has found on the way; a folder of the system's if not given.
    """

    engine: str = AUTO
    master: str | None = LOCAL
    memory: str | None = None
    scratch: str | None = None

    def plan(self, files: RegisterFiles) -> Plan:
        """Return the engine that is used for a register, and why."""
        if self.engine in ENGINES:
            return Plan(self.engine, f"The engine {self.engine} was asked for.")
        if self.engine != AUTO:
            known = ", ".join((AUTO, *ENGINES))
            raise InputError(f"no engine is named {self.engine!r}", mend=f"use one of: {known}")
        count = count_of(files)
        return plan(count, memory=self.bytes, disk=free_disk(self.scratch))

    @property
    def gather(self) -> int:
        """How many rows of a core are finished in memory at most."""
        return GATHER if self.bytes is None else min(GATHER, self.bytes // PER_GATHERED)

    @property
    def bytes(self) -> int | None:
        """How many bytes of memory may be used; None if that is not told."""
        return None if self.memory is None else bytes_of(self.memory)


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
    if into is not None:
        check_place(into, as_folder=chosen.engine == "spark")
    if chosen.engine == "memory":
        return _answer(MemoryControl(files, rule, right), chosen, ultimate=ultimate, into=into)
    session = _session(choice, chosen, files)
    try:
        found = EngineControl(session, files, rule, right, choice.gather)
        return _answer(found, chosen, ultimate=ultimate, into=into)
    finally:
        session.close()


def _session(choice: Choice, chosen: Plan, files: RegisterFiles) -> Session:
    if chosen.engine == "duckdb":
        return DuckDBSession(choice.bytes, scratch=choice.scratch)
    holdings = files.holdings or 0  # where nothing tells, files may lie where only Spark reaches
    return SparkEngine(
        choice.master, scratch=choice.scratch, memory=choice.bytes, holdings=holdings
    )


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
