"""Claims kept on disk: loaded once, and read only where a question looks."""

from __future__ import annotations

import contextlib
import datetime as dt
import tempfile
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from keiretsu.errors import NameNotFoundError
from keiretsu.formats import Reading
from keiretsu.formats.documents import content_digest
from keiretsu.ownership_graph.graph import OwnershipGraph
from keiretsu.ownership_graph.loading import Material, gathered, load_all
from keiretsu.ownership_graph.reading import read_date, read_remainder
from keiretsu.rights import MAJORITY
from keiretsu.rights.laws import RULED_JURISDICTIONS
from keiretsu.snapshot import MAX_AGE_DAYS, Snapshot
from keiretsu.snapshot.stored_register import register_on
from keiretsu.store.disk import DiskClaims, Folder, is_store, write_generation, write_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from keiretsu.formats.frame import Progress
    from keiretsu.formats.table.arrays import PlainTable
    from keiretsu.measures.register.stored_control import StoredControl
    from keiretsu.model import Caution, ClaimSet, Remainder
    from keiretsu.rights import ControlRule
    from keiretsu.store.disk import Manifest
    from keiretsu.store.memory import Store


_TABLE = "csv"
MOST_AS_RDF = 5_000_000
"""With more holdings than this a store is kept in columns alone unless RDF is asked for."""


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


class StoredGraph(OwnershipGraph):
    """Claims in a store on disk.

    A question about some companies reads only what lies above them; any other reads everything into
    memory first.

    Parameters
    ----------
    path
        The store's folder.

    Raises
    ------
    InputError
        If there is no store, it is damaged, or a version from the future wrote it.
    """

    def __init__(self, path: str | Path) -> None:
        self.disk = DiskClaims(path)
        self.cautions = ()

    @cached_property
    def store(self) -> Store:  # type: ignore[override]
        """Everything, in memory."""
        whole = self.disk.whole()
        whole.deriver = self.deriver
        return whole

    def default_date(self) -> dt.date:
        """Return the date of a question that names none: the data's horizon, else today."""
        return self.disk.horizon or dt.datetime.now(tz=dt.UTC).date()

    def claims_about(
        self,
        names: Sequence[str] = (),
        *,
        below: Sequence[str] = (),
        around: Sequence[str] = (),
        steps: int = 0,
    ) -> ClaimSet:
        """Return the claims that decide about some parties, or all if none are named.

        What decides about a party lies above it. The parties are those named, those that `below`
        hold, and those that so many steps from `around` lead to.
        """
        if not (names or below or around):
            return self.claims
        numbers = set(self._numbers_of(names))
        numbers.update(self.disk.below(self._numbers_of(below)))
        numbers.update(self.disk.near(self._numbers_of(around), steps))
        return self.disk.claims_above(sorted(numbers))

    def _numbers_of(self, names: Sequence[str]) -> list[int]:
        return [one for name in names for one in self._numbers(name)]

    def iris_named(self, names: Iterable[str]) -> list[str]:
        """Return the IRIs of all parties that names mean, be it none or several."""
        numbers = {number for name in names for number in self.disk.all_named(name)}
        return [self.disk.iri(number) for number in sorted(numbers)]

    def control_of_all(
        self,
        as_of: str | dt.date | None = None,
        *,
        rule: ControlRule = MAJORITY,
        rights: str = "votes",
        ultimate: bool = False,
        max_age: int = MAX_AGE_DAYS,
        remainder: str | None = None,
    ) -> StoredControl | None:
        """Return who controls whom, of everybody, without reading everything into memory.

        Parameters
        ----------
        as_of, max_age, remainder
            As in `snapshot`.
        rule
            The rule of control.
        rights
            The right that is counted.
        ultimate
            Whether only controllers count that nobody else controls.

        Returns
        -------
        StoredControl
            The rows that `keiretsu.control` gives of the whole in memory, in their order, told as
            they are read; None if columns cannot tell them: where a share is presumed to be
            enough, by a threshold of a half or less, and after agreements.
        """
        from keiretsu.measures.register.stored_control import (  # noqa: PLC0415 - may load a compiler
            StoredControl,
        )

        day = self.default_date() if as_of is None else read_date(as_of)
        register = register_on(self.disk.index, self.disk.checked_columns, day, RULED_JURISDICTIONS)
        if not StoredControl.can_tell(register, rule, rights):
            return None
        reader = _Reader(self.disk, day, max_age, read_remainder(remainder))
        return StoredControl(register, reader, rule, rights, ultimate=ultimate)

    def _numbers(self, name: str) -> list[int]:
        """Return the number of a party, or of several whose names are separated by commas."""
        try:
            return [self.disk.find(name)]
        except NameNotFoundError:
            parts = [part.strip() for part in name.split(",") if part.strip()]
            if len(parts) < 2:  # noqa: PLR2004 - one part is the name itself
                raise
            return [self.disk.find(part) for part in parts]


