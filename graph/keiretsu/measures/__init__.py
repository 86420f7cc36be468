"""Exact measures of a snapshot: control, integrated ownership, votes."""

from keiretsu.measures.answer import Answer, percent
from keiretsu.measures.control import ControlRecord, Verdict, control
from keiretsu.measures.ownership import OwnerRecord, holdings, owners, ownership
from keiretsu.measures.votes import VoteRecord, votes

__all__ = [
    "Answer",
    "ControlRecord",
    "OwnerRecord",
    "Verdict",
    "VoteRecord",
    "control",
    "holdings",
    "owners",
    "ownership",
    "percent",
    "votes",
]
