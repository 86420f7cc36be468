"""What a derived graph can hold: findings, each with the claims that it rests on.

Percentages are rounded half-even to six decimal places, as in every answer; verdicts were found
before rounding.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from rdflib import PROV, RDF, URIRef

from keiretsu.model import Share
from keiretsu.store import literals
from keiretsu.store.codec.pairs import booleans, percents, texts
from keiretsu.vocabulary import KEI, PERCENT, code

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from keiretsu.store.codec.pairs import Pair, Triple

_PLACES: Final = 6


class DerivedFinding(ABC):
    """Something that was found."""

    __slots__ = ()
    claims: tuple[str, ...]

    @abstractmethod
    def pairs(self) -> Iterable[Pair]:
        """Return what is said of it.

        Raises
        ------
        InputError
            If a party has no absolute IRI.
        """

    @abstractmethod
    def told(self) -> tuple[str, ...]:
        """Return what makes it another one than those beside it."""

    def shortcuts(self) -> Iterable[Triple]:
        """Return statements beside it that say the same in one."""
        return ()

    def triples(self, name: str) -> Iterator[Triple]:
        """Yield all that is said of it, by its IRI, and beside it.

        Raises
        ------
        InputError
            If a party or a claim has no absolute IRI.
        """
        node = URIRef(name)
        yield from ((node, p, o) for p, o in self.pairs())
        yield from ((node, PROV.wasDerivedFrom, literals.iri(claim)) for claim in self.claims)
        yield from self.shortcuts()


@dataclass(frozen=True, slots=True)
class _OfHolder(DerivedFinding):
    """Something about a holder and an issuer."""

    holder: str
    issuer: str

    def _between(self, kind: URIRef) -> Iterator[Pair]:
        yield RDF.type, kind
        yield KEI.holder, literals.iri(self.holder)
        yield KEI.issuer, literals.iri(self.issuer)


@dataclass(frozen=True, slots=True)
class DerivedStake(_OfHolder):
    """What a holder has in an issuer; shares of the respective whole."""

    capital: Share
    gross_votes: Share
    votes: Share
    agreed_votes: Share
    claims: tuple[str, ...]

    def pairs(self) -> Iterator[Pair]:
        """Yield what is said of it."""
        yield from self._between(KEI.Stake)
        yield from percents(PERCENT.capital, rounded(self.capital))
        yield from percents(PERCENT.gross_votes, rounded(self.gross_votes))
        yield from percents(PERCENT.exercisable_votes, rounded(self.votes))
        yield from percents(PERCENT.agreed_votes, rounded(self.agreed_votes))

    def told(self) -> tuple[str, ...]:
        """Return what makes it another one than those beside it."""
        return ("stake", self.holder, self.issuer)

    def shortcuts(self) -> Iterator[Triple]:
        """Yield that there is a stake, but for own shares."""
        if self.holder != self.issuer:
            yield literals.iri(self.holder), KEI.hasStakeIn, literals.iri(self.issuer)


@dataclass(frozen=True, slots=True)
class DerivedRule(_OfHolder):
    """How a rule touched the votes of a holding."""

    article: str
    jurisdiction: str
    effect: str
    text: str
    claims: tuple[str, ...]

    def pairs(self) -> Iterator[Pair]:
        """Yield what is said of it."""
        yield from self._between(KEI.Suspension)
        yield from texts(
            (KEI.article, self.article),
            (KEI.articleJurisdiction, self.jurisdiction or None),
            (KEI.effect, self.effect),
            (KEI.text, self.text),
        )

    def told(self) -> tuple[str, ...]:
        """Return what makes it another one than those beside it."""
        return ("rule", self.holder, self.issuer, self.article, self.effect, *self.claims)


@dataclass(frozen=True, slots=True)
class DerivedControl(DerivedFinding):
    """That a party controls a company or may; `ultimate` if nobody else controls that party."""

    rule: str
    controller: str
    company: str
    certain: bool
    ultimate: bool
    votes: Share
    claims: tuple[str, ...]

    def pairs(self) -> Iterator[Pair]:
        """Yield what is said of it."""
        yield RDF.type, KEI.ControlFinding
        yield KEI.controller, literals.iri(self.controller)
        yield KEI.controlled, literals.iri(self.company)
        yield from texts((KEI.rule, self.rule))
        yield KEI.verdict, code("verdict", "certain" if self.certain else "possible")
        yield from booleans((KEI.ultimate, self.ultimate))
        yield from percents(PERCENT.exercisable_votes, rounded(self.votes))

    def told(self) -> tuple[str, ...]:
        """Return what makes it another one than those beside it."""
        return ("control", self.controller, self.company)

    def shortcuts(self) -> Iterator[Triple]:
        """Yield who controls or may control whom, and who does so ultimately."""
        controller, company = literals.iri(self.controller), literals.iri(self.company)
        yield controller, KEI.controls if self.certain else KEI.mayControl, company
        if self.certain and self.ultimate:
            yield company, KEI.ultimateController, controller


@dataclass(frozen=True, slots=True)
class DerivedShare(_OfHolder):
    """The share of an issuer that a party has through all chains of holdings."""

    share: Share
    claims: tuple[str, ...]

    def pairs(self) -> Iterator[Pair]:
        """Yield what is said of it."""
        yield from self._between(KEI.IntegratedShare)
        yield from percents(PERCENT.integrated, rounded(self.share))

    def told(self) -> tuple[str, ...]:
        """Return what makes it another one than those beside it."""
        return ("share", self.holder, self.issuer)


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
