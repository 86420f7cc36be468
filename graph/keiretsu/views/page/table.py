"""The words of a page that stand there without any script: its table, and what is marked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from keiretsu.views.page.evidence import about, trust_words
from keiretsu.views.scene.credits import credits_of
from keiretsu.views.scene.wording import (
    kind_word,
    marks_of_doubt,
    sentence,
    told_reason,
    votes_text,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from keiretsu.views.scene.evidence import Evidence
    from keiretsu.views.scene.model import Scene, SceneLink
    from keiretsu.views.scene.overlay import Aside, Badge

_LONG = 240  # characters of a note that is read at one look


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
        said: dict[str, set[int]] = {}
        sentences: tuple[Badge | Aside, ...] = (*overlay.badges, *overlay.asides)
        for one in sentences:
            said.setdefault(one.words, set()).update(
                range(len(scene.moments)) if one.during is None else one.during
            )
        words = [told_when(scene, told, moments) for told, moments in said.items()]
        yield {"key": overlay.key, "title": overlay.title, "note": overlay.note, "words": words}


def notes_at_moments(scene: Scene) -> list[dict[str, Any]]:
    """Return the notes of a scene, each with its moments if it has several."""
    said: dict[str, set[int]] = {}
    for at, moment in enumerate(scene.moments):
        for note in moment.notes:
            said.setdefault(note, set()).add(at)
    if not scene.moments:
        said = {note: set() for note in scene.notes}
    return [{**told_when(scene, note, moments), **_folded(note)} for note, moments in said.items()]


def _folded(note: str) -> dict[str, Any]:
    """Return a long note as its beginning and the parts that unfold from it.

    Examples
    --------
    >>> _folded("One share is taken as one vote: A, B.")
    {'text': 'One share is taken as one vote: A, B.', 'parts': []}
    >>> _folded("Supposed: A has 2 % of B" + "; C has nothing of B" * 20)["text"]
    'Supposed: A has 2 % of B'
    """
    if len(note) <= _LONG:
        return {"text": note, "parts": []}
    start, *parts = note.split("; ")
    if not parts:
        start, _, names = note.partition(": ")
        parts = [names] if names else []
    return {"text": start, "parts": parts}


def credits_at_moments(scene: Scene) -> list[dict[str, Any]]:
    """Return who says what is drawn, at each moment if there are several."""
    said: dict[str, set[int]] = {}
    for at in range(max(len(scene.moments), 1)):
        said.setdefault(credits_of(replace(scene, moment=at)), set()).add(at)
    return [told_when(scene, words, moments) for words, moments in said.items() if words]


def told_when(scene: Scene, words: str, moments: Collection[int] | None) -> dict[str, Any]:
    """Return a sentence and when it holds; `during` is empty where it always does."""
    if not scene.moments or moments is None:
        return {"text": words, "during": "", "now": True}
    during = " ".join(map(str, sorted(moments)))
    return {"text": words, "during": during, "now": scene.moment in moments}


def told_lines(scene: Scene, kind: str) -> list[dict[str, Any]]:
    """Return the sentences of all lines of a kind, such as offices, and when each holds."""
    return [
        told_when(scene, sentence(scene, link), link.during)
        for link in scene.links
        if link.kind == kind
    ]


def _row(scene: Scene, link: SceneLink) -> dict[str, Any]:
    votes = link.votes_of(scene.rights)
    holder, issuer = scene.party(link.holder), scene.party(link.issuer)
    because, remarks = told_reason(link)
    beside = (because, *marks_of_doubt(link), link.change, *remarks)
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
    dates = [one.date for one in scene.moments]
    return ", ".join(_span(dates, first, last) for first, last in _runs(link.during))


def _runs(during: Collection[int]) -> Iterator[tuple[int, int]]:
    """Yield the unbroken runs of moments: what is sold and bought again is not held in between."""
    numbers = sorted(during)
    starts = [at for at in numbers if at - 1 not in during]
    ends = [at for at in numbers if at + 1 not in during]
    return zip(starts, ends, strict=True)


def _span(dates: Sequence[str], first: int, last: int) -> str:
    """Return from when to when; what is so at the first moment may have been so before."""
    start = dates[first] if first else ""
    end = dates[last + 1] if last + 1 < len(dates) else ""
    if start:
        return f"{start} until {end}" if end else f"from {start}"
    return f"until {end}" if end else "all the time shown"


def _source(one: Evidence) -> dict[str, Any]:
    return {
        "title": one.title,
        "about": about(one),
        "words": ", ".join(trust_words(one)),
        "link": one.link,
        "url": None if one.link else one.url,
    }
