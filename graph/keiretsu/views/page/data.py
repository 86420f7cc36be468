"""What a page's script is told: finished marks, words and numbers, so that it decides nothing.

Parties and links get short names here (``n0``, ``e0``); ids of strangers stay data and are shown,
never used as names in the page. What is said of them is told once; where they stand and how they
are drawn is told for each layout.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keiretsu.views.drawing.boxes import box_of, breadth
from keiretsu.views.drawing.figures import box_marks, label_marks, label_place
from keiretsu.views.drawing.marks import Group, Text
from keiretsu.views.drawing.overlay_marks import overlay_marks
from keiretsu.views.drawing.poster import poster_of
from keiretsu.views.drawing.strokes import strokes_of
from keiretsu.views.layout.geometry import Rect
from keiretsu.views.page.evidence import evidence_told
from keiretsu.views.page.exchange import csv_header, csv_row
from keiretsu.views.page.sparql import LINK_QUERY, PARTY_QUERY, is_iri
from keiretsu.views.page.spelling import looks, plain
from keiretsu.views.scene.arrangements import WORDS
from keiretsu.views.scene.model import HOLDING
from keiretsu.views.scene.wording import (
    METRICS,
    is_without_votes,
    kind_word,
    label,
    marks_of_doubt,
    sentence,
    told_reason,
    votes_text,
    votes_word,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keiretsu.views.drawing.marks import Mark
    from keiretsu.views.drawing.poster import Block
    from keiretsu.views.layout.choice import Layout
    from keiretsu.views.layout.geometry import Point
    from keiretsu.views.layout.places import Path
    from keiretsu.views.scene.arrangements import Arrangement
    from keiretsu.views.scene.evidence import Evidence
    from keiretsu.views.scene.model import Scene, SceneLink, SceneParty
    from keiretsu.views.scene.overlay import Overlay
    from keiretsu.views.scene.percent import Percent

_HERE = (0.0, 0.0)


class PageData:
    """Gathers what a page's script is told.

    Parameters
    ----------
    scene
        All that the page is about.
    arrangements
        The ways in which it can be shown, the first one first.
    """

    def __init__(self, scene: Scene, arrangements: Sequence[Arrangement]) -> None:
        self.scene, self.arrangements = scene, arrangements
        parties = {party.id: party for party in scene.parties}
        links = {link.id: (link, scene) for link in scene.links}
        for arrangement in arrangements:
            for party in arrangement.scene.parties:
                parties.setdefault(party.id, party)
            for link in arrangement.scene.links:
                links.setdefault(link.id, (link, arrangement.scene))
        self.parties, self.links = list(parties.values()), list(links.values())
        self.names = {party.id: f"n{at}" for at, party in enumerate(self.parties)}
        self.link_names = {link.id: f"e{at}" for at, (link, _) in enumerate(self.links)}
        self._claims: dict[Evidence, int] = {}
        self._groups: dict[tuple[Mark, ...], int] = {}

    def as_dict(self) -> dict[str, Any]:
        """Return everything, as plain data."""
        scene = self.scene
        records = {link.id for link in scene.links}
        told = {
            "parties": [self._party(party) for party in self.parties],
            "links": [
                self._link(link, within, record=link.id in records) for link, within in self.links
            ],
        }
        return {
            "title": scene.title,
            "as_of": scene.as_of,
            "rights": scene.rights,
            "votes_word": votes_word(scene.rights),
            "metrics": list(METRICS),
            "metric": "capital" if scene.rights == "capital" else "both",
            "csv": csv_header(scene),
            "link_query": list(LINK_QUERY),
            "mark": scene.mark or None,
            "focus": [self.names[one] for one in self._heads()],
            "party_query": list(PARTY_QUERY),
            "moments": [{"date": one.date, "events": list(one.events)} for one in scene.moments],
            "moment": scene.moment,
            **told,
            "overlays": [self._overlay(at) for at in range(len(scene.overlays))],
            "arrangements": [[one.key, WORDS[one.key]] for one in self.arrangements],
            "layouts": {
                name: self._layout(arrangement.scene, layout)
                for arrangement in self.arrangements
                for name, layout in arrangement.layouts
            },
            "claims": [evidence_told(one) for one in self._claims],
            "groups": self._told_groups(),
        }

    def _party(self, party: SceneParty) -> dict[str, Any]:
        return {
            "name": self.names[party.id],
            "id": party.id,
            "label": party.label or "(no name)",
            "kind": kind_word(party.kind),
            "subtitle": party.subtitle,
            "supposition": party.supposition,
            "country": party.country,
            "focus": self.scene.in_focus(party),
            "facts": [list(fact) for fact in party.facts],
            "more": [party.more_above, party.more_below],
            "members": [self.names[member] for member in party.members],
            "iri": is_iri(party.id),
            **self._box(party),
        }

    def _heads(self) -> list[str]:
        """Return the parties that the picture is about, in the order in which they were named."""
        marked = [party.id for party in self.parties if party.focus]
        return [one for one in dict.fromkeys((*self.scene.focus, *marked)) if one in self.names]

    def _box(self, party: SceneParty) -> dict[str, Any]:
        """Return the marks of a box about its upper left corner: it looks alike wherever it is."""
        box = box_of(party)
        rect = Rect(0, 0, box.width, box.height)
        marks = box_marks(box, rect, in_focus=self.scene.in_focus(party))
        overlays = {
            overlay.key: found
            for overlay in self.scene.overlays
            if (found := self._marked(party, rect, overlay))
        }
        return {"marks": [self._plain(mark) for mark in marks], "overlays": overlays}

    def _marked(self, party: SceneParty, rect: Rect, overlay: Overlay) -> list[list[Any]]:
        """Return moments, or None for always, and what marks the party then."""
        count = len(self.scene.moments)
        found: dict[tuple[Mark, ...], list[int]] = {}
        for moment in range(max(count, 1)):
            marks = tuple(overlay_marks(party, rect, overlay, moment))
            if marks:
                found.setdefault(marks, []).append(moment)
        return [
            [moments if count else None, [self._plain(mark) for mark in marks]]
            for marks, moments in found.items()
        ]

    def _link(self, link: SceneLink, scene: Scene, *, record: bool) -> dict[str, Any]:
        votes = link.votes_of(scene.rights)
        because, remarks = told_reason(link)
        shares = (
            ("Capital", link.capital),
            ("Gross votes", link.gross_votes),
            ("Votes", link.votes),
            ("Agreed votes", link.agreed_votes),
        )
        return {
            "name": self.link_names[link.id],
            "id": link.id,
            "line": link.line,
            "holder": self.names[link.holder],
            "issuer": self.names[link.issuer],
            "kind": link.kind,
            "office": link.office,
            "record": record,
            "sentence": sentence(scene, link),
            "capital": _share(link.capital),
            "votes": _share(votes),
            "each": _share(link.each),
            "breadth": breadth(link, scene.rights),
            "silent": is_without_votes(link, scene.rights),
            "shares": [
                [word, str(share) if word == "Capital" else votes_text(share)]
                for word, share in shares
                if share is not None
            ],
            "why": link.reason,
            "because": because,
            "doubt": list(marks_of_doubt(link)),
            "beside": [part for part in (link.share_class, link.via, link.change) if part],
            "remarks": list(remarks),
            "evidence": [self._claim(one) for one in link.evidence],
            "conflicts": [self._claim(one) for one in link.conflicts],
            "lines": {
                metric: [looks(one) for one in strokes_of(link, scene.rights, metric)]
                for metric in METRICS
            },
            "labels": {metric: _label(link, scene.rights, metric) for metric in METRICS},
            "during": None if link.during is None else list(link.during),
            "row": csv_row(link, scene) if record and link.kind == HOLDING else None,
        }

    def _plain(self, mark: Mark) -> list[Any]:
        """Return a mark as a list; what a group holds is told once, however often it is drawn."""
        if not isinstance(mark, Group):
            return plain(mark)
        return ["g", mark.x, mark.y, self._groups.setdefault(mark.marks, len(self._groups))]

    def _block(self, block: Block) -> list[Any]:
        return [block.height, [self._plain(mark) for mark in block.marks]]

    def _claim(self, evidence: Evidence) -> int:
        return self._claims.setdefault(evidence, len(self._claims))

    def _overlay(self, at: int) -> dict[str, Any]:
        overlay = self.scene.overlays[at]
        return {
            "key": overlay.key,
            "title": overlay.title,
            "note": overlay.note,
            "badges": [
                {"party": self.names[one.party], "words": one.words, "during": one.during}
                for one in overlay.badges
                if one.party in self.names
            ],
        }

    def _told_groups(self) -> list[list[Any]]:
        """Return what the groups hold; a group inside another comes to stand behind it."""
        told: list[list[Any]] = []
        while len(told) < len(self._groups):
            marks = list(self._groups)[len(told)]
            told.append([self._plain(mark) for mark in marks])
        return told

    def _layout(self, scene: Scene, layout: Layout) -> dict[str, Any]:
        poster = poster_of(scene, layout.frame)
        return {
            "bounds": _rect(layout.frame),
            "decor": [self._plain(mark) for mark in layout.decor],
            "poster": {
                "frame": _rect(poster.frame),
                "marks": [self._plain(mark) for mark in poster.marks],
                "state": _point(poster.state),
                "words": _point(poster.words),
                "notes": [self._block(block) for block in poster.notes],
                "analyses": {key: self._block(block) for key, block in poster.analyses.items()},
            },
            "parties": {
                self.names[party.id]: {"box": _rect(layout.places.boxes[party.id])}
                for party in scene.parties
            },
            "links": {
                self.link_names[link.id]: _figure(layout.places.routes[link.line])
                for link in scene.links
            },
        }


def _rect(rect: Rect) -> list[float]:
    return [round(side, 1) for side in rect]


def _share(share: Percent | None) -> dict[str, Any] | None:
    if share is None:
        return None
    return {"text": str(share), "low": float(share.low), "high": float(share.high)}


def _label(link: SceneLink, rights: str, metric: str) -> list[list[Any]]:
    """Return a label's lines as text, colour, whether bold, and width; a page sets its plate."""
    marks = label_marks(label(link, rights, metric), _HERE)
    return [
        [one.text, one.colour, int(one.bold), round(one.room, 1)]
        for one in marks
        if isinstance(one, Text)
    ]


def _figure(path: Path) -> dict[str, Any]:
    return {
        "route": [_point(point) for point in path.points],
        "at": _point(label_place(path)),
    }


def _point(point: Point) -> list[float]:
    return [round(point[0], 1), round(point[1], 1)]
