"""Entities and persons of BODS as parties, and what stands for somebody who is not named."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from keiretsu.errors import InputError
from keiretsu.formats.bods.statement import digest_of
from keiretsu.formats.bods.terms import COUNTRY, ENTITY_KINDS, UNNAMED, kebab
from keiretsu.formats.fields import short
from keiretsu.model import ID, DatedName, Party, PartyKind, UnspecifiedReason
from keiretsu.model.identifiers import Identifier
from keiretsu.model.names import slug, tidy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keiretsu.formats.bods.statement import Raw
    from keiretsu.formats.fields import Fields

RECORD: Final = "BODS record"
"""Scheme of the recordIds of a publisher; names no party twice, and so joins none."""
_IRI: Final = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20]+")


def party_of(raw: Raw) -> Party:
    """Return the party that a statement on an entity or a person describes.

    Its IRI is that of its first identifier that joins files (an LEI, a number of a register);
    without one, that of its recordId.

    Raises
    ------
    InputError
        If a field is not of its type.
    """
    details, _ = raw.details, raw.record_id  # a record without a name is nobody
    return _person(raw, details) if raw.kind == "person" else _entity(raw, details)


def unspecified_party(raw: Raw, role: str) -> Party | None:
    """Return the party that stands for a subject or interested party that is not specified.

    Parameters
    ----------
    raw
        A statement on a relationship.
    role
        ``subject`` or ``interestedParty``.

    Returns
    -------
    Party or None
        None if there is a recordId instead.
    """
    details = raw.details
    if isinstance(details.all.get(role), str):
        return None
    told = details.within(role)
    if not told.all:
        raise InputError(f"the field {details.called(role)} is missing", mend="add it")
    reason = _reason(told)
    words = tidy(told.text("description"))
    return Party(
        id=f"{ID}party/unnamed-{digest_of(raw.record_id + role)}",
        label=f"{role_words(role)} who is not named: {reason.value.replace('-', ' ')}",
        kind=PartyKind.UNKNOWN_PARTY,
        unspecified=reason,
        unspecified_details=words or None,
    )


def role_words(role: str) -> str:
    """Return what a role is called in prose."""
    return "interested party" if role == "interestedParty" else role


def record_iri(record_id: str) -> str:
    """Return the IRI of the party of a record that nothing else names; an IRI is its own.

    Examples
    --------
    >>> record_iri("https://example.org/a"), record_iri("rec 1").rpartition("/")[2][:14]
    ('https://example.org/a', 'bods-rec-1-520')
    """
    if _IRI.fullmatch(record_id):
        return record_id
    words = [word for word in ("bods", slug(record_id), digest_of(record_id)[:12]) if word]
    return f"{ID}party/{'-'.join(words)}"


def as_former(old: Party, latest: Party) -> Party:
    """Return what an earlier statement of a record adds to the latest: a name that was borne."""
    names = () if old.label == latest.label else (DatedName(old.label),)
    return replace(latest, former_names=(*latest.former_names, *names))


def _entity(raw: Raw, details: Fields) -> Party:
    form = details.within("entityType")
    kind, subtype = form.text("type"), form.text("subtype")
    known = ENTITY_KINDS.get((kind, subtype)) or ENTITY_KINDS.get((kind, ""))
    if known is None:
        problem = f"the field {form.called('type')} ({short(kind)}) is none of the standard's"
        raise InputError(problem, mend="use registeredEntity, legalEntity, arrangement, state …")
    identifiers = _identifiers(details)
    listing = details.within("publicListing")
    unspecified = details.within("unspecifiedEntityDetails")
    name, others = details.text("name"), details.texts("alternateNames")
    return Party(
        id=iri_of(raw, identifiers),
        label=name or UNNAMED.get(kind) or raw.record_id,
        kind=known,
        aliases=tuple(sorted({*others} - {name})) if others else (),
        identifiers=pairs_of(raw, identifiers),
        jurisdiction=_jurisdiction(details),
        listed=listing.flag("hasPublicListing") if listing.all else None,
        exists=details.period("foundingDate", "dissolutionDate"),
        unspecified=_reason(unspecified) if unspecified.all else None,
        unspecified_details=unspecified.text("description") or None,
    )


def _person(raw: Raw, details: Fields) -> Party:
    kind = details.needed("personType")
    names = [(one.text("type"), one.text("fullName")) for one in details.objects("names")]
    label, aliases, former = person_names(names, UNNAMED.get(kind, raw.record_id))
    identifiers = _identifiers(details)
    unspecified = details.within("unspecifiedPersonDetails")
    return Party(
        id=iri_of(raw, identifiers),
        label=label,
        kind=PartyKind.PERSON if kind == "knownPerson" else PartyKind.UNKNOWN_PARTY,
        aliases=aliases,
        former_names=former,
        identifiers=pairs_of(raw, identifiers),
        exists=details.period("birthDate", "deathDate"),
        nationalities=_nationalities(details),
        unspecified=_reason(unspecified) if unspecified.all else None,
        unspecified_details=unspecified.text("description") or None,
    )


def person_names(
    told: Iterable[tuple[str, str]], unnamed: str
) -> tuple[str, tuple[str, ...], tuple[DatedName, ...]]:
    """Return a person's label, aliases and former names, of forms of names and the names.

    Examples
    --------
    >>> label, aliases, former = person_names([("former", "Ada B"), ("legal", "Ada C")], "unnamed")
    >>> label, aliases, [one.name for one in former]
    ('Ada C', (), ['Ada B'])
    """
    names = [(form, name) for form, name in told if name]
    former = [name for form, name in names if form == "former"]
    current = [name for form, name in names if form != "former"] or former
    preferred = [name for form, name in names if form in ("legal", "")] or current
    label = preferred[0] if preferred else unnamed
    aliases = tuple(sorted({*current} - {label})) if len(current) > 1 else ()
    return label, aliases, tuple(DatedName(name) for name in sorted({*former} - {label}))


def _identifiers(details: Fields) -> list[Identifier]:
    found = []
    for one in details.objects("identifiers"):
        scheme, value = one.text("scheme") or one.text("schemeName"), one.text("id")
        if scheme and value:
            found.append(Identifier.of(scheme, value))
    return found


def pairs_of(raw: Raw, identifiers: list[Identifier]) -> tuple[tuple[str, str], ...]:
    """Return the identifiers of a statement's party, its recordId among them."""
    own = () if _IRI.fullmatch(raw.record_id) else ((RECORD, raw.record_id),)
    return tuple(sorted({*(one.pair for one in identifiers), *own})) if identifiers else own


def iri_of(raw: Raw, identifiers: list[Identifier]) -> str:
    """Return the IRI of a statement's party, see `party_of`."""
    if raw.record_id.startswith(ID):
        return raw.record_id
    for one in identifiers:
        if one.is_joining:
            return one.party_iri
    return record_iri(raw.record_id)


def _nationalities(details: Fields) -> tuple[str, ...]:
    """Return the countries that are told by their codes; those without stay in the statement."""
    codes = [one.text("code") for one in details.objects("nationalities")]
    return tuple(sorted({code[:2].upper() for code in codes if COUNTRY.fullmatch(code)}))


def _jurisdiction(details: Fields) -> str | None:
    code = details.within("jurisdiction").text("code")
    return code[:2].upper() if COUNTRY.fullmatch(code) else None


def _reason(told: Fields) -> UnspecifiedReason:
    code = told.needed("reason")
    try:
        return UnspecifiedReason(kebab(code))
    except ValueError:
        problem = f"the field {told.called('reason')} ({short(code)}) is none of the standard's"
        raise InputError(problem, mend="use unknown if it is not known") from None
