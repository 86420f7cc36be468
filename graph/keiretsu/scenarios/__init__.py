"""What if, and what changed: edits over a snapshot, differences, timelines, smallest moves."""

from keiretsu.scenarios.amount import Amount, Unit
from keiretsu.scenarios.control_state import ControlState, control_state
from keiretsu.scenarios.scenario import Scenario, scenario
from keiretsu.scenarios.timeline import timeline
from keiretsu.scenarios.timeline_record import Period

__all__ = [
    "Amount",
    "ControlState",
    "Period",
    "Scenario",
    "Unit",
    "control_state",
    "scenario",
    "timeline",
]
