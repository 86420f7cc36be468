"""GLEIF level 2: relationship records (RR-CDF 2.1), in XML or as the golden copy's CSV.

The start node is the child. A consolidation says that the parent's accounts include the child's,
which is control as accountants see it and no number of shares: it is an interest of its own, of an
unknown size unless the record measures it. The ultimate parent is declared indirect: a claim to
compare with what the direct ones come to, never one more step of the chain. A feeder fund is the
other way round: it invests in its master, and is its holder.

A measure of ``1.00`` is one percent by the standard and a hundred by the hand of those who fill it
in. Nothing up to one is read, and what stands there is kept in the claim's note.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from keiretsu.errors import InputError, UnknownTermError
from keiretsu.formats.documents import document_of
from keiretsu.formats.fields import date_of, period_between, period_of, short
from keiretsu.formats.gleif import csv_records as gleif_csv
from keiretsu.formats.gleif import xml_records as gleif_xml
from keiretsu.formats.gleif.parties import party_of
from keiretsu.formats.xml_records import is_xml
from keiretsu.model import (
    Directness,
    Holding,
    Interest,
    Period,
    Share,
    Sourcing,
    Status,
    claim_id,
    exact,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from keiretsu.formats.frame import Piece, Reading
    from keiretsu.formats.gleif.records import Quantifier, RelationshipRecord, StatedPeriod
    from keiretsu.formats.opening import Input


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What a type of relationship says of its nodes."""

    interest: Interest
    directness: Directness = Directness.DIRECT
    start_holds: bool = False
    capital: Share | None = None


class _Standing(NamedTuple):
    """How far a record can be trusted, what it does not say, and what it says of that."""

    status: Status
    sourcing: Sourcing
    untold: tuple[str, ...]
    note: str


_MEANINGS: Final = {
    "IS_DIRECTLY_CONSOLIDATED_BY": _Meaning(Interest.CONSOLIDATION),
    "IS_ULTIMATELY_CONSOLIDATED_BY": _Meaning(Interest.CONSOLIDATION, Directness.INDIRECT),
    # A branch is no person of its own: it is its head office.
    "IS_INTERNATIONAL_BRANCH_OF": _Meaning(Interest.SHAREHOLDING, capital=Share.point(1)),
    "IS_FUND-MANAGED_BY": _Meaning(Interest.OTHER_INFLUENCE_OR_CONTROL),
    "IS_SUBFUND_OF": _Meaning(Interest.OTHER_INFLUENCE_OR_CONTROL),
    "IS_FEEDER_TO": _Meaning(Interest.SHAREHOLDING, start_holds=True),
}
_RELATIONSHIP_PERIOD: Final = "RELATIONSHIP_PERIOD"
_STATUSES: Final = {"ACTIVE", "INACTIVE", "NULL", ""}
_REJECTED: Final = {"ANNULLED", "DUPLICATE"}
_NOT_CARRIED: Final = (
    "InitialRegistrationDate",
    "NextRenewalDate",
    "ManagingLOU",
    "ValidationDocuments",
    "ValidationReference",
)
_AMBIGUOUS: Final = Fraction(1)


def read(source: Input, reading: Reading) -> Iterator[Piece]:
    """Yield what relationship records say; see `keiretsu.formats.frame.Reader`."""
    document = document_of(source, publisher="GLEIF")
    records = (
        gleif_xml.relationships(source)
        if is_xml(source)
        else gleif_csv.relationships(source, reading)
    )
    for record in records:
        yield from reading.taken(record.place, claims_of, record, document.id, reading)
    yield document


def claims_of(record: RelationshipRecord, document: str, reading: Reading) -> Iterator[Piece]:
    """Yield what one record says.

    Raises
    ------
    InputError
        If a node is no LEI, or a date or a measure cannot be read.
    UnknownTermError
        If its type or its status is none of the standard.
    """
    meaning = _meaning(record)
    start = party_of(record.start, record.start_type, "Relationship.StartNode.NodeID")
    end = party_of(record.end, record.end_type, "Relationship.EndNode.NodeID")
    if start.id == end.id:
        problem = f"{record.start} is said to be its own parent"
        raise InputError(problem, mend="correct one of the two nodes")
    holder, issuer = (start, end) if meaning.start_holds else (end, start)
    measured = _measured(record, reading)
    yield start
    yield end
    standing = _standing(record, assumed=measured is None and meaning.capital is not None)
    for period in _periods(record):
        yield Holding(
            id=claim_id(document, "holding", holder.id, issuer.id, record.kind, period.start),
            document=document,
            period=period,
            place=record.place,
            holder=holder.id,
            issuer=issuer.id,
            interest=meaning.interest,
            capital=measured or meaning.capital,
            directness=meaning.directness,
            status=standing.status,
            sourcing=standing.sourcing,
            unsourced_fields=standing.untold,
            note=standing.note,
        )
    _report(record, reading)


