"""Claims as RDF: held, read, written, checked and asked.

`Store` holds claims in memory and answers SPARQL; `read_dataset` and `write_trig` go between RDF
and the model; `validate_bytes` checks a file; `named_questions` are the stored queries.
"""

from keiretsu.store.codec.dataset import read_dataset, write_dataset, write_trig
from keiretsu.store.memory import Store
from keiretsu.store.query.answer import Answer
from keiretsu.store.query.audits import run_audits
from keiretsu.store.query.parameters import bind
from keiretsu.store.query.questions import (
    Parameter,
    ParameterKind,
    Question,
    named_questions,
    question,
)
from keiretsu.store.syntax.parse import SUFFIXES, parse_statements, syntax_of
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
