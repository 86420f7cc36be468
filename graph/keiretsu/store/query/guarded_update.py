"""An update, applied to the copy of the data that a guarded process has.

In that copy every statement stands in its graph and once more in the default graph, as queries see
it. So what an operation removes without naming a graph goes from every graph; what it inserts so is
told without one, and finds its graph where the data are written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from keiretsu.errors import InputError, QueryRefusedError
from keiretsu.model import ID
from keiretsu.vocabulary import GRAPH, PREFIXES, is_derived

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keiretsu.store.query.update_text import Operation

_DEFAULT: Final = ox.DefaultGraph()
_Quads = set[ox.Quad]
_Triples = set[ox.Triple]


def changes(store: ox.Store, asked: Sequence[Operation]) -> tuple[_Quads, _Quads]:
    """Apply operations to a store, and return the statements that it gained and lost.

    Parameters
    ----------
    store
        Data whose default graph holds what all others say; it is changed.
    asked
        The operations, in their order.

    Returns
    -------
    tuple of sets
        What was added, with the default graph where no graph was named; what was removed, in the
        graphs where it stood.

    Raises
    ------
    InputError
        If the engine cannot carry one out, such as the removal of a graph that is not there.
    QueryRefusedError
        If it writes into the ontology or into a graph that was computed.
    """
    first = _named(store)
    before, unplaced = first, set[ox.Triple]()
    for one in asked:
        try:
            store.update(one.text, base_iri=ID, prefixes=dict(PREFIXES))
        except SyntaxError as error:
            mend = "correct it there or just before"
            raise InputError(f"not SPARQL: {error.msg}", place="update", mend=mend) from None
        except (OSError, RuntimeError, ValueError) as error:
            problem = f"the update cannot be done ({error})"
            raise InputError(problem, place="update", mend="put it in another way") from None
        before, unplaced = _settled(store, before, unplaced, sweeps=one.sweeps)
    added = (before - first) | set(map(_unplaced, unplaced))
    return added, first - before


def _settled(
    store: ox.Store, before: _Quads, unplaced: _Triples, *, sweeps: bool
) -> tuple[_Quads, _Triples]:
    """Return the named statements and those without a graph; the default graph then holds both."""
    seen = {quad.triple for quad in before} | unplaced
    default = {quad.triple for quad in store.quads_for_pattern(None, None, None, _DEFAULT)}
    gone = seen - default
    after = _named(store)
    kept = {quad for quad in before if _is_kept(quad)}
    _check(kept, {quad for quad in after if _is_kept(quad)}, sweeps=sweeps)
    after = kept | {quad for quad in after if quad not in before or quad.triple not in gone}
    unplaced = (unplaced | (default - seen)) - gone
    unplaced -= {quad.triple for quad in after}
    whole = {quad.triple for quad in after} | unplaced
    store.clear()
    store.extend([*after, *map(_unplaced, whole)])
    return after, unplaced


def _check(before: _Quads, after: _Quads, *, sweeps: bool) -> None:
    changed = (after - before) | (set() if sweeps else before - after)
    if changed:
        name = min(map(_name, changed))
        raise QueryRefusedError(
            f"<{name}> is not written by updates",
            mend="leave out the ontology and what was derived, which 'materialize' writes",
        )


def _named(store: ox.Store) -> _Quads:
    return {quad for quad in store if quad.graph_name != _DEFAULT}


def _is_kept(quad: ox.Quad) -> bool:
    """Return whether a statement is none that updates change: of the ontology, or computed."""
    name = _name(quad)
    return name == str(GRAPH.ontology) or is_derived(name)


def _name(quad: ox.Quad) -> str:
    graph = quad.graph_name
    return "" if isinstance(graph, ox.DefaultGraph) else graph.value


def _unplaced(triple: ox.Triple) -> ox.Quad:
    return ox.Quad(triple.subject, triple.predicate, triple.object, _DEFAULT)
