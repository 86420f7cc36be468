"""Code lists: the words that a property may have as its value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from rdflib import URIRef

from keiretsu.model import (
    AgreementKind,
    Directness,
    EventKind,
    Interest,
    Measure,
    Office,
    Remainder,
    Role,
    Sourcing,
    Status,
    UnspecifiedReason,
    VotesBasis,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

CODE: Final = "https://w3id.org/keiretsu/code/"
"""Namespace of code lists: ``<list>/<notation>``."""

DECISIONS: Final = ("ordinary", "ordinary-high-quorum", "extraordinary")
"""Classes of decision for which an agreement can work."""

VERDICTS: Final = ("certain", "possible", "impossible")
"""Whether something is so in all, in some, or in no world that the claims allow."""

CODES: Final[Mapping[str, tuple[str, ...]]] = {
    "agreement-kind": tuple(AgreementKind),
    "decision": DECISIONS,
    "directness": tuple(Directness),
    "event-kind": tuple(EventKind),
    "interest": tuple(Interest),
    "measure": tuple(Measure),
    "office": tuple(Office),
    "remainder": tuple(Remainder),
    "role": tuple(Role),
    "sourcing": tuple(Sourcing),
    "status": tuple(Status),
    "unspecified-reason": tuple(UnspecifiedReason),
    "verdict": VERDICTS,
    "votes-basis": tuple(VotesBasis),
}
"""The notations of each code list."""


def code(code_list: str, notation: str) -> URIRef:
    """Return the IRI of a code.

    Examples
    --------
    >>> str(code("status", "disputed"))
    'https://w3id.org/keiretsu/code/status/disputed'
    """
    return URIRef(f"{CODE}{code_list}/{quote(notation, safe='')}")
