"""The rows of a holdings table, read and added up, as claims."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from keiretsu.model import Capital, Holding, ShareClass, Sourcing, claim_id

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keiretsu.formats.table.rows import Entry
    from keiretsu.formats.table.totals import Total


def holdings_of(entries: Iterable[Entry], name: str) -> list[Holding]:
    """Return a holding for each row; rows that say the same of a pair are told apart by number."""
    seen: Counter[str] = Counter()
    found = []
    for entry in entries:
        key = (entry.document, "holding", entry.holder, entry.issuer, entry.share_class)
        begins = entry.stated_for or entry.period.start
        first = claim_id(*key, begins)
        ordinal = seen[first]
        seen[first] += 1
        found.append(
            Holding(
                id=claim_id(*key, begins, ordinal),
                document=entry.document,
                period=entry.period,
                status=entry.status,
                sourcing=entry.sourcing,
                stated_for=entry.stated_for,
                known_from=entry.known_from,
                record=entry.record,
                quote=entry.quote,
                note=entry.note,
                place=f"{name}:{entry.line}",
                holder=entry.holder,
                issuer=entry.issuer,
                interest=entry.interest,
                directness=entry.directness,
                capital=entry.capital,
                shares=entry.shares,
                votes=entry.votes,
                votes_basis=entry.votes_basis,
                vote_count=entry.vote_count,
                share_class=entry.share_class,
            )
        )
    return found


def capital_of(total: Total, file: str, name: str) -> Capital:
    """Return a total as a claim: of the row's source if stated there, else of the table."""
    entry = total.entry
    document = entry.document if total.stated else file
    return Capital(
        id=claim_id(
            document,
            "capital",
            entry.issuer,
            total.share_class,
            entry.stated_for or total.period.start,
        ),
        document=document,
        period=total.period,
        stated_for=entry.stated_for,
        sourcing=entry.sourcing,
        place=f"{name}:{entry.line}",
        issuer=entry.issuer,
        share_class=total.share_class,
        issued=total.issued,
    )


def share_class_of(entry: Entry, name: str) -> ShareClass:
    """Return the class of a row, of which one share is taken to have one vote."""
    return ShareClass(
        id=entry.share_class or "",
        document=entry.document,
        sourcing=Sourcing.PARTLY_SOURCED,
        unsourced_fields=("votes_per_share",),
        place=f"{name}:{entry.line}",
        issuer=entry.issuer,
        label=entry.class_label,
    )


def of_assumed_votes(entries: Iterable[Entry]) -> list[Entry]:
    """Return the first row of each named class that has rows which state no votes."""
    silent = {e.share_class for e in entries if e.share_class and not e.states_votes}
    first: dict[str, Entry] = {}
    for entry in entries:
        if entry.share_class in silent:
            first.setdefault(entry.share_class or "", entry)
    return list(first.values())
