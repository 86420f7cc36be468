"""The rows of a holdings table as entries of values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from keiretsu.formats.table import cells
from keiretsu.formats.table.cells import CellError, shown
from keiretsu.formats.table.parties import PartyBook, cited_document, class_iri, is_iri, party_iri
from keiretsu.model import (
    Directness,
    Interest,
    Party,
    PartyKind,
    Share,
    Sourcing,
    Status,
    VotesBasis,
)
from keiretsu.model.names import fold, tidy

if TYPE_CHECKING:
    from keiretsu.formats.table.columns import Columns
    from keiretsu.formats.table.reader import Row
    from keiretsu.model import Document, PartialDate, Period

OWN_RECORD: Final = "source"
"""In the column `record`: the row adds up with those of the same source alone."""
NOT_STATED: Final = "not stated"
"""In the column `capital_percent`: nothing is said of the capital, not even that it is unknown."""
_BAND = {"capital_percent_min": 0, "capital_percent_max": 1}
"""The two ends of a band, and what an empty cell means, as fractions of one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What one row says; parties, class and document are IRIs."""

    line: int
    holder: str
    issuer: str
    capital: Share | None
    votes: Share | None
    votes_basis: VotesBasis
    vote_count: int | None
    shares: int | None
    issued: int | None
    share_class: str | None
    class_label: str
    period: Period
    document: str
    status: Status
    sourcing: Sourcing
    interest: Interest = Interest.SHAREHOLDING
    directness: Directness = Directness.DIRECT
    stated_for: PartialDate | None = None
    known_from: PartialDate | None = None
    record: str | None = None
    quote: str | None = None
    note: str | None = None

    @property
    def adds_up_with(self) -> str:
        """Which rows of the same pair and time add up with this one."""
        return self.record or self.document

    @property
    def moment(self) -> tuple[Period, PartialDate | None]:
        """When it is said to be so: a period, or the one date for which it is stated."""
        return (self.period, self.stated_for)

    @property
    def states_votes(self) -> bool:
        """Whether the row says how many votes the holder has."""
        return self.votes is not None or self.vote_count is not None


class EntryReader:
    """Reads rows as entries, and keeps the parties and documents that they name.

    Parameters
    ----------
    columns
        The columns of the table.
    file
        The table itself as a document: the source of rows that cite none.
    """

    def __init__(self, columns: Columns, file: Document) -> None:
        self._columns, self._file = columns, file
        self.parties = PartyBook()
        self.documents: dict[str, Document] = {}

    def read(self, row: Row) -> Entry:
        """Return what a row says.

        Raises
        ------
        CellError
            With the rule that is broken; then nothing of the row is kept.
        """
        said = self._parties(row)
        document = self._document(row)
        entry = self._entry(row, said[0], said[1], document)
        self.parties.add(said, row.line)
        self.documents[document.id] = document
        return entry

    def _entry(self, row: Row, holder: Party, issuer: Party, document: Document) -> Entry:
        label = tidy(self._columns.cell(row, "share_class"))
        shares, issued = self._count(row, "shares"), self._count(row, "issued_shares")
        if shares is not None and issued is not None and shares > issued:
            raise CellError(
                "percent-range",
                f"shares {shares} are more than the {issued} issued",
                "correct shares or issued_shares",
            )
        votes = self._columns.cell(row, "voting_percent")
        interest = (
            cells.code(self._columns.cell(row, "interest"), Interest, "interest")
            or Interest.SHAREHOLDING
        )
        return Entry(
            line=row.line,
            holder=holder.id,
            issuer=issuer.id,
            capital=self._capital(row, interest, counted=shares is not None),
            votes=cells.percent(votes, "voting_percent") if votes else None,
            votes_basis=self._basis(row),
            vote_count=self._count(row, "votes"),
            shares=shares,
            issued=issued,
            share_class=class_iri(issuer, label) if fold(label) else None,
            class_label=label,
            period=cells.period(
                self._columns.cell(row, "valid_from"), self._columns.cell(row, "valid_until")
            ),
            document=document.id,
            status=cells.code(self._columns.cell(row, "status"), Status, "status")
            or Status.ACCEPTED,
            sourcing=cells.code(self._columns.cell(row, "sourcing"), Sourcing, "sourcing")
            or Sourcing.SOURCED,
            interest=interest,
            directness=cells.code(self._columns.cell(row, "directness"), Directness, "directness")
            or Directness.DIRECT,
            stated_for=cells.date(self._columns.cell(row, "stated_for"), "stated_for"),
            known_from=cells.date(self._columns.cell(row, "known_from"), "known_from"),
            record=self._record(row),
            quote=tidy(self._columns.cell(row, "quote")) or None,
            note=tidy(self._columns.cell(row, "note")) or None,
        )

    def _record(self, row: Row) -> str | None:
        """Return what the row adds up with: the table, what it names, or its source alone."""
        text = self._columns.cell(row, "record")
        if fold(text) == OWN_RECORD:
            return None
        if text and not is_iri(text):
            raise CellError(
                "bad-record",
                f"record {shown(text)} is neither {OWN_RECORD} nor an IRI",
                "leave it empty if the rows of the table add up",
            )
        return text or self._file.id

    def _parties(self, row: Row) -> list[Party]:
        cell = self._columns.cell
        state = self._party(row, "actsfor", PartyKind.PARTY) if cell(row, "actsfor") else None
        kind = cells.kind(cell(row, "holder_kind"), "holder_kind") or PartyKind.PARTY
        holder = self._party(row, "holder", kind, acts_for=state.id if state else None)
        if state and holder.id == state.id:
            raise CellError(
                "conflicting-party",
                f"{shown(holder.label)} cannot act for itself",
                "leave actsfor empty",
            )
        issuer = self._party(
            row,
            "issuer",
            cells.kind(cell(row, "issuer_kind"), "issuer_kind") or PartyKind.PARTY,
            jurisdiction=cells.country(cell(row, "issuer_jurisdiction"), "issuer_jurisdiction"),
            listed=cells.truth(cell(row, "issuer_listed"), "issuer_listed"),
        )
        return [holder, issuer, state] if state else [holder, issuer]

    def _party(
        self,
        row: Row,
        column: str,
        kind: PartyKind,
        *,
        jurisdiction: str | None = None,
        listed: bool | None = None,
        acts_for: str | None = None,
    ) -> Party:
        label = tidy(self._columns.cell(row, column))
        if not fold(label):
            raise CellError("missing-name", f"the {column} has no name", "name it or drop the row")
        return Party(
            id=party_iri(label),
            label=label,
            kind=kind,
            jurisdiction=jurisdiction,
            listed=listed,
            acts_for=acts_for,
        )

    def _document(self, row: Row) -> Document:
        cell = self._columns.cell
        return cited_document(
            title=tidy(cell(row, "source_title")),
            publisher=tidy(cell(row, "source_publisher")),
            date=cells.date(cell(row, "source_date"), "source_date"),
            url=cell(row, "source_url"),
            file=self._file,
        )

    def _basis(self, row: Row) -> VotesBasis:
        text = self._columns.cell(row, "voting_basis")
        return cells.code(text, VotesBasis, "voting_basis") or VotesBasis.EXERCISABLE

    def _count(self, row: Row, column: str) -> int | None:
        text = self._columns.cell(row, column)
        return cells.whole_number(text, column) if text else None

    def _capital(self, row: Row, interest: Interest, *, counted: bool) -> Share | None:
        text = self._columns.cell(row, "capital_percent")
        if fold(text) == NOT_STATED:
            return None
        stated = cells.percent(text, "capital_percent") if text else None
        band = self._band(row)
        if stated is None:
            # An empty cell says that the share is not known, unless a number of shares gives it.
            of_capital = interest is Interest.SHAREHOLDING
            empty = of_capital and "capital_percent" in self._columns and not counted
            return band or (Share.unknown() if empty else None)
        if band is not None and not (band.low <= stated.low and stated.high <= band.high):
            raise CellError(
                "percent-range",
                f"capital_percent {shown(text)} lies outside its minimum and maximum",
                "correct one of them",
            )
        return stated

    def _band(self, row: Row) -> Share | None:
        """Return the closed band between the two columns, None if both cells are empty."""
        texts = [self._columns.cell(row, column) for column in _BAND]
        if not any(texts):
            return None
        ends = []
        for text, (column, otherwise) in zip(texts, _BAND.items(), strict=True):
            end = cells.percent(text, column) if text else Share.point(otherwise)
            if not end.is_point:
                raise CellError(
                    "percent-format",
                    f"{column} {shown(text)} is not one number",
                    "write a range in capital_percent, or one number here",
                )
            ends.append(end.low)
        low, high = ends
        if low > high:
            raise CellError(
                "reversed-percents",
                f"capital_percent_min {texts[0]} is more than capital_percent_max {texts[1]}",
                "swap or correct them",
            )
        return Share(low, high)
