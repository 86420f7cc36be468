"""What the audits find between the claims of a store, asked of those that can matter to one.

The audits are queries over the whole. Of a register most is plain, and plain holdings and parties
are each in order by themselves: they are found only together with what else is told of the same
pair, name, document or claim. So the queries are put to everything that is out of the ordinary and
to the plain ones of which columns tell that an audit may look at them; in a folder of Oxigraph, so
that memory does not grow if these are many.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from rdflib import RDF

from keiretsu.store.disk.blocks import Blocks, in_parts, named_in
from keiretsu.store.disk.sparql import Stream, fill_folder
from keiretsu.store.query.audits import run_audits
from keiretsu.store.query.guarded import run_guarded
from keiretsu.store.query.guarded_data import EngineFolder
from keiretsu.store.query.guarded_limits import UNLIMITED
from keiretsu.store.query.guarded_text import insert
from keiretsu.vocabulary import KEI

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray
    from rdflib.term import Node

    from keiretsu.model import Document, Finding
    from keiretsu.store.disk.claims import DiskClaims
    from keiretsu.store.query.answer import Answer

_PART: Final = 1 << 20
_DOCUMENTS: Final = re.compile(
    f"^<([^>]*)> <{RDF.type}> <(?:{KEI.Document}|{KEI.Correction})>".encode(), re.MULTILINE
)


def checked_together(disk: DiskClaims) -> list[Finding]:
    """Return what `keiretsu.store.query.audits.run_audits` finds in a store.

    Parameters
    ----------
    disk
        A settled store.

    Raises
    ------
    InputError
        If there is no room for the folder that is asked, or the store is damaged.
    """
    with tempfile.TemporaryDirectory(prefix="keiretsu-audit-") as above:
        folder = Path(above) / "sparql"
        fill_folder(folder, Stream(in_parts(_asked(disk), _PART)), disk.path)
        return run_audits(_Engine(folder), disk.path)


class _Engine:
    """Answers audits from a folder of Oxigraph."""

    def __init__(self, folder: Path) -> None:
        self._data = EngineFolder(folder)

    def query(
        self, text: str, bindings: Mapping[str, Node] | None = None, timeout: float | None = 10.0
    ) -> Answer:
        """Answer a query over all graphs."""
        asked = insert(text, bindings or {})
        return run_guarded(self._data, asked, timeout=timeout, limits=UNLIMITED).answer


def _asked(disk: DiskClaims) -> Iterator[bytes]:
    """Yield the blocks at which some audit may have to look, each once."""
    blocks, columns = Blocks(disk), disk.columns
    mentioned: set[bytes] = set()
    for text in blocks.odd():
        mentioned |= named_in(text)
        yield text
    rows = np.union1d(
        np.flatnonzero(columns.is_plain & (_in_a_pair(disk) | _to_be_looked_up(disk))),
        blocks.rows_of_claims(mentioned),
    )
    yield from map(blocks.holding, rows.tolist())
    numbers = {number for iri in mentioned if (number := disk.number_of(iri.decode())) is not None}
    numbers |= {int(one) for one in disk.index[rows, :2].ravel() if one >= 0}
    numbers |= set(_with_one_name(disk))
    is_plain = columns.party["plain"]
    yield from (blocks.party(number) for number in sorted(numbers) if is_plain[number])


def _in_a_pair(disk: DiskClaims) -> NDArray[np.bool_]:
    """Tell of each claim of the index whether others are about the same holder and issuer."""
    issuer, holder = disk.index[:, 0], disk.index[:, 1]
    _, group, size = np.unique(
        issuer * (disk.party_count + 1) + holder + 1, return_inverse=True, return_counts=True
    )
    found: NDArray[np.bool_] = size[group.ravel()] > 1
    return found


def _to_be_looked_up(disk: DiskClaims) -> NDArray[np.bool_]:
    """Tell of each claim of the index whether its document is not told, or may not tell its end."""
    columns, documents = disk.columns, disk.documents
    described = {iri.decode() for text in disk.of_all for iri in _DOCUMENTS.findall(text)}
    doubtful = np.zeros(len(columns.terms) + 1, dtype=np.bool_)  # the last for those without one
    for code in range(len(columns.terms)):
        period, document, _, _ = columns.said_of(code)
        doubtful[code] = document not in described or (
            period.end is not None and _appeared_before(documents, document, period.end.first)
        )
    found: NDArray[np.bool_] = doubtful[columns.term]
    return found


def _appeared_before(documents: Mapping[str, Document], iri: str, day: dt.date) -> bool:
    published = documents[iri].date if iri in documents else None
    return published is not None and published.last < day


def _with_one_name(disk: DiskClaims) -> list[int]:
    """Return the numbers of the parties whose labels differ in nothing but their case.

    Labels of one hash are taken for one, so that some may be among them that differ.
    """
    count = disk.party_count
    hashes = np.fromiter(
        (hash(disk.label(number).lower()) for number in range(count)), np.int64, count
    )
    _, group, size = np.unique(hashes, return_inverse=True, return_counts=True)
    found: list[int] = np.flatnonzero(size[group.ravel()] > 1).tolist()
    return found
