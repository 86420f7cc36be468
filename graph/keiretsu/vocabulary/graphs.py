"""Named graphs that are not a document's."""

from __future__ import annotations

from typing import Final

from rdflib import URIRef

from keiretsu.model import ID


class GRAPH:
    """Named graphs that are not a document's."""

    parties: Final = URIRef(f"{ID}graph/parties")
    documents: Final = URIRef(f"{ID}graph/documents")
    edits: Final = URIRef(f"{ID}graph/edits")
    ontology: Final = URIRef(f"{ID}graph/ontology")


DERIVED: Final = f"{ID}graph/derived/"
"""What the names of all derived graphs begin with; the rest is theirs to choose."""


def is_derived(graph: object) -> bool:
    """Return whether a graph holds what was computed, rather than what was claimed.

    Examples
    --------
    >>> is_derived(f"{DERIVED}stakes/2019-09-03"), is_derived(GRAPH.parties), is_derived(None)
    (True, False, False)
    """
    return isinstance(graph, str) and graph.startswith(DERIVED)


DATASET: Final = URIRef(f"{ID}dataset")
"""What carries the description of the data as a whole, such as its horizon."""
