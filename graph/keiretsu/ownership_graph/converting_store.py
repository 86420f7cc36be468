"""A store on disk in another format, gone through where it lies instead of read into memory."""

from __future__ import annotations

import io
from typing import IO, TYPE_CHECKING

from keiretsu.formats import Reading
from keiretsu.model import LossReport
from keiretsu.ownership_graph.converting import Conversion, convert, write_claims
from keiretsu.ownership_graph.stored import stored_material
from keiretsu.store.disk import DiskClaims
from keiretsu.store.disk.manifest import DESCRIBED
from keiretsu.store.disk.whole.as_syntax import write_syntax
from keiretsu.store.disk.whole.streaming import streamed_claims
from keiretsu.store.export import SYNTAXES, VOCABULARIES

if TYPE_CHECKING:
    from pathlib import Path

    from keiretsu.formats.frame import Progress


def convert_store(
    path: str | Path,
    target: str,
    *,
    progress: Progress | None = None,
    output: IO[bytes] | None = None,
) -> Conversion:
    """Return all that a store on disk says in another format: the bytes that `convert` writes.

    Parameters
    ----------
    path
        The store's folder.
    target, progress, output
        As in `keiretsu.ownership_graph.converting.convert`.

    Raises
    ------
    InputError
        If there is no store, it is damaged, or it cannot be written.

    Notes
    -----
    RDF, statements of BODS and entities of FollowTheMoney are written in memory that does not grow
    with the store; tables hold their rows until they are written. The vocabularies of others, and
    a store in which something is left to be settled, are read into memory as RDF.
    """
    disk = DiskClaims(path)
    notes = disk.manifest.notes
    is_whole = disk.manifest.is_settled and DESCRIBED in notes
    if not is_whole or target in VOCABULARIES:
        return convert(stored_material(path), target, progress=progress, output=output)
    claims = streamed_claims(disk)
    if claims.edits:
        return convert(stored_material(path), target, progress=progress, output=output)
    output = io.BytesIO() if output is None else output
    report, written = LossReport(), None
    if target in SYNTAXES:
        write_syntax(disk, target, output)
    else:
        written = write_claims(claims, None, target, report, output)
    count = claims.size
    if progress is not None:
        progress.done(Reading(disk.path), len(claims.parties), count)
    return Conversion(
        output=output,
        target=target,
        records=count,
        skipped=0,
        parties=len(claims.parties),
        claims=count,
        written=count if written is None else written,
        write_losses=report.losses(),
    )
