"""What a picture shows as data for other programs: a table, and a graph."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from keiretsu.formats.defusing import defused
from keiretsu.views.scene.wording import told_reason

if TYPE_CHECKING:
    from keiretsu.views.scene.model import Scene, SceneLink
    from keiretsu.views.scene.percent import Percent


def csv_header(scene: Scene) -> list[str]:
    """Return the columns of the exported table; our own reader takes it back."""
    votes = "agreed_votes_percent" if scene.rights == "agreed-votes" else "voting_percent"
    return [
        "holder", "issuer", "capital_percent", votes, "voting_basis", "share_class", "why",
        "source_title", "source_publisher", "source_date", "source_url", "status", "sourcing",
    ]  # fmt: skip


def csv_row(link: SceneLink, scene: Scene) -> list[str]:
    """Return a holding's row under `csv_header`."""
    votes = link.votes_of(scene.rights)
    because, remarks = told_reason(link)
    first = link.evidence[0] if link.evidence else None
    basis = {"gross-votes": "gross", "agreed-votes": ""}.get(scene.rights, "exercisable")
    return [
        scene.party(link.holder).label,
        scene.party(link.issuer).label,
        link.capital.notation if link.capital else "",
        votes.notation if votes else "",
        basis if votes else "",
        link.share_class,
        "; ".join(part for part in (link.supposition, because, *remarks) if part),
        first.title if first else "",
        (first.publisher or "") if first else "",
        (first.date or "") if first else "",
        (first.url or "") if first else "",
        first.status if first else "",
        first.sourcing if first else "",
    ]


def csv_of(scene: Scene) -> str:
    """Return the holdings of a scene as a table, safe to open in a spreadsheet.

    Examples
    --------
    >>> from keiretsu.views.scene.model import Scene, SceneLink, SceneParty
    >>> parties = SceneParty(id="a", label="=1+1"), SceneParty(id="b", label="B")
    >>> link = SceneLink(id="1", holder="a", issuer="b")
    >>> csv_of(Scene(title="", as_of="", parties=parties, links=(link,))).splitlines()[1][:9]
    "'=1+1,B,,"
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(csv_header(scene))
    for link in scene.links_now:
        if link.kind == "holding":
            writer.writerow([defused(cell) for cell in csv_row(link, scene)])
    return text.getvalue()


def graphml_of(scene: Scene) -> str:
    """Return a scene as GraphML: parties and holdings with their percentages as numbers.

    Examples
    --------
    >>> from keiretsu.views.scene.model import Scene, SceneParty
    >>> alone = SceneParty(id="a", label="A & B")
    >>> "A &amp; B" in graphml_of(Scene(title="", as_of="", parties=(alone,)))
    True
    """
    import networkx as nx  # noqa: PLC0415 - 0.2 s, and only this needs it

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for party in scene.parties:
        graph.add_node(
            party.id, label=party.label, kind=party.kind, country=party.country or "",
            focus=scene.in_focus(party),
        )  # fmt: skip
    for link in scene.links_now:
        graph.add_edge(
            link.holder,
            link.issuer,
            key=link.id,
            kind=link.kind,
            **_ends("capital", link.capital),
            **_ends("votes", link.votes_of(scene.rights)),
            reason=link.reason or "",
            share_class=link.share_class,
            indirect=link.indirect,
            supposition=link.supposition,
            sources="; ".join(one.title for one in link.evidence),
        )
    return "\n".join(nx.generate_graphml(graph, named_key_ids=True)) + "\n"


def _ends(name: str, share: Percent | None) -> dict[str, float]:
    if share is None:
        return {}
    return {
        f"{name}_percent_min": round(float(share.low), 6),
        f"{name}_percent_max": round(float(share.high), 6),
    }
