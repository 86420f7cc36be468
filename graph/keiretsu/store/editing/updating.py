"""What an update makes of the statements of a store, as they stand in documents.

Queries, and so updates, see what edits and joined parties make of the documents' statements. What
is kept is what the documents say: so a change is carried over to that, or refused where it would
contradict an edit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rdflib import Dataset

from keiretsu.errors import QueryRefusedError
from keiretsu.store.arrange import arrange, document_of
from keiretsu.store.syntax.trig import dataset_to_nquads, dataset_to_trig, nquad

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from keiretsu.store.arrange import Quad
    from keiretsu.store.editing.settling import Settlement
    from keiretsu.store.query.guarded import Change

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
    left = set(asserted) - set(change.removed)
    shown, hidden = set(settlement.shown), set(settlement.asserted)
    seen = {quad[0] for quad in left - hidden}
    contradicted = [quad for quad in shown & set(change.removed) if quad[0] in seen]
    contradicted += [quad for quad in change.added if quad in hidden]
    if contradicted:
        subject = min(quad[0] for quad in contradicted)
        raise QueryRefusedError(
            f"<{subject}> is so by an edit, or since two parties are one",
            mend="take that back first: 'keiretsu claim undo', or remove its statements",
        )
    gone = {quad[0] for quad in shown & set(change.removed)}
    left -= {quad for quad in hidden if quad[0] in gone}
    if not change.added:
        return left
    news = "\n".join(sorted(" ".join(map(str, one)) for one in change.added)).encode()
    return set(arrange([*left, *change.added], document_of(news, name), name))


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
