"""Stacks: many small holders of one issuer, or small holdings of one holder, drawn as one box.

A party is stacked only if nothing else ties it into the picture, so no chain is ever hidden in a
stack. What it stands for is written on it, and its members stay in the table, the panel and every
export.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from keiretsu.views.layout.plan import strength
from keiretsu.views.scene.model import HOLDING, STACK, STACKED, SceneLink, SceneParty
from keiretsu.views.scene.percent import Percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from keiretsu.views.scene.model import Scene

SHOWN, LEAST = 6, 4
"""How many of a crowd stay by themselves, and how few the others must be at least."""


def stacked(scene: Scene, shown: int = SHOWN) -> Scene:
    """Return a scene with its crowds in stacks, or the scene itself if it has none.

    Parameters
    ----------
    scene
        What is shown. One with moments is left as it is: its crowds change.
    shown
        How many of each crowd stay by themselves, the strongest.

    Examples
    --------
    >>> from keiretsu.views.scene.model import Scene
    >>> owners = tuple(SceneParty(id=f"o{n}", label=f"Owner {n}") for n in range(20))
    >>> firm = SceneParty(id="f", label="Firm")
    >>> links = tuple(
    ...     SceneLink(id=o.id, holder=o.id, issuer="f", capital=Percent.point(2)) for o in owners
    ... )
    >>> found = stacked(Scene(title="", as_of="", parties=(firm, *owners), links=links))
    >>> found.parties[-1].label, str(found.links[-1].capital)
    ('14 other holders', '28 %')
    """
    if scene.moments:
        return scene
    crowds = _crowds(scene)
    gone: set[str] = set()
    parties: list[SceneParty] = []
    links: list[SceneLink] = []
    for (hub, above), crowd in sorted(crowds.items()):
        ranked = sorted(
            crowd, key=lambda link: ([-part for part in strength(link, scene.rights)], link.id)
        )
        small = ranked[shown:]
        if len(small) < LEAST:
            continue
        gone |= {link.id for link in small}
        party, link = _stack(scene, hub, above, small)
        parties.append(party)
        links.append(link)
    if not parties:
        return scene
    members = {member for party in parties for member in party.members}
    kept = (party for party in scene.parties if party.id not in members)
    rest = (link for link in scene.links if link.id not in gone)
    return replace(scene, parties=(*kept, *parties), links=(*rest, *links))


def _crowds(scene: Scene) -> dict[tuple[str, bool], list[SceneLink]]:
    """Return the links of parties that have no other, by what ties them and on which side."""
    ties: dict[str, list[SceneLink]] = defaultdict(list)
    for link in scene.links:
        ties[link.holder].append(link)
        ties[link.issuer].append(link)
    crowds: dict[tuple[str, bool], list[SceneLink]] = defaultdict(list)
    for party in scene.parties:
        if scene.in_focus(party) or len(ties[party.id]) != 1:
            continue
        link = ties[party.id][0]
        if link.kind == HOLDING and link.holder != link.issuer and not party.more_above:
            above = link.holder == party.id
            crowds[link.issuer if above else link.holder, above].append(link)
    return crowds


def _stack(
    scene: Scene, hub: str, above: bool, small: Sequence[SceneLink]
) -> tuple[SceneParty, SceneLink]:
    members = tuple(link.holder if above else link.issuer for link in small)
    name = f"stack:{'holders' if above else 'holdings'}:{hub}"
    what = "holders" if above else "holdings"
    party = SceneParty(
        id=name,
        label=f"{len(small)} other {what}",
        kind=STACK,
        subtitle="shown as one",
        members=members,
        facts=tuple(
            (scene.party(member).label, _amount(link)) for member, link in _paired(small, above)
        ),
    )
    capital = [link.capital for link in small]
    link = SceneLink(
        id=f"{name}:line",
        holder=name if above else hub,
        issuer=hub if above else name,
        kind=STACKED,
        capital=_sum(capital) if above else None,
        gross_votes=_sum(link.gross_votes for link in small) if above else None,
        votes=_sum(link.votes for link in small) if above else None,
        agreed_votes=_sum(link.agreed_votes for link in small) if above else None,
        each=_hull(capital),
        remarks=tuple(
            f"{scene.party(member).label}: {_amount(link)}"
            for member, link in _paired(small, above)
        ),
    )
    return party, link


def _paired(small: Sequence[SceneLink], above: bool) -> list[tuple[str, SceneLink]]:
    return [(link.holder if above else link.issuer, link) for link in small]


def _amount(link: SceneLink) -> str:
    return str(link.capital) if link.capital is not None else "not told"


def _sum(shares: Iterable[Percent | None]) -> Percent | None:
    """Add up shares; what is not told may be anything, so that there is no sum."""
    low = high = Percent.point(0).low
    low_open = high_open = False
    for share in shares:
        if share is None:
            return None
        low, high = low + share.low, high + share.high
        low_open, high_open = low_open or share.low_open, high_open or share.high_open
    if high > Percent.unknown().high:
        high, high_open = Percent.unknown().high, False
    return Percent(min(low, high), high, low_open and low < high, high_open and low < high)


def _hull(shares: Iterable[Percent | None]) -> Percent | None:
    told = [share for share in shares if share is not None]
    if not told:
        return None
    return Percent(min(share.low for share in told), max(share.high for share in told))
