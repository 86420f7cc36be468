"""A snapshot as a networkx graph, and any networkx graph as a snapshot."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from typing import TYPE_CHECKING, Any

import networkx as nx

from keiretsu.errors import InputError
from keiretsu.model import (
    ClaimSet,
    Document,
    Holding,
    Party,
    PartyKind,
    Remainder,
    Share,
    claim_id,
    exact,
)
from keiretsu.rights import rights_of
from keiretsu.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from keiretsu.kernels.box import Bounds
    from keiretsu.model import Number

_RANGE = re.compile(r"(?P<left>[\[(])(?P<low>\d+(?:/\d+)?), (?P<high>\d+(?:/\d+)?)(?P<right>[\])])")
_GRAPH = Document(id="urn:keiretsu:graph", title="networkx graph")


def to_networkx(snapshot: Snapshot) -> nx.MultiDiGraph[str]:
    """Return a snapshot as a graph that points from holder to issuer.

    Parameters
    ----------
    snapshot
        The world on a date.

    Returns
    -------
    networkx.MultiDiGraph
        Nodes are IRIs with `label`, `kind`, `jurisdiction`, `listed`, `acts_for` and `remainder`.
        Edges have the claim's IRI as key, and `capital` and `votes` (fractions of one as floats;
        None where only a range is known), `capital_min`, `capital_max`, `votes_min`, `votes_max`,
        `capital_exact`, `votes_exact` (text such as ``217/500``) and `sources`. The graph has
        `as_of`. States for which bodies act are nodes too.

    Examples
    --------
    >>> world = snapshot_of_shares({("a", "b"): "60%"})
    >>> [(h, i, data["capital"]) for h, i, data in to_networkx(world).edges(data=True)]
    [('a', 'b', 0.6)]
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(as_of=snapshot.as_of.isoformat())
    parties = snapshot.parties
    present = {end for one in snapshot.holdings for end in (one.holder, one.issuer)}
    present |= {state for state, bodies in snapshot.bodies.items() if present & set(bodies)}
    for position in sorted(present):
        party = parties[position]
        graph.add_node(
            party.id,
            label=party.label,
            kind=party.kind.value,
            jurisdiction=party.jurisdiction,
            listed=party.listed,
            acts_for=party.acts_for,
            remainder=party.remainder.value if party.remainder is not None else None,
        )
    votes = rights_of(snapshot).votes
    for position, one in enumerate(snapshot.holdings):
        line = votes.line_of.get(position)
        share = one.capital
        graph.add_edge(
            parties[one.holder].id,
            parties[one.issuer].id,
            key=one.claim_ids[0],
            **_attributes("capital", share),
            **_attributes("votes", votes.single(line) if line is not None else None),
            sources=[evidence.as_dict() for evidence in snapshot.evidence(position)],
        )
    return graph


def _attributes(name: str, share: Share | Bounds | None) -> dict[str, Any]:
    if share is None:
        return {name: None, f"{name}_min": None, f"{name}_max": None, f"{name}_exact": None}
    point = share.low == share.high
    return {
        name: float(share.low) if point else None,
        f"{name}_min": float(share.low),
        f"{name}_max": float(share.high),
        f"{name}_exact": _spelled(share),
    }


