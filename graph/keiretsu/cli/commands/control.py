"""``keiretsu control``: who controls whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from keiretsu.cli.asked import AT_LEAST, DECISION, RULE, rights_option
from keiretsu.cli.engines import EngineOptions, Question, with_engine
from keiretsu.cli.envelope import result_of
from keiretsu.cli.numbers import decimal, shown, spelled
from keiretsu.cli.options import EXACT, as_percent, examples, with_output, with_world
from keiretsu.cli.page import Column, Lines, Page, Table, number
from keiretsu.cli.remarks import Footnotes, warning_lines
from keiretsu.cli.whole_register import control_of_all, result_of_all
from keiretsu.measures import control
from keiretsu.measures.control.verdicts import chosen_rule
from keiretsu.model import ORDINARY
from keiretsu.ownership_graph.decisions import check_decision
from keiretsu.rights import control_rule, turnout_rule

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

    from keiretsu.cli.output import Output
    from keiretsu.cli.world import World
    from keiretsu.measures import Answer, ControlRecord

MOST_REASONS = 12
"""With more rows than this, the reasons would hide the table."""

VERDICTS = Column("verdict", styles={"certain": "green", "possible": "yellow", "impossible": "red"})


@click.command(
    "control",
    epilog=examples(
        "keiretsu control --by Renault --of Nissan --as-of 2019-09-03",
        "keiretsu control --of Nissan --rule fr-presumption-40 --as-of 2019-09-03",
        "keiretsu control --group Renault --group Daimler --of Nissan --threshold 33.4",
        "keiretsu control --of Renault --turnout 55 --as-of 2020-12-31",
        "keiretsu control --ultimate -d holdings.csv -f csv",
        "keiretsu control --ultimate --engine duckdb -d register -f csv -o controllers.csv",
    ),
)
@click.option(
    "--by", metavar="PARTY", multiple=True, help="A controller asked about. May be repeated."
)
@click.option(
    "--of", metavar="COMPANY", multiple=True, help="A company asked about. May be repeated."
)
@click.option(
    "--group",
    metavar="PARTY",
    multiple=True,
    help="A member of a group that acts as one controller. Repeat it for each member.",
)
@click.option(
    "--threshold",
    metavar="PERCENT",
    callback=as_percent,
    help="The limit: control takes more than this. [default: 50]",
)
@AT_LEAST
@click.option(
    "--turnout",
    metavar="PERCENT",
    callback=as_percent,
    help="The part of all votes that is cast: control is then a majority of these. [default: all]",
)
@RULE
@rights_option("votes")
@DECISION
@click.option("--ultimate", is_flag=True, help="Only controllers that nobody else controls.")
@click.option(
    "--undisclosed-to",
    metavar="PARTY",
    help="Say whom PARTY could control if all that is not disclosed were its.",
)
@with_engine
@EXACT
@with_world
@with_output()
def command(
    *,
    by: tuple[str, ...],
    of: tuple[str, ...],
    group: tuple[str, ...],
    threshold: Fraction | None,
    turnout: Fraction | None,
    rule: str | None,
    rights: str,
    decision: str,
    at_least: bool,
    ultimate: bool,
    undisclosed_to: str | None,
    engine: EngineOptions,
    exact: bool,
    world: World,
    output: Output,
) -> None:
    """Say who controls whom, by which rule, and what is missing.

    A party controls a company when it, and those that it controls already, have more than half of
    the votes that the law lets holders use, or what --threshold or --rule asks. Verdicts are
    certain, possible (some shares are known as ranges only) or impossible. --by and --of list the
    impossible ones too, with what is missing: the smallest stake to buy from the remainder, and
    which blocks of others would do. Options that take parties may be repeated.

    A whole register, in Parquet or as any other data, is asked with --engine: in memory, by DuckDB
    or by Spark. Such an answer has no reasons; ask for them with --of.
    """
    register = engine.register(world)
    if register is not None:
        named: dict[str, object] = {
            "by": by,
            "of": of,
            "group": group,
            "undisclosed-to": undisclosed_to,
        }
        named |= {"rule": rule, "exact": exact}
        if turnout is not None:
            chosen = turnout_rule(turnout, threshold=threshold, at_least=at_least)
        else:
            chosen = control_rule(threshold=threshold, at_least=at_least, right=rights)
        engine.refuse(named)
        output.deliver(register(Question(chosen, rights, decision, ultimate)))
        return
    graph = world.source.open()
    check_decision(graph, decision)
    if not (by or of or group or decision != ORDINARY or undisclosed_to or exact):
        chosen = chosen_rule(rule, threshold, turnout, rights, at_least=at_least)
        told = control_of_all(graph, world.when, chosen, rights, ultimate=ultimate)
        if told is not None:
            output.deliver(result_of_all(told, control_page))
            return
    below = () if of or undisclosed_to else (*by, *group)
    answer = control(
        world.when.of(graph, [*of, *by, *group] if of else (), below=below),
        by=by,
        of=of,
        group=group,
        rule=rule,
        threshold=threshold,
        at_least=at_least,
        rights=rights,
        decision=decision,
        ultimate=ultimate,
        turnout=turnout,
        undisclosed_to=undisclosed_to,
    )
    output.deliver(result_of(answer, lambda: control_page(answer), exact_least if exact else None))


def exact_least(record: ControlRecord) -> Fraction:
    """Return the least that the controller has."""
    return record.bounds.low


def control_page(answer: Answer[ControlRecord]) -> Page:
    """Return what a person is shown."""
    notes = Footnotes()
    right = answer.fields["rights"].replace("-", " ")
    columns = (
        Column("controller"),
        Column("company"),
        VERDICTS,
        number(f"{right} %"),
        number("missing %"),
        Column("through"),
        Column("sources"),
    )
    rows = tuple(
        (
            record.controller,
            record.company,
            record.verdict.value,
            shown(record.bounds),
            "" if record.missing is None else spelled(record.missing),
            _through(record),
            notes.cite(source for part in record.through for source in part.sources),
        )
        for record in answer
    )
    found = Table(columns, rows) if rows else Lines("", ("nobody controls anybody by this rule",))
    title = f"Control on {answer.snapshot.as_of}: {answer.fields['rule_text']}"
    return Page(
        f"{title} ({answer.fields['rule']})",
        (
            found,
            _reasons(answer),
            _missing(answer),
            Lines("If it were disclosed", tuple(_undisclosed(answer))),
            notes.lines(),
            warning_lines(answer.cautions),
        ),
    )


def _through(record: ControlRecord) -> str:
    """Say whose votes are counted, where they are not the controller's own alone."""
    holders = [part.holder for part in record.through]
    if holders == [record.controller]:
        return ""
    return " + ".join(f"{part.holder} {spelled(part.share)}" for part in record.through)


