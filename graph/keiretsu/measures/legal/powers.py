"""Powers over companies that are no shares: told by whoever asks, or claimed on record.

What is claimed counts where a ground says so. Its verdict is *certain* if the claim itself says
what the ground asks: that a majority of the board can be appointed, that there is control by the
articles or by law, that influence is significant. It is *possible* if the claim says less, is
disputed, or its dates leave the day open.

Source: the code list interestType of the Beneficial Ownership Data Standard 0.4, after which
the interests are named.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from keiretsu.model import Interest, Status
from keiretsu.snapshot import Evidence

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from keiretsu.model import Holding
    from keiretsu.snapshot import Snapshot


class PowerKind(StrEnum):
    """What kind of power a ground of a legal test can count."""

    APPOINTING = "appointing"
    """To appoint the board's majority, or to control by the articles or by law."""
    INFLUENCE = "influence"
    """Significant influence or control of another kind."""


_KINDS: Final = {
    Interest.APPOINTMENT_OF_BOARD: PowerKind.APPOINTING,
    Interest.CONTROL_VIA_COMPANY_RULES_OR_ARTICLES: PowerKind.APPOINTING,
    Interest.CONTROL_BY_LEGAL_FRAMEWORK: PowerKind.APPOINTING,
    Interest.OTHER_INFLUENCE_OR_CONTROL: PowerKind.INFLUENCE,
}
_TELLING: Final = {
    Interest.APPOINTMENT_OF_BOARD: "majority",
    Interest.OTHER_INFLUENCE_OR_CONTROL: "significant influence or control",
}
"""Words of a claim without which it says less than a law asks."""
_DOUBTS: Final = {
    Interest.APPOINTMENT_OF_BOARD: "whether it is the majority of the board is not told",
    Interest.OTHER_INFLUENCE_OR_CONTROL: "whether the influence is significant is not told",
}


@dataclass(frozen=True, slots=True)
class Power:
    """A power of a party over a company; both by their positions.

    Parameters
    ----------
    holder, company
        Whose power, over whom.
    kind
        What it is.
    claim
        Who says so; None if whoever asks does.
    doubt
        Why it is only possible; empty if it is certain.
    """

    holder: int
    company: int
    kind: PowerKind
    claim: Holding | None = None
    doubt: str = ""


class Powers:
    """Powers on record on a day, and those told beside it.

    Parameters
    ----------
    snapshot
        The world on a date.
    told
        Pairs of a party and a company that whoever asks names.
    kinds
        Which kinds any ground of the test counts; others are left out.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        told: Iterable[tuple[int, int]] = (),
        kinds: frozenset[PowerKind] = frozenset(),
    ) -> None:
        self._snapshot = snapshot
        self._of: dict[int, list[Power]] = defaultdict(list)
        self._over: dict[int, list[Power]] = defaultdict(list)
        positions = {party.id: place for place, party in enumerate(snapshot.parties)}
        named = [Power(party, company, PowerKind.APPOINTING) for party, company in told]
        for one in (*named, *self._recorded(positions, kinds)):
            self._of[one.holder].append(one)
            self._over[one.company].append(one)

    def companies(
        self, party: int, kinds: frozenset[PowerKind], *, certain: bool = False
    ) -> set[int]:
        """Return over whom a party has a power of some kind, surely or at least perhaps."""
        return {p.company for p in self._of.get(party, ()) if _counts(p, kinds, certain)}

    def holders(
        self, company: int, kinds: frozenset[PowerKind], *, certain: bool = False
    ) -> set[int]:
        """Return who has a power of some kind over a company, surely or at least perhaps."""
        return {p.holder for p in self._over.get(company, ()) if _counts(p, kinds, certain)}

    def claimed(
        self, company: int, holders: Container[int], kinds: frozenset[PowerKind]
    ) -> list[Power]:
        """Return the powers of parties over a company that are on record, certain ones first."""
        found = [
            one
            for one in self._over.get(company, ())
            if one.claim is not None and one.holder in holders and one.kind in kinds
        ]
        return sorted(found, key=lambda one: (bool(one.doubt), one.holder, _name(one)))

    def words(self, power: Power) -> str:
        """Return what is claimed, by whom, and what it leaves open, in a sentence."""
        claim, parties = power.claim, self._snapshot.parties
        if claim is None:
            return ""
        said = claim.interest.value.replace("-", " ")
        note = f" ({claim.note})" if claim.note else ""
        source = Evidence.of(claim, self._snapshot.documents).title
        doubt = f"; {power.doubt}" if power.doubt else ""
        holder, company = parties[power.holder].label, parties[power.company].label
        return f"{holder} has over {company}, by {source}: {said}{note}{doubt}."

    def _recorded(
        self, positions: Mapping[str, int], kinds: frozenset[PowerKind]
    ) -> Iterable[Power]:
        for claim in self._snapshot.powers:
            kind = _KINDS.get(claim.interest)
            ends = positions.get(claim.holder), positions.get(claim.issuer)
            if kind in kinds and ends[0] is not None and ends[1] is not None:
                yield Power(ends[0], ends[1], kind, claim, self._doubt(claim))

    def _doubt(self, claim: Holding) -> str:
        needed = _TELLING.get(claim.interest)
        if needed is not None and needed not in (claim.note or "").casefold():
            return _DOUBTS[claim.interest]
        if claim.status is not Status.ACCEPTED:
            return f"the claim is {claim.status.value}"
        if not claim.is_level and not claim.period.surely_holds(self._snapshot.as_of):
            return "its dates leave the day open"
        return ""


def _counts(power: Power, kinds: frozenset[PowerKind], certain: bool) -> bool:
    return power.kind in kinds and not (certain and power.doubt)


def _name(power: Power) -> str:
    return power.claim.id if power.claim is not None else ""
