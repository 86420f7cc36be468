"""Parties of several files that are one: by an identifier that they share, or by an editor's word.

Files stay as they are; the store shows one party. Its IRI is that of one of them, the others become
identifiers by which it is found, and whatever named them names it. What the others say is kept
where there is room for several values; where there is not, the first is, and that is said. Two
parties are never one because their names are alike.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import quote

from rdflib import RDF, RDFS, SKOS, Literal, URIRef

from keiretsu.model import ID, Caution
from keiretsu.model.identifiers import IRI, Identifier
from keiretsu.vocabulary import GRAPH, KEI, ONTOLOGY, PARTY_SUPERCLASS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib import Dataset
    from rdflib.term import Node

    from keiretsu.store.arrange import Quad
    from keiretsu.store.editing.settling import Journal

_ONCE: Final = (
    KEI.jurisdiction,
    KEI.listed,
    KEI.remainder,
    KEI.actsFor,
    KEI.existsFrom,
    KEI.existsUntil,
    KEI.unspecifiedReason,
    KEI.unspecifiedDetails,
)
_SHOWN: Final = 5
_MADE: Final = ("ftm-", "psc-")
"""Beginnings of IRIs that are made of a record's own name."""


class Joined(NamedTuple):
    """What joining changed.

    Parameters
    ----------
    asserted, shown
        Statements as the files have them, and as they are read.
    cautions
        Which parties are one, and where that leaves a doubt.
    """

    asserted: tuple[Quad, ...]
    shown: tuple[Quad, ...]
    cautions: tuple[Caution, ...]


def join_parties(journal: Journal) -> Joined:
    """Join the parties of a dataset that are one, and note every change.

    Parameters
    ----------
    journal
        The dataset, whose statements are as the files have them.
    """
    joiner = _Joiner(journal)
    groups = _groups(journal.dataset)
    for group in groups:
        joiner.join(group)
    return joiner.result()


class _Joiner:
    """Joins groups of parties one after the other."""

    def __init__(self, journal: Journal) -> None:
        self._journal, self._dataset = journal, journal.dataset
        self._asserted: list[Quad] = []
        self._shown: dict[Quad, None] = {}  # in the order in which they came
        self._joined: list[str] = []
        self._clashing: list[str] = []
        self._differing: dict[str, list[str]] = defaultdict(list)

    def join(self, group: list[URIRef]) -> None:
        """Make one party of a group, the first of which gives it its IRI."""
        kept, *others = group
        label = self._label(group)
        if self._hold_each_other(group):
            self._clashing.append(label)
            return
        self._joined.append(label)
        self._name(group, label)
        self._kind(group, label)
        for other in others:
            self._move(kept, other, label)
            self._record(kept, other)

    def result(self) -> Joined:
        """Return all that was done."""
        cautions = [
            *_told("joined-parties", "parties of several records are one", self._joined),
            *_told(
                "identity-clash",
                "parties with one identifier hold each other, and stay apart",
                self._clashing,
            ),
            *(
                warning
                for field, labels in sorted(self._differing.items())
                for warning in _told(
                    "joined-differ", f"records of one party differ in {field}", labels
                )
            ),
        ]
        return Joined(tuple(self._asserted), tuple(self._shown), tuple(cautions))

    def _hold_each_other(self, group: list[URIRef]) -> bool:
        members = set(group)
        return any(
            issuer in members and issuer != party
            for party in group
            for claim, _, _, _ in self._dataset.quads((None, KEI.holder, party, None))
            for _, _, issuer, _ in self._dataset.quads((claim, KEI.issuer, None, None))
        )

    def _label(self, group: list[URIRef]) -> str:
        """Return the first label that is a name rather than a number."""
        numbers = {text for party in group for _, text in _identifiers(self._dataset, party)}
        labels = [str(o) for party in group for o in self._values(party, RDFS.label)]
        return next((label for label in labels if label not in numbers), (labels or [group[0]])[0])

    def _name(self, group: list[URIRef], label: str) -> None:
        numbers = {text for party in group for _, text in _identifiers(self._dataset, party)}
        for party in group:
            for quad in self._said(party, RDFS.label):
                if str(quad[2]) != label or party != group[0]:
                    self._take(quad)
                    if str(quad[2]) not in numbers | {label}:
                        self._put((group[0], SKOS.altLabel, quad[2], quad[3]))
        if not self._values(group[0], RDFS.label):
            self._put((group[0], RDFS.label, Literal(label), GRAPH.parties))

    def _kind(self, group: list[URIRef], label: str) -> None:
        """Keep the class that says most; of two that exclude each other the first."""
        kinds = [str(o) for party in group for o in self._values(party, RDF.type)]
        names = [kind[len(ONTOLOGY) :] for kind in kinds if kind.startswith(ONTOLOGY)]
        if not names:
            return
        best = names[0]
        for name in names[1:]:
            if best in _lineage(name):
                best = name
            elif name not in _lineage(best):
                self._differing["kind"].append(label)
        for party in group:
            for quad in self._said(party, RDF.type):
                if quad[2] != URIRef(ONTOLOGY + best) or party != group[0]:
                    self._take(quad)
        self._put((group[0], RDF.type, URIRef(ONTOLOGY + best), GRAPH.parties))

    def _move(self, kept: URIRef, other: URIRef, label: str) -> None:
        for quad in self._said(other):
            self._take(quad)
            _, p, o, graph = quad
            known = self._values(kept, p) if p in _ONCE else []
            if known and o not in known:
                self._differing[str(p)[len(ONTOLOGY) :]].append(label)
            elif o != kept:
                self._put((kept, p, o, graph))
        for quad in map(_quad, list(self._dataset.quads((None, None, other, None)))):
            s, p, _, graph = quad
            if p != KEI.identifies:
                self._take(quad)
                self._put((s, p, kept, graph))

    def _record(self, kept: URIRef, other: URIRef) -> None:
        node = URIRef(f"{ID}identifier/{IRI}/{quote(other, safe='')}")
        self._put((kept, KEI.identifiedBy, node, GRAPH.parties))
        for p, o in (
            (RDF.type, KEI.Identifier),
            (KEI.scheme, Literal(IRI)),
            (KEI.value, Literal(str(other))),
        ):
            self._put((node, p, o, GRAPH.parties))

    def _values(self, subject: URIRef, predicate: URIRef) -> list[Node]:
        found = (o for _, _, o, _ in self._dataset.quads((subject, predicate, None, None)))
        return sorted(found, key=str)

    def _said(self, subject: URIRef, predicate: URIRef | None = None) -> list[Quad]:
        found = map(_quad, self._dataset.quads((subject, predicate, None, None)))
        return sorted(found, key=str)

    def _take(self, quad: Quad) -> None:
        self._journal.remove(quad)
        if quad in self._shown:
            del self._shown[quad]
        else:
            self._asserted.append(quad)

    def _put(self, quad: Quad) -> None:
        if self._journal.add(quad):
            self._shown[quad] = None


