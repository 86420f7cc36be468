"""RDF as JSON-LD with our context: sorted, without blank nodes, exact to the last digit."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from rdflib import OWL, RDF, RDFS, SKOS, XSD, Graph, Literal, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

from keiretsu.resources import ontology_path
from keiretsu.store.syntax.guarded import shipped_context
from keiretsu.vocabulary import ONTOLOGY, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from rdflib import Dataset
    from rdflib.term import Node

_OTHERS: Final = {"label": RDFS.label, "altLabel": SKOS.altLabel}


def build_context() -> dict[str, Any]:
    """Return the context that the ontology gives rise to; `ontology/context.jsonld` is held to it.

    Names without a prefix are those of the ontology; a property whose values are things, or
    literals of one type, has that type, so that values are plain strings.
    """
    ontology = Graph()
    with ontology_path("keiretsu.ttl").open("rb") as file:
        ontology.parse(file=file, format="turtle")
    context: dict[str, Any] = {
        "@version": 1.1,
        "@vocab": ONTOLOGY,
        **dict(sorted(PREFIXES.items())),
    }
    context |= {name: str(iri) for name, iri in sorted(_OTHERS.items())}
    for term in sorted(map(str, ontology.subjects(RDF.type, OWL.ObjectProperty))):
        context[_local(term)] = {"@id": term, "@type": "@id"}
    for term in sorted(map(str, ontology.subjects(RDF.type, OWL.DatatypeProperty))):
        told = ontology.value(URIRef(term), RDFS.range)
        if isinstance(told, URIRef) and told.startswith(str(XSD)) and told != XSD.string:
            context[_local(term)] = {"@id": term, "@type": str(told)}
    return context


def dataset_to_jsonld(dataset: Dataset, without: Collection[Node] = ()) -> str:
    """Return a dataset as JSON-LD, each named graph an object; the context stands in it.

    Parameters
    ----------
    dataset
        A dataset without blank nodes.
    without
        Graphs to leave out.

    Returns
    -------
    str
        The same text for the same dataset.
    """
    context = shipped_context()
    rows = sorted(
        ("" if graph in (None, DATASET_DEFAULT_GRAPH_ID) else str(graph), str(s), str(p), o)
        for s, p, o, graph in dataset.quads()
        if graph not in without
    )
    top: list[dict[str, Any]] = []
    for graph, statements in groupby(rows, key=lambda row: row[0]):
        nodes = _nodes(statements, context)
        top += [{"@id": graph, "@graph": nodes}] if graph else nodes
    return json.dumps({"@context": context, "@graph": top}, ensure_ascii=False, indent=1) + "\n"


def _nodes(statements: Iterable[Any], context: dict[str, Any]) -> list[dict[str, Any]]:
    nodes = []
    for subject, about in groupby(statements, key=lambda row: row[1]):
        node: dict[str, Any] = {"@id": subject}
        for predicate, values in groupby(about, key=lambda row: row[2]):
            key = _key(predicate)
            objects = [_value(key, row[3], context) for row in values]
            node["@type" if predicate == str(RDF.type) else key] = (
                objects[0] if len(objects) == 1 else objects
            )
        nodes.append(node)
    return nodes


def _key(predicate: str) -> str:
    for name, iri in _OTHERS.items():
        if predicate == str(iri):
            return name
    return predicate.removeprefix(ONTOLOGY)


def _value(key: str, value: Node, context: dict[str, Any]) -> object:
    if key == str(RDF.type):
        return str(value).removeprefix(ONTOLOGY)
    told = context.get(key)
    wanted = told.get("@type") if isinstance(told, dict) else None
    if not isinstance(value, Literal):
        return str(value) if wanted == "@id" else {"@id": str(value)}
    if value.language:
        return {"@value": str(value), "@language": value.language}
    datatype = str(value.datatype) if value.datatype else None
    if datatype == wanted:
        return str(value)
    return {"@value": str(value)} | ({"@type": datatype} if datatype else {})


def _local(term: str) -> str:
    return term.removeprefix(ONTOLOGY)