def _meaning(record: RelationshipRecord) -> _Meaning:
    found = _MEANINGS.get(record.kind)
    if found is None:
        problem = f"the field RelationshipType ({short(record.kind)}) is no type of RR-CDF 2.1"
        raise UnknownTermError(problem, mend=f"use one of {', '.join(_MEANINGS)}")
    if record.status not in _STATUSES:
        problem = (
            f"the field RelationshipStatus ({short(record.status)}) is no status of RR-CDF 2.1"
        )
        raise UnknownTermError(problem, mend="use ACTIVE, INACTIVE or NULL")
    return found


def _standing(record: RelationshipRecord, *, assumed: bool) -> _Standing:
    """Return how far the record can be trusted, and what of the claim it does not say."""
    registration = record.registration
    return _standing_of(
        record.kind,
        (registration.get("RegistrationStatus", ""), registration.get("ValidationSources", "")),
        record.qualifiers,
        record.quantifiers,
        ("capital",) * assumed
        + ("valid_until",) * (record.status == "INACTIVE" and not _told_end(record)),
    )


@lru_cache(maxsize=4096)  # of a few words each, and measures are rare
def _standing_of(
    kind: str,
    registration: tuple[str, str],
    qualifiers: tuple[str, ...],
    quantifiers: tuple[Quantifier, ...],
    untold: tuple[str, ...],
) -> _Standing:
    """Return it with a note that says it in the record's own words."""
    registered, validated = registration
    said = [kind]
    said += [f"RegistrationStatus {registered}"] if registered else []
    said += [f"ValidationSources {validated}"] if validated else []
    said += [f"accounting standard {category}" for category in qualifiers if category]
    said += [f"{one.method} {one.amount} {one.units}" for one in quantifiers]
    return _Standing(
        Status.REJECTED if registered in _REJECTED else Status.ACCEPTED,
        Sourcing.PARTLY_SOURCED if untold else Sourcing.SOURCED,
        untold,
        "; ".join(said),
    )


def _periods(record: RelationshipRecord) -> tuple[Period, ...]:
    """Return when it was so; one that is inactive without an end ended by its last update."""
    if record.status == "INACTIVE" and not _told_end(record):
        return _periods_of(record.periods, record.registration.get("LastUpdateDate", ""))
    return _periods_of(record.periods, "")


@lru_cache(maxsize=16_384)  # whole registers know a few thousand days
def _periods_of(stated: tuple[StatedPeriod, ...], updated: str) -> tuple[Period, ...]:
    field = "RelationshipPeriod"
    told = [
        period_between(one.start, one.end, f"{field}.StartDate", f"{field}.EndDate")
        for one in stated
        if one.kind == _RELATIONSHIP_PERIOD
    ] or [Period()]
    if updated:
        by_then = date_of(updated, "Registration.LastUpdateDate")
        told = [period_of(one.start, by_then, "Registration.LastUpdateDate") for one in told]
    return tuple(dict.fromkeys(told))


def _told_end(record: RelationshipRecord) -> bool:
    return any(one.end for one in record.periods if one.kind == _RELATIONSHIP_PERIOD)


def _measured(record: RelationshipRecord, reading: Reading) -> Share | None:
    """Return the measured part, if it is told beyond doubt."""
    if not record.quantifiers:
        return None
    told = {_amount(one.amount) for one in record.quantifiers if one.units == "PERCENTAGE"}
    for one in record.quantifiers:
        if one.units != "PERCENTAGE":
            field = "RelationshipQuantifier.QuantifierUnits"
            reading.lost(field, "only percentages are read", record.place, one.units)
    if not told:
        return None
    field = "RelationshipQuantifier.QuantifierAmount"
    reported = ", ".join(one.amount for one in record.quantifiers)
    if len(told) > 1:
        reading.lost(field, "several measures differ; kept in the note", record.place, reported)
        return None
    (amount,) = told
    if 0 < amount <= _AMBIGUOUS:
        why = "up to 1 it may be percent or a fraction of one; kept in the note and not measured"
        reading.lost(field, why, record.place, reported)
        text = "a measure of up to 1.00 may mean percent or a fraction of one, and is not read"
        reading.caution("ambiguous-quantifier", text)
        return None
    return Share.point(amount / 100)


def _amount(text: str) -> Fraction:
    field = "RelationshipQuantifier.QuantifierAmount"
    try:
        amount = exact(text)
    except InputError:
        problem = f"the field {field} ({short(text)}) is not a number"
        raise InputError(problem, mend="write it like 43.40") from None
    if not 0 <= amount <= 100:  # noqa: PLR2004 - percent
        problem = f"the field {field} ({short(text)}) is not a percentage between 0 and 100"
        raise InputError(problem, mend="write it like 43.40")
    return amount


def _report(record: RelationshipRecord, reading: Reading) -> None:
    for field in _NOT_CARRIED:
        if record.registration.get(field):
            reading.lost(f"Registration.{field}", "claims have no such field", record.place)
    for kind in _other_periods(record):
        reading.lost(f"RelationshipPeriod.{kind}", "only the relationship's is read", record.place)


def _other_periods(record: RelationshipRecord) -> Iterable[str]:
    return (one.kind for one in record.periods if one.kind != _RELATIONSHIP_PERIOD)
