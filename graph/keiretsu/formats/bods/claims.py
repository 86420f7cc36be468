"""Interests of a relationship of BODS as holdings and tenures.

Shares and votes that one relationship states for one time are one holding: nothing is counted
twice. A relationship that is made of component records is a declared total of its components: it
is read as indirect, and never added to them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

from keiretsu.errors import InputError
from keiretsu.formats.bods.shares import share_of, usual_share
from keiretsu.formats.bods.terms import DIRECTNESS, INTERESTS, OFFICES
from keiretsu.formats.fields import period_between, plain_text, short
from keiretsu.model import (
    Claim,
    Directness,
    Holding,
    Interest,
    PartyKind,
    Period,
    Status,
    Tenure,
    claim_id,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keiretsu.formats.bods.statement import Raw
    from keiretsu.formats.bods.usual import InterestTold
    from keiretsu.formats.fields import Fields
    from keiretsu.model import Party, Share

_DIRECTNESS: Final = {"": Directness.UNKNOWN, **DIRECTNESS}
_MEASURED_TOGETHER: Final = (Interest.SHAREHOLDING, Interest.VOTING_RIGHTS)


class Relation(NamedTuple):
    """Who has interests in whom by one statement, and what its claims share.

    Parameters
    ----------
    raw
        The statement.
    party, subject
        Who has the interests, and in whom.
    via
        IRIs of the parties between them, as the component records name them.
    document
        IRI of the document.
    superseded
        Whether a later statement of the record takes its place.
    supersedes
        IRIs of the claims of the statement whose place it takes.
    """

    raw: Raw
    party: Party
    subject: Party
    via: tuple[str, ...]
    document: str
    superseded: bool = False
    supersedes: tuple[str, ...] = ()

    def claims(self) -> list[Claim]:
        """Return the claims that the statement makes.

        Raises
        ------
        InputError
            If an interest cannot be read.
        """
        told = self._interests()
        if not told:
            told = [_Interest(Interest.UNKNOWN_INTEREST, "unknownInterest")]
        return [
            self._claim(number, main, votes)
            for number, (main, votes) in enumerate(_paired(told), 1)
        ]

    def _interests(self) -> list[_Interest]:
        if self.raw.usual is not None:
            told = [_Interest.usual(one) for one in self.raw.usual.recordDetails.interests or ()]
            if None not in told:
                return cast("list[_Interest]", told)
        return [_Interest.of(one) for one in self.raw.details.objects("interests")]

    def _claim(self, number: int, main: _Interest, votes: _Interest | None) -> Claim:
        common = self._common(number, main)
        if main.word in OFFICES and self.party.kind is PartyKind.PERSON:
            return Tenure(
                **common,
                person=self.party.id,
                organisation=self.subject.id,
                office=OFFICES[main.word],
                title=main.words or "",
            )
        of_votes = main.kind is Interest.VOTING_RIGHTS
        return Holding(
            **common,
            holder=self.party.id,
            issuer=self.subject.id,
            interest=main.kind,
            capital=None if of_votes else main.share,
            votes=main.share if of_votes else (votes.share if votes is not None else None),
            directness=self._directness(main),
            via=self.via,
            note=main.words if votes is None else _joint(main.words, votes.words),
        )

    def _common(self, number: int, main: _Interest) -> dict[str, Any]:
        return {
            "id": claim_id(self.document, "bods", self.raw.statement_id, number),
            "document": self.document,
            "period": self._period(main),
            "known_from": self.raw.day,
            "status": Status.SUPERSEDED if self.superseded else Status.ACCEPTED,
            "supersedes": self.supersedes,
            "place": self.raw.place,
        }

    def _period(self, main: _Interest) -> Period:
        """Return when it was so; a record that is closed without an end ended by then."""
        closed = self.raw.status == "closed" and main.period.end is None
        end = self.raw.day if closed else None
        start = main.period.start
        if end is None or (start is not None and start.first > end.last):
            return main.period
        return Period(start, end)

    def _directness(self, main: _Interest) -> Directness:
        usual = self.raw.usual
        if usual is not None and not usual.recordDetails.componentRecords:
            return main.directness
        if self.raw.details.texts("componentRecords"):
            return Directness.INDIRECT
        return main.directness


class _Interest(NamedTuple):
    kind: Interest
    word: str
    share: Share | None = None
    directness: Directness = Directness.UNKNOWN
    period: Period = Period()
    words: str | None = None

    @classmethod
    def of(cls, told: Fields) -> _Interest:
        word = told.text("type") or "unknownInterest"
        kind = INTERESTS.get(word)
        if kind is None:
            problem = f"the field {told.called('type')} ({short(word)}) is none of the standard's"
            raise InputError(problem, mend="use a code of its list interestType")
        how = told.text("directOrIndirect")
        if how and how not in DIRECTNESS:
            problem = f"the field {told.called('directOrIndirect')} ({short(how)}) is not known"
            raise InputError(problem, mend=f"use {', '.join(DIRECTNESS)}")
        return cls(
            kind,
            word,
            share_of(told),
            DIRECTNESS.get(how, Directness.UNKNOWN),
            told.period("startDate", "endDate"),
            told.text("details") or None,
        )

    @classmethod
    def usual(cls, told: InterestTold) -> _Interest | None:
        """Return the same of one that is typed; None if that needs a look at its fields."""
        word = told.type or "unknownInterest"
        kind, how = INTERESTS.get(word), _DIRECTNESS.get(told.directOrIndirect or "")
        if kind is None or how is None:
            return None
        try:
            share = usual_share(told.share) if told.share else None
            period = period_between(told.startDate or "", told.endDate or "", "", "")
        except InputError:
            return None  # the fields say where
        words = plain_text(told.details) if told.details else None
        return cls(kind, word, share, how, period, words or None)

    @property
    def moment(self) -> tuple[object, ...]:
        """What two interests have in common that are one holding."""
        return (self.directness, self.period)


def _paired(told: list[_Interest]) -> Iterator[tuple[_Interest, _Interest | None]]:
    """Yield each interest, a shareholding with the votes of the same time."""
    if len(told) == 1:
        yield told[0], None
        return
    votes = [one for one in told if one.kind is Interest.VOTING_RIGHTS]
    pairs: dict[int, _Interest] = {}
    for place, one in enumerate(told):
        if one.kind is Interest.SHAREHOLDING:
            same = next((v for v in votes if v.moment == one.moment), None)
            if same is not None:
                votes.remove(same)
                pairs[place] = same
    taken = {id(one) for one in pairs.values()}
    for place, one in enumerate(told):
        if id(one) not in taken:
            yield one, pairs.get(place)


def _joint(one: str | None, other: str | None) -> str | None:
    words = dict.fromkeys(word for word in (one, other) if word)
    return "; ".join(words) or None
