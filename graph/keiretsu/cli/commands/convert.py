"""``keiretsu convert``: a file in another format, and what was lost on the way."""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import click

from keiretsu.cli.columns import COLUMNS
from keiretsu.cli.exits import CHECK_FAILED
from keiretsu.cli.options import INPUT_FORMAT, LENIENT, examples, with_output
from keiretsu.cli.output import STDOUT, Result
from keiretsu.cli.overwriting import refuse_overwriting
from keiretsu.cli.page import Column, Lines, Page, Table, number
from keiretsu.cli.progress import progress_on_terminal
from keiretsu.cli.remarks import warning_lines
from keiretsu.cli.world import STDIN, Source
from keiretsu.ownership_graph.converting import TARGETS, convert, target_of
from keiretsu.ownership_graph.converting_store import convert_store
from keiretsu.ownership_graph.document import envelope
from keiretsu.views.page.saving import WholeFile

if TYPE_CHECKING:
    from keiretsu.cli.output import Output
    from keiretsu.ownership_graph.converting import Conversion


@click.command(
    "convert",
    epilog=examples(
        "keiretsu convert alliance alliance.json --to bods",
        "keiretsu convert statements.json out.ttl",
        "keiretsu convert holdings.csv out.jsonld --strict",
        "keiretsu convert alliance fibo.ttl --to fibo",
    ),
)
@click.argument("source", metavar="IN")
@click.argument("out")
@click.option(
    "--to",
    "target",
    type=click.Choice(list(TARGETS)),
    help="Format to write. [default: by the ending of OUT]",
)
@INPUT_FORMAT
@click.option("--strict", is_flag=True, help="Write nothing and fail if anything would be lost.")
@LENIENT
@with_output()
@click.pass_context
def command(
    ctx: click.Context,
    source: str,
    out: str,
    target: str | None,
    input_format: str | None,
    *,
    strict: bool,
    lenient: bool,
    output: Output,
) -> None:
    """Convert a file into another format, and say what was lost.

    IN is a file of any format that -d takes, '-' is standard input, 'alliance' the bundled dataset.
    OUT is a file or '-' for standard output; the report goes to standard error then. OUT appears
    whole or not at all.

    Exit status: 0 done, 1 with --strict if something would be lost, 2 if IN cannot be read.
    """
    began = time.monotonic()
    refuse_overwriting(out)
    chosen = target_of(out, target)
    data = Source((source,), input_format)
    with _opened(out) as converted:
        progress = progress_on_terminal(summary=False)
        if data.store is not None:
            names = (data.store, "nquads", out)
            done = convert_store(data.store, chosen, progress=progress, output=converted.file)
        else:
            (material,) = data.materials()
            names = (material.name, material.format, out)
            done = convert(
                material, chosen, lenient=lenient, progress=progress, output=converted.file
            )
        refused = strict and not done.is_lossless
        if not refused:
            converted.keep()
    result = _result(done, names, time.monotonic() - began, written=not refused)
    if out == STDOUT and output.file == STDOUT:
        click.echo(output.text(result), nl=False, err=True)
    else:
        output.deliver(result)
    if refused:
        ctx.exit(CHECK_FAILED)


def _opened(out: str) -> WholeFile | _OnStandardOutput:
    return _OnStandardOutput() if out == STDIN else WholeFile(Path(out))


class _OnStandardOutput:
    """What goes to standard output when it is whole."""

    def __init__(self) -> None:
        self.file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by __exit__

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def keep(self) -> None:
        self.file.seek(0)
        shutil.copyfileobj(self.file, sys.stdout.buffer)
        sys.stdout.buffer.flush()


def _result(
    done: Conversion, names: tuple[str, str, str], seconds: float, *, written: bool
) -> Result:
    source, source_format, out = names
    rows: list[dict[str, Any]] = [
        {
            "stage": stage,
            "field": loss.field,
            "reason": loss.reason,
            "count": loss.count,
            "examples": list(loss.examples),
        }
        for stage, losses in (("read", done.read_losses), ("write", done.write_losses))
        for loss in losses
    ]
    fields = {
        "input": source,
        "input_format": source_format,
        "output": out,
        "output_format": done.target,
        "lossless": done.is_lossless,
        "written": done.written if written else 0,
        "records": done.records,
        "parties": done.parties,
        "claims": done.claims,
        "skipped": done.skipped,
        "losses": rows,
    }
    document = envelope("convert", fields, cautions=done.cautions)
    return Result(
        document,
        rows,
        COLUMNS["convert"],
        lambda: _page(done, names, seconds, rows, written=written),
    )


def _page(
    done: Conversion,
    names: tuple[str, str, str],
    seconds: float,
    rows: list[dict[str, Any]],
    *,
    written: bool,
) -> Page:
    source, source_format, out = names
    counts = ", ".join(
        f"{count:,} {word}"
        for count, word in (
            (done.records, "records"),
            (done.parties, "parties"),
            (done.claims, "claims"),
            (done.skipped, "skipped"),
        )
    )
    outcome = f"{done.written:,} written" if written else "nothing written, for something is lost"
    title = (
        f"{source} ({source_format}) to {out} ({done.target}):"
        f" {counts}, {outcome}, {seconds:.1f} seconds"
    )
    table = Table(
        (Column("what"), number("times"), Column("why"), Column("for example")),
        tuple(
            (
                f"{row['field']}",
                f"{row['count']:,}",
                row["reason"],
                row["examples"][0] if row["examples"] else "",
            )
            for row in rows
        ),
        "Not carried" if rows else "",
    )
    nothing = Lines("", () if rows or done.skipped else ("Nothing was lost.",))
    skipped = Lines("Skipped", tuple(f"{one.place}: {one.message}" for one in done.findings[:20]))
    return Page(title, (nothing, table, skipped, warning_lines(done.cautions)))
