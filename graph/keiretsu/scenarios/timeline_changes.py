"""What is otherwise in a period than in the one before, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keiretsu.measures import Verdict
from keiretsu.scenarios.pairs import pairs_of
from keiretsu.scenarios.timeline_record import Change
from keiretsu.scenarios.vote_changes import vote_changes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from keiretsu.scenarios.pairs import Ends, Pair
    from keiretsu.scenarios.timeline_record import Control, Regime, StakeThen
    from keiretsu.scenarios.vote_changes import VoteChange
    from keiretsu.snapshot import Snapshot


def changes_between(
    worlds: tuple[Snapshot, Snapshot], regimes: tuple[Regime, Regime]
) -> tuple[Change, ...]:
    """Return what changed between two periods of a party: control first, then stakes and votes."""
    before, after = regimes
    shown = {
        (stake.holder_id, stake.issuer_id)
        for regime in regimes
        for stake in (*regime.votes, *regime.holds)
    }
    issuers = {issuer for _, issuer in shown}
    old, new = (_by_ends(regime) for regime in regimes)
    moved = {
        (change.holder_id, change.issuer_id): change
        for change in vote_changes(worlds, (_pairs(worlds[0], issuers), _pairs(worlds[1], issuers)))
        if (change.holder_id, change.issuer_id) in shown
    }
    moved = {
        ends: change for ends, change in moved.items() if _differ(old.get(ends), new.get(ends))
    }
    same = [ends for ends in sorted(old.keys() & new.keys()) if ends not in moved]
    return (
        *_control(before.controllers, after.controllers, "controlled by {0}"),
        *_top(before, after),
        *_control(before.controls, after.controls, "controls {0}"),
        *(_moved(change, old.get(ends)) for ends, change in moved.items()),
        *(change for ends in same for change in _rules(old[ends], new[ends])),
    )


def _pairs(world: Snapshot, issuers: Collection[str]) -> dict[Ends, Pair]:
    positions = {place for place, party in enumerate(world.parties) if party.id in issuers}
    return pairs_of(world, issuers=positions)


def _by_ends(regime: Regime) -> dict[Ends, StakeThen]:
    return {(one.holder_id, one.issuer_id): one for one in (*regime.votes, *regime.holds)}


def _differ(before: StakeThen | None, after: StakeThen | None) -> bool:
    return before is None or after is None or before.shares != after.shares


def _top(before: Regime, after: Regime) -> Iterator[Change]:
    """Say who is at the top now, if that is not told by who is next to the party."""
    tops = [[one.party for one in r.ultimate if one not in r.controllers] for r in (before, after)]
    if tops[0] != tops[1]:
        now = " + ".join(tops[1])
        gone = f"no longer controlled in the end by {' + '.join(tops[0])}"
        yield Change(f"controlled in the end by {now}" if now else gone)


def _control(
    before: tuple[Control, ...], after: tuple[Control, ...], phrase: str
) -> Iterator[Change]:
    old = {one.party_id: one for one in before}
    new = {one.party_id: one for one in after}
    for party in sorted({*old, *new}, key=lambda one: (new.get(one) or old[one]).party):
        was, is_ = old.get(party), new.get(party)
        if was == is_:
            continue
        if is_ is None and was is not None:
            yield Change(f"no longer {_said(was, phrase)}")
        elif is_ is not None and was is not None and was.verdict == is_.verdict:
            yield Change(f"{_said(is_, phrase)} (before: {was.rule})")
        elif is_ is not None:
            yield Change(_said(is_, phrase))


def _said(one: Control, phrase: str) -> str:
    perhaps = "" if one.verdict == Verdict.CERTAIN else "perhaps "
    return f"{perhaps}{phrase.format(one.party)}, by {one.rule}"


def _moved(change: VoteChange, before: StakeThen | None) -> Change:
    why = change.why.text
    if change.of("capital")[1].high == 0 and before is not None:
        stated = [source.claim.stated_for for source in before.sources]
        dates = [str(date) for date in stated if date is not None]
        if dates and len(dates) == len(stated):
            why += f", or is only no longer told: the last level is that of {max(dates)}"
    return Change(f"{change.holder} in {change.issuer}: {why}", change.why.articles)


def _rules(before: StakeThen, after: StakeThen) -> Iterator[Change]:
    """Yield the articles that begin or cease to touch a stake whose numbers stay."""
    was = {(t.article.name, t.effect) for t in before.rules}
    is_ = {(t.article.name, t.effect) for t in after.rules}
    ends = f"{after.holder} in {after.issuer}"
    for article, effect in sorted(is_ - was):
        yield Change(f"{ends}: {effect} by {article}", (article,))
    for article, effect in sorted(was - is_):
        yield Change(f"{ends}: no longer {effect} by {article}", (article,))
