"""Integrated ownership: direct and indirect shares together, with loops solved.

The absorbing form: a unit of the company climbs from issuer to holder, split by shares, until it
arrives at somebody whose own holders are not recorded, at a float, at holders not disclosed, or in
a loop that has no outside owner. So outside owners and remainders add up to 100 %.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeVar

from keiretsu.errors import InputError
from keiretsu.kernels.absorption import extreme_arrival
from keiretsu.kernels.box import Bounds
from keiretsu.measures.answer import Answer, cautions_about, percent, percent_fields
from keiretsu.measures.flow import REMAINDERS, Flow, Ownership
from keiretsu.model import Caution, Remainder
from keiretsu.rights import rights_of
from keiretsu.snapshot import NOBODY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keiretsu.snapshot import Evidence, Snapshot

Key = TypeVar("Key")

METHODS = ("absorbing",)
_SAME = 1e-11
"""Ends of a range that lie nearer than this are one number: iteration is not exact."""


@dataclass(frozen=True, slots=True)
class OwnerRecord:
    """What one party has of another, directly and in all.

    Parameters
    ----------
    party, party_id, kind
        The holder (of `owners`) or the issuer (of `holdings`).
    direct
        Share held directly, own shares counted in the whole; None if nothing is held directly.
    integrated
        Share in the absorbing form; None for an intermediate owner.
    look_through
        Share that passes through the party at least once, for an intermediate owner.
    sources
        Which documents tell the direct share.
    """

    role: str
    party: str
    party_id: str
    kind: str
    direct: Bounds | None
    integrated: Bounds | None
    look_through: Bounds | None
    sources: tuple[Evidence, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the record as plain data, keyed as in JSON."""
        return {
            self.role: self.party,
            f"{self.role}_id": self.party_id,
            "kind": self.kind,
            **percent_fields("direct", self.direct),
            **percent_fields("", self.integrated),
            **percent_fields("look_through", self.look_through),
            "open_ends": _open_ends(self.direct),
            "sources": [source.as_dict() for source in self.sources],
        }


def _open_ends(direct: Bounds | None) -> list[str]:
    if direct is None:
        return []
    flags = (("min", direct.low_open), ("max", direct.high_open))
    return [end for end, is_open in flags if is_open]


def owners(
    snapshot: Snapshot, company: str, *, rights: str = "capital", method: str = "absorbing"
) -> Answer[OwnerRecord]:
    """Return who owns a company, directly and in all.

    Parameters
    ----------
    snapshot
        The world on a date.
    company
        Name of the company.
    rights
        The right that is followed.
    method
        ``absorbing``.

    Returns
    -------
    Answer of OwnerRecord
        Outside owners with their integrated share, intermediate ones with their look-through
        share; with `float_percent`, `undisclosed_percent`, `nobody_percent` and
        `no_outside_owner_percent` among its fields. Everything outside adds up to 100 %.

    Notes
    -----
    Where a share above the company is a range, integrated shares are ranges too; each end is
    attained by one choice of shares that respects every issuer's 100 %.

    References
    ----------
    .. [1] F. Brioschi, L. Buzzacchi, M. Colombo, Risk capital financing and the separation of
       ownership and control in business groups, J. Banking & Finance 13 (1989).

    Examples
    --------
    >>> from keiretsu.mirror import snapshot_of_shares
    >>> world = snapshot_of_shares(
    ...     {("A", "C"): 0.5, ("B", "C"): 0.5, ("C", "A"): 0.5, ("E", "A"): 0.5}
    ... )
    >>> [(o.party, o.as_dict()["percent"]) for o in owners(world, "C") if o.integrated]
    [('B', 66.666667), ('E', 33.333333)]
    """
    if method not in METHODS:
        raise InputError(f"no method is named {method!r}", mend=f"use one of: {', '.join(METHODS)}")
    target = snapshot.position(company)
    ownership = Ownership(snapshot, rights)
    above = ownership.above(target)
    flow = Flow(ownership, above)
    shares = _exact_shares(flow, target) if flow.exact else _ranged_shares(flow, ownership, target)
    records = [
        _owner(snapshot, ownership, party, target, shares) for party in above if party != target
    ]
    if (target, target) in ownership.direct:
        records.append(_owner(snapshot, ownership, target, target, shares))
    fields = {
        "company": snapshot.parties[target].label,
        "company_id": snapshot.parties[target].id,
        "method": method,
        "rights": rights,
        **_remainders(snapshot, flow, target, shares),
    }
    cautions = _cautions(snapshot, flow, {target, *above})
    return Answer("owners", snapshot, tuple(sorted(records, key=_order)), fields, cautions)


