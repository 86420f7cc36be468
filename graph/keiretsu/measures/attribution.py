"""Whose stakes count in full for whom, by the links of a legal test, and what that adds up to."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from keiretsu.kernels.box import Bounds
from keiretsu.kernels.fixpoint import closure
from keiretsu.measures.control_record import Verdict
from keiretsu.measures.multiplication import Multiplication
from keiretsu.measures.regimes import Engine, passes
from keiretsu.rights import rights_of
from keiretsu.snapshot import NOBODY

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from keiretsu.measures.regimes import Ground, Limit, Link
    from keiretsu.snapshot import Ledger, Snapshot

Powers = tuple[tuple[int, int], ...]
"""Pairs of a party and a company whose board it appoints, or that it controls by other law."""

Start = frozenset[int]
"""Positions of parties that count as one."""

_NOTHING = Bounds(Fraction(0), Fraction(0))
_RANK = {Verdict.IMPOSSIBLE: 0, Verdict.POSSIBLE: 1, Verdict.CERTAIN: 2}


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether a ground is met by parties that count as one, in one company.

    Parameters
    ----------
    ground
        The ground.
    start
        Whose stakes it is about.
    company
        In whom.
    right
        Which right decides; empty if a power that is no share does.
    verdict
        Whether the ground is met.
    bounds
        What was counted, a fraction of the right.
    members
        Whose holdings were counted.
    third
        A third party that has enough of both, for a close link.
    controller
        The entity that controls the company, for a ground of that kind.
    """

    ground: Ground
    start: Start
    company: int
    right: str
    verdict: Verdict
    bounds: Bounds
    members: frozenset[int] = frozenset()
    third: int | None = None
    controller: int | None = None

    @property
    def rank(self) -> tuple[int, Fraction, Fraction]:
        """Order of findings: by verdict, then by what was counted."""
        return _RANK[self.verdict], self.bounds.low, self.bounds.high


def verdict_of(certain: bool, possible: bool) -> Verdict:
    """Return the verdict that two truths make.

    Examples
    --------
    >>> verdict_of(False, True).value
    'possible'
    """
    if certain:
        return Verdict.CERTAIN
    return Verdict.POSSIBLE if possible else Verdict.IMPOSSIBLE


def weaker(one: Verdict, other: Verdict) -> Verdict:
    """Return what can be said of two things at once."""
    return min(one, other, key=_RANK.__getitem__)


