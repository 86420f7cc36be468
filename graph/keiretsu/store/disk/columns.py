"""Reading the columns of a store: holdings and parties without their RDF."""

from __future__ import annotations

import functools
import json
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from keiretsu.model import Holding, Party, Share
from keiretsu.store.disk.columns_writing import (
    HELD,
    IDS,
    KINDS,
    LABELS,
    LAYOUT,
    ODD,
    PARTY,
    REMAINDERS,
    SHARE,
    SHARES,
    STAMP,
    TERM,
    checksum,
)
from keiretsu.store.disk.plain import CLAIM
from keiretsu.store.disk.terms import Terms
from keiretsu.store.disk.texts import Texts, mapped
from keiretsu.store.disk.told import NOTHING, Told

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from keiretsu.formats.table.arrays.said import Said
    from keiretsu.model import Period, Sourcing, Status

_FIRST = 1
"""The layout of columns that are still read, though they know no day from which claims are known:
where they alone hold something they cannot be made anew."""
_CACHED = 100_000
_NO_MORE: dict[str, Any] = {}


class StaleColumnsError(Exception):
    """Columns are not those of the claims beside them, or not whole; they are to be made anew."""


class ClaimColumns:
    """The columns of a generation, mapped into memory.

    Parameters
    ----------
    folder
        Where they lie.
    fingerprint
        Of the claims that they must be of.
    iris
        The parties of the index.

    Attributes
    ----------
    layout
        The version of the columns.
    share, term
        Per claim of the index: rows of `shares` and `terms`, or -1 for one that is not plain.
    ids
        Bytes of the hash in each claim's IRI.
    shares, terms, party
        Tables; see `keiretsu.store.disk.columns_writing`.
    told
        What is out of the ordinary and told beside the columns.
    held
        Positions in the index, sorted by holder.

    Raises
    ------
    StaleColumnsError
        If there are none, they are of other claims, or not whole.
    """

    def __init__(self, folder: Path, fingerprint: str, iris: Texts) -> None:
        self._folder, self._iris = folder, iris
        try:
            stamp = json.loads((folder / STAMP).read_text(encoding="utf-8"))
            self._files: dict[str, list[int]] = stamp["files"]
            self.layout: int = stamp["layout"]
            fresh = self.layout in (_FIRST, LAYOUT) and stamp["fingerprint"] == fingerprint
            sizes = {name: (folder / name).stat().st_size for name in self._files}
            if not fresh or any(size != self._files[name][0] for name, size in sizes.items()):
                raise StaleColumnsError
            self.share, self.term, self.ids, self.shares, self.party, self.held = (
                mapped(folder / name) for name in (SHARE, TERM, IDS, SHARES, PARTY, HELD)
            )
            self._terms = Terms(folder, is_first=self.layout == _FIRST)
            self.terms, self._labels = self._terms.rows, Texts(folder, LABELS)
            self.told = Told(None if self.layout == _FIRST else folder, len(self.party))
        except (OSError, ValueError, KeyError, TypeError):
            raise StaleColumnsError from None

    @property
    def folder(self) -> Path:
        """Where they lie."""
        return self._folder

    @property
    def size(self) -> int:
        """How many bytes they take."""
        return sum(size for size, _ in self._files.values())

    @property
    def is_of_old(self) -> bool:
        """Whether claims that columns could hold may have been written as ones they cannot."""
        return self.layout != LAYOUT

    def check(self) -> None:
        """Read everything once and hold it against its checksums.

        Raises
        ------
        StaleColumnsError
            If a byte is not as it was written.
        """
        if any(checksum(self._folder / name) != known for name, known in self._files.items()):
            raise StaleColumnsError

    @property
    def is_plain(self) -> NDArray[np.bool_]:
        """Per claim of the index, whether columns hold all of it."""
        plain: NDArray[np.bool_] = self.share != ODD
        return plain

    def label(self, number: int) -> str:
        """Return the label of a party."""
        return self._labels[number]

    def labels(self, numbers: NDArray[np.int64]) -> list[str]:
        """Return the labels of some parties."""
        return self._labels.many(numbers)

    def tells(self, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Tell of some places in the index whether `holding` gives what stands there."""
        told: NDArray[np.bool_] = self.share[rows] != ODD
        told[~told] = self.told.among(rows[~told])
        return told

    def tells_of(self, numbers: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Tell of some parties whether `party_of` gives them."""
        told: NDArray[np.bool_] = self.party["plain"][numbers] != 0
        told |= self.told.beyond[numbers] != NOTHING
        return told

    def party_of(self, number: int) -> Party:
        """Return a party that is plain, or told."""
        row, more = self.party[number], self.told.said_beyond(int(self.told.beyond[number]))
        return Party(
            id=self._iris[number],
            label=self._labels[number],
            kind=KINDS[row["kind"]],
            aliases=more.aliases,
            former_names=more.former_names,
            identifiers=more.identifiers,
            jurisdiction=row["country"].decode() or more.jurisdiction,
            listed=None if row["listed"] == ODD else bool(row["listed"]),
            remainder=None if row["remainder"] == ODD else REMAINDERS[row["remainder"]],
            acts_for=more.acts_for,
            exists=more.exists,
            unspecified=more.unspecified,
            unspecified_details=more.unspecified_details,
            nationalities=more.nationalities,
        )

    def holding(self, row: int, holder: str, issuer: str) -> Holding:
        """Return the holding at a place of the index, plain or told, between two IRIs."""
        capital, term = int(self.share[row]), int(self.term[row])
        votes, rest = None, _NO_MORE
        if capital == ODD:
            capital, votes_code, term, more = self.told.codes_at(row)
            rest = self.told.rest(more)
            votes = None if votes_code == ODD else self._share(votes_code)
        period, document, record, status, sourcing, known = self._terms.at(term)
        return Holding(
            id=self.id_of(row),
            document=document,
            period=period,
            known_from=known,
            status=status,
            sourcing=sourcing,
            record=record,
            holder=holder,
            issuer=issuer,
            capital=None if capital == ODD else self._share(capital),
            votes=votes,
            **rest,
        )

    def id_of(self, row: int) -> str:
        """Return the IRI of the holding, plain or told, at a place of the index."""
        return f"{CLAIM}{self.ids[row].tobytes().hex()}"

    @property
    def forms_of_terms(self) -> NDArray[np.int64]:
        """Per row of `terms` a number that those share which differ in dates alone."""
        return self._terms.forms

    def said_of(self, term: int) -> tuple[Period, str, Status, Sourcing]:
        """Return what a row of `terms` stands for: period, document, status and sourcing."""
        period, document, _, status, sourcing, _ = self.all_said_of(term)
        return period, document, status, sourcing

    def all_said_of(self, term: int) -> Said:
        """Return the same with its record behind the document, and from when it was known."""
        said: Said = self._terms.at(term)
        return said

    def share_of(self, code: int) -> Share:
        """Return what a row of `shares` stands for."""
        share: Share = self._share(code)
        return share

    @functools.cached_property
    def _share(self) -> Any:  # noqa: ANN401 - a cached function
        @functools.lru_cache(maxsize=_CACHED)
        def share(code: int) -> Share:
            low, low_unit, high, high_unit, low_open, high_open = self.shares[code].tolist()
            return Share(Fraction(low, low_unit), Fraction(high, high_unit), low_open, high_open)

        return share
