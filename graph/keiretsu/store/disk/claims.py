"""Reading a store on disk: the claims about some companies and their owners, or all of them."""

from __future__ import annotations

import datetime as dt
import mmap
import re
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from keiretsu.errors import AmbiguousNameError, NameNotFoundError
from keiretsu.model.names import fold, nearest_names
from keiretsu.store.disk.folder import Folder, Manifest, damaged
from keiretsu.store.disk.texts import Texts
from keiretsu.store.disk.writing import ABOUT, CLAIMS, IRIS, NAMED, NAMES, PARTIES, REST
from keiretsu.store.memory import Store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from keiretsu.model import ClaimSet

_IRI = re.compile(rb"<([^>]*)>")
_MOST_NAMES = 200_000
"""Among so many names the nearest are looked for when one is not found."""


class DiskClaims:
    """The claims of a store on disk; nothing is read before it is asked for.

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
        self.path = str(path)
        self._folder = Folder(path).current()
        self.manifest = Manifest.read(self._folder)
        try:
            self._parties, self._about, self._rest, self._named = (
                np.load(self._folder / name, mmap_mode="r")
                for name in (PARTIES, ABOUT, REST, NAMED)
            )
            self._iris, self._names = Texts(self._folder, IRIS), Texts(self._folder, NAMES)
        except (OSError, ValueError):
            raise damaged(self.path) from None

    @property
    def claims_file(self) -> Path:
        """The file with everything as N-Quads."""
        return self._folder / CLAIMS

    @property
    def horizon(self) -> dt.date | None:
        """Last day for which the data claims to be kept."""
        horizon = self.manifest.horizon
        return None if horizon is None else dt.date.fromisoformat(horizon)

    def whole(self) -> Store:
        """Return everything as a store in memory."""
        store = Store()
        store.load_bytes(self.claims_file.read_bytes(), "nquads", self.path)
        return store

    def find(self, name: str) -> int:
        """Return the number of the party with an IRI, identifier, label or alias; as `Directory`.

        Raises
        ------
        NameNotFoundError, AmbiguousNameError
            If none, or several, have it.
        """
        place = self._iris.first(name)
        if place < len(self._iris) and self._iris[place] == name:
            return place
        if name.startswith("~"):
            places = self._names.beginning_with(fold(name[1:]))
        else:
            places = self._names.equal_to(fold(name))
        found = sorted({int(self._named[one]) for one in places})
        if not found:
            raise NameNotFoundError(name, self._nearest(name))
        if len(found) > 1:
            raise AmbiguousNameError(name, [self._iris[one] for one in found])
        return found[0]

    def above(self, numbers: Iterable[int]) -> list[int]:
        """Return parties with all that hold in them, directly or through others, on any day."""
        seen = dict.fromkeys(numbers)
        pending = list(seen)
        while pending:
            for row in self._rows(pending.pop()):
                holder = int(self._about[row, 1])
                if holder >= 0 and holder not in seen:
                    seen[holder] = None
                    pending.append(holder)
        return sorted(seen)

    def claims_above(self, numbers: Iterable[int]) -> ClaimSet:
        """Return the claims about parties and all above them, with the whole's fingerprint."""
        companies = self.above(numbers)
        blocks = [self._text(*self._about[row, 2:]) for one in companies for row in self._rows(one)]
        blocks += [self._text(*row) for row in self._rest]
        named = {*companies, *self._mentioned(blocks)}
        named |= {state for one in named if (state := int(self._parties[one, 2])) >= 0}
        blocks += [self._text(*self._parties[one, :2]) for one in sorted(named)]
        store = Store()
        store.load_bytes(b"".join(blocks), "nquads", self.path)
        return replace(store.claims(), digest=self.manifest.fingerprint, horizon=self.horizon)

    def _rows(self, company: int) -> range:
        begin, end = np.searchsorted(self._issuers, [company, company + 1])
        return range(int(begin), int(end))

    @cached_property
    def _issuers(self) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        return np.ascontiguousarray(self._about[:, 0])

    @cached_property
    def _bytes(self) -> bytes | mmap.mmap:
        with self.claims_file.open("rb") as file:
            if not self.claims_file.stat().st_size:
                return b""
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def _text(self, begin: int, size: int) -> bytes:
        return bytes(self._bytes[int(begin) : int(begin) + int(size)])

    def _mentioned(self, blocks: Iterable[bytes]) -> Iterator[int]:
        """Yield the parties that are named in blocks, so that they keep their labels."""
        for iri in {iri for block in blocks for iri in _IRI.findall(block)}:
            text = iri.decode()
            place = self._iris.first(text)
            if place < len(self._iris) and self._iris[place] == text:
                yield place

    def _nearest(self, name: str) -> list[str]:
        if len(self._names) > _MOST_NAMES:
            return []
        return nearest_names(name, (self._names[place] for place in range(len(self._names))))
