"""The difference of two worlds: two dates, two files, or a base and a scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keiretsu.measures import Answer
from keiretsu.measures.answer import percent_fields
from keiretsu.model import ORDINARY, AgreementKind, Caution
from keiretsu.rights import rights_of
from keiretsu.scenarios.control_changes import DEFAULT_RULES, control_changes
from keiretsu.scenarios.ownership_changes import ownership_changes
from keiretsu.scenarios.pairs import pairs_of
from keiretsu.scenarios.scenario import IS_SUPPOSED, Scenario, check_recorded
from keiretsu.scenarios.sizes import size_changes
from keiretsu.scenarios.thresholds import crossings
from keiretsu.scenarios.verdict_changes import EVERY_REGIME, verdict_changes
from keiretsu.scenarios.vote_changes import VoteChange, vote_changes
from keiretsu.snapshot import IssuerFacts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from keiretsu.model import Agreement, Figure
    from keiretsu.snapshot import Snapshot


def diff(
    before: Snapshot,
    after: Snapshot,
    *,
    rules: Sequence[str] = DEFAULT_RULES,
    regimes: Sequence[str] = EVERY_REGIME,
    decision: str = ORDINARY,
    figures: Iterable[Figure] = (),
) -> Answer[VoteChange]:
    """Return what differs between two worlds.

    Parameters
    ----------
    before, after
        The worlds: of two dates, of two data sets, or a base and a scenario of it. Parties are
        the same where their IRIs are.
    rules
        Names of the rules by which control is compared.
    regimes
        Names of the legal tests that are compared.
    decision
        Class of decision, for agreed votes.
    figures
        Measured values by which groups are compared in size (``kg.claims.figures``).

    Returns
    -------
    Answer of VoteChange
        A row for every pair of holder and issuer whose stake or votes differ, with the deciding
        rule. Its fields have `holdings` (what is held otherwise), `control` (`gained` and `lost`),
        `ownership` (integrated shares), `thresholds` (limits crossed), `verdicts` (legal tests
        that flip), `agreements` (`begun` and `ended`) and `sizes` (of groups).

    Examples
    --------
    >>> from keiretsu.mirror import snapshot_of_shares
    >>> before = snapshot_of_shares({("a", "b"): "50%"})
    >>> after = snapshot_of_shares({("a", "b"): "60%"})
    >>> [(c.holder, c.issuer, c.why.text) for c in diff(before, after)]
    [('a', 'b', 'stake 50 % → 60 % of the capital')]
    >>> [c["company"] for c in diff(before, after).fields["control"]["gained"]]
    ['b']
    """
    check_recorded(before)
    check_recorded(after)
    pairs = pairs_of(before, decision), pairs_of(after, decision)
    votes = vote_changes((before, after), pairs)
    held = [change for change in votes if len(set(change.of("capital"))) > 1]
    control = control_changes(before, after, rules)
    touched = {change.issuer_id for change in votes} | {change.company_id for change in control}
    verdicts, not_compared = verdict_changes(before, after, touched, regimes)
    changed = {change.issuer_id for change in held}
    fields: dict[str, Any] = {
        "before": _side(before),
        "after": _side(after),
        "holdings": [_holding(change) for change in held],
        "control": {
            "gained": [change.as_dict() for change in control if change.gained],
            "lost": [change.as_dict() for change in control if not change.gained],
        },
        "ownership": [c.as_dict() for c in ownership_changes(before, after, changed)],
        "thresholds": [crossing.as_dict() for crossing in crossings(votes)],
        "verdicts": [change.as_dict() for change in verdicts],
        "agreements": _agreements(before, after),
        "sizes": [c.as_dict() for c in size_changes(before, after, figures, rules)],
    }
    cautions = (*_cautions(before, after, votes), *not_compared)
    return Answer("diff", after, tuple(votes), fields, cautions)


def whatif(
    scenario: Scenario,
    *,
    rules: Sequence[str] = DEFAULT_RULES,
    regimes: Sequence[str] = EVERY_REGIME,
    decision: str = ORDINARY,
    figures: Iterable[Figure] = (),
) -> Answer[VoteChange]:
    """Return what a scenario changes: its `edits`, and all that `diff` tells.

    Examples
    --------
    >>> from keiretsu.mirror import snapshot_of_shares
    >>> from keiretsu.scenarios import scenario
    >>> world = snapshot_of_shares({("a", "b"): "50%"})
    >>> answer = whatif(scenario(world, hold={("a", "b"): "60%"}))
    >>> answer.fields["edits"][0]["steps"]
    ['a buys 10 % of b from the undisclosed part']
    """
    found = diff(
        scenario.base, scenario, rules=rules, regimes=regimes, decision=decision, figures=figures
    )
    fields = {"edits": [done.as_dict() for done in scenario.edits], **found.fields}
    supposed = [caution for caution in scenario.cautions if caution not in scenario.base.cautions]
    kept = _kept_agreements(scenario, {change.issuer_id for change in found})
    told = {*found.cautions, *supposed, *kept}
    cautions = tuple(sorted(one for one in told if one.code != IS_SUPPOSED))  # edits tell it
    return Answer("whatif", scenario, found.records, fields, cautions)


def _kept_agreements(scenario: Scenario, touched: set[str]) -> Iterable[Caution]:
    """Say which caps of the record stay in force where votes change; terms may end them."""
    held = {(scenario.parties[one.holder].id, one.issuer) for one in scenario.holdings}
    for issuer, facts in sorted(scenario.facts.items()):
        party = scenario.parties[issuer]
        known = scenario.base.facts.get(issuer, IssuerFacts()).agreements
        for one in facts.agreements if party.id in touched else ():
            binds = any((bound, issuer) in held for bound in one.bound)
            if one.kind is AgreementKind.VOTE_CAP and one in known and binds:
                told = f"; {one.note}" if one.note else ""
                text = f"stays in force until it is ended (--end): {one.label}{told}"
                yield Caution("agreement-kept", text, (party.label,))


def _side(world: Snapshot) -> dict[str, Any]:
    return {
        "as_of": world.as_of.isoformat(),
        "dataset": world.dataset or None,
        "supposed": isinstance(world, Scenario),
    }


def _holding(change: VoteChange) -> dict[str, Any]:
    before, after = change.of("capital")
    return {
        "holder": change.holder,
        "holder_id": change.holder_id,
        "issuer": change.issuer,
        "issuer_id": change.issuer_id,
        **percent_fields("before", before),
        **percent_fields("after", after),
        "sources_before": [source.as_dict() for source in change.sources_before],
        "sources_after": [source.as_dict() for source in change.sources_after],
    }


def _agreements(before: Snapshot, after: Snapshot) -> dict[str, list[dict[str, Any]]]:
    old, new = _in_force(before), _in_force(after)
    labels = {party.id: party.label for world in (before, after) for party in world.parties}

    def told(agreement: Agreement) -> dict[str, Any]:
        return {
            "agreement": agreement.label,
            "agreement_id": agreement.id,
            "kind": agreement.kind.value,
            "issuer": labels[agreement.issuer],
            "issuer_id": agreement.issuer,
        }

    return {
        "begun": [told(new[one]) for one in sorted(new) if one not in old],
        "ended": [told(old[one]) for one in sorted(old) if one not in new],
    }


def _in_force(world: Snapshot) -> dict[str, Agreement]:
    return {one.id: one for facts in world.facts.values() for one in facts.agreements}


def _cautions(
    before: Snapshot, after: Snapshot, votes: Sequence[VoteChange]
) -> tuple[Caution, ...]:
    """Return what was assumed about the parties whose stakes or votes change, in either world."""
    labels = {label for change in votes for label in (change.holder, change.issuer)}
    every = {
        caution
        for world in (before, after)
        for caution in (*world.cautions, *rights_of(world).cautions)
        if not caution.parties or set(caution.parties) <= labels
    }
    return tuple(sorted(every))
