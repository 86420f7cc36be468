"""The description of a SPARQL endpoint as RDF.

Source: https://www.w3.org/TR/sparql11-service-description/
"""

from __future__ import annotations

from typing import Final

from rdflib import RDF, Graph, Namespace, URIRef

SD: Final = Namespace("http://www.w3.org/ns/sparql-service-description#")
_FORMATS: Final = Namespace("http://www.w3.org/ns/formats/")
_RESULTS: Final = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "JSON-LD",
    "RDF_XML",
)


def described(address: str) -> Graph:
    """Return what an endpoint offers: SPARQL 1.1 queries over the union of its graphs.

    Parameters
    ----------
    address
        The IRI of the endpoint.

    Examples
    --------
    >>> graph = described("http://127.0.0.1:8000/sparql")
    >>> str(graph.value(None, SD.supportedLanguage, SD.SPARQL11Query))
    'http://127.0.0.1:8000/sparql#service'
    """
    graph = Graph()
    graph.bind("sd", SD)
    service = URIRef(f"{address}#service")
    graph.add((service, RDF.type, SD.Service))
    graph.add((service, SD.endpoint, URIRef(address)))
    graph.add((service, SD.supportedLanguage, SD.SPARQL11Query))
    graph.add((service, SD.feature, SD.UnionDefaultGraph))
    for name in _RESULTS:
        graph.add((service, SD.resultFormat, _FORMATS[name]))
    dataset, default = URIRef(f"{address}#dataset"), URIRef(f"{address}#default-graph")
    graph.add((service, SD.defaultDataset, dataset))
    graph.add((dataset, RDF.type, SD.Dataset))
    graph.add((dataset, SD.defaultGraph, default))
    graph.add((default, RDF.type, SD.Graph))
    return graph
