"""What if, and what changed: edits over a snapshot, differences, timelines, smallest moves."""

from keiretsu.scenarios.amount import Amount, Unit
from keiretsu.scenarios.control_changes import DEFAULT_RULES
from keiretsu.scenarios.control_state import ControlState, control_state
from keiretsu.scenarios.difference import diff, whatif
from keiretsu.scenarios.move_record import Move
from keiretsu.scenarios.moves import moves
from keiretsu.scenarios.proposing import find_proposal
from keiretsu.scenarios.reading import read_edits
from keiretsu.scenarios.scenario import IS_SUPPOSED, Scenario, scenario
from keiretsu.scenarios.supposed import is_supposed
from keiretsu.scenarios.timeline import timeline
from keiretsu.scenarios.timeline_record import Period
from keiretsu.scenarios.verdict_changes import EVERY_REGIME
from keiretsu.scenarios.vote_changes import VoteChange

__all__ = [
    "DEFAULT_RULES",
    "EVERY_REGIME",
    "IS_SUPPOSED",
    "Amount",
    "ControlState",
    "Move",
    "Period",
    "Scenario",
    "Unit",
    "VoteChange",
    "control_state",
    "diff",
    "find_proposal",
    "is_supposed",
    "moves",
    "read_edits",
    "scenario",
    "timeline",
    "whatif",
]
