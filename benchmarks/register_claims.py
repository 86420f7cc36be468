"""The register of `register_data` as claims of one document, for what is measured on objects."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import TYPE_CHECKING

from register_data import WHOLE

from keiretsu.model import ClaimSet, Document, Holding, Party, PartyKind, Share, claim_id

if TYPE_CHECKING:
    from register_data import Register

DAY = dt.date(2024, 12, 31)

Edge = tuple[int, int, int]


def edges_of(register: Register) -> list[Edge]:
    """Return holdings as holder, issuer and millionths."""
    columns = (register.holder.tolist(), register.issuer.tolist(), register.weight.tolist())
    return list(zip(*columns, strict=True))


def claims_of(register: Register) -> ClaimSet:
    """Return a register as claims; whoever is no company is a person."""
    document = Document(id="urn:keiretsu:synthetic", title="Synthetic register")
    names = [f"p{number:07d}" for number in range(register.parties)]
    everybody = {
        name: Party(
            id=name,
            label=name,
            kind=PartyKind.COMPANY if number < register.companies else PartyKind.PERSON,
        )
        for number, name in enumerate(names)
    }
    holdings = tuple(
        Holding(
            id=claim_id(document.id, names[holder], names[issuer]),
            document=document.id,
            holder=names[holder],
            issuer=names[issuer],
            capital=Share.point(Fraction(share, WHOLE)),
        )
        for holder, issuer, share in edges_of(register)
    )
    return ClaimSet(parties=everybody, documents={document.id: document}, holdings=holdings)
