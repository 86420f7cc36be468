"""``keiretsu load``: files into a store on disk."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from keiretsu.cli.columns import COLUMNS
from keiretsu.cli.exits import StoppedError
from keiretsu.cli.options import INPUT_FORMAT, LENIENT, examples, with_output
from keiretsu.cli.output import Result
from keiretsu.cli.page import Lines, Page
from keiretsu.cli.progress import progress_on_terminal
from keiretsu.cli.remarks import warning_lines
from keiretsu.cli.world import Source
from keiretsu.ownership_graph.document import envelope
from keiretsu.ownership_graph.on_disk import OnDisk
from keiretsu.ownership_graph.stored import load_into_store
from keiretsu.store.disk import Folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keiretsu.cli.output import Output
    from keiretsu.ownership_graph.stored import Loaded


@click.command(
    "load",
    epilog=examples(
        "keiretsu load holdings.csv --store register",
        "keiretsu owners Nissan -d register",
    ),
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--store", required=True, metavar="DIR", help="The store's folder.")
@INPUT_FORMAT
@LENIENT
@click.option(
    "--rdf/--columns",
    "rdf",
    default=None,
    help="Keep everything as RDF too, or plain holdings in columns alone, of which RDF is made "
    "when it is asked for. [default: RDF up to five million holdings]",
)
@click.option(
    "--sparql",
    is_flag=True,
    help="Make the index that SPARQL queries need at once, and not at the first query.",
)
@with_output()
def command(
    files: tuple[str, ...],
    store: str,
    input_format: str | None,
    *,
    lenient: bool,
    rdf: bool | None,
    sparql: bool,
    output: Output,
) -> None:
    """Load files into a store on disk, beside what it holds.

    All files are taken or none, and the store changes in one step: a load that is stopped leaves it
    as it was, and loading a file again changes nothing. Other commands read the store with -d DIR;
    a question about one company then reads only what lies above the company.
    """
    materials = Source(files, input_format).materials()
    with _telling_what_is_left(store):
        loaded = load_into_store(
            materials,
            store,
            lenient=lenient,
            progress=progress_on_terminal(),
            columns_alone=None if rdf is None else not rdf,
        )
    if sparql:
        OnDisk(store, progress_on_terminal(summary=False, of="statements")).queries.prepare()
    output.deliver(_result(store, loaded))


@contextmanager
def _telling_what_is_left(store: str) -> Iterator[None]:
    """Say of a load that is stopped that nothing was changed, if so it is."""
    before = Folder(store).named()
    try:
        yield
    except KeyboardInterrupt:
        unchanged = Folder(store).named() == before
        raise StoppedError("nothing was changed" if unchanged else "all was loaded") from None


def _result(store: str, loaded: Loaded) -> Result:
    manifest = loaded.manifest
    inputs = [{"file": name, "sha256": digest} for name, digest in sorted(manifest.inputs.items())]
    fields: dict[str, Any] = {
        "store": store,
        "changed": loaded.changed,
        "parties": manifest.counts["parties"],
        "holdings": manifest.counts["holdings"],
        "columns_alone": bool(manifest.columns_alone),
        "inputs": inputs,
    }
    document = envelope("load", fields, dataset=manifest.fingerprint, cautions=loaded.cautions)

    def page() -> Page:
        done = "holds" if loaded.changed else "already held all of it:"
        counts = f"{fields['parties']:,} parties and {fields['holdings']:,} holdings"
        lines = Lines("", (f"read it with -d {store}",))
        return Page(f"{store} {done} {counts}", (lines, warning_lines(loaded.cautions)))

    return Result(document, inputs, COLUMNS["load"], page)
