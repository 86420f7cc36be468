"""One FollowTheMoney entity, and how its name and the IRI of a party or claim belong together."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote

from keiretsu.errors import InputError
from keiretsu.formats.fields import Fields, date_of, period_between, short
from keiretsu.model import ID, Period
from keiretsu.model.names import tidy

if TYPE_CHECKING:
    from keiretsu.model import PartialDate

_OURS: Final = re.compile(r"kei-(party|claim)-(.+)")
_PLAIN: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_FOREIGN: Final = "ftm-"


class Entity:
    """An entity with its properties as texts.

    Parameters
    ----------
    value
        The JSON value.

    Raises
    ------
    InputError
        If it lacks its id, its schema or its properties, or these are of another type.

    Examples
    --------
    >>> entity = Entity({"id": "a", "schema": "Person", "properties": {"name": ["Ada "]}})
    >>> entity.first("name"), entity.texts("alias")
    ('Ada', [])
    """

    def __init__(self, value: object) -> None:
        record = Fields(value)
        self.id, self.schema = record.needed("id"), record.needed("schema")
        properties = record.all.get("properties")
        if not isinstance(properties, dict):
            problem = f"the field properties ({short(properties)}) is not an object"
            raise InputError(problem, mend='write it like {"name": ["..."]}')
        self._properties = Fields(properties, "properties")
        self._texts: dict[str, list[str]] = {}
        record.texts("referents")  # nothing is made of them, but a malformed list is refused

    def texts(self, name: str) -> list[str]:
        """Return the values of a property; a single text stands for a list of one."""
        if name not in self._properties.all:
            return []
        known = self._texts.get(name)
        if known is None:
            known = self._texts[name] = self._read(name)
        return known

    def _read(self, name: str) -> list[str]:
        value = self._properties.all.get(name)
        if value is None:
            return []
        if isinstance(value, str):
            return [text for text in (tidy(value),) if text]
        found = self._properties.texts(name)
        return list(dict.fromkeys(found)) if len(found) > 1 else found

    def first(self, name: str) -> str:
        """Return the first value of a property; empty if it has none."""
        texts = self.texts(name)
        return texts[0] if texts else ""

    def names(self) -> set[str]:
        """Return the properties that have a value."""
        return {name for name in self._properties.all if self.texts(name)}

    def date(self, name: str) -> PartialDate | None:
        """Return the first value of a property as a date."""
        text = self.first(name)
        return date_of(text, f"properties.{name}") if text else None

    def period(self, start: str = "startDate", end: str = "endDate") -> Period:
        """Return the period between two dates."""
        ends = self.first(start), self.first(end)
        return period_between(*ends, f"properties.{start}", f"properties.{end}")


@lru_cache(maxsize=4096)  # those who own much return
def party_iri(entity_id: str) -> str:
    """Return the IRI of the party that an entity is.

    Examples
    --------
    >>> party_iri("NK-22"), party_iri("kei-party-renault")
    ('https://w3id.org/keiretsu/id/party/ftm-NK-22', 'https://w3id.org/keiretsu/id/party/renault')
    """
    return _iri("party", entity_id) or f"{ID}party/{_FOREIGN}{quote(entity_id, safe='')}"


def claim_iri(entity_id: str) -> str | None:
    """Return the IRI of the claim that an entity was written from, None for others' entities."""
    return _iri("claim", entity_id)


def entity_id(iri: str) -> tuple[str, bool]:
    """Return the id of the entity that stands for a party or a claim, and whether it tells the IRI.

    Examples
    --------
    >>> entity_id("https://w3id.org/keiretsu/id/party/renault")
    ('kei-party-renault', True)
    >>> entity_id("https://w3id.org/keiretsu/id/party/ftm-NK-22")
    ('NK-22', True)
    >>> entity_id("https://example.org/renault")
    ('iri-https-example.org-renault', False)
    """
    if iri.startswith(ID):
        kind, _, tail = iri.removeprefix(ID).partition("/")
        if kind == "party" and tail.startswith(_FOREIGN):
            return unquote(tail.removeprefix(_FOREIGN)), True
        if kind in {"party", "claim"} and _PLAIN.fullmatch(tail):
            return f"kei-{kind}-{tail}", True
    return f"iri-{re.sub('[^A-Za-z0-9.]+', '-', iri).strip('-.')}", False


def _iri(kind: str, entity: str) -> str | None:
    found = _OURS.fullmatch(entity)
    return f"{ID}{kind}/{found[2]}" if found and found[1] == kind else None
