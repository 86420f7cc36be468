"""Identifiers: names of parties in public schemes, written one way and checked.

Two files speak of the same party if they give it the same identifier of a scheme that gives each
party a name of its own. A name is never enough for that.

Sources: ISO 17442-1 (LEI), ISO 6166 (ISIN), ISO/IEC 7064 (check characters), and the schemes of
organisation registers at org-id.guide, which BODS uses too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from keiretsu.model.claim import ID

if TYPE_CHECKING:
    from collections.abc import Callable

LEI: Final = "LEI"
ISIN: Final = "ISIN"
COMPANIES_HOUSE: Final = "GB-COH"
"""The register of companies of the United Kingdom, as org-id.guide calls it."""
WIKIDATA: Final = "Wikidata"
OPENCORPORATES: Final = "OpenCorporates"
IRI: Final = "IRI"
"""Scheme of the IRIs by which other files name a party."""

_NUMBERS: Final = str.maketrans({chr(ord("A") + place): str(place + 10) for place in range(26)})
_UNRESERVED: Final = re.compile("[A-Za-z0-9_.~-]+")  # what quoting leaves alone, slowly
_LEI: Final = re.compile(r"[0-9A-Z]{18}[0-9]{2}")
_ISIN: Final = re.compile(r"[A-Z]{2}[0-9A-Z]{9}[0-9]")
_COMPANY_NUMBER: Final = re.compile(r"[0-9]{1,8}|[A-Z]{2}[0-9A-Z]{1,6}|[A-Z][0-9A-Z]{7}")
_ITEM: Final = re.compile(r"(?:https?://www\.wikidata\.org/(?:wiki|entity)/)?(Q[1-9][0-9]*)")
_OPENCORPORATES: Final = re.compile(
    r"(?:https?://opencorporates\.com/companies/)?([a-z]{2}(?:_[a-z]{2})?/[^/\s]+)/?"
)
_ORG_ID: Final = re.compile(r"[A-Z]{2}-[A-Z0-9_]{2,12}")
_REGISTER: Final = re.compile(r"RA(?!888888|999999)[0-9]{6}")  # these two are no registers
_SAME_SCHEME: Final = {
    "lei": LEI,
    "xi-lei": LEI,
    "leicode": LEI,
    "isin": ISIN,
    "isincode": ISIN,
    "gb-coh": COMPANIES_HOUSE,
    "ra000585": COMPANIES_HOUSE,  # GLEIF's code for the same register
    "wikidata": WIKIDATA,
    "xi-wikidata": WIKIDATA,
    "wikidataid": WIKIDATA,
    "opencorporates": OPENCORPORATES,
    "opencorporatesurl": OPENCORPORATES,
    "nl-kvk": "NL-KVK",
    "ra000463": "NL-KVK",
}


@dataclass(frozen=True, slots=True, order=True)
class Identifier:
    """A name of a party in a public scheme.

    Parameters
    ----------
    scheme, value
        The scheme, and the name as the scheme writes it.
    doubt
        Why it cannot be what it says, such as check digits that fail; empty if nothing is wrong.

    Examples
    --------
    >>> Identifier.of("XI-LEI", "969500f7jltx36oui695")
    Identifier(scheme='LEI', value='969500F7JLTX36OUI695', doubt='')
    >>> Identifier.of("LEI", "213800ACME0000001A80").doubt
    'its check digits do not fit'
    """

    scheme: str
    value: str
    doubt: str = ""

    @classmethod
    def of(cls, scheme: str, value: str) -> Identifier:
        """Return an identifier as it is written in its scheme, checked where that is possible."""
        return cls(*_checked(scheme, value))

    @property
    def pair(self) -> tuple[str, str]:
        """Scheme and value, as a party carries them."""
        return (self.scheme, self.value)

    @property
    def is_joining(self) -> bool:
        """Whether two parties that have it are one party."""
        return not self.doubt and is_joining(self.scheme)

    @property
    def party_iri(self) -> str:
        """IRI of the party that has it, the same from every file.

        Examples
        --------
        >>> Identifier.of("GB-COH", "1234567").party_iri
        'https://w3id.org/keiretsu/id/party/GB-COH-01234567'
        """
        name = f"{self.scheme}-{self.value}"
        return f"{ID}party/{name if _UNRESERVED.fullmatch(name) else quote(name, safe='')}"


@lru_cache(maxsize=4096)  # the same numbers return record after record
def _checked(scheme: str, value: str) -> tuple[str, str, str]:
    name, plain = scheme_name(scheme), " ".join(value.split())
    check = _CHECKS.get(name)
    return (name, plain, "") if check is None else (name, *check(plain))


@lru_cache(maxsize=1024)
def scheme_name(scheme: str) -> str:
    """Return the one name of a scheme that has several.

    Examples
    --------
    >>> scheme_name("XI-LEI"), scheme_name("leiCode"), scheme_name("TSE")
    ('LEI', 'LEI', 'TSE')
    """
    plain = " ".join(scheme.split())
    return _SAME_SCHEME.get(plain.casefold(), plain)


@lru_cache(maxsize=1024)
def is_joining(scheme: str) -> bool:
    """Return whether a scheme gives each party one name that no other party has.

    An ISIN is that of a security, and a company has one for every class of its shares: but no two
    issuers share one. A number "in the register" of an unnamed register joins nothing.

    Examples
    --------
    >>> is_joining("LEI"), is_joining("FR-RCS"), is_joining("registration number")
    (True, True, False)
    """
    known = scheme in {LEI, ISIN, WIKIDATA, OPENCORPORATES}
    return known or bool(_ORG_ID.fullmatch(scheme) or _REGISTER.fullmatch(scheme))


def lei_check(lei: str) -> bool:
    """Return whether the check digits of an LEI fit (ISO 17442: modulo 97 of ISO/IEC 7064 is 1).

    Examples
    --------
    >>> lei_check("969500F7JLTX36OUI695"), lei_check("969500F7JLTX36OUI696")
    (True, False)
    """
    return bool(_LEI.fullmatch(lei)) and int(_digits(lei)) % 97 == 1


def isin_check(isin: str) -> bool:
    """Return whether the check digit of an ISIN fits (ISO 6166: the Luhn sum of its digits).

    Examples
    --------
    >>> isin_check("FR0000131906"), isin_check("FR0000131907")
    (True, False)
    """
    if not _ISIN.fullmatch(isin):
        return False
    total = 0
    for place, digit in enumerate(reversed(_digits(isin))):
        doubled = int(digit) * (1 + place % 2)
        total += doubled // 10 + doubled % 10
    return total % 10 == 0


def _digits(code: str) -> str:
    """Return a code with every letter as the number that it stands for: A is 10, Z is 35."""
    return code.translate(_NUMBERS)


def _lei(value: str) -> tuple[str, str]:
    code = value.replace(" ", "").upper()
    if not _LEI.fullmatch(code):
        return code, "it does not have the form of an LEI"
    return code, "" if lei_check(code) else "its check digits do not fit"


def _isin(value: str) -> tuple[str, str]:
    code = value.replace(" ", "").upper()
    if not _ISIN.fullmatch(code):
        return code, "it does not have the form of an ISIN"
    return code, "" if isin_check(code) else "its check digit does not fit"


def _company_number(value: str) -> tuple[str, str]:
    """Return a number of Companies House with the noughts that people leave out."""
    code = value.replace(" ", "").upper()
    if not _COMPANY_NUMBER.fullmatch(code):
        return code, "it does not have the form of a company number"
    letters = "" if code[0].isdigit() else code[:2]
    return letters + code[len(letters) :].rjust(8 - len(letters), "0"), ""


def _item(value: str) -> tuple[str, str]:
    found = _ITEM.fullmatch(value.strip())
    return (found[1], "") if found else (value, "it does not have the form of an item")


def _opencorporates(value: str) -> tuple[str, str]:
    found = _OPENCORPORATES.fullmatch(value.strip())
    if not found:
        return value, "it does not have the form of a company of OpenCorporates"
    return found[1], ""


_CHECKS: Final[dict[str, Callable[[str], tuple[str, str]]]] = {
    LEI: _lei,
    ISIN: _isin,
    COMPANIES_HOUSE: _company_number,
    WIKIDATA: _item,
    OPENCORPORATES: _opencorporates,
}
