"""A snapshot as a networkx graph, and any networkx graph as a snapshot."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import TYPE_CHECKING, Any

import networkx as nx

from keiretsu.errors import InputError
from keiretsu.mirror.edges import Reading, named, reading_of
from keiretsu.model import (
    ClaimSet,
    Document,
    Holding,
    Party,
    PartyKind,
    Remainder,
    Share,
    claim_id,
)
from keiretsu.rights import rights_of
from keiretsu.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from keiretsu.kernels.box import Bounds
    from keiretsu.model import Number

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
    capital: str | None = None,
    votes: str | None = None,
    unit: str | None = None,
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
        one vote. If `capital` is not given, ``capital`` is read; where no edge has it, the one
        attribute that is named as others name it: ``share``, ``weight``, ``stake``, ``ownership``
        or ``fraction`` (of one), ``percent``, ``percentage``, ``pct``, ``capital_percent``,
        ``share_percent`` or ``ownership_percent``. A caution of the snapshot, and so a note on
        every page, then says which was read, and in which unit.
    unit
        ``fraction`` or ``percent``, for the numbers of `capital` and `votes`; if not given, what
        the attribute's name says, else fractions of one.
    as_of
        The date of the snapshot; the graph's own `as_of` if it has one, else today.

    Raises
    ------
    InputError
        If the graph is not directed, an attribute is not a share or is out of range (a weight above
        one), or several attributes may be the share.

    Examples
    --------
    >>> graph = nx.DiGraph([("a", "b", {"capital": 0.6})])
    >>> from_networkx(graph).parties[0].label
    'a'
    >>> weighted = from_networkx(nx.DiGraph([("a", "b", {"weight": 0.6})]))
    >>> [caution.text for caution in weighted.cautions if caution.code == "attribute-read"]
    ["shares are read from the edges' attribute 'weight', in fractions of one"]
    """
    if not graph.is_directed():
        raise InputError("the graph is not directed", mend="use a DiGraph from holder to issuer")
    parties = {str(node): _party(node, data) for node, data in graph.nodes(data=True)}
    reading = reading_of(graph, capital, unit)
    voting = named(votes, unit) if votes else None
    ordinal = itertools.count()
    holdings = tuple(
        _holding((str(holder), str(issuer)), data, next(ordinal), reading, voting)
        for holder, issuer, data in graph.edges(data=True)
    )
    date = as_of or _date(graph.graph.get("as_of"))
    claims = ClaimSet(parties=parties, documents={_GRAPH.id: _GRAPH}, holdings=holdings)
    return Snapshot.of(claims, date).with_cautions(reading.cautions)


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
    ends: tuple[str, str],
    data: Mapping[str, Any],
    ordinal: int,
    capital: Reading,
    votes: Reading | None,
) -> Holding:
    holder, issuer = ends
    place = f"edge {holder!r} → {issuer!r}"
    return Holding(
        id=claim_id(_GRAPH.id, holder, issuer, ordinal),
        document=_GRAPH.id,
        holder=holder,
        issuer=issuer,
        capital=capital.share(data, place),
        votes=votes.share(data, place) if votes else None,
        place=place,
    )


def _spelled(share: Share | Bounds) -> str:
    """Return a share as exact text: ``217/500``, or ``(1/4, 1/2]`` for a range of fractions."""
    if share.low == share.high:
        return str(share.low)
    left, right = "(" if share.low_open else "[", ")" if share.high_open else "]"
    return f"{left}{share.low}, {share.high}{right}"


def _date(text: str | None) -> dt.date:
    return dt.date.fromisoformat(text) if text else dt.datetime.now(tz=dt.UTC).date()
