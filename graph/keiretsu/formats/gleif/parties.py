"""Parties that GLEIF knows: by their LEI, with what level 1 tells of them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from keiretsu.errors import InputError
from keiretsu.formats.fields import date_of, period_of, short
from keiretsu.model import DatedName, Party, PartyKind
from keiretsu.model.identifiers import LEI, Identifier
from keiretsu.model.names import tidy

if TYPE_CHECKING:
    from keiretsu.formats.gleif.records import EntityRecord

_KINDS: Final = {
    "GENERAL": PartyKind.COMPANY,
    "FUND": PartyKind.FUND,
    "BRANCH": PartyKind.ORGANISATION,
    "SOLE_PROPRIETOR": PartyKind.PERSON,
    "RESIDENT_GOVERNMENT_ENTITY": PartyKind.GOVERNMENT_BODY,
    "INTERNATIONAL_ORGANIZATION": PartyKind.ORGANISATION,
}
_SUBKINDS: Final = {
    "CENTRAL_GOVERNMENT": PartyKind.STATE,
    "STATE_GOVERNMENT": PartyKind.SUBNATIONAL_STATE,
}
_NO_REGISTER: Final = {"RA888888", "RA999999"}
"""Codes that say that there is no register, or that it has no code yet."""


def party_of(value: str, scheme: str, field: str) -> Party:
    """Return the party of a node, of which nothing but its LEI is told.

    Raises
    ------
    InputError
        If it is missing, or is no LEI by its form or its check digits.

    Examples
    --------
    >>> party_of("969500F7JLTX36OUI695", "LEI", "LEI").label
    '969500F7JLTX36OUI695'
    """
    if not value:
        raise InputError(f"the field {field} is missing", mend="add it")
    try:
        return _party_of(value, scheme or LEI)
    except InputError as error:
        problem = f"the field {field} ({short(value)}) is not an LEI: {error.problem}"
        raise InputError(problem, mend="correct it") from None


@lru_cache(maxsize=4096)  # a parent returns with every child
def _party_of(value: str, scheme: str) -> Party:
    found = Identifier.of(scheme, value)
    if found.doubt:
        raise InputError(found.doubt)
    return Party(
        id=found.party_iri,
        label=found.value,
        kind=PartyKind.ORGANISATION,
        identifiers=(found.pair,),
    )


def entity(record: EntityRecord) -> Party:
    """Return the party of a record of level 1.

    Raises
    ------
    InputError
        If the LEI, the name or a date cannot be read.
    """
    known = party_of(record.lei, LEI, "LEI")
    name = tidy(record.name)
    if not name:
        raise InputError("the field Entity.LegalName is missing", mend="add it")
    identifiers = [*known.identifiers]
    if record.authority and record.authority_id and record.authority not in _NO_REGISTER:
        identifiers.append(Identifier.of(record.authority, record.authority_id).pair)
    names = {tidy(text): kind for text, kind in record.other_names if tidy(text) not in ("", name)}
    former = [text for text, kind in names.items() if kind == "PREVIOUS_LEGAL_NAME"]
    return Party(
        id=known.id,
        label=name,
        kind=_SUBKINDS.get(record.subcategory) or _KINDS.get(record.category, known.kind),
        aliases=tuple(sorted(names.keys() - set(former))),
        former_names=tuple(sorted(DatedName(text) for text in former)),
        identifiers=tuple(sorted(identifiers)),
        jurisdiction=_country(record.jurisdiction),
        exists=period_of(
            date_of(record.created, "Entity.EntityCreationDate") if record.created else None,
            None,
            "Entity.EntityCreationDate",
        ),
    )


def untold_parent(party: Party, category: str, reasons: tuple[str, ...]) -> tuple[str, str]:
    """Return the IRI and the label of the parent that an entity does not report."""
    which = "ultimate" if category.startswith("ULTIMATE") else "direct"
    words = ", ".join(reasons).lower().replace("_", " ")
    return f"{party.id}-{which}-parent", f"{which} parent of {party.label} ({words})"


def _country(jurisdiction: str) -> str | None:
    """Return the country of a jurisdiction, which may be a part of one, such as US-DE.

    Examples
    --------
    >>> _country("US-DE"), _country("")
    ('US', None)
    """
    code = jurisdiction[:2].upper()
    return code if code.isascii() and code.isalpha() and len(code) == 2 else None  # noqa: PLR2004