def _missing(answer: Answer[ControlRecord]) -> Lines:
    """Say what those without control could buy to have it."""
    if len(answer) > MOST_REASONS:
        return Lines("", ())
    return Lines(
        "What would give control", tuple(_buys(r) for r in answer if r.blocks or r.purchase)
    )


def _buys(record: ControlRecord) -> str:
    told = []
    if record.purchase is not None:
        more = "more than " if record.purchase.more else ""
        stake = f"{more}{spelled(record.purchase.capital)} % of the capital"
        source = record.purchase.source
        told.append(
            f"{stake} from the {source} part"
            if source
            else f"{stake}, which is more than the unnamed rest"
        )
    would = [f"{b.holder} {spelled(b.share)} %" for b in record.blocks if b.sufficient]
    if would:
        told.append(f"{'any of the blocks' if len(would) > 1 else 'the block'} {', '.join(would)}")
    elif record.fewest_blocks:
        told.append(f"the blocks {' + '.join(record.fewest_blocks)} together, and no single one")
    else:
        told.append("all blocks of the others together are too few")
    return f"{record.controller} in {record.company}: {'; '.join(told)}"


def _undisclosed(answer: Answer[ControlRecord]) -> Iterable[str]:
    """Say whom a party could control if the undisclosed parts were its, where that was asked."""
    added = answer.fields.get("what_undisclosed_could_add")
    if added is None:
        return
    if not added["companies"]:
        yield f"{added['party']} could control nobody further"
    for row in added["companies"]:
        alone = ", ".join(row["issuers"])
        yield (
            f"{added['party']} could control {row['company']}, with at most "
            f"{decimal(row['could_have_percent'])} %; "
            + (f"the undisclosed part of {alone} alone would do" if alone else "by several parts")
        )


def _reasons(answer: Answer[ControlRecord]) -> Lines:
    if len(answer) > MOST_REASONS:
        more = "each row's reasons: -f json, or fewer rows with --by and --of"
        return Lines("Reasons", (more,))
    return Lines("Reasons", tuple(" ".join(record.explanation) for record in answer))
