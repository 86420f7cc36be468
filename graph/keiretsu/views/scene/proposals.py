"""Proposals on the table: what would be held if they went through, apart from what is held."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from keiretsu.model import Proposal, Status
from keiretsu.snapshot import Evidence as Source
from keiretsu.views.scene.model import PROPOSED, SceneLink, SceneParty
from keiretsu.views.scene.percent import Percent
from keiretsu.views.scene.telling import evidence, name_on, subtitle

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from keiretsu.model import ClaimSet, ProposedHolding, Share
    from keiretsu.views.scene.model import Scene

PROPOSED_WORD = "proposed"


def proposals_on(claims: ClaimSet, day: dt.date) -> list[Proposal]:
    """Return the proposals that are on the table on a day and say what would be held."""
    return sorted(
        (
            one
            for one in claims.events
            if isinstance(one, Proposal)
            and one.changes
            and one.status is Status.ACCEPTED
            and (one.period.start is not None or one.period.end is not None)
            and one.period.surely_holds(day)
        ),
        key=lambda one: one.id,
    )


def with_proposals(scene: Scene, claims: ClaimSet, day: dt.date) -> Scene:
    """Return a scene with what is proposed on a day to one of its parties, as dashed lines.

    A party that a proposal would make gets a dashed box. What would be held no more is told in a
    note: the line of what is held stays as it is, for it is so.

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
    for proposal in proposals_on(claims, day):
        if shown & {end for change in proposal.changes for end in (change.holder, change.issuer)}:
            scene = _with(scene, claims, proposal, day)
    return scene


def _with(scene: Scene, claims: ClaimSet, proposal: Proposal, day: dt.date) -> Scene:
    gained = [one for one in proposal.changes if one.capital is not None and one.capital.high]
    told = (evidence(Source.of(proposal, claims.documents)),)
    known = {party.id for party in scene.parties}
    missing = {end for one in gained for end in (one.holder, one.issuer)} - known
    held = {link.issuer for link in scene.links}
    boxes = [
        SceneParty(
            id=name,
            label=name_on(claims.parties[name], day),
            kind=claims.parties[name].kind.value,
            subtitle=subtitle(claims.parties[name], day),
            country=claims.parties[name].jurisdiction,
            supposition=PROPOSED_WORD if _would_be_made(name, claims, held) else "",
        )
        for name in sorted(missing)
    ]
    lines = [
        SceneLink(
            id=f"{proposal.id}#{one.holder}>{one.issuer}",
            kind=PROPOSED,
            holder=one.holder,
            issuer=one.issuer,
            capital=_percent(one.capital),
            gross_votes=_percent(one.votes),
            votes=_percent(one.votes),
            agreed_votes=_percent(one.votes),
            supposition=PROPOSED_WORD,
            remarks=(f"Proposed, not so: {proposal.label}.",),
            evidence=told,
        )
        for one in sorted(gained, key=lambda one: (one.issuer, one.holder))
    ]
    return replace(
        scene,
        parties=(*scene.parties, *boxes),
        links=(*scene.links, *lines),
        notes=(*_notes(proposal, claims, day), *scene.notes),
    )


def _would_be_made(party: str, claims: ClaimSet, held: set[str]) -> bool:
    """Return whether no claim tells that a party holds or is held: it is only proposed."""
    ends = (end for claim in claims.holdings for end in (claim.holder, claim.issuer))
    return party not in held and party not in set(ends)


def _percent(share: Share | None) -> Percent | None:
    return None if share is None else Percent.of_share(share)


def _notes(proposal: Proposal, claims: ClaimSet, day: dt.date) -> Iterable[str]:
    since = f" of {proposal.period.start}" if proposal.period.start else ""
    ended = f"; {proposal.outcome} on {proposal.period.end}" if proposal.outcome else ""
    yield f"Proposed, not so: {proposal.label}{since}{ended}."
    ends = [one for one in proposal.changes if one.capital is not None and not one.capital.high]
    pairs = ", ".join(f"{_name(one, claims, day)}" for one in ends)
    if pairs:
        yield f"If it went through, these would hold no more: {pairs}."


def _name(one: ProposedHolding, claims: ClaimSet, day: dt.date) -> str:
    holder, issuer = (name_on(claims.parties[end], day) for end in (one.holder, one.issuer))
    return f"{holder} → {issuer}"
