"""Statements as Keiretsu writes them, typed: a field of any other name or type is refused.

Nothing is passed over unread, so that a text which is no UTF-8, a number that is none or half a
character is noticed wherever it stands. The details of a record are written in canonical order, so
that their bytes have the hash that is kept beside them, and need not be decoded to know it.
"""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from msgspec import UNSET, MsgspecError, Raw, UnsetType
from msgspec.json import Decoder

from keiretsu.formats.bods.statement import canonical, digest_of
from keiretsu.formats.bods.usual import Strict
from keiretsu.formats.table.arrays.columns import NotPlainError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Text = str | UnsetType
Flag = bool | UnsetType


class DocumentSays(Strict, frozen=True, tag_field="is", tag="Document"):
    """A document, as `keiretsu.formats.model_json` writes it."""

    id: str
    title: str
    publisher: Text = UNSET
    date: Text = UNSET
    url: Text = UNSET


class PartySays(Strict, frozen=True, tag_field="is", tag="Party"):
    """A party of whom columns hold everything."""

    id: str
    label: str
    kind: Text = UNSET
    jurisdiction: Text = UNSET
    listed: Flag = UNSET


class PeriodSays(Strict, frozen=True):
    """A period; one end or both may be absent."""

    start: Text = UNSET
    end: Text = UNSET


class ShareSays(Strict, frozen=True):
    """A share, its ends as fractions."""

    low: str
    high: str
    low_open: Flag = UNSET
    high_open: Flag = UNSET


class HoldingSays(Strict, frozen=True, tag_field="is", tag="Holding"):
    """A holding of which columns hold everything.

    Its share and its period are left as they are written, see `shares_told` and `period_told`: many
    holdings have the same, which is then decoded once.
    """

    id: str
    document: str
    holder: str
    issuer: str
    capital: Raw
    period: Raw = Raw()
    record: Text = UNSET
    status: Text = UNSET
    sourcing: Text = UNSET


Says = DocumentSays | PartySays | HoldingSays


class _Keeps(Strict, frozen=True):
    of: str
    says: list[Says]


class _Named(Strict, frozen=True):
    name: str


class _Annotation(Strict, frozen=True):
    statementPointerTarget: str
    motivation: str
    description: str
    createdBy: _Named
    keiretsu: _Keeps


class _Publication(Strict, frozen=True):
    publicationDate: str
    bodsVersion: str
    publisher: _Named


class _Source(Strict, frozen=True):
    description: Text = UNSET
    url: Text = UNSET
    assertedBy: list[_Named] | UnsetType = UNSET


class _Statement(Strict, frozen=True):
    statementId: str
    declarationSubject: str
    statementDate: str
    publicationDetails: _Publication
    recordId: str
    recordType: str
    recordStatus: str
    recordDetails: Raw
    annotations: tuple[_Annotation]
    source: _Source | UnsetType = UNSET


def says_of(lines: Iterable[bytes]) -> list[Says]:
    """Return what statements keep of parties, documents and claims.

    Raises
    ------
    NotPlainError
        If one is no statement of ours, was changed after it was written, or says more than columns
        hold.
    """
    told: list[Says] = []
    with _refused_if_odd():
        for statement in map(_STATEMENT, lines):
            kept = statement.annotations[0].keiretsu
            digest = _EMPTY.copy()  # quicker than a new one
            digest.update(statement.recordDetails)
            if digest.hexdigest()[:_DIGITS] != kept.of:
                _check_reformatted(statement.recordDetails, kept.of)
            told += kept.says
    return told


def shares_told(written: Iterable[bytes]) -> list[ShareSays]:
    """Return shares as they were left in holdings.

    Raises
    ------
    NotPlainError
        If one has other fields.
    """
    with _refused_if_odd():
        return [*map(_SHARE, written)]


def period_told(written: bytes) -> PeriodSays:
    """Return a period as it was left in a holding; one that is not written has no ends.

    Raises
    ------
    NotPlainError
        If it has other fields.
    """
    with _refused_if_odd():
        return _PERIOD(written) if written else PeriodSays()


def _check_reformatted(details: Raw, known: str) -> None:
    """Refuse details that say something else than what was hashed, however they are spelled."""
    if digest_of(canonical(_DETAILS(details))) != known:
        raise NotPlainError


@contextmanager
def _refused_if_odd() -> Iterator[None]:
    try:
        yield
    except (MsgspecError, UnicodeDecodeError, RecursionError):
        raise NotPlainError from None


_EMPTY: Final = hashlib.sha256()
_STATEMENT: Final = Decoder(_Statement).decode
_DETAILS: Final = Decoder(dict[str, Any]).decode
_SHARE: Final = Decoder(ShareSays).decode
_PERIOD: Final = Decoder(PeriodSays).decode
_DIGITS: Final = 20
"""Those of `keiretsu.formats.bods.statement.digest_of`."""
