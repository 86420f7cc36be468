"""Keiretsu: who holds what in whom, who controls whom, why, and who says so.

Names are loaded when they are first used, so that ``import keiretsu`` stays light; an interrupt
during it is told by Python with a traceback, for nothing of ours runs yet that could tell it.
"""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False  # for type checkers it is true; `typing` itself takes as long as all the rest
if TYPE_CHECKING:
    from keiretsu.measures import (
        beneficial,
        bow_tie,
        concentration,
        control,
        holdings,
        karos_peters,
        network_power,
        network_value,
        owners,
        ownership,
        power,
        reconcile,
        screen,
        votes,
    )
    from keiretsu.measures.register.changing import ChangingControl
    from keiretsu.measures.register.ultimate_owners import ultimate_owners
    from keiretsu.mirror import chains, dominators, from_networkx, paths, to_networkx
    from keiretsu.ownership_graph import OwnershipGraph
    from keiretsu.scenarios import diff, moves, scenario, timeline, whatif
    from keiretsu.snapshot import Snapshot
    from keiretsu.views.compose import view
    from keiretsu.views.page.dossier import explain

    __version__: str

_HOMES = {
    "ChangingControl": "measures.register.changing",
    "OwnershipGraph": "ownership_graph",
    "Snapshot": "snapshot",
    "beneficial": "measures",
    "bow_tie": "measures",
    "chains": "mirror",
    "concentration": "measures",
    "control": "measures",
    "diff": "scenarios",
    "dominators": "mirror",
    "explain": "views.page.dossier",
    "from_networkx": "mirror",
    "holdings": "measures",
    "karos_peters": "measures",
    "moves": "scenarios",
    "network_power": "measures",
    "network_value": "measures",
    "owners": "measures",
    "ownership": "measures",
    "paths": "mirror",
    "power": "measures",
    "reconcile": "measures",
    "scenario": "scenarios",
    "screen": "measures",
    "timeline": "scenarios",
    "to_networkx": "mirror",
    "ultimate_owners": "measures.register.ultimate_owners",
    "view": "views.compose",
    "votes": "measures",
    "whatif": "scenarios",
}

__all__ = [
    "ChangingControl",
    "OwnershipGraph",
    "Snapshot",
    "__version__",
    "beneficial",
    "bow_tie",
    "chains",
    "concentration",
    "control",
    "diff",
    "dominators",
    "explain",
    "from_networkx",
    "holdings",
    "karos_peters",
    "moves",
    "network_power",
    "network_value",
    "owners",
    "ownership",
    "paths",
    "power",
    "reconcile",
    "scenario",
    "screen",
    "timeline",
    "to_networkx",
    "ultimate_owners",
    "view",
    "votes",
    "whatif",
]


def __getattr__(name: str) -> object:
    if name == "__version__":
        return _version()
    if name not in _HOMES:
        raise AttributeError(f"module 'keiretsu' has no attribute {name!r}")
    return getattr(import_module(f"keiretsu.{_HOMES[name]}"), name)


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - slow to load

    try:
        return version("keiretsu")
    except PackageNotFoundError:  # a bare checkout, run without installing
        return "0.0.0"
