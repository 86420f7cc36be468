"""Parties of BODS in RDF: entities and persons."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rdflib import RDF, URIRef

from keiretsu.errors import InputError
from keiretsu.formats.bods.terms import ENTITY_KINDS
from keiretsu.model import ID, Party, PartyKind, Period, claim_id
from keiretsu.model.identifiers import Identifier
from keiretsu.store.vocabularies.bods_statement import BODS, camel
from keiretsu.store.vocabularies.described import tail

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rdflib.term import Node

    from keiretsu.store.vocabularies.bods_statement import Statement
    from keiretsu.store.vocabularies.described import Described

_COUNTRY: Final = re.compile(r"[A-Za-z]{2}(-[A-Za-z0-9]{1,3})?")


def parties(about: Described, told: Mapping[Node, Statement]) -> Iterator[tuple[Node, Party]]:
    """Yield the parties that a file describes, each with its node.

    Raises
    ------
    InputError
        If the type of an entity is none of the standard's.
    """
    for kind in (BODS.Entity, BODS.Person):
        for thing in about.of_class(kind):
            yield thing, _party(about, thing, told.get(thing), person=kind == BODS.Person)


def _party(about: Described, thing: Node, told: Statement | None, *, person: bool) -> Party:
    named = [_name(about, node) for node in about.nodes(thing, BODS.name)]
    aliases = [_name(about, node) for node in about.nodes(thing, BODS.alternateName)]
    names = [name for name in named if name]
    label = names[0] if names else (told.record if told is not None else str(thing))
    identifiers = list(_identifiers(about, thing))
    return Party(
        id=_party_iri(thing, told, identifiers),
        label=label,
        kind=_kind(about, thing, person=person),
        aliases=tuple(sorted({*names, *filter(None, aliases)} - {label})),
        identifiers=tuple(sorted({one.pair for one in identifiers})),
        jurisdiction=next(iter(_countries(about, thing, BODS.jurisdiction)), None),
        nationalities=_countries(about, thing, BODS.nationality),
        listed=about.truth(thing, BODS.hasPublicListing),
        exists=Period(
            about.date(thing, BODS.birthDate, BODS.foundingDate),
            about.date(thing, BODS.deathDate, BODS.dissolutionDate),
        ),
    )


def _name(about: Described, node: Node) -> str:
    if not about.classes(node):
        return about.text(node, BODS.fullName) or str(node)
    about.read(node, RDF.type, BODS.Name)
    return about.text(node, BODS.fullName)


def _kind(about: Described, thing: Node, *, person: bool) -> PartyKind:
    if person:
        kind = camel(about.code(thing, BODS.personType))
        return PartyKind.PERSON if kind in ("", "knownPerson") else PartyKind.UNKNOWN_PARTY
    kind = camel(about.code(thing, BODS.entityType))
    subtype = camel(about.code(thing, BODS.entitySubtype))
    found = ENTITY_KINDS.get((kind, subtype)) or ENTITY_KINDS.get((kind, ""))
    if kind and found is None:
        problem = f"the entity type {kind!r} is none of the standard's"
        raise InputError(problem, place=str(thing), mend="use RegisteredEntity, State …")
    return found or PartyKind.PARTY


def _identifiers(about: Described, thing: Node) -> Iterator[Identifier]:
    for node in about.nodes(thing, BODS.identifier):
        about.read(node, RDF.type, BODS.Identifier)
        scheme = about.text(node, BODS.scheme) or about.text(node, BODS.schemeName)
        value = about.text(node, BODS.idString)
        if scheme and value:
            yield Identifier.of(scheme, value)


def _countries(about: Described, thing: Node, predicate: URIRef) -> tuple[str, ...]:
    found = set()
    for node in about.nodes(thing, predicate):
        about.read(node, RDF.type, BODS.Jurisdiction)
        code = about.text(node, BODS.code)
        if _COUNTRY.fullmatch(code):
            found.add(code[:2].upper())
    return tuple(sorted(found))


def _party_iri(thing: Node, told: Statement | None, identifiers: list[Identifier]) -> str:
    """Return the IRI that joins files; that of its record, if it is one, as we write it."""
    own = str(thing).startswith(ID) or (told is not None and told.record == str(thing))
    if isinstance(thing, URIRef) and own:
        return str(thing)
    joining = next((one for one in identifiers if one.is_joining), None)
    if joining is not None:
        return joining.party_iri
    return str(thing) if isinstance(thing, URIRef) else f"{ID}party/{tail(claim_id(str(thing)))}"
