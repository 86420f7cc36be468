"""GLEIF's RDF of level 2 as claims: who consolidates whom, read as the golden copy is.

Source: GLEIF-IT/lei-rdf, ontologies Base, L1 and L2 (MIT). The child and the parent are known by
the LEI at the end of their IRIs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rdflib import RDF, Namespace

from keiretsu.errors import InputError
from keiretsu.formats.frame import Reading
from keiretsu.formats.gleif.records import RelationshipRecord, StatedPeriod
from keiretsu.formats.gleif.relationships import claims_of
from keiretsu.model import Party
from keiretsu.store.vocabularies.described import tail

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

    from keiretsu.formats.frame import Piece
    from keiretsu.store.vocabularies.described import Described

BASE: Final = Namespace("https://www.gleif.org/ontology/Base/")
L1: Final = Namespace("https://www.gleif.org/ontology/L1/")
L2: Final = Namespace("https://www.gleif.org/ontology/L2/")
KINDS: Final = {
    L2.DirectConsolidation: "IS_DIRECTLY_CONSOLIDATED_BY",
    L2.UltimateConsolidation: "IS_ULTIMATELY_CONSOLIDATED_BY",
    L2.InternationalBranchRelationship: "IS_INTERNATIONAL_BRANCH_OF",
}
"""The classes of relationships, and the type that each is in the golden copy."""
_LEI: Final = re.compile(r"[A-Z0-9]{18}[0-9]{2}$")


def pieces(about: Described, document: str) -> Iterator[Piece]:
    """Yield what the statements of a file say.

    Parameters
    ----------
    about
        The statements; what is read of them is noted there.
    document
        IRI of the file, the source of its claims.

    Raises
    ------
    InputError
        If a relationship has no child or parent, or one of them no LEI.
    """
    reading = Reading("RDF of GLEIF")  # the registration, which it would report, stays unread
    for kind, name in KINDS.items():
        for node in about.of_class(kind):
            ends = [_lei(about, node, role) for role in (L2.hasChild, L2.hasParent)]
            record = RelationshipRecord(
                start=ends[0][1],
                start_type="LEI",
                end=ends[1][1],
                end_type="LEI",
                kind=name,
                status=_status(about.code(node, L2.hasRelationshipStatus)),
                periods=tuple(_periods(about, node)),
                qualifiers=(),
                quantifiers=(),
                registration={},
                place=str(node),
            )
            labels = {
                lei: label for one, lei in ends if (label := about.text(one, L1.hasLegalName))
            }
            for piece in claims_of(record, document, reading):
                yield _named(piece, labels)


def _lei(about: Described, node: Node, role: Node) -> tuple[Node, str]:
    found = about.node(node, role)  # type: ignore[arg-type]
    lei = _LEI.search(str(found or ""))
    if found is None or lei is None:
        problem = f"the relationship has no {tail(str(role))} with an LEI at the end of its IRI"
        raise InputError(problem, place=str(node), mend="name it like .../L-5493001KJTIIGC8Y1R12")
    return found, lei[0]


def _periods(about: Described, node: Node) -> Iterator[StatedPeriod]:
    for period in about.nodes(node, L2.hasRelationshipPeriod):
        about.read(period, RDF.type, BASE.Period)
        start, end = (about.date(period, BASE[name]) for name in ("hasStart", "hasEnd"))
        yield StatedPeriod(str(start or ""), str(end or ""), "RELATIONSHIP_PERIOD")


def _status(code: str) -> str:
    return {"RelationshipStatusActive": "ACTIVE", "RelationshipStatusInactive": "INACTIVE"}.get(
        code, ""
    )


def _named(piece: Piece, labels: dict[str, str]) -> Piece:
    if not isinstance(piece, Party) or piece.label not in labels:
        return piece
    return Party(
        id=piece.id,
        label=labels[piece.label],
        kind=piece.kind,
        identifiers=piece.identifiers,
    )
