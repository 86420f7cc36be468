"""Control kept up to date: after an edit only those are judged anew whom the edit can touch.

Whom a party controls depends on the companies in which it, or somebody that it may control, holds
something, and on nothing else. So an edit touches the controllers that hold, in this way, in a
company whose votes it changes. By a presumption that asks for somebody larger it also touches those
who meet, in a company, a bloc that the edit makes larger or smaller.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keiretsu.measures import Verdict
from keiretsu.model import ORDINARY
from keiretsu.rights import MAJORITY, Dominance, control_rule, rights_of
from keiretsu.snapshot import NOBODY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from keiretsu.rights import ControlRule
    from keiretsu.snapshot import Ledger, Snapshot

Ends = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom a controller surely controls, and whom it may: IRIs; the sure ones are in both."""

    certain: frozenset[str] = frozenset()
    possible: frozenset[str] = frozenset()


@dataclass(frozen=True, eq=False)
class ControlState:
    """Who controls whom in a world by a rule, ready to follow edits.

    Parameters
    ----------
    rule
        The rule of control.
    right, decision
        The right that is counted, and for agreed votes the class of decision.
    reach
        By the IRI of each party that holds something, or for which bodies act.
    recomputed
        Those who were judged for this world; the others were taken over from the one before.
    view
        What of the world control depends on.
    majority
        The state by majority, for a rule that asks whether a bloc of others is larger.

    Examples
    --------
    >>> from keiretsu.mirror import snapshot_of_shares
    >>> shares = {("a", "b"): "60%", ("b", "c"): "60%", ("d", "e"): "60%"}
    >>> state = control_state(snapshot_of_shares(shares))
    >>> after = state.after(snapshot_of_shares({**shares, ("b", "c"): "40%"}))
    >>> [end.rpartition("/")[2][:1] for end in sorted(after.recomputed)]
    ['a', 'b']
    >>> [tuple(end.rpartition("/")[2][:1] for end in ends) for ends in sorted(state.pairs())]
    [('a', 'b'), ('a', 'c'), ('b', 'c'), ('d', 'e')]
    """

    rule: ControlRule
    right: str
    decision: str
    reach: Mapping[str, Reach]
    recomputed: frozenset[str]
    view: View
    majority: ControlState | None = None

    def after(self, world: Snapshot) -> ControlState:
        """Return the state of another world, such as a scenario of this one.

        It equals the state computed from nothing. What is taken over is whatever the difference of
        the two worlds cannot touch, so they need not be related; if they are not, all is computed.

        Parameters
        ----------
        world
            The other world; parties are the same where their IRIs are.
        """
        return _state(world, self.rule, self.right, self.decision, self)

    def verdict(self, controller: str, company: str) -> Verdict:
        """Return the verdict on two parties, by their IRIs."""
        found = self.reach.get(controller, Reach())
        if company in found.certain:
            return Verdict.CERTAIN
        return Verdict.POSSIBLE if company in found.possible else Verdict.IMPOSSIBLE

    def pairs(self) -> dict[Ends, Verdict]:
        """Return every certain and possible pair of controller and company."""
        return {
            (head, company): self.verdict(head, company)
            for head, found in self.reach.items()
            for company in found.possible
        }

    def changes(self, after: ControlState) -> dict[Ends, tuple[Verdict, Verdict]]:
        """Return the pairs whose verdict is another one in a later state: before, and after."""
        found = {}
        for head in sorted({*self.reach, *after.reach}):
            sides = (self.reach.get(head, Reach()), after.reach.get(head, Reach()))
            for company in sorted(sides[0].possible | sides[1].possible):
                verdicts = (self.verdict(head, company), after.verdict(head, company))
                if verdicts[0] is not verdicts[1]:
                    found[head, company] = verdicts
        return found


def control_state(
    world: Snapshot,
    rule: str | None = None,
    *,
    right: str = "votes",
    decision: str = ORDINARY,
) -> ControlState:
    """Return who controls whom in a world, ready to follow edits.

    Parameters
    ----------
    world
        The world.
    rule
        Name of the rule; ``majority-votes`` if not given.
    right, decision
        The right that is counted, and for agreed votes the class of decision.

    Raises
    ------
    InputError
        If there is no such rule or right.
    """
    return _state(world, control_rule(rule or MAJORITY.name), right, decision, None)


