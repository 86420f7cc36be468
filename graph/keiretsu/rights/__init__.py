"""From shares to exercisable votes: classes, multiple votes, own shares, suspension, agreements."""

from keiretsu.rights.derivation import RIGHTS, Rights, rights_of
from keiretsu.rights.dominance import Dominance, exceeds
from keiretsu.rights.gross import ONE_VOTE
from keiretsu.rights.rules import (
    MAJORITY,
    RULES,
    Article,
    ControlRule,
    Trace,
    control_rule,
    turnout_rule,
)

__all__ = [
    "MAJORITY",
    "ONE_VOTE",
    "RIGHTS",
    "RULES",
    "Article",
    "ControlRule",
    "Dominance",
    "Rights",
    "Trace",
    "control_rule",
    "exceeds",
    "rights_of",
    "turnout_rule",
]
