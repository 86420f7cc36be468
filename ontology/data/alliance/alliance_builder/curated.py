"""The curated tables as claims, still without their IRIs (but for share classes)."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from alliance_builder.evidence import common
from keiretsu.model import (
    ID,
    Agreement,
    AgreementKind,
    Capital,
    Directness,
    Figure,
    Holding,
    Interest,
    Measure,
    Office,
    Registration,
    Share,
    ShareClass,
    Tenure,
    VotesBasis,
    exact,
)

if TYPE_CHECKING:
    from alliance_builder.documents import Library
    from alliance_builder.parties import Register
    from alliance_builder.tables import Row


def share_class_id(key: str) -> str:
    """Return the IRI of a share class, which is also that of its claim."""
    return f"{ID}share-class/{key}"


class Curated:
    """Reads rows of the curated tables.

    Parameters
    ----------
    parties, library
        Who and what is meant by a name.
    """

    def __init__(self, parties: Register, library: Library) -> None:
        self.parties, self.library = parties, library

    def holding(self, row: Row) -> Holding:
        """Return a row of `holdings.csv` as a claim."""
        return Holding(
            **common(row, self.library),
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
        fields = common(row, self.library)
        fields["id"] = share_class_id(row["key"])
        multiple = row.optional("registered_votes_per_share")
        return ShareClass(
            **fields,
            issuer=self.parties.find(row["issuer"], row),
            label=row["label"],
            votes_per_share=exact(row["votes_per_share"]),
            registered_votes_per_share=Fraction(multiple) if multiple else None,
            registered_votes_from=row.date("registered_votes_from"),
        )

    def registration(self, row: Row) -> Registration:
        """Return a row of `registrations.csv` as a claim."""
        share_class = row.optional("share_class")
        return Registration(
            **common(row, self.library),
            holder=self.parties.find(row["holder"], row),
            issuer=self.parties.find(row["issuer"], row),
            share_class=share_class_id(share_class) if share_class else None,
            shares=row.number("shares"),
        )

    def capital(self, row: Row) -> Capital:
        """Return a row of `capitals.csv` as a claim."""
        return Capital(
            **common(row, self.library),
            issuer=self.parties.find(row["issuer"], row),
            issued=row.number("issued"),
            treasury=row.number("treasury"),
            gross_votes=row.number("gross_votes"),
            exercisable_votes=row.number("exercisable_votes"),
        )

    def agreement(self, row: Row) -> Agreement:
        """Return a row of `agreements.csv` as a claim."""
        cap = row.optional("cap_percent")
        return Agreement(
            **common(row, self.library),
            label=row["label"],
            kind=AgreementKind(row["kind"]),
            issuer=self.parties.find(row["issuer"], row),
            parties=self.parties.find_all(row.several("parties"), row),
            bound=self.parties.find_all(row.several("bound"), row),
            cap=exact(cap) / 100 if cap else None,
            decisions=tuple(sorted(row.several("decisions"))),
        )

    def tenure(self, row: Row) -> Tenure:
        """Return a row of `tenures.csv` as a claim."""
        nominated_by = row.optional("nominated_by")
        return Tenure(
            **common(row, self.library),
            person=self.parties.find(row["person"], row),
            organisation=self.parties.find(row["organisation"], row),
            office=Office(row["office"]),
            title=row["title"],
            nominated_by=self.parties.find(nominated_by, row) if nominated_by else None,
        )

    def figure(self, row: Row) -> Figure:
        """Return a row of `figures.csv` as a claim."""
        return Figure(
            **common(row, self.library),
            party=self.parties.find(row["party"], row),
            measure=Measure(row["measure"]),
            value=exact(row["value"]),
        )


def _share(row: Row, column: str) -> Share | None:
    return Share.from_percent(row[column]) if row[column] else None
