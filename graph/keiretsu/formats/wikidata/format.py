"""Wikidata: entities as JSON with their ranks and references, and results of SPARQL queries.

What Wikidata says of holdings is by a third party, and often of one of several measures without
saying which. A deprecated statement is a rejected claim; one without a reference is unsourced; an
unknown value is a party that nobody names, and no value is said, not guessed.

Sources: the Wikibase JSON data model; SPARQL 1.1 Query Results JSON Format.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from keiretsu.errors import InputError
from keiretsu.formats.documents import document_of
from keiretsu.formats.json_records import json_records
from keiretsu.formats.wikidata.entity import EntityReader
from keiretsu.formats.wikidata.results import are_results, read_results

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keiretsu.formats.frame import Piece, Reading
    from keiretsu.formats.opening import Input

PUBLISHER = "Wikidata"


def read(source: Input, reading: Reading) -> Iterator[Piece]:
    """Yield what entities or results say; see `keiretsu.formats.frame.Reader`.

    Examples
    --------
    >>> from keiretsu.formats.frame import Reading
    >>> from keiretsu.formats.opening import Input
    >>> data = (
    ...     b'{"head": {"vars": ["company", "owner", "ratio"]}, "results": {"bindings": [{'
    ...     b'"company": {"type": "uri", "value": "http://www.wikidata.org/entity/Q20165"},'
    ...     b'"owner": {"type": "uri", "value": "http://www.wikidata.org/entity/Q6686"},'
    ...     b'"ratio": {"type": "literal", "value": "0.434"}}]}}'
    ... )
    >>> pieces = read(Input(data, "x.srj"), Reading("x.srj"))
    >>> [str(piece.capital) for piece in pieces if hasattr(piece, "capital")]
    ['43.4 %']
    """
    document = document_of(source, publisher=PUBLISHER)
    if are_results(source.head()):
        yield from read_results(source, document, reading)
        yield document
        return
    entities = EntityReader(document, reading)
    for record in json_records(source, reading):
        value, place = record.value, record.place
        for entity in _entities(value):
            yield from reading.taken(place, partial(entities.read, entity, place))
    yield document


def _entities(value: object) -> list[object]:
    """Return the entities of a record: itself, or all that it has by their ids."""
    if isinstance(value, dict) and isinstance(value.get("entities"), dict):
        return list(value["entities"].values())
    if not isinstance(value, dict):
        raise InputError("the record is not an object", mend="write it like {...}")
    return [value]
