"""Statements as Keiretsu writes them, typed: a field of any other name or type is refused.

Nothing is passed over unread, so that a text which is no UTF-8, a number that is none or half a
character is noticed wherever it stands.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Annotated, Final

from msgspec import UNSET, Meta, MsgspecError, Struct, UnsetType
from msgspec.json import Decoder, Encoder

from keiretsu.formats.table.arrays.columns import NotPlainError

if TYPE_CHECKING:
    from collections.abc import Iterable

Text = str | UnsetType
Flag = bool | UnsetType
_LARGE: Final = 10**16
Number = (
    Annotated[int, Meta(ge=0, lt=_LARGE)] | Annotated[float, Meta(ge=1e-4, lt=_LARGE)] | UnsetType
)
"""A number that every writer of JSON spells alike."""


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


class _Type(Strict, frozen=True):
    subtype: Text = UNSET
    type: Text = UNSET


class _Code(Strict, frozen=True):
    code: str
    name: str


class _Listing(Strict, frozen=True):
    hasPublicListing: bool  # noqa: N815


class _Name(Strict, frozen=True):
    fullName: str  # noqa: N815
    type: str


class _Reason(Strict, frozen=True):
    description: Text = UNSET
    reason: Text = UNSET


class _Share(Strict, frozen=True):
    exact: Number = UNSET
    exclusiveMaximum: Number = UNSET  # noqa: N815
    exclusiveMinimum: Number = UNSET  # noqa: N815
    maximum: Number = UNSET
    minimum: Number = UNSET


class _Interest(Strict, frozen=True):
    directOrIndirect: Text = UNSET  # noqa: N815
    endDate: Text = UNSET  # noqa: N815
    share: _Share | UnsetType = UNSET
    startDate: Text = UNSET  # noqa: N815
    type: Text = UNSET


class _Details(Strict, frozen=True):
    """What records of parties and relationships say, in the order of canonical JSON."""

    entityType: _Type | UnsetType = UNSET  # noqa: N815
    interestedParty: Text = UNSET  # noqa: N815
    interests: tuple[_Interest] | UnsetType = UNSET
    isComponent: Flag = UNSET  # noqa: N815
    jurisdiction: _Code | UnsetType = UNSET
    name: Text = UNSET
    names: list[_Name] | UnsetType = UNSET
    personType: Text = UNSET  # noqa: N815
    publicListing: _Listing | UnsetType = UNSET  # noqa: N815
    subject: Text = UNSET
    unspecifiedEntityDetails: _Reason | UnsetType = UNSET  # noqa: N815
    uri: Text = UNSET


class _Statement(Strict, frozen=True):
    statementId: str  # noqa: N815
    declarationSubject: str  # noqa: N815
    statementDate: str  # noqa: N815
    publicationDetails: _Publication  # noqa: N815
    recordId: str  # noqa: N815
    recordType: str  # noqa: N815
    recordStatus: str  # noqa: N815
    recordDetails: _Details  # noqa: N815
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
    try:
        for statement in map(_STATEMENT, lines):
            kept = statement.annotations[0].keiretsu
            digest = _EMPTY.copy()  # quicker than a new one
            digest.update(_CANONICAL(statement.recordDetails))
            if digest.hexdigest()[:_DIGITS] != kept.of:
                raise NotPlainError
            told += kept.says
    except (MsgspecError, UnicodeDecodeError, RecursionError):
        raise NotPlainError from None
    return told


_EMPTY: Final = hashlib.sha256()
_STATEMENT: Final = Decoder(_Statement).decode
_CANONICAL: Final = Encoder().encode
"""The bytes of `keiretsu.formats.bods.statement.canonical`, for such numbers as we read."""
_DIGITS: Final = 20
"""Those of `keiretsu.formats.bods.statement.digest_of`."""
