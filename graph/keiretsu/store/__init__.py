"""Claims as RDF: held, read, written, checked and asked.

`Store` holds claims in memory and answers SPARQL; `read_dataset` and `write_trig` go between RDF
and the model; `validate_bytes` checks a file; `named_questions` are the stored queries.
"""

from keiretsu.store.answer import Answer
from keiretsu.store.audits import run_audits
from keiretsu.store.codec import read_dataset, write_dataset, write_trig
from keiretsu.store.memory import Store
from keiretsu.store.parameters import bind
from keiretsu.store.parse import SUFFIXES, parse_statements, syntax_of
from keiretsu.store.questions import (
    Parameter,
    ParameterKind,
    Question,
    named_questions,
    question,
)
from keiretsu.store.validation import validate_bytes, validate_statements

__all__ = [
    "SUFFIXES",
    "Answer",
    "Parameter",
    "ParameterKind",
    "Question",
    "Store",
    "bind",
    "named_questions",
    "parse_statements",
    "question",
    "read_dataset",
    "run_audits",
    "syntax_of",
    "validate_bytes",
    "validate_statements",
    "write_dataset",
    "write_trig",
]
