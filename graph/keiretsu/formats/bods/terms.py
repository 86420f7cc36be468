"""Words of the Beneficial Ownership Data Standard 0.4 and ours for the same things.

Source: the code lists of BODS 0.4, standard.openownership.org/en/0.4.0.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from keiretsu.model import Directness, Interest, Office, PartyKind

if TYPE_CHECKING:
    from collections.abc import Mapping

VERSION: Final = "0.4"
_HUMP: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")


def kebab(code: str) -> str:
    """Return a code of BODS as our notation.

    Examples
    --------
    >>> kebab("appointmentOfBoard")
    'appointment-of-board'
    """
    return _HUMP.sub("-", code).lower()


INTEREST_TYPES: Final = (
    "shareholding",
    "votingRights",
    "appointmentOfBoard",
    "otherInfluenceOrControl",
    "seniorManagingOfficial",
    "settlor",
    "trustee",
    "protector",
    "beneficiaryOfLegalArrangement",
    "rightsToSurplusAssetsOnDissolution",
    "rightsToProfitOrIncome",
    "rightsGrantedByContract",
    "conditionalRightsGrantedByContract",
    "controlViaCompanyRulesOrArticles",
    "controlByLegalFramework",
    "boardMember",
    "boardChair",
    "unknownInterest",
    "unpublishedInterest",
    "enjoymentAndUseOfAssets",
    "rightToProfitOrIncomeFromAssets",
    "nominee",
    "nominator",
)
"""The interest types of BODS 0.4; ours are the same words with hyphens."""

INTERESTS: Final[Mapping[str, Interest]] = {one: Interest(kebab(one)) for one in INTEREST_TYPES}
INTEREST_WORDS: Final[Mapping[Interest, str]] = {
    ours: theirs for theirs, ours in INTERESTS.items()
} | {Interest.CONSOLIDATION: "otherInfluenceOrControl"}
"""The word of BODS for each of our interests; it has none of its own for accounts consolidated."""

OFFICES: Final[Mapping[str, Office]] = {
    "boardChair": Office.CHAIR,
    "boardMember": Office.DIRECTOR,
    "seniorManagingOfficial": Office.OTHER,
}
"""Interests that a person has by an office."""
OFFICE_WORDS: Final[Mapping[Office, str]] = {
    Office.CHAIR: "boardChair",
    Office.CHAIR_AND_CHIEF_EXECUTIVE: "boardChair",
    Office.DIRECTOR: "boardMember",
}
"""The word of BODS for each office; of any other, the person is a senior managing official."""

DIRECTNESS: Final[Mapping[str, Directness]] = {
    "direct": Directness.DIRECT,
    "indirect": Directness.INDIRECT,
    "unknown": Directness.UNKNOWN,
}
DIRECTNESS_WORDS: Final[Mapping[Directness, str]] = {
    ours: theirs for theirs, ours in DIRECTNESS.items()
}

ENTITY_KINDS: Final[Mapping[tuple[str, str], PartyKind]] = {
    ("registeredEntity", ""): PartyKind.COMPANY,
    ("legalEntity", ""): PartyKind.ORGANISATION,
    ("legalEntity", "trust"): PartyKind.ARRANGEMENT,
    ("arrangement", ""): PartyKind.ARRANGEMENT,
    ("anonymousEntity", ""): PartyKind.UNKNOWN_PARTY,
    ("unknownEntity", ""): PartyKind.UNKNOWN_PARTY,
    ("state", ""): PartyKind.STATE,
    ("stateBody", ""): PartyKind.GOVERNMENT_BODY,
    ("stateBody", "governmentDepartment"): PartyKind.MINISTRY,
    ("stateBody", "stateAgency"): PartyKind.AGENCY,
}
"""What a party is by its entity type and subtype; without the subtype where that says no more."""

ENTITY_TYPES: Final[Mapping[PartyKind, tuple[str, str]]] = {
    PartyKind.PARTY: ("unknownEntity", ""),
    PartyKind.ORGANISATION: ("legalEntity", ""),
    PartyKind.COMPANY: ("registeredEntity", ""),
    PartyKind.FUND: ("legalEntity", ""),
    PartyKind.ARRANGEMENT: ("arrangement", ""),
    PartyKind.GOVERNMENT_BODY: ("stateBody", ""),
    PartyKind.STATE: ("state", ""),
    PartyKind.SUBNATIONAL_STATE: ("state", ""),
    PartyKind.MINISTRY: ("stateBody", "governmentDepartment"),
    PartyKind.AGENCY: ("stateBody", "stateAgency"),
    PartyKind.CONCERT: ("arrangement", "other"),
    PartyKind.ALLIANCE: ("arrangement", "other"),
    PartyKind.NEWS_ORGANISATION: ("legalEntity", ""),
    PartyKind.UNKNOWN_PARTY: ("unknownEntity", ""),
}
"""The entity type and subtype of each kind of party that is not a person."""

COUNTRY: Final = re.compile(r"[A-Za-z]{2}(-[A-Za-z0-9]{1,3})?")
UNNAMED: Final = {
    "anonymousPerson": "anonymous person",
    "unknownPerson": "unknown person",
    "anonymousEntity": "anonymous entity",
    "unknownEntity": "unknown entity",
}
"""Labels of parties that have no name, by the type of their record."""