def _groups(dataset: Dataset) -> list[list[URIRef]]:
    """Return the parties that are one, those of each group in the order of preference."""
    leader: dict[URIRef, URIRef] = {}

    def find(one: URIRef) -> URIRef:
        while leader.setdefault(one, one) != one:
            leader[one] = one = leader[leader[one]]
        return one

    for one, other in (*_by_identifier(dataset), *_by_edit(dataset)):
        leader[find(one)] = find(other)
    groups: dict[URIRef, list[URIRef]] = defaultdict(list)
    for party in leader:
        groups[find(party)].append(party)
    several = [sorted(group, key=_preference) for group in groups.values() if len(group) > 1]
    return sorted(several)


def _preference(party: URIRef) -> tuple[bool, str]:
    """Return what sorts the IRIs of curated data before those that readers make of numbers."""
    tail = str(party).removeprefix(f"{ID}party/")
    scheme = tail.rpartition("-")[0]
    made = tail.startswith(_MADE) or Identifier.of(scheme, tail.rpartition("-")[2]).is_joining
    return made, str(party)


def _by_identifier(dataset: Dataset) -> Iterator[tuple[URIRef, URIRef]]:
    first: dict[tuple[str, str], URIRef] = {}
    described = dataset.quads((None, KEI.identifiedBy, None, None))
    parties = sorted({URIRef(str(s)) for s, _, _, _ in described})
    for party in parties:
        first.setdefault((IRI, str(party)), party)
    for party in parties:
        for scheme, value in _identifiers(dataset, party):
            found = Identifier.of(scheme, value)
            if found.is_joining:
                other = first.setdefault(found.pair, party)
                if other != party:
                    yield other, party
            elif scheme == IRI and _is_party(dataset, URIRef(value)):
                yield party, URIRef(value)


def _by_edit(dataset: Dataset) -> Iterator[tuple[URIRef, URIRef]]:
    pairs: dict[Node, set[URIRef]] = defaultdict(set)
    for edit, _, party, _ in dataset.quads((None, KEI.identifies, None, None)):
        if isinstance(party, URIRef) and _is_party(dataset, party):
            pairs[edit].add(party)
    for parties in pairs.values():
        one, *others = sorted(parties)
        yield from ((one, other) for other in others)


def _is_party(dataset: Dataset, iri: URIRef) -> bool:
    return any(dataset.graph(GRAPH.parties).triples((iri, RDF.type, None)))


def _identifiers(dataset: Dataset, party: URIRef) -> Iterator[tuple[str, str]]:
    for _, _, node, _ in dataset.quads((party, KEI.identifiedBy, None, None)):
        parts = (
            next((str(o) for _, _, o, _ in dataset.quads((node, p, None, None))), "")
            for p in (KEI.scheme, KEI.value)
        )
        scheme, value = parts
        if scheme and value:
            yield scheme, value


def _lineage(kind: str) -> set[str]:
    found = {kind}
    while kind in PARTY_SUPERCLASS:
        kind = PARTY_SUPERCLASS[kind]
        found.add(kind)
    return found


def _told(code: str, text: str, labels: Iterable[str]) -> list[Caution]:
    names = sorted(set(labels))
    if not names:
        return []
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return [Caution(code, f"{text}{more}", tuple(names[:_SHOWN]))]


def _quad(found: tuple[Node, Node, Node, Node | None]) -> Quad:
    s, p, o, graph = found
    return URIRef(str(s)), URIRef(str(p)), o, URIRef(str(graph))
