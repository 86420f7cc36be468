"""Shares multiplied along chains, written out as people write them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from keiretsu.measures.control.explanation import say

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from keiretsu.kernels.box import Bounds
    from keiretsu.measures.legal.attribution import Attribution
    from keiretsu.snapshot import Ledger

MOST_CHAINS = 8
"""So many chains are written out; of more, only that there are."""

_LONGEST_CHAIN = 12


def spoken(bounds: Bounds) -> str:
    """Return a share or a range as people write it.

    Examples
    --------
    >>> from keiretsu.kernels.box import Bounds
    >>> spoken(Bounds(Fraction(1, 4), Fraction(1, 2), low_open=True))
    'more than 25 % and up to 50 %'
    >>> spoken(Bounds(Fraction(0), Fraction(1, 2), high_open=True))
    'less than 50 %'
    >>> spoken(Bounds(Fraction(1, 4), Fraction(1, 2)))
    '25 % to 50 %'
    """
    if bounds.low == bounds.high:
        return say(bounds.low)
    high = f"{'less than ' if bounds.high_open else ''}{say(bounds.high)}"
    if bounds.low_open:
        return f"more than {say(bounds.low)} and {'' if bounds.high_open else 'up to '}{high}"
    if bounds.low:
        return f"{say(bounds.low)} to {high}"
    return high if bounds.high_open else f"up to {high}"


def products(
    attribution: Attribution, ledger: Ledger, start: frozenset[int], target: int
) -> list[str]:
    """Write out the first `MOST_CHAINS` chains from a start to a company, each with its product."""
    inside = set(attribution.multiplied(ledger.right, start))
    lines: list[str] = []
    for chain in _chains(ledger, target, start, inside):
        if len(lines) == MOST_CHAINS:
            lines.append("There are more chains than these.")
            break
        lines.append(_product(attribution, ledger, chain))
    return lines


def _chains(
    ledger: Ledger, target: int, start: Collection[int], inside: set[int]
) -> Iterator[list[int]]:
    """Yield simple chains of lines from `target` up to `start`."""
    pending: list[tuple[int, list[int], frozenset[int]]] = [(target, [], frozenset({target}))]
    while pending:
        company, chain, seen = pending.pop()
        for line in reversed(ledger.lines_of(company)):
            holder = ledger.holder_of(line)
            if holder in seen or not ledger.single(line).high:
                continue
            if holder in start:
                yield [*chain, line]
            elif holder in inside and len(chain) < _LONGEST_CHAIN:
                pending.append((holder, [*chain, line], seen | {holder}))


def _product(attribution: Attribution, ledger: Ledger, chain: list[int]) -> str:
    parties, product, text = attribution.snapshot.parties, Fraction(1), []
    for line in reversed(chain):
        share = ledger.single(line)
        text.append(f"{parties[ledger.holder_of(line)].label} {spoken(share)}")
        product *= share.low
    exact = all(ledger.single(line).low == ledger.single(line).high for line in chain)
    end = parties[ledger.issuer_of(chain[0])].label
    arrow = " \N{RIGHTWARDS ARROW} "
    return f"{arrow.join((*text, end))}: {'' if exact else 'at least '}{say(product)}."
