"""Why a legal test comes out as it does: the holdings counted, the chain, and what is unknown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from keiretsu.measures.control.record import Part, Verdict
from keiretsu.measures.legal.multiplied import products, spoken
from keiretsu.measures.legal.regimes import Counting
from keiretsu.model import PartyKind, Remainder
from keiretsu.snapshot import Evidence

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from keiretsu.measures.legal.attribution import Attribution
    from keiretsu.measures.legal.finding import Finding
    from keiretsu.measures.legal.powers import Power
    from keiretsu.snapshot import Ledger


@dataclass(frozen=True, slots=True)
class _Earlier:
    """Those of a start, and whom they reach before a place."""

    start: frozenset[int]
    places: Mapping[int, int]
    before: int

    def __contains__(self, party: object) -> bool:
        return party in self.start or self.places.get(party, self.before) < self.before  # type: ignore[call-overload]


class Reasons:
    """Words and evidence for the findings of one test.

    Parameters
    ----------
    attribution
        What counted the stakes.
    """

    def __init__(self, attribution: Attribution) -> None:
        self.attribution, self.snapshot = attribution, attribution.snapshot

    def through(self, finding: Finding) -> tuple[Part, ...]:
        """Return the holdings in the company that were counted, largest first."""
        ledger = self._ledger(finding)
        counted = self._counted(finding)
        parts = []
        for line in ledger.lines_of(finding.company):
            holder = ledger.holder_of(line)
            share = ledger.single(line)
            if holder in counted and holder != finding.company and share.high:
                party, holding = self.snapshot.parties[holder], int(ledger.holding[line])
                claims = self.snapshot.holdings[holding].claim_ids
                sources = self.snapshot.evidence(holding)
                parts.append(Part(party.label, party.id, share.low, claims, sources))
        if not finding.right:
            parts = self._with_powers(finding, parts)
        return tuple(sorted(parts, key=lambda part: (-part.share, part.holder)))

    def _with_powers(self, finding: Finding, parts: list[Part]) -> list[Part]:
        """Return parts with the claims of powers, which are no share of anything."""
        known = {part.holder_id: part for part in parts}
        for power in self._powers(finding):
            party, claim = self.snapshot.parties[power.holder], power.claim
            if claim is None:
                continue
            part = known.get(party.id) or Part(party.label, party.id, Fraction(0), (), ())
            known[party.id] = replace(
                part,
                claim_ids=(*part.claim_ids, claim.id),
                sources=(*part.sources, Evidence.of(claim, self.snapshot.documents)),
            )
        return list(known.values())

    def _powers(self, finding: Finding) -> list[Power]:
        """Return the powers on record that decide: certain ones alone, where there are any."""
        powers = self.attribution.powers
        found = powers.claimed(finding.company, finding.members, finding.ground.powers)
        if finding.verdict is Verdict.CERTAIN:
            return [power for power in found if not power.doubt]
        return found

    def chain(self, finding: Finding) -> tuple[str, ...]:
        """Return how the test is met, in sentences that can be quoted."""
        if finding.third is not None:
            return (self._third(finding),)
        if finding.ground.counting is Counting.PRODUCT:
            return (*self._products(finding, finding.company), self._total(finding))
        if finding.controller is not None:
            between = self._products(finding, finding.controller)
            return (*between, self._in_controller(finding))
        return (*self._steps(finding), self._total(finding))

    def unknown(self, finding: Finding) -> tuple[str, ...]:
        """Return what the record leaves open about the company and those counted."""
        found = []
        ledger = self._ledger(finding)
        label = self.snapshot.parties[finding.company].label
        rest = ledger.rest_bounds(finding.company)
        kind = self.snapshot.remainder_of(finding.company)
        if rest.high and kind is Remainder.UNDISCLOSED:
            found.append(f"who holds {spoken(rest)} of {label} is not disclosed")
        doubts = [power.doubt for power in self._powers(finding) if power.doubt]
        if finding.verdict is Verdict.POSSIBLE and not finding.right and doubts:
            found += dict.fromkeys(doubts)
        elif finding.verdict is Verdict.POSSIBLE:
            found.append("some shares on the way are known as ranges only")
        heads = [self.snapshot.parties[party] for party in sorted(finding.start)]
        found += [
            f"what {head.label} is, is not recorded"
            for head in heads
            if head.kind is PartyKind.PARTY
        ]
        if finding.ground.doubt:
            found.append(finding.ground.doubt)
        return tuple(found)

    def contributors(self, finding: Finding) -> list[int]:
        """Return those of the start whose stakes were counted, themselves or through others."""
        leading = self._leading(finding)
        if not finding.right:  # a power: whoever has it, or reaches who has it
            powers = self.attribution.powers
            with_power = powers.holders(finding.company, finding.ground.powers)
            leading |= with_power & finding.members
            leading |= self._needed(finding, leading)
        return sorted(finding.start & leading)

    # -- in full -------------------------------------------------------------------------------

    def _steps(self, finding: Finding) -> list[str]:
        """Say how each company on the way is reached, in the order in which it can be shown."""
        certain = finding.verdict is not Verdict.POSSIBLE
        places = self.attribution.places(
            finding.ground, finding.start, finding.company, certain=certain
        )
        end = places.get(finding.company, len(places))
        steps = [(places[one], one) for one in self._leading(finding) if one in places]
        return [
            self._step(finding, _Earlier(finding.start, places, place), step)
            for place, step in sorted(steps)
            if place < end
        ]

    def _step(self, finding: Finding, inside: _Earlier, step: int) -> str:
        name = self.snapshot.parties[step].label
        for link in finding.ground.links:
            ledger = self.attribution.rights.ledger(link.right)
            shares = [
                f"{self.snapshot.parties[ledger.holder_of(line)].label} "
                f"{spoken(ledger.single(line))}"
                for line in ledger.lines_of(step)
                if ledger.holder_of(line) in inside and ledger.single(line).high
            ]
            if shares:
                return f"{name} counts in full: {' + '.join(shares)} of its {link.right}."
        powers = self.attribution.powers
        claimed = powers.claimed(step, inside, finding.ground.powers)
        because = f" {powers.words(claimed[0])}" if claimed else ""
        return f"{name} counts in full: a power over it that is no share.{because}"

    def _total(self, finding: Finding) -> str:
        company = self.snapshot.parties[finding.company].label
        heads = " + ".join(self.snapshot.parties[p].label for p in self.contributors(finding))
        if not finding.right:
            claimed = [self.attribution.powers.words(power) for power in self._powers(finding)]
            if claimed:
                return " ".join(claimed)
            return f"{heads or 'They'} may appoint the board of {company}, or control it by law."
        has = spoken(finding.bounds)
        together = (
            "in all" if finding.ground.counting is Counting.CHAIN else "multiplied and added up"
        )
        return (
            f"{heads or 'They'}: {has} of the {finding.right} of {company} {together}; "
            f"the limit is {finding.ground.limit}."
        )

    def _in_controller(self, finding: Finding) -> str:
        parties = self.snapshot.parties
        entity = parties[finding.controller or 0].label
        return (
            f"In all {spoken(finding.bounds)} of the {finding.right} of {entity}, which controls "
            f"{parties[finding.company].label}; the limit is {finding.ground.limit}."
        )

    def _third(self, finding: Finding) -> str:
        parties = self.snapshot.parties
        one = " + ".join(parties[p].label for p in sorted(finding.start))
        return (
            f"{parties[finding.third or 0].label} has {finding.ground.third} of both {one} and "
            f"{parties[finding.company].label}."
        )

    def _products(self, finding: Finding, target: int) -> list[str]:
        return products(self.attribution, self._ledger(finding), finding.start, target)

    # -- shared --------------------------------------------------------------------------------

    def _ledger(self, finding: Finding) -> Ledger:
        return self.attribution.rights.ledger(finding.right or "votes")

    def _counted(self, finding: Finding) -> Collection[int]:
        if finding.controller is not None:
            control = finding.ground.links
            entity = frozenset({finding.controller})
            return {finding.controller, *self.attribution.reached(control, entity)}
        if finding.third is not None:
            return {finding.third, *finding.members}
        return finding.members

    def _leading(self, finding: Finding) -> set[int]:
        """Return those counted who hold something of the company, or of those who do."""
        ledger = self._ledger(finding)
        first = {
            ledger.holder_of(line)
            for line in ledger.lines_of(finding.company)
            if ledger.holder_of(line) in finding.members and ledger.single(line).high
        }
        return first | self._needed(finding, first)

    def _needed(self, finding: Finding, first: set[int]) -> set[int]:
        """Return the members through whose holdings the first ones are reached."""
        needed: set[int] = set()
        pending = list(first)
        among, start = finding.members, finding.start
        ledgers = [self.attribution.rights.ledger(right) for right in ("capital", "votes")]
        while pending:
            company = pending.pop()
            for ledger in ledgers:
                for line in ledger.lines_of(company):
                    holder = ledger.holder_of(line)
                    known = holder in among or holder in start
                    if known and holder not in needed and ledger.single(line).high:
                        needed.add(holder)
                        pending.append(holder)
            with_power = self.attribution.powers.holders(company, finding.ground.powers)
            fresh = {one for one in with_power - needed if one in among or one in start}
            needed |= fresh
            pending += sorted(fresh)
        return needed
