"""``keiretsu validate``: what is wrong or doubtful in files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from keiretsu.cli.columns import COLUMNS
from keiretsu.cli.exits import CHECK_FAILED
from keiretsu.cli.options import INPUT_FORMAT, examples, with_output
from keiretsu.cli.output import Result
from keiretsu.cli.page import Lines, Page
from keiretsu.cli.world import Source
from keiretsu.model import Severity
from keiretsu.ownership_graph.checking import check, check_store
from keiretsu.ownership_graph.document import envelope

if TYPE_CHECKING:
    from keiretsu.cli.output import Output
    from keiretsu.model import Finding
    from keiretsu.ownership_graph.checking import Check


@click.command(
    "validate",
    epilog=examples(
        "keiretsu validate",
        "keiretsu validate holdings.csv more.ttl",
        "keiretsu validate holdings.csv -f json",
    ),
)
@click.argument("files", nargs=-1)
@click.option(
    "-d", "--data", metavar="FILE", multiple=True, help="Another way to name a file to check."
)
@INPUT_FORMAT
@with_output()
@click.pass_context
def command(
    ctx: click.Context,
    files: tuple[str, ...],
    data: tuple[str, ...],
    input_format: str | None,
    *,
    output: Output,
) -> None:
    """Check files: syntax, shapes, sums and contradictions.

    Every file is checked alone; if none has an error, all of them are checked together: on no day
    may the holdings of an issuer add up to more than the whole, and the audits look for
    contradictions, claims without a described source, offices held twice and ends that nobody told.
    Without FILES the bundled data is checked. A store's folder alone is checked where it lies,
    without reading it into memory, and findings are placed at the IRI of what they are about.
    Files of the Beneficial Ownership Data Standard are held against its JSON Schema and against its
    rules, which no schema can say.

    Exit status: 0 without errors (warnings are allowed), 1 with errors, 2 if a file cannot be read.
    """
    source = Source((*files, *data), input_format)
    store = source.store
    checked = check(source.materials()) if store is None else check_store(store)
    result = result_of_check(checked)
    output.deliver(result)
    if not result.whole()["conforms"]:
        ctx.exit(CHECK_FAILED)


def result_of_check(checked: Check) -> Result:
    """Return a check in all forms."""
    rows: list[dict[str, Any]] = [
        {
            "severity": finding.severity.value,
            "rule": finding.rule,
            "message": finding.message,
            "place": finding.place,
            "parties": list(finding.parties),
            "check": finding.check or None,
            "record": finding.record or None,
            "path": finding.path if finding.check else None,
        }
        for finding in checked.findings
    ]
    document = envelope(
        "validate",
        {"conforms": checked.conforms, "results": rows},
        dataset=None if checked.graph is None else checked.graph.fingerprint,
    )
    return Result(document, rows, COLUMNS["validate"], lambda: _page(checked))


def _page(checked: Check) -> Page:
    names, findings = ", ".join(checked.names), checked.findings
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    warnings = len(findings) - errors
    outcome = "has errors" if errors else "conforms"
    counts = f"{_count(errors, 'error')}, {_count(warnings, 'warning')}"
    return Page(
        f"{names}: {outcome} ({counts})", (Lines("", tuple(_line(one) for one in findings)),)
    )


def _line(finding: Finding) -> str:
    where = f"{finding.place}: " if finding.place else ""
    within = f" (in {finding.record or 'a record'}, {finding.path or '/'})" if finding.check else ""
    return f"{where}{finding.severity}: {finding.message} [{finding.rule}]{within}"


def _count(number: int, word: str) -> str:
    return f"{number or 'no'} {word}{'' if number == 1 else 's'}"