@dataclass(frozen=True, slots=True)
class Shares:
    """What arrives where: by party, at the first visit, and at remainders by kind.

    Among the remainders *none* stands for nobody: votes that nobody may use, and companies in
    which nobody has anything.
    """

    arriving: dict[int, Bounds]
    passing: dict[int, Bounds]
    beyond: dict[Remainder, Bounds]


def _exact_shares(flow: Flow, target: int) -> Shares:
    climb = flow.climb()
    visits = climb.visits(flow.index[target]).tolist()
    arriving, passing = {}, {}
    beyond = dict.fromkeys(Remainder, 0.0)
    for party, node in flow.index.items():
        if party in flow.ends:
            arriving[party] = _point(visits[node])
            continue
        if party != target:
            passing[party] = _point(visits[node] / float(climb.visits(node)[node]))
        kind = flow.snapshot.remainder_of(party)
        if kind in REMAINDERS:
            beyond[kind] += visits[node] * float(flow.ledger.rest_bounds(party).low)
        unused = flow.ledger.bounds(party, {NOBODY}).low if flow.ledger.whole(party) else 1
        beyond[Remainder.NONE] += visits[node] * float(unused)
    return Shares(arriving, passing, {kind: _point(total) for kind, total in beyond.items()})


def _ranged_shares(flow: Flow, ownership: Ownership, target: int) -> Shares:
    arriving = {party: _arrival(flow, flow.index[party], target) for party in flow.ends}
    beyond = {
        kind: _arrival(flow, len(flow.nodes) + n, target)
        for n, kind in enumerate((*REMAINDERS, Remainder.NONE))
    }
    passing = {
        party: _arrival(Flow(ownership, flow.nodes, absorbing=party), flow.index[party], target)
        for party in flow.nodes
        if party not in flow.ends and party != target
    }
    return Shares(_settled(arriving), _settled(passing), _settled(beyond))


def _arrival(flow: Flow, goal: int, target: int) -> Bounds | None:
    """Return the extremes of what arrives at a node from the target; None if not settled."""
    branches = flow.branches()
    low, high = (extreme_arrival(branches, goal, most=sense) for sense in (False, True))
    if low is None or high is None:
        return None
    return _between(float(low[flow.index[target]]), float(high[flow.index[target]]))


def _settled(shares: Mapping[Key, Bounds | None]) -> dict[Key, Bounds]:
    return {key: share for key, share in shares.items() if share is not None}


def _between(low: float, high: float) -> Bounds:
    """Return a range, or a point where the ends differ by no more than the solver's tolerance."""
    return Bounds(Fraction(low), Fraction(high)) if high - low > _SAME else _point(low)


def _point(share: float) -> Bounds:
    return Bounds(Fraction(share), Fraction(share))


def _owner(
    snapshot: Snapshot, ownership: Ownership, party: int, target: int, shares: Shares
) -> OwnerRecord:
    direct, held = ownership.direct.get((party, target), (None, ()))
    who = snapshot.parties[party]
    return OwnerRecord(
        "holder",
        who.label,
        who.id,
        "treasury" if party == target else who.kind.value,
        direct,
        shares.arriving.get(party) if party != target else None,
        shares.passing.get(party) if party != target else None,
        tuple(source for holding in held for source in snapshot.evidence(holding)),
    )


def _order(record: OwnerRecord) -> tuple[object, ...]:
    size = record.integrated or record.look_through or record.direct
    direct = record.direct.high if record.direct else Fraction(0)
    return (-float(size.high if size else 0), -float(direct), record.party, record.party_id)


def _remainders(snapshot: Snapshot, flow: Flow, target: int, shares: Shares) -> dict[str, Any]:
    """Return what ends in floats, with the undisclosed, with nobody, and in closed loops."""
    beyond = dict(shares.beyond)
    if target in flow.ends and not flow.ledger.lines_of(target):
        beyond[snapshot.remainder_of(target)] = _point(1.0)
    fields: dict[str, Any] = {}
    for kind in REMAINDERS:
        fields |= percent_fields(kind.value, beyond.get(kind))
    fields |= percent_fields("nobody", beyond.get(Remainder.NONE))
    looped = {party for loop in flow.loops for party in loop}
    closed = sum((shares.arriving[p].high for p in looped if p in shares.arriving), Fraction(0))
    fields["no_outside_owner_percent"] = percent(min(closed, Fraction(1)))
    fields["closed_loops"] = [[snapshot.parties[p].label for p in loop] for loop in flow.loops]
    return fields


