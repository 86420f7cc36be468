"""An opened generation: its index mapped into memory, and held against its checksums."""

from __future__ import annotations

import datetime as dt
import mmap
from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from keiretsu.errors import InputError
from keiretsu.store.disk.columns_writing import checksum
from keiretsu.store.disk.folder import Folder, replaced
from keiretsu.store.disk.manifest import Manifest, damaged
from keiretsu.store.disk.texts import Texts, mapped
from keiretsu.store.disk.writing import ABOUT, CLAIMS, IRIS, PARTIES, REST

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

MOST_CHECKED = 2**28
"""An index of up to so many bytes is read whole and held against its checksums for each question;
a larger one for questions about everybody."""


class StoredIndex:
    """Where each block of a store on disk lies; no claim is read here.

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
        folder = Folder(path)
        while True:
            named = folder.named()
            try:
                self._open(folder.current())
            except InputError:
                if folder.named() == named:
                    raise  # else a load has put another in force meanwhile
            else:
                return

    def _open(self, generation: Path) -> None:
        self._folder = generation
        self.manifest = Manifest.read(generation)
        try:
            self.parties, self._about, self._rest = (
                mapped(generation / name) for name in (PARTIES, ABOUT, REST)
            )
            self.iris = Texts(generation, IRIS)
            if sum(map(self.manifest.files.__getitem__, self._files)) <= MOST_CHECKED:
                self.check()
        except (OSError, ValueError):
            raise damaged(self.path) from None

    @property
    def _files(self) -> list[str]:
        """The files of the index for which there are checksums."""
        return [
            name for name in self.manifest.files if name in self.manifest.checks.keys() - {CLAIMS}
        ]

    def check(self) -> None:
        """Hold the files of the index against their checksums.

        Raises
        ------
        InputError
            If a byte is not as it was written.
        """
        self._check(*self._files)

    def check_claims(self) -> None:
        """Hold the N-Quads against their checksum; as `check`."""
        self._check(CLAIMS)

    def _check(self, *names: str) -> None:
        checks = self.manifest.checks
        if any(checksum(self._folder / n)[1] != checks[n] for n in names if n in checks):
            raise damaged(self.path)

    @property
    def generation(self) -> Path:
        """The folder of the generation that is read."""
        return self._folder

    @property
    def claims_file(self) -> Path:
        """The file with N-Quads: everything, but for what columns alone hold."""
        return self._folder / CLAIMS

    @property
    def is_columns_alone(self) -> bool:
        """Whether columns hold what N-Quads do not."""
        return bool(self.manifest.columns_alone)

    @property
    def horizon(self) -> dt.date | None:
        """Last day for which the data claims to be kept."""
        horizon = self.manifest.horizon
        return None if horizon is None else dt.date.fromisoformat(horizon)

    # -- parties -------------------------------------------------------------------------------

    @property
    def party_count(self) -> int:
        """How many parties there are."""
        return len(self.iris)

    def number_of(self, iri: str) -> int | None:
        """Return the number of the party with an IRI, None if there is none."""
        place = self.iris.first(iri)
        return place if place < len(self.iris) and self.iris[place] == iri else None

    def iri(self, number: int) -> str:
        """Return the IRI of a party."""
        return self.iris[number]

    def state_of(self, number: int) -> int:
        """Return the number of the State for which a party acts, -1 if there is none."""
        return int(self.parties[number, 2])

    # -- blocks --------------------------------------------------------------------------------

    @property
    def index(self) -> NDArray[np.int64]:
        """Per claim about an issuer: issuer, holder (or -1), place and size, sorted by issuer."""
        about: NDArray[np.int64] = self._about
        return about

    @property
    def rest(self) -> NDArray[np.int64]:
        """Place and size of each block about no issuer, the one about all claims first."""
        rest: NDArray[np.int64] = self._rest
        return rest

    @property
    def parties_end(self) -> int:
        """Where the blocks of parties end."""
        return int(self.parties[:, :2].sum(axis=1).max(initial=0))

    def rows_of(self, company: int) -> range:
        """Return the claims of the index about a company; few pages of the file are read."""
        issuers = self._about[:, 0]
        begin = bisect_left(issuers, company)
        return range(begin, bisect_right(issuers, company, lo=begin))

    @cached_property
    def of_all(self) -> list[bytes]:
        """The blocks of what is about no issuer: documents first, then agreements."""
        return [self.text(*row) for row in self._rest]

    def party_block(self, number: int) -> bytes:
        """Return the N-Quads of a party; none where columns alone hold it, or nothing does."""
        return self.text(*self.parties[number, :2])

    def text(self, begin: int, size: int) -> bytes:
        """Return the N-Quads of a block."""
        return bytes(self._bytes[int(begin) : int(begin) + int(size)])

    @cached_property
    def _bytes(self) -> bytes | mmap.mmap:
        try:
            with self.claims_file.open("rb") as file:
                if not self.claims_file.stat().st_size:
                    return b""
                return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except OSError:
            raise self._gone() from None

    def _gone(self) -> InputError:
        """Return the error of files that are no longer there: a load has removed them, or worse."""
        return damaged(self.path) if self._folder.is_dir() else replaced(self.path)