class View:
    """What of a world control depends on, by IRI."""

    def __init__(self, world: Snapshot, ledger: Ledger) -> None:
        self.world, self.ledger = world, ledger
        self.ids = [party.id for party in world.parties]
        self.positions = {iri: position for position, iri in enumerate(self.ids)}
        self.shapes = {
            self.ids[issuer]: self._shape(issuer)
            for issuer in range(len(self.ids))
            if ledger.lines_of(issuer)
        }
        self.holds: dict[str, set[str]] = defaultdict(set)
        for holder, lines in enumerate(ledger.held):
            self.holds[self.ids[holder]] |= {self.ids[ledger.issuer_of(line)] for line in lines}
        heads = {holder for holder, lines in enumerate(ledger.held) if lines} | set(world.bodies)
        self.own = {
            self.ids[head]: frozenset(self.ids[one] for one in world.as_one(head)) for head in heads
        }

    def _shape(self, issuer: int) -> tuple[object, ...]:
        ledger = self.ledger
        lines = tuple(
            ("" if (holder := ledger.holder_of(line)) == NOBODY else self.ids[holder],
             ledger.item(line))
            for line in ledger.lines_of(issuer)
        )  # fmt: skip
        return (ledger.units(issuer), ledger.rest(issuer), tuple(sorted(lines)))

    def issuers_of(self, members: Iterable[str]) -> set[str]:
        """Return the companies in which some of the members hold something."""
        return {issuer for member in members for issuer in self.holds.get(member, ())}


def _state(
    world: Snapshot,
    rule: ControlRule,
    right: str,
    decision: str,
    before: ControlState | None,
) -> ControlState:
    view = View(world, rights_of(world).ledger(right, decision))
    majority = None
    if rule.presumed_above is not None:
        old = None if before is None else before.majority
        majority = _state(world, MAJORITY, right, decision, old)
    heads = set(view.own) if before is None else _touched(before, view, majority)
    dominance = Dominance(world, view.ledger, _groups(view, majority))
    reach = {head: _reach(view, dominance, head, rule) for head in heads}
    kept = {} if before is None else before.reach
    every = {head: reach.get(head) or kept[head] for head in sorted(view.own)}
    return ControlState(rule, right, decision, every, frozenset(heads), view, majority)


def _groups(view: View, majority: ControlState | None) -> dict[int, list[int]]:
    if majority is None:
        return {}
    return {
        view.positions[head]: [view.positions[company] for company in found.certain]
        for head, found in majority.reach.items()
    }


def _reach(view: View, dominance: Dominance, head: str, rule: ControlRule) -> Reach:
    start = view.world.as_one(view.positions[head])
    certain = dominance.controlled(start, rule)
    possible = (
        certain
        if view.ledger.all_exact
        else [*certain, *dominance.controlled(start, rule, certain=False)]
    )
    return Reach(
        *(frozenset(view.ids[company] for company in side) for side in (certain, possible))
    )


def _touched(before: ControlState, view: View, majority: ControlState | None) -> set[str]:
    """Return the heads whose reach may be another one in the new view."""
    old = before.view
    changed = {
        issuer
        for issuer in {*old.shapes, *view.shapes}
        if old.shapes.get(issuer) != view.shapes.get(issuer)
    }
    if majority is not None and before.majority is not None:
        changed |= _with_other_blocs(before.majority, majority)
    touched = set()
    for head, own in view.own.items():
        if old.own.get(head) != own:
            touched.add(head)
            continue
        members = {*own, *before.reach[head].possible}
        if (old.issuers_of(members) | view.issuers_of(members)) & changed:
            touched.add(head)
    return touched


def _with_other_blocs(before: ControlState, after: ControlState) -> set[str]:
    """Return the companies in which a bloc votes whose members, by majority, are other ones."""
    changed: set[str] = set()
    for head in {*before.view.own, *after.view.own}:
        groups = [
            {*state.view.own.get(head, ()), *state.reach.get(head, Reach()).certain}
            for state in (before, after)
        ]
        if groups[0] != groups[1]:
            members = groups[0] | groups[1]
            changed |= before.view.issuers_of(members) | after.view.issuers_of(members)
    return changed
