"""The words of a page that stand there without any script: its table, and what is marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keiretsu.views.page.evidence import about, trust_words
from keiretsu.views.scene.wording import kind_word, marks_of_doubt, votes_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keiretsu.views.scene.evidence import Evidence
    from keiretsu.views.scene.model import Scene, SceneLink


def table_rows(scene: Scene) -> Iterator[dict[str, Any]]:
    """Yield a row for every holding, as the template writes it.

    A row knows the number of its link in the page's data, by which scripts follow the filters.
    """
    for at, link in enumerate(scene.links):
        if link.kind == "holding":
            yield {"link": f"e{at}", **_row(scene, link)}


def marked_words(scene: Scene) -> Iterator[dict[str, Any]]:
    """Yield each overlay with its sentences, for those who cannot see its marks."""
    for overlay in scene.overlays:
        words = list(dict.fromkeys(badge.words for badge in overlay.badges))
        yield {"key": overlay.key, "title": overlay.title, "note": overlay.note, "words": words}


def _row(scene: Scene, link: SceneLink) -> dict[str, Any]:
    votes = link.votes_of(scene.rights)
    holder, issuer = scene.party(link.holder), scene.party(link.issuer)
    beside = (link.reason, *marks_of_doubt(link), link.change, *link.remarks)
    return {
        "holder": holder.label,
        "holder_kind": kind_word(holder.kind),
        "issuer": issuer.label,
        "issuer_kind": kind_word(issuer.kind),
        "share_class": link.share_class,
        "when": _when(scene, link),
        "capital": str(link.capital) if link.capital else "not told",
        "capital_sort": float(link.capital.middle) if link.capital else -1,
        "votes": votes_text(votes) if votes else "not told",
        "votes_sort": float(votes.middle) if votes else -1,
        "why": [part for part in beside if part],
        "sources": [_source(one) for one in link.evidence],
    }


def _when(scene: Scene, link: SceneLink) -> str:
    """Return from when to when a state of a holding is shown, or on which side."""
    if scene.sides:
        return scene.sides[int(link.id[0]) - 1]
    if link.during is None:
        return ""
    first, last = min(link.during), max(link.during)
    end = scene.moments[last + 1].date if last + 1 < len(scene.moments) else None
    start = scene.moments[first].date
    return f"{start} to {end}" if end else f"from {start}"


def _source(one: Evidence) -> dict[str, Any]:
    return {
        "title": one.title,
        "about": about(one),
        "words": ", ".join(trust_words(one)),
        "link": one.link,
        "url": None if one.link else one.url,
    }
