"""Derived graphs computed: a day's stakes and votes, control and integrated shares, as findings.

What is computed here is what the commands answer; the store writes it as RDF.
"""

from __future__ import annotations

from collections import OrderedDict
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from keiretsu import __version__
from keiretsu.errors import InputError
from keiretsu.measures import control, owners
from keiretsu.measures.legal.regimes_table import regime
from keiretsu.model import Share, exact
from keiretsu.ownership_graph.deriving_claims import Chains
from keiretsu.ownership_graph.deriving_legal import legal_verdicts
from keiretsu.ownership_graph.deriving_stakes import group_stakes, stakes
from keiretsu.rights import MAJORITY, control_rule
from keiretsu.store.derived.findings import DerivedControl, DerivedShare
from keiretsu.store.derived.graphs import DerivedGraph, DerivedKind, DerivedRequest

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from keiretsu.measures import ControlRecord
    from keiretsu.model import Number
    from keiretsu.scenarios.edits import Edit
    from keiretsu.snapshot import Snapshot
    from keiretsu.store.derived.findings import DerivedFinding

    Worlds = Callable[[dt.date, dt.date | None], Snapshot]

FLOOR: Final = Fraction(1, 100)
"""Least integrated share that is written, unless another is asked for."""

_KEPT: Final = 32


class Deriver:
    """Computes derived graphs, and keeps the last ones.

    Parameters
    ----------
    world
        Gives the snapshot of a day with what could be known by another.
    """

    def __init__(self, world: Worlds) -> None:
        self._world = world
        self._kept: OrderedDict[tuple[DerivedRequest, str], DerivedGraph] = OrderedDict()

    def derived_graphs(self, requests: Sequence[DerivedRequest]) -> Iterator[DerivedGraph]:
        """Yield the derived graphs that are asked for; those of one day from one snapshot.

        Raises
        ------
        InputError
            If there is no such rule, or the floor is not a percentage.
        """
        worlds: dict[tuple[dt.date, dt.date | None], Snapshot] = {}
        for request in requests:
            day = request.as_of, request.known_at
            if day not in worlds:
                worlds[day] = self._world(*day)
            yield self._graph(worlds[day], request)

    def _graph(self, world: Snapshot, request: DerivedRequest) -> DerivedGraph:
        key = (request, world.dataset)
        if key not in self._kept:
            self._kept[key] = derived_of(world, request, world.dataset)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]


def derived_of(world: Snapshot, request: DerivedRequest, fingerprint: str) -> DerivedGraph:
    """Return a derived graph of a world, which may be a supposed one.

    Raises
    ------
    InputError
        If there is no such rule, or the floor is not a percentage.
    """
    rule, findings = _computed(world, request)
    return DerivedGraph(request, rule, __version__, fingerprint, tuple(findings))


def requests_for(
    day: dt.date,
    known_at: dt.date | None = None,
    *,
    rule: str | Sequence[str] | None = None,
    floor: Number = FLOOR,
    regimes: Sequence[str] = (),
    edits: Sequence[Edit] = (),
) -> list[DerivedRequest]:
    """Return which graphs make up what `OwnershipGraph.derive` is asked for.

    Raises
    ------
    InputError
        If the floor is no number, or has too many decimals.

    Examples
    --------
    >>> import datetime as dt
    >>> [one.argument for one in requests_for(dt.date(2019, 9, 3), regimes=["ofac"])]
    ['', '', 'majority-votes', '1', 'ofac']
    """
    rules = [rule] if isinstance(rule, str) else rule or [MAJORITY.name]
    arguments: dict[DerivedKind, Iterable[str]] = {
        DerivedKind.CONTROL: dict.fromkeys(rules),
        DerivedKind.INTEGRATED: [floor_percent(exact(floor))],
        DerivedKind.LEGAL: dict.fromkeys(regimes),
    }
    return [
        DerivedRequest(kind, day, argument, known_at, tuple(map(str, edits)))
        for kind in DerivedKind
        for argument in arguments.get(kind, [""])
    ]


def floor_percent(share: Fraction) -> str:
    """Return a floor as the argument of a request.

    Examples
    --------
    >>> floor_percent(Fraction(1, 200))
    '0.5'
    """
    text = f"{float(share * 100):.6f}".rstrip("0").rstrip(".")
    if Fraction(text) != share * 100:
        raise InputError(f"the floor {share} has too many decimals", mend="round it")
    return text


def _computed(world: Snapshot, request: DerivedRequest) -> tuple[str, Iterator[DerivedFinding]]:
    match request.kind:
        case DerivedKind.STAKES:
            return "rights-by-law-and-agreement", stakes(world)
        case DerivedKind.GROUP_STAKES:
            return "wholly-owned-vehicles-seen-through", group_stakes(world)
        case DerivedKind.CONTROL:
            rule = control_rule(request.argument or MAJORITY.name)
            return rule.name, _control(world, rule.name)
        case DerivedKind.INTEGRATED:
            floor = exact(request.argument or "1") / 100
            if not 0 <= floor <= 1:
                raise InputError("the floor must lie between 0 and 100 %", mend="write it like 1")
            return f"absorbing-from-{floor_percent(floor)}-percent", _integrated(world, floor)
        case DerivedKind.LEGAL:
            return regime(request.argument).name, legal_verdicts(world, request.argument)


def _control(world: Snapshot, rule: str) -> Iterator[DerivedControl]:
    """Yield who controls whom; rings of companies as their members, each of them ultimate."""
    chains = Chains(world)
    tops = {
        (head, record.company_id)
        for record in control(world, rule=rule, ultimate=True)
        for head in record.controller_id.split(" + ")
    }
    records = list(control(world, rule=rule))
    reached: dict[str, set[str]] = {}
    for record in records:
        reached.setdefault(record.controller_id, set()).add(record.company_id)
    for record in records:
        yield DerivedControl(
            rule,
            record.controller_id,
            record.company_id,
            record.verdict == "certain",
            (record.controller_id, record.company_id) in tops,
            Share(record.bounds.low, record.bounds.high),
            _reasons(chains, record, reached),
        )


def _reasons(
    chains: Chains, record: ControlRecord, reached: Mapping[str, set[str]]
) -> tuple[str, ...]:
    """Return the claims of the shortest reason, else of all by which it is possible."""
    found = {
        claim
        for step in record.reasons
        for _, holder, _ in step.holders
        for claim in chains.claims(holder, step.company_id)
    }
    found |= {claim for part in record.through for claim in part.claim_ids}
    if record.verdict != "certain":
        for holder in {record.controller_id, *reached[record.controller_id]}:
            found |= chains.claims(holder, record.company_id)
            found |= chains.of_bodies(holder, record.company_id)
    return tuple(sorted(found))


def _integrated(world: Snapshot, floor: Fraction) -> Iterator[DerivedShare]:
    """Yield the shares of outside owners, in the absorbing form."""
    chains = Chains(world)
    for issuer in sorted({one.issuer for one in world.holdings}):
        company = world.parties[issuer].id
        for record in owners(world, company):
            share = record.integrated
            if share is not None and share.high > 0 and share.high >= floor:
                claims = chains.between(record.party_id, company)
                ends = Share(share.low, min(share.high, Fraction(1)))
                yield DerivedShare(record.party_id, company, ends, claims)
