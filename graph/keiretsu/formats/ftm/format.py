"""FollowTheMoney: the entities of investigative reporters and of sanctions lists, in and out.

One JSON entity a line. Nodes are parties, links are claims; a link may stand before the parties
that it links. Positions are kept until the end of the file: an occupancy needs the organisation
that its position is of.

Source: the FollowTheMoney model 4 (MIT), docs at followthemoney.tech.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from keiretsu.errors import InputError
from keiretsu.formats.documents import document_of
from keiretsu.formats.ftm import links
from keiretsu.formats.ftm.entity import Entity
from keiretsu.formats.ftm.links import Link
from keiretsu.formats.ftm.parties import party
from keiretsu.formats.ftm.terms import PARTIES
from keiretsu.formats.ftm.write import write
from keiretsu.formats.json_records import json_records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from keiretsu.formats.frame import Piece, Reading
    from keiretsu.formats.opening import Input
    from keiretsu.model import Document

__all__ = ["read", "write"]

_LINKS: Final[Mapping[str, Callable[[Link], Iterator[Piece]]]] = {
    "Ownership": links.ownership,
    "Control": links.control,
    "Directorship": links.directorship,
    "Membership": links.membership,
    "Succession": links.succession,
    "UnknownLink": links.unknown_link,
}


def read(source: Input, reading: Reading) -> Iterator[Piece]:
    """Yield what entities say; see `keiretsu.formats.frame.Reader`.

    Examples
    --------
    >>> from keiretsu.formats.frame import Reading
    >>> from keiretsu.formats.opening import Input
    >>> line = (
    ...     b'{"id": "o", "schema": "Ownership", "properties":'
    ...     b'{"owner": ["a"], "asset": ["b"], "percentage": ["43,4 %"]}}'
    ... )
    >>> pieces = read(Input(line, "x.ftm.json"), Reading("x.ftm.json"))
    >>> [str(piece.capital) for piece in pieces if hasattr(piece, "capital")]
    ['43.4 %']
    """
    file = _File(document_of(source), reading)
    for record in json_records(source, reading):
        yield from reading.taken(record.place, file.entity, *record)
    yield from file.rest()
    yield file.document


class _File:
    """A file of entities being read."""

    def __init__(self, document: Document, reading: Reading) -> None:
        self.document, self._reading = document, reading
        self._positions: dict[str, Entity] = {}
        self._occupancies: list[tuple[Entity, str]] = []

    def entity(self, value: object, place: str) -> Iterator[Piece]:
        """Yield what an entity says; nothing yet if it waits for another."""
        entity = Entity(value)
        if entity.schema in PARTIES:
            yield party(entity, place, self._reading)
        elif entity.schema in _LINKS:
            yield from _LINKS[entity.schema](self._link(entity, place))
        elif entity.schema == "Position":
            self._positions[entity.id] = entity
        elif entity.schema == "Occupancy":
            self._occupancies.append((entity, place))
        else:
            why = "claims and parties have no such thing"
            self._reading.lost(f"schema {entity.schema}", why, place, entity.id)

    def rest(self) -> Iterator[Piece]:
        """Yield what waited for the end of the file.

        Raises
        ------
        InputError
            If an occupancy cannot be read, and the reading is not lenient.
        """
        for entity, place in self._occupancies:
            link = self._link(entity, place)
            try:
                yield from list(links.occupancy(link, self._positions))
            except InputError as error:
                self._reading.refuse(error, place)

    def _link(self, entity: Entity, place: str) -> Link:
        return Link(entity, self.document, place, self._reading)
