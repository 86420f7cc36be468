"""Indices of power by the way they can be computed: exactly, in floating point, or by sampling."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from keiretsu.kernels import ocean, voting
from keiretsu.kernels.sampling import sampled_coalitions, sampled_orders
from keiretsu.measures.power.ballot import ATOMS
from keiretsu.measures.power.meeting import in_units

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keiretsu.measures.power.ballot import Ballot

MOST_STEPS = 3 * 10**9
"""So many steps of compiled code take a few seconds; beyond, power is sampled."""

EXACT, ROUNDED, SAMPLED = "exact", "floating-point", "sampled"


@dataclass(frozen=True, slots=True)
class Found:
    """The power of blocs, in their order, and of the remainder.

    Parameters
    ----------
    power, error
        Of each bloc; an error only where power is sampled.
    rest, rest_error
        Of the remainder; None where it has no power of its own.
    computed
        `EXACT`, `ROUNDED` or `SAMPLED`.
    """

    power: Sequence[Fraction]
    error: Sequence[float | None]
    rest: Fraction | None
    rest_error: float | None
    computed: str


def _counted(power: Sequence[Fraction], rest: Fraction | None, computed: str = EXACT) -> Found:
    return Found(power, [None] * len(power), rest, None, computed)


def shapley(shares: list[Fraction], small: Fraction, need: Fraction, ballot: Ballot) -> Found:
    """Return the Shapley-Shubik power of blocs with `shares`, beside `small` holders."""
    if small and ballot.treatment == "atoms" and len(shares) <= ocean.MOST_LISTED:
        atoms = ocean.beside_atoms(shares, small / ATOMS, ATOMS, need, at_least=ballot.at_least)
        return _counted(atoms[0][0], atoms[1][0])
    if small and ballot.treatment == "ocean" and len(shares) <= ocean.MOST_LISTED:
        if len(shares) <= ocean.MOST_EXACT:
            blocks = ocean.oceanic(shares, small, need)
            return _counted(blocks, _left(blocks))
        floats = ocean.oceanic_in_floats([float(s) for s in shares], float(small), float(need))
        blocks = [Fraction(value) for value in floats]
        return _counted(blocks, _left(blocks), ROUNDED)
    if not small:
        swings = _swings(shares, need, ballot)
        if swings is not None:
            return _counted(voting.shapley_shubik(swings), None)
        integrated = _integrated(shares, need, ballot)
        if integrated is not None:
            return _counted(integrated, None, ROUNDED)
    return _sampled(shares, small, need, ballot, "shapley-shubik")


def _integrated(shares: list[Fraction], need: Fraction, ballot: Ballot) -> list[Fraction] | None:
    """Return Shapley-Shubik power in floating point, or None if that takes too long."""
    from keiretsu.kernels.compiled import COMPILED  # noqa: PLC0415 - may load a compiler
    from keiretsu.kernels.pivots import pivot_chances, work  # noqa: PLC0415 - the same

    units, unit = in_units([*shares, need])
    if not COMPILED or work(units[:-1]) > MOST_STEPS:
        return None
    limit = int(need * unit)
    powers = pivot_chances(units[:-1], limit if ballot.at_least else limit + 1)
    return [Fraction(power) for power in powers]


def banzhaf(shares: list[Fraction], small: Fraction, need: Fraction, ballot: Ballot) -> Found:
    """Return the normalised Banzhaf power of blocs with `shares`, beside `small` holders."""
    if small and ballot.treatment == "atoms":
        if len(shares) <= ocean.MOST_LISTED:
            atoms = ocean.beside_atoms(shares, small / ATOMS, ATOMS, need, at_least=ballot.at_least)
            whole = sum(atoms[0][1], atoms[1][1])
            return _counted([value / whole for value in atoms[0][1]], atoms[1][1] / whole)
        return _sampled(shares, small, need, ballot, "banzhaf")
    swings = _swings(shares, need - small / 2, ballot)
    if swings is not None:
        return _counted(voting.banzhaf(swings), None)
    return _sampled(shares, small, need, ballot, "banzhaf")


def _swings(shares: list[Fraction], need: Fraction, ballot: Ballot) -> list[voting.Swings] | None:
    """Return who swings; nobody does where the float's half alone is enough."""
    units, unit = in_units([*shares, need])
    limit = int(need * unit)
    needed = limit if ballot.at_least else limit + 1
    if needed <= 0:
        return [voting.Swings((0,) * len(shares))] * len(shares)
    return voting.swings(units[:-1], needed)


def _left(blocks: list[Fraction]) -> Fraction:
    """Return what the ocean is pivotal in: all that no block is."""
    return 1 - sum(blocks, Fraction(0))


def _sampled(
    shares: list[Fraction], small: Fraction, need: Fraction, ballot: Ballot, index: str
) -> Found:
    atoms = ballot.treatment == "atoms" and bool(small)
    everybody = [*shares, *([small / ATOMS] * ATOMS if atoms else [])]
    units, unit = in_units([*everybody, need, small / 2])
    weights, limit = units[:-2], int(need * unit)
    if index == "banzhaf":
        limit -= 0 if atoms else int(small * unit / 2)
        found = sampled_coalitions(weights, limit, at_least=ballot.at_least)
    else:
        stream = 0.0 if atoms else float(small * unit)
        found = sampled_orders(weights, stream, limit, at_least=ballot.at_least)
    count = len(shares)
    rest, rest_error = sum(found.power[count:]), sum(e * e for e in found.error[count:]) ** 0.5
    has_rest = bool(small) and (atoms or index != "banzhaf")
    return Found(
        [Fraction(value) for value in found.power[:count]],
        found.error[:count],
        Fraction(rest) if has_rest else None,
        rest_error if has_rest else None,
        SAMPLED,
    )
