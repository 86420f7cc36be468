"""One scene of many days: what was so from when to when, on boxes that stay where they are."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from keiretsu.errors import InputError
from keiretsu.model import Proposal
from keiretsu.views.scene.composer import Composer
from keiretsu.views.scene.model import Moment, Scene, SceneLink, SceneParty
from keiretsu.views.scene.offices import told_in_boxes, with_offices
from keiretsu.views.scene.proposals import with_proposals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from keiretsu.model import Claim, ClaimSet, Event, PartialDate
    from keiretsu.snapshot import Snapshot

MOST_DAYS = 600
"""On how many days of change a scene can be composed."""


class Chronicle(Protocol):
    """Claims that can be resolved on any day, as `keiretsu.OwnershipGraph` has them."""

    @property
    def claims(self) -> ClaimSet: ...  # noqa: D102

    def snapshot(self, as_of: dt.date) -> Snapshot: ...  # noqa: D102


def days_of_change(
    claims: ClaimSet,
    start: dt.date,
    until: dt.date,
    *,
    offices: bool = False,
    proposals: bool = False,
) -> list[dt.date]:
    """Return the first day, and those on which something that bears on holdings changes.

    Parameters
    ----------
    claims
        What the sources say.
    start, until
        The first and the last day.
    offices, proposals
        Whether the days count on which an office is taken or ends, and a proposal is made or ends.

    Raises
    ------
    InputError
        If the last day lies before the first, or there are more than `MOST_DAYS`.
    """
    if until < start:
        raise InputError(f"{until} lies before {start}", mend="exchange --from and --until")
    told = told_days(claims, offices=offices, proposals=proposals)
    days = sorted({start, *(day for day in told if start < day <= until)})
    if len(days) > MOST_DAYS:
        raise InputError(
            f"{len(days)} days of change are too many for a page", mend="choose a shorter time"
        )
    return days


def told_days(claims: ClaimSet, *, offices: bool = False, proposals: bool = False) -> set[dt.date]:
    """Return the days on which claims that bear on holdings begin, end or are stated."""
    about: tuple[Sequence[Claim], ...] = (
        claims.holdings,
        claims.capitals,
        claims.share_classes,
        claims.registrations,
        claims.agreements,
        claims.tenures if offices else [],
        [one for one in claims.events if isinstance(one, Proposal)] if proposals else [],
    )
    return {
        date.first
        for claim in (claim for group in about for claim in group)
        for date in (claim.period.start, claim.period.end, claim.stated_for)
        if date is not None
    }


def scene_over(
    worlds: Iterable[Snapshot],
    heads: Sequence[str],
    depth: int,
    *,
    title: str | None = None,
    rights: str = "votes",
    events: Iterable[Event] = (),
    offices: ClaimSet | None = None,
    proposals: ClaimSet | None = None,
) -> Scene:
    """Return one scene of several days; days on which nothing shown changes are left out.

    Parameters
    ----------
    worlds
        The same data on several days, oldest first.
    heads, depth, title, rights
        As in `keiretsu.view`.
    events
        What happened; those that a shown party took part in are named at their moment.
    offices, proposals
        Claims of which the offices held, and the proposals on the table, are drawn.

    Raises
    ------
    InputError
        If there is nothing to show on any day.
    """
    scenes: list[Scene] = []
    for world in worlds:
        composer = Composer(world, rights)
        try:
            scene = composer.scene([world.position(head) for head in heads], depth, title)
        except InputError:  # nothing is held on that day
            continue
        if offices is not None:
            scene = with_offices(scene, offices, world.as_of)
        if proposals is not None:
            scene = with_proposals(scene, proposals, world.as_of)
        if not scenes or _stands(scene) != _stands(scenes[-1]):
            scenes.append(scene)
    if not scenes:
        raise InputError("there is nothing to show", mend="choose another time or other data")
    last = scenes[-1]
    parties = _parties(scenes)
    moments = _moments(scenes, [event for event in events if _takes_part(event, parties)])
    span = f"{scenes[0].as_of} to {last.as_of}"
    union = replace(
        last,
        title=title or f"{last.title}, {span}",
        subtitle=f"{len(moments)} moment{'s' * (len(moments) > 1)} of change, {span}",
        parties=tuple(parties[key] for key in sorted(parties)),
        links=tuple(_links(scenes)),
        moments=moments,
        moment=len(moments) - 1,
    )
    return union if offices is None else told_in_boxes(union)


def _state(link: SceneLink) -> tuple[object, ...]:
    """Return what a reader sees of a line; who says so may change without it."""
    return (
        link.line, link.holder, link.issuer, link.kind, link.capital, link.gross_votes, link.votes,
        link.agreed_votes, link.reason, link.indirect, link.doubtful, link.share_class,
        link.supposition, link.office,
    )  # fmt: skip


def _stands(scene: Scene) -> frozenset[tuple[object, ...]]:
    return frozenset(map(_state, scene.links))


def _parties(scenes: Sequence[Scene]) -> dict[str, SceneParty]:
    """Return every party as it is shown last."""
    return {party.id: party for scene in scenes for party in scene.parties if _tied(scene, party)}


def _tied(scene: Scene, party: SceneParty) -> bool:
    ends = {end for link in scene.links for end in (link.holder, link.issuer)}
    return party.id in ends or scene.in_focus(party)


def _links(scenes: Sequence[Scene]) -> Iterator[SceneLink]:
    """Yield each state of each line once, with its moments and all that says so."""
    states: dict[tuple[object, ...], dict[int, SceneLink]] = defaultdict(dict)
    for at, scene in enumerate(scenes):
        for link in scene.links:
            states[_state(link)][at] = link
    for links in sorted(states.values(), key=lambda links: (links[min(links)].line, min(links))):
        first = links[min(links)]
        evidence = dict.fromkeys(one for link in links.values() for one in link.evidence)
        conflicts = dict.fromkeys(one for link in links.values() for one in link.conflicts)
        yield replace(
            first,
            id=f"{first.id}@{scenes[min(links)].as_of}",
            during=tuple(links),
            evidence=tuple(evidence),
            conflicts=tuple(conflicts),
        )


def event_date(event: Event) -> PartialDate | None:
    """Return when an event was, or began."""
    return event.stated_for or event.period.start


def _takes_part(event: Event, parties: dict[str, SceneParty]) -> bool:
    return any(one.party in parties for one in event.participations)


def _moments(scenes: Sequence[Scene], events: Sequence[Event]) -> tuple[Moment, ...]:
    """Name at each moment what happened from then until the next one."""
    starts = [dt.date.fromisoformat(scene.as_of) for scene in scenes]
    told: dict[int, list[str]] = defaultdict(list)
    dated = ((event_date(event), event.label) for event in events)
    for date, event in sorted(
        ((date, label) for date, label in dated if date is not None),
        key=lambda one: (one[0].first, one[1]),
    ):
        at = max((n for n, start in enumerate(starts) if start <= date.first), default=None)
        if at is not None:
            told[at].append(f"{date}: {event}")
    return tuple(
        Moment(date=scene.as_of, events=tuple(told[at]), notes=scene.notes)
        for at, scene in enumerate(scenes)
    )
