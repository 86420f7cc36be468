"""Columns made anew from the N-Quads beside them, where they are lost, spoilt or of old."""

from __future__ import annotations

import re
import shutil
import tempfile
import weakref
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from keiretsu.store.disk.columns_writing import FOLDER, ColumnsWriter
from keiretsu.store.disk.folder import Folder
from keiretsu.store.disk.plain import is_plain_holding

if TYPE_CHECKING:
    from keiretsu.store.disk.claims import DiskClaims

_SUBJECT = re.compile(rb"<([^>]*)>")
_AT_ONCE = 20_000
"""Claims that are read together."""


def columns_made_anew(disk: DiskClaims) -> Path:
    """Make the columns of a generation; return where they lie.

    They are kept beside the claims if nobody is writing to the store, else for as long as `disk`
    lives.
    """
    aside = Path(tempfile.mkdtemp(prefix="keiretsu-columns-"))
    weakref.finalize(disk, shutil.rmtree, aside, ignore_errors=True)
    _write(disk, aside / FOLDER)
    kept = Folder(disk.path).put_beside(aside / FOLDER, disk.generation / FOLDER)
    return (disk.generation if kept else aside) / FOLDER


def _write(disk: DiskClaims, build: Path) -> None:
    index = disk.index
    parties = disk.read(disk.text(*row) for row in disk.parties[:, :2] if row[1]).parties
    writer = ColumnsWriter(parties)
    for begin in range(0, len(index), _AT_ONCE):
        texts = [disk.text(*row) for row in index[begin : begin + _AT_ONCE, 2:]]
        found = {claim.id: claim for claim in disk.read(texts).every_claim()}
        for text in texts:
            claim = found[_SUBJECT.match(text)[1].decode()]  # type: ignore[index]
            writer.add(claim, plain=is_plain_holding(claim, parties))
    iris = [disk.iri(number) for number in range(disk.party_count)]
    writer.write(build, np.arange(len(index)), index, iris, disk.manifest.fingerprint)
