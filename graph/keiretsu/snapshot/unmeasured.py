"""Interests that are no part of capital or votes: on record, said, and not measured."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from keiretsu.model import Caution

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from keiretsu.model import Holding, Party
    from keiretsu.snapshot.timing import Chooser


def unmeasured(holdings: Iterable[Holding], chooser: Chooser) -> list[Holding]:
    """Return the claims of such interests that are so on the day, or may be, by their IRIs."""
    found = [
        claim
        for claim in holdings
        if not claim.interest.is_measured and chooser.choose([claim]).winners
    ]
    return sorted(found, key=lambda claim: claim.id)


def passed_over(claims: Iterable[Holding], parties: Mapping[str, Party]) -> list[Caution]:
    """Return a caution for each such interest, and one for all of them.

    The last concerns no party in particular: what is passed over may be all that a company has, and
    then no answer names it.
    """
    counts: Counter[str] = Counter()
    found = []
    for claim in claims:
        words = claim.interest.value.replace("-", " ")
        counts[words] += 1
        text = f"{words}: on record, and no part of capital or votes, so not measured"
        labels = tuple(parties[party].label for party in (claim.holder, claim.issuer))
        found.append(Caution("unmeasured-interest", text, labels))
    if counts:
        said = ", ".join(f"{number} {words}" for words, number in sorted(counts.items()))
        found.append(Caution("unmeasured-interests", f"on record, and not measured: {said}"))
    return found
