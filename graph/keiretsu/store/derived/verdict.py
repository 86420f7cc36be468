"""The verdict of a legal test, as it stands in a derived graph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rdflib import RDF

from keiretsu.store import literals
from keiretsu.store.codec.pairs import percents, texts
from keiretsu.store.derived.findings import DerivedFinding, rounded
from keiretsu.vocabulary import KEI, PERCENT, code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keiretsu.model import Share
    from keiretsu.store.codec.pairs import Pair


@dataclass(frozen=True, slots=True)
class DerivedVerdict(DerivedFinding):
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
