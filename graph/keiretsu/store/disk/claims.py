"""Reading a store on disk: the claims about some companies and their owners, or all of them."""

from __future__ import annotations

import datetime as dt
import mmap
import re
import shutil
import tempfile
import weakref
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from keiretsu.errors import AmbiguousNameError, NameNotFoundError
from keiretsu.model.names import fold, nearest_names
from keiretsu.store.disk.columns import ClaimColumns, StaleColumnsError
from keiretsu.store.disk.columns_writing import FOLDER, ODD, ColumnsWriter, checksum
from keiretsu.store.disk.folder import Folder, Manifest, damaged
from keiretsu.store.disk.plain import is_plain_holding
from keiretsu.store.disk.plain_text import PlainText
from keiretsu.store.disk.texts import Texts, mapped
from keiretsu.store.disk.writing import ABOUT, CLAIMS, IRIS, NAMED, NAMES, PARTIES, REST
from keiretsu.store.memory import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from keiretsu.model import ClaimSet, Holding, Party

_IRI = re.compile(rb"<([^>]*)>")
_SUBJECT = re.compile(rb"<([^>]*)>")
_PART = 1 << 20
_HOLDING_AS_NQUADS = 2_700
"""Bytes that a plain holding and the parties in it take, about."""
_AT_ONCE = 20_000
"""Claims that are read together when columns are made anew."""
_MOST_CHECKED = 2**28
"""An index of up to so many bytes is read whole and held against its checksums for each question;
a larger one for questions about everybody."""
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
                mapped(self._folder / name) for name in (PARTIES, ABOUT, REST, NAMED)
            )
            self._iris, self._names = Texts(self._folder, IRIS), Texts(self._folder, NAMES)
        except (OSError, ValueError):
            raise damaged(self.path) from None
        if sum(map(self.manifest.files.__getitem__, self._index_files)) <= _MOST_CHECKED:
            self._check(*self._index_files)

    @property
    def _index_files(self) -> list[str]:
        """The files of the index for which there are checksums."""
        return [
            name for name in self.manifest.files if name in self.manifest.checks.keys() - {CLAIMS}
        ]

    def _check(self, *names: str) -> None:
        """Hold files against their checksums.

        Raises
        ------
        InputError
            If a byte is not as it was written.
        """
        checks = self.manifest.checks
        if any(checksum(self._folder / n)[1] != checks[n] for n in names if n in checks):
            raise damaged(self.path)

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

    @property
    def generation(self) -> Path:
        """The folder of the generation that is read."""
        return self._folder

    def whole(self) -> Store:
        """Return everything as a store in memory."""
        self._check(CLAIMS)
        store = Store()
        store.load_bytes(self.claims_file.read_bytes(), "nquads", self.path)
        if self.is_columns_alone:
            store.load_bytes(b"".join(self._left_out()), "nquads", self.path)
        return store

    def write_nquads(self, path: Path) -> None:
        """Write everything as N-Quads, a block at a time."""
        self._check(CLAIMS)
        with path.open("wb") as file:
            with self.claims_file.open("rb") as claims:
                shutil.copyfileobj(claims, file)
            if self.is_columns_alone:
                file.writelines(self._left_out())

    def nquads(self) -> Iterator[bytes]:
        """Yield everything as N-Quads, settled as it is in memory, in parts of any size.

        They are read from disk, unless nobody knows that nothing is to be settled: whether edits
        overrule a claim and which parties are one is found in memory.
        """
        if not self.manifest.is_settled:
            yield self.whole().to_nquads().encode()
            return
        self._check(CLAIMS)
        with self.claims_file.open("rb") as claims:
            while part := claims.read(_PART):
                yield part
        if self.is_columns_alone:
            yield from self._left_out()

    def size_as_nquads(self) -> int:
        """Return about how many bytes of N-Quads there are."""
        size = self.manifest.files[CLAIMS]
        return size + (len(self._about) * _HOLDING_AS_NQUADS if self.is_columns_alone else 0)

    def _left_out(self) -> Iterator[bytes]:
        """Yield the N-Quads of what columns alone hold."""
        columns, text = self.columns, PlainText()
        for number in np.flatnonzero(columns.party["plain"]).tolist():
            yield text.party(columns.party_of(number))
        for row in np.flatnonzero(columns.is_plain).tolist():
            yield text.holding(self.holding(row))

    # -- columns -------------------------------------------------------------------------------

    @cached_property
    def columns(self) -> ClaimColumns:
        """What columns hold of the claims; made anew if they are not of these claims, or spoilt.

        Raises
        ------
        InputError
            If columns that alone hold something are spoilt.
        """
        try:
            return ClaimColumns(self._folder / FOLDER, self.manifest.fingerprint, self._iris)
        except StaleColumnsError:
            return self._made_anew()

    @cached_property
    def checked_columns(self) -> ClaimColumns:
        """The same, held against their checksums, the index too: for questions about everybody."""
        self._check(*self._index_files)
        try:
            self.columns.check()
        except StaleColumnsError:
            self.columns = self._made_anew()
        return self.columns

    def _made_anew(self) -> ClaimColumns:
        """Make columns from N-Quads, kept beside them if nobody is writing to the store."""
        if self.is_columns_alone:
            raise damaged(self.path)
        aside = Path(tempfile.mkdtemp(prefix="keiretsu-columns-"))
        weakref.finalize(self, shutil.rmtree, aside, ignore_errors=True)
        self._write_columns(aside / FOLDER)
        kept = Folder(self.path).put_beside(aside / FOLDER, self._folder / FOLDER)
        folder = self._folder if kept else aside
        return ClaimColumns(folder / FOLDER, self.manifest.fingerprint, self._iris)

    def _write_columns(self, build: Path) -> None:
        blocks = (self.text(*row) for row in self._parties[:, :2] if row[1])
        parties = self.read(blocks).parties
        writer = ColumnsWriter(parties)
        for begin in range(0, len(self._about), _AT_ONCE):
            rows = self._about[begin : begin + _AT_ONCE]
            texts = [self.text(*row) for row in rows[:, 2:]]
            found = {claim.id: claim for claim in self.read(texts).every_claim()}
            for text in texts:
                claim = found[_SUBJECT.match(text)[1].decode()]  # type: ignore[index]
                writer.add(claim, plain=is_plain_holding(claim, parties))
        order = np.arange(len(self._about))
        iris = [self._iris[number] for number in range(len(self._iris))]
        writer.write(build, order, self._about, iris, self.manifest.fingerprint)

    def read(self, blocks: Iterable[bytes]) -> ClaimSet:
        """Return what some blocks of N-Quads say."""
        store = Store()
        store.load_bytes(b"".join(blocks), "nquads", self.path)
        return store.claims()

    # -- finding -------------------------------------------------------------------------------

    def find(self, name: str) -> int:
        """Return the number of the party with an IRI, identifier, label or alias; as `Directory`.

        Raises
        ------
        NameNotFoundError, AmbiguousNameError
            If none, or several, have it.
        """
        place = self.number_of(name)
        if place is not None:
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

    def all_named(self, name: str) -> list[int]:
        """Return the numbers of all parties with an IRI, identifier, label or alias."""
        place = self.number_of(name)
        if place is not None:
            return [place]
        return sorted({int(self._named[one]) for one in self._names.equal_to(fold(name))})

    @property
    def party_count(self) -> int:
        """How many parties there are."""
        return len(self._iris)

    def number_of(self, iri: str) -> int | None:
        """Return the number of the party with an IRI, None if there is none."""
        place = self._iris.first(iri)
        return place if place < len(self._iris) and self._iris[place] == iri else None

    def label(self, number: int) -> str:
        """Return the label of a party."""
        return self.columns.label(number)

    def iri(self, number: int) -> str:
        """Return the IRI of a party."""
        return self._iris[number]

    @property
    def index(self) -> NDArray[np.int64]:
        """Per claim about an issuer: issuer, holder (or -1), place and size, sorted by issuer."""
        about: NDArray[np.int64] = self._about
        return about

    # -- what a question reads -----------------------------------------------------------------

    def party_block(self, number: int) -> bytes:
        """Return the N-Quads of a party; none where columns alone hold it, or nothing does."""
        return self.text(*self._parties[number, :2])

    @property
    def parties_end(self) -> int:
        """Where the blocks of parties end."""
        return int(self._parties[:, :2].sum(axis=1).max(initial=0))

    @property
    def rest(self) -> NDArray[np.int64]:
        """Place and size of each block about no issuer, the one about all claims first."""
        rest: NDArray[np.int64] = self._rest
        return rest

    def above(self, numbers: Iterable[int]) -> list[int]:
        """Return parties with all that hold in them, directly or through others, on any day."""
        return self._closure(numbers, self._holders)

    def below(self, numbers: Iterable[int]) -> list[int]:
        """Return parties with all in which they hold, directly or through others, on any day.

        A State is there with the bodies that act for it, and a body with its State.
        """
        return self._closure(numbers, self._just_below)

    def near(self, numbers: Iterable[int], steps: int) -> list[int]:
        """Return parties with those so many steps above or below them, and all beside these."""
        heads = list(numbers)
        seen = dict.fromkeys(heads)
        for side in (self._just_above, self._just_below):
            newest, found = heads, dict.fromkeys(heads)
            for _ in range(steps):
                further = dict.fromkeys(one for near in newest for one in side(near))
                newest = [one for one in further if one not in found]
                found |= dict.fromkeys(newest)
            seen |= found
        beside = (
            one for near in seen for one in (*self._just_above(near), *self._just_below(near))
        )
        return sorted({*seen, *beside})

    @staticmethod
    def _closure(numbers: Iterable[int], further: Callable[[int], Iterable[int]]) -> list[int]:
        seen = dict.fromkeys(numbers)
        pending = list(seen)
        while pending:
            for one in further(pending.pop()):
                if one not in seen:
                    seen[one] = None
                    pending.append(one)
        return sorted(seen)

    def _holders(self, company: int) -> Iterator[int]:
        begin, end = self._span(company)
        return (one for one in self._about[begin:end, 1].tolist() if one >= 0)

    def _just_above(self, party: int) -> list[int]:
        return [*self._holders(party), *self._together.get(party, ())]

    def _just_below(self, party: int) -> list[int]:
        begin, end = np.searchsorted(self._by_holder, [party, party + 1])
        rows = self.columns.held[begin:end]
        return [*self._issuers[rows].tolist(), *self._together.get(party, ())]

    @cached_property
    def _by_holder(self) -> NDArray[np.int64]:
        by_holder: NDArray[np.int64] = self._about[:, 1][self.columns.held]
        return by_holder

    @cached_property
    def _together(self) -> dict[int, list[int]]:
        """The bodies of each State, and the State of each body."""
        found: dict[int, list[int]] = {}
        for body in np.flatnonzero(self._parties[:, 2] >= 0).tolist():
            state = int(self._parties[body, 2])
            found.setdefault(state, []).append(body)
            found.setdefault(body, []).append(state)
        return found

    def claims_above(self, numbers: Iterable[int]) -> ClaimSet:
        """Return the claims about parties and all above them, with the whole's fingerprint."""
        return self.claims_about(self.above(numbers))

    def claims_about(self, companies: Sequence[int]) -> ClaimSet:
        """Return the claims about some companies, what plain columns hold without its RDF."""
        plain = self.columns.share
        rows = [row for one in companies for row in self._rows(one)]
        odd = [row for row in rows if plain[row] == ODD]
        blocks = [self.text(*self._about[row, 2:]) for row in odd]
        named = {*companies, *self._mentioned(blocks), *self._mentioned_by_all}
        named |= {int(one) for one in self._about[rows, 1] if one >= 0}
        named |= {state for one in named if (state := int(self._parties[one, 2])) >= 0}
        is_plain = self.columns.party["plain"]
        blocks += [self.text(*self._parties[n, :2]) for n in sorted(named) if not is_plain[n]]
        said = self.read([*blocks, *self.of_all]) if any(blocks) else self._common
        parties = {**said.parties, **{self._iris[n]: self.party(n) for n in named if is_plain[n]}}
        found = [*said.holdings, *(self.holding(row) for row in rows if plain[row] != ODD)]
        return replace(
            said,
            parties=dict(sorted(parties.items())),
            holdings=tuple(sorted(found, key=lambda claim: claim.id)),
            digest=self.manifest.fingerprint,
            horizon=self.horizon,
        )

    def party(self, number: int) -> Party:
        """Return a party that columns hold."""
        return self.columns.party_of(number)

    def holding(self, row: int) -> Holding:
        """Return a holding that columns hold, by its place in the index."""
        issuer, holder = self._about[row, :2].tolist()
        return self.columns.holding(row, self._iris[holder], self._iris[issuer])

    @cached_property
    def of_all(self) -> list[bytes]:
        """The blocks of what is about no issuer: documents first, then agreements."""
        return [self.text(*row) for row in self._rest]

    @cached_property
    def _mentioned_by_all(self) -> list[int]:
        return list(self._mentioned(self.of_all))

    @cached_property
    def _common(self) -> ClaimSet:
        return self.read(self.of_all)

    def _span(self, company: int) -> tuple[int, int]:
        begin, end = np.searchsorted(self._issuers, [company, company + 1])
        return int(begin), int(end)

    def _rows(self, company: int) -> range:
        return range(*self._span(company))

    @cached_property
    def _issuers(self) -> NDArray[np.int64]:
        return np.ascontiguousarray(self._about[:, 0])

    @cached_property
    def _bytes(self) -> bytes | mmap.mmap:
        with self.claims_file.open("rb") as file:
            if not self.claims_file.stat().st_size:
                return b""
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def text(self, begin: int, size: int) -> bytes:
        """Return the N-Quads of a block."""
        return bytes(self._bytes[int(begin) : int(begin) + int(size)])

    def _mentioned(self, blocks: Iterable[bytes]) -> Iterator[int]:
        """Yield the parties that are named in blocks, so that they keep their labels."""
        for iri in {iri for block in blocks for iri in _IRI.findall(block)}:
            place = self.number_of(iri.decode())
            if place is not None:
                yield place

    def _nearest(self, name: str) -> list[str]:
        if len(self._names) > _MOST_NAMES:
            return []
        return nearest_names(name, (self._names[place] for place in range(len(self._names))))
