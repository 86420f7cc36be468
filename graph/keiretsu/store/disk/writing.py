"""Writing a generation: claims as N-Quads in blocks, where each block lies, and plain columns."""

from __future__ import annotations

import hashlib
from array import array
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from keiretsu import __version__
from keiretsu.formats.tally import Tally
from keiretsu.model import Claim, Event, Figure, SourceRecord, Tenure
from keiretsu.model.names import fold
from keiretsu.store.codec.description import tail
from keiretsu.store.disk.columns_writing import FOLDER, STAMP, ColumnsWriter, checksum, write_stamp
from keiretsu.store.disk.fingerprint import Runs, fingerprint_of
from keiretsu.store.disk.in_blocks import Block, blocks_of
from keiretsu.store.disk.manifest import Manifest
from keiretsu.store.disk.texts import write_texts
from keiretsu.store.unwritten import FINGERPRINT_DIGITS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from keiretsu.model import ClaimSet, Party
    from keiretsu.store.disk.records_aside import RecordsAside

CLAIMS = "claims.nq"
PARTIES, ABOUT, REST = "parties.npy", "about.npy", "rest.npy"
IRIS, NAMES, NAMED = "iris", "names", "named.npy"
_TOLD_EVERY = 1000
_BUFFER = 1 << 20
_ASIDE = (Tenure, Figure, Event, SourceRecord)
"""What no snapshot reads."""


def write_generation(
    folder: Path,
    claims: ClaimSet,
    inputs: dict[str, str],
    tally: Tally | None = None,
    *,
    columns_alone: bool = False,
) -> Manifest:
    """Write claims and their index into a new folder, and return the manifest to publish.

    Parameters
    ----------
    folder
        An empty folder.
    claims
        What is to be kept.
    inputs
        SHA-256 of each loaded file, by name.
    tally
        Told how many parties and claims were written.
    columns_alone
        Whether what columns hold is written as columns only, and not as N-Quads too.
    """
    whole = generation_of(claims, columns_alone=columns_alone)
    return write_blocks(folder, whole, inputs, tally, columns_alone=columns_alone)


def generation_of(
    claims: ClaimSet, records: RecordsAside | None = None, *, columns_alone: bool = False
) -> Generation:
    """Return what is to be written of claims, and of source records that are not among them."""
    blocks = blocks_of(claims, records, columns_alone=columns_alone)
    iris, holdings = _party_iris(claims), len(claims.holdings)
    return Generation(claims.parties, iris, blocks, holdings, claims.horizon)


class Generation(NamedTuple):
    """What is to be written.

    Parameters
    ----------
    parties
        The parties that are described, by IRI.
    iris
        Those that are named, sorted.
    blocks
        Everything in blocks: parties, what is about all, source records, then claims; each kind by
        its IRIs.
    holdings
        How many holdings there are.
    horizon
        Last day for which the data claims to be kept.
    """

    parties: Mapping[str, Party]
    iris: list[str]
    blocks: Iterator[Block]
    holdings: int
    horizon: dt.date | None


def write_blocks(
    folder: Path,
    whole: Generation,
    inputs: dict[str, str],
    tally: Tally | None = None,
    *,
    columns_alone: bool = False,
) -> Manifest:
    """Write blocks as `write_generation` writes claims."""
    iris = whole.iris
    index = _Index(whole.parties, {iri: number for number, iri in enumerate(iris)})
    runs, tally = Runs(), tally or Tally()
    tally.begin(len(iris) + whole.holdings)
    place = count = untold = 0
    with (folder / CLAIMS).open("wb", buffering=_BUFFER) as file:
        for block in whole.blocks:
            file.write(block.text)
            runs.add(block.text)
            index.add(block, place)
            place, count, untold = (
                place + len(block.text),
                count + block.number,
                untold + block.number,
            )
            if untold >= _TOLD_EVERY:
                tally.add(untold)
                untold = 0
    fingerprint = fingerprint_of(folder / CLAIMS, runs)
    index.write(folder, iris, fingerprint)
    write_texts(folder, IRIS, iris)
    _write_names(folder, whole.parties, iris)
    horizon = whole.horizon.isoformat() if whole.horizon else None
    counts = {"parties": len(iris), "holdings": whole.holdings, "blocks": count}
    return manifest_of(folder, fingerprint, horizon, inputs, counts, columns_alone=columns_alone)


