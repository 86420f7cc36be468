"""Statements of 0.4 that have the fields of the standard and no others, typed.

Nearly all statements of a register are of this kind. Decoded so, they need no look at the type of
each field, and their canonical text is written without a search for what two writers of JSON might
spell differently. Whatever is not of this kind (another field, another type, a number that could be
spelled in two ways) is left to those who read it field by field. Needs msgspec.

Fields stand in the order of canonical JSON.
"""

from __future__ import annotations

from typing import Annotated, Final

from msgspec import UNSET, Meta, MsgspecError, Struct, UnsetType, convert
from msgspec.json import Decoder, Encoder

Text = str | UnsetType | None
Flag = bool | UnsetType | None
_LARGE: Final = 10**16
Number = (
    Annotated[int, Meta(ge=0, lt=_LARGE)]
    | Annotated[float, Meta(ge=1e-4, lt=_LARGE)]
    | UnsetType
    | None
)
"""A number that every writer of JSON spells alike."""


class Strict(Struct, forbid_unknown_fields=True, frozen=True, gc=False):
    """An object of JSON with these fields, and no other."""


class Named(Strict, frozen=True):
    """Somebody with a name and an address on the web."""

    name: Text = UNSET
    uri: Text = UNSET
    url: Text = UNSET


class Coded(Strict, frozen=True):
    """A country or a jurisdiction."""

    code: Text = UNSET
    name: Text = UNSET


class Source(Strict, frozen=True):
    """Where a statement is from."""

    assertedBy: tuple[Named, ...] | UnsetType | None = UNSET
    description: Text = UNSET
    retrievedAt: Text = UNSET
    type: tuple[str, ...] | UnsetType | None = UNSET
    url: Text = UNSET


class Publication(Strict, frozen=True):
    """Who has published a statement."""

    bodsVersion: Text = UNSET
    license: Text = UNSET
    publicationDate: Text = UNSET
    publisher: Named | UnsetType | None = UNSET


class Annotation(Strict, frozen=True):
    """A remark; one of ours has more fields."""

    createdBy: Named | UnsetType | None = UNSET
    creationDate: Text = UNSET
    description: Text = UNSET
    motivation: Text = UNSET
    statementPointerTarget: Text = UNSET
    transformedContent: Text = UNSET
    url: Text = UNSET


class Form(Strict, frozen=True):
    """What sort of entity one is."""

    details: Text = UNSET
    subtype: Text = UNSET
    type: Text = UNSET


class Identifier(Strict, frozen=True):
    """A number in a register."""

    id: Text = UNSET
    scheme: Text = UNSET
    schemeName: Text = UNSET
    uri: Text = UNSET


class Address(Strict, frozen=True):
    """An address."""

    address: Text = UNSET
    country: Coded | UnsetType | None = UNSET
    postCode: Text = UNSET
    type: Text = UNSET


class Name(Strict, frozen=True):
    """A name of a person."""

    familyName: Text = UNSET
    fullName: Text = UNSET
    givenName: Text = UNSET
    patronymicName: Text = UNSET
    type: Text = UNSET


class Reason(Strict, frozen=True):
    """Why somebody is not specified."""

    description: Text = UNSET
    reason: Text = UNSET


class Security(Strict, frozen=True):
    """A security that is traded."""

    id: Text = UNSET
    idScheme: Text = UNSET
    ticker: Text = UNSET


class Exchange(Strict, frozen=True):
    """Where a security is traded."""

    marketIdentifierCode: Text = UNSET
    operatingMarketIdentifierCode: Text = UNSET
    security: Security | UnsetType | None = UNSET
    stockExchangeJurisdiction: Text = UNSET
    stockExchangeName: Text = UNSET


class Listing(Strict, frozen=True):
    """Whether the shares of an entity are listed."""

    companyFilingsURLs: tuple[str, ...] | UnsetType | None = UNSET
    hasPublicListing: Flag = UNSET
    securitiesListings: tuple[Exchange, ...] | UnsetType | None = UNSET


