"""Keiretsu: who holds what in whom, who controls whom, why, and who says so.

Names are loaded when they are first used, so that ``import keiretsu`` stays light.
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keiretsu.measures import control, holdings, owners, ownership, votes
    from keiretsu.mirror import from_networkx, paths, to_networkx
    from keiretsu.ownership_graph import OwnershipGraph
    from keiretsu.snapshot import Snapshot
    from keiretsu.views.compose import view

try:
    __version__ = version("keiretsu")
except PackageNotFoundError:  # a bare checkout, run without installing
    __version__ = "0.0.0"

_HOMES = {
    "OwnershipGraph": "ownership_graph",
    "Snapshot": "snapshot",
    "control": "measures",
    "from_networkx": "mirror",
    "holdings": "measures",
    "owners": "measures",
    "ownership": "measures",
    "paths": "mirror",
    "to_networkx": "mirror",
    "view": "views.compose",
    "votes": "measures",
}

__all__ = [
    "OwnershipGraph",
    "Snapshot",
    "__version__",
    "control",
    "from_networkx",
    "holdings",
    "owners",
    "ownership",
    "paths",
    "to_networkx",
    "view",
    "votes",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'keiretsu' has no attribute {name!r}")
    return getattr(import_module(f"keiretsu.{_HOMES[name]}"), name)
