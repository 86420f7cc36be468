"""The curated tables as claims, still without their IRIs (but for share classes)."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from alliance_builder.tables import Evidence
from keiretsu.model import (
    ID,
    Agreement,
    AgreementKind,
    Capital,
    Directness,
    Holding,
    Interest,
    Registration,
    Share,
    ShareClass,
    VotesBasis,
    exact,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from alliance_builder.parties import Register
    from alliance_builder.tables import Row
    from keiretsu.model import Document


def share_class_id(key: str) -> str:
    """Return the IRI of a share class, which is also that of its claim."""
    return f"{ID}share-class/{key}"


class Curated:
    """Reads rows of the curated tables.

    Parameters
    ----------
    parties
        Who is meant by a name.
    documents
        Documents by key.
    """

    def __init__(self, parties: Register, documents: Mapping[str, Document]) -> None:
        self.parties, self.documents = parties, documents

    def holding(self, row: Row) -> Holding:
        """Return a row of `holdings.csv` as a claim."""
        proof = Evidence.of(row, self.documents)
        return Holding(
            id="",
            document=proof.document,
            sourcing=proof.sourcing,
            unsourced_fields=proof.unsourced_fields,
            quote=proof.quote,
            note=proof.note,
            period=row.period(),
            stated_for=row.date("stated_for"),
            holder=self.parties.find(row["holder"], row),
            issuer=self.parties.find(row["issuer"], row),
            interest=Interest(row["interest"]),
            capital=_share(row, "capital_percent"),
            shares=row.number("shares"),
            votes=_share(row, "votes_percent"),
            votes_basis=VotesBasis(row["votes_basis"] or VotesBasis.EXERCISABLE),
            directness=Directness(row["directness"]),
            via=self.parties.find_all(row.several("via"), row),
        )

    def share_class(self, row: Row) -> ShareClass:
        """Return a row of `share_classes.csv` as a claim."""
        proof = Evidence.of(row, self.documents)
        multiple = row.optional("registered_votes_per_share")
        return ShareClass(
            id=share_class_id(row["key"]),
            document=proof.document,
            sourcing=proof.sourcing,
            unsourced_fields=proof.unsourced_fields,
            quote=proof.quote,
            note=proof.note,
            period=row.period(),
            issuer=self.parties.find(row["issuer"], row),
            label=row["label"],
            votes_per_share=exact(row["votes_per_share"]),
            registered_votes_per_share=Fraction(multiple) if multiple else None,
            registered_votes_from=row.date("registered_votes_from"),
        )

    def registration(self, row: Row) -> Registration:
        """Return a row of `registrations.csv` as a claim."""
        proof = Evidence.of(row, self.documents)
        share_class = row.optional("share_class")
        return Registration(
            id="",
            document=proof.document,
            sourcing=proof.sourcing,
            unsourced_fields=proof.unsourced_fields,
            quote=proof.quote,
            note=proof.note,
            period=row.period(),
            stated_for=row.date("stated_for"),
            holder=self.parties.find(row["holder"], row),
            issuer=self.parties.find(row["issuer"], row),
            share_class=share_class_id(share_class) if share_class else None,
            shares=row.number("shares"),
        )

    def capital(self, row: Row) -> Capital:
        """Return a row of `capitals.csv` as a claim."""
        proof = Evidence.of(row, self.documents)
        return Capital(
            id="",
            document=proof.document,
            sourcing=proof.sourcing,
            unsourced_fields=proof.unsourced_fields,
            quote=proof.quote,
            note=proof.note,
            period=row.period(),
            stated_for=row.date("stated_for"),
            issuer=self.parties.find(row["issuer"], row),
            issued=row.number("issued"),
            treasury=row.number("treasury"),
            gross_votes=row.number("gross_votes"),
            exercisable_votes=row.number("exercisable_votes"),
        )

    def agreement(self, row: Row) -> Agreement:
        """Return a row of `agreements.csv` as a claim."""
        proof = Evidence.of(row, self.documents)
        cap = row.optional("cap_percent")
        return Agreement(
            id="",
            document=proof.document,
            sourcing=proof.sourcing,
            unsourced_fields=proof.unsourced_fields,
            quote=proof.quote,
            note=proof.note,
            period=row.period(),
            label=row["label"],
            kind=AgreementKind(row["kind"]),
            issuer=self.parties.find(row["issuer"], row),
            parties=self.parties.find_all(row.several("parties"), row),
            bound=self.parties.find_all(row.several("bound"), row),
            cap=exact(cap) / 100 if cap else None,
            decisions=tuple(sorted(row.several("decisions"))),
        )


def _share(row: Row, column: str) -> Share | None:
    return Share.from_percent(row[column]) if row[column] else None
