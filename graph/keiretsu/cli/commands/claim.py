"""``keiretsu claim``: corrections by users, each with its source, each undoable."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from keiretsu.cli.commands.claim_answer import result
from keiretsu.cli.commands.claim_options import (
    KIND,
    ON,
    Place,
    with_citation,
    with_place,
    with_values,
)
from keiretsu.cli.options import examples, with_output
from keiretsu.model import PartyKind
from keiretsu.ownership_graph import OwnershipGraph
from keiretsu.ownership_graph.removal import forget as forget_person

if TYPE_CHECKING:
    from keiretsu.cli.output import Output
    from keiretsu.ownership_graph.editing import Editor, Outcome
    from keiretsu.ownership_graph.editing_values import Citation, HoldingValues


@click.group(
    "claim",
    epilog=examples(
        'keiretsu claim add Renault Nissan --percent 43.5 --source-title "Filing" -d mine.ttl',
        "keiretsu claim log -d mine.ttl",
        "keiretsu claim undo -d mine.ttl",
        "keiretsu votes Renault -d alliance -d my.trig",
    ),
)
def command() -> None:
    """Correct the data: add, reject and supersede claims, and undo it.

    An edit is appended to an RDF file and changes nothing that stands there: a rejected claim stays
    on record and is no longer read. The bundled data is corrected in a file of your own: add --into
    my.trig, and read both with -d alliance -d my.trig. Only a removal ('forget') deletes.
    """


@command.command(
    "add",
    epilog=examples(
        "keiretsu claim add Renault Nissan --percent 43.5 --from 2019-10 "
        '--source-title "Nikkei, 1 October 2019" --into my.trig',
        'keiretsu claim add "Exor N.V." Renault --percent ">5" --new-party --holder-kind Company '
        '--source-title "Notice 219C1000" --source-date 2019-06-03 -d mine.ttl',
    ),
)
@click.argument("holder")
@click.argument("issuer")
@with_values
@with_citation
@click.option("--new-party", is_flag=True, help="Make the parties whose names are not known.")
@click.option("--holder-kind", type=KIND, help="What a new holder is. [default: Party]")
@click.option("--issuer-kind", type=KIND, help="What a new issuer is. [default: Party]")
@ON
@with_place
@with_output()
def add(
    holder: str,
    issuer: str,
    *,
    values: HoldingValues,
    citation: Citation,
    new_party: bool,
    holder_kind: str | None,
    issuer_kind: str | None,
    on: str | None,
    place: Place,
    output: Output,
) -> None:
    """Add a holding that a source tells: HOLDER holds so much of ISSUER."""
    kinds = PartyKind(holder_kind or PartyKind.PARTY), PartyKind(issuer_kind or PartyKind.PARTY)
    editor = place.editor()
    outcome = editor.add(
        holder, issuer, values, citation, kinds=kinds if new_party else None, on=on
    )
    _deliver("add", editor, outcome, output)


@command.command(
    "reject",
    epilog=examples(
        'keiretsu claim reject 40f908ed61de --reason "the two companies are exchanged" '
        "--into my.trig",
    ),
)
@click.argument("claim")
@click.option("--reason", metavar="TEXT", required=True, help="Why it is not to be read.")
@ON
@with_place
@with_output()
def reject(claim: str, *, reason: str, on: str | None, place: Place, output: Output) -> None:
    """Reject a claim: it stays on record and is no longer read.

    CLAIM is its IRI, the last part of it, or a beginning of that part.
    """
    editor = place.editor()
    _deliver("reject", editor, editor.reject(claim, reason, on=on), output)


@command.command(
    "supersede",
    epilog=examples(
        "keiretsu claim supersede 40f908ed61de --percent 20.5 --until 2010-10-06 "
        '--source-title "Annual report 2010" --into my.trig',
    ),
)
@click.argument("claim")
@with_values
@with_citation
@click.option("--reason", metavar="TEXT", help="Why the old claim is not right.")
@ON
@with_place
@with_output()
def supersede(
    claim: str,
    *,
    values: HoldingValues,
    citation: Citation,
    reason: str | None,
    on: str | None,
    place: Place,
    output: Output,
) -> None:
    """Put a better claim in the place of a holding, which stays on record.

    What is not given is taken over from the old claim; but if --percent, --shares or --votes is
    given, no size is taken over. An empty date ('--until ""') takes the old one away.
    """
    editor = place.editor()
    outcome = editor.supersede(claim, values, citation, reason=reason, on=on)
    _deliver("supersede", editor, outcome, output)


@command.command("undo", epilog=examples("keiretsu claim undo -d mine.ttl"))
@with_place
@with_output()
def undo(*, place: Place, output: Output) -> None:
    """Take back the last edit of a file, which is then as it was before, byte for byte."""
    editor = place.editor()
    _deliver("undo", editor, editor.undo(), output)


@command.command(
    "log",
    epilog=examples("keiretsu claim log -d mine.ttl", "keiretsu claim log --into my.trig -f json"),
)
@with_place
@with_output()
def log(*, place: Place, output: Output) -> None:
    """List the edits of the data in their order."""
    graph = OwnershipGraph.of(place.materials(), lenient=place.source.lenient)
    claims = graph.claims
    output.deliver(
        result(
            "log",
            None,
            claims.edits,
            claims,
            dataset=claims.fingerprint,
            cautions=sorted(set(graph.cautions)),
        )
    )


@command.command(
    "forget",
    epilog=examples(
        'keiretsu claim forget "Jane Roe" --reason "request of the person" -d mine.ttl',
    ),
)
@click.argument("person")
@click.option("--reason", metavar="TEXT", required=True, help="Why, without naming the person.")
@ON
@with_place
@with_output()
def forget(person: str, *, reason: str, on: str | None, place: Place, output: Output) -> None:
    """Remove a person and every claim about them; this cannot be undone.

    The file is written anew without them, and without its comments. What stays is the record of the
    removal: a salted hash, by which the person is known again and left out when an old source is
    loaded together with this file.
    """
    editor = place.editor()
    _deliver("forget", editor, forget_person(editor, person, reason, on=on), output)


def _deliver(action: str, editor: Editor, outcome: Outcome, output: Output) -> None:
    # what was taken back is found in the data as it was before
    lookup = outcome.before if action == "undo" else outcome.after
    output.deliver(
        result(
            action,
            str(editor.file.path),
            [outcome.edit],
            lookup,
            dataset=outcome.after.fingerprint,
            new_parties=outcome.new_parties,
            cautions=outcome.cautions,
        )
    )
