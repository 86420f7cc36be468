"""What if, and what changed: edits over a snapshot, differences, timelines, smallest moves."""

from keiretsu.scenarios.amount import Amount, Unit
from keiretsu.scenarios.scenario import Scenario, scenario

__all__ = ["Amount", "Scenario", "Unit", "scenario"]
