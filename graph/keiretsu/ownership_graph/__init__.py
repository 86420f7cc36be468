"""The facade that scripts use."""

from keiretsu.ownership_graph.graph import OwnershipGraph
from keiretsu.ownership_graph.loading import FORMATS, Material, bundled
from keiretsu.ownership_graph.reading import read_date

__all__ = ["FORMATS", "Material", "OwnershipGraph", "bundled", "read_date"]
