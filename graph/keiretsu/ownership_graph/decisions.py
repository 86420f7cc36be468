"""The classes of decision that are known: those of the agreements, and ordinary ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keiretsu.errors import InputError
from keiretsu.model import ORDINARY

if TYPE_CHECKING:
    from keiretsu.ownership_graph.graph import OwnershipGraph


def check_decision(graph: OwnershipGraph, decision: str) -> None:
    """Refuse a class of decision that no agreement knows: it would silently cap nothing.

    Raises
    ------
    InputError
        If it is unknown.

    Examples
    --------
    >>> from keiretsu import OwnershipGraph
    >>> check_decision(OwnershipGraph.open(), "weekly")
    Traceback (most recent call last):
    ...
    keiretsu.errors.InputError: no class of decision is named 'weekly'; use ... ordinary, ...
    """
    if decision == ORDINARY:  # the claims of a large store are not read for nothing
        return
    known = {ORDINARY, *(d for agreement in graph.claims.agreements for d in agreement.decisions)}
    if decision not in known:
        raise InputError(
            f"no class of decision is named {decision!r}", mend=f"use {', '.join(sorted(known))}"
        )
