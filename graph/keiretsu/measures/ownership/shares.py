"""Integrated ownership: direct and indirect shares together, with loops solved.

The absorbing form: a unit of the company climbs from issuer to holder, split by shares, until it
arrives at somebody whose own holders are not recorded, at a float, at holders not disclosed, or in
a loop that has no outside owner. So outside owners and remainders add up to 100 %. The other
conventions, see `keiretsu.measures.ownership.integrated`, give intermediate owners numbers too.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from keiretsu.errors import InputError
from keiretsu.measures.answer import Answer, percent
from keiretsu.measures.dispatch import on_columns
from keiretsu.measures.flow import Flow, above, below, closed_loop_cautions, direct_stake
from keiretsu.measures.ownership.beside_shares import (
    cautions_of,
    loops_of,
    own_shares_alone,
    remainder_fields,
)
from keiretsu.measures.ownership.integrated import (
    ABSORBING,
    DAMPED,
    METHODS,
    NO_DAMPING,
    Shares,
    shares_above,
)
from keiretsu.measures.ownership.integrated_below import shares_below
from keiretsu.measures.ownership.record import OwnerRecord, by_size
from keiretsu.measures.ownership.undisclosed import what_undisclosed_could_add
from keiretsu.rights import rights_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from keiretsu.snapshot import Ledger, Snapshot


@on_columns("ownership", "owners_in_columns")
def owners(
    snapshot: Snapshot,
    company: str,
    *,
    rights: str = "capital",
    method: str = ABSORBING,
    damping: Fraction | None = None,
    undisclosed_to: str | None = None,
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
        The convention: ``absorbing``, ``raw``, ``row-corrected``, ``column-corrected``,
        ``simple-paths`` or ``damped``.
    damping
        For ``damped``, and only there: what each holding of a chain after the first is multiplied
        by, at least nothing and less than one.
    undisclosed_to
        Name of a party of which is asked what it could have if the undisclosed parts were its;
        the answer has then a field `what_undisclosed_could_add`.

    Returns
    -------
    Answer of OwnerRecord
        Owners with their integrated share, intermediate ones with their look-through share too;
        with `float_percent`, `undisclosed_percent`, `nobody_percent`, `no_outside_owner_percent`,
        `itself_percent` (what the company has of itself through loops), `closed_loops` and
        `loops_that_may_close` among its fields. In the absorbing form everything outside adds up
        to 100 %.

    Raises
    ------
    InputError
        If there is no such method, or the damping is missing, out of place or out of bounds.

    Notes
    -----
    Where a share above the company is a range, integrated shares are tight ranges: each end is
    attained by one choice of shares that respects every issuer's 100 %, or approached where a
    range behind it is open (`open_ends`). Loops that some worlds close and others do not let
    nothing out when they are closed. Small systems are solved in fractions, without rounding;
    loops of more than 24 companies and systems of thousands in floating point.

    References
    ----------
    .. [1] F. Brioschi, L. Buzzacchi, M. Colombo, Risk capital financing and the separation of
       ownership and control in business groups, J. Banking & Finance 13 (1989).
    .. [2] S. Vitali, J. Glattfelder, S. Battiston, The network of global corporate control,
       PLoS ONE 6 (2011).

    Examples
    --------
    >>> from keiretsu.mirror import snapshot_of_shares
    >>> world = snapshot_of_shares(
    ...     {("A", "C"): 0.5, ("B", "C"): 0.5, ("C", "A"): 0.5, ("E", "A"): 0.5}
    ... )
    >>> [(o.party, o.as_dict()["percent"]) for o in owners(world, "C") if o.integrated]
    [('B', 66.666667), ('E', 33.333333)]
    """
    _check(method, damping)
    target = snapshot.position(company)
    ledger = rights_of(snapshot).ledger(rights)
    flow = Flow(snapshot, ledger, above(ledger, target))
    shares = shares_above(flow, target, method, damping or NO_DAMPING)
    lines: dict[int, list[int]] = defaultdict(list)
    for line in ledger.lines_of(target):
        lines[ledger.holder_of(line)].append(line)
    records = [
        _record(snapshot, ledger, (party, target), lines[party], shares)
        for party in flow.parties
        if party != target or lines[party]
    ]
    fields = {
        "company": snapshot.parties[target].label,
        "company_id": snapshot.parties[target].id,
        "method": method,
        **({} if damping is None else {"damping_percent": percent(damping)}),
        "rights": rights,
        "truncated": shares.truncated,
        **remainder_fields(snapshot, flow, shares),
    }
    if undisclosed_to is not None:
        party = snapshot.position(undisclosed_to)
        added = what_undisclosed_could_add(snapshot, ledger, target, party)
        fields["what_undisclosed_could_add"] = added
    cautions = cautions_of(snapshot, flow, shares, {target, *flow.parties})
    if lines.keys() == {target}:
        cautions += (own_shares_alone(snapshot.parties[target].label),)
    return Answer("owners", snapshot, tuple(sorted(records, key=by_size)), fields, cautions)


