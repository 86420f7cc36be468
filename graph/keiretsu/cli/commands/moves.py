"""``keiretsu moves``: how much to buy, or to sell, before control or votes switch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from keiretsu.cli.envelope import result_of
from keiretsu.cli.numbers import decimal, shown, spelled
from keiretsu.cli.options import EXACT, examples, with_output, with_world
from keiretsu.cli.page import Column, Lines, Page, Table, number
from keiretsu.cli.remarks import warning_lines
from keiretsu.cli.supposing import RULES_COMPARED
from keiretsu.scenarios.moves import moves

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from fractions import Fraction

    from keiretsu.cli.output import Output
    from keiretsu.cli.world import World
    from keiretsu.measures import Answer
    from keiretsu.scenarios import Move


@click.command(
    "moves",
    epilog=examples(
        "keiretsu moves Renault Nissan --as-of 2019-09-03",
        "keiretsu moves Nissan Renault --as-of 2020-12-31 -f json",
        "keiretsu moves Anna Base -d holdings.csv --rule majority-votes",
    ),
)
@click.argument("party")
@click.argument("company")
@RULES_COMPARED
@EXACT
@with_world
@with_output()
def command(
    party: str,
    company: str,
    *,
    rules: tuple[str, ...],
    exact: bool,
    world: World,
    output: Output,
) -> None:
    """Say how much a party must buy or may sell before control or votes switch.

    Every limit of the party's stake at which somebody gains or loses control, of the company or of
    one that holds it in a loop, or at which the law silences votes or gives them back: nearest
    first, with its article, and whether the limit itself does it. Also the ranges of the stake over
    which all stays the same, and the blocks of others that would give control.
    """
    answer = moves(world.open(), party, company, rules=rules)
    output.deliver(result_of(answer, lambda: moves_page(answer), exact_stake if exact else None))


def exact_stake(move: Move) -> Fraction:
    """Return the stake at the limit."""
    return move.stake


def moves_page(answer: Answer[Move]) -> Page:
    """Return what a person is shown."""
    fields = answer.fields
    columns = (
        Column("move"),
        number("to % of the capital"),
        number("by %"),
        number("shares moved"),
        number("% without own shares"),
        number("votes % then"),
        Column("what switches"),
    )
    rows = tuple(
        (
            move.direction,
            f"{move.sense} {spelled(move.stake)}",
            spelled(move.change),
            "" if move.shares_changed is None else f"{move.shares_changed:,}",
            spelled(move.voting_shares),
            shown(move.votes),
            "; ".join(switch.text for switch in move.switches),
        )
        for move in answer
    )
    title = (
        f"Moves of {fields['party']} in {fields['company']} on {answer.snapshot.as_of}, from "
        f"{decimal(fields['stake_percent'])} % of the capital"
    )
    found = Table(columns, rows) if rows else Lines("", ("no purchase or sale switches anything",))
    return Page(
        title,
        (
            found,
            Lines("Control", tuple(_control(fields["control"]))),
            Lines("All stays the same over", tuple(_ranges(fields["ranges"]))),
            _blocks(fields["blocks"]),
            warning_lines(answer.cautions),
        ),
    )


def _control(rows: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    for row in rows:
        move = row["move"]
        verb = "sell" if row["verdict"] == "certain" else "buy"
        end = "lose it" if verb == "sell" else "have it"
        told = f"no {'sale' if verb == 'sell' else 'purchase'} from the market changes that"
        if move is not None:
            shares = "" if move["change_shares"] is None else f" ({move['change_shares']:,} shares)"
            told = (
                f"{verb} {decimal(move['change_percent'])} %{shares}, to {move['sense']} "
                f"{decimal(move['percent'])} %, to {end}"
            )
        yield f"{row['rule']}: {row['verdict']}; {told}"


def _ranges(rows: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    for row in rows:
        here = " (today)" if row["current"] else ""
        what = "; ".join(row["holds"]) or "nobody controls, no votes are silenced"
        yield f"{decimal(row['from_percent'])} to {decimal(row['to_percent'])} %{here}: {what}"


def _blocks(rows: Iterable[Mapping[str, Any]]) -> Table | Lines:
    cells = tuple(
        (row["holder"], decimal(row["percent"]), ", ".join(row["gives_control_by"]) or "no")
        for row in rows
    )
    if not cells:
        return Lines("", ())
    columns = (Column("block of"), number("capital %"), Column("with all of it, control by"))
    return Table(columns, cells, "Blocks of others")
