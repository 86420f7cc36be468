"""Derived graphs in strangers' files: findings, and nothing that could pass for a claim."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rdflib import PROV, RDF, RDFS, BNode, URIRef

from keiretsu.errors import InputError
from keiretsu.vocabulary import DERIVED, FINDINGS, ONTOLOGY, SHORTCUTS, is_derived

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rdflib.term import Node

_FINDINGS: Final = {URIRef(ONTOLOGY + name) for name in FINDINGS}


def derived_quads(
    said: Iterable[tuple[Node, Node, Node, Node | None]], names: Mapping[Node, URIRef]
) -> list[tuple[URIRef, URIRef, Node, URIRef]]:
    """Return what derived graphs say.

    Parameters
    ----------
    said
        Every statement that was parsed, with its graph.
    names
        An IRI for each blank node.

    Raises
    ------
    InputError
        If a derived graph says anything of a claim, or anything of a party but that it controls or
        has a stake: queries over all graphs would take it for asserted.
    """
    quads = []
    for s, p, o, graph in said:
        if is_derived(graph) and isinstance(p, URIRef) and isinstance(graph, URIRef):
            subject = names[s] if isinstance(s, BNode) else URIRef(str(s))
            quads.append((subject, p, names[o] if isinstance(o, BNode) else o, graph))
    findings = {s for s, p, o, _ in quads if p == RDF.type and o in _FINDINGS}
    for s, p, o, graph in sorted(quads):
        if not _belongs(s, p, o, findings):
            short = str(graph).removeprefix(DERIVED)
            raise InputError(
                f"the derived graph {short!r} says more than findings (<{p}>)",
                place=str(s),
                mend="keep claims in the graph of their document",
            )
    return quads


def _belongs(s: URIRef, p: URIRef, o: Node, findings: set[URIRef]) -> bool:
    if s in findings:
        foreign = not (isinstance(o, URIRef) and o.startswith(ONTOLOGY))
        return p != RDF.type or o in _FINDINGS or foreign
    labels_graph = is_derived(s) and p == RDFS.label
    return p in SHORTCUTS or p in PROV or labels_graph