@on_columns("ownership", "holdings_in_columns")
def holdings(
    snapshot: Snapshot,
    party: str,
    *,
    rights: str = "capital",
    method: str = ABSORBING,
    damping: Fraction | None = None,
) -> Answer[OwnerRecord]:
    """Return what a party owns, directly and in all: `owners`, downward.

    For each company the share that, climbing from it, arrives at the party: for a party whose own
    holders are recorded this is its look-through share (`percent` is then null in the absorbing
    form).

    Parameters
    ----------
    snapshot, rights, method, damping
        As in `owners`.
    party
        Name of the holder. A State stands for itself; its bodies have rows of their own.

    Raises
    ------
    InputError
        As in `owners`.

    Examples
    --------
    >>> from keiretsu.mirror import snapshot_of_shares
    >>> world = snapshot_of_shares({("a", "b"): "50%", ("b", "c"): "40%"})
    >>> [(h.party, h.as_dict()["percent"]) for h in holdings(world, "a")]
    [('b', 50.0), ('c', 20.0)]
    """
    _check(method, damping)
    head = snapshot.position(party)
    ledger = rights_of(snapshot).ledger(rights)
    companies = below(ledger, head)
    factor = damping or NO_DAMPING
    shares, flow = shares_below(snapshot, ledger, head, companies, method, damping=factor)
    lines: dict[int, list[int]] = defaultdict(list)
    for line in ledger.held[head]:
        lines[ledger.issuer_of(line)].append(line)
    records = [_record(snapshot, ledger, (head, one), lines[one], shares) for one in companies]
    fields = {
        "party": snapshot.parties[head].label,
        "party_id": snapshot.parties[head].id,
        "method": method,
        **({} if damping is None else {"damping_percent": percent(damping)}),
        "rights": rights,
        "truncated": shares.truncated,
    }
    cautions = {
        *cautions_of(snapshot, flow, shares, {head, *companies}),
        *closed_loop_cautions(snapshot, loops_of(head, flow)),
    }
    return Answer(
        "holdings", snapshot, tuple(sorted(records, key=by_size)), fields, tuple(sorted(cautions))
    )


def ownership(
    snapshot: Snapshot,
    *,
    of: str | None = None,
    by: str | None = None,
    rights: str = "capital",
    method: str = ABSORBING,
    damping: Fraction | None = None,
    undisclosed_to: str | None = None,
) -> Answer[OwnerRecord]:
    """Return the owners `of` a company, or what is owned `by` a party.

    Parameters
    ----------
    snapshot, rights, method, damping, undisclosed_to
        As in `owners`; the last is asked of a company only.
    of, by
        Name of the company, or of the holder; one of the two.

    Raises
    ------
    InputError
        If not exactly one of the two is given, or `undisclosed_to` without `of`.

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
        return owners(
            snapshot,
            of,
            rights=rights,
            method=method,
            damping=damping,
            undisclosed_to=undisclosed_to,
        )
    if undisclosed_to is not None:
        raise InputError("undisclosed_to is asked of a company", mend="give of=")
    name = "" if by is None else by
    return holdings(snapshot, name, rights=rights, method=method, damping=damping)


def _check(method: str, damping: Fraction | None) -> None:
    if method not in METHODS:
        raise InputError(f"no method is named {method!r}", mend=f"use one of: {', '.join(METHODS)}")
    if (method == DAMPED) != (damping is not None):
        raise InputError(
            f"a damping belongs to the method {DAMPED!r}, and that needs one",
            mend="give both or neither",
        )
    if damping is not None and not 0 <= damping < 1:
        raise InputError(
            "a damping lies between 0 and 100 %, which it does not reach", mend="give a percentage"
        )


def _record(
    snapshot: Snapshot,
    ledger: Ledger,
    pair: tuple[int, int],
    lines: Sequence[int],
    shares: Shares,
) -> OwnerRecord:
    """Return the row about one side of a pair of holder and issuer: that which `shares` is by."""
    role, party = ("holder", pair[0]) if shares.upward else ("issuer", pair[1])
    own = pair[0] == pair[1]
    direct, held = direct_stake(ledger, *pair, lines) if lines else (None, ())
    who = snapshot.parties[party]
    return OwnerRecord(
        role,
        who.label,
        who.id,
        "treasury" if own else who.kind.value,
        direct,
        None if own else shares.integrated.get(party),
        None if own else shares.passing.get(party),
        tuple(source for holding in held for source in snapshot.evidence(holding)),
    )
