"""GLEIF level 2: why an entity reports no parent (Reporting Exceptions 2.1), XML or CSV.

A parent that is withheld (``NON_PUBLIC`` and the older codes that say so more exactly) or has no
LEI exists: a party stands for it that nobody names. An entity of natural persons, one that nobody
controls and one that nobody consolidates have no such parent, and what is claimed is only that the
register says why none is named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from keiretsu.errors import UnknownTermError
from keiretsu.formats.documents import document_of
from keiretsu.formats.fields import short
from keiretsu.formats.gleif import csv_records as gleif_csv
from keiretsu.formats.gleif import xml_records as gleif_xml
from keiretsu.formats.gleif.parties import party_of, untold_parent
from keiretsu.formats.xml_records import is_xml
from keiretsu.model import (
    Directness,
    Holding,
    Interest,
    Party,
    PartyKind,
    UnspecifiedReason,
    claim_id,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keiretsu.formats.frame import Piece, Reading
    from keiretsu.formats.gleif.records import ExceptionRecord
    from keiretsu.formats.opening import Input

_DIRECTNESS: Final = {
    "DIRECT_ACCOUNTING_CONSOLIDATION_PARENT": Directness.DIRECT,
    "ULTIMATE_ACCOUNTING_CONSOLIDATION_PARENT": Directness.INDIRECT,
}
_WITHHELD: Final = UnspecifiedReason.PARTY_EXEMPT
_REASONS: Final = {
    "NON_PUBLIC": _WITHHELD,
    "BINDING_LEGAL_COMMITMENTS": _WITHHELD,
    "CONSENT_NOT_OBTAINED": _WITHHELD,
    "DETRIMENT_NOT_EXCLUDED": _WITHHELD,
    "DISCLOSURE_DETRIMENTAL": _WITHHELD,
    "LEGAL_OBSTACLES": _WITHHELD,
    "NO_LEI": UnspecifiedReason.UNKNOWN_TO_PUBLISHER,
    "NATURAL_PERSONS": UnspecifiedReason.UNKNOWN_TO_PUBLISHER,
    "NON_CONSOLIDATING": UnspecifiedReason.UNKNOWN_TO_PUBLISHER,
    "NO_KNOWN_PERSON": UnspecifiedReason.NO_BENEFICIAL_OWNERS,
}
_NO_PARENT: Final = {"NATURAL_PERSONS", "NON_CONSOLIDATING", "NO_KNOWN_PERSON"}


def read(source: Input, reading: Reading) -> Iterator[Piece]:
    """Yield what reporting exceptions say; see `keiretsu.formats.frame.Reader`."""
    document = document_of(source, publisher="GLEIF")
    records = (
        gleif_xml.exceptions(source) if is_xml(source) else gleif_csv.exceptions(source, reading)
    )
    for record in records:
        yield from reading.taken(record.place, claims_of, record, document.id)
    yield document


def claims_of(record: ExceptionRecord, document: str) -> Iterator[Piece]:
    """Yield what one exception says.

    Raises
    ------
    InputError
        If there is no LEI or no reason.
    UnknownTermError
        If the category or a reason is none of the standard.
    """
    directness = _DIRECTNESS.get(record.category)
    if directness is None:
        problem = f"the field ExceptionCategory ({short(record.category)}) is not known"
        raise UnknownTermError(problem, mend=f"use one of {', '.join(_DIRECTNESS)}")
    strange = next((reason for reason in record.reasons if reason not in _REASONS), "")
    if strange or not record.reasons:
        problem = f"the field ExceptionReason ({short(strange)}) is not known"
        raise UnknownTermError(problem, mend=f"use one of {', '.join(_REASONS)}")
    child = party_of(record.lei, "LEI", "LEI")
    iri, label = untold_parent(child, record.category, record.reasons)
    words = "; ".join((*record.reasons, *record.references))
    parent = Party(
        id=iri,
        label=label,
        kind=PartyKind.UNKNOWN_PARTY,
        unspecified=_REASONS[record.reasons[0]],
        unspecified_details=words,
    )
    is_parent = not _NO_PARENT.issuperset(record.reasons)
    yield from (child, parent)
    yield Holding(
        id=claim_id(document, "holding", parent.id, child.id, words),
        document=document,
        note=words,
        place=record.place,
        holder=parent.id,
        issuer=child.id,
        interest=Interest.CONSOLIDATION if is_parent else Interest.UNKNOWN_INTEREST,
        directness=directness,
    )
