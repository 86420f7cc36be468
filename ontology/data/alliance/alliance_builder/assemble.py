"""All tables of the folder as one set of claims."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from alliance_builder.curated import Curated
from alliance_builder.documents import Library
from alliance_builder.drafts import Draft, Joiner
from alliance_builder.ends import with_end_documents
from alliance_builder.events import Events
from alliance_builder.fact_figures import Figures
from alliance_builder.fact_holdings import holding_of
from alliance_builder.fact_offices import Offices
from alliance_builder.overrides import Overrides
from alliance_builder.parties import Register, register
from alliance_builder.tables import Row, read_table
from alliance_builder.verifications import Verifications
from keiretsu.model import (
    Agreement,
    Capital,
    Claim,
    ClaimSet,
    Event,
    Figure,
    Holding,
    Registration,
    ShareClass,
    Tenure,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

HORIZON = dt.date(2024, 12, 31)
"""Last day for which the dataset claims to be kept."""

AnyClaim = TypeVar("AnyClaim", bound=Claim)


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of the folder, and what names and keys in them mean."""

    folder: Path
    facts: list[Row]
    parties: Register
    library: Library

    @classmethod
    def read(cls, folder: Path) -> Tables:
        """Read what all claims refer to."""
        facts = read_table(folder / "facts.csv")
        library = Library(read_table(folder / "weak_hosts.csv"))
        library.add_curated(read_table(folder / "documents.csv"))
        library.add_cited(facts, "source_")
        library.add_cited(read_table(folder / "verifications.csv"))
        return cls(folder, facts, register(read_table(folder / "parties.csv"), facts), library)

    def rows(self, name: str) -> list[Row]:
        """Return the rows of a curated table."""
        return read_table(self.folder / f"{name}.csv")


def build_claims(folder: Path) -> ClaimSet:
    """Return the alliance dataset.

    Parameters
    ----------
    folder
        Where the tables lie.

    Returns
    -------
    ClaimSet
        Parties, the documents that are cited, and all claims in the order of their IRIs.

    Raises
    ------
    InputError
        If a row names an unknown party or document, or a curated row finds no row of the facts.
    """
    tables = Tables.read(folder)
    drafts = [*_of_facts(tables), *_of_curated_tables(tables)]
    claims = with_end_documents(Joiner(drafts, tables.parties).claims(), tables.library.by_id)
    cited = {claim.document for claim in claims}
    cited |= {claim.end_document for claim in claims if claim.end_document}
    return ClaimSet(
        parties=dict(sorted(tables.parties.parties.items())),
        documents=tables.library.used(cited),
        holdings=_only(Holding, claims),
        share_classes=_only(ShareClass, claims),
        registrations=_only(Registration, claims),
        capitals=_only(Capital, claims),
        agreements=_only(Agreement, claims),
        tenures=_only(Tenure, claims),
        figures=_only(Figure, claims),
        events=_only(Event, claims),
        horizon=HORIZON,
    )


def built_facts(folder: Path) -> list[tuple[str, Claim]]:
    """Return the place and the claim, without its IRI, of each row of the facts that makes one."""
    return [(draft.row.place, draft.claim) for draft in _of_facts(Tables.read(folder))]


def _of_facts(tables: Tables) -> list[Draft]:
    """Return the claims of the rows of the facts; rows on entities go into the parties."""
    parties, library = tables.parties, tables.library
    verified = Verifications(tables.rows("verifications"), library)
    overrides = Overrides(tables.rows("overrides"), parties, library)
    offices = Offices(tables.rows("offices"), tables.rows("role_details"), parties, library)
    figures = Figures(tables.rows("measured"), parties, library)
    events = Events(tables.rows("event_details"), (), parties, library)
    drafts = []
    for row in tables.facts:
        if row["kind"] == "holding":
            claim = verified.apply(holding_of(row, parties, library), row)
            drafts.append(Draft(overrides.apply(claim, row), row))
        elif row["kind"] == "role":
            tenure = verified.apply(offices.tenure(row), row)
            drafts.append(Draft(offices.detailed(tenure, row), row))
        elif row["kind"] == "production":
            drafts.append(Draft(verified.apply(figures.figure(row), row), row))
        elif row["kind"] == "event":
            event, detail = events.of_facts(row)
            drafts.append(Draft(verified.apply(event, row), row, detail["key"], detail))
        elif row["kind"] == "entity":
            verified.take(row)
        else:
            raise row.error(f"unknown kind {row['kind']!r}", "see README.md")
    for table in (verified, overrides, offices, events):
        table.finish()
    return drafts


def _of_curated_tables(tables: Tables) -> Iterator[Draft]:
    curated = Curated(tables.parties, tables.library)
    events = Events((), tables.rows("proposed_holdings"), tables.parties, tables.library)
    readers: dict[str, Callable[[Row], Claim]] = {
        "holdings": curated.holding,
        "share_classes": curated.share_class,
        "registrations": curated.registration,
        "capitals": curated.capital,
        "agreements": curated.agreement,
        "tenures": curated.tenure,
        "figures": curated.figure,
        "events": events.curated,
    }
    for name, read in readers.items():
        for row in tables.rows(name):
            yield Draft(read(row), row, row.optional("key") or "", row)
    events.finish()


def _only(kind: type[AnyClaim], claims: list[Claim]) -> tuple[AnyClaim, ...]:
    return tuple(claim for claim in claims if isinstance(claim, kind))
