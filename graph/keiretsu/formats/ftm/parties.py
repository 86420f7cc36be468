"""FollowTheMoney's nodes as parties, and back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from keiretsu.formats.ftm.entity import Entity, entity_id, party_iri
from keiretsu.formats.ftm.terms import IDENTIFIERS, PARTIES, SCHEMATA
from keiretsu.model import DatedName, Party
from keiretsu.model.identifiers import COMPANIES_HOUSE, ISIN, LEI, OPENCORPORATES, Identifier

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from keiretsu.formats.frame import Reading
    from keiretsu.model import LossReport

REGISTRATION: Final = "registration number"
_SCHEMES: Final = {scheme: name for name, scheme in IDENTIFIERS.items()}
_WIKIDATA: Final = re.compile(r"Q[1-9][0-9]*")
_COUNTRY: Final = re.compile(r"([a-z]{2})(?:-[a-z0-9]{1,3})?")
_BRITISH_NUMBER: Final = re.compile(r"[0-9]{8}|[A-Z]{2}[0-9]{6}")
_READ: Final = {
    "name",
    "alias",
    "previousName",
    "registrationNumber",
    "jurisdiction",
    "birthDate",
    "deathDate",
    "incorporationDate",
    "dissolutionDate",
    *IDENTIFIERS,
}


def party(entity: Entity, place: str, reading: Reading) -> Party:
    """Return the party that an entity is; its id names it if nothing else does."""
    names = entity.texts("name")
    label = names[0] if names else entity.id
    person = entity.schema == "Person"
    begins, ends = (
        ("birthDate", "deathDate") if person else ("incorporationDate", "dissolutionDate")
    )
    for field in sorted(entity.names() - _READ):
        reading.lost(f"{entity.schema}.{field}", "parties have no such field", place)
    return Party(
        id=party_iri(entity.id),
        label=label,
        kind=PARTIES[entity.schema],
        aliases=tuple(sorted({*names[1:], *entity.texts("alias")} - {label})),
        former_names=tuple(sorted(DatedName(name) for name in entity.texts("previousName"))),
        identifiers=tuple(sorted(set(_identifiers(entity, place, reading)))),
        jurisdiction=_jurisdiction(entity, place, reading),
        exists=entity.period(begins, ends),
    )


def _identifiers(entity: Entity, place: str, reading: Reading) -> Iterator[tuple[str, str]]:
    for name in sorted(entity.names() & IDENTIFIERS.keys()):
        scheme = IDENTIFIERS[name]
        for text in entity.texts(name):
            found = Identifier.of(scheme, text)
            if found.doubt:
                field = f"{entity.schema}.{name}"
                reading.lost(field, f"{found.doubt}; it joins nothing", place, text)
            yield found.pair
    if _WIKIDATA.fullmatch(entity.id):
        yield Identifier.of("Wikidata", entity.id).pair
    countries = entity.texts("jurisdiction")
    for number in entity.texts("registrationNumber"):
        yield _registered(number, countries, company=entity.schema == "Company")


def _registered(number: str, countries: list[str], *, company: bool) -> tuple[str, str]:
    """Return a registration number; only a whole one of a British company is one of a register."""
    code = number.replace(" ", "").upper()
    if company and countries == ["gb"] and _BRITISH_NUMBER.fullmatch(code):
        return Identifier.of(COMPANIES_HOUSE, code).pair
    where = f" ({countries[0]})" if len(countries) == 1 else ""
    return f"{REGISTRATION}{where}", number


def _jurisdiction(entity: Entity, place: str, reading: Reading) -> str | None:
    told = entity.texts("jurisdiction")
    countries = {found[1].upper() for text in told if (found := _COUNTRY.fullmatch(text))}
    if len(countries) == 1 and all(map(_COUNTRY.fullmatch, told)):
        return countries.pop()
    if told:
        field = f"{entity.schema}.jurisdiction"
        reading.lost(field, "it is not that of one country", place, ", ".join(told))
    return None


def party_entity(party: Party, report: LossReport) -> dict[str, Any]:
    """Return a party as an entity; what it cannot say is told as lost."""
    identity, told = entity_id(party.id)
    schema = SCHEMATA[party.kind]
    if not told:
        report.add("party.id", "an id holds no address", party.id)
    if PARTIES[schema] is not party.kind:
        report.add("party.kind", f"it is written as {schema}", party.id, party.kind.value)
    person = schema == "Person"
    begins, ends = (
        ("birthDate", "deathDate") if person else ("incorporationDate", "dissolutionDate")
    )
    properties: dict[str, list[str]] = {
        "name": [party.label],
        "alias": sorted(party.aliases),
        "previousName": sorted({dated.name for dated in party.former_names}),
        begins: [str(party.exists.start)] if party.exists.start else [],
        ends: [str(party.exists.end)] if party.exists.end else [],
        "jurisdiction": [party.jurisdiction.lower()] if party.jurisdiction else [],
    }
    for name, value in _written_identifiers(party, report):
        properties.setdefault(name, []).append(value)
    _unsaid(party, report)
    return {
        "id": identity,
        "schema": schema,
        "properties": {name: values for name, values in sorted(properties.items()) if values},
    }


def _written_identifiers(party: Party, report: LossReport) -> Iterable[tuple[str, str]]:
    schema, jurisdiction = SCHEMATA[party.kind], (party.jurisdiction or "").lower()
    for scheme, value in sorted(party.identifiers):
        if scheme in _SCHEMES and _has(schema, scheme):
            yield _SCHEMES[scheme], _written(scheme, value)
            read_again = Identifier.of(scheme, value).pair
        else:
            yield "registrationNumber", value
            countries = [jurisdiction] if jurisdiction else []
            read_again = _registered(value, countries, company=schema == "Company")
        if read_again != (scheme, value):
            why = "a number has no scheme of its own, and is written one way"
            report.add("party.identifiers", why, party.id, f"{scheme} {value}")


def _has(schema: str, scheme: str) -> bool:
    """Return whether entities of a schema have the property of a scheme."""
    return scheme not in {LEI, ISIN} or schema != "Person"


def _written(scheme: str, value: str) -> str:
    if scheme == OPENCORPORATES:
        return f"https://opencorporates.com/companies/{value}"
    return value


def _unsaid(party: Party, report: LossReport) -> None:
    for dated in party.former_names:
        if dated.start or dated.end:
            report.add("party.former_names", "previous names have no dates", party.id, str(dated))
    for field in ("listed", "remainder", "acts_for", "unspecified", "unspecified_details"):
        if getattr(party, field) is not None:
            report.add(f"party.{field}", "entities have no such property", party.id)
