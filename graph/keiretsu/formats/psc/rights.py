"""Natures of control as holdings: what one person has in one company, nothing counted twice.

Shares and votes of one record are one holding: the votes are those of the shares, or among them.
What a person has through a trust or a firm is the trust's or the firm's, and the person has its
influence there; both stand between them, unnamed.
"""

from __future__ import annotations

from functools import lru_cache, reduce
from typing import TYPE_CHECKING, Final, NamedTuple

from keiretsu.errors import UnknownTermError
from keiretsu.formats.fields import short
from keiretsu.formats.psc.natures import Capacity, Right, natures
from keiretsu.formats.psc.parties import interposed
from keiretsu.model import Directness, Holding, Interest, PartyKind, Share, claim_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from keiretsu.formats.psc.natures import Nature
    from keiretsu.formats.psc.record import Record
    from keiretsu.model import Claim, Party, Period

_UNMEASURED: Final = {
    Right.APPOINTMENT: Interest.APPOINTMENT_OF_BOARD,
    Right.INFLUENCE: Interest.OTHER_INFLUENCE_OR_CONTROL,
    Right.NOMINEE: Interest.NOMINATOR,
}
_WORDS: Final = {
    Right.APPOINTMENT: "right to appoint or remove a majority of the",
    Right.INFLUENCE: "significant influence or control",
    Right.NOMINEE: "the entity holds, as nominee,",
}
_BETWEEN: Final = {
    Capacity.TRUSTEE: (Interest.TRUSTEE, "trustee of the trust"),
    Capacity.MEMBER: (Interest.OTHER_INFLUENCE_OR_CONTROL, "member of the firm"),
    Capacity.OVER_TRUST: (
        Interest.OTHER_INFLUENCE_OR_CONTROL,
        "significant influence or control over the trust",
    ),
    Capacity.OVER_FIRM: (
        Interest.OTHER_INFLUENCE_OR_CONTROL,
        "significant influence or control over the firm",
    ),
}


class Statement(NamedTuple):
    """Who has something in whom by one record.

    Parameters
    ----------
    record
        The record.
    holder
        The person.
    period
        When it was so.
    """

    record: Record
    holder: Party
    period: Period

    def claims(self, codes: tuple[str, ...]) -> Iterator[Party | Claim]:
        """Yield the parties that stand between, and the holdings.

        Raises
        ------
        UnknownTermError
            If a code is no nature of control.
        """
        subject = self.record.subject
        for capacity, rights in _rights(codes):
            if capacity is Capacity.OWN:
                directness = self._directness()
                for right in rights:
                    yield self._holding(self.holder, subject, right, directness)
                continue
            middle = interposed(
                self.holder, self.record.address, subject, trust=capacity.is_through_trust
            )
            yield middle
            interest, words = _BETWEEN[capacity]
            yield self._holding(self.holder, middle, _Right(interest, note=words))
            for right in rights:
                yield self._holding(middle, subject, right, Directness.UNKNOWN)

    def silent(self, interest: Interest, *, note: str) -> Holding:
        """Return the holding of somebody of whose rights nothing is told."""
        return self._holding(self.holder, self.record.subject, _Right(interest, note=note))

    def _directness(self) -> Directness:
        """Return how a company's rights are held: a company that is named is the next holder."""
        of_person = self.holder.kind in {PartyKind.PERSON, PartyKind.UNKNOWN_PARTY}
        return Directness.UNKNOWN if of_person else Directness.DIRECT

    def _holding(
        self,
        holder: Party,
        issuer: Party,
        right: _Right,
        directness: Directness = Directness.DIRECT,
    ) -> Holding:
        record, start = self.record, self.period.start
        key = (holder.id, issuer.id, right.interest, start, right.note, record.address)
        return Holding(
            id=claim_id(record.document, "holding", *key),
            document=record.document,
            period=self.period,
            place=record.place,
            holder=holder.id,
            issuer=issuer.id,
            interest=right.interest,
            capital=right.capital,
            votes=right.votes,
            directness=directness,
            note=right.note,
        )


class _Right(NamedTuple):
    """What one holding is of, whoever has it."""

    interest: Interest
    capital: Share | None = None
    votes: Share | None = None
    note: str | None = None


@lru_cache(maxsize=4096)  # people have the same few rights
def _rights(codes: tuple[str, ...]) -> tuple[tuple[Capacity, tuple[_Right, ...]], ...]:
    """Return what codes say together, by the capacity in which somebody has it.

    Raises
    ------
    UnknownTermError
        If a code is no nature of control.
    """
    by_capacity: dict[Capacity, list[Nature]] = {}
    for code in dict.fromkeys(codes):
        nature = _nature(code)
        by_capacity.setdefault(nature.capacity, []).append(nature)
    return tuple((capacity, tuple(_of(told))) for capacity, told in sorted(by_capacity.items()))


def _of(told: list[Nature]) -> Iterator[_Right]:
    shares, votes, surplus = (
        _band(told, right) for right in (Right.SHARES, Right.VOTES, Right.SURPLUS)
    )
    if shares or votes:
        interest = Interest.SHAREHOLDING if shares else Interest.VOTING_RIGHTS
        yield _Right(interest, shares, votes)
    if surplus:
        yield _Right(Interest.RIGHTS_TO_SURPLUS_ASSETS_ON_DISSOLUTION, surplus)
    for nature in sorted(told, key=lambda nature: nature.code):
        if nature.right in _UNMEASURED:
            words = f"{_WORDS[nature.right]} {nature.detail}".strip()
            yield _Right(_UNMEASURED[nature.right], note=words)


def _nature(code: str) -> Nature:
    found = natures().get(code)
    if found is None:
        raise UnknownTermError(
            f"the field data.natures_of_control ({short(code)}) is no nature of control",
            mend="correct it, or skip such records with --lenient",
        )
    return found


def _band(told: Iterable[Nature], right: Right) -> Share | None:
    """Return how much of a right is told; several bands leave open which of them it is."""
    bands = [nature.share for nature in told if nature.right is right and nature.share is not None]
    return reduce(Share.hull, bands) if bands else None
