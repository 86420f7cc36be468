"""RDF out: our ontology in every syntax, and other vocabularies by stored CONSTRUCT queries."""

from __future__ import annotations

import re
from typing import IO, TYPE_CHECKING, Final

import pyoxigraph
from rdflib import RDF, RDFS, SKOS, Dataset

from keiretsu.errors import InputError
from keiretsu.formats.sorted_lines import SortedLines
from keiretsu.resources import ontology_path
from keiretsu.store.codec.write import quads
from keiretsu.store.syntax.jsonld import dataset_to_jsonld
from keiretsu.store.syntax.rdfxml import dataset_to_xml
from keiretsu.store.syntax.trig import dataset_to_nquads, dataset_to_trig, nquad
from keiretsu.vocabulary import GRAPH, ONTOLOGY, PREFIXES, is_derived

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from keiretsu.model import ClaimSet, LossReport
    from keiretsu.store.memory import Store

_CARRIED: Final = frozenset({RDF.type, RDFS.label, SKOS.altLabel})
_PREFIX: Final = re.compile(r"^PREFIX ([a-z-]+): <([^>]*)>", re.MULTILINE)


def rdf_text(dataset: Dataset, syntax: str) -> str:
    """Return claims as RDF text: sorted, the same for the same dataset, without derived graphs.

    Parameters
    ----------
    dataset
        A dataset without blank nodes.
    syntax
        One of `SYNTAXES`. Turtle, N-Triples and RDF/XML have no named graphs: claims still name
        their document, so nothing of ours is lost.

    Raises
    ------
    InputError
        If the syntax is not known, or cannot write what is there.
    """
    if syntax not in SYNTAXES:
        known = ", ".join(SYNTAXES)
        raise InputError(f"{syntax!r} is no syntax of RDF", mend=f"use one of {known}")
    return SYNTAXES[syntax](_without_computed(dataset))


def write_lines(claims: ClaimSet, syntax: str, stream: IO[bytes]) -> None:
    """Write claims in a syntax of lines, in memory that does not grow with them.

    The same bytes as those of `rdf_text`.

    Parameters
    ----------
    claims
        What is to be written; gone through once.
    syntax
        One of `LINES`.
    stream
        Gets the lines, sorted.

    Raises
    ------
    InputError
        As `keiretsu.store.codec.write.write_dataset`.
    """
    terms = 4 if syntax == "nquads" else 3
    with SortedLines() as lines:
        lines.add(f"{nquad(quad[:terms])}\n".encode() for quad in quads(claims))
        stream.writelines(lines)


def constructed(store: Store, name: str) -> str:
    """Return what a stored query makes of the claims, in the vocabulary of others, as Turtle.

    Parameters
    ----------
    store
        The claims.
    name
        One of `VOCABULARIES`.

    Raises
    ------
    InputError
        If there is no such query.
    """
    if name not in VOCABULARIES:
        known = ", ".join(VOCABULARIES)
        raise InputError(f"{name!r} is no vocabulary to export to", mend=f"use one of {known}")
    query = ontology_path("exports", f"{name}.rq").read_text("utf-8")
    # Oxigraph answers in a second what takes rdflib half a minute; the queries are ours
    engine = pyoxigraph.Store()
    engine.bulk_load(store.to_nquads().encode(), format=pyoxigraph.RdfFormat.N_QUADS)
    prefixes = "".join(f"PREFIX {key}: <{iri}>\n" for key, iri in PREFIXES.items())
    found = engine.query(prefixes + query, use_default_graph_as_union=True)
    if not isinstance(found, pyoxigraph.QueryTriples):
        raise InputError(f"the query {name!r} constructs nothing", mend="report this as a defect")
    triples = sorted(set(found), key=str)
    own = {**PREFIXES, **dict(_PREFIX.findall(query))}
    data = pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.TURTLE, prefixes=own)
    lines = (data or b"").decode().splitlines(keepends=True)
    # the serialiser writes prefixes in an order of chance
    head = sorted(line for line in lines if line.startswith("@prefix "))
    return "".join([*head, "\n", *(line for line in lines if not line.startswith("@prefix "))])


def report_foreign(dataset: Dataset, report: LossReport) -> None:
    """Report the statements whose property is not ours: claims of the model do not carry them."""
    for s, p, o, graph in dataset.quads():
        if graph != GRAPH.ontology and not str(p).startswith(ONTOLOGY) and p not in _CARRIED:
            report.add(f"statements with {p}", "it is no property of the ontology", str(s), o)


def _without_computed(dataset: Dataset) -> Dataset:
    kept = Dataset()
    kept.addN(
        (s, p, o, kept.graph(graph) if graph is not None else kept.default_graph)
        for s, p, o, graph in dataset.quads()
        if graph != GRAPH.ontology and not is_derived(graph)
    )
    return kept


def _flat(dataset: Dataset) -> Dataset:
    flat = Dataset()
    for s, p, o, _ in dataset.quads():
        flat.default_graph.add((s, p, o))
    return flat


SYNTAXES: Final[Mapping[str, Callable[[Dataset], str]]] = {
    "turtle": lambda dataset: dataset_to_trig(_flat(dataset)),
    "trig": dataset_to_trig,
    "nquads": dataset_to_nquads,
    "ntriples": lambda dataset: dataset_to_nquads(_flat(dataset)),
    "rdfxml": lambda dataset: dataset_to_xml(_flat(dataset)),
    "jsonld": dataset_to_jsonld,
}
"""How a dataset is written in each syntax."""

LINES: Final = ("nquads", "ntriples")
"""Syntaxes in which a statement is a line."""

VOCABULARIES: Final[Mapping[str, str]] = {
    "bods-rdf": "RDF vocabulary of the Beneficial Ownership Data Standard 0.4",
    "fibo": "Financial Industry Business Ontology",
    "org": "W3C Organization Ontology",
}
"""Vocabularies of others, each with a query in `ontology/exports`."""
