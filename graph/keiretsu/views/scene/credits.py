"""The line of sources that a picture carries wherever it is printed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from keiretsu.model import Sourcing
from keiretsu.views.scene.bibliography import sources_of
from keiretsu.views.scene.comparison import BEFORE
from keiretsu.views.scene.model import HOLDING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keiretsu.views.scene.model import Scene, SceneLink

MOST_NAMED = 6
"""How many publishers are named, those of most documents first."""


def credits_of(scene: Scene) -> str:
    """Return who says what is drawn, and how much of it nobody says, in a sentence or two.

    Examples
    --------
    >>> from keiretsu.views.scene.evidence import Evidence
    >>> from keiretsu.views.scene.model import Scene, SceneLink, SceneParty
    >>> told = Evidence(claim="c", title="Annual report", publisher="Renault")
    >>> parties = SceneParty(id="r", label="Renault"), SceneParty(id="n", label="Nissan")
    >>> links = (
    ...     SceneLink(id="1", holder="r", issuer="n", evidence=(told,)),
    ...     SceneLink(id="2", holder="n", issuer="r"),
    ... )
    >>> credits_of(Scene(title="", as_of="", parties=parties, links=links))
    'Sources: Renault (1 document). Of the 2 holdings here 1 has no source.'
    """
    return " ".join(part for part in (_publishers(scene), _gaps(scene)) if part)


def _publishers(scene: Scene) -> str:
    documents = [one for one in sources_of(scene) if one.sourcing != Sourcing.UNSOURCED]
    if not documents:
        return ""
    published = Counter(one.publisher or one.title for one in documents)
    ranked = sorted(published, key=lambda name: (-published[name], name))
    named = ", ".join(ranked[:MOST_NAMED])
    more = f" and {len(ranked) - MOST_NAMED} others" if len(ranked) > MOST_NAMED else ""
    count = "1 document" if len(documents) == 1 else f"{len(documents)} documents"
    return f"Sources: {named}{more} ({count})."


def _gaps(scene: Scene) -> str:
    holdings = _holdings(scene)
    none = sum(_is_unsourced(link) for link in holdings)
    part = sum(_is_partly_sourced(link) for link in holdings)
    gaps = [*_counted(none, "no source"), *_counted(part, "a source for a part only")]
    return f"Of the {len(holdings)} holdings here {' and '.join(gaps)}." if gaps else ""


def _holdings(scene: Scene) -> list[SceneLink]:
    """Return what is said to be held, once if both sides show it, without what is supposed."""
    aside = len(BEFORE) if scene.sides else 0
    found = {
        link.line[aside:]: link
        for link in scene.links_now
        if link.kind == HOLDING and not link.supposition
    }
    return list(found.values())


def _counted(count: int, what: str) -> Iterator[str]:
    if count:
        yield f"{count} {'has' if count == 1 else 'have'} {what}"


def _is_unsourced(link: SceneLink) -> bool:
    return all(one.sourcing == Sourcing.UNSOURCED for one in link.evidence)


def _is_partly_sourced(link: SceneLink) -> bool:
    found = {one.sourcing for one in link.evidence}
    return not _is_unsourced(link) and Sourcing.SOURCED not in found
