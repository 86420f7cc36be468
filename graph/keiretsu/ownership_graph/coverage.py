"""What a dataset holds and how well it is sourced."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from keiretsu.store.disk.whole.everything import whole
from keiretsu.store.disk.whole.from_columns import counted, kinds_of_told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keiretsu.model import Claim, ClaimSet, PartialDate, Party, PartyKind
    from keiretsu.store.disk import DiskClaims
    from keiretsu.store.disk.whole.from_columns import ToldAlike


class Said(NamedTuple):
    """What is counted of a claim, or of so many claims that say it alike."""

    document: str
    sourcing: str
    status: str
    dates: tuple[PartialDate | None, ...]
    claims: int = 1

    @classmethod
    def by(cls, claim: Claim) -> Said:
        """Return what is counted of a claim."""
        dates = (claim.stated_for, claim.period.start, claim.period.end)
        return cls(claim.document, claim.sourcing.value, claim.status.value, dates)

    @classmethod
    def alike(cls, told: ToldAlike) -> Said:
        """Return what is counted of holdings of a store."""
        dates = (told.stated_for, told.period.start, told.period.end)
        return cls(told.document, told.sourcing.value, told.status.value, dates, told.claims)


def coverage(claims: ClaimSet) -> dict[str, Any]:
    """Return counts, periods, and coverage by sourcing and by source.

    Returns
    -------
    dict
        `counts` of parties, documents and claims by kind; `periods` with the first and last date
        that occurs; `coverage` by sourcing, by status, and by source (title, publisher, number of
        claims), most used first; `horizon`.
    """
    return _coverage(claims, Counter(), [])


def coverage_of_store(disk: DiskClaims) -> dict[str, Any]:
    """Return the same of a store on disk, without its holdings and parties as objects."""
    if not disk.manifest.is_settled:  # what edits overrule is found in memory
        return coverage(whole(disk).claims())
    found = counted(disk)
    kinds = Counter(kinds_of_told(disk, found.told))
    told = _coverage(found.odd, kinds, [Said.alike(one) for one in found.said])
    return {**told, "horizon": disk.horizon.isoformat() if disk.horizon else None}


def _coverage(claims: ClaimSet, kinds: Counter[PartyKind], plain: list[Said]) -> dict[str, Any]:
    groups = {
        "holdings": claims.holdings,
        "share_classes": claims.share_classes,
        "registrations": claims.registrations,
        "capitals": claims.capitals,
        "agreements": claims.agreements,
        "tenures": claims.tenures,
        "figures": claims.figures,
        "events": claims.events,
    }
    everything = [*(Said.by(claim) for group in groups.values() for claim in group), *plain]
    counts = {name: len(group) for name, group in groups.items()}
    counts["holdings"] += sum(said.claims for said in plain)
    kinds = kinds + Counter(party.kind for party in claims.parties.values())
    return {
        "counts": {"parties": kinds.total(), "documents": len(claims.documents), **counts},
        "party_kinds": {kind.value: kinds[kind] for kind in sorted(kinds)},
        "periods": _periods(everything),
        "coverage": {
            "sourcing": _counts((said.sourcing, said.claims) for said in everything),
            "status": _counts((said.status, said.claims) for said in everything),
            "sources": _sources(claims, everything),
        },
        "horizon": claims.horizon.isoformat() if claims.horizon else None,
    }


def _counts(told: Iterable[tuple[str, int]]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for name, count in told:
        found[name] += count
    return dict(sorted(found.items()))


def party_rows(parties: Iterable[Party]) -> list[dict[str, Any]]:
    """Return parties with their names, in the order of their labels."""
    rows = (
        _party_row(
            party.label,
            party.id,
            party.kind,
            list(party.aliases),
            [{"scheme": scheme, "value": value} for scheme, value in party.identifiers],
        )
        for party in parties
    )
    return sorted(rows, key=_by_label)


def party_rows_of_store(disk: DiskClaims) -> list[dict[str, Any]]:
    """Return the same of a store on disk; plain parties have a label, and no more names."""
    if not disk.manifest.is_settled:
        return party_rows(whole(disk).claims().parties.values())
    found = counted(disk)
    is_plain = disk.columns.party["plain"][found.told] != 0
    plain = found.told[is_plain]
    named = zip(disk.names_of(plain), kinds_of_told(disk, plain), strict=True)
    rows = (_party_row(*names, kind, [], []) for names, kind in named)
    others = (disk.party(number) for number in found.told[~is_plain].tolist())
    return sorted(
        (*party_rows(found.odd.parties.values()), *party_rows(others), *rows), key=_by_label
    )


def _party_row(
    label: str, iri: str, kind: PartyKind, aliases: list[str], identifiers: list[dict[str, str]]
) -> dict[str, Any]:
    return {
        "party": label,
        "party_id": iri,
        "kind": kind.value,
        "aliases": aliases,
        "identifiers": identifiers,
    }


def _by_label(row: dict[str, Any]) -> tuple[str, str]:
    return row["party"], row["party_id"]


def _periods(everything: Iterable[Said]) -> dict[str, str | None]:
    dates = {date for said in everything for date in said.dates if date is not None}
    if not dates:
        return {"first": None, "last": None}
    first = min(dates, key=lambda date: (date.first, str(date)))
    last = max(dates, key=lambda date: (date.last, str(date)))
    return {"first": str(first), "last": str(last)}


def _sources(claims: ClaimSet, everything: Iterable[Said]) -> list[dict[str, Any]]:
    used = _counts((said.document, said.claims) for said in everything)
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
