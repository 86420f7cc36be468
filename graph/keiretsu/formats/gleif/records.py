"""Records of GLEIF's golden copy, as the CSV and the XML both have them.

What the two spell differently is settled here: a record is the same whichever it was read from.
Field names in errors are those of the common data formats (LEI-CDF 3.1, RR-CDF 2.1, Reporting
Exceptions 2.1).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class StatedPeriod(NamedTuple):
    """A period of a relationship record and what it is the period of."""

    start: str
    end: str
    kind: str


class Quantifier(NamedTuple):
    """A measured amount of a relationship record."""

    method: str
    amount: str
    units: str


class RelationshipRecord(NamedTuple):
    """A record of level 2: who consolidates, manages or feeds whom.

    Parameters
    ----------
    start, end
        LEIs of the start node, which is the *child*, and of the end node.
    start_type, end_type
        Kinds of the nodes' identifiers.
    kind, status
        Type of relationship, and whether it is active.
    periods, qualifiers, quantifiers
        As many as the record has.
    registration
        Fields of the registration, by their names in the CSV without the prefix.
    place
        Where it stands.
    """

    start: str
    start_type: str
    end: str
    end_type: str
    kind: str
    status: str
    periods: tuple[StatedPeriod, ...]
    qualifiers: tuple[str, ...]
    quantifiers: tuple[Quantifier, ...]
    registration: Mapping[str, str]
    place: str


class ExceptionRecord(NamedTuple):
    """A record of why an entity reports no parent.

    Parameters
    ----------
    lei
        Who reports none.
    category
        Which parent: the direct or the ultimate one.
    reasons, references
        Why, in codes; and further words.
    place
        Where it stands.
    """

    lei: str
    category: str
    reasons: tuple[str, ...]
    references: tuple[str, ...]
    place: str


class EntityRecord(NamedTuple):
    """A record of level 1: who is who.

    Parameters
    ----------
    lei, name
        The LEI and the legal name.
    other_names
        Names in other languages and scripts, trading and previous names, with their kinds.
    jurisdiction, category, subcategory
        Country, or country and region, of its law; what kind of entity it is.
    authority, authority_id
        Code of the register where it is registered, and its number there.
    status, created
        Whether it is active, and when it was made.
    registration
        Fields of the registration.
    other
        Everything else that is filled in: by field, what it says.
    place
        Where it stands.
    """

    lei: str
    name: str
    other_names: tuple[tuple[str, str], ...]
    jurisdiction: str
    category: str
    subcategory: str
    authority: str
    authority_id: str
    status: str
    created: str
    registration: Mapping[str, str]
    other: Mapping[str, str]
    place: str
