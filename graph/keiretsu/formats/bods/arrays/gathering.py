"""What statements say, gathered into columns."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from msgspec import UNSET, to_builtins

from keiretsu.formats.bods.arrays.parties import Parties, Texts, positions, told_text
from keiretsu.formats.bods.arrays.shares import shares_of
from keiretsu.formats.bods.arrays.statements import (
    DocumentSays,
    HoldingSays,
    PartySays,
    period_told,
    shares_told,
)
from keiretsu.formats.model_json import from_plain
from keiretsu.formats.table.arrays import PlainTable
from keiretsu.formats.table.arrays.columns import NotPlainError
from keiretsu.model import ID, PartialDate, Period, Sourcing, Status

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from keiretsu.formats.bods.arrays.statements import Says
    from keiretsu.formats.table.arrays.said import Said
    from keiretsu.model import Document

_CLAIM: Final = f"{ID}claim/"
_HEX: Final = 20
_BYTES: Final = _HEX // 2


class Gathering:
    """Gathers parties and holdings as columns, and the few documents that they cite."""

    def __init__(self) -> None:
        self._parties, self._shares, self._terms = Parties(), _Told(), _Terms()
        self._holder, self._issuer = Texts(), Texts()
        self._share, self._term = array("i"), array("i")
        self._ids = bytearray()
        self._documents: dict[str, Document] = {}
        self._read: set[DocumentSays] = set()

    def __len__(self) -> int:
        """Return how many holdings there are."""
        return len(self._share)

    def take(self, every: list[Says]) -> None:
        """Take what statements say.

        Raises
        ------
        NotPlainError
            If columns cannot hold it.
        InputError
            If a date or a document cannot be read.
        """
        self._parties.take([one for one in every if type(one) is PartySays])
        for one in every:
            if type(one) is DocumentSays:
                self._take_document(one)
        shares, terms = self._shares, self._terms
        holdings = [one for one in every if type(one) is HoldingSays]
        self._ids += _hashes([one.id for one in holdings])
        self._holder.add([one.holder for one in holdings])
        self._issuer.add([one.issuer for one in holdings])
        self._share.extend([shares[bytes(one.capital)] for one in holdings])
        self._term.extend(
            [
                terms[bytes(one.period), one.document, one.record, one.status, one.sourcing]
                for one in holdings
            ]
        )

    def table(self) -> PlainTable:
        """Return the columns.

        Raises
        ------
        NotPlainError
            If something is named and not described, two holdings have one IRI, or columns cannot
            hold a share.
        InputError
            If a share cannot be read.
        """
        if any(document not in self._documents for _, document, *_ in self._terms.found):
            raise NotPlainError
        ids = np.frombuffer(bytes(self._ids), dtype=np.uint8).reshape(-1, _BYTES)
        _refuse_twice(ids)
        iris, labels, folded, kinds, countries, listed = self._parties.columns()
        codes, shares = shares_of(shares_told(self._shares))
        return PlainTable(
            tuple(self._documents[iri] for iri in sorted(self._documents)),
            iris,
            labels,
            folded,
            kinds,
            countries,
            listed,
            positions(self._holder.column(), iris),
            positions(self._issuer.column(), iris),
            codes[np.array(self._share, dtype=np.int32)],
            np.array(self._term, dtype=np.int32),
            ids,
            shares,
            self._terms.found,
            (),
        )

    def _take_document(self, one: DocumentSays) -> None:
        if one in self._read:
            return
        self._read.add(one)
        document: Document = from_plain(to_builtins(one))
        self._documents.setdefault(document.id, document)


class _Told(dict[bytes, int]):
    """The code of each share as it is written; they are read together at the end."""

    def __missing__(self, written: bytes) -> int:
        code = self[written] = len(self)
        return code


class _Terms(dict[tuple[Any, ...], int]):
    """The code of when and by whom something is said, and how well; each read when first met."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Said] = []
        self._said: dict[Said, int] = {}

    def __missing__(self, term: tuple[Any, ...]) -> int:
        written, document, record, status, sourcing = term
        try:
            how = (
                Status(told_text(status) or Status.ACCEPTED),
                Sourcing(told_text(sourcing) or Sourcing.SOURCED),
            )
        except ValueError:
            raise NotPlainError from None
        said = (_period(written), document, told_text(record), *how, None)
        code = self[term] = self._said.setdefault(said, len(self.found))
        if code == len(self.found):
            self.found.append(said)
        return code


def _period(written: bytes) -> Period:
    told = period_told(written)
    start, end = (
        None if one is UNSET else PartialDate.parse(one) for one in (told.start, told.end)
    )
    return Period(start, end)


def _hashes(names: list[str]) -> bytes:
    """Return the hashes in the IRIs of claims.

    Raises
    ------
    NotPlainError
        If one of them has none.
    """
    digits = [name.removeprefix(_CLAIM) for name in names if len(name) == len(_CLAIM) + _HEX]
    whole = "".join(digits)
    try:
        found = bytes.fromhex(whole)
    except ValueError:
        raise NotPlainError from None
    if len(whole) != _HEX * len(names) or found.hex() != whole:
        raise NotPlainError
    return found


def _refuse_twice(ids: NDArray[np.uint8]) -> None:
    """Refuse two holdings with one IRI; those that share most of a hash are not looked at closer.

    Raises
    ------
    NotPlainError
        If there are any.
    """
    keys = np.sort(np.ascontiguousarray(ids[:, :8]).view(np.uint64).ravel())
    if (keys[1:] == keys[:-1]).any():
        raise NotPlainError
