"""``keiretsu screen``: which companies a legal test catches, given a list of parties."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from keiretsu.cli.asked import LISTED
from keiretsu.cli.envelope import result_of
from keiretsu.cli.exits import CHECK_FAILED
from keiretsu.cli.legal import (
    VERDICTS,
    counted,
    exactly,
    left_open,
    powers_of,
    reasons,
    with_test,
)
from keiretsu.cli.options import EXACT, examples, with_output, with_world
from keiretsu.cli.page import Column, Lines, Page, Table, number
from keiretsu.cli.parties_file import find_parties, read_names
from keiretsu.cli.remarks import Footnotes, warning_lines
from keiretsu.errors import InputError
from keiretsu.measures import screen
from keiretsu.measures.legal.regimes_table import regime as legal_regime

if TYPE_CHECKING:
    from keiretsu.cli.output import Output
    from keiretsu.cli.world import World
    from keiretsu.measures import Answer, CaughtRecord
    from keiretsu.model import Caution
    from keiretsu.snapshot import Snapshot


@click.command(
    "screen",
    epilog=examples(
        'keiretsu screen --regime ofac --listed "Russian State" --as-of 2022-06-30',
        "keiretsu screen --regime eu-sanctions --listed-file list.txt -d holdings.csv --fail",
        "keiretsu screen --regime uk-sanctions --listed X --listed Y --joint 'X, Y' -d own.csv",
        "keiretsu screen --regime close-links --reading t2s --listed Renault -f json",
    ),
)
@LISTED
@click.option(
    "--listed-file", metavar="FILE", help="A list: one name or identifier a line, or a CSV."
)
@click.option(
    "--companies", metavar="FILE", help="Only these companies: one name a line, or a CSV."
)
@click.option("--fail", is_flag=True, help="Exit with status 1 if the test catches somebody.")
@with_test
@EXACT
@with_world
@with_output()
@click.pass_context
def command(
    ctx: click.Context,
    *,
    regime: str,
    listed: tuple[str, ...],
    listed_file: str | None,
    companies: str | None,
    readings: tuple[str, ...],
    joint: tuple[str, ...],
    controls: tuple[str, ...],
    fail: bool,
    exact: bool,
    world: World,
    output: Output,
) -> None:
    """Say which companies a legal test catches because of the parties on a list.

    Each verdict names its article, the chain and what is unknown. Whether the listed count together
    and what passes through a chain is a matter of the test. The listed themselves are not listed.
    An engineering reading of the law, not legal advice.

    Exit status: 0, or with --fail 1 if somebody is caught, certainly or possibly; 2 for bad input.
    """
    snapshot = _world(world, regime, listed, listed_file, companies, joint=joint, controls=controls)
    names, told = _listed(snapshot, listed, listed_file)
    only, more = _companies(snapshot, companies)
    answer = screen(
        snapshot,
        regime,
        names,
        of=only,
        readings=readings,
        joint=[(group,) for group in joint],
        powers=powers_of(controls),
    )
    answer = replace(answer, cautions=tuple(sorted({*answer.cautions, *told, *more})))
    output.deliver(
        result_of(
            answer,
            lambda: screen_page(answer),
            (lambda record: exactly(record.grounds[0])) if exact else None,
        )
    )
    if fail and answer.records:
        ctx.exit(CHECK_FAILED)


def _world(
    world: World,
    regime: str,
    listed: tuple[str, ...],
    *files: str | None,
    joint: tuple[str, ...],
    controls: tuple[str, ...],
) -> Snapshot:
    """Return the world, or of a store what decides about all below the parties named."""
    if not (listed or files[0]) or any(ground.third for ground in legal_regime(regime).grounds):
        return world.open()  # third parties may be anywhere
    named = [*listed, *joint, *(name for pair in powers_of(controls) for name in pair)]
    entries = (entry for file in files if file is not None for entry in read_names(file))
    return world.open_below(*named, perhaps=(name for entry in entries for name in entry))


def _listed(
    snapshot: Snapshot, listed: tuple[str, ...], file: str | None
) -> tuple[list[str], list[Caution]]:
    names = [snapshot.parties[p].id for p in snapshot.directory.find_all(listed)]
    if file is None:
        if not names:
            raise InputError("nobody is listed", mend="give --listed PARTY or --listed-file FILE")
        return names, []
    found, told = find_parties(snapshot, read_names(file), file)
    return [*names, *found], told


def _companies(snapshot: Snapshot, file: str | None) -> tuple[list[str], list[Caution]]:
    return find_parties(snapshot, read_names(file), file) if file is not None else ([], [])


def screen_page(answer: Answer[CaughtRecord]) -> Page:
    """Return what a person is shown."""
    notes = Footnotes()
    columns = (
        Column("company"),
        VERDICTS,
        number("%"),
        Column("because of"),
        Column("article"),
        Column("sources"),
    )
    rows = tuple(
        (
            record.company,
            record.verdict.value,
            counted(record.grounds[0]),
            ", ".join(label for label, _ in record.by),
            record.article,
            notes.cite(source for part in record.grounds[0].through for source in part.sources),
        )
        for record in answer
    )
    found = Table(columns, rows) if rows else Lines("", ("the test catches nobody",))
    listed = ", ".join(party["party"] for party in answer.fields["listed"])
    title = f"{answer.fields['regime']} on {answer.snapshot.as_of}: {answer.fields['regime_text']}"
    return Page(
        title,
        (
            Lines("", (f"Listed: {listed}", f"Law: {answer.fields['law']}")),
            found,
            reasons((record.company, ground) for record in answer for ground in record.grounds),
            left_open((record.company, record.unknown) for record in answer),
            notes.lines(),
            warning_lines(answer.cautions),
        ),
    )
