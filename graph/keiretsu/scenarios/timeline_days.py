"""On which days something can change for a party, by the claims that can matter to it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from keiretsu.rights.laws import rule_days
from keiretsu.snapshot import change_days

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from keiretsu.model import Claim, ClaimSet, Holding

_DAY = dt.timedelta(1)
_LARGE = Fraction(1, 3)


def concerning(claims: ClaimSet, party: str, through: Collection[str] = ()) -> ClaimSet:
    """Return the claims that can matter to a party's votes and control, on whatever day.

    These are the claims about the party, about all in whom it holds, and about all who hold in one
    of these, directly or through others: who controls whom, and which law takes whose votes,
    depends on nothing else.

    Parameters
    ----------
    claims
        What the sources say.
    party
        IRI of the party; the bodies that act for a State go with it.
    through
        IRIs of companies that the party may control: those in whom they hold matter too.
    """
    below, above = _steps(claims.holdings)
    bodies = {one.id for one in claims.parties.values() if one.acts_for == party}
    holders = {party, *bodies, *through}
    issuers = _closure(holders.union(*(below.get(one, set()) for one in holders)), above)
    concerned = replace(
        claims,
        holdings=tuple(c for c in claims.holdings if c.issuer in issuers),
        share_classes=tuple(c for c in claims.share_classes if c.issuer in issuers),
        registrations=tuple(c for c in claims.registrations if c.issuer in issuers),
        capitals=tuple(c for c in claims.capitals if c.issuer in issuers),
        agreements=tuple(c for c in claims.agreements if c.issuer in issuers),
        tenures=(),
        figures=(),
        events=(),
        edits=(),
    )
    named = _named(concerned) | issuers
    states = {claims.parties[one].acts_for for one in named if one in claims.parties}
    named |= {state for state in states if state is not None}
    named |= {one.id for one in claims.parties.values() if one.acts_for in named}
    known = {one: claims.parties[one] for one in sorted(named) if one in claims.parties}
    return replace(concerned, parties=known)


def perhaps_controlled(claims: ClaimSet, party: str) -> frozenset[str]:
    """Return companies that a party looks like controlling: with single stakes above a third.

    A guess, which saves a second look: whom it leaves out is found when control is computed.
    """
    large: dict[str, set[str]] = defaultdict(set)
    for one in claims.holdings:
        if any(share is not None and share.high > _LARGE for share in (one.capital, one.votes)):
            large[one.holder].add(one.issuer)
    return frozenset(_closure({party}, large) - {party})


def days_of_change(claims: ClaimSet, max_age_days: int) -> list[dt.date]:
    """Return every day on which the world that the claims describe can differ from the day before.

    Beside the beginnings and ends of claims and of parties these are the days on which a level
    becomes too old to be carried forward, and those on which a law or a class of shares changes.
    """
    stated = (
        *claims.holdings,
        *claims.share_classes,
        *claims.registrations,
        *claims.capitals,
        *claims.agreements,
    )
    days = set(change_days(stated))
    for claim in stated:
        if claim.stated_for is not None:
            days |= _after(claim.stated_for.last, max_age_days + 1)
    for party in claims.parties.values():
        for date in (party.exists.start, party.exists.end):
            if date is not None:
                days |= {date.first, date.last}
    return sorted(days | days_of_rules(claims))


def days_of_rules(claims: ClaimSet) -> set[dt.date]:
    """Return the days on which the law changes for the parties, or the votes of a class do."""
    countries = {party.jurisdiction for party in claims.parties.values()}
    begun = [claim.begins for claim in claims.holdings]
    days = rule_days(countries, [begins.last for begins in begun if begins is not None])
    for share_class in claims.share_classes:
        if share_class.registered_votes_from is not None:
            days.add(share_class.registered_votes_from.first)
    return days


def first_day(claims: ClaimSet) -> dt.date | None:
    """Return the first day on which a holding is told; None where none has a date."""
    begun = [claim.begins.first for claim in claims.holdings if claim.begins is not None]
    return min(begun, default=None)


def _steps(
    holdings: Iterable[Holding],
) -> tuple[Mapping[str, set[str]], Mapping[str, set[str]]]:
    below: dict[str, set[str]] = defaultdict(set)
    above: dict[str, set[str]] = defaultdict(set)
    for one in holdings:
        below[one.holder].add(one.issuer)
        above[one.issuer].add(one.holder)
    return below, above


def _closure(start: set[str], steps: Mapping[str, set[str]]) -> set[str]:
    seen, pending = set(start), list(start)
    while pending:
        further = steps.get(pending.pop(), set()) - seen
        seen |= further
        pending += further
    return seen


def _named(claims: ClaimSet) -> set[str]:
    named = {end for one in claims.holdings for end in (one.holder, one.issuer, *one.via)}
    named |= {one.holder for one in claims.registrations}
    named |= {one for a in claims.agreements for one in (*a.parties, *a.bound)}
    every: Iterable[Claim] = (*claims.capitals, *claims.share_classes, *claims.agreements)
    return named | {getattr(one, "issuer", "") for one in every} - {""}


def _after(day: dt.date, days: int) -> set[dt.date]:
    """Return a later day, if the calendar still has it."""
    left = (dt.date.max - day).days
    return {day + days * _DAY} if days <= left else set()
