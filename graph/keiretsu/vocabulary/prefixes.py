"""Prefixes of files and queries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from keiretsu.model import ID
from keiretsu.vocabulary.codes import CODE, CODES
from keiretsu.vocabulary.terms import ONTOLOGY

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIXES: Final[Mapping[str, str]] = {
    "kei": ONTOLOGY,
    "party": f"{ID}party/",
    "claim": f"{ID}claim/",
    "document": f"{ID}document/",
    "graph": f"{ID}graph/",
    "part": f"{ID}part/",
    "edit": f"{ID}edit/",
    **{name: f"{CODE}{name}/" for name in CODES},
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Prefixes that our files use and that every query may use undeclared."""
