"""A snapshot as a graph for other programs: GraphML, GEXF, and tables that Neo4j imports."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from typing import TYPE_CHECKING, Any, Final

import networkx as nx

from keiretsu.mirror.graph import to_networkx

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from keiretsu.snapshot import Snapshot

_BEGINNING = (1980, 1, 1, 0, 0, 0)
"""The day that every file in an archive bears: the same input gives the same bytes."""
_CLOCK = re.compile(r' lastmodifieddate="[^"]*"')
_NODE = ("label", "kind", "jurisdiction", "listed", "acts_for", "remainder")
_EDGE = ("capital_percent_min", "capital_percent_max", "votes_percent_min", "votes_percent_max")
_TOLD = ("capital_exact", "votes_exact", "sources")


def graphml(snapshot: Snapshot) -> bytes:
    r"""Return a snapshot as GraphML, for yEd, Cytoscape, igraph and others.

    Parameters
    ----------
    snapshot
        The world on a date.

    Returns
    -------
    bytes
        Nodes are parties, edges point from holder to issuer; percentages are numbers with a least
        and a most, ``capital_exact`` and ``votes_exact`` are text such as ``217/500``.

    Examples
    --------
    >>> from keiretsu.mirror import snapshot_of_shares
    >>> text = graphml(snapshot_of_shares({("a", "b"): "60%"})).decode()
    >>> '<edge source="a" target="b"' in text, 'percent_min">60.0<' in text
    (True, True)
    """
    lines = nx.generate_graphml(_plain(snapshot), named_key_ids=True)
    return ("\n".join(lines) + "\n").encode()


def gexf(snapshot: Snapshot) -> bytes:
    """Return a snapshot as GEXF 1.2, for Gephi; contents as in `graphml`.

    Examples
    --------
    >>> from keiretsu.mirror import snapshot_of_shares
    >>> b'version="1.2"' in gexf(snapshot_of_shares({("a", "b"): "60%"}))
    True
    """
    text = "\n".join(nx.generate_gexf(_plain(snapshot), version="1.2draft"))
    return (_CLOCK.sub("", text) + "\n").encode()


def neo4j(snapshot: Snapshot) -> bytes:
    """Return a snapshot as a zip of two tables for ``neo4j-admin database import full``.

    Parameters
    ----------
    snapshot
        The world on a date.

    Returns
    -------
    bytes
        ``parties.csv`` with labels by kind and ``holdings.csv`` with relationships ``HOLDS``. Texts
        are as the data have them: import the tables, and do not open them in a spreadsheet.

    Examples
    --------
    >>> import io, zipfile
    >>> from keiretsu.mirror import snapshot_of_shares
    >>> found = zipfile.ZipFile(io.BytesIO(neo4j(snapshot_of_shares({("a", "b"): "60%"}))))
    >>> found.namelist(), found.read("parties.csv").decode().splitlines()[1]
    (['parties.csv', 'holdings.csv'], 'a,a,Party,,,,,Party')
    """
    graph = _plain(snapshot)
    kinds = ("string", "string", "string", "boolean", "string", "string")
    parties = [
        ["iri:ID", *(f"{name}:{kind}" for name, kind in zip(_NODE, kinds, strict=True)), ":LABEL"],
        *([node, *_cells(data, _NODE), data["kind"]] for node, data in graph.nodes(data=True)),
    ]
    heads = [f"{name}:double" for name in _EDGE] + [f"{name}:string" for name in _TOLD]
    holdings = [
        [":START_ID", ":END_ID", ":TYPE", "claim:string", *heads],
        *(
            [holder, issuer, "HOLDS", claim, *_cells(data, (*_EDGE, *_TOLD))]
            for holder, issuer, claim, data in graph.edges(keys=True, data=True)
        ),
    ]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, rows in (("parties.csv", parties), ("holdings.csv", holdings)):
            member = zipfile.ZipInfo(name, _BEGINNING)
            archive.writestr(member, _table(rows), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


GRAPH_FORMS: Final[Mapping[str, Callable[[Snapshot], bytes]]] = {
    "graphml": graphml,
    "gexf": gexf,
    "zip": neo4j,
}
"""What writes a snapshot as a graph, by the ending of the file."""


def _plain(snapshot: Snapshot) -> nx.MultiDiGraph[str]:
    """Return the mirror with what those formats know: numbers and text, and never None."""
    mirror = to_networkx(snapshot)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(as_of=mirror.graph["as_of"])
    for node, data in mirror.nodes(data=True):
        graph.add_node(node, **_given(data))
    for holder, issuer, claim, data in mirror.edges(keys=True, data=True):
        graph.add_edge(holder, issuer, claim, **_given(_edge(data)))
    return graph


def _edge(data: Mapping[str, Any]) -> dict[str, Any]:
    ends = {
        f"{right}_percent_{end}": _percent(data[f"{right}_{end}"])
        for right in ("capital", "votes")
        for end in ("min", "max")
    }
    titles = dict.fromkeys(source["title"] for source in data["sources"])
    exact = {name: data[name] for name in ("capital_exact", "votes_exact")}
    return {**ends, **exact, "sources": "; ".join(title for title in titles if title)}


def _percent(share: float | None) -> float | None:
    return None if share is None else round(share * 100, 10)


def _given(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value is not None}


def _cells(data: Mapping[str, Any], names: Iterable[str]) -> list[str]:
    return [_cell(data.get(name)) for name in names]


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _table(rows: Iterable[Iterable[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()
