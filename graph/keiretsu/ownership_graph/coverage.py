"""What a dataset holds and how well it is sourced."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keiretsu.model import Claim, ClaimSet


def coverage(claims: ClaimSet) -> dict[str, Any]:
    """Return counts, periods, and coverage by sourcing and by source.

    Returns
    -------
    dict
        `counts` of parties, documents and claims by kind; `periods` with the first and last date
        that occurs; `coverage` by sourcing, by status, and by source (title, publisher, number of
        claims), most used first; `horizon`.
    """
    kinds = {
        "holdings": claims.holdings,
        "share_classes": claims.share_classes,
        "registrations": claims.registrations,
        "capitals": claims.capitals,
        "agreements": claims.agreements,
        "tenures": claims.tenures,
        "figures": claims.figures,
        "events": claims.events,
    }
    everything: list[Claim] = [claim for group in kinds.values() for claim in group]
    return {
        "counts": {
            "parties": len(claims.parties),
            "documents": len(claims.documents),
            **{name: len(group) for name, group in kinds.items()},
        },
        "party_kinds": dict(
            sorted(Counter(party.kind.value for party in claims.parties.values()).items())
        ),
        "periods": _periods(everything),
        "coverage": {
            "sourcing": dict(sorted(Counter(claim.sourcing.value for claim in everything).items())),
            "status": dict(sorted(Counter(claim.status.value for claim in everything).items())),
            "sources": _sources(claims, everything),
        },
        "horizon": claims.horizon.isoformat() if claims.horizon else None,
    }


def party_rows(claims: ClaimSet) -> list[dict[str, Any]]:
    """Return every party with its names, in the order of their labels."""
    return [
        {
            "party": party.label,
            "party_id": party.id,
            "kind": party.kind.value,
            "aliases": list(party.aliases),
            "identifiers": [
                {"scheme": scheme, "value": value} for scheme, value in party.identifiers
            ],
        }
        for party in sorted(claims.parties.values(), key=lambda p: (p.label, p.id))
    ]


def _periods(everything: Iterable[Claim]) -> dict[str, str | None]:
    dates = [
        date
        for claim in everything
        for date in (claim.stated_for, claim.period.start, claim.period.end)
        if date is not None
    ]
    if not dates:
        return {"first": None, "last": None}
    first, last = min(dates, key=lambda d: d.first), max(dates, key=lambda d: d.last)
    return {"first": str(first), "last": str(last)}


def _sources(claims: ClaimSet, everything: Iterable[Claim]) -> list[dict[str, Any]]:
    used = Counter(claim.document for claim in everything)
    rows = []
    for document, number in sorted(used.items(), key=lambda item: (-item[1], item[0])):
        found = claims.documents.get(document)
        rows.append(
            {
                "document": document,
                "title": found.title if found else document,
                "publisher": found.publisher if found else None,
                "claims": number,
            }
        )
    return rows
