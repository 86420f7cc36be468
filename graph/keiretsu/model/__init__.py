"""Pure value types: shares, dates, parties, sources and claims. Standard library only."""

from keiretsu.model.claims import (
    ID,
    ORDINARY,
    Agreement,
    AgreementKind,
    Capital,
    Claim,
    ClaimSet,
    Directness,
    Holding,
    Interest,
    Registration,
    ShareClass,
    VotesBasis,
    claim_id,
)
from keiretsu.model.finding import Caution, Finding, Severity
from keiretsu.model.party import Party, PartyKind, Remainder
from keiretsu.model.period import PartialDate, Period
from keiretsu.model.share import Number, Share, exact
from keiretsu.model.source import Document, Sourcing, Status

__all__ = [
    "ID",
    "ORDINARY",
    "Agreement",
    "AgreementKind",
    "Capital",
    "Caution",
    "Claim",
    "ClaimSet",
    "Directness",
    "Document",
    "Finding",
    "Holding",
    "Interest",
    "Number",
    "PartialDate",
    "Party",
    "PartyKind",
    "Period",
    "Registration",
    "Remainder",
    "Severity",
    "Share",
    "ShareClass",
    "Sourcing",
    "Status",
    "VotesBasis",
    "claim_id",
    "exact",
]
