"""Who holds which office in the organisations of a picture, as thin lines to their boxes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from keiretsu.model import Status
from keiretsu.snapshot import Evidence as Source
from keiretsu.views.drawing.boxes import fits_note
from keiretsu.views.scene.model import OFFICE, SceneLink, SceneParty
from keiretsu.views.scene.telling import evidence, name_on, subtitle

if TYPE_CHECKING:
    import datetime as dt

    from keiretsu.model import ClaimSet, Tenure
    from keiretsu.views.scene.model import Scene


def with_offices(scene: Scene, claims: ClaimSet, day: dt.date) -> Scene:
    """Return a scene with the persons who hold an office in one of its organisations on a day.

    Only what surely holds on the day is drawn: an office of which no dates are told is not.

    Parameters
    ----------
    scene
        What is shown.
    claims
        What the sources say.
    day
        The day of the scene.
    """
    shown = {party.id for party in scene.parties}
    held = [one for one in claims.tenures if one.organisation in shown and _is_held(one, day)]
    parties = list(scene.parties)
    for person in sorted({one.person for one in held} - shown):
        party = claims.parties[person]
        parties.append(
            SceneParty(
                id=person,
                label=name_on(party, day),
                kind=party.kind.value,
                subtitle=subtitle(party, day),
                country=party.jurisdiction,
            )
        )
    links = [
        SceneLink(
            id=one.id,
            kind=OFFICE,
            holder=one.person,
            issuer=one.organisation,
            office=_title(one, claims),
            evidence=(evidence(Source.of(one, claims.documents)),),
        )
        for one in sorted(held, key=lambda one: one.id)
        if one.person != one.organisation
    ]
    return replace(scene, parties=tuple(parties), links=(*scene.links, *links))


def told_in_boxes(scene: Scene) -> Scene:
    """Return a scene in which the box of a person who has one office and no more tells it.

    Its line then needs no label: a dozen persons around a board would else be a dozen labels.

    Parameters
    ----------
    scene
        What is shown, offices included.
    """
    lines_of: dict[str, set[str]] = defaultdict(set)
    for link in scene.links:
        lines_of[link.holder].add(link.line)
        lines_of[link.issuer].add(link.line)
    told = {
        link.holder: link.office
        for link in scene.links
        if link.kind == OFFICE and len(lines_of[link.holder]) == 1 and fits_note(link.office)
    }
    if not told:
        return scene
    return replace(
        scene,
        parties=tuple(
            replace(party, subtitle=told[party.id]) if party.id in told else party
            for party in scene.parties
        ),
        links=tuple(
            replace(link, in_box=True) if link.holder in told else link for link in scene.links
        ),
    )


def _is_held(tenure: Tenure, day: dt.date) -> bool:
    period = tenure.period
    dated = period.start is not None or period.end is not None
    return tenure.status is Status.ACCEPTED and dated and period.surely_holds(day)


def _title(tenure: Tenure, claims: ClaimSet) -> str:
    title = tenure.title or tenure.office.replace("-", " ").capitalize()
    if tenure.nominated_by is None:
        return title
    by = claims.parties[tenure.nominated_by].label
    return title if by in title else f"{title}, nominated by {by}"
