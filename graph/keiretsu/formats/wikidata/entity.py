"""One Wikidata entity as a party and claims."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from keiretsu.errors import InputError
from keiretsu.formats.fields import Fields, period_of, short
from keiretsu.formats.table.parties import cited_document
from keiretsu.formats.wikidata.values import (
    capital_of,
    date_of_value,
    identifier_of,
    item_iri,
    item_of,
)
from keiretsu.model import (
    Holding,
    Interest,
    Office,
    Party,
    PartyKind,
    Period,
    Sourcing,
    Status,
    Tenure,
    UnspecifiedReason,
    claim_id,
)
from keiretsu.model.names import tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keiretsu.formats.frame import Piece, Reading
    from keiretsu.model import Document, PartialDate

_HELD_BY: Final = {"P127": Interest.SHAREHOLDING, "P749": Interest.OTHER_INFLUENCE_OR_CONTROL}
_HOLDS: Final = {"P1830": Interest.SHAREHOLDING, "P355": Interest.OTHER_INFLUENCE_OR_CONTROL}
_OFFICES: Final = {
    "P169": Office.CHIEF_EXECUTIVE,
    "P488": Office.CHAIR,
    "P3320": Office.DIRECTOR,
    "P5052": Office.DIRECTOR,
    "P1037": Office.OTHER,
}
_TITLES: Final = {"P5052": "member of the supervisory board", "P1037": "director or manager"}
_IDENTIFIERS: Final = {
    "P1278": "LEI",
    "P946": "ISIN",
    "P2622": "GB-COH",
    "P1320": "OpenCorporates",
}
_KINDS: Final = {
    "Q5": PartyKind.PERSON,
    "Q3624078": PartyKind.STATE,
    "Q4830453": PartyKind.COMPANY,
    "Q6881511": PartyKind.COMPANY,
    "Q783794": PartyKind.COMPANY,
    "Q891723": PartyKind.COMPANY,
    "Q43229": PartyKind.ORGANISATION,
}
_READ: Final = {*_HELD_BY, *_HOLDS, *_OFFICES, *_IDENTIFIERS, "P31", "P414", "P569", "P570"}
_READ_OF_ITSELF: Final = _READ | {"P571", "P576"}
_UNNAMED: Final = {
    "somevalue": ("somebody", UnspecifiedReason.UNKNOWN),
    "novalue": ("nobody", UnspecifiedReason.NO_BENEFICIAL_OWNERS),
}
_QUALIFIERS: Final = {"P1107", "P580", "P582", "P585"}
_ID: Final = re.compile(r"Q[1-9][0-9]*")


class EntityReader:
    """Reads entities of one file.

    Parameters
    ----------
    document
        The document that the file is.
    reading
        Told of what cannot be carried.
    """

    def __init__(self, document: Document, reading: Reading) -> None:
        self._file, self._reading = document, reading

    def read(self, value: object, place: str) -> Iterator[Piece]:
        """Yield what an entity says.

        Raises
        ------
        InputError
            If it has no id of an item, or a statement is not of the form that it should have.
        """
        entity = Fields(value)
        key = entity.needed("id")
        if not _ID.fullmatch(key):
            raise InputError(f"the field id ({short(key)}) is no item", mend="write it like Q6686")
        claims = entity.within("claims")
        yield self._party(key, entity, claims, place)
        for name in sorted(claims.all):
            statements = list(claims.objects(name))
            for number, statement in enumerate(statements):
                yield from self._statement(_Statement(key, name, number, statement, place))
            if name not in _READ_OF_ITSELF:
                self._reading.lost(name, "claims and parties have no such property", place, key)

    def _party(self, key: str, entity: Fields, claims: Fields, place: str) -> Party:
        labels = {
            language: tidy(label.needed("value"))
            for language in sorted(entity.within("labels").all)
            for label in (entity.within("labels").within(language),)
        }
        label = labels.get("en") or labels.get("mul") or next(iter(labels.values()), key)
        aliases = {
            alias.needed("value")
            for language in sorted(entity.within("aliases").all)
            for alias in entity.within("aliases").objects(language)
        }
        identifiers = {("Wikidata", key)}
        for name, scheme in _IDENTIFIERS.items():
            for one in self._mains(claims, name):
                identifiers.add(identifier_of(scheme, one, self._reading, name, place))
        kinds = [
            _KINDS[found] for one in self._mains(claims, "P31") if (found := item_of(one)) in _KINDS
        ]
        person = PartyKind.PERSON in kinds
        begins, ends = ("P569", "P570") if person else ("P571", "P576")
        return Party(
            id=item_iri(key),
            label=label,
            kind=kinds[0] if kinds else PartyKind.PARTY,
            aliases=tuple(sorted({*labels.values(), *aliases} - {label})),
            identifiers=tuple(sorted(identifiers)),
            listed=True if self._is_listed(claims) else None,
            exists=period_of(self._date(claims, begins), self._date(claims, ends), ends),
        )

    def _date(self, claims: Fields, name: str) -> PartialDate | None:
        return next((date_of_value(one) for one in self._mains(claims, name)), None)

    def _mains(self, claims: Fields, name: str) -> list[Fields]:
        """Return the values of a property that are not deprecated, the preferred ones first."""
        found = [
            (statement.text("rank") != "preferred", statement.within("mainsnak"))
            for statement in claims.objects(name)
            if statement.text("rank") != "deprecated"
        ]
        found.sort(key=lambda pair: pair[0])
        return [snak for _, snak in found if snak.text("snaktype") == "value"]

    def _is_listed(self, claims: Fields) -> bool:
        return any(
            not list(statement.within("qualifiers").objects("P582"))
            for statement in claims.objects("P414")
            if statement.text("rank") != "deprecated"
        )

    def _statement(self, said: _Statement) -> Iterator[Piece]:
        if said.name not in _HELD_BY | _HOLDS and said.name not in _OFFICES:
            return
        other, document = said.other(), _cited(said.fields, self._file)
        yield from (other, document)
        common = self._common(said, document)
        subject = item_iri(said.key)
        if said.name in _OFFICES:
            yield Tenure(
                **common,
                person=other.id,
                organisation=subject,
                office=_OFFICES[said.name],
                title=_TITLES.get(said.name, ""),
            )
            return
        holder, issuer = (subject, other.id) if said.name in _HOLDS else (other.id, subject)
        capital = capital_of(said.fields, self._reading, said.place)
        yield Holding(
            **common,
            holder=holder,
            issuer=issuer,
            interest=said.interest(measured=capital is not None),
            capital=capital,
        )

    def _common(self, said: _Statement, document: Document) -> dict[str, Any]:
        qualifiers, name = said.fields.within("qualifiers"), said.name
        start, end, point = (
            next((date_of_value(one) for one in qualifiers.objects(which)), None)
            for which in ("P580", "P582", "P585")
        )
        for which in sorted(qualifiers.all.keys() - _QUALIFIERS):
            why = "claims have no such qualifier"
            self._reading.lost(f"{name} {which}", why, said.place, said.key)
        period = period_of(start, end, f"{name} P582")
        rank = said.fields.text("rank") or "normal"
        return {
            "id": claim_id(document.id, name, said.fields.text("id") or said.key, said.number),
            "document": document.id,
            "period": period,
            "stated_for": point if period == Period() else None,
            "status": Status.REJECTED if rank == "deprecated" else Status.ACCEPTED,
            "sourcing": Sourcing.UNSOURCED if document is self._file else Sourcing.SOURCED,
            "note": f"{name}, rank {rank}",
            "place": said.place,
        }


@dataclass(frozen=True, slots=True)
class _Statement:
    """A statement of an entity: whose, of which property, and where it stands."""

    key: str
    name: str
    number: int
    fields: Fields
    place: str

    @property
    def kind(self) -> str:
        """Whether the value is known, unknown or declared to be none."""
        return self.fields.within("mainsnak").text("snaktype")

    def interest(self, *, measured: bool) -> Interest:
        """Return the interest: a proportion is of shares, and of nobody nothing is measured."""
        if self.kind == "novalue":
            return Interest.UNKNOWN_INTEREST
        usual = _HELD_BY.get(self.name) or _HOLDS[self.name]
        return Interest.SHAREHOLDING if measured else usual

    def other(self) -> Party:
        """Return the party at the other end, or one that stands for whom nobody names."""
        if self.kind in _UNNAMED:
            who, reason = _UNNAMED[self.kind]
            return Party(
                id=f"{item_iri(self.key)}-{self.name}-{self.number}",
                label=f"{who} ({self.name} of {self.key})",
                kind=PartyKind.UNKNOWN_PARTY,
                unspecified=reason,
            )
        item = item_of(self.fields.within("mainsnak"))
        if item is None:
            problem = f"the statement {self.name} has no item as its value"
            raise InputError(problem, mend="correct it")
        return Party(
            id=item_iri(item),
            label=item,
            kind=PartyKind.PERSON if self.name in _OFFICES else PartyKind.PARTY,
            identifiers=(("Wikidata", item),),
        )


def _cited(statement: Fields, file: Document) -> Document:
    """Return the document of the first reference that names one, else the file."""
    for reference in statement.objects("references"):
        snaks = reference.within("snaks")
        for snak in snaks.objects("P854"):
            url = snak.within("datavalue").text("value")
            if url.startswith(("http://", "https://")):
                return cited_document(title="", publisher="", date=None, url=url, file=file)
        for snak in snaks.objects("P248"):
            item = item_of(snak)
            if item is not None:
                url, title = f"https://www.wikidata.org/wiki/{item}", f"stated in {item}"
                return cited_document(title=title, publisher="", date=None, url=url, file=file)
    return file
