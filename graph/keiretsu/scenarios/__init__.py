"""What if, and what changed: edits over a snapshot, differences, timelines, smallest moves."""

from keiretsu.scenarios.amount import Amount, Unit
from keiretsu.scenarios.scenario import Scenario, scenario
from keiretsu.scenarios.timeline import timeline
from keiretsu.scenarios.timeline_record import Period

__all__ = ["Amount", "Period", "Scenario", "Unit", "scenario", "timeline"]
