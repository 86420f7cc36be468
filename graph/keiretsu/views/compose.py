"""``keiretsu.view``: a picture of a snapshot, of a span of time, or of two worlds."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from keiretsu.errors import InputError
from keiretsu.mirror import from_networkx
from keiretsu.snapshot import Snapshot
from keiretsu.views.scene.analysis import Test, analysed
from keiretsu.views.scene.comparison import beside
from keiretsu.views.scene.composer import Composer
from keiretsu.views.scene.neighbourhood import parties_within
from keiretsu.views.scene.offices import told_in_boxes, with_offices
from keiretsu.views.scene.proposals import with_proposals
from keiretsu.views.scene.timeline import (
    Chronicle,
    days_of_change,
    event_date,
    scene_over,
    told_days,
)
from keiretsu.views.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence

    import networkx as nx

    from keiretsu.model import ClaimSet
    from keiretsu.views.scene.model import Scene

DEPTH = 2
"""How many steps up and down from the parties in focus are shown unless told otherwise."""
MOST_UNASKED = 150
"""Where that many steps lead to more parties than this, one step is shown unless told otherwise."""


def view(
    world: Snapshot | nx.Graph[Any] | Chronicle,
    *,
    focus: str | Sequence[str] = (),
    depth: int | None = None,
    title: str | None = None,
    rights: str = "votes",
    compared_with: Snapshot | nx.Graph[Any] | None = None,
    start: str | dt.date | None = None,
    until: str | dt.date | None = None,
    opened: str | dt.date | None = None,
    regime: str | None = None,
    listed: str | Sequence[str] = (),
    offices: ClaimSet | None = None,
    proposals: ClaimSet | None = None,
    colours: str = "keiretsu",
) -> View:
    """Return a picture of who holds what in whom.

    Parameters
    ----------
    world
        A snapshot, any networkx graph that `from_networkx` takes, or for a span of time an
        `OwnershipGraph`. Of a graph's edges ``capital`` is read, else ``share``, ``weight``,
        ``percent`` or another usual name; a note of the picture then says which, and in which unit.
        To name it, give ``from_networkx(graph, capital=..., unit=...)``.
    focus
        Names of the parties that the picture is about; everything if none is named.
    depth
        How many steps up to holders and down to issuers are shown; if not given `DEPTH`, but one
        in a picture of one day that would have more than `MOST_UNASKED` parties.
    title
        Heading; made from the focus if not given.
    rights
        Which votes are drawn beside the capital.
    compared_with
        Another world, such as a scenario, that is drawn beside the first one with all that differs
        marked.
    start, until
        The first and the last day of a span of time; the page then goes from change to change.
    opened
        The day of the span that is shown first; the last one if not given.
    regime, listed
        Name of a legal test, and of the parties on its list; its verdicts can be marked, for each
        world and each moment its own.
    offices
        Claims (``kg.claims``) of which the offices are drawn, as thin lines: those held on the
        day; in a span of time each from the day on which it is taken until that on which it ends.
    proposals
        Claims of which the proposals on the table are drawn, dashed: what would be held, apart from
        what is; in a span of time on the days from which and until which they were.
    colours
        ``keiretsu``, or ``bovs`` for those of the Beneficial Ownership Visualisation System.

    Raises
    ------
    NameNotFoundError, AmbiguousNameError
        If a name is not that of one party.
    InputError
        If there is nothing to show, or the options do not go together.

    Examples
    --------
    >>> from keiretsu.mirror import snapshot_of_shares
    >>> world = snapshot_of_shares({("a", "b"): "60%", ("b", "c"): "50%"})
    >>> [party.label for party in view(world, focus="b", depth=1).scene.parties]
    ['a', 'b', 'c']
    """
    names = [focus] if isinstance(focus, str) else list(focus)
    steps = DEPTH if depth is None else depth
    test = None if regime is None else Test(regime, [listed] if isinstance(listed, str) else listed)
    if start is not None or until is not None:
        if compared_with is not None or isinstance(world, Snapshot) or not _is_chronicle(world):
            raise InputError(
                "a span of time is drawn of claims, not of one day",
                mend="give an OwnershipGraph, and no world to compare with",
            )
        chronicle: Chronicle = world  # type: ignore[assignment]  # as just checked
        over_time, worlds = _over_time(
            chronicle, names, (start, until, opened), depth=steps, title=title, rights=rights,
            offices=offices, proposals=proposals,
        )  # fmt: skip
        return View(analysed(over_time, worlds, test), colours)
    snapshot = _snapshot(world)
    if compared_with is not None:
        both = snapshot, _snapshot(compared_with)
        scenes = _of_two(both, names, steps, rights)
        return View(analysed(beside(*scenes, _captions(*both), title), both, test), colours)
    scene = analysed(_of_one(snapshot, names, depth, title, rights), [snapshot], test)
    if offices is not None:
        scene = told_in_boxes(with_offices(scene, offices, snapshot.as_of))
    if proposals is not None:
        scene = with_proposals(scene, proposals, snapshot.as_of)
    return View(scene, colours)


def _is_chronicle(world: object) -> bool:
    return hasattr(world, "claims") and hasattr(world, "snapshot")


def _snapshot(world: Snapshot | nx.Graph[Any] | Chronicle) -> Snapshot:
    if isinstance(world, Snapshot):
        return world
    if _is_chronicle(world):
        return world.snapshot()  # type: ignore[union-attr, call-arg]  # its default day
    return from_networkx(world)  # type: ignore[arg-type]  # whatever it is, it refuses what it must


def _of_one(
    snapshot: Snapshot, names: Sequence[str], depth: int | None, title: str | None, rights: str
) -> Scene:
    steps = fitting_depth(snapshot, names) if depth is None else depth
    return Composer(snapshot, rights).scene(snapshot.directory.find_all(names), steps, title)


def fitting_depth(snapshot: Snapshot, names: Sequence[str]) -> int:
    """Return how many steps a picture of one day reaches from some parties unless told otherwise.

    Parameters
    ----------
    snapshot
        The world, or as much of it as lies around the parties in one step.
    names
        Their names.

    Raises
    ------
    NameNotFoundError, AmbiguousNameError
        If a name is not that of one party.
    """
    heads = snapshot.directory.find_all(names)
    return 1 if heads and parties_within(snapshot, heads, DEPTH) > MOST_UNASKED else DEPTH


def _of_two(
    worlds: tuple[Snapshot, Snapshot], names: Sequence[str], depth: int, rights: str
) -> tuple[Scene, Scene]:
    """Return both worlds with the same parties: those near the subject in one or the other."""
    composers = [Composer(world, rights) for world in worlds]
    heads = [world.directory.find_all(names) for world in worlds]
    near = [one.scene(at, depth) for one, at in zip(composers, heads, strict=True)]
    shown = {party.id for scene in near for party in scene.parties}
    before, after = (
        one.scene(at, depth, also=shown) for one, at in zip(composers, heads, strict=True)
    )
    return before, after


def _over_time(
    chronicle: Chronicle,
    names: Sequence[str],
    span: tuple[str | dt.date | None, ...],
    *,
    depth: int,
    title: str | None,
    rights: str,
    offices: ClaimSet | None,
    proposals: ClaimSet | None,
) -> tuple[Scene, list[Snapshot]]:
    """Return the scene of a span of time, and the world of each of its moments."""
    claims = chronicle.claims
    first, last, opened = (_date(day) for day in span)
    if first is None:
        raise InputError("a span of time needs its first day", mend="add --from DATE")
    last = last or claims.horizon or max(first, opened or first, *told_days(claims))
    days = days_of_change(
        claims, first, last, offices=offices is not None, proposals=proposals is not None
    )
    worlds = [chronicle.snapshot(day) for day in days]
    directory = worlds[-1].directory
    heads = [worlds[-1].parties[position].id for position in directory.find_all(names)]
    events = [
        event
        for event in claims.events
        if event.status == "accepted" and (when := event_date(event)) and when.first <= last
    ]
    scene = scene_over(
        worlds, heads, depth, title=title, rights=rights, events=events, offices=offices,
        proposals=proposals,
    )  # fmt: skip
    if opened is not None:
        past = [at for at, one in enumerate(scene.moments) if one.date <= opened.isoformat()]
        scene = replace(scene, moment=past[-1] if past else 0)
    by_day = {world.as_of.isoformat(): world for world in worlds}
    return scene, [by_day[moment.date] for moment in scene.moments]


def _date(text: str | dt.date | None) -> dt.date | None:
    if text is None or isinstance(text, dt.date):
        return text
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise InputError(f"{text!r} is not a date", mend="write it like 2019-09-03") from None


def _captions(before: Snapshot, after: Snapshot) -> tuple[str, str]:
    if before.as_of != after.as_of:
        return f"On {before.as_of}", f"On {after.as_of}"
    return f"As it is on {before.as_of}", "As it would be"
