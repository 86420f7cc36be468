"""Where claims lie that somebody names: in files, in a store on disk, behind an endpoint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keiretsu.errors import InputError
from keiretsu.ownership_graph.backing import Backing, InMemory
from keiretsu.ownership_graph.loading import Material, bundled, load_all
from keiretsu.ownership_graph.on_disk import OnDisk

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def opened(
    files: Sequence[str | Path],
    *,
    lenient: bool,
    store: str | Path | None,
    endpoint: str | None,
    timeout: float | None,
) -> Backing:
    """Return the claims of files, of a store or of an endpoint; see `OwnershipGraph.open`.

    Raises
    ------
    InputError
        If more than one of the three is given, or what is given cannot be read.
    """
    if endpoint is not None:
        if files or store is not None:
            raise InputError(
                "an endpoint and something else are given", mend="load them into one store"
            )
        from keiretsu.ownership_graph.remote import BehindEndpoint  # noqa: PLC0415 - HTTP

        return BehindEndpoint(endpoint, timeout)
    if store is not None:
        if files:
            raise InputError("files and a store are given", mend="load the files into the store")
        return OnDisk(store)
    materials = [Material.of_file(file) for file in files] or [bundled()]
    return InMemory(*load_all(materials, lenient=lenient))