class Exposed(Strict, frozen=True):
    """Why a person is politically exposed."""

    endDate: Text = UNSET
    jurisdiction: Coded | UnsetType | None = UNSET
    missingInfoReason: Text = UNSET
    reason: Text = UNSET
    source: Source | UnsetType | None = UNSET
    startDate: Text = UNSET


class Exposure(Strict, frozen=True):
    """Whether a person is politically exposed."""

    details: tuple[Exposed, ...] | UnsetType | None = UNSET
    status: Text = UNSET


class Statute(Strict, frozen=True):
    """The law by which an entity was made."""

    date: Text = UNSET
    name: Text = UNSET


class ShareTold(Strict, frozen=True):
    """A share in percent."""

    exact: Number = UNSET
    exclusiveMaximum: Number = UNSET
    exclusiveMinimum: Number = UNSET
    maximum: Number = UNSET
    minimum: Number = UNSET


class InterestTold(Strict, frozen=True):
    """An interest."""

    beneficialOwnershipOrControl: Flag = UNSET
    details: Text = UNSET
    directOrIndirect: Text = UNSET
    endDate: Text = UNSET
    share: ShareTold | UnsetType | None = UNSET
    startDate: Text = UNSET
    type: Text = UNSET


class Details(Strict, frozen=True):
    """What records of entities, persons and relationships say."""

    addresses: tuple[Address, ...] | UnsetType | None = UNSET
    alternateNames: tuple[str, ...] | UnsetType | None = UNSET
    birthDate: Text = UNSET
    componentRecords: tuple[str, ...] | UnsetType | None = UNSET
    deathDate: Text = UNSET
    dissolutionDate: Text = UNSET
    entityType: Form | UnsetType | None = UNSET
    formedByStatute: Statute | UnsetType | None = UNSET
    foundingDate: Text = UNSET
    identifiers: tuple[Identifier, ...] | UnsetType | None = UNSET
    interestedParty: str | Reason | UnsetType = UNSET
    interests: tuple[InterestTold, ...] | UnsetType | None = UNSET
    isComponent: Flag = UNSET
    jurisdiction: Coded | UnsetType | None = UNSET
    name: Text = UNSET
    names: tuple[Name, ...] | UnsetType | None = UNSET
    nationalities: tuple[Coded, ...] | UnsetType | None = UNSET
    personType: Text = UNSET
    placeOfBirth: Address | UnsetType | None = UNSET
    politicalExposure: Exposure | UnsetType | None = UNSET
    publicListing: Listing | UnsetType | None = UNSET
    subject: str | Reason | UnsetType = UNSET
    taxResidencies: tuple[Coded, ...] | UnsetType | None = UNSET
    unspecifiedEntityDetails: Reason | UnsetType | None = UNSET
    unspecifiedPersonDetails: Reason | UnsetType | None = UNSET
    uri: Text = UNSET


class Usual(Strict, frozen=True, kw_only=True):
    """A statement."""

    annotations: tuple[Annotation, ...] | UnsetType | None = UNSET
    declaration: Text = UNSET
    declarationSubject: Text = UNSET
    publicationDetails: Publication | UnsetType | None = UNSET
    recordDetails: Details
    recordId: str
    recordStatus: Text = UNSET
    recordType: str
    source: Source | UnsetType | None = UNSET
    statementDate: Text = UNSET
    statementId: str


def usual_line(line: str) -> tuple[Usual, str] | None:
    """Return the statement on a line, and the line; None if it is not usual."""
    try:
        return _DECODE(line), line
    except (MsgspecError, UnicodeError, RecursionError):
        return None


def usual_value(value: object) -> Usual | None:
    """Return a decoded statement; None if it is not usual."""
    try:
        return convert(value, Usual)
    except (MsgspecError, UnicodeError, RecursionError):
        return None


def usual_text(told: Usual) -> str | None:
    """Return the canonical text of a statement, see `keiretsu.formats.bods.statement.canonical`.

    None if it has half a character.
    """
    try:
        return _ENCODE(told).decode()
    except UnicodeError:
        return None


_DECODE: Final = Decoder(Usual).decode
_ENCODE: Final = Encoder().encode
