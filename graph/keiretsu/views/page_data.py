"""What a page's script is told: finished marks, words and numbers, so that it decides nothing.

Parties and links get short names here (``n0``, ``e0``); ids of strangers stay data and are shown,
never used as names in the page.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from keiretsu.views.boxes import breadth
from keiretsu.views.figures import box_marks, line_marks, name_marks
from keiretsu.views.marks import Group, Text
from keiretsu.views.plan import plan_of
from keiretsu.views.poster import poster_of
from keiretsu.views.wording import (
    METRICS,
    is_without_votes,
    kind_word,
    marks_of_doubt,
    sentence,
    votes_text,
    votes_word,
)

if TYPE_CHECKING:
    from keiretsu.views.geometry import Rect
    from keiretsu.views.layout import Layout
    from keiretsu.views.marks import Mark
    from keiretsu.views.percent import Percent
    from keiretsu.views.scene import Evidence, Scene, SceneLink, SceneParty

SOURCING_WORDS = {
    "sourced": "sourced",
    "partly-sourced": "partly sourced",
    "unsourced": "unsourced",
}
_UNSAFE = {
    "&": "\\u0026",
    "<": "\\u003c",
    ">": "\\u003e",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}


def page_data(scene: Scene, layout: Layout) -> dict[str, Any]:
    """Return everything that the page's script needs, as plain data."""
    places = layout.places
    names = {party.id: f"n{at}" for at, party in enumerate(scene.parties)}
    poster = poster_of(scene, places.bounds)
    return {
        "title": scene.title,
        "as_of": scene.as_of,
        "rights": scene.rights,
        "votes_word": votes_word(scene.rights),
        "metrics": list(METRICS),
        "metric": "capital" if scene.rights == "capital" else "both",
        "bounds": _rect(places.bounds),
        "poster": {"frame": _rect(poster.frame), "marks": [plain(mark) for mark in poster.marks]},
        "csv": csv_header(scene),
        "parties": _parties(scene, layout, names),
        "links": [
            {
                "name": f"e{at}",
                "holder": names[link.holder],
                "issuer": names[link.issuer],
                **_link(link, scene),
                **_figure(link, scene, layout),
            }
            for at, link in enumerate(scene.links)
        ],
    }


def script_json(data: object) -> str:
    r"""Return data as JSON that can stand inside a script element.

    Examples
    --------
    >>> script_json("</script>")
    '"\\u003c/script\\u003e"'
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character, escaped in _UNSAFE.items():
        text = text.replace(character, escaped)
    return text


def plain(mark: Mark) -> list[Any]:
    """Return a mark as a list: ``["p", path, fill, line, width, dash, round]``, ``["t", ...]``."""
    if isinstance(mark, Group):
        return ["g", mark.x, mark.y, [plain(one) for one in mark.marks]]
    if isinstance(mark, Text):
        place = [round(mark.x, 1), round(mark.y, 1)]
        style = [mark.size, mark.colour, int(mark.bold), mark.anchor, round(mark.room, 1)]
        return ["t", *place, mark.text, *style]
    return [
        "p", mark.path, mark.fill, mark.line, mark.width, list(mark.dash), int(mark.round_ends),
    ]  # fmt: skip


def csv_header(scene: Scene) -> list[str]:
    """Return the columns of the exported table; our own reader takes it back."""
    votes = "agreed_votes_percent" if scene.rights == "agreed-votes" else "voting_percent"
    return [
        "holder", "issuer", "capital_percent", votes, "voting_basis", "why", "source_title",
        "source_publisher", "source_date", "source_url", "status", "sourcing",
    ]  # fmt: skip


def _rect(rect: Rect) -> list[float]:
    return [round(side, 1) for side in rect]


def _parties(scene: Scene, layout: Layout, names: dict[str, str]) -> list[dict[str, Any]]:
    boxes, places = plan_of(scene).boxes, layout.places.boxes
    return [
        {
            "name": names[party.id],
            **_party(party, scene),
            "box": _rect(places[party.id]),
            "marks": [
                plain(mark)
                for mark in box_marks(
                    boxes[party.id], places[party.id], in_focus=scene.in_focus(party)
                )
            ],
        }
        for party in scene.parties
    ]


def _party(party: SceneParty, scene: Scene) -> dict[str, Any]:
    return {
        "id": party.id,
        "label": party.label or "(no name)",
        "kind": kind_word(party.kind),
        "subtitle": party.subtitle,
        "country": party.country,
        "focus": scene.in_focus(party),
        "facts": [list(fact) for fact in party.facts],
    }


def _link(link: SceneLink, scene: Scene) -> dict[str, Any]:
    votes = link.votes_of(scene.rights)
    shares = (
        ("Capital", link.capital),
        ("Gross votes", link.gross_votes),
        ("Votes", link.votes),
        ("Agreed votes", link.agreed_votes),
    )
    return {
        "id": link.id,
        "sentence": sentence(scene, link),
        "capital": _share(link.capital),
        "votes": _share(votes),
        "breadth": breadth(link, scene.rights),
        "silent": is_without_votes(link, scene.rights),
        "shares": [
            [word, str(share) if word == "Capital" else votes_text(share)]
            for word, share in shares
            if share is not None
        ],
        "why": link.reason,
        "doubt": list(marks_of_doubt(link)),
        "remarks": list(link.remarks),
        "evidence": [_evidence(one) for one in link.evidence],
        "row": _row(link, scene),
    }


def _share(share: Percent | None) -> dict[str, Any] | None:
    if share is None:
        return None
    return {"text": str(share), "low": float(share.low), "high": float(share.high)}


def _row(link: SceneLink, scene: Scene) -> list[str]:
    votes = link.votes_of(scene.rights)
    first = link.evidence[0] if link.evidence else None
    basis = {"gross-votes": "gross", "agreed-votes": ""}.get(scene.rights, "exercisable")
    return [
        scene.party(link.holder).label,
        scene.party(link.issuer).label,
        link.capital.notation if link.capital else "",
        votes.notation if votes else "",
        basis if votes else "",
        "; ".join([link.reason or "", *link.remarks]).strip("; "),
        first.title if first else "",
        (first.publisher or "") if first else "",
        (first.date or "") if first else "",
        (first.url or "") if first else "",
        first.status if first else "",
        first.sourcing if first else "",
    ]


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {
        "claim": evidence.claim,
        "text": evidence.text,
        "title": evidence.title,
        "about": about(evidence),
        "valid": evidence.valid,
        "words": trust_words(evidence),
        "link": evidence.link,
        "url": None if evidence.link else evidence.url,
    }


def about(evidence: Evidence) -> str:
    """Return publisher and date of a document in one line."""
    return ", ".join(part for part in (evidence.publisher, evidence.date) if part)


def trust_words(evidence: Evidence) -> list[str]:
    """Return in words how far a claim can be trusted: its sourcing, and any doubt on it."""
    words = [SOURCING_WORDS.get(evidence.sourcing, evidence.sourcing)]
    return [*words, evidence.status] if evidence.status != "accepted" else words


def _figure(link: SceneLink, scene: Scene, layout: Layout) -> dict[str, Any]:
    path = layout.places.routes[link.id]
    return {
        "route": [[round(x, 1), round(y, 1)] for x, y in path.points],
        "lines": {
            metric: [plain(mark) for mark in line_marks(link, path.points, scene.rights, metric)]
            for metric in METRICS
        },
        "labels": {
            metric: [plain(mark) for mark in name_marks(link, path, scene.rights, metric)]
            for metric in METRICS
        },
    }
