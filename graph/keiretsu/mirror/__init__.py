"""The snapshot as a networkx graph, and what graphs are for: chains and loops."""

from keiretsu.mirror.conventions import CONVENTIONS, ConventionRecord, chains
from keiretsu.mirror.dominators import dominators
from keiretsu.mirror.exchange import gexf, graphml, neo4j
from keiretsu.mirror.graph import from_networkx, snapshot_of_shares, to_networkx
from keiretsu.mirror.path_records import Hop, PathRecord
from keiretsu.mirror.paths import Chains, paths

__all__ = [
    "CONVENTIONS",
    "Chains",
    "ConventionRecord",
    "Hop",
    "PathRecord",
    "chains",
    "dominators",
    "from_networkx",
    "gexf",
    "graphml",
    "neo4j",
    "paths",
    "snapshot_of_shares",
    "to_networkx",
]
