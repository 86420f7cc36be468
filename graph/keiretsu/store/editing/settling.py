"""What edits change in a store: statuses of claims, and persons who must not come back.

The files stay as they are; the store shows what is read. So every query and every measure sees the
same: a claim that an editor rejected *is* rejected there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from rdflib import RDF, Literal, URIRef

from keiretsu.model import Caution, Status
from keiretsu.model.edit import party_digest
from keiretsu.store.editing.identity import join_parties
from keiretsu.store.editing.removal import about_party, party_iris
from keiretsu.vocabulary import KEI, code

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rdflib import Dataset, Graph
    from rdflib.term import Node

    from keiretsu.store.arrange import Quad
    from keiretsu.store.syntax.statements import Statement

_REJECTED: Final = code("status", Status.REJECTED)
_SUPERSEDED: Final = code("status", Status.SUPERSEDED)


class Journal:
    """Changes a dataset and can take all of it back.

    Examples
    --------
    >>> from rdflib import Dataset, URIRef
    >>> dataset, a = Dataset(), URIRef("urn:a")
    >>> journal = Journal(dataset)
    >>> journal.add((a, a, a, a)), journal.add((a, a, a, a)), len(dataset.graph(a))
    (True, False, 1)
    >>> journal.revert()
    >>> len(dataset.graph(a))
    0
    """

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self._done: list[tuple[bool, Quad]] = []
        self._graphs: dict[URIRef, Graph] = {}

    def __len__(self) -> int:
        return len(self._done)

    def add(self, quad: Quad) -> bool:
        """Add a statement; return whether it was not there."""
        graph = self._graph(quad[3])
        if quad[:3] in graph:
            return False
        graph.add(quad[:3])
        self._done.append((True, quad))
        return True

    def add_all(self, quads: Iterable[Quad]) -> None:
        """Add statements, those that are not there."""
        empty: dict[URIRef, bool] = {}
        for quad in dict.fromkeys(quads):
            graph = self._graph(quad[3])
            if quad[3] not in empty:
                empty[quad[3]] = len(graph) == 0
            # in a graph that was empty nothing needs to be looked for
            if empty[quad[3]] or quad[:3] not in graph:
                graph.add(quad[:3])
                self._done.append((True, quad))

    def remove(self, quad: Quad) -> None:
        """Remove a statement, if it is there."""
        graph = self._graph(quad[3])
        if quad[:3] in graph:
            graph.remove(quad[:3])
            self._done.append((False, quad))

    def revert(self) -> None:
        """Take back every change, the last one first."""
        for added, quad in reversed(self._done):
            graph = self._graph(quad[3])
            if added:
                graph.remove(quad[:3])
            else:
                graph.add(quad[:3])
        self._done.clear()

    def _graph(self, name: URIRef) -> Graph:
        if name not in self._graphs:  # naming it to the dataset costs more than adding to it
            self._graphs[name] = self.dataset.graph(name)
        return self._graphs[name]


@dataclass(frozen=True, slots=True)
class Settlement:
    """What the edits of a store have changed in it.

    Parameters
    ----------
    asserted, shown
        Statements about the status of claims: as their documents have them, and as they are read.
    withheld
        IRIs of claims that were left out, by the IRI of the removal that asks for it.
    joined
        Which parties are one, and where that leaves a doubt.
    """

    asserted: tuple[Quad, ...] = ()
    shown: tuple[Quad, ...] = ()
    withheld: Mapping[str, frozenset[str]] = field(default_factory=dict)
    joined: tuple[Caution, ...] = ()

    def lift(self, journal: Journal) -> None:
        """Put the statuses back as the documents have them."""
        for quad in self.shown:
            journal.remove(quad)
        for quad in self.asserted:
            journal.add(quad)

    def lifted(self, said: Iterable[Statement]) -> set[Quad]:
        """Return statements of a settled dataset as the documents have them."""
        quads = {
            (s, p, o, graph)
            for s, p, o, graph in said
            if isinstance(s, URIRef) and isinstance(p, URIRef) and isinstance(graph, URIRef)
        }
        return (quads - set(self.shown)) | set(self.asserted)

    def cautions(self, dataset: Dataset) -> list[Caution]:
        """Return what was left out on request, and which edits concern nothing that is here."""
        found = [
            Caution(
                "removed-person",
                f"{_count(len(claims))} about a person who was removed on request left out"
                f" ({_short(removal)})",
            )
            for removal, claims in self.withheld.items()
        ]
        edits = dataset.quads((None, KEI.edits, None, None))
        lost = sorted({str(s) for s, _, claim, _ in edits if not _described(dataset, claim)})
        found += (
            Caution("edit-without-claim", f"{_short(edit)} concerns a claim that is not here")
            for edit in lost
        )
        return sorted((*found, *self.joined))


def settle(journal: Journal, before: Settlement) -> Settlement:
    """Apply all edits of a dataset whose statuses are as the documents have them.

    Parameters
    ----------
    journal
        The dataset, and where the changes are noted.
    before
        What was settled earlier; what was withheld then is remembered.
    """
    withheld = dict(before.withheld)
    for removal, claims in _remove_again(journal):
        withheld[removal] = withheld.get(removal, frozenset()) | claims
    joined = join_parties(journal)
    asserted, shown = list(joined.asserted), list(joined.shown)
    for claim, status in sorted(_overruled(journal.dataset).items()):
        for _, _, o, graph in list(journal.dataset.quads((claim, KEI.status, None, None))):
            if o != status and isinstance(graph, URIRef):
                old, new = (claim, KEI.status, o, graph), (claim, KEI.status, status, graph)
                journal.remove(old)
                asserted.append(old)
                if journal.add(new):
                    shown.append(new)
    return Settlement(tuple(asserted), tuple(shown), withheld, joined.cautions)


def _overruled(dataset: Dataset) -> dict[URIRef, URIRef]:
    """Return the claims whose status is another than their documents say."""
    rejected = {claim for _, claim in _edited(dataset, KEI.Rejection)}
    found = dict.fromkeys(rejected, _REJECTED)
    for _, added in _edited(dataset, KEI.Supersession):
        if added in rejected:
            continue
        for _, _, old, _ in dataset.quads((added, KEI.supersedes, None, None)):
            stays = (old, KEI.status, _REJECTED, None)
            if isinstance(old, URIRef) and not any(dataset.quads(stays)):
                found.setdefault(old, _SUPERSEDED)
    return found


def _edited(dataset: Dataset, kind: URIRef) -> Iterator[tuple[Node, URIRef]]:
    for edit, _, _, _ in dataset.quads((None, RDF.type, kind, None)):
        for _, _, claim, _ in dataset.quads((edit, KEI.edits, None, None)):
            if isinstance(claim, URIRef):
                yield edit, claim


def _remove_again(journal: Journal) -> Iterator[tuple[str, frozenset[str]]]:
    """Leave out the persons whom a removal asks to leave out, wherever they come from."""
    dataset = journal.dataset
    removals = [s for s, _, _, _ in dataset.quads((None, RDF.type, KEI.Removal, None))]
    parties = party_iris(dataset) if removals else set()
    for removal in sorted(removals, key=str):
        salt, digest = (_text(dataset, removal, p) for p in (KEI.salt, KEI.partyHash))
        for party in sorted(one for one in parties if party_digest(salt, one) == digest):
            gone = about_party(dataset, URIRef(party))
            for quad in gone.quads:
                journal.remove(quad)
            yield str(removal), gone.claims


def _text(dataset: Dataset, subject: Node, predicate: URIRef) -> str:
    found = (o for _, _, o, _ in dataset.quads((subject, predicate, None, None)))
    return next((str(value) for value in found if isinstance(value, Literal)), "")


def _described(dataset: Dataset, claim: Node) -> bool:
    return any(dataset.quads((claim, RDF.type, None, None)))


def _short(iri: str) -> str:
    return f"edit {iri.rpartition('/')[2]}"


def _count(claims: int) -> str:
    return f"{claims or 'no'} claim{'' if claims == 1 else 's'}"
