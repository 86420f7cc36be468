"""Claims as they are read from RDF, where a property may have several values in no order."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Final

from keiretsu.model import ClaimSet
from keiretsu.store.disk.filled.plain_text import lines_of
from keiretsu.store.disk.in_blocks import kinds_of, text_of
from keiretsu.store.memory import Store

_SAID: Final = re.compile(rb"^<[^>]*> <[^>]*>", re.MULTILINE)


def as_read(claims: ClaimSet) -> ClaimSet:
    """Return claims as they are read from RDF: where there are several values, sorted."""
    parties = {iri: one for iri, one in claims.parties.items() if _has_several(parties={iri: one})}
    several: dict[str, Any] = {
        name: tuple(one for one in getattr(claims, name) if _has_several(**{name: (one,)}))
        for name in kinds_of(claims)
    }
    found = holding_all(lines_of(ClaimSet(parties=parties, documents={}, **several))).claims()
    read = {one.id: one for one in found.every_claim()}
    every: dict[str, Any] = {
        name: tuple(read.get(one.id, one) for one in getattr(claims, name)) for name in several
    }
    named = {iri: found.parties[iri] for iri in parties}
    return replace(claims, parties={**claims.parties, **named}, **every)


def _has_several(**content: object) -> bool:
    return repeats(text_of(**content))


def repeats(text: bytes) -> bool:
    """Return whether a property has several values, which readers give in any order."""
    said = _SAID.findall(text)
    return len(said) != len(set(said))


def holding_all(text: bytes) -> Store:
    """Return a store in memory with some N-Quads."""
    store = Store()
    if text:
        store.load_bytes(text, "nquads", "store")
    return store
