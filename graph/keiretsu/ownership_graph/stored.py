"""Claims kept on disk: loaded once, and read only where a question looks."""

from __future__ import annotations

import datetime as dt
import hashlib
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from keiretsu.errors import NameNotFoundError
from keiretsu.formats import Reading
from keiretsu.ownership_graph.graph import OwnershipGraph
from keiretsu.ownership_graph.loading import Material, gathered, load_all
from keiretsu.store.disk import DiskClaims, Folder, is_store, write_generation

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from keiretsu.formats.frame import Progress
    from keiretsu.model import Caution, ClaimSet
    from keiretsu.store.disk import Manifest
    from keiretsu.store.memory import Store


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

    def claims_about(self, names: Sequence[str]) -> ClaimSet:
        """Return the claims above some parties, or all if none are named."""
        if not names:
            return self.claims
        return self.disk.claims_above([one for name in names for one in self._numbers(name)])

    def _numbers(self, name: str) -> list[int]:
        """Return the number of a party, or of several whose names are separated by commas."""
        try:
            return [self.disk.find(name)]
        except NameNotFoundError:
            parts = [part.strip() for part in name.split(",") if part.strip()]
            if len(parts) < 2:  # noqa: PLR2004 - one part is the name itself
                raise
            return [self.disk.find(part) for part in parts]


def stored_material(path: str | Path) -> Material:
    """Return all that a store on disk holds, to be loaded beside files.

    Raises
    ------
    InputError
        If there is no store, it is damaged, or a version from the future wrote it.
    """
    disk = DiskClaims(path)
    return Material(disk.claims_file, disk.path, "nquads")


def load_into_store(
    materials: Sequence[Material],
    path: str | Path,
    *,
    lenient: bool = False,
    progress: Progress | None = None,
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
        digests = {material.name: _digest(material) for material in materials}
        fresh = [m for m in materials if digests[m.name] not in inputs.values()]
        if known is not None and not fresh:
            return Loaded(known.manifest, changed=False, cautions=())
        if known is not None:
            fresh.insert(0, stored_material(path))
        claims, cautions = _claims(fresh, lenient=lenient, progress=progress)
        manifest = write_generation(build, claims, inputs | digests, progress)
        changed = known is None or manifest.fingerprint != known.manifest.fingerprint
        folder.publish(build, manifest)
    return Loaded(manifest, changed, cautions)


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


def _digest(material: Material) -> str:
    found = hashlib.sha256()
    with material.input.open_packed() as stream:
        while part := stream.read(1 << 20):
            found.update(part)
    return found.hexdigest()
