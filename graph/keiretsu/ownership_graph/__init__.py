"""The facade that scripts use."""

from keiretsu.ownership_graph.graph import OwnershipGraph
from keiretsu.ownership_graph.loading import FORMATS, Material, bundled

__all__ = ["FORMATS", "Material", "OwnershipGraph", "bundled"]
