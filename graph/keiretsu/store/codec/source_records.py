"""Source records as RDF and back: a register's own record, beside the claims made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import RDF

from keiretsu.model import SourceRecord
from keiretsu.store.codec.pairs import integers, iris, texts
from keiretsu.vocabulary import KEI

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keiretsu.store.codec.description import Description
    from keiretsu.store.codec.pairs import Pair


def source_record_pairs(record: SourceRecord) -> Iterator[Pair]:
    """Yield what is said of a source record."""
    yield RDF.type, KEI.SourceRecord
    yield from iris(KEI.recordedIn, record.document)
    yield from texts((KEI.recordFormat, record.format), (KEI.content, record.content))
    yield from integers((KEI.recordNumber, record.number))
    yield from iris(KEI.statesParty, *record.parties)
    yield from iris(KEI.statesClaim, *record.claims)


def source_record(about: Description) -> SourceRecord:
    """Read a source record.

    Raises
    ------
    InputError
        If it lacks its document, its format or its content.
    """
    format_, content = about.text(KEI.recordFormat), about.text(KEI.content)
    if not format_ or content is None:
        raise about.fail("a source record lacks its format or its content", mend="add it")
    return SourceRecord(
        id=str(about.subject),
        document=about.required_iri(KEI.recordedIn),
        format=format_,
        number=about.integer(KEI.recordNumber) or 0,
        content=content,
        parties=about.iris(KEI.statesParty),
        claims=about.iris(KEI.statesClaim),
    )
