"""What a reader yields, gathered on disk: a set of claims whose size the memory does not feel.

The same as `keiretsu.formats.collecting.collected`, for whoever goes through the claims in their
order and holds none of them. They lie in a temporary database of SQLite that nothing but this
process can open and that is gone with it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, cast, overload

from keiretsu.errors import InputError
from keiretsu.formats.collecting import CLAIM_FIELDS, joined
from keiretsu.formats.frame import Horizon
from keiretsu.formats.model_json import from_plain, to_plain
from keiretsu.model import Claim, ClaimSet, Document, Edit, Event, Party, Proposal, SourceRecord

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from keiretsu.formats.frame import Piece, Reading

_PARTIES, _DOCUMENTS, _RECORDS = "parties", "documents", "source_records"
_KINDS: Final = {Party: _PARTIES, Document: _DOCUMENTS, SourceRecord: _RECORDS} | {
    kind: field for field, kind in CLAIM_FIELDS
}
_KINDS[Proposal] = _KINDS[Event]
_SAY_LESS: Final = (_DOCUMENTS, _RECORDS)
"""Kinds of which one telling is as good as another."""
_CACHE: Final = 8 * 1024
"""Kibibytes of the database that are held in memory."""


def kept(pieces: Iterable[Piece], reading: Reading) -> ClaimSet:
    """Return all that a reader yields, each party once, on disk.

    Parameters
    ----------
    pieces, reading
        As in `keiretsu.formats.collecting.collected`.

    Returns
    -------
    ClaimSet
        Its parties, documents, claims and source records are read from disk every time they are
        asked for, in the order of their IRIs. Edits and the horizon are in memory.

    Raises
    ------
    InputError
        As the reader; or if two different claims have one IRI.

    Examples
    --------
    >>> from keiretsu.formats.frame import Reading
    >>> one, other = Party(id="urn:b", label="B"), Party(id="urn:a", label="A")
    >>> claims = kept([one, other, one], Reading("x"))
    >>> [party.label for party in claims.parties.values()], len(claims.holdings)
    (['A', 'B'], 0)
    """
    base = sqlite3.connect("", isolation_level=None)  # temporary, and on disk when it grows
    for setting in (f"cache_size = -{_CACHE}", "journal_mode = OFF", "synchronous = OFF"):
        base.execute(f"PRAGMA {setting}")
    base.execute("CREATE TABLE told (kind TEXT, id TEXT, place TEXT, piece TEXT)")
    edits: dict[str, Edit] = {}
    horizons: list[dt.date] = []
    base.execute("BEGIN")
    base.executemany("INSERT INTO told VALUES (?, ?, ?, ?)", _rows(pieces, edits, horizons))
    base.execute("CREATE TABLE whole (kind, id, piece, PRIMARY KEY (kind, id)) WITHOUT ROWID")
    base.executemany("INSERT INTO whole VALUES (?, ?, ?)", _whole(base, reading))
    base.execute("DROP TABLE told")
    base.execute("COMMIT")
    claims = {field: _Kept(base, field) for field, _ in CLAIM_FIELDS}
    return ClaimSet(
        parties=_KeptByName(base, _PARTIES),
        documents=_KeptByName(base, _DOCUMENTS),
        source_records=cast("tuple[SourceRecord, ...]", _Kept(base, _RECORDS)),
        edits=tuple(sorted(edits.values(), key=lambda one: (one.number, one.id))),
        horizon=max(horizons, default=None),
        **cast("dict[str, Any]", claims),
    )


def _rows(
    pieces: Iterable[Piece], edits: dict[str, Edit], horizons: list[dt.date]
) -> Iterator[tuple[str, str, str, str]]:
    for piece in pieces:
        if isinstance(piece, Edit):
            edits[piece.id] = piece
        elif isinstance(piece, Horizon):
            horizons.append(piece.day)
        else:
            place = piece.place if isinstance(piece, Claim) else ""
            yield _KINDS[type(piece)], piece.id, place, _text(piece)


def _whole(base: sqlite3.Connection, reading: Reading) -> Iterator[tuple[str, str, str]]:
    """Yield each thing once, with all that was told of it, in the order of its name."""
    told = base.execute("SELECT kind, id, place, piece FROM told ORDER BY kind, id, rowid")
    for (kind, iri), same in groupby(told, key=itemgetter(0, 1)):
        (_, _, _, text), *more = same
        different = [(place, other) for _, _, place, other in more if other != text]
        if kind == _PARTIES and different:
            whole = _piece(kind, text)
            for _, other in different:
                whole = joined(whole, _piece(kind, other), reading)
            text = _text(whole)
        elif different and kind not in _SAY_LESS:
            problem = f"two different claims have the identifier {iri}"
            raise InputError(problem, place=different[0][0], mend="keep one of them")
        yield kind, iri, text


def _text(piece: Piece) -> str:
    return json.dumps(to_plain(piece), ensure_ascii=False, separators=(",", ":"))


def _piece(kind: str, text: str) -> Any:  # noqa: ANN401 - of any kind
    told = json.loads(text)
    if kind != _RECORDS:
        return from_plain(told)
    del told["is"]
    told |= {name: tuple(told.get(name, ())) for name in ("parties", "claims")}
    return SourceRecord(**told)


class _Kept(Sequence[Any]):
    """Things of one kind, read from disk in the order of their names."""

    def __init__(self, base: sqlite3.Connection, kind: str) -> None:
        self._base, self._kind = base, kind
        row = base.execute("SELECT count(*) FROM whole WHERE kind = ?", (kind,)).fetchone()
        self._length: int = row[0]

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[Any]:
        found = self._base.execute(
            "SELECT piece FROM whole WHERE kind = ? ORDER BY id", (self._kind,)
        )
        for (piece,) in found:
            yield _piece(self._kind, piece)

    @overload
    def __getitem__(self, place: int) -> Any: ...  # noqa: ANN401 - of any kind
    @overload
    def __getitem__(self, place: slice) -> Sequence[Any]: ...
    def __getitem__(self, place: int | slice) -> Any:
        if isinstance(place, slice):
            return list(self)[place]
        start = place + len(self) if place < 0 else place
        query = "SELECT piece FROM whole WHERE kind = ? ORDER BY id LIMIT 1 OFFSET ?"
        row = self._base.execute(query, (self._kind, start)).fetchone() if start >= 0 else None
        if row is None:
            raise IndexError(place)
        return _piece(self._kind, row[0])


class _KeptByName(Mapping[str, Any]):
    """Things of one kind by their names, in the order of these."""

    def __init__(self, base: sqlite3.Connection, kind: str) -> None:
        self._base, self._things = base, _Kept(base, kind)
        self._kind = kind

    def __len__(self) -> int:
        return len(self._things)

    def __iter__(self) -> Iterator[str]:
        query = "SELECT id FROM whole WHERE kind = ? ORDER BY id"
        return (iri for (iri,) in self._base.execute(query, (self._kind,)))

    def __getitem__(self, iri: str) -> Any:  # noqa: ANN401 - of any kind
        query = "SELECT piece FROM whole WHERE kind = ? AND id = ?"
        row = self._base.execute(query, (self._kind, iri)).fetchone()
        if row is None:
            raise KeyError(iri)
        return _piece(self._kind, row[0])

    def values(self) -> Any:  # noqa: ANN401 - a view that is gone through once is enough
        """Return the things, read one after the other rather than looked up one by one."""
        return self._things

    def items(self) -> Any:  # noqa: ANN401 - as `values`
        """Return names and things."""
        return ((one.id, one) for one in self._things)
