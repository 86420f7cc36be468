"""Natures of control as holdings: what one person has in one company, nothing counted twice.

Shares and votes of one record are one holding: the votes are those of the shares, or among them.
What a person has through a trust or a firm is the trust's or the firm's, and the person has its
influence there; both stand between them, unnamed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Any, Final

from keiretsu.errors import UnknownTermError
from keiretsu.formats.fields import short
from keiretsu.formats.psc.natures import Capacity, Right, natures
from keiretsu.formats.psc.parties import interposed
from keiretsu.model import Directness, Holding, Interest, PartyKind, Share, claim_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from keiretsu.formats.psc.natures import Nature
    from keiretsu.model import Claim, Party

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


@dataclass(frozen=True, slots=True)
class Statement:
    """Who has something in whom by one record, and what every claim of it carries.

    Parameters
    ----------
    holder, subject
        The person and the company.
    address
        What the register calls the record.
    common
        The fields that all claims share: document, period, place.
    """

    holder: Party
    subject: Party
    address: str
    common: Mapping[str, Any]

    def claims(self, codes: Iterable[str]) -> Iterator[Party | Claim]:
        """Yield the parties that stand between, and the holdings.

        Raises
        ------
        UnknownTermError
            If a code is no nature of control.
        """
        by_capacity: dict[Capacity, list[Nature]] = {}
        for code in dict.fromkeys(codes):
            nature = _nature(code)
            by_capacity.setdefault(nature.capacity, []).append(nature)
        for capacity, told in sorted(by_capacity.items()):
            if capacity is Capacity.OWN:
                yield from self._holdings(self.holder, told, self._directness())
                continue
            middle = interposed(
                self.holder, self.address, self.subject, trust=capacity.is_through_trust
            )
            yield middle
            interest, words = _BETWEEN[capacity]
            yield self._holding(self.holder, middle, interest, note=words)
            yield from self._holdings(middle, told, Directness.UNKNOWN)

    def silent(self, interest: Interest, *, note: str) -> Holding:
        """Return the holding of somebody of whose rights nothing is told."""
        return self._holding(self.holder, self.subject, interest, note=note)

    def _directness(self) -> Directness:
        """Return how a company's rights are held: a company that is named is the next holder."""
        of_person = self.holder.kind in {PartyKind.PERSON, PartyKind.UNKNOWN_PARTY}
        return Directness.UNKNOWN if of_person else Directness.DIRECT

    def _holdings(
        self, holder: Party, told: list[Nature], directness: Directness
    ) -> Iterator[Holding]:
        shares, votes, surplus = (
            _band(told, right) for right in (Right.SHARES, Right.VOTES, Right.SURPLUS)
        )
        if shares or votes:
            interest = Interest.SHAREHOLDING if shares else Interest.VOTING_RIGHTS
            yield self._holding(
                holder,
                self.subject,
                interest,
                directness=directness,
                capital=shares,
                votes=votes,
            )
        if surplus:
            interest = Interest.RIGHTS_TO_SURPLUS_ASSETS_ON_DISSOLUTION
            yield self._holding(
                holder, self.subject, interest, directness=directness, capital=surplus
            )
        for nature in sorted(told, key=lambda nature: nature.code):
            if nature.right in _UNMEASURED:
                yield self._holding(
                    holder,
                    self.subject,
                    _UNMEASURED[nature.right],
                    directness=directness,
                    note=f"{_WORDS[nature.right]} {nature.detail}".strip(),
                )

    def _holding(
        self,
        holder: Party,
        issuer: Party,
        interest: Interest,
        **said: Any,  # noqa: ANN401
    ) -> Holding:
        key = (holder.id, issuer.id, interest, self.common["period"].start, said.get("note"))
        document = self.common["document"]
        return Holding(
            **self.common,
            id=claim_id(document, "holding", *key, self.address),
            holder=holder.id,
            issuer=issuer.id,
            interest=interest,
            **said,
        )


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
