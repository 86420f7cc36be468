"""A relative IRI in a query is one of the data, as in files."""

import httpx


def test_relative_iris(address, book):
    """On both paths of a query."""
    query = "SELECT ?name { <party/ada> rdfs:label ?name }"
    found = httpx.get(f"{address}/sparql", params={"query": query}, timeout=60).json()
    assert ["Ada"] == [row["name"]["value"] for row in found["results"]["bindings"]]
    assert ["Ada"] == [str(name) for (name,) in book.store.query(query).rows]