def _cautions(snapshot: Snapshot, flow: Flow, parties: set[int]) -> tuple[Caution, ...]:
    found = list(snapshot.cautions)
    if flow.ledger.right != "capital":
        found += rights_of(snapshot).cautions
    about = cautions_about(snapshot, found, parties)
    loops = tuple(
        Caution(
            "closed-loop",
            "these companies are wholly held by each other: no outside owner",
            tuple(snapshot.parties[p].label for p in loop),
        )
        for loop in flow.loops
    )
    return (*about, *loops)


def holdings(
    snapshot: Snapshot, party: str, *, rights: str = "capital", method: str = "absorbing"
) -> Answer[OwnerRecord]:
    """Return what a party owns, directly and in all: `owners`, downward.

    For each company the share that, climbing from it, arrives at the party: for a party whose own
    holders are recorded this is its look-through share (`percent` is then null).

    Parameters
    ----------
    snapshot, rights, method
        As in `owners`.
    party
        Name of the holder. A State stands for itself; its bodies have rows of their own.

    Examples
    --------
    >>> from keiretsu.mirror import snapshot_of_shares
    >>> world = snapshot_of_shares({("a", "b"): "50%", ("b", "c"): "40%"})
    >>> [(h.party, h.as_dict()["percent"]) for h in holdings(world, "a")]
    [('b', 50.0), ('c', 20.0)]
    """
    if method not in METHODS:
        raise InputError(f"no method is named {method!r}", mend=f"use one of: {', '.join(METHODS)}")
    head = snapshot.position(party)
    ownership = Ownership(snapshot, rights)
    below = ownership.below(head)
    nodes = list(dict.fromkeys(p for company in (*below, head) for p in ownership.above(company)))
    flow = Flow(ownership, nodes, absorbing=head)
    shares = _arriving_at(flow, head, below)
    outside = not ownership.ledger.lines_of(head)
    records = []
    for company in below:
        direct, held = ownership.direct.get((head, company), (None, ()))
        share, who = shares.get(company), snapshot.parties[company]
        sources = tuple(source for one in held for source in snapshot.evidence(one))
        integrated, through = (share, None) if outside else (None, share)
        records.append(
            OwnerRecord(
                "issuer", who.label, who.id, who.kind.value, direct, integrated, through, sources
            )
        )
    fields = {
        "party": snapshot.parties[head].label,
        "party_id": snapshot.parties[head].id,
        "method": method,
        "rights": rights,
    }
    cautions = _cautions(snapshot, flow, {head, *below})
    return Answer("holdings", snapshot, tuple(sorted(records, key=_order)), fields, cautions)


def _arriving_at(flow: Flow, head: int, companies: list[int]) -> dict[int, Bounds]:
    if flow.exact:
        found = flow.climb().arrivals(flow.index[head])
        return {company: _point(float(found[flow.index[company]])) for company in companies}
    branches = flow.branches()
    low, high = (extreme_arrival(branches, flow.index[head], most=sense) for sense in (False, True))
    if low is None or high is None:
        return {}
    return {
        company: _between(float(low[flow.index[company]]), float(high[flow.index[company]]))
        for company in companies
    }


def ownership(
    snapshot: Snapshot,
    *,
    of: str | None = None,
    by: str | None = None,
    rights: str = "capital",
    method: str = "absorbing",
) -> Answer[OwnerRecord]:
    """Return the owners `of` a company, or what is owned `by` a party.

    Parameters
    ----------
    snapshot, rights, method
        As in `owners`.
    of, by
        Name of the company, or of the holder; one of the two.

    Raises
    ------
    InputError
        If not exactly one of the two is given.

    Examples
    --------
    >>> from keiretsu.mirror import snapshot_of_shares
    >>> world = snapshot_of_shares({("a", "b"): "50%"})
    >>> [found.party for found in ownership(world, of="b")]
    ['a']
    """
    if (of is None) == (by is None):
        raise InputError("ownership is asked of a company or by a party", mend="give of= or by=")
    if of is not None:
        return owners(snapshot, of, rights=rights, method=method)
    return holdings(snapshot, by or "", rights=rights, method=method)
