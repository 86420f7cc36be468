"""The terms of ``ontology/``, as constants.

Plain classes of constants rather than a lazy namespace: a misspelt term is then an error of the
type checker and not of the day on which the line runs. A test holds them equal to the Turtle.
"""

from keiretsu.vocabulary.classes import (
    CLAIM_SUPERCLASS,
    DOCUMENT_SUPERCLASS,
    EDIT_SUPERCLASS,
    FINDINGS,
    PARTY_SUPERCLASS,
)
from keiretsu.vocabulary.codes import CODE, CODES, DECISIONS, VERDICTS, code
from keiretsu.vocabulary.graphs import DATASET, DERIVED, GRAPH, is_derived
from keiretsu.vocabulary.prefixes import PREFIXES
from keiretsu.vocabulary.terms import KEI, ONTOLOGY, PERCENT, SHORTCUTS, TERMS, Ends

__all__ = [
    "CLAIM_SUPERCLASS",
    "CODE",
    "CODES",
    "DATASET",
    "DECISIONS",
    "DERIVED",
    "DOCUMENT_SUPERCLASS",
    "EDIT_SUPERCLASS",
    "FINDINGS",
    "GRAPH",
    "KEI",
    "ONTOLOGY",
    "PARTY_SUPERCLASS",
    "PERCENT",
    "PREFIXES",
    "SHORTCUTS",
    "TERMS",
    "VERDICTS",
    "Ends",
    "code",
    "is_derived",
]
