"""FollowTheMoney's words and ours.

Schemata and properties are those of the FollowTheMoney model 4. Everything in an entity is text and
may have several values.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from keiretsu.model import Interest, Office, PartyKind
from keiretsu.model.names import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

PARTIES: Final[Mapping[str, PartyKind]] = MappingProxyType(
    {
        "LegalEntity": PartyKind.PARTY,
        "Person": PartyKind.PERSON,
        "Organization": PartyKind.ORGANISATION,
        "Company": PartyKind.COMPANY,
        "PublicBody": PartyKind.GOVERNMENT_BODY,
    }
)
"""Schemata of parties, and the kind that each says."""

SCHEMATA: Final[Mapping[PartyKind, str]] = MappingProxyType(
    {kind: schema for schema, kind in PARTIES.items()}
    | {
        PartyKind.FUND: "Company",
        PartyKind.ARRANGEMENT: "LegalEntity",
        PartyKind.STATE: "PublicBody",
        PartyKind.SUBNATIONAL_STATE: "PublicBody",
        PartyKind.MINISTRY: "PublicBody",
        PartyKind.AGENCY: "PublicBody",
        PartyKind.CONCERT: "Organization",
        PartyKind.ALLIANCE: "Organization",
        PartyKind.NEWS_ORGANISATION: "Organization",
        PartyKind.UNKNOWN_PARTY: "LegalEntity",
    }
)
"""The schema of each kind; several kinds have the same one."""

IDENTIFIERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "leiCode": "LEI",
        "isinCode": "ISIN",
        "wikidataId": "Wikidata",
        "opencorporatesUrl": "OpenCorporates",
        "cikCode": "US-CIK",
        "innCode": "RU-INN",
        "ogrnCode": "RU-OGRN",
        "permId": "XI-PID",
        "dunsCode": "DUNS",
        "swiftBic": "BIC",
        "bvdId": "BvD",
        "uniqueEntityId": "UEI",
    }
)
"""Properties that are identifiers, and the scheme of each."""

CONTROL_TYPES: Final[Mapping[str, Interest]] = MappingProxyType(
    {
        "voting": Interest.VOTING_RIGHTS,
        "appointment": Interest.APPOINTMENT_OF_BOARD,
        "contractual": Interest.RIGHTS_GRANTED_BY_CONTRACT,
        "trust": Interest.TRUSTEE,
        "nominee": Interest.NOMINEE,
        "state": Interest.CONTROL_BY_LEGAL_FRAMEWORK,
        "management": Interest.OTHER_INFLUENCE_OR_CONTROL,
        "indirect": Interest.OTHER_INFLUENCE_OR_CONTROL,
    }
)
"""Values of ``controlType``, and the interest that each is nearest to."""

SUCCESSION: Final = "succession"
"""What an event is called that a Succession is read as."""

_OFFICES: Final = {
    "chair": Office.CHAIR,
    "chairman": Office.CHAIR,
    "chairwoman": Office.CHAIR,
    "chairperson": Office.CHAIR,
    "board chair": Office.CHAIR,
    "chairman of the board": Office.CHAIR,
    "chief executive": Office.CHIEF_EXECUTIVE,
    "chief executive officer": Office.CHIEF_EXECUTIVE,
    "ceo": Office.CHIEF_EXECUTIVE,
    "chairman and chief executive officer": Office.CHAIR_AND_CHIEF_EXECUTIVE,
    "chief operating officer": Office.DEPUTY_CHIEF_EXECUTIVE,
    "deputy chief executive officer": Office.DEPUTY_CHIEF_EXECUTIVE,
    "director": Office.DIRECTOR,
    "board member": Office.DIRECTOR,
    "member of the board": Office.DIRECTOR,
    "member of the board of directors": Office.DIRECTOR,
    "minister": Office.MINISTER,
}
_OFFICE_CODES: Final = frozenset(Office)
_INTEREST_CODES: Final = frozenset(Interest)
_VOTES: Final = {"voting rights", "voting", "votes", "voting right"}


def office_of(*roles: str) -> Office | None:
    """Return the office that a role names, by our code or by its usual words; None for others.

    Examples
    --------
    >>> office_of("Chairman"), office_of("chief-executive"), office_of("Treasurer")
    (<Office.CHAIR: 'chair'>, <Office.CHIEF_EXECUTIVE: 'chief-executive'>, None)
    """
    for role in roles:
        if role in _OFFICE_CODES:
            return Office(role)
    return next((_OFFICES[fold(role)] for role in roles if fold(role) in _OFFICES), None)


def interest_of(*roles: str) -> Interest | None:
    """Return the interest that a role names, None if it names none.

    Examples
    --------
    >>> interest_of("Voting Rights"), interest_of("shareholding"), interest_of("wife")
    (<Interest.VOTING_RIGHTS: 'voting-rights'>, <Interest.SHAREHOLDING: 'shareholding'>, None)
    """
    for role in roles:
        if role in _INTEREST_CODES:
            return Interest(role)
    if any(fold(role) in _VOTES for role in roles):
        return Interest.VOTING_RIGHTS
    return None
