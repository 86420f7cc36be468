"""What derived graphs a dataset holds, and how each was made: for lists and for a look at age."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rdflib import PROV, RDF, Graph

from keiretsu.vocabulary import FINDINGS, KEI, ONTOLOGY

if TYPE_CHECKING:
    from rdflib import Dataset, URIRef

_FINDINGS = {f"{ONTOLOGY}{name}" for name in FINDINGS} - {str(KEI.Derivation)}


@dataclass(frozen=True, slots=True)
class DerivedListing:
    """A derived graph as lists show it.

    Parameters
    ----------
    name
        Its IRI.
    rule, as_of, version, fingerprint
        How it was made; empty where it does not say so.
    findings, statements
        How many it holds.
    supposed
        Edits by which its world differs from what is claimed.
    """

    name: str
    rule: str
    as_of: str
    version: str
    fingerprint: str
    findings: int
    statements: int
    supposed: tuple[str, ...] = ()

    @classmethod
    def of(cls, dataset: Dataset, name: URIRef) -> DerivedListing:
        """Return what a derived graph says of itself."""
        graph = Graph(dataset.store, name)
        node = graph.value(name, PROV.wasGeneratedBy)
        told = [
            str(graph.value(node, p) or "")
            for p in (KEI.rule, KEI.asOf, KEI.softwareVersion, KEI.datasetFingerprint)
        ]
        kinds = [str(kind) for kind in graph.objects(None, RDF.type)]
        rule, as_of, version, fingerprint = told
        findings = sum(1 for kind in kinds if kind in _FINDINGS)
        supposed = tuple(sorted(map(str, graph.objects(node, KEI.supposes))))
        return cls(str(name), rule, as_of, version, fingerprint, findings, len(graph), supposed)
