"""Files loaded into a store on disk: once, and all of it or nothing."""

from __future__ import annotations

import contextlib
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from keiretsu.errors import InputError
from keiretsu.formats import Reading
from keiretsu.formats.cycles import no_search_for_cycles
from keiretsu.formats.tally import Tally
from keiretsu.ownership_graph.digests import digests_beside
from keiretsu.ownership_graph.loading import Material, gathered, load_all
from keiretsu.store.disk import DiskClaims, Folder, is_store, write_table
from keiretsu.store.disk.manifest import DESCRIBED, SETTLED, notes_of
from keiretsu.store.disk.merging import merged
from keiretsu.store.disk.records_aside import RecordsAside
from keiretsu.store.disk.whole.everything import write_nquads
from keiretsu.store.disk.writing import generation_of, write_blocks
from keiretsu.store.unwritten import all_are_described, is_settled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from keiretsu.formats.frame import Progress
    from keiretsu.formats.table.arrays import PlainTable
    from keiretsu.model import Caution, ClaimSet
    from keiretsu.store.disk import Manifest
    from keiretsu.store.disk.writing import Generation

_TABLE, _STATEMENTS = "csv", "bods"
MOST_AS_RDF = 5_000_000
"""With more holdings than this a store is kept in columns alone unless RDF is asked for."""
_ARRAYS_FROM = 10_000
"""Rows of a table from which on reading it as arrays saves more than it takes to begin."""


class Loaded(NamedTuple):
    """What a load did.

    Parameters
    ----------
    manifest
        What the store holds now.
    changed
        Whether it holds anything that it did not before.
    cautions
        What was assumed or skipped.
    """

    manifest: Manifest
    changed: bool
    cautions: tuple[Caution, ...]


def stored_material(path: str | Path) -> Material:
    """Return all that a store on disk holds, to be loaded beside files.

    Raises
    ------
    InputError
        If there is no store, it is damaged, or a version from the future wrote it.
    """
    disk = DiskClaims(path)
    if not disk.is_columns_alone:
        disk.check_claims()
        return Material(disk.claims_file, disk.path, "nquads")
    with _all_of(disk) as material:
        return Material(material.input.read(), disk.path, "nquads")


@contextlib.contextmanager
def _all_of(disk: DiskClaims) -> Iterator[Material]:
    """Give all that a store holds as N-Quads, for a while."""
    if not disk.is_columns_alone:
        disk.check_claims()
        yield Material(disk.claims_file, disk.path, "nquads")
        return
    with tempfile.TemporaryDirectory(prefix="keiretsu-nquads-") as folder:
        whole = Path(folder) / "claims.nq"
        write_nquads(disk, whole)
        yield Material(whole, disk.path, "nquads")


def load_into_store(
    materials: Sequence[Material],
    path: str | Path,
    *,
    lenient: bool = False,
    progress: Progress | None = None,
    columns_alone: bool | None = None,
) -> Loaded:
    """Load files into a store on disk, beside what it holds; all of it or nothing.

    Parameters
    ----------
    materials
        What to load.
    path
        The store's folder; made if it is not there.
    lenient
        Whether malformed records are skipped and counted.
    progress
        Told how many records were read, or parties and claims written, so far.
    columns_alone
        Whether what columns hold is written as columns only, and its RDF made when it is asked
        for; so it is above `MOST_AS_RDF` claims if not given.

    Raises
    ------
    InputError
        If a file cannot be read, the store is damaged or being written to, or the disk is full;
        the store is then as it was.

    Notes
    -----
    Files that the store already holds are passed over, by their content. A new generation of the
    store is written beside the old one and put in force in one step, so that a load which is
    killed changes nothing.
    """
    folder = Folder(path)
    with folder.building() as build:
        known = DiskClaims(path) if is_store(path) else None
        inputs = dict(known.manifest.inputs) if known is not None else {}
        digests = digests_beside(materials)
        fresh = [m for m in materials if known is None or digests()[m.name] not in inputs.values()]
        if known is not None and not fresh:
            return Loaded(known.manifest, changed=False, cautions=())
        quick, tally = None, Tally(progress)
        if known is None and len(fresh) == 1 and not lenient:
            least = 0 if columns_alone else _ARRAYS_FROM
            quick = _as_arrays(fresh[0], progress, tally, least)
        if quick is not None:
            alone = len(quick.holder) > MOST_AS_RDF if columns_alone is None else columns_alone
            manifest = write_table(build, quick, inputs | digests(), tally, columns_alone=alone)
            cautions, notes = quick.cautions, [SETTLED, DESCRIBED]
        else:
            with RecordsAside() as records, no_search_for_cycles():
                reading = _Loading(known, fresh, lenient, progress, columns_alone, records=records)
                whole, alone = reading.generation()
                manifest = write_blocks(
                    build, whole, inputs | digests(), tally, columns_alone=alone
                )
            cautions, notes = reading.cautions, reading.notes
        changed = known is None or manifest.fingerprint != known.manifest.fingerprint
        before = known.manifest.assumed if known is not None else ()
        notes = [*notes, *notes_of((*before, *cautions))]
        folder.publish(build, replace(manifest, notes=notes))
    return Loaded(manifest, changed, cautions)


