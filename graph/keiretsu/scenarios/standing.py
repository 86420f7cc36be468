"""How things stand in a world: who controls whom, and whose votes the law silences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from keiretsu.measures import Verdict
from keiretsu.rights import control_rule, rights_of
from keiretsu.scenarios.group import owner_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from keiretsu.snapshot import Snapshot


class Control(NamedTuple):
    """A verdict on control, by positions."""

    controller: int
    company: int
    rule: str
    verdict: Verdict


class Silence(NamedTuple):
    """Votes that a rule takes, by positions: of whom, in whom, by which article."""

    holder: int
    issuer: int
    article: str
    effect: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What a stake may switch: verdicts on control that are not impossible, and silenced votes."""

    control: frozenset[Control]
    silenced: frozenset[Silence]


def standing_of(world: Snapshot, companies: Collection[int], rules: Sequence[str]) -> Standing:
    """Return how things stand in some companies.

    Control by or of a wholly-owned vehicle is that of its owner and is left out.

    Parameters
    ----------
    world
        The world.
    companies
        Positions of those in which control is looked at.
    rules
        Names of rules of control.
    """
    rights = rights_of(world)
    dominance = rights.dominance()
    holders = {one.holder for one in world.holdings}
    vehicles = {one for one in holders if owner_of(world, one) is not None}
    heads = sorted((holders | set(_states(world))) - vehicles)
    found = set()
    for rule in map(control_rule, rules):
        for head in heads:
            group = world.as_one(head)
            surely = set(dominance.controlled(group, rule))
            perhaps = set(dominance.controlled(group, rule, certain=False))
            for company in (surely | perhaps) & set(companies) - vehicles:
                if company not in group:
                    verdict = Verdict.CERTAIN if company in surely else Verdict.POSSIBLE
                    found.add(Control(head, company, rule.name, verdict))
    silenced = {
        Silence(
            world.holdings[holding].holder,
            world.holdings[holding].issuer,
            suspension.trace.article.name,
            suspension.trace.effect,
        )
        for holding, suspension in rights.settled.suspended.items()
    }
    return Standing(frozenset(found), frozenset(silenced))


@dataclass(frozen=True, slots=True)
class Switch:
    """One thing that differs between two standings.

    Parameters
    ----------
    kind
        ``control`` or ``votes``.
    holder, holder_id, issuer, issuer_id
        Who controls, or whose votes; in whom.
    rule
        The rule of control, or the article.
    before, after
        Verdicts, or what the article does: ``suspended``, ``votes``.
    """

    kind: str
    holder: str
    holder_id: str
    issuer: str
    issuer_id: str
    rule: str
    before: str
    after: str

    @property
    def text(self) -> str:
        """The switch in words."""
        if self.kind == "control":
            verb = "loses" if self.after == Verdict.IMPOSSIBLE.value else "gains"
            doubt = " perhaps" if self.after == Verdict.POSSIBLE.value else ""
            return f"{self.holder}{doubt} {verb} control of {self.issuer} ({self.rule})"
        if self.after == _VOTES:
            return f"the votes of {self.holder} in {self.issuer} return ({self.rule})"
        return f"the votes of {self.holder} in {self.issuer}: {self.after} ({self.rule})"

    @property
    def state(self) -> str:
        """What is so afterwards, in words."""
        if self.kind == "control":
            doubt = " perhaps" if self.after == Verdict.POSSIBLE.value else ""
            return f"{self.holder}{doubt} controls {self.issuer} ({self.rule})"
        return f"the votes of {self.holder} in {self.issuer} are {self.after} ({self.rule})"

    def as_dict(self) -> dict[str, Any]:
        """Return the switch as plain data, keyed as in JSON."""
        return {
            "kind": self.kind,
            "holder": self.holder,
            "holder_id": self.holder_id,
            "issuer": self.issuer,
            "issuer_id": self.issuer_id,
            "rule": self.rule,
            "before": self.before,
            "after": self.after,
            "text": self.text,
        }


_VOTES = "votes"
"""What a holder's shares do where no article silences them."""


def switches(world: Snapshot, before: Standing, after: Standing) -> tuple[Switch, ...]:
    """Return what differs between two standings, votes first."""
    verdicts = [{one[:3]: one.verdict.value for one in side.control} for side in (before, after)]
    effects = [{one[:3]: one.effect for one in side.silenced} for side in (before, after)]
    return (
        *_switches(world, "votes", effects, _VOTES),
        *_switches(world, "control", verdicts, Verdict.IMPOSSIBLE.value),
    )


def _switches(
    world: Snapshot, kind: str, sides: Sequence[dict[Any, str]], nothing: str
) -> Iterable[Switch]:
    for key in sorted({*sides[0], *sides[1]}):
        values = [side.get(key, nothing) for side in sides]
        if values[0] != values[1]:
            holder, issuer = (world.parties[one] for one in key[:2])
            yield Switch(kind, holder.label, holder.id, issuer.label, issuer.id, key[2], *values)


def _states(world: Snapshot) -> Iterable[int]:
    held = {one.holder for one in world.holdings}
    return (state for state, bodies in world.bodies.items() if held & set(bodies))
