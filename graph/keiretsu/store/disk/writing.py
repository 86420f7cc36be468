"""Writing a generation: claims as N-Quads in blocks, and where each block lies, in columns."""

from __future__ import annotations

import hashlib
import heapq
import tempfile
from dataclasses import fields, replace
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import numpy as np

from keiretsu import __version__
from keiretsu.model import Claim, ClaimSet, Event, Figure, Tenure
from keiretsu.model.names import fold
from keiretsu.store.codec.description import tail
from keiretsu.store.codec.write import quads
from keiretsu.store.disk.folder import Manifest
from keiretsu.store.disk.texts import write_texts
from keiretsu.store.syntax.trig import nquad
from keiretsu.store.unwritten import FINGERPRINT_DIGITS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
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
    """What is said of one party, document or claim."""

    about: Party | Claim | None
    text: bytes


def write_generation(
    folder: Path,
    claims: ClaimSet,
    inputs: dict[str, str],
    progress: Callable[[int], None] | None = None,
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
    """
    iris = _party_iris(claims)
    code = {iri: number for number, iri in enumerate(iris)}
    parties = np.zeros((len(iris), 3), dtype=np.int64)
    parties[:, 2] = -1
    about: list[tuple[int, int, int, int]] = []
    rest: list[tuple[int, int]] = []
    place = count = 0
    with (folder / CLAIMS).open("wb") as file, _Fingerprint(folder) as lines:
        for block in _blocks(claims):
            file.write(block.text)
            lines.add(block.text)
            size, one = len(block.text), block.about
            if one is not None and one.id in code and not hasattr(one, "document"):
                state = code.get(getattr(one, "acts_for", None) or "", -1)
                parties[code[one.id]] = (place, size, state)
            elif (issuer := getattr(one, "issuer", None)) is not None:
                holder = code.get(getattr(one, "holder", ""), -1)
                about.append((code[issuer], holder, place, size))
            elif not isinstance(one, _ASIDE):
                rest.append((place, size))
            place, count = place + size, count + 1
            if progress is not None and count % 1000 == 0:
                progress(count)
        fingerprint = lines.digest()
    np.save(folder / PARTIES, parties)
    np.save(folder / ABOUT, _table(about, 4)[np.argsort(_table(about, 4)[:, 0], kind="stable")])
    np.save(folder / REST, _table(rest, 2))
    write_texts(folder, IRIS, iris)
    _write_names(folder, claims, iris)
    horizon = claims.horizon.isoformat() if claims.horizon else None
    counts = {"parties": len(iris), "holdings": len(claims.holdings), "blocks": count}
    sizes = {path.name: path.stat().st_size for path in sorted(folder.iterdir())}
    return Manifest(fingerprint, horizon, inputs, counts, sizes, __version__)


def _party_iris(claims: ClaimSet) -> list[str]:
    named = set(claims.parties)
    for claim in claims.holdings:
        named.update((claim.holder, claim.issuer))
    named.update(one.issuer for one in claims.share_classes)
    named.update(one.issuer for one in claims.registrations)
    named.update(one.issuer for one in claims.capitals)
    return sorted(named)


def _blocks(claims: ClaimSet) -> Iterator[Block]:
    """Yield everything in blocks: parties first, then what is about all, then claims."""
    for party in claims.parties.values():
        yield Block(party, _text(parties={party.id: party}))
    kinds = [one.name for one in fields(claims) if _are_claims(getattr(claims, one.name))]
    none: dict[str, Any] = dict.fromkeys(kinds, ())
    yield Block(None, _lines(replace(claims, parties={}, **none)))
    for name in kinds:
        for claim in getattr(claims, name):
            yield Block(claim, _text(**{name: (claim,)}))


def _are_claims(value: object) -> bool:
    return isinstance(value, tuple) and bool(value) and isinstance(value[0], Claim)


def _text(**content: Any) -> bytes:  # noqa: ANN401 - fields of a claim set
    return _lines(replace(_EMPTY, **content))


def _lines(claims: ClaimSet) -> bytes:
    return "".join(f"{nquad(quad)}\n" for quad in quads(claims)).encode()


def _table(rows: list[Any], width: int) -> Any:  # noqa: ANN401 - a column of integers
    return np.array(rows, dtype=np.int64).reshape(-1, width)


def _write_names(folder: Path, claims: ClaimSet, iris: list[str]) -> None:
    """Write every folded name with its party's code, sorted by name."""
    rows = []
    for number, iri in enumerate(iris):
        party = claims.parties.get(iri)
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