def from_networkx(
    graph: nx.Graph[Any],
    *,
    capital: str = "capital",
    votes: str | None = None,
    as_of: dt.date | None = None,
) -> Snapshot:
    """Return a networkx graph as a snapshot, so that every measure takes it.

    Parameters
    ----------
    graph
        A directed graph from holder to issuer. Nodes may have `label`, `kind`, `jurisdiction`,
        `listed`, `acts_for` and `remainder`.
    capital, votes
        Names of the edges' attributes: fractions of one as numbers, or text such as ``"43.4%"`` and
        ``"(25,50]%"`` (percent). An edge without capital is unknown; without votes one share is
        one vote.
    as_of
        The date of the snapshot; the graph's own `as_of` if it has one, else today.

    Raises
    ------
    InputError
        If the graph is not directed, or an attribute is not a share.

    Examples
    --------
    >>> graph = nx.DiGraph([("a", "b", {"capital": 0.6})])
    >>> from_networkx(graph).parties[0].label
    'a'
    """
    if not graph.is_directed():
        raise InputError("the graph is not directed", mend="use a DiGraph from holder to issuer")
    parties = {str(node): _party(node, data) for node, data in graph.nodes(data=True)}
    ordinal = itertools.count()
    holdings = tuple(
        _holding((str(holder), str(issuer)), data, next(ordinal), capital, votes)
        for holder, issuer, data in graph.edges(data=True)
    )
    date = as_of or _date(graph.graph.get("as_of"))
    claims = ClaimSet(parties=parties, documents={_GRAPH.id: _GRAPH}, holdings=holdings)
    return Snapshot.of(claims, date)


def snapshot_of_shares(
    shares: Mapping[tuple[str, str], Number], *, as_of: dt.date | None = None
) -> Snapshot:
    """Return shares of capital, keyed by holder and issuer, as a snapshot.

    Examples
    --------
    >>> len(snapshot_of_shares({("a", "b"): "60%", ("b", "c"): 0.5}).holdings)
    2
    """
    graph: nx.DiGraph[str] = nx.DiGraph()
    for (holder, issuer), share in shares.items():
        graph.add_edge(holder, issuer, capital=share)
    return from_networkx(graph, as_of=as_of)


def _party(node: Hashable, data: Mapping[str, Any]) -> Party:
    return Party(
        id=str(node),
        label=str(data.get("label") or node),
        kind=PartyKind(data.get("kind") or PartyKind.PARTY),
        jurisdiction=data.get("jurisdiction"),
        listed=data.get("listed"),
        acts_for=data.get("acts_for"),
        remainder=Remainder(data["remainder"]) if data.get("remainder") else None,
    )


def _holding(
    ends: tuple[str, str], data: Mapping[str, Any], ordinal: int, capital: str, votes: str | None
) -> Holding:
    holder, issuer = ends
    place = f"edge {holder!r} → {issuer!r}"
    return Holding(
        id=claim_id(_GRAPH.id, holder, issuer, ordinal),
        document=_GRAPH.id,
        holder=holder,
        issuer=issuer,
        capital=_share(data, capital, place),
        votes=_share(data, votes, place) if votes else None,
        place=place,
    )


def _share(data: Mapping[str, Any], name: str, place: str) -> Share | None:
    value, spelled = data.get(name), data.get(f"{name}_exact")
    try:
        share = None if spelled is None else _read_exact(spelled)
        # A number that was changed since it was spelled out is what its user means.
        if value is None or (share is not None and float(share.low) == value):
            return share
        if isinstance(value, str) and not _is_number(value):
            return Share.from_percent(value.replace("%", ""))
        return Share.point(value)
    except InputError as error:
        raise InputError(error.problem, place=f"{place}, {name}", mend=error.mend) from None


def _read_exact(value: Number) -> Share:
    if isinstance(value, str) and (found := _RANGE.fullmatch(value)):
        low, high = exact(found["low"]), exact(found["high"])
        return Share(low, high, found["left"] == "(", found["right"] == ")")
    return Share.point(value)


def _spelled(share: Share | Bounds) -> str:
    """Return a share as exact text: ``217/500``, or ``(1/4, 1/2]`` for a range of fractions."""
    if share.low == share.high:
        return str(share.low)
    left, right = "(" if share.low_open else "[", ")" if share.high_open else "]"
    return f"{left}{share.low}, {share.high}{right}"


def _is_number(text: str) -> bool:
    try:
        exact(text)
    except InputError:
        return False
    return True


def _date(text: str | None) -> dt.date:
    return dt.date.fromisoformat(text) if text else dt.datetime.now(tz=dt.UTC).date()
