"""Options by which a whole register is asked by an engine, and what a person is shown of it."""

from __future__ import annotations

import functools
import tempfile
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from keiretsu.cli.columns import COLUMNS
from keiretsu.cli.numbers import decimal
from keiretsu.cli.output import Result
from keiretsu.cli.page import Column, Lines, Page, Table, number
from keiretsu.cli.serial import Rows
from keiretsu.cli.whole_register import MOST_SHOWN
from keiretsu.errors import InputError
from keiretsu.measures.engines.planner import AUTO, ENGINES
from keiretsu.model import ORDINARY
from keiretsu.ownership_graph.decisions import check_decision
from keiretsu.ownership_graph.document import envelope
from keiretsu.ownership_graph.loading import is_endpoint
from keiretsu.snapshot import MAX_AGE_DAYS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from keiretsu.cli.world import When, World
    from keiretsu.measures.engines.engine_answer import EngineAnswer, Named
    from keiretsu.measures.engines.register_files import RegisterFiles
    from keiretsu.measures.engines.run import Choice
    from keiretsu.rights import ControlRule

    Asked = Callable[["Question"], Result]

_NEEDING = ("into", "memory", "scratch", "plan")
_ADD = "add --engine auto"
_OF_FILES = ("capital", "votes")


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
    master, memory, scratch
        Where Spark runs; how much memory may be used; where what is found on the way is kept.
    into
        Where the engine writes the rows.
    plan
        Whether it is only said which engine would be asked.
    """

    engine: str | None
    master: str
    memory: str | None
    scratch: str | None
    into: str | None
    plan: bool

    def register(self, world: World) -> Asked | None:
        """Return what asks the register, or None if the data is to be asked party by party."""
        data = world.source.data
        files = len(data) == 1 and _register_at(data[0])
        if not files and self.engine is None:
            given = [name for name in _NEEDING if getattr(self, name)]
            if given:
                raise InputError(f"--{given[0]} is of no use without an engine", mend=_ADD)
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

    @property
    def choice(self) -> Choice:
        """Which engine is asked for, for those who compute."""
        from keiretsu.measures.engines.run import Choice  # noqa: PLC0415 - heavy

        return Choice(self.engine or AUTO, self.master, self.memory, self.scratch)

    def _ask(self, world: World, files: RegisterFiles | None, question: Question) -> Result:
        if files is not None:
            _refuse_of_files(world.when, question)
            return self._answer(files, question, None, as_of=files.as_of)
        from keiretsu.measures.engines.register_writing import write_register  # noqa: PLC0415 - heavy
        from keiretsu.ownership_graph.whole_register import whole_register  # noqa: PLC0415

        graph = world.source.open()
        check_decision(graph, question.decision)
        when = asdict(world.when)
        whole = whole_register(graph, question.right, question.decision, **when)
        with tempfile.TemporaryDirectory(prefix="keiretsu-", dir=self._local_scratch) as folder:
            register = write_register(whole.columns, Path(folder) / "register")
            return self._answer(
                register,
                question,
                whole.names,
                as_of=whole.world.as_of,
                known_at=whole.world.known_at,
                cautions=whole.cautions,
                dataset=whole.world.dataset,
            )

    @property
    def _local_scratch(self) -> str | None:
        return self.scratch if self.scratch and Path(self.scratch).is_dir() else None

    def _answer(
        self,
        files: RegisterFiles,
        question: Question,
        names: Named | None,
        **told: Any,  # noqa: ANN401 - fields of the envelope
    ) -> Result:
        from keiretsu.measures.engines.run import control_by_engine  # noqa: PLC0415 - heavy

        rule, right = question.rule, question.right
        fields: dict[str, Any] = {"rule": rule.name, "rule_text": rule.text, "rights": right}
        title = f"Control in the register: {rule.text} ({rule.name})"
        if self.plan:
            plan = self.choice.plan(files)
            fields |= {"engine": plan.as_dict(), "control": []}
            lines = Lines("Engine", (f"{plan.engine}: {plan.why}",))
            return Result(
                envelope("control", fields, **told),
                [plan.as_dict()],
                tuple(plan.as_dict()),
                lambda: Page("Nothing was computed.", (lines,)),
            )
        found = control_by_engine(
            files, self.choice, rule, right=right, ultimate=question.ultimate, into=self.into
        )
        names = names or found.names(files)
        rows = Rows(lambda: found.as_rows(names))
        fields |= {"engine": found.as_dict(), "control": rows}
        document = envelope("control", fields, **told)
        return Result(document, rows, COLUMNS["control"], lambda: _page(title, found, rows))


def _refuse_of_files(when: When, question: Question) -> None:
    """Refuse what a register in Parquet does not tell: other days, and what is agreed."""
    asked = {name.replace("_", "-"): getattr(when, name) for name in ("as_of", "known_at")}
    asked |= {"remainder": when.remainder, "max-age": when.max_age != MAX_AGE_DAYS}
    asked["decision"] = question.decision != ORDINARY
    given = [name for name, value in asked.items() if value]
    if given:
        problem = f"--{given[0]} is not asked of a register in Parquet, which is of one day"
        raise InputError(problem, mend="leave it out, or give the data that it was made from")
    if question.right not in _OF_FILES:
        problem = f"a register in Parquet does not tell {question.right!r}"
        raise InputError(problem, mend=f"use one of: {', '.join(_OF_FILES)}")


def with_engine(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options of engines; the command gets `engine`."""

    @functools.wraps(command)
    def called(
        *args: object,
        engine: str | None,
        master: str,
        memory: str | None,
        scratch: str | None,
        into: str | None,
        plan: bool,
        **rest: object,
    ) -> None:
        options = EngineOptions(engine, master, memory, scratch, into, plan)
        command(*args, engine=options, **rest)

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
        "--scratch",
        metavar="FOLDER",
        help="Where an engine keeps what it finds on the way; of a cluster, one for all.",
    ),
    click.option(
        "--into",
        metavar="FILE",
        help="Let the engine write the rows there as Parquet instead of listing them.",
    ),
    click.option(
        "--plan",
        is_flag=True,
        help="Only say which engine would be asked, and why; nothing is computed.",
    ),
)


def _register_at(place: str) -> RegisterFiles | None:
    from keiretsu.measures.engines.register_files import (  # noqa: PLC0415 - heavy
        RegisterFiles,
        is_register,
    )

    elsewhere = "://" in place and not is_endpoint(place)
    return RegisterFiles.at(place) if elsewhere or is_register(place) else None


def _page(title: str, found: EngineAnswer, rows: Rows) -> Page:
    told = [found.plan.why]
    if found.rounds:
        parts = ", ".join(f"{name} {count}" for name, count in sorted(found.rounds.items()))
        told.append(f"{sum(found.rounds.values())} rounds: {parts}.")
    if found.written is not None:
        told.append(f"{found.count:,} rows are in {found.written}.")
        return Page(title, (Lines("Engine", tuple(told)),))
    columns = (Column("controller"), Column("company"), number("%"))
    cells = tuple(
        (r["controller"], r["company"], decimal(r["percent"])) for r in islice(rows, MOST_SHOWN)
    )
    listed = (
        Table(columns, cells) if cells else Lines("", ("nobody controls anybody by this rule",))
    )
    if found.count > MOST_SHOWN:
        told.append(
            f"These are the first {MOST_SHOWN:,} of {found.count:,} rows; all of them: "
            "-f csv -o FILE.csv, or --into FILE."
        )
    return Page(title, (listed, Lines("Engine", tuple(told))))
