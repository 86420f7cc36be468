"""``keiretsu beneficial``: who stands behind a company, by a legal test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from keiretsu.cli.envelope import result_of
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
from keiretsu.cli.remarks import Footnotes, warning_lines
from keiretsu.measures import beneficial

if TYPE_CHECKING:
    from keiretsu.cli.output import Output
    from keiretsu.cli.world import World
    from keiretsu.measures import Answer, BeneficialRecord


@click.command(
    "beneficial",
    epilog=examples(
        "keiretsu beneficial BMW --regime amlr --as-of 2019-09-03",
        "keiretsu beneficial Acme --regime psc -d holdings.csv -f json",
        "keiretsu beneficial Acme --regime amld --reading multiplication -d holdings.csv",
    ),
)
@click.argument("company")
@with_test
@EXACT
@with_world
@with_output()
def command(
    company: str,
    *,
    regime: str,
    readings: tuple[str, ...],
    joint: tuple[str, ...],
    controls: tuple[str, ...],
    exact: bool,
    world: World,
    output: Output,
) -> None:
    """Say who stands behind a company, by a legal test.

    Tests of beneficial ownership look for persons; parties of unknown kind that nobody holds count
    as persons, and the answer says so. Each ground is told with its article and its chain, and so
    are those that are not met, and what is unknown. An engineering reading, not legal advice.
    """
    answer = beneficial(
        world.open() if joint or controls else world.open(company),
        company,
        regime,
        readings=readings,
        joint=[(group,) for group in joint],
        powers=powers_of(controls),
    )
    output.deliver(
        result_of(
            answer,
            lambda: beneficial_page(answer),
            (lambda record: exactly(record.grounds[0])) if exact else None,
        )
    )


def beneficial_page(answer: Answer[BeneficialRecord]) -> Page:
    """Return what a person is shown."""
    notes = Footnotes()
    columns = (
        Column("person"),
        VERDICTS,
        Column("ground"),
        number("%"),
        Column("band"),
        Column("sources"),
    )
    rows = tuple(
        (
            record.person,
            ground.verdict.value,
            ground.article,
            counted(ground),
            ground.band,
            notes.cite(source for part in ground.through for source in part.sources),
        )
        for record in answer
        for ground in record.grounds
    )
    fields = answer.fields
    nobody = ("nobody meets the test", *([fields["fallback"]] if fields["fallback"] else []))
    found = Table(columns, rows) if rows else Lines("", nobody)
    title = f"Behind {fields['company']} on {answer.snapshot.as_of}: {fields['regime_text']}"
    ends = tuple(f"{end['party']}: {end['why']} ({end['article']})" for end in fields["unresolved"])
    return Page(
        f"{title} ({fields['regime']})",
        (
            Lines("", (f"Law: {fields['law']}",)),
            found,
            reasons((record.person, ground) for record in answer for ground in record.grounds),
            Lines("Where the record ends", (*ends, *fields["unknown"])),
            left_open((record.person, record.unknown) for record in answer),
            notes.lines(),
            warning_lines(answer.cautions),
        ),
    )