class Attribution:
    """Counts stakes as a legal test does, on one snapshot.

    Parameters
    ----------
    snapshot
        The world on a date.
    powers
        Powers that are no shares, see `Powers`.
    """

    def __init__(self, snapshot: Snapshot, powers: Powers = ()) -> None:
        self.snapshot = snapshot
        self.rights = rights_of(snapshot)
        self.powers: Mapping[int, list[int]] = _grouped(powers)
        self._members: dict[tuple[object, ...], list[int]] = {}
        self._multiplied: dict[tuple[str, Start], dict[int, Bounds]] = {}

    # -- whom a ground may catch ---------------------------------------------------------------

    def companies(self, ground: Ground, start: Start) -> set[int]:
        """Return the companies in which the ground could be met by `start`."""
        if ground.engine is Engine.PRODUCT:
            return {c for right in ground.rights for c in self.multiplied(right, start)}
        if ground.engine is Engine.IN_CONTROLLER:
            entities = {c for right in ground.rights for c in self.multiplied(right, start)}
            return {c for entity in entities for c in self._reached(ground, frozenset({entity}))}
        return self._reached(ground, start)

    def _reached(self, ground: Ground, start: Start) -> set[int]:
        members = {*start, *self.members(ground, start, certain=False)}
        found = {
            ledger.issuer_of(line)
            for ledger in map(self.rights.ledger, ("capital", "votes"))
            for member in members
            for line in ledger.held[member]
        }
        if ground.appointing:
            found |= {company for member in members for company in self.powers.get(member, ())}
        return found - start

    # -- what a ground finds -------------------------------------------------------------------

    def find(self, ground: Ground, start: Start, company: int) -> Finding:
        """Return whether `start`, as one, meets a ground in a company."""
        if ground.engine is Engine.PRODUCT:
            found = [self._in_product(ground, right, start, company) for right in ground.rights]
        elif ground.engine is Engine.IN_CONTROLLER:
            found = self._in_controllers(ground, start, company)
        else:
            found = self._in_chain(ground, start, company)
        nothing = Finding(ground, start, company, "", Verdict.IMPOSSIBLE, _NOTHING)
        return max((*found, nothing), key=lambda finding: finding.rank)

    def _in_product(self, ground: Ground, right: str, start: Start, company: int) -> Finding:
        bounds = self.multiplied(right, start).get(company, _NOTHING)
        verdict = verdict_of(*passes(bounds, ground.limit))
        members = frozenset({*start, *self.multiplied(right, start)} - {company})
        return Finding(ground, start, company, right, verdict, bounds, members)

    def _in_controllers(self, ground: Ground, start: Start, company: int) -> list[Finding]:
        found = []
        for right in ground.rights:
            for entity, bounds in self.multiplied(right, start).items():
                interest = verdict_of(*passes(bounds, ground.limit))
                if entity == company or interest is Verdict.IMPOSSIBLE:
                    continue
                control = self._controls(ground.links, frozenset({entity}), company)
                verdict = weaker(interest, control)
                if verdict is not Verdict.IMPOSSIBLE:
                    members = frozenset({*start, *self.multiplied(right, start)})
                    found.append(
                        Finding(
                            ground,
                            start,
                            company,
                            right,
                            verdict,
                            bounds,
                            members,
                            controller=entity,
                        )
                    )
        return found

    def reached(self, links: Iterable[Link], start: Start) -> list[int]:
        """Return whom a start surely reaches by links at every level."""
        return self._closed(tuple(links), start, None, certain=True)

    def _controls(self, links: Iterable[Link], start: Start, company: int) -> Verdict:
        """Return whether a start reaches a company by links at every level."""
        return verdict_of(
            *(
                company in self._closed(tuple(links), start, None, certain)
                for certain in (True, False)
            )
        )

    def _in_chain(self, ground: Ground, start: Start, company: int) -> list[Finding]:
        surely = {*start, *self.members(ground, start, company, certain=True)} - {company}
        perhaps = {*start, *self.members(ground, start, company, certain=False)} - {company}
        if not ground.own:
            surely, perhaps = surely - start, perhaps - start
        found = []
        for right in ground.rights:
            ledger = self.rights.ledger(right)
            least, most = ledger.bounds(company, surely), ledger.bounds(company, perhaps)
            bounds = least._replace(high=most.high, high_open=most.high_open)
            verdict = verdict_of(*passes(bounds, ground.limit))
            members = perhaps if verdict is Verdict.POSSIBLE else surely
            found.append(
                Finding(ground, start, company, right, verdict, bounds, frozenset(members))
            )
        if ground.appointing:
            found += self._by_power(ground, start, company, surely, perhaps)
        return found

    def _by_power(
        self, ground: Ground, start: Start, company: int, surely: set[int], perhaps: set[int]
    ) -> Iterable[Finding]:
        holders = {party for party, companies in self.powers.items() if company in companies}
        verdict = verdict_of(bool(holders & surely), bool(holders & perhaps))
        if verdict is not Verdict.IMPOSSIBLE:
            members = frozenset(surely if verdict is Verdict.CERTAIN else perhaps)
            yield Finding(ground, start, company, "", verdict, _NOTHING, members)

    # -- who counts ----------------------------------------------------------------------------

    def members(
        self, ground: Ground, start: Start, company: int | None = None, *, certain: bool
    ) -> list[int]:
        """Return whose stakes count in full beside those of `start`, in the order of reaching.

        Whom only the company itself leads to does not count in it: nothing counts for itself.
        """
        powers = ground.appointing
        open_to_all = self._closed(ground.links, start, None, certain, powers=powers)
        if company is None or company not in open_to_all:
            return open_to_all
        return self._closed(ground.links, start, company, certain, powers=powers)

    def _closed(
        self,
        links: tuple[Link, ...],
        start: Start,
        without: int | None,
        certain: bool,
        *,
        powers: bool = False,
    ) -> list[int]:
        key = (links, start, without, certain, powers)
        if key not in self._members:
            ledgers = [(self.rights.ledger(link.right), link.limit) for link in links]

            def joins(company: int, inside: set[int]) -> bool:
                if company == without:
                    return False
                by_power = powers and any(company in self.powers.get(m, ()) for m in inside)
                return by_power or _linked(ledgers, company, inside, certain)

            self._members[key] = closure(start, lambda party: self._held(party, powers), joins)
        return self._members[key]

    def _held(self, party: int, powers: bool) -> set[int]:
        found = {
            ledger.issuer_of(line)
            for ledger in map(self.rights.ledger, ("capital", "votes"))
            for line in ledger.held[party]
        }
        return found | set(self.powers.get(party, ())) if powers else found

    def holders(self, company: int) -> set[int]:
        """Return who holds in a company or has a power over it."""
        found = {
            ledger.holder_of(line)
            for ledger in map(self.rights.ledger, ("capital", "votes"))
            for line in ledger.lines_of(company)
        }
        found |= {party for party, companies in self.powers.items() if company in companies}
        return found - {NOBODY}

    def multiplied(self, right: str, start: Start) -> dict[int, Bounds]:
        """Return what `start` has of every company below it, multiplied along chains."""
        key = (right, start)
        if key not in self._multiplied:
            self._multiplied[key] = Multiplication(self.rights.ledger(right)).parts(start)
        return self._multiplied[key]


def _linked(
    ledgers: Iterable[tuple[Ledger, Limit]],
    company: int,
    inside: Collection[int],
    certain: bool,
) -> bool:
    for ledger, limit in ledgers:
        surely, perhaps = passes(ledger.bounds(company, inside), limit)
        if surely if certain else perhaps:
            return True
    return False


def _grouped(powers: Powers) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for party, company in powers:
        found[party].append(company)
    return dict(found)
