"""Checks of a whole claim set on every date on which something changes."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from keiretsu.errors import OverAllocatedError
from keiretsu.model import (
    Capital,
    Claim,
    ClaimSet,
    Directness,
    Finding,
    Holding,
    Severity,
    Share,
)
from keiretsu.snapshot.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from keiretsu.model import Party

_OfIssuer = TypeVar("_OfIssuer", Holding, Capital)
_WITHOUT_DATES = dt.date(2000, 1, 1)
"""Any day serves where no claim has a date: what is undated is so on every day."""


def audit(claims: ClaimSet, issuers: Collection[str] | None = None) -> list[Finding]:
    """Return what is wrong with the claims taken together.

    Parameters
    ----------
    claims
        All claims, or all about some issuers and what lies above them.
    issuers
        The issuers to look at, if not all.

    Returns
    -------
    list of Finding
        ``over-allocated`` where the resolved holdings of an issuer add up to more than 100.5 % on
        some day (an error), ``rounding`` where to more than 100 %, and ``conflict-tied`` where
        sources contradict each other and nothing decides between them (warnings). One finding per
        issuer and rule, with its first day.
    """
    findings = []
    capitals, between = _by_issuer(claims.capitals), Between(claims.holdings)
    for issuer, held in sorted(_by_issuer(claims.holdings).items()):
        if issuers is not None and issuer not in issuers:
            continue
        steps = between.steps(issuer, held)
        alone = replace(
            claims,
            holdings=(*held, *steps),
            capitals=tuple(capitals.get(issuer, ())),
            share_classes=(),
            registrations=(),
            agreements=(),
            parties=_concerned(claims, issuer, (*held, *steps)),
        )
        findings += _issuer_findings(alone, issuer, held)
    return sorted(findings)


def change_days(claims: Iterable[Claim]) -> list[dt.date]:
    """Return the days on which some claim begins, ends or is stated, in order.

    A date that is known to the month or year counts with its first and its last day.
    """
    days = set()
    for claim in claims:
        for date in (claim.stated_for, claim.period.start, claim.period.end):
            if date is not None:
                days |= {date.first, date.last}
    return sorted(days)


class Between:
    """The direct holdings that a declared-indirect one may pass through.

    Parameters
    ----------
    holdings
        All holdings, of any date.
    """

    def __init__(self, holdings: Iterable[Holding]) -> None:
        self._direct: dict[str, list[Holding]] = defaultdict(list)
        for one in holdings:
            if one.directness is Directness.DIRECT:
                self._direct[one.holder].append(one)

    def steps(self, issuer: str, held: Iterable[Holding]) -> list[Holding]:
        """Return those elsewhere on which who holds an issuer indirectly may reach it.

        Only that they are there matters, not their size, so that they never add up to too much.

        Parameters
        ----------
        issuer
            IRI of the issuer.
        held
            All that is held in it.
        """
        indirect = [one for one in held if one.directness is not Directness.DIRECT]
        waiting = list(dict.fromkeys(end for one in indirect for end in (one.holder, *one.via)))
        reached, found = {issuer, *waiting}, []
        while waiting:
            for one in self._direct.get(waiting.pop(), ()):
                if one.issuer != issuer:
                    found.append(one)
                if one.issuer not in reached:
                    reached.add(one.issuer)
                    waiting.append(one.issuer)
        return [
            replace(one, capital=Share.unknown(), shares=None, votes=None, vote_count=None)
            for one in found
        ]


def _by_issuer(claims: Iterable[_OfIssuer]) -> dict[str, list[_OfIssuer]]:
    groups: dict[str, list[_OfIssuer]] = defaultdict(list)
    for claim in claims:
        groups[claim.issuer].append(claim)
    return groups


def _concerned(claims: ClaimSet, issuer: str, held: Iterable[Holding]) -> dict[str, Party]:
    ids = {issuer, *(h.holder for h in held), *(via for h in held for via in h.via)}
    ids |= {h.issuer for h in held}
    return {party: claims.parties[party] for party in ids}


def _issuer_findings(claims: ClaimSet, issuer: str, held: list[Holding]) -> list[Finding]:
    label = claims.parties[issuer].label
    first: dict[str, Finding] = {}
    days = change_days((*held, *claims.capitals))
    for day in days or [_WITHOUT_DATES]:
        on_day = f"on {day}: " if days else ""
        try:
            snapshot = Snapshot.of(claims, day)
        except OverAllocatedError as error:
            text = f"{on_day}{error.problem}; {error.mend}"
            found = Finding(Severity.ERROR, "over-allocated", text, error.place, (label,))
            first.setdefault("over-allocated", found)
            continue
        for caution in snapshot.cautions:
            is_of_issuer = caution.parties[-1:] == (label,)  # and of none on the way to it
            if is_of_issuer and caution.code in ("rounding", "conflict-tied"):
                about = ", ".join(caution.parties)
                text = f"{on_day}{about}: {caution.text}" if about else f"{on_day}{caution.text}"
                found = Finding(Severity.WARNING, caution.code, text, "", caution.parties)
                first.setdefault(f"{caution.code} {caution.parties}", found)
    return list(first.values())
