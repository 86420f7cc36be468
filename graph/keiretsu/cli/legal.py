"""What the commands of legal tests share: their options and the tables of grounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from keiretsu.cli.numbers import shown
from keiretsu.cli.page import Column, Lines
from keiretsu.errors import InputError
from keiretsu.measures import REGIMES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from fractions import Fraction

    from keiretsu.measures import GroundRecord

VERDICTS = Column("verdict", styles={"certain": "green", "possible": "yellow", "impossible": "red"})

REGIME = click.option(
    "--regime",
    metavar="NAME",
    required=True,
    help=f"The legal test: {', '.join(REGIMES)}.",
)
READING = click.option(
    "--reading",
    "readings",
    metavar="NAME",
    multiple=True,
    help="Only this ground or reading of the test, such as 52 of amlr, multiplication of amld, t2s "
    "of close-links.",
)
JOINT = click.option(
    "--joint",
    metavar="PARTIES",
    multiple=True,
    help="Parties with a joint arrangement, such as 'X, Y': each counts with the others.",
)
CONTROLS = click.option(
    "--controls",
    metavar="PARTY>COMPANY",
    multiple=True,
    help="A power that is no share: to appoint the board's majority, a golden share, control by "
    "law.",
)


def with_test(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that every legal test has."""
    for option in (CONTROLS, JOINT, READING, REGIME):
        command = option(command)
    return command


def powers_of(values: Iterable[str]) -> list[tuple[str, str]]:
    """Return the pairs that ``PARTY>COMPANY`` names.

    Raises
    ------
    InputError
        If a value is not of that form.

    Examples
    --------
    >>> powers_of(["State > Arms Ltd."])
    [('State', 'Arms Ltd.')]
    """
    found = []
    for value in values:
        party, arrow, company = (part.strip() for part in value.partition(">"))
        if not (party and arrow and company):
            raise InputError(
                f"{value!r} does not say who controls whom", mend="write PARTY>COMPANY"
            )
        found.append((party, company))
    return found


def exactly(ground: GroundRecord) -> Fraction | None:
    """Return what the deciding ground counted, if it is exactly known."""
    known = ground.right and ground.bounds.low == ground.bounds.high
    return ground.bounds.low if known else None


def counted(ground: GroundRecord) -> str:
    """Return what a ground counted, for a table."""
    return shown(ground.bounds) if ground.right else "a power"


def reasons(rows: Iterable[tuple[str, GroundRecord]]) -> Lines:
    """Return why each row is there: article, what it asks, and the chain."""
    return Lines(
        "Reasons",
        tuple(
            f"{name}: {ground.verdict.value} by {ground.article} ({ground.text}). "
            f"{' '.join(ground.chain)}"
            for name, ground in rows
        ),
    )


def left_open(rows: Iterable[tuple[str, Iterable[str]]]) -> Lines:
    """Return what the record leaves open, row by row."""
    told = tuple(
        f"{name}: {'; '.join(texts)}" for name, texts in ((n, tuple(t)) for n, t in rows) if texts
    )
    return Lines("Unknown", told)
