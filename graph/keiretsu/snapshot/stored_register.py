"""A stored register on a date: in columns what columns decide, and which issuers they do not.

An issuer is *plain* on a day if all that is said of it are direct holdings of exact shares of its
capital, each surely in force or surely not, no two of them at odds, together no more than the
whole, and no voting rule of its country can apply. Its votes are then its shares, and columns
resolve it as objects would. Any other issuer is read as objects, and so is whatever lies below one:
what is decided about a company depends on all that lies above it and on nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from keiretsu.model import Remainder, Status
from keiretsu.snapshot.arrays import columnar
from keiretsu.store.disk.columns_writing import ODD, REMAINDERS
from keiretsu.store.disk.terms import STATUSES

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

    from numpy.typing import NDArray

    from keiretsu.snapshot.columnar import ColumnarSnapshot
    from keiretsu.store.disk import ClaimColumns

    Integers = NDArray[Any]
    Flags = NDArray[np.bool_]

PLAIN_RIGHTS = frozenset({"capital", "gross-votes", "votes"})
"""Rights that are a plain issuer's shares."""
_LARGEST = 2.0**61
"""Common units beyond this are left to objects; in floating point, so with room to 64 bits."""


class RegisterOnDate(NamedTuple):
    """A stored register on a date.

    Parameters
    ----------
    columns
        What columns decide.
    numbers
        Per position in the columns the party's number in the store, rising.
    objects
        Numbers of the issuers that are to be read as objects, sorted.
    claims, weight
        Per holding in the columns, by issuer and holder, own shares and several of one pair
        included: its place in the index, and its whole number over the issuer's.
    """

    columns: ColumnarSnapshot
    numbers: Integers
    objects: Integers
    claims: Integers
    weight: Integers


def register_on(
    index: Integers, claims: ClaimColumns, day: dt.date, ruled: Collection[str]
) -> RegisterOnDate:
    """Resolve a stored register on a day.

    Parameters
    ----------
    index
        Per claim about an issuer: issuer and holder (-1 if there is none), sorted by issuer.
    claims
        The columns.
    day
        The day.
    ruled
        Countries whose laws may take votes away in a loop of holdings.
    """
    issuer, holder = (np.ascontiguousarray(index[:, place], dtype=np.int32) for place in (0, 1))
    parties = len(claims.party)
    rows = _Rows(claims, day.toordinal())
    special = np.zeros(parties, dtype=np.bool_)
    special[issuer[rows.odd | rows.open | rows.ranged]] = True
    special[_of_parties(claims, issuer, holder)] = True
    active = np.flatnonzero(rows.sure & ~special[issuer])
    active = active[np.lexsort((holder[active], issuer[active]))]
    special[_at_odds(rows, issuer[active], holder[active], active)] = True
    near = (rows.maybe | rows.odd) & (holder >= 0)
    special |= _under_a_rule(claims, issuer[near], holder[near], ruled)
    active = active[~special[issuer[active]]]
    weight, unit, wide = _weights(claims, rows, issuer, active)
    special |= wide
    tainted = _below(special, issuer[near], holder[near])
    kept = ~tainted[issuer[active]]
    active, weight = active[kept], weight[kept]
    holder, issuer = holder[active], issuer[active]
    there = np.zeros(parties, dtype=np.bool_)
    there[holder], there[issuer] = True, True
    numbers, position = np.flatnonzero(there), np.cumsum(there, dtype=np.int32) - 1
    world = columnar(
        position[holder],
        position[issuer],
        capital=weight,
        capital_total=unit[numbers],
        parties=len(numbers),
        complete=claims.party["remainder"][numbers] == REMAINDERS.index(Remainder.NONE),
        as_of=day,
    )
    return RegisterOnDate(world, numbers, np.flatnonzero(tainted), active, weight)


class _Rows:
    """What each claim of the index is on a day."""

    def __init__(self, claims: ClaimColumns, day: int) -> None:
        share, term = np.asarray(claims.share), np.asarray(claims.term)
        self.share, self.odd = share, share == ODD
        terms = np.asarray(claims.terms)
        accepted, disputed = STATUSES.index(Status.ACCEPTED), STATUSES.index(Status.DISPUTED)
        usable = (terms["status"] == accepted) | (terms["status"] == disputed)
        sure = usable & (terms["begun"] <= day) & (day < terms["end"])
        maybe = usable & (terms["begin"] <= day) & (day < terms["ended"])
        self.sure, self.maybe = (self._spread(one, term) for one in (sure, maybe))
        self.open = self.maybe & ~self.sure
        shares = claims.shares
        exact = (shares["low"] == shares["high"]) & (shares["low_unit"] == shares["high_unit"])
        self.ranged = self.maybe & ~self._spread(exact, share)
        # Claims of one table and one status add up; any others about the same pair are at odds.
        said = terms["record"].astype(np.int64) * len(STATUSES) + terms["status"]
        self.said = said[term] if len(said) else np.zeros(len(term), dtype=np.int64)

    def _spread(self, per_code: Flags, code: Integers) -> Flags:
        if not len(per_code):
            return np.zeros(len(code), dtype=np.bool_)
        spread: Flags = per_code[code] & ~self.odd
        return spread


