"""Statements as Keiretsu writes them, typed: a field of any other name or type is refused.

Nothing is passed over unread, so that a text which is no UTF-8, a number that is none or half a
character is noticed wherever it stands.
"""

from __future__ import annotations

import hashlib
from typing import Any, Final

from msgspec import UNSET, MsgspecError, Raw, Struct, UnsetType
from msgspec.json import Decoder, Encoder

from keiretsu.formats.table.arrays.columns import NotPlainError

Text = str | UnsetType
Flag = bool | UnsetType
_SMALL, _LARGE = 1e-4, 1e16
"""Between these, every writer of JSON spells a number alike."""


class Strict(Struct, forbid_unknown_fields=True, frozen=True, gc=False):
    """An object of JSON with these fields, and no other."""


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
    """A holding of which columns hold everything."""

    id: str
    document: str
    holder: str
    issuer: str
    capital: ShareSays
    period: PeriodSays | UnsetType = UNSET
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
    statementPointerTarget: str  # noqa: N815 - as in the standard
    motivation: str
    description: str
    createdBy: _Named  # noqa: N815
    keiretsu: _Keeps


class _Publication(Strict, frozen=True):
    publicationDate: str  # noqa: N815
    bodsVersion: str  # noqa: N815
    publisher: _Named


class _Source(Strict, frozen=True):
    description: Text = UNSET
    url: Text = UNSET
    assertedBy: list[_Named] | UnsetType = UNSET  # noqa: N815


class _Statement(Strict, frozen=True):
    statementId: str  # noqa: N815
    declarationSubject: str  # noqa: N815
    statementDate: str  # noqa: N815
    publicationDetails: _Publication  # noqa: N815
    recordId: str  # noqa: N815
    recordType: str  # noqa: N815
    recordStatus: str  # noqa: N815
    recordDetails: Raw  # noqa: N815
    annotations: tuple[_Annotation]
    source: _Source | UnsetType = UNSET


def says_of(line: bytes) -> list[Says]:
    """Return what a statement keeps of parties, documents and claims.

    Raises
    ------
    NotPlainError
        If it is no statement of ours, was changed after it was written, or says more than columns
        hold.
    """
    try:
        statement = _STATEMENT(line)
        details = _SORTED(_DETAILS(statement.recordDetails))
    except (MsgspecError, UnicodeDecodeError, RecursionError):
        raise NotPlainError from None
    kept = statement.annotations[0].keiretsu
    if hashlib.sha256(details).hexdigest()[:_DIGITS] != kept.of:
        raise NotPlainError
    return kept.says


def _ordinary(text: str) -> float:
    value = float(text)
    if value and not _SMALL <= abs(value) < _LARGE:
        raise NotPlainError
    return value


_STATEMENT: Final = Decoder(_Statement).decode
_DETAILS: Final = Decoder(Any, float_hook=_ordinary).decode
_SORTED: Final = Encoder(order="sorted").encode
"""The bytes of `keiretsu.formats.bods.statement.canonical`, for ordinary numbers."""
_DIGITS: Final = 20
"""Those of `keiretsu.formats.bods.statement.digest_of`."""
