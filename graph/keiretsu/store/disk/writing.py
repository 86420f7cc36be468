"""Writing a generation: claims as N-Quads in blocks, where each block lies, and plain columns."""

from __future__ import annotations

import hashlib
import heapq
import tempfile
from array import array
from dataclasses import fields, replace
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import numpy as np

from keiretsu import __version__
from keiretsu.model import Claim, ClaimSet, Event, Figure, Tenure
from keiretsu.model.names import fold
from keiretsu.store.codec.description import tail
from keiretsu.store.disk.columns_writing import FOLDER, STAMP, ColumnsWriter, write_stamp
from keiretsu.store.disk.folder import Manifest
from keiretsu.store.disk.plain import is_plain_holding, is_plain_party
from keiretsu.store.disk.plain_text import PlainText, lines_of
from keiretsu.store.disk.texts import write_texts
from keiretsu.store.unwritten import FINGERPRINT_DIGITS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from keiretsu.model import Party

CLAIMS = "claims.nq"
PARTIES, ABOUT, REST = "parties.npy", "about.npy", "rest.npy"
IRIS, NAMES, NAMED = "iris", "names", "named.npy"
_SORTED_AT_ONCE = 500_000
_ASIDE = (Tenure, Figure, Event)
"""Claims that no snapshot reads."""
_EMPTY = ClaimSet(parties={}, documents={}, holdings=())


class Block(NamedTuple):
    """What is said of one party, document or claim; without text where columns alone say it."""

    about: Party | Claim | None
    text: bytes


def write_generation(
    folder: Path,
    claims: ClaimSet,
    inputs: dict[str, str],
    progress: Callable[[int], None] | None = None,
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
    progress
        Called with the number of parties and claims written so far.
    columns_alone
        Whether what columns hold is written as columns only, and not as N-Quads too.
    """
    whole = generation_of(claims, columns_alone=columns_alone)
    return write_blocks(folder, whole, inputs, progress, columns_alone=columns_alone)


def generation_of(claims: ClaimSet, *, columns_alone: bool = False) -> Generation:
    """Return what is to be written of claims."""
    blocks = blocks_of(claims, columns_alone=columns_alone)
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
        Everything in blocks: parties, what is about all, then claims; each kind by its IRIs.
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
    progress: Callable[[int], None] | None = None,
    *,
    columns_alone: bool = False,
) -> Manifest:
    """Write blocks as `write_generation` writes claims."""
    iris = whole.iris
    index = _Index(whole.parties, {iri: number for number, iri in enumerate(iris)})
    place = count = 0
    with (folder / CLAIMS).open("wb") as file, _Fingerprint(folder) as lines:
        for block in whole.blocks:
            file.write(block.text)
            lines.add(block.text)
            index.add(block.about, place, len(block.text))
            place, count = place + len(block.text), count + 1
            if progress is not None and count % 1000 == 0:
                progress(count)
        fingerprint = lines.digest()
    index.write(folder, iris, fingerprint)
    write_texts(folder, IRIS, iris)
    _write_names(folder, whole.parties, iris)
    if columns_alone:
        fingerprint = fingerprint_of_columns(folder, fingerprint)
    horizon = whole.horizon.isoformat() if whole.horizon else None
    counts = {"parties": len(iris), "holdings": whole.holdings, "blocks": count}
    sizes = sizes_of(folder, columns_alone=columns_alone)
    alone = int(columns_alone)
    return Manifest(fingerprint, horizon, inputs, counts, sizes, __version__, columns_alone=alone)


class _Index:
    """Where each block lies, and the columns of what is plain."""

    def __init__(self, parties: Mapping[str, Party], code: dict[str, int]) -> None:
        self._code, self._columns = code, ColumnsWriter(parties)
        self._parties = np.zeros((len(code), 3), dtype=np.int64)
        self._parties[:, 2] = -1
        self._about, self._rest = array("q"), array("q")

    def add(self, one: Party | Claim | None, place: int, size: int) -> None:
        """Take the next block."""
        code = self._code
        place = place if size else 0
        if one is not None and one.id in code and not hasattr(one, "document"):
            state = code.get(getattr(one, "acts_for", None) or "", -1)
            self._parties[code[one.id]] = (place, size, state)
        elif isinstance(one, Claim) and (issuer := getattr(one, "issuer", None)) is not None:
            holder = code.get(getattr(one, "holder", ""), -1)
            self._about.extend((code[issuer], holder, place, size))
            self._columns.add(one)
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


def blocks_of(claims: ClaimSet, *, columns_alone: bool = False) -> Iterator[Block]:
    """Yield everything in blocks: parties first, then what is about all, then claims."""
    plain = PlainText()
    for party in claims.parties.values():
        yield party_block(party, plain, columns_alone=columns_alone)
    yield Block(None, lines_of(without_claims(claims)))
    for name in kinds_of(claims):
        for claim in getattr(claims, name):
            if not is_plain_holding(claim, claims.parties):
                yield Block(claim, text_of(**{name: (claim,)}))
            else:
                yield Block(claim, b"" if columns_alone else plain.holding(claim))


def party_block(party: Party, plain: PlainText, *, columns_alone: bool) -> Block:
    """Return the block of a party."""
    if not is_plain_party(party):
        return Block(party, text_of(parties={party.id: party}))
    return Block(party, b"" if columns_alone else plain.party(party))


def kinds_of(claims: ClaimSet) -> list[str]:
    """Return the names of the fields in which there are claims."""
    return [one.name for one in fields(claims) if _are_claims(getattr(claims, one.name))]


def without_claims(claims: ClaimSet) -> ClaimSet:
    """Return what is said about all claims: documents, the records they come from, the horizon."""
    none: dict[str, Any] = dict.fromkeys(kinds_of(claims), ())
    return replace(claims, parties={}, **none)


def _are_claims(value: object) -> bool:
    return isinstance(value, tuple) and bool(value) and isinstance(value[0], Claim)


def text_of(**content: Any) -> bytes:  # noqa: ANN401 - fields of a claim set
    """Return the N-Quads of parties or claims, given by the fields of a claim set."""
    return lines_of(replace(_EMPTY, **content))


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


class _Fingerprint:
    """The fingerprint of the store in memory: SHA-256 of all lines, sorted and each once.

    Lines are sorted in parts that are kept beside the store until they are merged.
    """

    def __init__(self, folder: Path) -> None:
        self._folder, self._lines, self._parts = folder, set[bytes](), list[Any]()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for part in self._parts:
            part.close()

    def add(self, text: bytes) -> None:
        """Add the lines of a block."""
        self._lines.update(text.splitlines(keepends=True))
        if len(self._lines) >= _SORTED_AT_ONCE:
            part = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 - closed by __exit__
            part.writelines(sorted(self._lines))
            self._parts.append(part)
            self._lines.clear()

    def digest(self) -> str:
        """Return the fingerprint."""
        for part in self._parts:
            part.seek(0)
        found, last = hashlib.sha256(), b""
        ordered: Iterable[bytes] = heapq.merge(*self._parts, sorted(self._lines))
        for line in chain(ordered):
            if line != last:
                found.update(line)
            last = line
        return found.hexdigest()[:FINGERPRINT_DIGITS]
