"""Pure value types: shares, dates, parties, sources and claims. Standard library only."""

from keiretsu.model.claim import ID, Claim, claim_id
from keiretsu.model.claim_set import ClaimSet
from keiretsu.model.claims import (
    ORDINARY,
    Agreement,
    AgreementKind,
    Capital,
    Directness,
    Holding,
    Registration,
    ShareClass,
    VotesBasis,
)
from keiretsu.model.edit import Edit, EditKind, Identification, Removal, party_digest
from keiretsu.model.events import (
    SINGLE_SEAT,
    Event,
    EventKind,
    Figure,
    Measure,
    Office,
    Participation,
    Proposal,
    ProposedHolding,
    Role,
    Tenure,
)
from keiretsu.model.finding import Caution, Finding, Severity
from keiretsu.model.interest import Interest
from keiretsu.model.loss import Loss, LossReport
from keiretsu.model.party import DatedName, Party, PartyKind, Remainder, UnspecifiedReason
from keiretsu.model.period import PartialDate, Period
from keiretsu.model.share import Number, Share, exact
from keiretsu.model.source import Document, SourceRecord, Sourcing, Status

__all__ = [
    "ID",
    "ORDINARY",
    "SINGLE_SEAT",
    "Agreement",
    "AgreementKind",
    "Capital",
    "Caution",
    "Claim",
    "ClaimSet",
    "DatedName",
    "Directness",
    "Document",
    "Edit",
    "EditKind",
    "Event",
    "EventKind",
    "Figure",
    "Finding",
    "Holding",
    "Identification",
    "Interest",
    "Loss",
    "LossReport",
    "Measure",
    "Number",
    "Office",
    "PartialDate",
    "Participation",
    "Party",
    "PartyKind",
    "Period",
    "Proposal",
    "ProposedHolding",
    "Registration",
    "Remainder",
    "Removal",
    "Role",
    "Severity",
    "Share",
    "ShareClass",
    "SourceRecord",
    "Sourcing",
    "Status",
    "Tenure",
    "UnspecifiedReason",
    "VotesBasis",
    "claim_id",
    "exact",
    "party_digest",
]
