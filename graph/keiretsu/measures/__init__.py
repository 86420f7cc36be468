"""Exact measures of a snapshot: control, integrated ownership, votes."""

from keiretsu.measures.answer import Answer, percent
from keiretsu.measures.control.record import ControlRecord, Verdict
from keiretsu.measures.control.verdicts import control
from keiretsu.measures.dossier import Dossier, dossier
from keiretsu.measures.legal.beneficial import BeneficialRecord, behind_each, beneficial
from keiretsu.measures.legal.legal_test import GroundRecord
from keiretsu.measures.legal.regimes_table import REGIMES
from keiretsu.measures.legal.screening import CaughtRecord, screen
from keiretsu.measures.network.shape import (
    ConcentrationRecord,
    SectionRecord,
    bow_tie,
    concentration,
)
from keiretsu.measures.network.value import ValueRecord, network_value
from keiretsu.measures.ownership.record import OwnerRecord
from keiretsu.measures.ownership.shares import holdings, owners, ownership
from keiretsu.measures.power.company import power
from keiretsu.measures.power.karos_peters import karos_peters
from keiretsu.measures.power.network import network_power
from keiretsu.measures.power.record import PowerRecord
from keiretsu.measures.reconciliation import DifferenceRecord, reconcile
from keiretsu.measures.votes import VoteRecord, votes

__all__ = [
    "REGIMES",
    "Answer",
    "BeneficialRecord",
    "CaughtRecord",
    "ConcentrationRecord",
    "ControlRecord",
    "DifferenceRecord",
    "Dossier",
    "GroundRecord",
    "OwnerRecord",
    "PowerRecord",
    "SectionRecord",
    "ValueRecord",
    "Verdict",
    "VoteRecord",
    "behind_each",
    "beneficial",
    "bow_tie",
    "concentration",
    "control",
    "dossier",
    "holdings",
    "karos_peters",
    "network_power",
    "network_value",
    "owners",
    "ownership",
    "percent",
    "power",
    "reconcile",
    "screen",
    "votes",
]
