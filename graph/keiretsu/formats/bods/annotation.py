"""What BODS has no place for, in an annotation that Keiretsu reads again.

The standard allows properties of one's own in annotations. An annotation of ours holds values of
the model as JSON, and the hash of the record details beside it: if somebody has changed these
since, they are read, and the annotation is not.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from keiretsu.formats.bods.statement import canonical, digest_of
from keiretsu.formats.model_json import from_plain, to_plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from keiretsu.formats.bods.statement import Raw
    from keiretsu.formats.frame import Piece, Reading

OWN: Final = "keiretsu"
"""The property of an annotation that is ours."""


class Kept(NamedTuple):
    """What the annotations of a statement keep.

    Parameters
    ----------
    own
        What the statement itself stands for; None if nothing says so, or no longer.
    beside
        What has no statement of its own, wherever it is kept.
    """

    own: list[Piece] | None
    beside: list[Piece]


def annotated(statement: Mapping[str, Any], pieces: Iterable[Piece]) -> dict[str, Any]:
    """Return a statement with the annotation that keeps what it stands for.

    The details of its record are then in canonical order: their bytes are what is hashed, and can
    be held against the hash as they stand.
    """
    details = canonical(statement["recordDetails"])
    kept = _annotation({"of": digest_of(details)}, pieces)
    return {**statement, "recordDetails": json.loads(details), "annotations": [kept]}


def annotation_beside(pieces: Iterable[Piece]) -> dict[str, Any]:
    """Return the annotation that keeps what has no statement of its own."""
    return _annotation({}, pieces)


def kept_pieces(raw: Raw, reading: Reading) -> Kept:
    """Return what annotations of ours keep, as far as it still holds.

    Raises
    ------
    InputError
        If they hold what is no value of the model.
    """
    annotations = raw.value.get("annotations")
    if not annotations:
        return Kept(None, [])
    own: list[Piece] | None = None
    beside: list[Piece] = []
    for one in annotations if isinstance(annotations, list) else ():
        told = one.get(OWN) if isinstance(one, dict) else None
        if not isinstance(told, dict) or not isinstance(told.get("says"), list):
            continue
        if "of" not in told:
            beside += _pieces(told["says"], raw.place)
        elif told["of"] == digest_of(canonical(raw.details.all)):
            own = _pieces(told["says"], raw.place)
        else:
            text = "a statement was changed after Keiretsu wrote it: the change is read"
            reading.caution("edited-statement", text, raw.record_id)
    return Kept(own, beside)


def _annotation(mark: Mapping[str, str], pieces: Iterable[Piece]) -> dict[str, Any]:
    return {
        "statementPointerTarget": "",
        "motivation": "commenting",
        "description": "all that Keiretsu knows of it, for Keiretsu to read again",
        "createdBy": {"name": "Keiretsu"},
        OWN: {**mark, "says": [to_plain(one) for one in pieces]},
    }


def _pieces(says: list[object], place: str) -> list[Piece]:
    return [from_plain(told, place) for told in says]
