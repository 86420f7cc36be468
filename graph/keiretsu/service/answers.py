"""What routes of the API answer that read more than the measures do: texts, days, edits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from keiretsu import measures
from keiretsu.errors import InputError
from keiretsu.measures.overview import whole_network
from keiretsu.model import ORDINARY, exact
from keiretsu.ownership_graph.reading import read_date
from keiretsu.rights import RULES
from keiretsu.scenarios import DEFAULT_RULES, EVERY_REGIME, diff, moves, read_edits, whatif
from keiretsu.scenarios.suppositions import Supposed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from keiretsu.ownership_graph import OwnershipGraph
    from keiretsu.snapshot import Snapshot

NO_REGIME: Final = "none"
"""Names no legal test, where those that are compared are named."""


def timeline_of(
    graph: OwnershipGraph,
    company: str,
    *,
    as_of: str | None = None,
    **given: Any,  # noqa: ANN401
) -> Any:  # noqa: ANN401 - an answer of periods
    """Return how control of a party changed, up to a day."""
    return graph.timeline(company, until=as_of, **given)


def difference(
    graph: OwnershipGraph,
    before: str,
    after: str,
    *,
    as_of: str | None = None,
    rules: Sequence[str] = DEFAULT_RULES,
    regimes: Sequence[str] = EVERY_REGIME,
    decision: str = ORDINARY,
    **when: Any,  # noqa: ANN401 - as the parameters of the day say
) -> Any:  # noqa: ANN401 - an answer of changes
    """Return what differs between two days."""
    if as_of is not None:
        raise InputError("both days are given already", mend="leave out as-of")
    days = [read_date(before), read_date(after)]
    for day in days:
        graph.check_day(day)
    worlds = [graph.snapshot(day, **when) for day in days]
    figures = sorted(graph.claims.figures, key=lambda figure: figure.id)
    return diff(
        worlds[0],
        worlds[1],
        rules=_rules(rules),
        regimes=_regimes(regimes),
        decision=decision,
        figures=figures,
    )


def _regimes(names: Sequence[str]) -> Sequence[str]:
    unknown = [name for name in names if name not in measures.REGIMES and name != NO_REGIME]
    if unknown:
        mend = f"use {', '.join(measures.REGIMES)}, {NO_REGIME}"
        raise InputError(f"no test is named {unknown[0]!r}", mend=mend)
    return [name for name in names if name != NO_REGIME]


def _rules(names: Sequence[str]) -> Sequence[str]:
    unknown = [name for name in names if name not in RULES]
    if unknown:
        mend = f"use {', '.join(sorted(RULES))}"
        raise InputError(f"no rule is named {unknown[0]!r}", mend=mend)
    return names


def supposition(
    graph: OwnershipGraph,
    *,
    hold: Sequence[str] = (),
    proposal: str | None = None,
    adopt: Sequence[str] = (),
    end: Sequence[str] = (),
    edits: str | None = None,
    rules: Sequence[str] = DEFAULT_RULES,
    regimes: Sequence[str] = EVERY_REGIME,
    decision: str = ORDINARY,
    as_of: str | None = None,
    **when: Any,  # noqa: ANN401 - as the parameters of the day say
) -> Any:  # noqa: ANN401 - an answer of changes
    """Return what would change if something were otherwise."""
    written = () if edits is None else read_edits(edits, "json", "edits")
    supposed = Supposed(tuple(hold), proposal, tuple(adopt), tuple(end), written).edits()
    if not supposed:
        raise InputError("nothing is supposed", mend="give hold, proposal, adopt, end or edits")
    day = graph.proposal_date(proposal) if as_of is None else as_of
    return whatif(
        graph.scenario(supposed, world=graph.snapshot(day, **when)),
        rules=_rules(rules),
        regimes=_regimes(regimes),
        decision=decision,
        figures=graph.claims.figures,
    )


def network_of(world: Snapshot, *, value: Sequence[str] = (), power: bool = False) -> Any:  # noqa: ANN401
    """Return what each party gathers and controls, by values such as ``Renault=55.5``."""
    values: dict[str, Fraction] = {}
    for text in value:
        name, sign, number = text.rpartition("=")
        if not sign:
            raise InputError(f"{text!r} is no value", mend="write it like Renault=55.5")
        party = world.parties[world.position(name)].id
        if party in values:
            raise InputError(f"{name!r} has a value already", mend="give each party one value")
        values[party] = exact(number)
        if values[party] < 0:
            raise InputError(f"the value {number} is negative", mend="give nothing or more")
    return whole_network(world, values if value else None, with_power=power)


def smallest_moves(
    world: Snapshot, party: str, company: str, *, rules: Sequence[str] = DEFAULT_RULES
) -> Any:  # noqa: ANN401 - an answer of moves
    """Return the smallest moves with which a party gains or loses control of a company."""
    return moves(world, party, company, rules=_rules(rules))
