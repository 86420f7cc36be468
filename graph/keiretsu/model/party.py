"""Parties: anyone who can hold, be held, hold office or act for a State."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from keiretsu.model.direct import filled_directly
from keiretsu.model.period import Period


class PartyKind(StrEnum):
    """What a party is; each value is the local name of its class in the ontology."""

    PARTY = "Party"
    PERSON = "Person"
    ORGANISATION = "Organisation"
    COMPANY = "Company"
    FUND = "Fund"
    ARRANGEMENT = "Arrangement"
    GOVERNMENT_BODY = "GovernmentBody"
    STATE = "State"
    SUBNATIONAL_STATE = "SubnationalState"
    MINISTRY = "Ministry"
    AGENCY = "Agency"
    CONCERT = "Concert"
    ALLIANCE = "Alliance"
    NEWS_ORGANISATION = "NewsOrganisation"
    UNKNOWN_PARTY = "UnknownParty"


class Remainder(StrEnum):
    """Who stands behind the part of an issuer that no named holder has."""

    FLOAT = "float"
    """Dispersed holders: outside owners who control nothing."""
    UNDISCLOSED = "undisclosed"
    """Holders that exist and are not named."""
    NONE = "none"
    """The record says that the named holders are all there are."""


class UnspecifiedReason(StrEnum):
    """Why a source does not name a party; the notation of a code of the ontology."""

    NO_BENEFICIAL_OWNERS = "no-beneficial-owners"
    """There is nobody whom the rules of the disclosure ask for."""
    SUBJECT_UNABLE = "subject-unable-to-confirm-or-identify-beneficial-owner"
    """The issuer could not find out or confirm who it is."""
    PARTY_HAS_NOT_PROVIDED = "interested-party-has-not-provided-information"
    """Whoever it is has not told enough."""
    SUBJECT_EXEMPT = "subject-exempt-from-disclosure"
    """The issuer need not tell."""
    PARTY_EXEMPT = "interested-party-exempt-from-disclosure"
    """Whoever it is need not be told."""
    UNKNOWN = "unknown"
    """It is not known why."""
    UNKNOWN_TO_PUBLISHER = "information-unknown-to-publisher"
    """Whoever publishes the data does not know."""


@dataclass(frozen=True, slots=True, order=True)
class DatedName:
    """A name that a party bore for a time.

    Examples
    --------
    >>> str(DatedName("Daimler AG", start="2007-10", end="2022-02"))
    'Daimler AG (2007-10 to 2022-02)'
    """

    name: str
    start: str = ""
    end: str = ""

    @property
    def period(self) -> Period:
        """When it was borne."""
        return Period.parse(self.start or None, self.end or None)

    def __str__(self) -> str:
        """Return the name with its period."""
        return f"{self.name} ({self.start or '…'} to {self.end or '…'})"


@filled_directly
@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One legal entity, person, State or other holder, under one IRI.

    Parameters
    ----------
    id
        IRI.
    label
        Preferred name.
    kind
        What it is; `PartyKind.PARTY` where that is not known.
    aliases
        Other names by which it is found.
    former_names
        Names that it bore for a time; found by them too.
    identifiers
        Pairs of scheme and value, such as ``("LEI", "969500F7JLTX36OUI695")``.
    jurisdiction
        Two-letter country code of the law of its meetings; decides which voting rules apply.
    listed
        Whether its shares are listed; None where not known.
    remainder
        Who stands behind what no named holder has, where the record says so; None otherwise.
    acts_for
        IRI of the State whose rights it exercises.
    exists
        When it existed; for a person from birth on.
    unspecified, unspecified_details
        Why the source does not name it, as a code and in words; only of an unknown party.
    """

    id: str
    label: str
    kind: PartyKind = PartyKind.PARTY
    aliases: tuple[str, ...] = ()
    former_names: tuple[DatedName, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    jurisdiction: str | None = None
    listed: bool | None = None
    remainder: Remainder | None = None
    acts_for: str | None = None
    exists: Period = Period()
    unspecified: UnspecifiedReason | None = None
    unspecified_details: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Every name and identifier by which the party is found, its label first."""
        former = (dated.name for dated in self.former_names)
        values = (value for _, value in self.identifiers)
        return tuple(dict.fromkeys((self.label, *self.aliases, *former, *values)))
