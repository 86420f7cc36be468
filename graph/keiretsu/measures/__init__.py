"""Exact measures of a snapshot: control, integrated ownership, votes."""

from keiretsu.measures.answer import Answer, percent
from keiretsu.measures.beneficial import BeneficialRecord, behind_each, beneficial
from keiretsu.measures.control import control
from keiretsu.measures.control_record import ControlRecord, Verdict
from keiretsu.measures.dossier import Dossier, dossier
from keiretsu.measures.karos_peters import karos_peters
from keiretsu.measures.legal_test import GroundRecord
from keiretsu.measures.network_power import network_power
from keiretsu.measures.network_shape import (
    ConcentrationRecord,
    SectionRecord,
    bow_tie,
    concentration,
)
from keiretsu.measures.network_value import ValueRecord, network_value
from keiretsu.measures.owner_record import OwnerRecord
from keiretsu.measures.ownership import holdings, owners, ownership
from keiretsu.measures.power import power
from keiretsu.measures.power_record import PowerRecord
from keiretsu.measures.reconciliation import DifferenceRecord, reconcile
from keiretsu.measures.regimes_table import REGIMES
from keiretsu.measures.screening import CaughtRecord, screen
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
