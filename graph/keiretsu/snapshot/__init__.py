"""The hinge: claims resolved on a date into parties, holdings and exact integer weights."""

from keiretsu.snapshot import arrays as arrays  # tells `Snapshot` how arrays become one
from keiretsu.snapshot.account import Account, Line
from keiretsu.snapshot.audit import audit, change_days
from keiretsu.snapshot.capital import ROUNDING
from keiretsu.snapshot.columnar import ColumnarSnapshot
from keiretsu.snapshot.directory import Directory
from keiretsu.snapshot.evidence import Evidence
from keiretsu.snapshot.facts import IssuerFacts
from keiretsu.snapshot.held import Conflict, HeldOnDate
from keiretsu.snapshot.ledger import NOBODY, Ledger
from keiretsu.snapshot.snapshot import Snapshot
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
