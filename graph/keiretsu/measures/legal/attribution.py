"""Whose stakes count in full for whom, by the links of a legal test, and what that adds up to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keiretsu.kernels.fixpoint import closure
from keiretsu.measures.control.record import Verdict
from keiretsu.measures.legal.finding import NOTHING, AllBut, Finding, verdict_of, weaker
from keiretsu.measures.legal.powers import PowerKind, Powers
from keiretsu.measures.legal.regimes import Counting, passes
from keiretsu.measures.ownership.multiplication import Multiplication
from keiretsu.rights import rights_of
from keiretsu.snapshot import NOBODY

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from keiretsu.kernels.box import Bounds
    from keiretsu.measures.legal.finding import Start
    from keiretsu.measures.legal.regimes import Ground, Limit, Link
    from keiretsu.snapshot import Ledger, Snapshot


class Attribution:
    """Counts stakes as a legal test does, on one snapshot.

    Parameters
    ----------
    snapshot
        The world on a date.
    powers
        Powers that are no shares; none if not given.
    """

    within: frozenset[int] | None = None
    """Companies to look at when shares are multiplied, with all above them; all if None."""

    def __init__(self, snapshot: Snapshot, powers: Powers | None = None) -> None:
        self.snapshot = snapshot
        self.rights = rights_of(snapshot)
        self.powers = powers if powers is not None else Powers(snapshot)
        self._members: dict[tuple[object, ...], list[int]] = {}
        self._counted: dict[tuple[object, ...], frozenset[int]] = {}
        self._places: dict[tuple[object, ...], dict[int, int]] = {}
        self._interested: dict[tuple[Ground, str, Start], list[tuple[int, Verdict]]] = {}
        self._controlled: dict[tuple[object, ...], frozenset[int]] = {}
        self._multiplied: dict[tuple[str, Start], dict[int, Bounds]] = {}

    # -- whom a ground may catch ---------------------------------------------------------------

    def companies(self, ground: Ground, start: Start) -> set[int]:
        """Return the companies in which the ground could be met by `start`."""
        if ground.counting is Counting.PRODUCT:
            return {c for right in ground.rights for c in self.multiplied(right, start)}
        if ground.counting is Counting.IN_CONTROLLER:
            entities = {
                e for right in ground.rights for e, _ in self._interests(ground, right, start)
            }
            return {c for entity in entities for c in self._under(ground, entity, certain=False)}
        return self._reached(ground, start)

    def _reached(self, ground: Ground, start: Start) -> set[int]:
        members = {*start, *self.members(ground, start, certain=False)}
        found = {
            ledger.issuer_of(line)
            for ledger in map(self.rights.ledger, ("capital", "votes"))
            for member in members
            for line in ledger.held[member]
        }
        for member in members:
            found |= self.powers.companies(member, ground.powers)
        return found - start

    # -- what a ground finds -------------------------------------------------------------------

    def find(self, ground: Ground, start: Start, company: int) -> Finding:
        """Return whether `start`, as one, meets a ground in a company."""
        if ground.counting is Counting.PRODUCT:
            found = [self._in_product(ground, right, start, company) for right in ground.rights]
        elif ground.counting is Counting.IN_CONTROLLER:
            found = self._in_controllers(ground, start, company)
        else:
            found = self._in_chain(ground, start, company)
        nothing = Finding(ground, start, company, "", Verdict.IMPOSSIBLE, NOTHING)
        return max((*found, nothing), key=lambda finding: finding.rank)

    def _in_product(self, ground: Ground, right: str, start: Start, company: int) -> Finding:
        bounds = self.multiplied(right, start).get(company, NOTHING)
        verdict = verdict_of(*passes(bounds, ground.limit))
        members = frozenset({*start, *self.multiplied(right, start)} - {company})
        return Finding(ground, start, company, right, verdict, bounds, members)

    def _in_controllers(self, ground: Ground, start: Start, company: int) -> list[Finding]:
        found = []
        for right in ground.rights:
            for entity, interest in self._interests(ground, right, start):
                sure, perhaps = (self._under(ground, entity, certain=c) for c in (True, False))
                verdict = weaker(interest, verdict_of(company in sure, company in perhaps))
                if entity != company and verdict is not Verdict.IMPOSSIBLE:
                    bounds = self.multiplied(right, start)[entity]
                    members = frozenset({*start, *self.multiplied(right, start)})
                    found.append(
                        Finding(
                            ground, start, company, right, verdict, bounds, members,
                            controller=entity,
                        )
                    )  # fmt: skip
        return found

    def _interests(self, ground: Ground, right: str, start: Start) -> list[tuple[int, Verdict]]:
        """Return the entities in which a start has the ground's interest, at least perhaps."""
        key = (ground, right, start)
        if key not in self._interested:
            verdicts = (
                (entity, verdict_of(*passes(bounds, ground.limit)))
                for entity, bounds in self.multiplied(right, start).items()
            )
            self._interested[key] = [(e, v) for e, v in verdicts if v is not Verdict.IMPOSSIBLE]
        return self._interested[key]

    def _under(self, ground: Ground, entity: int, *, certain: bool) -> frozenset[int]:
        """Return whom an entity controls by the ground's links."""
        key = (ground.links, entity, certain)
        if key not in self._controlled:
            reached = self._closed(ground.links, frozenset({entity}), None, certain)
            self._controlled[key] = frozenset(reached)
        return self._controlled[key]

    def reached(self, links: Iterable[Link], start: Start) -> list[int]:
        """Return whom a start surely reaches by links at every level."""
        return self._closed(tuple(links), start, None, certain=True)

    def _in_chain(self, ground: Ground, start: Start, company: int) -> list[Finding]:
        surely, perhaps = (
            AllBut(self._counting(ground, start, company, certain=certain), company)
            for certain in (True, False)
        )
        found = []
        for right in ground.rights:
            ledger = self.rights.ledger(right)
            least, most = ledger.bounds(company, surely), ledger.bounds(company, perhaps)
            bounds = least._replace(high=most.high, high_open=most.high_open)
            verdict = verdict_of(*passes(bounds, ground.limit))
            members = perhaps if verdict is Verdict.POSSIBLE else surely
            found.append(Finding(ground, start, company, right, verdict, bounds, members))
        if ground.powers:
            found += self._by_power(ground, start, company, surely, perhaps)
        return found

    def _by_power(
        self, ground: Ground, start: Start, company: int, surely: AllBut, perhaps: AllBut
    ) -> Iterable[Finding]:
        sure, known = (
            self.powers.holders(company, ground.powers, certain=certain)
            for certain in (True, False)
        )
        verdict = verdict_of(bool(sure & surely), bool(known & perhaps))
        if verdict is not Verdict.IMPOSSIBLE:
            members = surely if verdict is Verdict.CERTAIN else perhaps
            yield Finding(ground, start, company, "", verdict, NOTHING, members)

    # -- who counts ----------------------------------------------------------------------------

    def _counting(
        self, ground: Ground, start: Start, company: int, *, certain: bool
    ) -> frozenset[int]:
        """Return whose stakes count in a company, the company perhaps among them.

        But for companies that lead back to themselves all have the same set, which is kept.
        """
        reached = self.members(ground, start, certain=certain)
        members = self.members(ground, start, company, certain=certain)
        key = (ground.links, start, certain, ground.powers, ground.own)
        if members is reached and key in self._counted:
            return self._counted[key]
        counting = start.union(members) if ground.own else frozenset(members) - start
        if members is reached:
            self._counted[key] = counting
        return counting

    def members(
        self, ground: Ground, start: Start, company: int | None = None, *, certain: bool
    ) -> list[int]:
        """Return whose stakes count in full beside those of `start`, in the order of reaching.

        Whom only the company itself leads to does not count in it: nothing counts for itself.
        """
        powers = ground.powers
        reached = self._closed(ground.links, start, None, certain, powers=powers)
        if company is None or not self._leads_back(ground, start, company, reached, certain):
            return reached
        return self._closed(ground.links, start, company, certain, powers=powers)

    def _leads_back(
        self, ground: Ground, start: Start, company: int, reached: list[int], certain: bool
    ) -> bool:
        """Return whether somebody reached after a company, and so perhaps by it, holds in it."""
        places = self._places_of(ground, start, reached, certain=certain)
        own = places.get(company)
        return own is not None and any(places.get(h, -1) > own for h in self.holders(company))

    def places(
        self, ground: Ground, start: Start, company: int, *, certain: bool
    ) -> dict[int, int]:
        """Return whose stakes count in a company beside those of `start`, with their order."""
        members = self.members(ground, start, company, certain=certain)
        if members is self.members(ground, start, certain=certain):
            return self._places_of(ground, start, members, certain=certain)
        return {party: place for place, party in enumerate(members)}

    def _places_of(
        self, ground: Ground, start: Start, reached: list[int], *, certain: bool
    ) -> dict[int, int]:
        key = (ground.links, start, certain, ground.powers)
        if key not in self._places:
            self._places[key] = {party: place for place, party in enumerate(reached)}
        return self._places[key]

    def _closed(
        self,
        links: tuple[Link, ...],
        start: Start,
        without: int | None,
        certain: bool,
        *,
        powers: frozenset[PowerKind] = frozenset(),
    ) -> list[int]:
        key = (links, start, without, certain, powers)
        if key not in self._members:
            ledgers = [(self.rights.ledger(link.right), link.limit) for link in links]

            def joins(company: int, inside: set[int]) -> bool:
                if company == without:
                    return False
                with_power = self.powers.holders(company, powers, certain=certain)
                return not with_power.isdisjoint(inside) or _linked(
                    ledgers, company, inside, certain
                )

            self._members[key] = closure(start, lambda party: self._held(party, powers), joins)
        return self._members[key]

    def _held(self, party: int, powers: frozenset[PowerKind]) -> set[int]:
        found = {
            ledger.issuer_of(line)
            for ledger in map(self.rights.ledger, ("capital", "votes"))
            for line in ledger.held[party]
        }
        return found | self.powers.companies(party, powers)

    def holders(self, company: int) -> set[int]:
        """Return who holds in a company or has a power over it."""
        found = {
            ledger.holder_of(line)
            for ledger in map(self.rights.ledger, ("capital", "votes"))
            for line in ledger.lines_of(company)
        }
        return (found | self.powers.holders(company, frozenset(PowerKind))) - {NOBODY}

    def multiplied(self, right: str, start: Start) -> dict[int, Bounds]:
        """Return what `start` has of every company below it, multiplied along chains."""
        key = (right, start)
        if key not in self._multiplied:
            chains = Multiplication(self.rights.ledger(right))
            self._multiplied[key] = chains.parts(start, self.within)
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
