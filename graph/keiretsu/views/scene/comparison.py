"""Two worlds beside one another, everything in the same place, and what differs marked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keiretsu.views.scene.model import Scene, SceneLink, SceneParty
    from keiretsu.views.scene.overlay import Overlay
    from keiretsu.views.scene.percent import Percent

BEFORE, AFTER = "1 ", "2 "
"""What the ids of the two sides begin with."""


def beside(
    before: Scene, after: Scene, captions: tuple[str, str], title: str | None = None
) -> Scene:
    """Return a scene that shows two others beside one another.

    Parameters
    ----------
    before, after
        What is compared; parties are the same if their ids are, holdings if their lines are.
    captions
        What stands above each.
    title
        Heading.

    Examples
    --------
    >>> from keiretsu.views.scene.percent import Percent
    >>> from keiretsu.views.scene.model import Scene, SceneLink, SceneParty
    >>> parties = SceneParty(id="r", label="Renault"), SceneParty(id="n", label="Nissan")
    >>> def world(share):
    ...     link = SceneLink(id="1", holder="r", issuer="n", capital=Percent.point(share))
    ...     return Scene(title="", as_of="", parties=parties, links=(link,))
    >>> both = beside(world("43.4"), world(15), ("Now", "If sold"))
    >>> [(link.id, link.change) for link in both.links]
    [('1 1', 'changes'), ('2 1', 'was 43.4 %')]
    """
    old = {link.line: link for link in before.links}
    new = {link.line: link for link in after.links}
    changes = [line for line in {**old, **new} if not _same(old.get(line), new.get(line), after)]
    links = [
        *(_side(link, BEFORE, _fate(link, new.get(link.line), before)) for link in before.links),
        *(_side(link, AFTER, _past(old.get(link.line), link, after)) for link in after.links),
    ]
    of_after = [note for note in after.notes if note not in before.notes]
    notes = [*of_after, *before.notes]
    return replace(
        after,
        title=title or f"{after.title}: before and after",
        subtitle=f"{captions[0]}, and {captions[1][:1].lower()}{captions[1][1:]}",
        parties=(*_copies(before, BEFORE), *_copies(after, AFTER)),
        links=tuple(links),
        notes=(f"{_count(changes)} between the two sides.", *notes),
        focus=tuple(f"{side}{party}" for side in (BEFORE, AFTER) for party in after.focus),
        overlays=(),
        sides=captions,
    )


def differing(scene: Scene) -> Scene:
    """Return a scene of two worlds with the parties of holdings that differ, and its subjects.

    It says how many others it leaves out; the scene itself, if nothing differs or nobody is left
    out.

    Examples
    --------
    >>> from keiretsu.views.scene.percent import Percent
    >>> from keiretsu.views.scene.model import Scene, SceneLink, SceneParty
    >>> parties = tuple(SceneParty(id=name, label=name) for name in "rnmx")
    >>> def world(share):
    ...     sold = SceneLink(id="1", holder="r", issuer="n", capital=Percent.point(share))
    ...     kept = SceneLink(id="2", holder="m", issuer="x", capital=Percent.point(50))
    ...     return Scene(title="", as_of="", parties=parties, links=(sold, kept))
    >>> both = beside(world("43.4"), world(15), ("Now", "If sold"))
    >>> small = differing(both)
    >>> [party.id for party in small.parties], small.left_out
    (['1 r', '1 n', '2 r', '2 n'], '2 parties whose holdings do not differ are not drawn.')
    """
    if not scene.sides:
        return scene
    ends = {end for link in scene.links if link.change for end in (link.holder, link.issuer)}
    heads = {party.id for party in scene.parties if scene.in_focus(party)}
    kept = {party[len(BEFORE) :] for party in ends | heads}
    everybody = {party.id[len(BEFORE) :] for party in scene.parties}
    left = len(everybody - kept)
    if not ends or not left:
        return scene
    who = "1 party" if left == 1 else f"{left} parties"
    told = f"{who} whose holdings do not differ {'is' if left == 1 else 'are'} not drawn."
    return replace(
        scene,
        parties=tuple(one for one in scene.parties if one.id[len(BEFORE) :] in kept),
        links=tuple(
            one
            for one in scene.links
            if {one.holder[len(BEFORE) :], one.issuer[len(BEFORE) :]} <= kept
        ),
        left_out=" ".join(part for part in (told, scene.left_out) if part),
    )


def united(scene: Scene) -> Scene:
    """Return the scene whose layout both sides share: each party and each line once."""
    parties = {party.id[len(BEFORE) :]: party for party in scene.parties}
    return replace(
        scene,
        sides=(),
        focus=(),
        overlays=tuple(_of_side(one, side) for one in scene.overlays for side in (BEFORE, AFTER)),
        parties=tuple(
            replace(parties[key], id=key, focus=scene.in_focus(parties[key]))
            for key in sorted(parties)
        ),
        links=tuple(
            replace(
                link,
                line=link.line[len(BEFORE) :],
                holder=link.holder[len(BEFORE) :],
                issuer=link.issuer[len(BEFORE) :],
            )
            for link in scene.links
        ),
    )


def _of_side(overlay: Overlay, side: str) -> Overlay:
    badges = (one for one in overlay.badges if one.party.startswith(side))
    return replace(
        overlay,
        key=f"{side}{overlay.key}",
        badges=tuple(replace(one, party=one.party[len(side) :]) for one in badges),
    )


def _copies(scene: Scene, side: str) -> Iterator[SceneParty]:
    for party in scene.parties:
        yield replace(party, id=f"{side}{party.id}")


def _side(link: SceneLink, side: str, change: str) -> SceneLink:
    return replace(
        link,
        id=f"{side}{link.id}",
        line=f"{side}{link.line}",
        holder=f"{side}{link.holder}",
        issuer=f"{side}{link.issuer}",
        change=change,
    )


def _same(one: SceneLink | None, other: SceneLink | None, scene: Scene) -> bool:
    if one is None or other is None:
        return False
    return _shares(one, scene) == _shares(other, scene) and one.reason == other.reason


def _shares(link: SceneLink, scene: Scene) -> tuple[Percent | None, Percent | None]:
    return link.capital, link.votes_of(scene.rights)


def _fate(link: SceneLink, later: SceneLink | None, scene: Scene) -> str:
    """Say on the first side what will be otherwise on the second."""
    if later is None:
        return "ends"
    return "" if _same(link, later, scene) else "changes"


def _past(earlier: SceneLink | None, link: SceneLink, scene: Scene) -> str:
    """Say on the second side what was otherwise on the first."""
    if earlier is None:
        return "new"
    if _same(earlier, link, scene):
        return ""
    if earlier.capital != link.capital:
        return f"was {earlier.capital}" if earlier.capital is not None else "was not told"
    votes = earlier.votes_of(scene.rights)
    told = "not told" if votes is None else "none" if votes.is_zero else str(votes)
    return f"votes were {told}"


def _count(changes: list[str]) -> str:
    if not changes:
        return "Nothing that is drawn differs"
    return "1 holding differs" if len(changes) == 1 else f"{len(changes)} holdings differ"
