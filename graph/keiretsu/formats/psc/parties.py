"""Who stands in a record of the register of persons with significant control.

A company is known by its number. A person has no identifier that two records share: each record
makes a party of its own, under the address that the register gives it, and whether two of them are
the same person is for `keiretsu link` and somebody who knows. A corporate holder is known by its
number only if the record leaves no doubt that it is one of Companies House.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from keiretsu.errors import InputError
from keiretsu.formats.fields import Fields, short
from keiretsu.model import ID, PartialDate, Party, PartyKind, Period, UnspecifiedReason
from keiretsu.model.identifiers import COMPANIES_HOUSE, Identifier
from keiretsu.model.names import fold, tidy

REGISTER: Final = "GB Persons Of Significant Control Register"
"""Scheme of the addresses of records; names no party twice, and so joins none."""

_ENGLAND: Final = {"england", "wales", "england and wales", "england & wales"}
_UNITED_KINGDOM: Final = {"united kingdom", "uk", "gb", "great britain", "united kingdom (uk)"}
_LETTERED: Final = {"scotland", "northern ireland"}
_HOUSE: Final = ("companies house", "registrar of companies")
_NUMBER: Final = re.compile(r"[0-9]{7,8}|[A-Z]{2}[0-9]{6}")
_STRANGE: Final = re.compile(r"[^A-Za-z0-9_.-]")
_NO_COMPANY: Final = {"OE", "LP", "SL", "NL", "SP", "IP", "RS"}
"""Beginnings of numbers of overseas entities, limited partnerships and societies."""
_GOVERNMENT: Final = ("government", "ministry", "department of state")


@lru_cache(maxsize=256)  # the records of a company stand together
def company(number: str) -> Party:
    """Return the company of a number; its name stands in another file of the register.

    Raises
    ------
    InputError
        If it does not have the form of a company number.

    Examples
    --------
    >>> company("1234567").label, company("OE000001").kind.value, company("OE000001").jurisdiction
    ('01234567', 'Organisation', None)
    """
    found = Identifier.of(COMPANIES_HOUSE, number)
    if found.doubt:
        problem = f"the field company_number ({short(number)}) is not a company number"
        raise InputError(problem, mend="write it like 01234567 or SC123456")
    return Party(
        id=found.party_iri,
        label=found.value,
        kind=_kind_of(found.value),
        identifiers=(found.pair,),
        jurisdiction=None if found.value.startswith("OE") else "GB",
    )


def individual(data: Fields, address: str) -> Party:
    """Return the person of a record; the date of birth has no day."""
    return Party(
        id=record_iri(address),
        label=_name(data),
        kind=PartyKind.PERSON,
        identifiers=((REGISTER, address),),
        exists=Period(_birth(data.within("date_of_birth"))),
    )


def organisation(data: Fields, address: str) -> Party:
    """Return the legal entity of a record, under its company number if it surely is one."""
    told = data.within("identification")
    label, found = _name(data), _registered(told)
    if found is not None and found.is_joining:
        return Party(
            id=found.party_iri,
            label=label,
            kind=_kind_of(found.value),
            identifiers=(found.pair,),
            jurisdiction="GB",
        )
    identifiers = [(REGISTER, address)] if found is None else [(REGISTER, address), found.pair]
    return Party(
        id=record_iri(address),
        label=label,
        kind=PartyKind.ORGANISATION,
        identifiers=tuple(identifiers),
    )


def legal_person(data: Fields, address: str) -> Party:
    """Return the body of a record: a government body or another that is no company."""
    form = fold(data.within("identification").text("legal_form"))
    public = any(word in form for word in _GOVERNMENT)
    return Party(
        id=record_iri(address),
        label=_name(data),
        kind=PartyKind.GOVERNMENT_BODY if public else PartyKind.ORGANISATION,
        identifiers=((REGISTER, address),),
    )


def unnamed(address: str, label: str, reason: UnspecifiedReason, words: str) -> Party:
    """Return the party that stands for a holder whom the record does not name."""
    return Party(
        id=record_iri(address),
        label=label,
        kind=PartyKind.UNKNOWN_PARTY,
        unspecified=reason,
        unspecified_details=words,
    )


def interposed(party: Party, address: str, subject: Party, *, trust: bool) -> Party:
    """Return the trust or the firm through which a person has rights, which nothing names."""
    what = "trust" if trust else "firm"
    return Party(
        id=f"{record_iri(address)}-{what}",
        label=f"{what} through which {party.label} has rights in {subject.label}",
        kind=PartyKind.ARRANGEMENT,
    )


def record_iri(address: str) -> str:
    """Return the IRI of the party of a record with an address of the register's own."""
    plain = address.strip("/").replace("/", "-")
    return f"{ID}party/psc-{_STRANGE.sub('_', plain)}"


def _kind_of(number: str) -> PartyKind:
    return PartyKind.ORGANISATION if number[:2] in _NO_COMPANY else PartyKind.COMPANY


def _name(data: Fields) -> str:
    name = data.text("name")
    if name:
        return name
    elements = data.within("name_elements")
    parts = ("title", "forename", "other_forenames", "middle_name", "surname")
    name = tidy(" ".join(elements.text(part) for part in parts))
    if not name:
        raise InputError(f"the field {data.called('name')} is missing", mend="add it")
    return name


def _birth(told: Fields) -> PartialDate | None:
    year, month, day = told.whole("year"), told.whole("month"), told.whole("day")
    if year is None:
        return None
    try:
        return _date(year, month, day)
    except InputError:
        raise told.fail("month", month, "is not a month", "write 1 to 12") from None


@lru_cache(maxsize=4096)  # a hundred years have 1200 months
def _date(year: int, month: int | None, day: int | None) -> PartialDate:
    return PartialDate(year, month, day)


def _registered(told: Fields) -> Identifier | None:
    """Return the number of a corporate holder in its register.

    England and Wales count in plain numbers, Scotland and Northern Ireland with letters before
    them that people leave out: such a number would be that of an English company.
    """
    number = told.text("registration_number")
    if not number:
        return None
    place, country = told.text("place_registered"), told.text("country_registered")
    if _is_companies_house(fold(place), fold(country), number.replace(" ", "").upper()):
        return Identifier.of(COMPANIES_HOUSE, number)
    return Identifier.of(place or country or "register that is not named", number)


def _is_companies_house(place: str, country: str, number: str) -> bool:
    whole, where = _NUMBER.fullmatch(number) is not None, country or place
    if where in _ENGLAND:
        return True
    if where in _LETTERED:
        return whole and not number[0].isdigit()
    at_house = not country and any(words in place for words in _HOUSE)
    return whole and (where in _UNITED_KINGDOM or at_house)
