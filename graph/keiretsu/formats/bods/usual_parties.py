"""Parties of usual statements, made of what is typed; see `keiretsu.formats.bods.parties`.

What is made is what the fields of the same statement make, and what they would refuse is left to
them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from keiretsu.errors import InputError
from keiretsu.formats.bods.parties import iri_of, pairs_of, person_names
from keiretsu.formats.bods.terms import COUNTRY, ENTITY_KINDS, UNNAMED, kebab
from keiretsu.formats.bods.usual import Listing, Reason
from keiretsu.formats.fields import period_between, plain_text
from keiretsu.model import Party, PartyKind, UnspecifiedReason
from keiretsu.model.identifiers import Identifier

if TYPE_CHECKING:
    from msgspec import UnsetType

    from keiretsu.formats.bods.statement import Raw
    from keiretsu.formats.bods.usual import Details, Text

_NO_LISTING, _NO_REASON = Listing(), Reason()
"""Objects without a field, which tell nothing."""


def usual_party(raw: Raw, told: Details) -> Party | None:
    """Return the party that a usual statement describes; None if its fields are to be looked at."""
    try:
        return (_person if raw.kind == "person" else _entity)(raw, told)
    except (InputError, ValueError):
        return None  # the fields say where


def _entity(raw: Raw, told: Details) -> Party | None:
    form = told.entityType or None
    if form is None:
        return None
    kind, subtype = form.type or "", _plain(form.subtype)
    known = ENTITY_KINDS.get((kind, subtype)) or ENTITY_KINDS.get((kind, ""))
    if known is None:
        return None
    identifiers = _numbers(told)
    name, listing = _plain(told.name), told.publicListing
    others = {_plain(one) for one in told.alternateNames or ()} - {"", name}
    reason, words = _unspecified(told.unspecifiedEntityDetails)
    return Party(
        id=iri_of(raw, identifiers),
        label=name or UNNAMED.get(kind) or raw.record_id,
        kind=known,
        aliases=tuple(sorted(others)) if others else (),
        identifiers=pairs_of(raw, identifiers),
        jurisdiction=_country(told.jurisdiction.code) if told.jurisdiction else None,
        listed=bool(listing.hasPublicListing) if listing and listing != _NO_LISTING else None,
        exists=period_between(told.foundingDate or "", told.dissolutionDate or "", "", ""),
        unspecified=reason,
        unspecified_details=words,
    )


def _person(raw: Raw, told: Details) -> Party | None:
    kind = _plain(told.personType)
    if not kind:
        return None
    names = [(_plain(one.type), _plain(one.fullName)) for one in told.names or ()]
    label, aliases, former = person_names(names, UNNAMED.get(kind, raw.record_id))
    identifiers = _numbers(told)
    countries = {_country(one.code) for one in told.nationalities or ()} - {None}
    reason, words = _unspecified(told.unspecifiedPersonDetails)
    return Party(
        id=iri_of(raw, identifiers),
        label=label,
        kind=PartyKind.PERSON if kind == "knownPerson" else PartyKind.UNKNOWN_PARTY,
        aliases=aliases,
        former_names=former,
        identifiers=pairs_of(raw, identifiers),
        exists=period_between(told.birthDate or "", told.deathDate or "", "", ""),
        nationalities=tuple(sorted(one for one in countries if one)),
        unspecified=reason,
        unspecified_details=words,
    )


def _numbers(told: Details) -> list[Identifier]:
    found = []
    for one in told.identifiers or ():
        scheme, value = _plain(one.scheme) or _plain(one.schemeName), _plain(one.id)
        if scheme and value:
            found.append(Identifier.of(scheme, value))
    return found


def _country(code: Text) -> str | None:
    plain = _plain(code)
    return plain[:2].upper() if COUNTRY.fullmatch(plain) else None


def _unspecified(told: Reason | UnsetType | None) -> tuple[UnspecifiedReason | None, str | None]:
    """Return why somebody is not specified, and in which words.

    Raises
    ------
    ValueError
        If the reason is missing or none of the standard's.
    """
    if not told:
        return None, None
    words = _plain(told.description) or None
    if told == _NO_REASON:
        return None, words
    return _reason(_plain(told.reason)), words


@lru_cache(maxsize=64)
def _reason(code: str) -> UnspecifiedReason:
    return UnspecifiedReason(kebab(code))


def _plain(text: Text) -> str:
    return plain_text(text) if text else ""
