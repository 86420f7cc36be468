"""What is so for one party in one world: who controls it, whom it controls, who votes how much."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keiretsu.measures import Verdict
from keiretsu.measures.control.judge import Judge
from keiretsu.rights import control_rule, rights_of
from keiretsu.scenarios.group import group_of
from keiretsu.scenarios.pairs import pairs_of
from keiretsu.scenarios.timeline_record import Control, Regime, StakeThen
from keiretsu.snapshot import NOBODY

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from keiretsu.scenarios.pairs import Pair
    from keiretsu.snapshot import Snapshot


def regime_of(world: Snapshot, party: str, rules: Sequence[str]) -> Regime:
    """Return what is so for a party in a world.

    Parameters
    ----------
    world
        The world.
    party
        IRI of the party.
    rules
        Names of rules; what one tells is not told again by a later one.

    Examples
    --------
    >>> from keiretsu.mirror import snapshot_of_shares
    >>> world = snapshot_of_shares({("a", "b"): "60%", ("b", "c"): "45%"})
    >>> regime = regime_of(world, world.parties[1].id, ("majority-votes", "fr-presumption-40"))
    >>> [(one.party, one.rule) for one in (*regime.controllers, *regime.controls)]
    [('a', 'majority-votes'), ('c', 'fr-presumption-40')]
    """
    focus = next(place for place, one in enumerate(world.parties) if one.id == party)
    members = group_of(world, focus)
    shown = {focus, *(one.issuer for one in world.holdings if one.holder in members)}
    pairs = sorted(pairs_of(world, issuers=shown).items())
    stakes = [_stake(world, pair) for _, pair in pairs]
    own = {world.parties[member].id for member in members}
    judges = judges_of(world, rules)
    nearest, top = _controllers(world, focus, judges)
    return Regime(
        nearest,
        top,
        _controlled(world, focus, judges),
        _largest(one for one in stakes if one.issuer_id == party),
        _largest(one for one in stakes if one.holder_id in own and one.issuer_id != party),
    )


def judges_of(world: Snapshot, rules: Sequence[str]) -> list[Judge]:
    """Return who gives verdicts on control in a world, one for each rule."""
    dominance = rights_of(world).dominance()
    return [Judge(world, dominance, control_rule(name)) for name in dict.fromkeys(rules)]


def _largest(stakes: Iterable[StakeThen]) -> tuple[StakeThen, ...]:
    return tuple(sorted(stakes, key=lambda one: (-one.capital.high, one.holder, one.issuer)))


def _stake(world: Snapshot, pair: Pair) -> StakeThen:
    holder, issuer = world.parties[pair.holder], world.parties[pair.issuer]
    return StakeThen(
        holder.label,
        holder.id,
        issuer.label,
        issuer.id,
        pair.capital,
        pair.votes,
        pair.agreed_votes,
        pair.traces,
        pair.sources,
    )


def _controllers(
    world: Snapshot, focus: int, judges: Sequence[Judge]
) -> tuple[tuple[Control, ...], tuple[Control, ...]]:
    """Return who controls the party next to it, and who at the top, by the first rule to say so.

    If no rule says so for certain, whoever may control it is told, by the strictest rule.
    """
    perhaps: tuple[tuple[Control, ...], tuple[Control, ...]] = ((), ())
    for judge in judges:
        heads = _heads(world, focus, judge)
        certain = {head for head in heads if focus in judge.reach((head,))[0]}
        if certain:
            return _ends(world, certain, judge, Verdict.CERTAIN)
        possible = {head for head in heads if focus in judge.reach((head,))[1]}
        if possible and perhaps == ((), ()):
            perhaps = _ends(world, possible, judge, Verdict.POSSIBLE)
    return perhaps


def _heads(world: Snapshot, focus: int, judge: Judge) -> list[int]:
    """Return who holds in the party, directly or through others; States with their bodies."""
    ledger = judge.dominance.ledger
    seen, pending = {focus}, [focus]
    while pending:
        lines = ledger.lines_of(pending.pop())
        further = {ledger.holder_of(line) for line in lines} - seen - {NOBODY}
        seen |= further
        pending += further
    acting = {state for state, bodies in world.bodies.items() if seen & set(bodies)}
    heads = {head for head in seen | acting if world.parties[head].acts_for is None}
    return sorted(heads - {focus})


def _ends(
    world: Snapshot, heads: set[int], judge: Judge, verdict: Verdict
) -> tuple[tuple[Control, ...], tuple[Control, ...]]:
    """Return those of the controllers that control no other of them, and those under no other."""
    place = 0 if verdict == Verdict.CERTAIN else 1
    under = {head: set(judge.reach((head,))[place]) & heads - {head} for head in heads}

    def strictly(upper: int, lower: int) -> bool:
        return lower in under[upper] and upper not in under[lower]

    nearest = [h for h in heads if not any(strictly(h, other) for other in heads)]
    top = [h for h in heads if not any(strictly(other, h) for other in heads)]
    return _told(world, nearest, judge, verdict), _told(world, top, judge, verdict)


def _told(
    world: Snapshot, heads: Iterable[int], judge: Judge, verdict: Verdict
) -> tuple[Control, ...]:
    parties = [world.parties[head] for head in heads]
    found = [Control(one.label, one.id, verdict, judge.rule.name) for one in parties]
    return tuple(sorted(found, key=lambda one: (one.party, one.party_id)))


def _controlled(world: Snapshot, focus: int, judges: Sequence[Judge]) -> tuple[Control, ...]:
    found: dict[int, Control] = {}
    own = set(world.as_one(focus))
    for judge in judges:
        certain, possible = judge.reach((focus,))
        for company in (*certain, *possible):
            verdict = Verdict.CERTAIN if company in certain else Verdict.POSSIBLE
            known = found.get(company)
            if company in own or (known is not None and known.verdict == Verdict.CERTAIN):
                continue
            if known is None or verdict == Verdict.CERTAIN:
                party = world.parties[company]
                found[company] = Control(party.label, party.id, verdict, judge.rule.name)
    return tuple(sorted(found.values(), key=lambda one: (one.party, one.party_id)))
