"""Syntaxes that are written subject by subject, so that nobody has to hold all of a dataset."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape, quoteattr

from keiretsu.store.syntax.jsonld import jsonld_block, jsonld_of
from keiretsu.store.syntax.rdfxml import fitting, xml_block, xml_of
from keiretsu.store.syntax.trig import escaped, iri_to_trig, trig_block, trig_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from keiretsu.store.syntax.by_subject import Block, WriteBlock


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectSyntax:
    """How a syntax writes what is said of each subject.

    Parameters
    ----------
    has_graphs
        Whether it tells in which graph a statement lies.
    block
        Returns what is said of a subject in one graph.
    text_of
        Yields the whole of such blocks, sorted by graph and subject.
    key
        Returns by what an IRI is sorted.
    iri, label
        Return an IRI and a text as they stand in a block, without what quotes them.
    """

    has_graphs: bool
    block: WriteBlock
    text_of: Callable[[Iterable[Block]], Iterator[str]]
    key: Callable[[str], str]
    iri: Callable[[str], str]
    label: Callable[[str], str]


def _as_it_is(iri: str) -> str:
    return iri


def _in_json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _in_attribute(iri: str) -> str:
    return quoteattr(iri)[1:-1]


def _turtle(*, has_graphs: bool) -> SubjectSyntax:
    return SubjectSyntax(
        has_graphs=has_graphs,
        block=trig_block,
        text_of=trig_of,
        key=iri_to_trig,
        iri=iri_to_trig,
        label=escaped,
    )


SUBJECT_SYNTAXES: Final[Mapping[str, SubjectSyntax]] = {
    "turtle": _turtle(has_graphs=False),
    "trig": _turtle(has_graphs=True),
    "rdfxml": SubjectSyntax(
        has_graphs=False,
        block=xml_block,
        text_of=xml_of,
        key=_as_it_is,
        iri=_in_attribute,
        label=lambda text: escape(fitting(text)),
    ),
    "jsonld": SubjectSyntax(
        has_graphs=True,
        block=jsonld_block,
        text_of=jsonld_of,
        key=_as_it_is,
        iri=_in_json,
        label=_in_json,
    ),
}
"""The syntaxes of `keiretsu.store.export.SYNTAXES` that are not made of lines."""