def _of_parties(claims: ClaimColumns, issuer: Integers, holder: Integers) -> Integers:
    """Return issuers that exist for a time only, or whose holders do, or act for a State."""
    party = np.asarray(claims.party)
    apart = party["dated"] != 0
    bodies = np.flatnonzero(party["state"] != ODD)
    apart[bodies] = True
    apart[party["state"][bodies]] = True
    concerned = apart[issuer] | ((holder >= 0) & apart[holder])
    found: Integers = issuer[concerned]
    return found


def _at_odds(rows: _Rows, issuer: Integers, holder: Integers, active: Integers) -> Integers:
    """Return issuers of which two tables, or claims of two statuses, tell of the same holder."""
    same = (issuer[1:] == issuer[:-1]) & (holder[1:] == holder[:-1])
    said = rows.said[active]
    at_odds: Integers = issuer[1:][same & (said[1:] != said[:-1])]
    return at_odds


def _under_a_rule(
    claims: ClaimColumns, issuer: Integers, holder: Integers, ruled: Collection[str]
) -> Flags:
    """Return who lies in a loop of holdings and has meetings under a law on cross-holdings."""
    countries = np.array([country.encode() for country in sorted(ruled)], dtype="S2")
    found: Flags = np.isin(np.asarray(claims.party["country"]), countries)
    if not found.any():
        return found
    from scipy.sparse import csr_array  # noqa: PLC0415 - heavy, and few registers need it
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

    other = issuer != holder
    ends = (holder[other], issuer[other])
    links = csr_array((np.ones(len(ends[0]), dtype=np.int32), ends), shape=(len(found),) * 2)
    _, component = connected_components(links, connection="strong")
    found &= np.bincount(component)[component] > 1
    return found


def _weights(
    claims: ClaimColumns, rows: _Rows, issuer: Integers, active: Integers
) -> tuple[Integers, Integers, Flags]:
    """Return whole numbers over a common unit for each issuer, and whom they do not fit.

    They do not fit where 64 bits are too few, or the holdings add up to more than the whole: what
    is then rounding and what an error is told by objects.
    """
    parties, of = len(claims.party), issuer[active]
    shares = np.asarray(claims.shares)[rows.share[active]]
    low, low_unit = shares["low"], shares["low_unit"]
    unit = np.ones(parties, dtype=np.int64)
    wide = np.zeros(parties, dtype=np.bool_)
    if not len(active):
        return low, unit, wide
    begins = np.flatnonzero(np.r_[True, of[1:] != of[:-1]])
    rough = np.maximum.reduceat(low_unit, begins).astype(np.float64)
    with np.errstate(over="ignore"):
        common = np.lcm.reduceat(low_unit, begins)
    # A common unit that overflowed is no multiple of each unit, or not larger than the largest.
    unit[of[begins]] = np.where((common > 0) & (common >= rough), common, 1)
    spilt = (unit[of] % low_unit != 0) | (unit[of] > _LARGEST)
    wide[of[spilt]] = True
    weight = np.where(spilt, 0, low * (unit[of] // low_unit))
    together = np.add.reduceat(weight.astype(np.float64), begins)
    over = together > unit[of[begins]] * (1 - 1e-12)
    for place in np.flatnonzero(over).tolist():
        end = begins[place + 1] if place + 1 < len(begins) else len(of)
        exact = sum(weight[begins[place] : end].tolist())
        wide[of[begins[place]]] |= exact > int(unit[of[begins[place]]])
    return weight, unit, wide


def _below(special: Flags, issuer: Integers, holder: Integers) -> Flags:
    """Return the issuers given with all that lies below them, at any depth."""
    if not special.any():
        return special
    from scipy.sparse import csr_array  # noqa: PLC0415 - heavy, and few registers need it
    from scipy.sparse.csgraph import breadth_first_order  # noqa: PLC0415

    top, heads = len(special), np.flatnonzero(special)
    ends = (np.r_[holder, np.full(len(heads), top)], np.r_[issuer, heads])
    links = csr_array((np.ones(len(ends[0]), dtype=np.int32), ends), shape=(top + 1,) * 2)
    reached = breadth_first_order(links, top, return_predecessors=False)
    found = np.zeros(top + 1, dtype=np.bool_)
    found[reached] = True
    return found[:top]
