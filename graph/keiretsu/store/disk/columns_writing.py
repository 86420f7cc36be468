"""Writing plain holdings and parties as columns, in the same pass as the claims themselves."""

from __future__ import annotations

import json
import zlib
from array import array
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from keiretsu.formats.table.arrays import Shares
from keiretsu.model import Party, PartyKind, Period, Remainder
from keiretsu.store.disk.plain import CLAIM, COUNTRY, is_plain_party
from keiretsu.store.disk.terms import write_terms
from keiretsu.store.disk.texts import write_texts
from keiretsu.store.disk.told import (
    NO_HOLDINGS,
    ToldHoldings,
    ToldWriter,
    can_be_told,
    write_beyond,
    write_told,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from keiretsu.formats.table.arrays.said import Said
    from keiretsu.model import Claim, Holding, Share

FOLDER: Final = "columns"
STAMP: Final = "columns.json"
LAYOUT: Final = 2
SHARE, TERM, IDS, SHARES, PARTY, HELD = (
    f"{name}.npy" for name in ("share", "term", "ids", "shares", "party", "held")
)
LABELS = "labels"
ID_BYTES: Final = 10
ODD: Final = -1
"""Share of a claim that columns do not hold."""
KINDS, REMAINDERS = tuple(PartyKind), tuple(Remainder)
PARTY_TYPE = np.dtype(
    [(name, np.int8) for name in ("kind", "listed", "remainder", "plain", "dated")]
    + [("country", "S2"), ("state", np.int32)]
)
SHARE_TYPE = np.dtype(
    [(name, np.int64) for name in ("low", "low_unit", "high", "high_unit")]
    + [("low_open", np.bool_), ("high_open", np.bool_)]
)


_said_of = attrgetter("period", "document", "record", "status", "sourcing", "known_from")


class ColumnsWriter:
    """Gathers what columns hold of claims that are added one after the other.

    Parameters
    ----------
    parties
        The parties that the data describes, by IRI.
    """

    def __init__(self, parties: Mapping[str, Party]) -> None:
        self._parties = parties
        self._share, self._term, self._ids = array("i"), array("i"), bytearray()
        self._shares: dict[Share, int] = {}
        self._terms: dict[Said, int] = {}
        self._told = ToldWriter()

    def add(self, claim: Claim, *, plain: bool) -> None:
        """Take the next claim that is about an issuer; `plain` if columns can hold all of it."""
        holding: Holding = claim  # type: ignore[assignment]  # if it is one
        is_told = not plain and can_be_told(claim, self._parties)
        capital = votes = term = ODD
        if plain or is_told:
            capital, votes = self._code_of(holding.capital), self._code_of(holding.votes)
            term = self._terms.setdefault(_said_of(claim), len(self._terms))
        if is_told:
            self._told.add(len(self._share), capital, votes, term, holding)
        self._share.append(capital if plain else ODD)
        self._term.append(term if plain else ODD)
        has_hash = plain or is_told
        self._ids += bytes.fromhex(claim.id.removeprefix(CLAIM)) if has_hash else bytes(ID_BYTES)

    def _code_of(self, share: Share | None) -> int:
        return ODD if share is None else self._shares.setdefault(share, len(self._shares))

    def write(
        self,
        folder: Path,
        order: NDArray[np.int64],
        about: NDArray[np.int64],
        iris: Sequence[str],
        fingerprint: str,
    ) -> None:
        """Write the columns into a new folder.

        Parameters
        ----------
        folder
            Where to; it must not exist.
        order
            How the claims are sorted in the index.
        about
            The index, sorted.
        iris
            The parties of the index.
        fingerprint
            Of the claims.
        """
        folder.mkdir()
        share, term = (
            np.array(codes, dtype=np.int32)[order] for codes in (self._share, self._term)
        )
        ids = np.frombuffer(bytes(self._ids), dtype=np.uint8).reshape(-1, ID_BYTES)[order]
        tables = (share, Shares.of(self._shares)), (term, list(self._terms))
        write_columns(folder, *tables, ids, about[:, 1], told=self._told.gathered(order))
        _write_parties(folder, self._parties, iris)
        write_stamp(folder, fingerprint)


def write_columns(
    folder: Path,
    share: tuple[NDArray[np.int32], Shares],
    term: tuple[NDArray[np.int32], list[Said]],
    ids: NDArray[np.uint8],
    holder: NDArray[Any],
    *,
    told: ToldHoldings = NO_HOLDINGS,
) -> None:
    """Write the columns of claims that are sorted as the index is.

    Parameters
    ----------
    folder
        Where to.
    share, term
        Codes per claim, and what they stand for: shares; and period, document, record, status,
        sourcing and the date from which it was known.
    ids
        Bytes of the claims' hashes.
    holder
        Per claim the number of the holder.
    told
        Those that are not plain and told nevertheless, with the same codes.
    """
    rows = np.array(told.rows, dtype=np.int32)
    codes, shares = share
    codes, ranked = in_order(np.concatenate([codes, *rows[1:3]]), len(shares))
    codes, rows[1], rows[2] = np.split(codes, [len(ids), len(ids) + rows.shape[1]])
    np.save(folder / SHARE, codes)
    np.save(folder / SHARES, _share_table(shares.take(ranked)))
    codes, known = term
    codes, ranked = in_order(np.concatenate([codes, rows[3]]), len(known))
    codes, rows[3] = np.split(codes, [len(ids)])
    np.save(folder / TERM, codes)
    np.save(folder / IDS, ids)
    write_terms(folder, (known[code] for code in ranked.tolist()))
    rows[4], ranked = in_order(rows[4], len(told.more))
    write_told(folder, ToldHoldings(rows, [told.more[code] for code in ranked.tolist()]))
    np.save(folder / HELD, np.argsort(holder, kind="stable").astype(np.int32))


def in_order(codes: NDArray[np.int32], values: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return codes numbered by where they first stand, and what each was: same rows, same columns.

    Parameters
    ----------
    codes
        Per claim a code, or `ODD`.
    values
        How many values codes may stand for.

    Examples
    --------
    >>> codes, known = in_order(np.array([2, -1, 0, 2], dtype=np.int32), 3)
    >>> codes.tolist(), known.tolist()
    ([0, -1, 1, 0], [2, 0])
    """
    found, first = np.unique(codes[codes != ODD], return_index=True)
    ranked = found[np.argsort(first)]
    anew = np.full(values + 1, ODD, dtype=np.int32)
    anew[ranked] = np.arange(len(ranked), dtype=np.int32)
    return anew[codes], ranked


def write_stamp(folder: Path, fingerprint: str) -> None:
    """Write what tells whether columns are whole and of which claims they are."""
    paths = [path for path in sorted(folder.iterdir()) if path.name != STAMP]
    files = {path.name: checksum(path) for path in paths}
    stamp = {"layout": LAYOUT, "fingerprint": fingerprint, "files": files}
    (folder / STAMP).write_text(json.dumps(stamp, indent=1, sort_keys=True), encoding="utf-8")


def checksum(path: Path) -> list[int]:
    """Return the size of a file and the CRC-32 of its bytes."""
    size = code = 0
    with path.open("rb") as file:
        while part := file.read(1 << 22):
            size, code = size + len(part), zlib.crc32(part, code)
    return [size, code]


def _share_table(shares: Shares) -> NDArray[Any]:
    rows = np.empty(len(shares), dtype=SHARE_TYPE)
    for at, name in enumerate(("low", "low_unit", "high", "high_unit")):
        rows[name] = shares.ends[:, at]
    rows["low_open"], rows["high_open"] = shares.is_open.T
    return rows


def _write_parties(folder: Path, parties: Mapping[str, Party], iris: Sequence[str]) -> None:
    code = {iri: number for number, iri in enumerate(iris)}
    rows, labels = np.zeros(len(iris), dtype=PARTY_TYPE), []
    rows["state"] = ODD
    for number, iri in enumerate(iris):
        party = parties.get(iri)
        labels.append("" if party is None else party.label)
        if party is None:
            continue
        state = code.get(party.acts_for or "", ODD)
        rows[number] = (
            KINDS.index(party.kind),
            ODD if party.listed is None else int(party.listed),
            ODD if party.remainder is None else REMAINDERS.index(party.remainder),
            is_plain_party(party),
            party.exists != Period(),
            _country(party),
            state,
        )
    np.save(folder / PARTY, rows)
    write_texts(folder, LABELS, labels)
    write_beyond(folder, parties, iris)


def _country(party: Party) -> bytes:
    code = party.jurisdiction or ""
    return code.encode() if len(code) == COUNTRY else b""
