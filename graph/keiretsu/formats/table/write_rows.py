"""Holdings as rows of a holdings table, and what a table has no column for."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from keiretsu.formats.defusing import defused
from keiretsu.formats.table.columns import COLUMNS
from keiretsu.formats.table.parties import class_iri, party_iri
from keiretsu.formats.table.rows import NOT_STATED, OWN_RECORD
from keiretsu.formats.table.write_cells import percent_cell
from keiretsu.model import Capital, Directness, Interest, PartyKind, Sourcing, Status, VotesBasis
from keiretsu.model.names import fold, tidy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from enum import StrEnum

    from keiretsu.model import Claim, ClaimSet, Document, Holding, LossReport, Party

NO_COLUMN: Final = "the holdings table has no column for it"

Row = dict[str, str]


def table_rows(claims: ClaimSet, report: LossReport) -> list[Row]:
    """Return the holdings as rows, in the order of their issuers, holders and dates.

    Parameters
    ----------
    claims
        What is to be written.
    report
        Gets what the rows do not carry.

    Returns
    -------
    list of dict
        A text for each column that has one; nothing in them is taken for a formula.
    """
    writer = _Writer(claims, report)
    keyed = [(writer.key(one), writer.row(one)) for one in claims.holdings]
    writer.report_rest()
    return [row for _, row in sorted(keyed, key=lambda pair: pair[0])]


def used_columns(rows: Iterable[Row]) -> tuple[str, ...]:
    """Return the columns that some row fills, and those that every table needs."""
    filled = {column for row in rows for column, cell in row.items() if cell}
    filled |= {"holder", "issuer", "capital_percent"}
    return tuple(column for column in COLUMNS if column in filled)


class _Writer:
    def __init__(self, claims: ClaimSet, report: LossReport) -> None:
        self._claims, self._report = claims, report
        self._names = _names(claims.parties.values())
        self._classes = {one.id: one for one in claims.share_classes}
        records = {one.record for one in claims.holdings if one.record is not None}
        self._one_record = len(records) == 1
        self._capitals = _totals(claims.capitals)
        self._issuers = {one.issuer for one in claims.holdings}
        self._told: set[str] = set()

    def key(self, claim: Holding) -> tuple[str, ...]:
        names = (self._name(claim.issuer), self._name(claim.holder))
        return (*names, str(claim.begins or ""), claim.id)

    def row(self, claim: Holding) -> Row:
        """Return a holding as a row."""
        texts = {
            **self._amounts(claim),
            "holder": self._name(claim.holder),
            "issuer": self._name(claim.issuer),
            **self._of_parties(claim),
            "share_class": self._class(claim),
            "interest": _unless(claim.interest, Interest.SHAREHOLDING),
            "directness": _unless(claim.directness, Directness.DIRECT),
            "valid_from": str(claim.period.start or ""),
            "valid_until": str(claim.period.end or ""),
            "stated_for": str(claim.stated_for or ""),
            "known_from": str(claim.known_from or ""),
            **self._of_document(self._claims.documents.get(claim.document)),
            "status": _unless(claim.status, Status.ACCEPTED),
            "sourcing": _unless(claim.sourcing, Sourcing.SOURCED),
            "record": self._record(claim),
            "quote": self._words(claim, "quote"),
            "note": self._words(claim, "note"),
        }
        self._report_claim(claim)
        return {column: defused(text) for column, text in texts.items() if text}

    def report_rest(self) -> None:
        """Report the parties and claims that no row speaks of."""
        written = {iri for one in self._claims.holdings for iri in (one.holder, one.issuer)}
        states = {one.acts_for for one in self._claims.parties.values() if one.id in written}
        in_rows = written | states
        for party in self._claims.parties.values():
            if party.id not in in_rows:
                self._report.add("party without holdings", NO_COLUMN, party.id, party.label)
            else:
                self._report_party(party)
        for claim in self._claims.every_claim():
            kind = type(claim).__name__.lower()
            if kind != "holding" and claim.id not in self._told and not self._is_sum(claim):
                self._report.add(kind, NO_COLUMN, claim.id)
        for edit in self._claims.edits:
            self._report.add("edit", NO_COLUMN, edit.id)
        if self._claims.horizon is not None:
            self._report.add("horizon", NO_COLUMN, "", self._claims.horizon)

    def _amounts(self, claim: Holding) -> Row:
        cells = {
            "capital_percent": percent_cell(claim.capital, claim.id, self._report),
            "voting_percent": percent_cell(claim.votes, claim.id, self._report),
            "shares": _count(claim.shares),
            "votes": _count(claim.vote_count),
            "issued_shares": self._issued(claim),
        }
        if claim.votes is not None:
            cells["voting_basis"] = _unless(claim.votes_basis, VotesBasis.EXERCISABLE)
        elif claim.votes_basis is not VotesBasis.EXERCISABLE:
            cells["voting_basis"] = claim.votes_basis.value
        if claim.capital is None and claim.shares is None:
            cells["capital_percent"] = NOT_STATED
        return cells

    def _issued(self, claim: Holding) -> str:
        moment = (claim.period, claim.stated_for)
        for total in self._capitals.get((claim.issuer, claim.share_class), ()):
            if (total.period, total.stated_for) == moment and total.status is Status.ACCEPTED:
                if (total.treasury, total.gross_votes, total.exercisable_votes) == (None,) * 3:
                    self._told.add(total.id)
                return _count(total.issued)
        return ""

    def _is_sum(self, claim: Claim) -> bool:
        """Return whether a total is that of the classes, which a reader adds up by itself."""
        if not isinstance(claim, Capital) or claim.share_class is not None:
            return False
        classes = [
            one
            for (issuer, share_class), totals in self._capitals.items()
            for one in totals
            if issuer == claim.issuer and share_class is not None and one.id in self._told
        ]
        moments = {(one.period, one.stated_for) for one in classes}
        issued = sum(one.issued or 0 for one in classes)
        return moments == {(claim.period, claim.stated_for)} and issued == claim.issued

    def _of_parties(self, claim: Holding) -> Row:
        holder = self._claims.parties.get(claim.holder)
        issuer = self._claims.parties.get(claim.issuer)
        cells: Row = {}
        if holder is not None:
            cells["holder_kind"] = _unless(holder.kind, PartyKind.PARTY)
            cells["actsfor"] = self._name(holder.acts_for) if holder.acts_for else ""
        if issuer is not None:
            cells["issuer_kind"] = _unless(issuer.kind, PartyKind.PARTY)
            cells["issuer_jurisdiction"] = issuer.jurisdiction or ""
            if issuer.listed is not None:
                cells["issuer_listed"] = "yes" if issuer.listed else "no"
        return cells

    def _of_document(self, document: Document | None) -> Row:
        if document is None:
            return {}
        if document.weak or document.correction:
            self._report.add("document: weak or a correction", NO_COLUMN, document.id)
        return {
            "source_title": tidy(document.title),
            "source_publisher": tidy(document.publisher or ""),
            "source_date": str(document.date or ""),
            "source_url": document.url or "",
        }

    def _class(self, claim: Holding) -> str:
        if claim.share_class is None:
            return ""
        known, issuer = self._classes.get(claim.share_class), self._claims.parties[claim.issuer]
        if known is None or not fold(known.label):
            return claim.share_class
        if known.votes_per_share == 1 and known.registered_votes_per_share is None:
            self._told.add(known.id)
        iris = [class_iri(issuer, one.label) for one in self._classes.values()
                if one.issuer == issuer.id]  # fmt: skip
        is_alone = iris.count(class_iri(issuer, known.label)) == 1
        return tidy(known.label) if is_alone else claim.share_class

    def _record(self, claim: Holding) -> str:
        if claim.record is None:
            return OWN_RECORD
        return "" if self._one_record else claim.record

    def _words(self, claim: Holding, field: str) -> str:
        words: str = getattr(claim, field) or ""
        if tidy(words) != words:
            self._report.add(f"claim: line breaks of a {field}", "a cell has none", claim.id, words)
        return tidy(words)

    def _name(self, iri: str) -> str:
        return self._names.get(iri, iri)

    def _report_claim(self, claim: Holding) -> None:
        says: Mapping[str, object] = {
            "claim: fields without a source": claim.unsourced_fields or None,
            "claim: what it supersedes": claim.supersedes or None,
            "claim: document that tells its end": claim.end_document,
            "holding: parties through which it is held": claim.via or None,
        }
        for field, value in says.items():
            if value is not None:
                self._report.add(field, NO_COLUMN, claim.id, value)

    def _report_party(self, party: Party) -> None:
        issued = party.id in self._issuers
        says: Mapping[str, object] = {
            "party: aliases": party.aliases or None,
            "party: former names": party.former_names or None,
            "party: identifiers": party.identifiers or None,
            "party: nationalities": party.nationalities or None,
            "party: when it existed": party.exists
            if party.exists.start or party.exists.end
            else None,
            "party: who holds the remainder": party.remainder,
            "party: why it is not named": party.unspecified,
            "party: jurisdiction": None if issued else party.jurisdiction,
            "party: listing": None if issued else party.listed,
        }
        for field, value in says.items():
            if value is not None:
                self._report.add(field, NO_COLUMN, party.id, value)
        if self._name(party.id) == party.id != party.label:
            reason = "another party has the same name: its IRI is written"
            self._report.add("party: name", reason, party.id, party.label)
        elif party_iri(self._name(party.id)) != party.id:
            reason = "its name stands for it, and gives another IRI when it is read"
            self._report.add("party: IRI", reason, party.id)


def _names(parties: Iterable[Party]) -> dict[str, str]:
    """Return what each party is called: its label, or its IRI if others have the same label."""
    known = list(parties)
    alike = Counter(party_iri(one.label) for one in known if fold(one.label))
    return {
        one.id: tidy(one.label) if fold(one.label) and alike[party_iri(one.label)] == 1 else one.id
        for one in known
    }


def _totals(capitals: Iterable[Capital]) -> dict[tuple[str, str | None], list[Capital]]:
    """Return the claims on the shares issued, by issuer and class."""
    found: dict[tuple[str, str | None], list[Capital]] = {}
    for one in capitals:
        if one.issued is not None:
            found.setdefault((one.issuer, one.share_class), []).append(one)
    return found


def _unless(value: StrEnum, default: StrEnum) -> str:
    return "" if value is default else value.value


def _count(number: int | None) -> str:
    return "" if number is None else str(number)
