"""How much value parties gather through a whole network of holdings.

With :math:`W` the shares (holder by issuer), :math:`v` values, :math:`N=(I-W)^{-1}` and :math:`D`
the inverse of N's diagonal: the raw network value is :math:`(N-I)v`, in which a loop counts at each
passage; the corrected one :math:`D(N-I)v`, in which what passes a party again is left out; and
bow-tie centrality :math:`W(D(N-I)+D)v`, in which a party has of its neighbours' values only its
share [1]_ [2]_.

References
----------
.. [1] S. Vitali, J. Glattfelder, S. Battiston, The network of global corporate control, PLoS ONE 6
   (2011).
.. [2] J. Glattfelder, The bow-tie centrality: a novel measure for directed and weighted networks
   with an intrinsic node property, arXiv:1911.00924 (2019).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from keiretsu.errors import InputError
from keiretsu.kernels.linear import EXACT_NODES, System
from keiretsu.measures.answer import Answer
from keiretsu.measures.flow import Flow, closed_loop_cautions
from keiretsu.measures.network.matrix import ShareMatrix
from keiretsu.model import Caution
from keiretsu.rights import rights_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from keiretsu.snapshot import Ledger, Snapshot

    Values = Mapping[str, Fraction | int]


@dataclass(frozen=True, slots=True)
class ValueRecord:
    """What one party gathers.

    Parameters
    ----------
    party, party_id, kind
        The party.
    value
        Its own value.
    raw, corrected, centrality
        Network value with every passage, without returns, and bow-tie centrality.
    """

    party: str
    party_id: str
    kind: str
    value: Fraction
    raw: Fraction
    corrected: Fraction
    centrality: Fraction

    def as_dict(self) -> dict[str, Any]:
        """Return the record as plain data, keyed as in JSON."""
        return {
            "party": self.party,
            "party_id": self.party_id,
            "kind": self.kind,
            "value": number(self.value),
            "network_value": number(self.raw),
            "network_value_corrected": number(self.corrected),
            "bow_tie_centrality": number(self.centrality),
        }


def network_value(
    snapshot: Snapshot, *, values: Values | None = None, rights: str = "capital"
) -> Answer[ValueRecord]:
    """Return how much value each party gathers through the network.

    Parameters
    ----------
    snapshot
        The world on a date.
    values
        Value of each party by name, nothing for those left out; one for everybody if not given.
    rights
        The right whose shares carry value.

    Returns
    -------
    Answer of ValueRecord
        Largest corrected value first; parties that neither hold nor are held are left out.

    Raises
    ------
    InputError
        If a value is negative.

    Notes
    -----
    Where shares are ranges the least ones are counted, which is said; loops without an outside
    owner, in which value would go round for ever, end where they begin. Networks of some thousand
    parties with loops of up to 24 are solved in fractions, larger ones with sparse factors.

    Examples
    --------
    >>> from keiretsu.mirror import snapshot_of_shares
    >>> world = snapshot_of_shares({("a", "b"): "50%", ("b", "c"): "40%"})
    >>> [(row.party, float(row.corrected)) for row in network_value(world)]
    [('a', 0.7), ('b', 0.4), ('c', 0.0)]
    """
    ledger = rights_of(snapshot).ledger(rights)
    parties = linked(snapshot, rights)
    own = own_values(snapshot, values)
    value = [own[party] for party in parties]
    gather = _in_fractions if len(parties) <= EXACT_NODES else _in_floats
    found = gather(snapshot, ledger, parties, value)
    records = [
        ValueRecord(
            snapshot.parties[party].label,
            snapshot.parties[party].id,
            snapshot.parties[party].kind.value,
            value[node],
            *gathered,
        )
        for node, (party, *gathered) in enumerate(
            zip(parties, found.raw, found.corrected, found.centrality, strict=True)
        )
    ]
    size = Fraction if found.exact else float  # floats compare much faster, and are all there is
    ordered = sorted(records, key=lambda row: (-size(row.corrected), row.party, row.party_id))
    fields = {"rights": rights, "computed": "exact" if found.exact else "floating-point"}
    return Answer("network", snapshot, tuple(ordered), fields, _cautions(snapshot, found))


@dataclass(frozen=True, slots=True)
class _Found:
    """What each party gathers, and how that was found."""

    raw: Sequence[Fraction]
    corrected: Sequence[Fraction]
    centrality: Sequence[Fraction]
    exact: bool
    is_point: bool
    loops: Sequence[Sequence[int]]


def _in_fractions(
    snapshot: Snapshot, ledger: Ledger, parties: Sequence[int], value: Sequence[Fraction]
) -> _Found:
    flow = Flow(snapshot, ledger, parties)
    rows = _rows(flow)
    system = System(rows)
    raw = system.solve(dict(enumerate(_times(rows, value))))
    again = system.returns(range(len(parties)))
    corrected = [raw[node] / again[node] for node in range(len(parties))]
    inner = [(raw[node] + value[node]) / again[node] for node in range(len(parties))]
    return _Found(raw, corrected, _times(rows, inner), system.exact, flow.is_point, flow.loops)


def _in_floats(
    _: Snapshot, ledger: Ledger, parties: Sequence[int], value: Sequence[Fraction]
) -> _Found:
    matrix = ShareMatrix(ledger, parties)
    columns = matrix.gather(np.array([float(one) for one in value]))
    raw, corrected, centrality = ([Fraction(x) for x in column.tolist()] for column in columns)
    is_point = all(ledger.is_exact(party) for party in parties)
    return _Found(raw, corrected, centrality, False, is_point, matrix.loops)


def linked(snapshot: Snapshot, rights: str) -> list[int]:
    """Return the positions of all that hold, or are held."""
    ledger = rights_of(snapshot).ledger(rights)
    return [p for p in range(len(snapshot.parties)) if ledger.held[p] or ledger.lines_of(p)]


def own_values(snapshot: Snapshot, values: Values | None) -> list[Fraction]:
    """Return the value of each party by position.

    Raises
    ------
    InputError
        If a value is negative.
    """
    if values is None:
        return [Fraction(1)] * len(snapshot.parties)
    found = [Fraction(0)] * len(snapshot.parties)
    for name, value in values.items():
        if value < 0:
            raise InputError(f"the value of {name!r} is negative", mend="give nothing or more")
        found[snapshot.position(name)] = Fraction(value)
    return found


def number(value: Fraction) -> float:
    """Return a value as JSON shows it, rounded half-even to nine places."""
    return float(round(value, 9))


def _rows(flow: Flow) -> list[dict[int, Fraction]]:
    """Return for each holder its shares of issuers; of ranges the least."""
    rows: list[dict[int, Fraction]] = [{} for _ in flow.parties]
    count = len(flow.parties)
    for node, fork in enumerate(flow.forks):
        if fork is None:
            continue
        if fork.is_point:
            shares = fork.mixed.shares()
        else:
            bounds = flow.ledger.bounds
            party = flow.parties[node]
            shares = {t: bounds(party, {flow.parties[t]}).low for t in fork.targets if t < count}
        for target, share in shares.items():
            if target < count and share:
                rows[target][node] = share
    return rows


def _times(rows: Sequence[Mapping[int, Fraction]], values: Sequence[Fraction]) -> list[Fraction]:
    return [sum((share * values[node] for node, share in row.items()), Fraction(0)) for row in rows]


def _cautions(snapshot: Snapshot, network: _Found) -> tuple[Caution, ...]:
    found = list(snapshot.cautions)
    if not network.is_point:
        found.append(Caution("ranges-at-least", "shares known as ranges count with their least"))
    text = "these companies are wholly held by each other: their value goes to nobody outside"
    found += closed_loop_cautions(snapshot, network.loops, text)
    return tuple(sorted(set(found)))
