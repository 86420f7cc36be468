"""Reading a store on disk: the claims about some companies and their owners."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from keiretsu.store.disk.columns import ClaimColumns, StaleColumnsError
from keiretsu.store.disk.columns_writing import FOLDER, ODD
from keiretsu.store.disk.index import MOST_CHECKED, StoredIndex
from keiretsu.store.disk.naming import StoredNames
from keiretsu.store.disk.remaking import columns_made_anew
from keiretsu.store.disk.walking import Surroundings
from keiretsu.store.memory import Store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from keiretsu.model import ClaimSet, Document, Holding, Party

_IRI = re.compile(rb"<([^>]*)>")


class DiskClaims(StoredIndex):
    """The claims of a store on disk; nothing is read before it is asked for.

    Parameters
    ----------
    path
        The store's folder.

    Attributes
    ----------
    names
        Finds parties by their names.
    around
        Finds who lies above and below some parties.

    Raises
    ------
    InputError
        If there is no store, it is damaged, or a version from the future wrote it.
    """

    def __init__(self, path: str | Path) -> None:
        super().__init__(path)
        self.names = StoredNames(self)
        self.around = Surroundings(self, lambda: self.columns.held)

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
            columns = self._columns_in(self.generation / FOLDER)
            if columns.size <= MOST_CHECKED:
                columns.check()
        except StaleColumnsError:
            return self._made_anew()
        return columns

    @cached_property
    def checked_columns(self) -> ClaimColumns:
        """The same, held against their checksums, the index too: for questions about everybody."""
        self.check()
        try:
            self.columns.check()
        except StaleColumnsError:
            self.columns = self._made_anew()
        return self.columns

    def check_everything(self) -> None:
        """Hold N-Quads, index and columns against their checksums.

        Raises
        ------
        InputError
            If a byte is not as it was written, and cannot be made anew.
        """
        self.check_claims()
        self.columns = self.checked_columns

    def _made_anew(self) -> ClaimColumns:
        if self.is_columns_alone or not self.generation.is_dir():
            raise self._gone()
        return self._columns_in(columns_made_anew(self))

    def _columns_in(self, folder: Path) -> ClaimColumns:
        return ClaimColumns(folder, self.manifest.fingerprint, self.iris)

    def label(self, number: int) -> str:
        """Return the label of a party."""
        return self.columns.label(number)

    def names_of(self, numbers: NDArray[np.int64]) -> list[tuple[str, str]]:
        """Return the labels and IRIs of some parties."""
        return list(zip(self.columns.labels(numbers), self.iris.many(numbers), strict=True))

    def party(self, number: int) -> Party:
        """Return a party that columns tell."""
        return self.columns.party_of(number)

    def holding(self, row: int) -> Holding:
        """Return a holding that columns tell, by its place in the index."""
        issuer, holder = self.index[row, :2].tolist()
        return self.columns.holding(row, self.iri(holder), self.iri(issuer))

    def tells(self, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Tell of some places in the index whether `holding` gives what stands there."""
        if self.manifest.is_settled:
            return self.columns.tells(rows)
        plain: NDArray[np.bool_] = self.columns.share[rows] != ODD
        return plain  # of the others it is found in their RDF whether something overrules them

    def tells_of(self, numbers: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Tell of some parties whether `party` gives them."""
        if self.manifest.is_settled:
            return self.columns.tells_of(numbers)
        plain: NDArray[np.bool_] = self.columns.party["plain"][numbers] != 0
        return plain

    # -- what a question reads -----------------------------------------------------------------

    def read(self, blocks: Iterable[bytes]) -> ClaimSet:
        """Return what some blocks of N-Quads say."""
        store = Store()
        if text := b"".join(blocks):
            store.load_bytes(text, "nquads", self.path)
        return store.claims()

    def claims_above(self, numbers: Iterable[int]) -> ClaimSet:
        """Return the claims about parties and all above them, with the whole's fingerprint."""
        return self.claims_about(self.around.above(numbers))

    def claims_about(self, companies: Sequence[int]) -> ClaimSet:
        """Return the claims about some companies, what columns tell without its RDF."""
        rows = [row for one in companies for row in self.rows_of(one)]
        places = np.array(rows, dtype=np.int64)
        is_told = self.tells(places)
        holdings = [self.holding(row) for row in places[is_told].tolist()]
        blocks = [self.text(*place) for place in self.index[places[~is_told], 2:].tolist()]
        named = {*companies, *self._mentioned(blocks), *self._mentioned_by_all}
        named |= {one for one in self.index[places, 1].tolist() if one >= 0}
        named |= {number for one in holdings for via in one.via for number in self._numbered(via)}
        named |= {state for one in named if (state := self.state_of(one)) >= 0}
        everybody = np.array(sorted(named), dtype=np.int64)
        is_known = self.tells_of(everybody)
        blocks += [self.party_block(number) for number in everybody[~is_known].tolist()]
        said = self.read([*blocks, *self.of_all]) if any(blocks) else self._common
        known = map(self.party, everybody[is_known].tolist())
        parties = {**said.parties, **{party.id: party for party in known}}
        found = [*said.holdings, *holdings]
        return replace(
            said,
            parties=dict(sorted(parties.items())),
            holdings=tuple(sorted(found, key=lambda claim: claim.id)),
            digest=self.manifest.fingerprint,
            horizon=self.horizon,
        )

    @property
    def documents(self) -> Mapping[str, Document]:
        """The documents that make the claims."""
        return self._common.documents

    @cached_property
    def _mentioned_by_all(self) -> list[int]:
        return list(self._mentioned(self.of_all))

    @cached_property
    def _common(self) -> ClaimSet:
        return self.read(self.of_all)

    def _numbered(self, iri: str) -> list[int]:
        number = self.number_of(iri)
        return [] if number is None else [number]

    def _mentioned(self, blocks: Iterable[bytes]) -> Iterator[int]:
        """Yield the parties that are named in blocks, so that they keep their labels."""
        for iri in {iri for block in blocks for iri in _IRI.findall(block)}:
            number = self.number_of(iri.decode())
            if number is not None:
                yield number
