"""The table that `owners` and `holdings` share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from keiretsu.cli.asked import rights_option
from keiretsu.cli.numbers import decimal, shown
from keiretsu.cli.options import as_percent
from keiretsu.cli.page import Column, Lines, Page, Table, number
from keiretsu.cli.remarks import Footnotes, warning_lines
from keiretsu.measures.ownership.integrated import METHODS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from fractions import Fraction

    from keiretsu.measures import Answer, OwnerRecord

Row = tuple[str, ...]

FOLLOWED = rights_option("capital")
METHOD = click.option(
    "--method",
    type=click.Choice(METHODS),
    default=METHODS[0],
    show_default=True,
    help="The convention by which indirect shares are reckoned.",
)
DAMPING = click.option(
    "--damping",
    metavar="PERCENT",
    callback=as_percent,
    help="For --method damped: what each holding of a chain after the first is multiplied by.",
)

_BEYOND = {
    "float": "float (dispersed holders)",
    "undisclosed": "undisclosed holders",
    "nobody": "nobody",
    "no_outside_owner": "closed loops without an outside owner",
}


def exact_direct(record: OwnerRecord) -> Fraction | None:
    """Return what is held directly, if it is exactly known."""
    direct = record.direct
    return direct.low if direct is not None and direct.low == direct.high else None


def stakes_page(
    answer: Answer[OwnerRecord],
    what: str,
    rest: Callable[[Answer[OwnerRecord]], Iterable[Row]] | None = None,
) -> Page:
    """Return the page of an answer about stakes.

    Parameters
    ----------
    answer
        The answer.
    what
        What was asked, the beginning of the title.
    rest
        Gives further rows: what ends with nobody in particular.
    """
    notes = Footnotes()
    rows: list[Row] = [
        (
            record.party,
            _kind(record.kind),
            shown(record.direct),
            shown(record.integrated),
            shown(record.look_through),
            notes.cite(record.sources),
        )
        for record in answer
    ]
    rows += rest(answer) if rest is not None else []
    columns = (
        Column("issuer" if answer.command == "holdings" else "holder"),
        Column("kind"),
        number("direct %"),
        number("in all %"),
        number("passing through %"),
        Column("sources"),
    )
    found = Table(columns, tuple(rows)) if rows else Lines("", ("nothing is recorded",))
    rights, method = answer.fields["rights"], answer.fields["method"]
    title = f"{what} on {answer.snapshot.as_of}, by {rights.replace('-', ' ')} ({method})"
    added = Lines("If it were disclosed", tuple(_undisclosed(answer)))
    return Page(title, (found, added, notes.lines(), warning_lines(answer.cautions)))


def remainder_rows(answer: Answer[OwnerRecord]) -> list[Row]:
    """Return what of a company ends with nobody in particular, where it is anything."""
    rows: list[Row] = []
    for kind, label in _BEYOND.items():
        value = _value(answer, f"{kind}_percent")
        if value:
            rows.append((label, "", "", value, "", ""))
    return rows


def _undisclosed(answer: Answer[OwnerRecord]) -> Iterable[str]:
    """Say what a party could have if the undisclosed parts were its, where that was asked."""
    added = answer.fields.get("what_undisclosed_could_add")
    if added is None:
        return
    yield (
        f"{added['party']} has at most {decimal(added['percent_max'])} % by what is declared; if "
        f"all undisclosed parts were its, at most {decimal(added['could_have_percent'])} %"
    )
    for part in added["issuers"]:
        yield (
            f"the undisclosed part of {part['issuer']} alone could add "
            f"{decimal(part['could_add_percent'])} %"
        )


def _value(answer: Answer[OwnerRecord], key: str) -> str:
    exactly = answer.fields.get(key)
    if exactly is not None:
        return decimal(exactly) if exactly else ""
    low, high = answer.fields.get(f"{key}_min"), answer.fields.get(f"{key}_max")
    if low is None or high is None:
        return ""
    return f"{decimal(low)}\N{EN DASH}{decimal(high)}"


def _kind(kind: str) -> str:
    """Return a kind in words: ``GovernmentBody`` as ``government body``."""
    return "".join(f" {c.lower()}" if c.isupper() else c for c in kind).strip()
