"""Integrated ownership at register scale: of one company, or by one party, on the touched part."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import numpy as np

from keiretsu.kernels.visits import Climb
from keiretsu.measures.answer import PLACES
from keiretsu.measures.ownership.integrated import ABSORBING
from keiretsu.model import Remainder

if TYPE_CHECKING:
    from fractions import Fraction

    import pandas as pd
    from numpy.typing import NDArray

    from keiretsu.model import Caution
    from keiretsu.snapshot import ColumnarSnapshot

    Floats = NDArray[np.float64]
    Integers = NDArray[Any]

_LOCAL = threading.local()


@dataclass(frozen=True, slots=True)
class Stake:
    """What one party has of another, in percent.

    Parameters
    ----------
    role
        ``holder`` or ``issuer``: what the party is.
    party
        Its number.
    direct_percent
        What it holds directly, own shares counted; None if nothing.
    percent
        What arrives at it in the end; None for an intermediate owner.
    look_through_percent
        What passes through it at least once, for an intermediate owner.
    """

    role: str
    party: int
    direct_percent: float | None
    percent: float | None
    look_through_percent: float | None

    def as_dict(self) -> dict[str, Any]:
        """Return the record as plain data, keyed as in JSON."""
        return {
            self.role: self.party,
            "kind": "party",
            "direct_percent": self.direct_percent,
            "percent": self.percent,
            "look_through_percent": self.look_through_percent,
        }


class RegisterStakes(Sequence[Stake]):
    """Stakes as columns, the largest first; a record is made when one is read.

    Parameters
    ----------
    snapshot
        The world in columns.
    role
        What the parties of the rows are: ``holder`` or ``issuer``.
    parties
        Positions.
    shares
        Fractions of one in floating point, of the whole that counts; not a number for a party
        in a closed loop with the company, where nothing ends with anybody.
    passing
        Whether the share passes through the party rather than ending with it.
    direct
        Direct shares, not a number where there is none.
    fields
        Further fields of the answer.
    """

    def __init__(
        self,
        snapshot: ColumnarSnapshot,
        role: str,
        parties: Integers,
        *,
        shares: Floats,
        passing: NDArray[np.bool_],
        direct: Floats,
        fields: dict[str, Any],
    ) -> None:
        size = np.round(shares, 12)
        order = np.lexsort((parties, -np.nan_to_num(direct), -np.nan_to_num(size)))
        self.snapshot, self.role, self.fields = snapshot, role, fields
        self.command = "owners" if role == "holder" else "holdings"
        self.parties, self.shares = parties[order], shares[order]
        self.passing, self.direct = passing[order], direct[order]

    @property
    def cautions(self) -> tuple[Caution, ...]:
        """What was assumed."""
        return self.snapshot.cautions

    warnings = cautions

    def __len__(self) -> int:
        return len(self.parties)

    def __iter__(self) -> Iterator[Stake]:
        return (self._stake(place) for place in range(len(self)))

    def __getitem__(self, index: Any) -> Any:  # noqa: ANN401 - the two forms of a sequence
        if isinstance(index, slice):
            return [self._stake(place) for place in range(*index.indices(len(self)))]
        return self._stake(range(len(self))[index])

    def as_rows(self) -> list[dict[str, Any]]:
        """Return the rows as plain data."""
        return [stake.as_dict() for stake in self]

    def to_pandas(self) -> pd.DataFrame:
        """Return the rows as a data frame; needs pandas."""
        import pandas as pd  # noqa: PLC0415 - optional and heavy

        percents = np.round(self.shares * 100, PLACES)
        columns = {
            self.role: self.snapshot.numbers_of(self.parties),
            "kind": np.full(len(self), "party", dtype=object),
            "direct_percent": np.round(self.direct * 100, PLACES),
            "percent": np.where(self.passing, np.nan, percents),
            "look_through_percent": np.where(self.passing, percents, np.nan),
        }
        return pd.DataFrame(columns)

    def _stake(self, place: int) -> Stake:
        share = None if np.isnan(self.shares[place]) else percent(self.shares[place])
        direct = self.direct[place]
        return Stake(
            self.role,
            self.snapshot.number_of(int(self.parties[place])),
            None if np.isnan(direct) else percent(direct),
            None if self.passing[place] else share,
            share if self.passing[place] else None,
        )


def percent(share: float) -> float:
    """Return a fraction of one in floating point as a percentage of six places."""
    return float(round(float(share) * 100, PLACES))


def climb_of(snapshot: ColumnarSnapshot, right: str) -> Climb:
    """Return the climb in a right, made once for each thread: it holds work space."""
    if not hasattr(_LOCAL, "climbs"):
        _LOCAL.climbs = WeakKeyDictionary()
    column, network = snapshot.column(right), snapshot.network
    made = _LOCAL.climbs.setdefault(column, {})
    if "climb" not in made:
        made["climb"] = Climb(
            network.first, network.holder, column.weight, column.whole, network.is_recorded
        )
    climb: Climb = made["climb"]
    return climb


def owners_in_columns(
    snapshot: ColumnarSnapshot,
    company: int | str,
    *,
    rights: str = "capital",
    method: str = ABSORBING,
    damping: Fraction | None = None,
    undisclosed_to: str | int | None = None,
) -> Any:  # noqa: ANN401 - an answer of records, or of stakes in numbers
    """Return who owns a company; parties are numbers. See `keiretsu.owners`.

    The absorbing form is computed in floating point on what lies above the company; any other, and
    what is wider than 64 bits, from an ordinary snapshot of that part.
    """
    target = snapshot.position(company)
    column, network = snapshot.column(rights), snapshot.network
    asks_more = damping is not None or undisclosed_to is not None
    if method != ABSORBING or asks_more or not column.is_narrow:
        from keiretsu.measures.ownership.shares import owners  # noqa: PLC0415 - it calls this module

        known = None if undisclosed_to is None else str(undisclosed_to)
        around = [target] if known is None else [target, snapshot.position(known)]
        world, name = snapshot.around(around), str(snapshot.number_of(target))
        return owners(
            world, name, rights=rights, method=method, damping=damping, undisclosed_to=known
        )
    climb = climb_of(snapshot, rights)
    found = climb.above(target)
    mine = slice(int(network.first[target]), int(network.first[target + 1]))
    base = column.total[target] if rights == "capital" else column.whole[target]
    held = dict(zip(network.holder[mine].tolist(), column.weight[mine].tolist(), strict=True))
    direct = np.array([held.get(p, np.nan) for p in found.nodes.tolist()]) / max(int(base), 1)
    others = found.nodes != target
    ends = climb.is_end[found.nodes]
    itself = float(1 - 1 / found.again[0])
    looped = ends & network.is_held[found.nodes]
    closed = float(found.arriving[looped].sum())
    beyond = (found.rest if network.is_recorded[target] else 1.0, found.lost)
    fields = _fields(snapshot, target, rights, beyond, (closed, itself))
    return RegisterStakes(
        snapshot,
        "holder",
        found.nodes[others],
        shares=np.where(looped & (found.arriving == 0), np.nan, found.arriving)[others],
        passing=~ends[others],
        direct=direct[others],
        fields=fields,
    )


def _fields(
    snapshot: ColumnarSnapshot,
    target: int,
    rights: str,
    beyond: tuple[float, float],
    loops: tuple[float, float],
) -> dict[str, Any]:
    (rest, lost), (closed, itself) = beyond, loops
    kind = Remainder.NONE if snapshot.closed[target] else snapshot.remainder
    return {
        "company": snapshot.number_of(target),
        "method": ABSORBING,
        "rights": rights,
        "float_percent": percent(rest if kind is Remainder.FLOAT else 0.0),
        "undisclosed_percent": percent(rest if kind is Remainder.UNDISCLOSED else 0.0),
        "nobody_percent": percent(lost + (rest if kind is Remainder.NONE else 0.0)),
        "no_outside_owner_percent": percent(closed),
        "itself_percent": percent(itself),
    }


def holdings_in_columns(
    snapshot: ColumnarSnapshot,
    party: int | str,
    *,
    rights: str = "capital",
    method: str = ABSORBING,
    damping: Fraction | None = None,
) -> Any:  # noqa: ANN401 - an answer of records, or of stakes in numbers
    """Return what a party owns; parties are numbers. See `keiretsu.holdings`."""
    start = snapshot.position(party)
    column, network = snapshot.column(rights), snapshot.network
    if method != ABSORBING or damping is not None or not column.is_narrow:
        from keiretsu.measures.ownership.shares import holdings  # noqa: PLC0415 - it calls this module

        name = str(snapshot.number_of(start))
        return holdings(snapshot.in_memory, name, rights=rights, method=method, damping=damping)
    climb = climb_of(snapshot, rights)
    companies, shares = climb.below(start)
    mine = slice(int(network.first_held[start]), int(network.first_held[start + 1]))
    issuers = network.issuer_held[mine].tolist()
    weights = column.weight[network.held[mine]].tolist()
    base = column.total if rights == "capital" else column.whole
    held = {i: w / max(int(base[i]), 1) for i, w in zip(issuers, weights, strict=True)}
    missing = [issuer for issuer in issuers if issuer not in set(companies.tolist())]
    companies = np.concatenate([companies, np.array(missing, dtype=companies.dtype)])
    shares = np.concatenate([shares, np.zeros(len(missing))])
    direct = np.array([held.get(company, np.nan) for company in companies.tolist()])
    passing = np.full(len(companies), bool(network.is_recorded[start]))
    fields = {"party": snapshot.number_of(start), "method": ABSORBING, "rights": rights}
    return RegisterStakes(
        snapshot,
        "issuer",
        companies,
        shares=shares,
        passing=passing,
        direct=direct,
        fields=fields,
    )
