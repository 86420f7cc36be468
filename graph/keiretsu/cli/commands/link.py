"""``keiretsu link``: parties that may be one, for a person to confirm."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from keiretsu.cli.columns import COLUMNS
from keiretsu.cli.commands.claim_options import ON, Place, with_place
from keiretsu.cli.options import examples, with_output
from keiretsu.cli.output import Result
from keiretsu.cli.page import Column, Page, Table, number
from keiretsu.cli.remarks import warning_lines
from keiretsu.errors import InputError
from keiretsu.model import Caution
from keiretsu.ownership_graph import OwnershipGraph
from keiretsu.ownership_graph.document import envelope
from keiretsu.ownership_graph.linking import LEAST_SCORE, confirm, proposals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keiretsu.cli.output import Output
    from keiretsu.model import ClaimSet
    from keiretsu.ownership_graph.linking import Proposal


@click.command(
    "link",
    epilog=examples(
        "keiretsu link -d register.jsonl -d mine.csv",
        "keiretsu link -d register.jsonl -d mine.csv --confirm 3 "
        '--reason "same date of birth and address" --into my.trig',
    ),
)
@click.option(
    "--least",
    metavar="SCORE",
    type=click.FloatRange(0, 100),
    default=LEAST_SCORE,
    show_default=True,
    help="How alike names must be, of 100.",
)
@click.option(
    "--confirm",
    "confirmed",
    metavar="NUMBER",
    type=click.IntRange(1),
    multiple=True,
    help="Write that the two of this proposal are one party. May be repeated.",
)
@click.option("--reason", metavar="TEXT", help="Why they are one; needed with --confirm.")
@ON
@with_place
@with_output()
def command(
    *,
    least: float,
    confirmed: tuple[int, ...],
    reason: str | None,
    on: str | None,
    place: Place,
    output: Output,
) -> None:
    """Propose parties of several records that may be one, and confirm them.

    Parties that share an identifier, such as an LEI or a company number with its register, are one
    already. Proposals rest on names alone and join nobody. What is confirmed is an edit, in the
    file given with --into; 'claim undo' takes it back.
    """
    # The file that is edited may still have to be made.
    beside = place.into is None or not Path(place.into).exists()
    materials = place.source.materials() if beside else place.materials()
    graph = OwnershipGraph.of(materials, lenient=place.source.lenient)
    found, cut = proposals(graph.claims.parties.values(), least=least)
    numbered = dict(enumerate(found, start=1))
    cautions = set(graph.cautions)
    if cut:
        text = "words that very many names have were not compared"
        cautions.add(Caution("proposals-cut", text))
    claims, file = graph.claims, None
    if confirmed:
        numbered = _chosen(numbered, confirmed)
        claims, file = _written(list(numbered.values()), reason, on, place)
    rows = [_row(key, one, confirmed=bool(confirmed)) for key, one in numbered.items()]
    output.deliver(_result(rows, file, claims, sorted(cautions)))


def _chosen(numbered: dict[int, Proposal], wanted: Sequence[int]) -> dict[int, Proposal]:
    strange = next((key for key in wanted if key not in numbered), None)
    if strange is not None:
        problem = f"there is no proposal {strange}, only {len(numbered)}"
        raise InputError(problem, mend="list them without --confirm, with the same data")
    return {key: numbered[key] for key in dict.fromkeys(wanted)}


def _written(
    chosen: list[Proposal], reason: str | None, on: str | None, place: Place
) -> tuple[ClaimSet, str]:
    if reason is None:
        raise InputError("--confirm needs --reason", mend='add --reason "same passport"')
    editor = place.editor()
    claims = editor.claims()
    for one in chosen:
        claims = confirm(editor, one.first.id, one.second.id, reason, on=on).after
    return claims, str(editor.file.path)


def _row(key: int, one: Proposal, *, confirmed: bool) -> dict[str, Any]:
    return {
        "number": key,
        "party": one.first.label,
        "party_id": one.first.id,
        "other": one.second.label,
        "other_id": one.second.id,
        "score": one.score,
        "why": list(one.why),
        "confirmed": confirmed,
    }


def _result(
    rows: list[dict[str, Any]], file: str | None, claims: ClaimSet, cautions: Sequence[Caution]
) -> Result:
    document = envelope(
        "link",
        {"file": file, "proposals": rows},
        dataset=claims.fingerprint,
        cautions=cautions,
    )
    return Result(document, rows, COLUMNS["link"], lambda: _page(rows, file, cautions))


def _page(rows: list[dict[str, Any]], file: str | None, cautions: Sequence[Caution]) -> Page:
    columns = (number("number"), Column("party"), Column("other"), number("score"), Column("why"))
    cells = tuple(
        (str(row["number"]), row["party"], row["other"], f"{row['score']:g}", "; ".join(row["why"]))
        for row in rows
    )
    what = "party is one" if len(rows) == 1 else "parties are one"
    count = f"{len(rows) or 'No'} proposal{'' if len(rows) == 1 else 's'}"
    title = f"{count}; names join nobody until somebody confirms"
    if file is not None:
        title = f"{len(rows)} {what} with another, written to {file}"
    return Page(title, (Table(columns, cells), warning_lines(cautions)))
