"""Chains of wholly-owned companies, drawn as if their owner held directly.

A company is passed over if one party in the picture has all of its capital and all of its votes,
and if it holds something itself. What it holds is then drawn from its owner, and the line says
through whom. Nothing else changes: no share is multiplied, for a factor of one changes none.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from keiretsu.views.scene.model import HOLDING

if TYPE_CHECKING:
    from keiretsu.views.scene.model import Scene, SceneLink
    from keiretsu.views.scene.percent import Percent

_WHOLE = 100


def shortened(scene: Scene) -> Scene:
    """Return a scene without wholly-owned companies in between, or the scene itself.

    Parameters
    ----------
    scene
        What is shown. One with moments is left as it is: who owns all may change.

    Examples
    --------
    >>> from keiretsu.views.scene.percent import Percent
    >>> from keiretsu.views.scene.model import Scene, SceneLink, SceneParty
    >>> parties = tuple(SceneParty(id=name, label=name) for name in "abc")
    >>> whole, part = Percent.point(100), Percent.point(15)
    >>> links = (
    ...     SceneLink(id="1", holder="a", issuer="b", capital=whole, votes=whole),
    ...     SceneLink(id="2", holder="b", issuer="c", capital=part, votes=part),
    ... )
    >>> short = shortened(Scene(title="", as_of="", parties=parties, links=links))
    >>> [(link.holder, link.issuer, link.remarks) for link in short.links]
    [('a', 'c', ('Held through b (100 %).',))]
    """
    owners = {} if scene.moments else _owners(scene)
    if not owners:
        return scene
    links = tuple(_moved(scene, link, owners) for link in scene.links if link.issuer not in owners)
    parties = tuple(party for party in scene.parties if party.id not in owners)
    return replace(scene, parties=parties, links=links)


def _owners(scene: Scene) -> dict[str, str]:
    """Return for each company that is passed over who has all of it."""
    above: dict[str, list[SceneLink]] = defaultdict(list)
    holds: set[str] = set()
    for link in scene.links:
        above[link.issuer].append(link)
        if link.holder != link.issuer:
            holds.add(link.holder)
    owners = {}
    for party in scene.parties:
        lines = above[party.id]
        if party.id in holds and len(lines) == 1 and not scene.in_focus(party):
            line = lines[0]
            if (
                line.kind == HOLDING
                and _is_all(line.capital)
                and _is_all(line.votes_of(scene.rights))
            ):
                owners[party.id] = line.holder
    return {party: owner for party, owner in owners.items() if _top(party, owners) is not None}


def _top(party: str, owners: dict[str, str]) -> str | None:
    """Return who stands above a chain of wholly-owned companies; None in a ring."""
    seen = set()
    while party in owners:
        if party in seen:
            return None
        seen.add(party)
        party = owners[party]
    return party


def _moved(scene: Scene, link: SceneLink, owners: dict[str, str]) -> SceneLink:
    passed, holder = [], link.holder
    while holder in owners:
        passed.append(scene.party(holder).label)
        holder = owners[holder]
    if not passed:
        return link
    through = ", ".join(f"{name} (100 %)" for name in reversed(passed))
    return replace(
        link,
        id=f"{link.id}#short",
        line="",
        holder=holder,
        via=f"via {passed[0]}",
        remarks=(*link.remarks, f"Held through {through}."),
    )


def _is_all(share: Percent | None) -> bool:
    return share is not None and share.low == _WHOLE
