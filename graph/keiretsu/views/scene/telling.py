"""What a snapshot says of a party or a claim, in the words of a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keiretsu.measures.control.explanation import say
from keiretsu.model import Holding, Remainder
from keiretsu.snapshot import Evidence as Source
from keiretsu.views.scene.evidence import Evidence

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from keiretsu.kernels.box import Bounds
    from keiretsu.model import Claim, Party
    from keiretsu.snapshot import Snapshot

_KIND_NAMES = {
    "Party": "",
    "SubnationalState": "Subnational state",
    "GovernmentBody": "Government body",
    "UnknownParty": "Not disclosed",
    "NewsOrganisation": "News organisation",
}


def name_on(party: Party, day: dt.date) -> str:
    """Return what a party was called on a day; a longer form of its label is not another name."""
    ended = (one for one in party.former_names if one.end and one.period.surely_holds(day))
    return next((one.name for one in ended if not _alike(one.name, party.label)), party.label)


def name_today(party: Party) -> str:
    """Return what a party is called since its last change of name."""
    last = (one.name for one in party.former_names if one.start and not one.end)
    return next((name for name in last if not _alike(name, party.label)), party.label)


def _alike(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def subtitle(party: Party, day: dt.date) -> str:
    """Return the line below a party's name: what it is, where, and its name of today."""
    words = _KIND_NAMES.get(party.kind.value, party.kind.value)
    if party.listed is not None and party.kind.value == "Company":
        words = "Listed" if party.listed else "Unlisted"
    today = name_today(party)
    today = "" if _alike(today, name_on(party, day)) else f"now {today}"
    return " · ".join(part for part in (words, party.jurisdiction, today) if part)


def facts(snapshot: Snapshot, position: int) -> Iterable[tuple[str, str]]:
    """Yield what is known of a party beside its holdings: other names, identifiers, its shares."""
    party = snapshot.parties[position]
    if party.aliases:
        yield "Also known as", ", ".join(party.aliases)
    yield from party.identifiers
    if not snapshot.held_in(position):
        return
    kind = snapshot.remainder_of(position)
    # Beside lines that are parts of all shares, own shares included, so is what is left of them.
    rest = snapshot.capital.rest_quantity(position)
    if kind is not Remainder.NONE and rest.high:
        word = "Float" if kind is Remainder.FLOAT else "Undisclosed holders"
        yield word, f"{_percent(rest)} of the capital"
    known = snapshot.facts.get(position)
    if known is not None and known.issued is not None:
        yield "Shares issued", f"{known.issued:,}"
    if known is not None and known.gross_votes is not None:
        yield "Gross votes", f"{known.gross_votes:,}"


def evidence(found: Source) -> Evidence:
    """Return a claim and its document as a picture shows them."""
    return Evidence(
        claim=found.claim.id,
        title=found.title,
        text=says(found.claim),
        publisher=found.publisher,
        date=found.date,
        url=found.url,
        sourcing=found.sourcing.value,
        status=found.status.value,
        valid=found.valid,
    )


def passed_over(snapshot: Snapshot, claims: Iterable[Claim]) -> Iterable[Evidence]:
    """Yield the claims that were passed over in favour of some."""
    winners = {claim.id for claim in claims}
    for conflict in snapshot.conflicts:
        if conflict.winner.id in winners:
            yield evidence(Source.of(conflict.loser, snapshot.documents))


def says(claim: Claim) -> str:
    """Return what a claim says of a share, in words, with those of its source."""
    quoted = f"\N{LEFT DOUBLE QUOTATION MARK}{claim.quote}\N{RIGHT DOUBLE QUOTATION MARK}"
    words = [quoted] if claim.quote else []
    if not isinstance(claim, Holding):
        return " ".join([*([claim.note] if claim.note else []), *words])
    parts = []
    if claim.capital is not None:
        parts.append(f"{claim.capital} of the capital")
    if claim.shares is not None:
        parts.append(f"{claim.shares:,} shares")
    if claim.votes is not None:
        parts.append(f"{claim.votes} of the {claim.votes_basis} votes")
    said = ", ".join(parts) or "a holding without a figure"
    words = [*([claim.note] if claim.note else []), *words]
    return f"{said}. {' '.join(words)}" if words else said


def _percent(share: Bounds) -> str:
    return say(share.low) if share.low == share.high else f"{say(share.low)} to {say(share.high)}"
