"""Legal tests as data: which rights, how much, how added up, through which chains, by which law.

A regime has *grounds*, each of which suffices. A ground counts the stakes of a party in one of two
ways: *in full* through every link of a chain that passes the ground's links, or *multiplied* along
chains and added up. It is an engineering reading of the law and not legal advice; what could not
be confirmed in the source says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from keiretsu.errors import InputError
from keiretsu.measures.legal.powers import PowerKind
from keiretsu.rights import exceeds

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from fractions import Fraction

    from keiretsu.kernels.box import Bounds
    from keiretsu.model import Party


@dataclass(frozen=True, slots=True)
class Limit:
    """A threshold with its sense.

    Examples
    --------
    >>> from fractions import Fraction
    >>> str(Limit(Fraction(1, 4))), str(Limit(Fraction(1, 2), at_least=True))
    ('more than 25 %', '50 % or more')
    """

    share: Fraction
    at_least: bool = False

    def __str__(self) -> str:
        """Return the limit in words."""
        percent = f"{float(self.share * 100):.4f}".rstrip("0").rstrip(".")
        return f"{percent} % or more" if self.at_least else f"more than {percent} %"


@dataclass(frozen=True, slots=True)
class Link:
    """What makes a party count in full for another: so much of a right."""

    right: str
    limit: Limit


class Counting(StrEnum):
    """How stakes are added up."""

    CHAIN = "in full"
    """A party's own stakes and, in full, those of whom it holds through links of the ground."""
    PRODUCT = "multiplied"
    """Shares multiplied along each chain and added up over all."""
    IN_CONTROLLER = "multiplied, in a controller"
    """Multiplied shares in an entity that controls the company by the ground's links."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """One way to meet a legal test.

    Parameters
    ----------
    name
        Short name, by which it can be asked for alone.
    article
        Where it stands, as it is cited.
    text
        What it asks, in one clause.
    limit
        How much.
    rights
        Of which rights; any of them suffices.
    counting
        How stakes are added up.
    links
        What makes a link of a chain; any of them suffices. For `Counting.IN_CONTROLLER`, control.
    own
        Whether the party's own direct stake counts beside those of whom it holds.
    aggregate
        Whether all parties asked about count together.
    appointing
        Whether a power that is no share counts: appointing the board's majority, a golden share,
        control by law.
    influencing
        Whether significant influence or control of another kind counts, where it is on record.
    jurisdictions
        Countries whose companies it concerns; empty for all.
    listed
        Whether it concerns listed companies only.
    foreign
        Whether it concerns parties of other countries only.
    since, until
        First day on which it holds, and first on which it no longer does.
    bands
        Limits at which the share is reported again.
    third
        For links between two parties: how much of both a third party must have.
    doubt
        What about it could not be confirmed; empty if it was.
    """

    name: str
    article: str
    text: str
    limit: Limit
    rights: tuple[str, ...]
    counting: Counting = Counting.CHAIN
    links: tuple[Link, ...] = ()
    own: bool = True
    aggregate: bool = False
    appointing: bool = False
    influencing: bool = False
    jurisdictions: frozenset[str] = frozenset()
    listed: bool = False
    foreign: bool = False
    since: dt.date | None = None
    until: dt.date | None = None
    bands: tuple[Limit, ...] = ()
    third: Limit | None = None
    doubt: str = ""

    @property
    def powers(self) -> frozenset[PowerKind]:
        """The kinds of power that count, though they are no shares."""
        counted = (
            (PowerKind.APPOINTING, self.appointing),
            (PowerKind.INFLUENCE, self.influencing),
        )
        return frozenset(kind for kind, counts in counted if counts)

    def in_force(self, day: dt.date) -> bool:
        """Return whether the ground is law on a day."""
        begun = self.since is None or self.since <= day
        return begun and (self.until is None or day < self.until)

    def concerns(self, company: Party) -> bool:
        """Return whether the ground is about such a company, as far as is known of it."""
        here = not self.jurisdictions or company.jurisdiction in self.jurisdictions
        return here and not (self.listed and company.listed is False)

    def band_of(self, bounds: Bounds) -> Limit | None:
        """Return the highest of the bands that a share surely reaches."""
        return max(
            (band for band in self.bands if passes(bounds, band)[0]),
            key=lambda band: (band.share, not band.at_least),
            default=None,
        )


class Subjects(StrEnum):
    """Whom a regime looks for behind a company."""

    PERSONS = "persons"
    ANYBODY = "anybody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Regime:
    """A legal test.

    Parameters
    ----------
    name
        As users name it.
    title
        What it decides.
    law
        Citation with its date.
    grounds
        Each suffices.
    subjects
        Whom it looks for behind a company.
    country
        Whose companies it is about; None for those of every country.
    applies_from
        First day on which the law is applied, where the record of it is later than its grounds.
    fallback
        Who counts if nobody meets it.
    separate
        Whether its grounds are readings that exclude each other, to be told apart.
    unseen
        What it asks and no holding can tell.
    """

    name: str
    title: str
    law: str
    grounds: tuple[Ground, ...]
    subjects: Subjects = Subjects.ANYBODY
    country: str | None = None
    applies_from: dt.date | None = None
    fallback: str = ""
    separate: bool = False
    unseen: str = ""

    def is_law(self, day: dt.date) -> bool:
        """Return whether anything of it is in force on a day."""
        return any(ground.in_force(day) for ground in self.grounds)

    def on(self, day: dt.date, readings: Sequence[str] = ()) -> tuple[Ground, ...]:
        """Return the grounds in force on a day, or those of them that are named.

        Raises
        ------
        InputError
            If a name is unknown, or nothing is in force on the day.
        """
        known = dict.fromkeys(ground.name for ground in self.grounds)
        for name in readings:
            if name not in known:
                offer = f"use one of: {', '.join(known)}"
                raise InputError(f"{self.name!r} has no reading named {name!r}", mend=offer)
        found = tuple(
            ground
            for ground in self.grounds
            if ground.in_force(day) and (not readings or ground.name in readings)
        )
        if not found:
            raise InputError(f"nothing of {self.name!r} was law on {day}", mend="ask a later day")
        return found


def passes(bounds: Bounds, limit: Limit) -> tuple[bool, bool]:
    """Return whether a share surely, and whether it possibly, passes a limit.

    Examples
    --------
    >>> from fractions import Fraction
    >>> from keiretsu.kernels.box import Bounds
    >>> passes(Bounds(Fraction(1, 4), Fraction(1, 2), low_open=True), Limit(Fraction(1, 4)))
    (True, True)
    """
    return exceeds(bounds, limit.share, at_least=limit.at_least)
