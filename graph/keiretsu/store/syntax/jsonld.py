"""RDF as JSON-LD with our context: sorted, without blank nodes, exact to the last digit."""

from __future__ import annotations

import json
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from rdflib import OWL, RDF, RDFS, SKOS, XSD, Graph, Literal, URIRef

from keiretsu.resources import ontology_path
from keiretsu.store.syntax.by_subject import blocks_by_subject
from keiretsu.store.syntax.guarded import shipped_context
from keiretsu.store.syntax.statements import statements
from keiretsu.vocabulary import ONTOLOGY, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from rdflib import Dataset
    from rdflib.term import Node

    from keiretsu.store.syntax.by_subject import Block

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
    return "".join(jsonld_of(blocks_by_subject(statements(dataset, without), jsonld_block)))


def jsonld_of(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield JSON-LD of sorted blocks, as `dataset_to_jsonld` writes it."""
    context = json.dumps(shipped_context(), ensure_ascii=False, indent=1).replace("\n", "\n ")
    yield f'{{\n "@context": {context},\n "@graph": ['
    comma = ""
    for graph, inside in groupby(blocks, key=itemgetter(0)):
        if graph:
            name = json.dumps(graph, ensure_ascii=False)
            yield f'{comma}\n  {{\n   "@id": {name},\n   "@graph": ['
            comma = ""
        for block in inside:
            yield f"{comma}\n{block.text}"
            comma = ","
        if graph:
            yield "\n   ]\n  }"
    yield "\n ]\n}\n" if comma else "]\n}\n"


def jsonld_block(subject: str, said: Iterable[tuple[Node, Node]], *, in_graph: bool) -> str:
    """Return a block as an object; see `keiretsu.store.syntax.by_subject.WriteBlock`."""
    node: dict[str, Any] = {"@id": subject}
    rows, context = sorted((str(p), o) for p, o in said), _context()
    for predicate, values in groupby(rows, key=itemgetter(0)):
        key = _key(predicate)
        objects = [_value(key, value, context) for _, value in values]
        node["@type" if predicate == str(RDF.type) else key] = (
            objects[0] if len(objects) == 1 else objects
        )
    indent = " " * (4 if in_graph else 2)
    return indent + json.dumps(node, ensure_ascii=False, indent=1).replace("\n", f"\n{indent}")


_context: Final = cache(shipped_context)


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
