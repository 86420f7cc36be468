"""What an update makes of the statements of a store, as they stand in documents.

Queries, and so updates, see what edits and joined parties make of the documents' statements. What
is kept is what the documents say: so a change is carried over to that, or refused where it would
contradict an edit.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from rdflib import Dataset, Literal

from keiretsu.errors import InputError, QueryRefusedError
from keiretsu.store.arrange import arrange, document_of
from keiretsu.store.syntax.trig import dataset_to_nquads, dataset_to_trig, nquad

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from keiretsu.store.arrange import Quad
    from keiretsu.store.editing.settling import Settlement
    from keiretsu.store.query.guarded_reply import Change
    from keiretsu.store.syntax.statements import Statement

_WRITERS: Final = {"trig": dataset_to_trig, "nquads": dataset_to_nquads}


def applied(
    asserted: Collection[Quad], settlement: Settlement, change: Change, name: str
) -> set[Quad]:
    """Return what documents say after a change, each statement in the graph where it belongs.

    Parameters
    ----------
    asserted
        What they say before.
    settlement
        What edits make of that.
    change
        What an update adds to and removes from what is seen.
    name
        What the data are called: a claim that names no document and no graph is reported in one of
        that title.

    Raises
    ------
    QueryRefusedError
        If the change contradicts an edit that stays.
    InputError
        If what is added cannot be put into graphs, see `arrange`.
    """
    added, shown, hidden = change.added, set(settlement.shown), set(settlement.asserted)
    going = {_meaning(quad) for quad in change.removed}
    gone = {quad for quad in {*asserted, *shown} if _meaning(quad) in going} if going else set()
    if going != set(map(_meaning, gone)):
        problem = "a statement that the update removes cannot be found in the data"
        raise InputError(problem, place="update", mend="name its value as the data have it")
    left = set(asserted) - gone
    seen = {quad[0] for quad in left - hidden}
    contradicted = [quad[0] for quad in shown & gone if quad[0] in seen]
    contradicted += [quad[0] for quad in hidden.intersection(added)]
    if contradicted:
        raise QueryRefusedError(
            f"<{min(contradicted)}> is so by an edit, or since two parties are one",
            mend="take that back first: 'keiretsu claim undo', or remove its statements",
        )
    whole = {quad[0] for quad in shown & gone}
    left -= {quad for quad in hidden if quad[0] in whole}
    if not added:
        return left
    news = "\n".join(sorted(" ".join(map(str, one)) for one in added)).encode()
    return set(arrange([*left, *added], document_of(news, name), name))


def _meaning(quad: Statement) -> tuple[object, ...]:
    """Return a statement so that two that an engine takes for one are one: 1.0 is 1."""
    s, p, o, graph = quad
    if isinstance(o, Literal) and isinstance(o.value, (int, float, Decimal, dt.date, dt.time)):
        return s, p, o.datatype, o.value, graph
    return s, p, o, graph


def written(quads: Iterable[Quad], syntax: str) -> bytes:
    """Return statements as a file in ``trig`` or ``nquads``, sorted."""
    dataset = Dataset()
    for s, p, o, graph in quads:
        dataset.graph(graph).add((s, p, o))
    return _WRITERS[syntax](dataset).encode()


def patch_lines(before: Collection[Quad], after: Collection[Quad]) -> list[str]:
    """Return what differs as lines of RDF Patch: what was deleted, then what was added, sorted.

    Source: https://afs.github.io/rdf-delta/rdf-patch.html
    """
    old, new = set(before), set(after)
    gone = sorted(f"D {nquad(quad)}" for quad in old - new)
    return gone + sorted(f"A {nquad(quad)}" for quad in new - old)
