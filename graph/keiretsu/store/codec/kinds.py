"""Of which of our classes something is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keiretsu.store.codec.part_read import PARTS
from keiretsu.vocabulary import (
    CLAIM_SUPERCLASS,
    CODE,
    DOCUMENT_SUPERCLASS,
    EDIT_SUPERCLASS,
    ONTOLOGY,
    PARTY_SUPERCLASS,
)

if TYPE_CHECKING:
    from keiretsu.store.codec.description import Description


def kind_of(about: Description) -> str | None:
    """Return the most special class of a subject, None if nothing about it is ours.

    Raises
    ------
    InputError
        If it is of two kinds, or has properties of ours but no class.
    """
    if str(about.subject).startswith((ONTOLOGY, CODE)):
        raise about.fail("data describes a term of the vocabulary", mend="leave it to the ontology")
    types = about.types()
    if not types:
        about.finish("something without a class", mend="add its class, such as 'a kei:Holding'")
        return None
    if set(types) <= {"Claim", "Statement"}:
        raise about.fail(f"is a kei:{types[0]} of no kind", mend="say which, such as kei:Holding")
    special = [name for name in types if all(other in _lineage(name) for other in types)]
    if not special:
        raise about.fail(f"is {' and '.join(types)} at once", mend="keep one class")
    return special[0]


def _lineage(name: str) -> set[str]:
    lineage = {name, "Statement"} if name in CLAIM_SUPERCLASS or name in PARTS else {name}
    for superclass in (
        CLAIM_SUPERCLASS,
        PARTY_SUPERCLASS,
        DOCUMENT_SUPERCLASS,
        EDIT_SUPERCLASS,
    ):
        while name in superclass:
            name = superclass[name]
            lineage.add(name)
    return lineage
