"""All tables of the folder as one set of claims."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING, TypeVar

from alliance_builder.curated import Curated
from alliance_builder.documents import documents_by_key, used
from alliance_builder.fact_holdings import holding_of
from alliance_builder.overrides import Overrides
from alliance_builder.parties import Register, register
from alliance_builder.tables import Row, read_table
from keiretsu.model import Agreement, Capital, Claim, ClaimSet, Holding, Registration, claim_id

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from keiretsu.model import Document

HORIZON = dt.date(2024, 12, 31)
"""Last day for which the dataset claims to be kept."""

AnyClaim = TypeVar("AnyClaim", bound=Claim)


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of the folder, and what names and keys in them mean."""

    folder: Path
    facts: list[Row]
    parties: Register
    documents: dict[str, Document]

    @classmethod
    def read(cls, folder: Path) -> Tables:
        """Read what all claims refer to."""
        facts = read_table(folder / "facts.csv")
        return cls(
            folder,
            facts,
            register(read_table(folder / "parties.csv"), facts),
            documents_by_key(read_table(folder / "documents.csv"), facts),
        )

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
        If a row names an unknown party or document, or an override finds no row.
    """
    tables = Tables.read(folder)
    curated = Curated(tables.parties, tables.documents)
    facts = [claim for _, claim in _fact_holdings(tables)]
    holdings = _identified([*facts, *map(curated.holding, tables.rows("holdings"))])
    classes = tuple(map(curated.share_class, tables.rows("share_classes")))
    registrations = _identified(map(curated.registration, tables.rows("registrations")))
    capitals = _identified(map(curated.capital, tables.rows("capitals")))
    agreements = _identified(map(curated.agreement, tables.rows("agreements")))
    every: tuple[Claim, ...] = (*holdings, *classes, *registrations, *capitals, *agreements)
    return ClaimSet(
        parties=dict(sorted(tables.parties.parties.items())),
        documents=dict(sorted(used(tables.documents, {c.document for c in every}).items())),
        holdings=holdings,
        share_classes=classes,
        registrations=registrations,
        capitals=capitals,
        agreements=agreements,
        horizon=HORIZON,
    )


def built_facts(folder: Path) -> list[tuple[str, Holding]]:
    """Return for each holding row of the facts its place and its claim, without the claim's IRI."""
    return [(row.place, claim) for row, claim in _fact_holdings(Tables.read(folder))]


def _fact_holdings(tables: Tables) -> list[tuple[Row, Holding]]:
    overrides = Overrides(tables.rows("overrides"), tables.documents)
    found = []
    for row in tables.facts:
        if row["kind"] == "holding":
            claim = holding_of(row, tables.parties, tables.documents)
            key = (row["subject"], row["object"], row["valid_from"])
            found.append((row, overrides.apply(claim, key)))
    overrides.finish()
    return found


def _identified(claims: Iterable[AnyClaim]) -> tuple[AnyClaim, ...]:
    """Return the claims with their IRIs, in the order of these."""
    seen: Counter[tuple[object, ...]] = Counter()
    found = []
    for claim in claims:
        key = _identity(claim)
        found.append(replace(claim, id=claim_id(*key, seen[key])))
        seen[key] += 1
    return tuple(sorted(found, key=attrgetter("id")))


def _identity(claim: Claim) -> tuple[object, ...]:
    """Return what tells a claim from others: document, type, parties, class, start."""
    return (claim.document, type(claim).__name__, *_subject(claim), claim.begins)


def _subject(claim: Claim) -> tuple[str | None, ...]:
    if isinstance(claim, Holding):
        return (claim.holder, claim.issuer, claim.interest, claim.share_class)
    if isinstance(claim, Registration):
        return (claim.holder, claim.issuer, None, claim.share_class)
    if isinstance(claim, Capital):
        return (None, claim.issuer, None, claim.share_class)
    if isinstance(claim, Agreement):
        return (claim.label, claim.issuer, claim.kind, None)
    message = f"{type(claim).__name__} has an IRI of its own"
    raise TypeError(message)
