"""The hinge: claims resolved on a date into parties, holdings and exact integer weights."""

from keiretsu.snapshot.audit import audit, change_days
from keiretsu.snapshot.columnar import ColumnarSnapshot
from keiretsu.snapshot.directory import Directory
from keiretsu.snapshot.evidence import Evidence
from keiretsu.snapshot.facts import IssuerFacts
from keiretsu.snapshot.held import Conflict, HeldOnDate
from keiretsu.snapshot.ledger import NOBODY, Account, Ledger, Line
from keiretsu.snapshot.snapshot import ROUNDING, Snapshot
from keiretsu.snapshot.timing import MAX_AGE_DAYS

__all__ = [
    "MAX_AGE_DAYS",
    "NOBODY",
    "ROUNDING",
    "Account",
    "ColumnarSnapshot",
    "Conflict",
    "Directory",
    "Evidence",
    "HeldOnDate",
    "IssuerFacts",
    "Ledger",
    "Line",
    "Snapshot",
    "audit",
    "change_days",
]
