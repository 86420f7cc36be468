"""Who stands under whom in a large picture: each party with the one that holds most of it.

Ownership is nearly a forest: a company has one holder above all others. Families are the trees of
that forest. Who is held by nobody and holds but little of what others hold more of stands above
what it holds, as a holder beside the family's line.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from keiretsu.views.layout.plan import Plan, PlannedLink


@dataclass(frozen=True, slots=True)
class Families:
    """The trees of a plan.

    Parameters
    ----------
    heads
        Who stands under nobody.
    below
        For each party those that stand under it.
    above
        For each party those that only hold, and stand above it.
    """

    heads: list[str]
    below: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    above: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def youngest_first(self) -> Iterator[str]:
        """Yield all that stand in a tree, each after all under it."""
        oldest_first = list(self.heads)
        for party in oldest_first:
            oldest_first += self.below.get(party, ())
        return reversed(oldest_first)


def families_of(plan: Plan, strongest_first: Sequence[str]) -> Families:
    """Return who stands under whom.

    Parameters
    ----------
    plan
        Boxes and links.
    strongest_first
        Ids of all links.
    """
    named = {link.id: link for link in plan.between}
    ranked = [named[line] for line in strongest_first if line in named]
    ties = Counter(end for link in ranked for end in (link.upper, link.lower))
    held = {link.lower for link in ranked}

    def only_holds_one(party: str) -> bool:
        return party not in held and ties[party] == 1

    under: dict[str, str] = {}
    for link in sorted(ranked, key=lambda link: link.rises):
        if not only_holds_one(link.upper):
            under.setdefault(link.lower, link.upper)
    leading = set(under.values())
    beside = _beside(ranked, {p for p in plan.boxes if p not in held and p not in leading})
    families = Families([p for p in plan.boxes if p not in under and p not in beside])
    for party in plan.boxes:
        if party in beside:
            families.above[beside[party]].append(party)
        elif party in under:
            families.below[under[party]].append(party)
    return families


def _beside(ranked: Sequence[PlannedLink], free: set[str]) -> dict[str, str]:
    """Return for each of some that only hold what they hold most of."""
    found: dict[str, str] = {}
    for link in ranked:
        if link.upper in free:
            found.setdefault(link.upper, link.lower)
    return found