class _Loading:
    """What a store holds together with files.

    Parameters
    ----------
    known
        What it holds.
    fresh
        The files.
    lenient, progress, columns_alone
        As in `load_into_store`.
    records
        Where the source records of a single file that is no RDF are put aside.

    Attributes
    ----------
    cautions
        What was assumed or skipped, once `generation` was called.
    notes
        What is known of the claims then.
    """

    def __init__(
        self,
        known: DiskClaims | None,
        fresh: Sequence[Material],
        lenient: bool,
        progress: Progress | None,
        columns_alone: bool | None,
        *,
        records: RecordsAside,
    ) -> None:
        self._records = records
        self._known, self._fresh, self._lenient = known, fresh, lenient
        self._progress, self._columns_alone = progress, columns_alone
        self.cautions: tuple[Caution, ...] = ()
        self.notes = [SETTLED, DESCRIBED]

    def generation(self) -> tuple[Generation, bool]:
        """Return what is to be written, and whether as columns alone.

        Raises
        ------
        InputError
            If a file cannot be read, or contradicts what is there.
        """
        if self._known is None:
            claims = self._claims(self._fresh)
            self.notes = [
                *([SETTLED] if is_settled(claims) or self._is_rdf else []),
                *([DESCRIBED] if all_are_described(claims, self._records.documents) else []),
            ]
            return self._of(claims, self._records)
        return self._merged(self._known) or self._in_memory(self._known)

    def _merged(self, known: DiskClaims) -> tuple[Generation, bool] | None:
        try:
            claims = self._claims(self._fresh)
        except InputError:
            if not self._is_rdf:
                raise
            return None  # it may say more about what is described there
        known.check_everything()  # a spoilt byte is not written anew, with a checksum of its own
        holdings = known.manifest.counts["holdings"] + len(claims.holdings)
        alone = self._alone(holdings)
        whole = merged(known, claims, self._records, columns_alone=alone)
        return None if whole is None else (whole, alone)

    def _in_memory(self, known: DiskClaims) -> tuple[Generation, bool]:
        with _all_of(known) as there:
            return self._of(self._claims([there, *self._fresh]))

    def _of(self, claims: ClaimSet, records: RecordsAside | None = None) -> tuple[Generation, bool]:
        alone = self._alone(len(claims.holdings))
        return generation_of(claims, records, columns_alone=alone), alone

    def _alone(self, holdings: int) -> bool:
        return holdings > MOST_AS_RDF if self._columns_alone is None else self._columns_alone

    @property
    def _is_rdf(self) -> bool:
        """Whether the files go through the store in memory, which settles what they say."""
        return len(self._fresh) > 1 or self._fresh[0].outside is None

    def _claims(self, materials: Sequence[Material]) -> ClaimSet:
        """Return what files say; one table or register alone needs no RDF in memory."""
        outside = materials[0].outside if len(materials) == 1 else None
        if outside is None:
            store, self.cautions = load_all(
                materials, lenient=self._lenient, progress=self._progress
            )
            return store.claims()
        (material,) = materials
        reading = Reading(material.name, lenient=self._lenient, progress=self._progress)
        claims = gathered(material, reading, self._progress, self._records.take)
        self.cautions = tuple(reading.cautions())
        return claims


def _as_arrays(
    material: Material, progress: Progress | None, tally: Tally, least: int
) -> PlainTable | None:
    """Return a file of more than so many holdings as arrays; None if it is none, or not plain."""
    if material.format == _STATEMENTS:
        return _statements_as_arrays(material, progress, least)
    if material.format != _TABLE:
        return None
    from keiretsu.formats.table.arrays import read_arrays  # noqa: PLC0415 - pyarrow is heavy

    data = material.input.read()
    return read_arrays(data, material.name, tally) if data.count(b"\n") > least else None


def _statements_as_arrays(
    material: Material, progress: Progress | None, least: int
) -> PlainTable | None:
    from keiretsu.formats.bods.arrays import read_arrays  # noqa: PLC0415 - numpy is heavy

    reading = Reading(material.name, progress=progress)
    found = read_arrays(material.watched(progress), reading, least)
    if found is not None and progress is not None:
        progress.done(reading, len(found.kinds), len(found.holder))
    return found