class _Reader(NamedTuple):
    """Reads a store on a day."""

    disk: DiskClaims
    day: dt.date
    max_age: int
    remainder: Remainder | None

    def label(self, number: int) -> str:
        """Return the label of a party."""
        return self.disk.label(number)

    def iri(self, number: int) -> str:
        """Return the IRI of a party."""
        return self.disk.iri(number)

    def world(self, numbers: Sequence[int], *, above: bool = True) -> Snapshot:
        """Return the holdings in some parties, and in all above them, on the day."""
        claims = self.disk.claims_above(numbers) if above else self.disk.claims_about(numbers)
        return Snapshot.of(claims, self.day, max_age_days=self.max_age, remainder=self.remainder)


def stored_material(path: str | Path) -> Material:
    """Return all that a store on disk holds, to be loaded beside files.

    Raises
    ------
    InputError
        If there is no store, it is damaged, or a version from the future wrote it.
    """
    disk = DiskClaims(path)
    if not disk.is_columns_alone:
        return Material(disk.claims_file, disk.path, "nquads")
    with _all_of(disk) as material:
        return Material(material.input.read(), disk.path, "nquads")


@contextlib.contextmanager
def _all_of(disk: DiskClaims) -> Iterator[Material]:
    """Give all that a store holds as N-Quads, for a while."""
    if not disk.is_columns_alone:
        yield Material(disk.claims_file, disk.path, "nquads")
        return
    with tempfile.TemporaryDirectory(prefix="keiretsu-nquads-") as folder:
        whole = Path(folder) / "claims.nq"
        disk.write_nquads(whole)
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
        digests = {material.name: content_digest(material.input) for material in materials}
        fresh = [m for m in materials if digests[m.name] not in inputs.values()]
        if known is not None and not fresh:
            return Loaded(known.manifest, changed=False, cautions=())
        quick = None
        if known is None and len(fresh) == 1 and columns_alone is not False and not lenient:
            quick = _as_arrays(fresh[0], least=0 if columns_alone else MOST_AS_RDF)
        if quick is not None:
            manifest = write_table(build, quick, inputs | digests)
            folder.publish(build, manifest)
            return Loaded(manifest, changed=True, cautions=quick.cautions)
        with contextlib.ExitStack() as opened:
            if known is not None:
                fresh.insert(0, opened.enter_context(_all_of(known)))
            claims, cautions = _claims(fresh, lenient=lenient, progress=progress)
        if columns_alone is None:
            columns_alone = len(claims.holdings) > MOST_AS_RDF
        manifest = write_generation(
            build, claims, inputs | digests, progress, columns_alone=columns_alone
        )
        changed = known is None or manifest.fingerprint != known.manifest.fingerprint
        folder.publish(build, manifest)
    return Loaded(manifest, changed, cautions)


def _as_arrays(material: Material, least: int) -> PlainTable | None:
    """Return a table of more than so many rows as arrays; None if it is none, or not plain."""
    if material.format != _TABLE:
        return None
    from keiretsu.formats.table.arrays import read_arrays  # noqa: PLC0415 - pyarrow is heavy

    data = material.input.read()
    return read_arrays(data, material.name) if data.count(b"\n") > least else None


def _claims(
    materials: Sequence[Material], *, lenient: bool, progress: Progress | None
) -> tuple[ClaimSet, tuple[Caution, ...]]:
    """Return what files say; one table or register alone needs no RDF in memory."""
    outside = materials[0].outside if len(materials) == 1 else None
    if outside is None:
        store, cautions = load_all(materials, lenient=lenient, progress=progress)
        return store.claims(), cautions
    material = materials[0]
    reading = Reading(material.name, lenient=lenient, progress=progress)
    claims = gathered(material, reading, progress)
    return claims, tuple(reading.cautions())
