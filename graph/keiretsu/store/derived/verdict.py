"""The verdict of a legal test, as it stands in a derived graph."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from rdflib import RDF

from keiretsu.model import Share
from keiretsu.store import literals
from keiretsu.store.codec.pairs import percents, texts
from keiretsu.vocabulary import KEI, PERCENT, code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keiretsu.store.codec.pairs import Pair

_PLACES: Final = 6


@dataclass(frozen=True, slots=True)
class DerivedVerdict:
    """That a party stands behind a company by a legal test, or may.

    Parameters
    ----------
    regime
        Name of the test.
    party, company
        Who is found behind whom.
    certain
        Whether it is so in all worlds that the claims allow.
    article, text
        Where the deciding ground stands, and why it is met.
    counted
        The share that it counts; None for a ground that counts none.
    claims
        What it rests on.
    """

    regime: str
    party: str
    company: str
    certain: bool
    article: str
    text: str
    counted: Share | None
    claims: tuple[str, ...]

    def pairs(self) -> Iterator[Pair]:
        """Yield what is said of it."""
        yield RDF.type, KEI.LegalVerdict
        yield KEI.partyBehind, literals.iri(self.party)
        yield KEI.testedCompany, literals.iri(self.company)
        yield KEI.verdict, code("verdict", "certain" if self.certain else "possible")
        yield from texts(
            (KEI.regime, self.regime), (KEI.article, self.article), (KEI.text, self.text)
        )
        if self.counted is not None:
            yield from percents(PERCENT.counted, rounded(self.counted))

    def told(self) -> tuple[str, ...]:
        """Return what makes it another one than those beside it."""
        return ("verdict", self.party, self.company)


def rounded(share: Share) -> Share:
    """Return a share whose ends are percentages of six decimal places.

    Examples
    --------
    >>> str(rounded(Share(Fraction(1, 3), Fraction(1, 2), low_open=True)))
    '(33.333333, 50] %'
    """
    low, high = (Fraction(round(end * 100, _PLACES)) / 100 for end in (share.low, share.high))
    is_range = low < high
    return Share(low, high, share.low_open and is_range, share.high_open and is_range)
