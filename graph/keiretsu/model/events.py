"""Claims about offices, figures and what happened: everything of a case that is not a holding."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from keiretsu.model.claim import Claim

if TYPE_CHECKING:
    from fractions import Fraction

    from keiretsu.model.share import Share


class Office(StrEnum):
    """Kinds of office; the notation of a code of the ontology."""

    CHAIR = "chair"
    CHIEF_EXECUTIVE = "chief-executive"
    CHAIR_AND_CHIEF_EXECUTIVE = "chair-and-chief-executive"
    DEPUTY_CHIEF_EXECUTIVE = "deputy-chief-executive"
    DIRECTOR = "director"
    MINISTER = "minister"
    HEAD_OF_AGENCY = "head-of-agency"
    OTHER = "other-office"


SINGLE_SEAT = frozenset({Office.CHAIR, Office.CHIEF_EXECUTIVE, Office.MINISTER})
"""Offices that one person holds at a time in one organisation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenure(Claim):
    """A claim that a person holds an office in an organisation.

    Parameters
    ----------
    person, organisation
        IRIs of parties.
    office
        Kind of office.
    title
        Its name as the source gives it.
    nominated_by
        IRI of the party that put the person forward, such as a State.
    """

    person: str
    organisation: str
    office: Office = Office.OTHER
    title: str = ""
    nominated_by: str | None = None


class Measure(StrEnum):
    """What a figure measures; the notation of a code of the ontology."""

    SALES = "sales"
    PRODUCTION = "production"
    DELIVERIES = "deliveries"
    SHIPMENTS = "shipments"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Claim):
    """A claim that a measure of a party has a value over a period.

    Parameters
    ----------
    party
        IRI of the party measured: the head, for a group's figure.
    measure, value, unit
        What is measured, how much, in what.
    consolidated
        Whether it is the group's; False for the party alone, None where not said.
    """

    party: str
    measure: Measure
    value: Fraction
    unit: str = "vehicles"
    consolidated: bool | None = None


class EventKind(StrEnum):
    """What kind of thing happened; the notation of a code of the ontology."""

    NEGOTIATION = "negotiation"
    PROPOSAL = "proposal"
    STATEMENT = "statement"
    REPORT = "report"
    CALL = "call"
    MEETING = "meeting"
    AGREEMENT = "agreement-signed"
    ARREST = "arrest"
    APPOINTMENT = "appointment"
    DISMISSAL = "dismissal"
    RESIGNATION = "resignation"
    WITHDRAWAL = "withdrawal"
    WITHHOLDING = "withholding"
    VOTE = "vote"
    TRANSACTION = "transaction"
    LEGISLATION = "legislation"
    OTHER = "other-event"


class Role(StrEnum):
    """The part a party plays in an event; the notation of a code of the ontology."""

    PARTICIPANT = "participant"
    ACTOR = "actor"
    SUBJECT = "subject"
    WITHHOLDER = "withholder"
    PROPOSER = "proposer"
    ADDRESSEE = "addressee"
    REPORTER = "reporter"


@dataclass(frozen=True, slots=True, order=True)
class Participation:
    """A party's part in an event."""

    party: str
    role: Role = Role.PARTICIPANT


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Claim):
    """A claim that something happened to or between parties.

    When it happened is `stated_for` for one date, else the claim's period.

    Parameters
    ----------
    label, kind
        What happened, in a few words, and of what kind it is.
    participations
        Who took which part.
    outcome
        How it ended, in a few words.
    withheld
        For a withholding: what was not given, such as "approval".
    leverage
        IRIs of the holdings, tenures or agreements that made it possible.
    part_of, led_to
        IRIs of a larger event, and of events that the source says it brought about.
    """

    label: str
    kind: EventKind = EventKind.OTHER
    participations: tuple[Participation, ...] = ()
    outcome: str | None = None
    withheld: str | None = None
    leverage: tuple[str, ...] = ()
    part_of: str | None = None
    led_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class ProposedHolding:
    """What a party would hold if a proposal went through."""

    holder: str
    issuer: str
    capital: Share | None = None
    votes: Share | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal(Event):
    """An event that would change holdings, so that it can be run as a scenario.

    Parameters
    ----------
    changes
        What would be held.
    terms
        Its terms in words.
    """

    changes: tuple[ProposedHolding, ...] = ()
    terms: str | None = None
