"""How many shares give a wanted part of the votes."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from keiretsu.errors import InputError
from keiretsu.rights import rights_of
from keiretsu.scenarios.draft import Draft
from keiretsu.scenarios.trading import move_to

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_MOST_STEPS = 12


def units_for_votes(
    draft: Draft, members: tuple[int, ...], issuer: int, target: Fraction
) -> Fraction:
    """Return the units of an issuer with which a group has a part of the exercisable votes.

    Notes
    -----
    Where shares are counted it is the least whole number with so many votes. Else, between two
    stakes at which something ends (the single-vote shares that it has, say), the part
    is a quotient of two linear functions of the stake, so that three trials tell it exactly.

    Raises
    ------
    InputError
        If votes are known as ranges only, or no stake gives so much: the law suspends the votes.
    """
    world = draft.snapshot()
    head = members[0]

    def votes_at(units: Fraction) -> Fraction:
        trial = Draft(world)
        trial.parties = list(draft.parties)
        move_to(trial, head, issuer, members, units)
        found = rights_of(trial.snapshot()).votes.bounds(issuer, set(members))
        if found.low != found.high:
            raise InputError(
                f"votes in {draft.label(issuer)} are only known as ranges on {world.as_of}",
                mend="give the stake in percent of the capital",
            )
        return found.low

    book = draft.book(issuer)
    now = sum((stake.low for stake in book.of(members)), Fraction(0))
    most = now + book.rest
    if book.issued is not None:
        return _whole_shares(draft, issuer, votes_at, target, int(most))
    return _solve(votes_at, target, most, now, draft.label(issuer))


def _whole_shares(
    draft: Draft,
    issuer: int,
    votes_at: Callable[[Fraction], Fraction],
    target: Fraction,
    most: int,
) -> Fraction:
    """Return the smallest number of shares with which the target is reached, or just passed."""
    low, high = 0, most
    if votes_at(Fraction(high)) < target:
        raise _out_of_reach(target, draft.label(issuer))
    while low < high:
        middle = (low + high) // 2
        if votes_at(Fraction(middle)) < target:
            low = middle + 1
        else:
            high = middle
    if votes_at(Fraction(low)) != target:
        text = "the least number of whole shares with at least so many of the votes"
        draft.warn("whole-shares", text, issuer)
    return Fraction(low)


def _solve(
    votes_at: Callable[[Fraction], Fraction],
    target: Fraction,
    most: Fraction,
    start: Fraction,
    where: str,
) -> Fraction:
    if not target:
        return Fraction(0)
    low, high, units = Fraction(0), most, start
    for _ in range(_MOST_STEPS):
        found = votes_at(units)
        if found == target:
            return units
        low, high = (units, high) if found < target else (low, units)
        points = [units, (units + low) / 2 if units > low else (units + high) / 2]
        points.append((units + high) / 2 if units < high else (units * 3 + low) / 4)
        guess = _quotient([(x, votes_at(x)) for x in dict.fromkeys(points)], target)
        inside = guess is not None and low <= guess <= high
        units = guess if guess is not None and inside else (low + high) / 2
    raise _out_of_reach(target, where)


def _out_of_reach(target: Fraction, where: str) -> InputError:
    return InputError(
        f"no stake gives {float(target * 100):g} % of the votes in {where}",
        mend="the law may suspend them, or too few shares are with the market; set the capital",
    )


def _quotient(points: Sequence[tuple[Fraction, Fraction]], target: Fraction) -> Fraction | None:
    """Return where f(x) = (a + bx) / (1 + dx) through three points takes a value."""
    if len(points) < 3:  # noqa: PLR2004 - three unknowns
        return None
    (x0, f0), (x1, f1), (x2, f2) = points
    # From f_i - f_0 = b (x_i - x_0) - d (f_i x_i - f_0 x_0), for i = 1 and 2.
    p1, q1, r1 = x1 - x0, f1 * x1 - f0 * x0, f1 - f0
    p2, q2, r2 = x2 - x0, f2 * x2 - f0 * x0, f2 - f0
    bottom = p2 * q1 - p1 * q2
    if not bottom:
        return x0 + (target - f0) * p1 / r1 if r1 else None
    d = (p1 * r2 - p2 * r1) / bottom
    b = (r1 + d * q1) / p1
    a = f0 * (1 + d * x0) - b * x0
    slope = b - target * d
    return (target - a) / slope if slope else None
