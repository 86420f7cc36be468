"""What a reader yields, gathered into one set of claims."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from keiretsu.errors import InputError
from keiretsu.formats.frame import Horizon
from keiretsu.model import (
    Agreement,
    Capital,
    Claim,
    ClaimSet,
    Document,
    Edit,
    Event,
    Figure,
    Holding,
    Party,
    PartyKind,
    Registration,
    ShareClass,
    SourceRecord,
    Tenure,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable

    from keiretsu.formats.frame import Piece, Reading

CLAIM_FIELDS: tuple[tuple[str, type[Claim]], ...] = (
    ("holdings", Holding),
    ("share_classes", ShareClass),
    ("registrations", Registration),
    ("capitals", Capital),
    ("agreements", Agreement),
    ("tenures", Tenure),
    ("figures", Figure),
    ("events", Event),
)
_ONCE = (
    "jurisdiction",
    "listed",
    "remainder",
    "acts_for",
    "unspecified",
    "unspecified_details",
)
_GENERAL = {
    PartyKind.PARTY: 0,
    PartyKind.ORGANISATION: 1,
    PartyKind.GOVERNMENT_BODY: 2,
}
"""Kinds that say little, so that a later record may say more."""


def collected(
    pieces: Iterable[Piece],
    reading: Reading,
    aside: Callable[[SourceRecord], None] | None = None,
) -> ClaimSet:
    """Return all that a reader yields, each party once.

    Parties that are only named by claims get no entry: whoever holds the claims labels them by the
    last part of their IRI.

    Parameters
    ----------
    pieces
        What `Format.read` yields.
    reading
        Gets what two records say of one party where only one of them can be kept.
    aside
        Takes source records as they come, if it is given; they are not returned then.

    Raises
    ------
    InputError
        As the reader; or if two different claims have one IRI.

    Examples
    --------
    >>> from keiretsu.formats.frame import Reading
    >>> one = Party(id="urn:a", label="A")
    >>> other = Party(id="urn:a", label="A Ltd", kind=PartyKind.COMPANY, jurisdiction="GB")
    >>> collected([one, other], Reading("x")).parties["urn:a"]
    Party(id='urn:a', label='A', kind=<PartyKind.COMPANY: 'Company'>, aliases=('A Ltd',), ...)
    """
    gathered = _Gathered(reading, aside)
    for piece in pieces:
        gathered.take(piece)
    return gathered.claim_set()


class _Gathered:
    """Everything that was yielded, by what it is and by its identifier."""

    def __init__(
        self, reading: Reading, aside: Callable[[SourceRecord], None] | None = None
    ) -> None:
        self._reading, self._aside = reading, aside
        self._parties: dict[str, Party] = {}
        self._documents: dict[str, Document] = {}
        self._claims: dict[str, Claim] = {}
        self._records: dict[str, SourceRecord] = {}
        self._edits: dict[str, Edit] = {}
        self._horizons: list[dt.date] = []
        self._takers: dict[type, Callable[[Any], None]] = {}

    def take(self, piece: Piece) -> None:
        kind = type(piece)
        taker = self._takers.get(kind)
        if taker is None:
            taker = self._takers[kind] = self._taker_of(piece)
        taker(piece)

    def _taker_of(self, piece: Piece) -> Callable[[Any], None]:
        """Return what takes pieces of such a type."""
        match piece:
            case Party():
                return self._take_party
            case Document():
                return self._take_document
            case SourceRecord():
                return self._take_record if self._aside is None else self._aside
            case Edit():
                return self._take_edit
            case Horizon():
                return self._take_horizon
            case _:
                return self._take_claim

    def _take_party(self, party: Party) -> None:
        known = self._parties.get(party.id)
        if known is not party:
            joint = party if known is None else joined(known, party, self._reading)
            self._parties[party.id] = joint

    def _take_document(self, document: Document) -> None:
        self._documents.setdefault(document.id, document)

    def _take_record(self, record: SourceRecord) -> None:
        self._records[record.id] = record

    def _take_edit(self, edit: Edit) -> None:
        self._edits[edit.id] = edit

    def _take_horizon(self, horizon: Horizon) -> None:
        self._horizons.append(horizon.day)

    def _take_claim(self, claim: Claim) -> None:
        known = self._claims.setdefault(claim.id, claim)
        if known is not claim and known != claim:
            problem = f"two different claims have the identifier {claim.id}"
            raise InputError(problem, place=claim.place, mend="keep one of them")

    def claim_set(self) -> ClaimSet:
        claims = [claim for _, claim in sorted(self._claims.items())]
        kinds = {
            field: tuple(claim for claim in claims if isinstance(claim, kind))
            for field, kind in CLAIM_FIELDS
        }
        return ClaimSet(
            parties=dict(sorted(self._parties.items())),
            documents=dict(sorted(self._documents.items())),
            source_records=tuple(record for _, record in sorted(self._records.items())),
            edits=tuple(sorted(self._edits.values(), key=lambda one: (one.number, one.id))),
            horizon=max(self._horizons, default=None),
            **kinds,  # type: ignore[arg-type]
        )


def joined(known: Party, said: Party, reading: Reading) -> Party:
    """Return what two records say of one party; what cannot be kept of both is reported lost."""
    if known is said or known == said:
        return known
    numbers = {value for _, value in (*known.identifiers, *said.identifiers)}
    # A record that only names a party calls it by its number.
    label = said.label if known.label in numbers else known.label
    aliases = {*known.aliases, *said.aliases, known.label, said.label} - numbers - {label}
    changes: dict[str, object] = {
        "label": label,
        "aliases": tuple(sorted(aliases)),
        "former_names": tuple(sorted({*known.former_names, *said.former_names})),
        "identifiers": tuple(sorted({*known.identifiers, *said.identifiers})),
        "nationalities": tuple(sorted({*known.nationalities, *said.nationalities})),
        "kind": _kind(known, said, reading),
    }
    for field in _ONCE:
        before, now = getattr(known, field), getattr(said, field)
        changes[field] = now if before is None else before
        if before is not None and now is not None and before != now:
            _note(reading, known, field, before, now)
    if said.exists != known.exists and (said.exists.start or said.exists.end):
        if known.exists.start or known.exists.end:
            _note(reading, known, "exists", known.exists, said.exists)
        else:
            changes["exists"] = said.exists
    return replace(known, **changes)  # type: ignore[arg-type]


def _kind(known: Party, said: Party, reading: Reading) -> PartyKind:
    before, now = known.kind, said.kind
    if before is now or now is PartyKind.PARTY:
        return before
    if _GENERAL.get(before, 9) < _GENERAL.get(now, 9):
        return now
    if _GENERAL.get(now, 9) == _GENERAL.get(before, 9):
        _note(reading, known, "kind", before.value, now.value)
    return before


def _note(reading: Reading, party: Party, field: str, kept: object, other: object) -> None:
    reading.lost(
        f"party.{field}",
        "another record says otherwise, and the first is kept",
        party.id,
        f"{other}, not {kept}",
    )
