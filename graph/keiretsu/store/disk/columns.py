"""Reading the columns of a store: plain holdings and parties without their RDF."""

from __future__ import annotations

import functools
import json
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from keiretsu.model import Holding, Party, Period, Share, Sourcing, Status
from keiretsu.store.disk.columns_writing import (
    HELD,
    IDS,
    KINDS,
    LABELS,
    LAYOUT,
    ODD,
    PARTY,
    REMAINDERS,
    SAID,
    SHARE,
    SHARES,
    STAMP,
    TERM,
    TERMS,
    checksum,
)
from keiretsu.store.disk.plain import CLAIM
from keiretsu.store.disk.texts import Texts, mapped

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

_CACHED = 100_000


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
    share, term
        Per claim of the index: rows of `shares` and `terms`, or -1 for one that is not plain.
    ids
        Bytes of the hash in each claim's IRI.
    shares, terms, party
        Tables; see `keiretsu.store.disk.columns_writing`.
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
            fresh = (stamp["layout"], stamp["fingerprint"]) == (LAYOUT, fingerprint)
            sizes = {name: (folder / name).stat().st_size for name in self._files}
            if not fresh or any(size != self._files[name][0] for name, size in sizes.items()):
                raise StaleColumnsError
            self.share, self.term, self.ids, self.shares, self.terms, self.party, self.held = (
                mapped(folder / name) for name in (SHARE, TERM, IDS, SHARES, TERMS, PARTY, HELD)
            )
            self._said, self._labels = Texts(folder, SAID), Texts(folder, LABELS)
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

    def party_of(self, number: int) -> Party:
        """Return a plain party."""
        row = self.party[number]
        return Party(
            id=self._iris[number],
            label=self._labels[number],
            kind=KINDS[row["kind"]],
            jurisdiction=row["country"].decode() or None,
            listed=None if row["listed"] == ODD else bool(row["listed"]),
            remainder=None if row["remainder"] == ODD else REMAINDERS[row["remainder"]],
        )

    def holding(self, row: int, holder: str, issuer: str) -> Holding:
        """Return the plain holding at a place of the index, between two IRIs."""
        period, document, record, status, sourcing = self._term(int(self.term[row]))
        return Holding(
            id=self.id_of(row),
            document=document,
            period=period,
            status=status,
            sourcing=sourcing,
            record=record,
            holder=holder,
            issuer=issuer,
            capital=self._share(int(self.share[row])),
        )

    def id_of(self, row: int) -> str:
        """Return the IRI of the plain holding at a place of the index."""
        return f"{CLAIM}{self.ids[row].tobytes().hex()}"

    def said_of(self, term: int) -> tuple[Period, str, Status, Sourcing]:
        """Return what a row of `terms` stands for: period, document, status and sourcing."""
        period, document, _, status, sourcing = self._term(term)
        return period, document, status, sourcing

    def all_said_of(self, term: int) -> tuple[Period, str, str | None, Status, Sourcing]:
        """Return the same with the record that it was read from, behind the document."""
        said: tuple[Period, str, str | None, Status, Sourcing] = self._term(term)
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

    @functools.cached_property
    def _term(self) -> Any:  # noqa: ANN401 - a cached function
        @functools.lru_cache(maxsize=_CACHED)
        def term(code: int) -> tuple[Period, str, str | None, Status, Sourcing]:
            start, end, document, record, status, sourcing = json.loads(self._said[code])
            return Period.parse(start, end), document, record, Status(status), Sourcing(sourcing)

        return term
