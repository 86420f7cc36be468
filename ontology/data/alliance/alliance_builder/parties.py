"""Parties: one per legal entity, found under every name that the tables use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keiretsu.model import ID, DatedName, Party, PartyKind, Period
from keiretsu.model.names import fold, slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from alliance_builder.tables import Row

_LONGEST_SLUG = 80
_LISTED = {"yes": True, "no": False, "": None}


@dataclass(frozen=True, slots=True)
class Register:
    """All parties, and who is meant by a name.

    Parameters
    ----------
    parties
        By IRI.
    by_name
        IRI by the exact name used in the tables.
    """

    parties: Mapping[str, Party]
    by_name: Mapping[str, str]

    def find(self, name: str, row: Row) -> str:
        """Return the IRI of the party that a row names."""
        if name not in self.by_name:
            raise row.error(f"no party is named {name!r}", "add it to parties.csv")
        return self.by_name[name]

    def find_all(self, names: Iterable[str], row: Row) -> tuple[str, ...]:
        """Return the IRIs of the parties that a row names, sorted."""
        return tuple(sorted(self.find(name, row) for name in names))


def register(table: Sequence[Row], facts: Sequence[Row]) -> Register:
    """Return the parties of the curated table, completed from the `entity` rows of the facts."""
    entities = {row["subject"]: row for row in facts if row["kind"] == "entity"}
    by_name = {
        name: party_id(row["label"])
        for row in table
        for name in (row["label"], *row.several("merges"))
    }
    if unknown := sorted(set(entities) - set(by_name)):
        raise entities[unknown[0]].error(f"{unknown[0]!r} is no party", "add it to parties.csv")
    parties = {
        party_id(row["label"]): _party(row, entities.get(row["label"]), by_name) for row in table
    }
    if len(parties) != len(table):
        raise table[-1].error("two parties have the same IRI", "give them different labels")
    return Register(parties, by_name)


def party_id(label: str) -> str:
    """Return the IRI of the party with a label."""
    return f"{ID}party/{slug(label, longest=_LONGEST_SLUG)}"


def _party(row: Row, entity: Row | None, by_name: Mapping[str, str]) -> Party:
    acts_for = row.optional("acts_for")
    return Party(
        id=party_id(row["label"]),
        label=row["label"],
        kind=PartyKind(row["kind"]),
        aliases=_aliases(row),
        former_names=_former_names(row),
        identifiers=tuple(sorted(_identifier(text) for text in row.several("identifiers"))),
        jurisdiction=row.optional("jurisdiction") or (_country(entity) if entity else None),
        listed=_LISTED[row["listed"]],
        acts_for=None if acts_for is None else by_name[acts_for],
        exists=_exists(row, entity),
    )


def _aliases(row: Row) -> tuple[str, ...]:
    """Return the other names, without those that are found as the label, dated or one another."""
    found = {fold(name): "" for name in (row["label"], *(n.name for n in _former_names(row)))}
    for name in (*row.several("merges"), *row.several("aliases")):
        found.setdefault(fold(name), name)
    return tuple(sorted(name for name in found.values() if name))


def _former_names(row: Row) -> tuple[DatedName, ...]:
    """Return the dated names, written ``Daimler AG @ 2007-10/2022-02``."""
    found = []
    for name, span in row.pairs("former_names", mark="@"):
        start, slash, end = span.partition("/")
        if not slash:
            raise row.error(f"{span!r} is not a period", "write start/end, either may be empty")
        found.append(DatedName(name, start, end))
        Period.parse(start or None, end or None)
    return tuple(sorted(found))


def _identifier(text: str) -> tuple[str, str]:
    scheme, _, value = text.partition("=")
    return scheme, value


def _country(entity: Row) -> str | None:
    tag = entity["note"].partition(";")[0]
    return tag.removeprefix("country=") if tag.startswith("country=") else None


def _exists(row: Row, entity: Row | None) -> Period:
    stated = row.period("exists_from", "exists_until")
    return entity.period("valid_from", "valid_until") if entity and stated == Period() else stated
