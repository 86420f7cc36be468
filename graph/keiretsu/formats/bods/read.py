"""Statements of BODS as parties, documents, claims and source records."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

from keiretsu.errors import InputError
from keiretsu.formats.bods.annotation import Kept, kept_pieces
from keiretsu.formats.bods.claims import Relation
from keiretsu.formats.bods.index import Index
from keiretsu.formats.bods.parties import role_words, unspecified_party
from keiretsu.formats.bods.statement import digest_of, raw_statements, source_record
from keiretsu.formats.documents import document_of
from keiretsu.formats.fields import Fields, short
from keiretsu.formats.frame import Reading
from keiretsu.model import ID, Document, Party
from keiretsu.model.names import slug

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from keiretsu.formats.bods.statement import Raw
    from keiretsu.formats.frame import Piece
    from keiretsu.formats.opening import Input

_NOTHING_KEPT: Final = Kept(None, [])
"""What annotations keep in a usual statement."""
_MOST_DOCUMENTS: Final = 4096
"""Sources that are remembered: a file has a few, and many statements of each."""


def read(source: Input, reading: Reading) -> Iterator[Piece]:
    """Yield what a file of BODS says, see `keiretsu.formats.frame.Reader`.

    The file is read twice, see `keiretsu.formats.bods.index`; once if all of it is what Keiretsu
    wrote.

    Raises
    ------
    InputError
        At the first statement that cannot be read, unless the reading is lenient.
    """
    file = document_of(source)
    unwatched = replace(source, watch=None)  # it is read while somebody is told of the other look

    def index() -> Index:
        return Index(raw_statements(unwatched, Reading(source.name, lenient=True)))

    statements = StatementReader(index, file, reading)
    for raw in raw_statements(source, reading):
        yield from reading.taken(raw.place, statements.pieces, raw)


class StatementReader:
    """Reads statements one after the other.

    Parameters
    ----------
    index
        Returns what a first look at all of them finds; not asked if none needs it.
    file
        The document in which they stand: the source of those that name none.
    reading
        Told what was assumed.
    """

    def __init__(self, index: Callable[[], Index], file: Document, reading: Reading) -> None:
        self._look, self._file, self._reading = index, file, reading
        self._documents: dict[object, Document] = {}

    @cached_property
    def _index(self) -> Index:
        return self._look()

    def pieces(self, raw: Raw) -> list[Piece]:
        """Return what one statement says.

        Raises
        ------
        InputError
            If it cannot be read.
        """
        kept = _NOTHING_KEPT if raw.usual is not None else kept_pieces(raw, self._reading)
        if kept.own is not None:
            return [*kept.own, *kept.beside]
        said: list[Piece]
        if raw.kind == "relationship":
            said, parties, claims = self._relation(raw)
        else:
            party = self._index.party(raw)
            said, parties, claims = [party], [party.id], []
        return [*said, *kept.beside, self._file, source_record(raw, self._file.id, parties, claims)]

    def _relation(self, raw: Raw) -> tuple[list[Piece], list[str], list[str]]:
        """Return what a relationship says, and the names of its parties and claims."""
        document = self._document(raw)
        subject, party = self._end(raw, "subject"), self._end(raw, "interestedParty")
        index = self._index
        latest, before = index.is_latest(raw), index.before(raw)
        claims = Relation(
            raw,
            party,
            subject,
            self._between(raw),
            document.id,
            not latest,
            tuple(sorted(before)) if latest and before else (),
        ).claims()
        names = [claim.id for claim in claims]
        index.read(raw, (*before, *names))
        return [document, subject, party, *claims], [subject.id, party.id], names

    def _end(self, raw: Raw, role: str) -> Party:
        if raw.usual is not None:
            name = getattr(raw.usual.recordDetails, role)  # records are known by plain texts
            if self._index.kinds.get(name) in ("entity", "person"):
                return self._index.named(name)
        unnamed = unspecified_party(raw, role)
        if unnamed is not None:
            return unnamed
        name = raw.details.needed(role)
        kind = self._index.kinds.get(name)
        if kind == "relationship":
            problem = f"the {role_words(role)} {short(name)} is a relationship"
            raise InputError(problem, mend="name an entity or a person")
        if kind is None:
            text = f"{self._reading.name} names records that it does not describe"
            self._reading.caution("undescribed-record", text, name)
        return self._index.named(name)

    def _between(self, raw: Raw) -> tuple[str, ...]:
        """Return the parties among the component records of an indirect relationship."""
        if raw.usual is not None and not raw.usual.recordDetails.componentRecords:
            return ()
        if not raw.details.all.get("componentRecords"):
            return ()
        kinds = self._index.kinds
        ends = [raw.details.all.get(role) for role in ("subject", "interestedParty")]
        between = {
            self._index.named(name).id
            for name in raw.details.texts("componentRecords")
            if kinds.get(name) in ("entity", "person") and name not in ends
        }
        return tuple(sorted(between))

    def _document(self, raw: Raw) -> Document:
        """Return who says so: the statement's source and publisher, else the file."""
        if raw.usual is None:
            return self._document_told(raw)
        source, published = raw.usual.source, raw.usual.publicationDetails
        cited = (
            (source.assertedBy, source.description, source.type, source.url) if source else None,
            published.publisher if published else None,
        )
        document = self._documents.get(cited)
        if document is None:
            if len(self._documents) >= _MOST_DOCUMENTS:
                self._documents.clear()
            document = self._documents[cited] = self._document_told(raw)
        return document

    def _document_told(self, raw: Raw) -> Document:
        if not (raw.value.get("source") or raw.value.get("publicationDetails")):
            return self._file
        fields = Fields(raw.value)
        source, published = fields.within("source"), fields.within("publicationDetails")
        publisher = published.within("publisher").text("name")
        asserted = [one.text("name") for one in source.objects("assertedBy") if one.text("name")]
        kinds, words = ", ".join(source.texts("type")), source.text("description")
        url, who = source.text("url"), "; ".join(asserted)
        if not (words or who or publisher or url):
            return self._file
        return _cited(publisher, kinds, words, url, who)


@lru_cache(maxsize=4096)  # a file has a few publishers, and many statements of each
def _cited(publisher: str, kinds: str, words: str, url: str, who: str) -> Document:
    told = repr((publisher, kinds, words, url, who))
    title = words or who or publisher or url
    parts = [part for part in (slug(title), digest_of(told)[:12]) if part]
    return Document(
        id=f"{ID}document/{'-'.join(parts)}",
        title=title,
        publisher=publisher or None,
        url=url or None,
    )
