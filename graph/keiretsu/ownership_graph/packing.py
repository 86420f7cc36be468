"""Data handed to another process of this machine: as N-Quads, or as the name of a folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import IO, TYPE_CHECKING

from keiretsu.errors import InputError
from keiretsu.model import Caution
from keiretsu.ownership_graph.graph import OwnershipGraph
from keiretsu.ownership_graph.on_disk import OnDisk
from keiretsu.store.editing.updating import written
from keiretsu.store.memory import Store

if TYPE_CHECKING:
    from typing import Any


def pack(graph: OwnershipGraph, file: IO[bytes]) -> None:
    """Write data into a file that `unpacked` reads; what was derived from them stays behind.

    Examples
    --------
    >>> from io import BytesIO
    >>> kg, file = OwnershipGraph.open(), BytesIO()
    >>> pack(kg, file)
    >>> _ = file.seek(0)
    >>> unpacked(file).claims.fingerprint == kg.claims.fingerprint
    True
    """
    claims = graph.backing
    if isinstance(claims, OnDisk):
        folder = str(Path(claims.disk.path).resolve())
        file.write(_line({"folder": folder, "fingerprint": claims.disk.manifest.fingerprint}))
        return
    cautions = [[one.code, one.text, list(one.parties)] for one in graph.cautions]
    file.write(_line({"cautions": cautions}))
    file.write(written(graph.store.asserted(), "nquads"))


def unpacked(file: IO[bytes]) -> OwnershipGraph:
    """Return the data that `pack` wrote.

    Raises
    ------
    InputError
        If they lie in a store on disk that has changed since.
    """
    head = json.loads(file.readline())
    if "folder" in head:
        found = OnDisk(head["folder"])
        if found.disk.manifest.fingerprint != head["fingerprint"]:
            problem = "the store has been loaded anew since"
            raise InputError(problem, place=head["folder"], mend="open it again")
        return OwnershipGraph(found)
    store, statements = Store(), file.read()
    if statements:
        store.load_bytes(statements, "nquads", "data")
    cautions = tuple(
        Caution(code, text, tuple(parties)) for code, text, parties in head["cautions"]
    )
    return OwnershipGraph(store, cautions)


def _line(head: dict[str, Any]) -> bytes:
    return json.dumps(head).encode() + b"\n"
