"""``keiretsu validate``: what is wrong or doubtful in files."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from keiretsu.cli.columns import COLUMNS
from keiretsu.cli.exits import CHECK_FAILED
from keiretsu.cli.options import INPUT_FORMAT, examples, with_output
from keiretsu.cli.output import Result
from keiretsu.cli.page import Lines, Page
from keiretsu.cli.world import Source
from keiretsu.errors import InputError
from keiretsu.model import Finding, Severity
from keiretsu.ownership_graph import OwnershipGraph
from keiretsu.ownership_graph.document import envelope
from keiretsu.snapshot.audit import audit
from keiretsu.store.query.audits import run_audits
from keiretsu.store.validation import validate_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from keiretsu.cli.output import Output
    from keiretsu.ownership_graph import Material


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
    Without FILES the bundled data is checked. Files of the Beneficial Ownership Data Standard are
    held against its JSON Schema and against its rules, which no schema can say.

    Exit status: 0 without errors (warnings are allowed), 1 with errors, 2 if a file cannot be read.
    """
    materials = Source((*files, *data), input_format).materials()
    findings, graph = check(materials)
    result = result_of_check(materials, findings, graph)
    output.deliver(result)
    if not result.whole()["conforms"]:
        ctx.exit(CHECK_FAILED)


def check(materials: Sequence[Material]) -> tuple[list[Finding], OwnershipGraph | None]:
    """Return what was found in the files alone and together, and the data if it could be loaded.

    Raises
    ------
    InputError
        If a file cannot be read at all.
    """
    found = [finding for material in materials for finding in _alone(material)]
    if has_error(found):
        return found, None
    try:
        graph = OwnershipGraph.of(materials)
        claims = graph.claims
    except InputError as error:  # each is sound alone, so what is wrong lies between them
        message = f"{error.problem}; {error.mend}" if error.mend else error.problem
        return [*found, Finding(Severity.ERROR, "contradiction", message, error.place)], None
    together = ", ".join(material.name for material in materials)
    lines = {one.id: one.place for one in claims.holdings if one.place and one.place != one.id}
    audited = [_placed(finding, lines) for finding in run_audits(graph.store, together)]
    return [*found, *audit(claims), *audited], graph


def _placed(finding: Finding, lines: Mapping[str, str]) -> Finding:
    """Return a finding with the line of its claim for a place, where one is known."""
    subject = finding.place.rpartition(": <")[2].removesuffix(">")
    return replace(finding, place=lines.get(subject, finding.place))


def has_error(findings: Sequence[Finding]) -> bool:
    """Return whether some finding fails the check."""
    return any(finding.severity is Severity.ERROR for finding in findings)


def _alone(material: Material) -> list[Finding]:
    if material.outside is not None:
        return material.outside.check(material.input)
    return validate_bytes(material.data, material.format, material.name)


def result_of_check(
    materials: Sequence[Material], findings: Sequence[Finding], graph: OwnershipGraph | None
) -> Result:
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
        for finding in findings
    ]
    document = envelope(
        "validate",
        {"conforms": not has_error(findings), "results": rows},
        dataset=graph.claims.fingerprint if graph is not None else None,
    )
    return Result(document, rows, COLUMNS["validate"], lambda: _page(materials, findings))


def _page(materials: Sequence[Material], findings: Sequence[Finding]) -> Page:
    names = ", ".join(material.name for material in materials)
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
