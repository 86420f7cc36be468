"""The corner worlds of ranges, one after the other: what is tight is attained in one of them."""

import itertools
from fractions import Fraction


def corner_worlds(ranges, unit=12):
    """Yield corner worlds of closed ranges: by issuer, all holders at an end but one at most."""
    choices = []
    for issuer in sorted({issuer for _, issuer in ranges}):
        held = [(h, *band[:2]) for (h, of), band in ranges.items() if of == issuer]
        found = set()
        for free in [None, *range(len(held))]:
            ends = [(0,) if n == free else (low, high) for n, (_, low, high) in enumerate(held)]
            for chosen in itertools.product(*ends):
                left = unit - sum(chosen)
                if free is None and left >= 0:
                    found.add(chosen)
                elif free is not None and held[free][1] <= left <= held[free][2]:
                    found.add(tuple(left if n == free else c for n, c in enumerate(chosen)))
        choices.append(
            [{(held[n][0], issuer): c for n, c in enumerate(chosen)} for chosen in sorted(found)]
        )
    for world in itertools.product(*choices):
        yield {pair: Fraction(units, unit) for part in world for pair, units in part.items()}
