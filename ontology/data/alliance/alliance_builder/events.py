"""Events, of the facts and of the editors, and the proposals among them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from alliance_builder.evidence import common
from alliance_builder.fact_fields import note_of, sourcing_of
from keiretsu.model import (
    Event,
    EventKind,
    Participation,
    Proposal,
    ProposedHolding,
    Role,
    Share,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from alliance_builder.documents import Library
    from alliance_builder.parties import Register
    from alliance_builder.tables import Row


class Events:
    """Reads rows of kind `event` and those of `events.csv`.

    Parameters
    ----------
    details
        Rows of `event_details.csv`: kind and roles of the events of the facts.
    changes
        Rows of `proposed_holdings.csv`: what a proposal would have changed.
    parties, library
        Who and what is meant by a name.
    """

    def __init__(
        self, details: Sequence[Row], changes: Sequence[Row], parties: Register, library: Library
    ) -> None:
        self.details = {f"facts.csv:{row['line']}": row for row in details}
        self.changes: dict[str, list[Row]] = defaultdict(list)
        for row in changes:
            self.changes[row["event"]].append(row)
        self.parties, self.library = parties, library

    def of_facts(self, row: Row) -> tuple[Event, Row]:
        """Return the claim of a row of the facts, still without its IRI, and its detail row."""
        detail = self.details.pop(row.place, None)
        if detail is None:
            raise row.error("the event has no kind", "add its line to event_details.csv")
        sourcing, unsourced_fields = sourcing_of(row, "stated_for")
        roles = dict(detail.pairs("roles", mark=":"))
        names = row.several("object", mark=";")
        if unknown := sorted(set(roles) - set(names)):
            raise detail.error(f"{unknown[0]!r} takes no part", "use the names of the row")
        event = Event(
            id="",
            document=self.library.cited_by(row, "source_"),
            stated_for=row.date("valid_from"),
            sourcing=sourcing,
            unsourced_fields=unsourced_fields,
            note=note_of(row, row["note"]),
            label=row["subject"],
            kind=EventKind(detail["kind"]),
            participations=self._participations(((n, roles.get(n, "")) for n in names), row),
            outcome=detail.optional("outcome"),
            place=row.place,
        )
        return event, detail

    def curated(self, row: Row) -> Event:
        """Return a row of `events.csv` as a claim, still without its IRI."""
        roles = (text.partition(":")[::2] for text in row.several("participants"))
        event = Event(
            **common(row, self.library),
            label=row["label"],
            kind=EventKind(row["kind"]),
            participations=self._participations(((n.strip(), r.strip()) for n, r in roles), row),
            outcome=row.optional("outcome"),
            withheld=row.optional("withheld"),
        )
        return self._proposed(event, row)

    def finish(self) -> None:
        """Refuse a detail or a change for which there was no event."""
        for row in self.details.values():
            raise row.error("no row of kind event has that line", "correct the line")
        for rows in self.changes.values():
            raise rows[0].error("no event has that key", "correct the key")

    def _participations(
        self, parts: Iterable[tuple[str, str]], row: Row
    ) -> tuple[Participation, ...]:
        found = {
            Participation(self.parties.find(name, row), Role(role or Role.PARTICIPANT))
            for name, role in parts
        }
        return tuple(sorted(found))

    def _proposed(self, event: Event, row: Row) -> Event:
        """Return the event as a proposal, if it would have changed holdings."""
        if row["key"] not in self.changes:
            return event
        changes = tuple(sorted(self._change(one) for one in self.changes.pop(row["key"])))
        fields = {name: getattr(event, name) for name in Event.__dataclass_fields__}
        return Proposal(**fields, changes=changes, terms=row.optional("terms"))

    def _change(self, row: Row) -> ProposedHolding:
        return ProposedHolding(
            self.parties.find(row["holder"], row),
            self.parties.find(row["issuer"], row),
            Share.from_percent(row["capital_percent"]) if row["capital_percent"] else None,
            Share.from_percent(row["votes_percent"]) if row["votes_percent"] else None,
        )
