"""What ``keiretsu claim`` answers: the edits concerned, each with its claim."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keiretsu.cli.columns import COLUMNS
from keiretsu.cli.output import Result
from keiretsu.cli.page import Column, Lines, Page, Table, number
from keiretsu.cli.remarks import warning_lines
from keiretsu.kernels.box import Bounds
from keiretsu.measures.answer import percent_fields
from keiretsu.model import Agreement, Event, Figure, Holding, Identification, Removal, Tenure
from keiretsu.ownership_graph.document import envelope
from keiretsu.snapshot.evidence import Evidence
from keiretsu.store.codec.claim_read import parties_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from keiretsu.model import Caution, Claim, ClaimSet, Edit, Party, Share


def result(
    action: str,
    file: str | None,
    edits: Iterable[Edit],
    lookup: ClaimSet,
    *,
    dataset: str | None,
    new_parties: Sequence[Party] = (),
    cautions: Sequence[Caution] = (),
) -> Result:
    """Return an answer in all forms.

    Parameters
    ----------
    action
        The subcommand.
    file
        The file that was written; None for none.
    edits
        The edits concerned.
    lookup
        Claims, among which those that the edits name are looked up.
    dataset
        Fingerprint of the data as it now is.
    new_parties, cautions
        What was made, and what is left to be looked at.
    """
    claims = {claim.id: claim for claim in lookup.every_claim()}
    rows = [_row(edit, claims.get(edit.claim or ""), lookup) for edit in edits]
    document = envelope(
        "claim",
        {
            "action": action,
            "file": file,
            "new_parties": [
                {"party": one.label, "party_id": one.id, "kind": one.kind.value}
                for one in new_parties
            ],
            "edits": rows,
        },
        dataset=dataset,
        cautions=cautions,
    )
    columns = COLUMNS["claim"]
    return Result(document, rows, columns, lambda: _page(document, rows, cautions))


def _row(edit: Edit, claim: Claim | None, claims: ClaimSet) -> dict[str, Any]:
    held = claim if isinstance(claim, Holding) else None
    return {
        "number": edit.number,
        "kind": edit.kind.value.lower(),
        "edit_id": edit.id,
        "claim": _in_words(edit, claim, claims),
        "claim_id": edit.claim,
        "holder": _label(claims, held.holder) if held else None,
        "holder_id": held.holder if held else None,
        "issuer": _label(claims, held.issuer) if held else None,
        "issuer_id": held.issuer if held else None,
        **percent_fields("capital", _bounds(held.capital if held else None)),
        **percent_fields("votes", _bounds(held.votes if held else None)),
        "votes_basis": held.votes_basis.value if held and held.votes else None,
        "shares": held.shares if held else None,
        "supersedes": list(claim.supersedes) if claim else [],
        "quote": claim.quote if claim else None,
        "note": claim.note if claim else None,
        "source": None if claim is None else Evidence.of(claim, claims.documents).as_dict(),
        "on": str(edit.on) if edit.on else None,
        "reason": edit.reason,
        "claims_removed": edit.claims if isinstance(edit, Removal) else None,
    }


def _in_words(edit: Edit, claim: Claim | None, claims: ClaimSet) -> str | None:
    if isinstance(edit, Identification):
        return f"one party: {', '.join(_label(claims, party) for party in edit.parties)}"
    return None if claim is None else describe(claim, claims)


def describe(claim: Claim, claims: ClaimSet) -> str:
    """Return a claim in one line: who, how much, in whom."""
    if not isinstance(claim, Holding):
        named = claim.label if isinstance(claim, (Agreement, Event)) else ""
        title = claim.title if isinstance(claim, Tenure) else named
        value = f"{claim.value} {claim.unit}" if isinstance(claim, Figure) else title
        parties = ", ".join(dict.fromkeys(_label(claims, one) for one in parties_of(claim)))
        return ": ".join(part for part in (type(claim).__name__, value, parties) if part)
    sizes = [
        f"{claim.capital} of capital" if claim.capital else "",
        f"{claim.votes} of votes ({claim.votes_basis})" if claim.votes else "",
        f"{claim.shares} shares" if claim.shares is not None else "",
    ]
    pair = f"{_label(claims, claim.holder)} \N{RIGHTWARDS ARROW} {_label(claims, claim.issuer)}"
    return f"{pair}: {', '.join(size for size in sizes if size) or 'unknown'}"


def _label(claims: ClaimSet, party: str) -> str:
    found = claims.parties.get(party)
    return party if found is None else found.label


def _bounds(share: Share | None) -> Bounds | None:
    if share is None:
        return None
    return Bounds(share.low, share.high, share.low_open, share.high_open)


def _page(
    document: dict[str, Any], rows: Sequence[dict[str, Any]], cautions: Sequence[Caution]
) -> Page:
    columns = (
        number("edit"),
        Column("kind"),
        Column("claim"),
        Column("valid"),
        Column("status"),
        Column("source"),
        Column("on"),
        Column("reason"),
        Column("IRI"),
    )
    table = Table(columns, tuple(_cells(row) for row in rows))
    made = tuple(f"{one['party']} ({one['kind']})" for one in document["new_parties"])
    return Page(
        _title(document, rows), (table, Lines("New parties", made), warning_lines(cautions))
    )


def _title(document: dict[str, Any], rows: Sequence[dict[str, Any]]) -> str:
    if document["action"] == "log":
        return f"{len(rows) or 'No'} edit{'' if len(rows) == 1 else 's'}"
    done = "taken back from" if document["action"] == "undo" else "written to"
    return f"Edit {rows[0]['number']} ({rows[0]['kind']}) {done} {document['file']}"


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    source = row["source"] or {}
    removed = row["claims_removed"]
    gone = None if removed is None else f"{removed} claims about a person"
    told = (source.get("title"), source.get("publisher"), source.get("date"))
    return (
        str(row["number"]),
        row["kind"],
        row["claim"] or gone or row["claim_id"] or "",
        source.get("valid") or "",
        source.get("status") or "",
        ", ".join(part for part in told if part),
        row["on"] or "",
        row["reason"] or "",
        row["claim_id"] or row["edit_id"],
    )