def manifest_of(
    folder: Path,
    fingerprint: str,
    horizon: str | None,
    inputs: dict[str, str],
    counts: dict[str, int],
    *,
    columns_alone: bool,
) -> Manifest:
    """Return what is told of a generation whose files are all written."""
    if columns_alone:
        fingerprint = fingerprint_of_columns(folder, fingerprint)
    return Manifest(
        fingerprint,
        horizon,
        inputs,
        counts,
        sizes_of(folder, columns_alone=columns_alone),
        __version__,
        columns_alone=int(columns_alone),
        checks=checks_of(folder),
    )


class _Index:
    """Where each block lies, and the columns of what is plain."""

    def __init__(self, parties: Mapping[str, Party], code: dict[str, int]) -> None:
        self._code, self._columns = code, ColumnsWriter(parties)
        self._parties = np.zeros((len(code), 3), dtype=np.int64)
        self._parties[:, 2] = -1
        self._about, self._rest = array("q"), array("q")

    def add(self, block: Block, place: int) -> None:
        """Take the next block, which begins at a place of the file."""
        code, one, size = self._code, block.about, len(block.text)
        place = place if size else 0
        if one is not None and one.id in code and not hasattr(one, "document"):
            state = code.get(getattr(one, "acts_for", None) or "", -1)
            self._parties[code[one.id]] = (place, size, state)
        elif isinstance(one, Claim) and (issuer := getattr(one, "issuer", None)) is not None:
            holder = code.get(getattr(one, "holder", ""), -1)
            self._about.extend((code[issuer], holder, place, size))
            self._columns.add(one, plain=block.is_plain)
        elif not isinstance(one, _ASIDE):
            self._rest.extend((place, size))

    def write(self, folder: Path, iris: list[str], fingerprint: str) -> None:
        """Write index and columns."""
        np.save(folder / PARTIES, self._parties)
        about = np.array(self._about, dtype=np.int64).reshape(-1, 4)
        order = np.argsort(about[:, 0], kind="stable")
        np.save(folder / ABOUT, about[order])
        np.save(folder / REST, np.array(self._rest, dtype=np.int64).reshape(-1, 2))
        self._columns.write(folder / FOLDER, order, about[order], iris, fingerprint)


def sizes_of(folder: Path, *, columns_alone: bool) -> dict[str, int]:
    """Return the size of each file without which a generation is damaged.

    Columns can be made anew from N-Quads, unless they alone hold what they hold.
    """
    paths = [path for path in sorted(folder.iterdir()) if path.is_file()]
    if columns_alone:
        paths += sorted((folder / FOLDER).iterdir())
    return {path.relative_to(folder).as_posix(): path.stat().st_size for path in paths}


def checks_of(folder: Path) -> dict[str, int]:
    """Return the CRC-32 of the claims and of each file of the index."""
    paths = [path for path in sorted(folder.iterdir()) if path.is_file()]
    return {path.name: checksum(path)[1] for path in paths}


def fingerprint_of_columns(folder: Path, fingerprint: str) -> str:
    """Return the fingerprint of N-Quads and columns together, and stamp the columns with it."""
    found = hashlib.sha256(fingerprint.encode())
    for path in (folder / f"{IRIS}.txt", folder / ABOUT, *sorted((folder / FOLDER).iterdir())):
        if path.name != STAMP:
            found.update(path.read_bytes())
    digest = found.hexdigest()[:FINGERPRINT_DIGITS]
    write_stamp(folder / FOLDER, digest)
    return digest


def _party_iris(claims: ClaimSet) -> list[str]:
    named = set(claims.parties)
    for claim in claims.holdings:
        named.update((claim.holder, claim.issuer))
    named.update(one.issuer for one in claims.share_classes)
    named.update(one.issuer for one in claims.registrations)
    named.update(one.issuer for one in claims.capitals)
    return sorted(named)


def _write_names(folder: Path, parties: Mapping[str, Party], iris: list[str]) -> None:
    """Write every folded name with its party's code, sorted by name."""
    rows = []
    for number, iri in enumerate(iris):
        party = parties.get(iri)
        names = party.names if party is not None else (tail(iri),)
        rows += [(fold(name), number) for name in names]
    rows = sorted(set(rows))
    write_texts(folder, NAMES, [name for name, _ in rows])
    np.save(folder / NAMED, np.array([number for _, number in rows], dtype=np.int32))
