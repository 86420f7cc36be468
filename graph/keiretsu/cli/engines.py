"""Options by which a whole register is asked by an engine, and what a person is shown of it."""

from __future__ import annotations

import functools
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from keiretsu.cli.columns import COLUMNS
from keiretsu.cli.numbers import decimal
from keiretsu.cli.output import Result
from keiretsu.cli.page import Column, Lines, Page, Table, number
from keiretsu.errors import InputError
from keiretsu.measures.engines.planner import AUTO, ENGINES
from keiretsu.ownership_graph.decisions import check_decision
from keiretsu.ownership_graph.document import envelope

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from keiretsu.cli.options import World
    from keiretsu.measures.engines.register_files import RegisterFiles
    from keiretsu.measures.engines.run import EngineAnswer
    from keiretsu.rights import ControlRule

    Asked = Callable[["Question"], Result]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a whole register: by which rule, of which right, and of whom."""

    rule: ControlRule
    right: str
    decision: str
    ultimate: bool


@dataclass(frozen=True, slots=True)
class EngineOptions:
    """Which engine is asked for, if one is.

    Parameters
    ----------
    engine
        One of `ENGINES`, ``auto``, or None.
    master, memory
        Where Spark runs; how much memory may be used.
    into
        Where the engine writes the rows.
    """

    engine: str | None
    master: str
    memory: str | None
    into: str | None

    def register(self, world: World) -> Asked | None:
        """Return what asks the register, or None if the data is to be asked party by party."""
        data = world.source.data
        files = len(data) == 1 and _register_at(data[0])
        if not files and self.engine is None:
            if self.into or self.memory:
                raise InputError("no engine is asked for", mend="add --engine")
            return None
        return functools.partial(self._ask, world, files or None)

    def refuse(self, options: Mapping[str, object]) -> None:
        """Refuse options that ask about single parties: engines answer about all."""
        given = [f"--{name}" for name, value in options.items() if value]
        if given:
            raise InputError(
                f"{given[0]} is not asked of a whole register",
                mend="leave it out, or give data without --engine",
            )

    def _ask(self, world: World, files: RegisterFiles | None, question: Question) -> Result:
        if files is not None:
            return self._answer(files, question, as_of=files.as_of)
        from keiretsu.measures.engines.from_world import columns_of  # noqa: PLC0415 - heavy
        from keiretsu.measures.engines.register_files import write_register  # noqa: PLC0415

        graph = world.source.open()
        check_decision(graph, question.decision)
        snapshot = world.when.of(graph)
        columns, names = columns_of(snapshot, question.right, question.decision)
        with tempfile.TemporaryDirectory(prefix="keiretsu-") as folder:
            register = write_register(columns, Path(folder) / "register", names=names)
            return self._answer(
                register,
                question,
                as_of=snapshot.as_of,
                known_at=snapshot.known_at,
                cautions=snapshot.cautions,
                dataset=snapshot.dataset,
            )

    def _answer(self, files: RegisterFiles, question: Question, **told: Any) -> Result:  # noqa: ANN401
        from keiretsu.measures.engines.run import Choice, control_by_engine  # noqa: PLC0415 - heavy

        rule, right = question.rule, question.right
        choice = Choice(self.engine or AUTO, self.master, self.memory)
        found = control_by_engine(
            files, choice, rule, right=right, ultimate=question.ultimate, into=self.into
        )
        rows = found.as_rows(files)
        fields: dict[str, Any] = {"rule": rule.name, "rule_text": rule.text, "rights": right}
        fields |= {"engine": found.as_dict(), "control": rows}
        document = envelope("control", fields, **told)
        title = f"Control in the register: {rule.text} ({rule.name})"
        return Result(document, rows, COLUMNS["control"], lambda: _page(title, found, rows))


def with_engine(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options of engines; the command gets `engine`."""

    @functools.wraps(command)
    def called(
        *args: object,
        engine: str | None,
        master: str,
        memory: str | None,
        into: str | None,
        **rest: object,
    ) -> None:
        command(*args, engine=EngineOptions(engine, master, memory, into), **rest)

    for option in reversed(_OPTIONS):
        called = option(called)
    return called


_OPTIONS = (
    click.option(
        "--engine",
        type=click.Choice([AUTO, *ENGINES]),
        help="Ask a whole register by this engine; 'auto' chooses by its size. [default: auto for "
        "a register in Parquet, else none]",
    ),
    click.option(
        "--master",
        metavar="URL",
        default="local[2]",
        show_default=True,
        help="Where Spark runs, for --engine spark.",
    ),
    click.option("--memory", metavar="SIZE", help="How much memory an engine may use, like 4GB."),
    click.option(
        "--into",
        metavar="FILE",
        help="Let the engine write the rows there as Parquet instead of listing them.",
    ),
)


def _register_at(place: str) -> RegisterFiles | None:
    from keiretsu.measures.engines.register_files import (  # noqa: PLC0415 - heavy
        RegisterFiles,
        is_register,
    )

    return RegisterFiles.at(place) if "://" in place or is_register(place) else None


def _page(title: str, found: EngineAnswer, rows: Sequence[Mapping[str, Any]]) -> Page:
    told = [found.plan.why]
    if found.rounds:
        parts = ", ".join(f"{name} {count}" for name, count in sorted(found.rounds.items()))
        told.append(f"{sum(found.rounds.values())} rounds: {parts}.")
    if found.written is not None:
        told.append(f"{found.count:,} rows are in {found.written}.")
        return Page(title, (Lines("Engine", tuple(told)),))
    columns = (Column("controller"), Column("company"), number("%"))
    cells = tuple((r["controller"], r["company"], decimal(r["percent"])) for r in rows)
    listed = Table(columns, cells) if rows else Lines("", ("nobody controls anybody by this rule",))
    return Page(title, (listed, Lines("Engine", tuple(told))))
