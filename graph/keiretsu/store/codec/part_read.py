"""What is a node of its own but part of something else: identifiers, names, participations."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from keiretsu.model import DatedName, Participation, ProposedHolding, Role
from keiretsu.vocabulary import KEI, PERCENT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from keiretsu.store.codec.description import Description


class Identifier(NamedTuple):
    """A name of a party in a public scheme."""

    scheme: str
    value: str


def identifier(about: Description) -> Identifier:
    """Read an identifier."""
    scheme, value = about.text(KEI.scheme), about.text(KEI.value)
    if not scheme or not value:
        raise about.fail("an identifier lacks its scheme or its value", mend="add it")
    return Identifier(scheme, value)


def former_name(about: Description) -> DatedName:
    """Read a name that a party bore for a time."""
    name = about.text(KEI.name)
    if not name:
        raise about.fail("a former name lacks the name", mend="add kei:name")
    period = about.period(KEI.validFrom, KEI.validUntil)
    start, end = ("" if date is None else str(date) for date in (period.start, period.end))
    return DatedName(name, start, end)


def participation(about: Description) -> Participation:
    """Read a party's part in an event."""
    return Participation(
        party=about.required_iri(KEI.party),
        role=about.code(KEI.role, "role", Role.PARTICIPANT),
    )


def proposed_holding(about: Description) -> ProposedHolding:
    """Read what a party would hold."""
    return ProposedHolding(
        holder=about.required_iri(KEI.holder),
        issuer=about.required_iri(KEI.issuer),
        capital=about.share(PERCENT.capital),
        votes=about.share(PERCENT.voting),
    )


PARTS: Mapping[str, Callable[[Description], object]] = {
    "FormerName": former_name,
    "Identifier": identifier,
    "Participation": participation,
    "ProposedHolding": proposed_holding,
}
"""How each class of parts is read."""
