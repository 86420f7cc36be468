"""Changes that the editors make to a claim that a row of the facts gave, one field at a time."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeVar

from keiretsu.model import (
    Claim,
    Interest,
    Measure,
    PartialDate,
    Period,
    Share,
    Sourcing,
    Status,
    VotesBasis,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from alliance_builder.tables import Row

AnyClaim = TypeVar("AnyClaim", bound=Claim)

_NOTHING = "none"


def _share(text: str) -> Share | None:
    return None if text == _NOTHING else Share.from_percent(text)


_FIELDS: Mapping[str, Callable[[str], Any]] = {
    "status": Status,
    "known_from": PartialDate.parse,
    "capital": _share,
    "votes": _share,
    "shares": int,
    "vote_count": int,
    "votes_basis": VotesBasis,
    "interest": Interest,
    "measure": Measure,
    "value": Fraction,
}


def changed(claim: AnyClaim, field: str, text: str, row: Row) -> AnyClaim:
    """Return the claim with one field changed.

    Parameters
    ----------
    claim
        The claim.
    field
        A field of the model, or ``start`` or ``end`` of its period; ``stated_for`` makes an
        interval a level.
    text
        The new value, as tables write it; ``none`` takes a share away.
    row
        Where the change is asked for.
    """
    period = claim.period
    if field == "start":
        return replace(claim, period=Period(PartialDate.parse(text), period.end))
    if field == "end":
        return replace(claim, period=Period(period.start, PartialDate.parse(text)))
    if field == "stated_for":
        return replace(claim, period=Period(None, period.end), stated_for=PartialDate.parse(text))
    if field not in _FIELDS or not hasattr(claim, field):
        known = ", ".join(sorted({"start", "end", "stated_for", *_FIELDS}))
        raise row.error(f"{field!r} cannot be changed", f"use {known}")
    value: dict[str, Any] = {field: _FIELDS[field](text)}
    return replace(claim, **value)


def unsourced(claim: AnyClaim, fields: tuple[str, ...]) -> AnyClaim:
    """Return the claim with further fields that its document does not show."""
    if claim.sourcing is Sourcing.UNSOURCED:
        return claim
    return replace(
        claim,
        sourcing=Sourcing.PARTLY_SOURCED,
        unsourced_fields=tuple(sorted({*claim.unsourced_fields, *fields})),
    )


def remarked(claim: AnyClaim, remarks: tuple[str, ...]) -> AnyClaim:
    """Return the claim with remarks added to its note."""
    parts = [claim.note] if claim.note else []
    return replace(claim, note="; ".join([*parts, *(r for r in remarks if r)]) or None)


def said(claim: Claim, field: str) -> str:
    """Return what a field says before it is changed, for the note."""
    if field in ("start", "end"):
        value = getattr(claim.period, field)
    elif field == "stated_for":
        value = claim.begins
    else:
        value = getattr(claim, field, None)
    return "nothing" if value is None else str(value)
