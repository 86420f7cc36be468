"""N-Quads of plain holdings and parties, filled into forms that the codec itself has written.

All plain holdings of a register differ in four IRIs and two numbers. The codec writes one of each
kind with marks in these places; the others are its copies, so there is one source of what is
written. Whatever needs to be escaped or refused goes through the codec.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from keiretsu.model import ClaimSet, Share
from keiretsu.store.codec.write import quads
from keiretsu.store.literals import decimal_text, is_iri
from keiretsu.store.syntax.trig import nquad

if TYPE_CHECKING:
    from keiretsu.model import Holding, Party

_MARKS = tuple(f"urn:keiretsu:mark:{name}" for name in ("subject", "holder", "issuer"))
_LOW, _HIGH = Fraction(1234567891, 10**12), Fraction(1234567893, 10**12)
"""Marks in the place of the two percentages: numbers that stand nowhere else in a form."""
_LABEL = "keiretsu-mark-label"
_ORDINARY = re.compile(r'[^"\\\x00-\x1f\x7f-\x9f\ud800-\udfff]+')
_CACHED = 200_000

Form = tuple[str, ...]


def lines_of(claims: ClaimSet) -> bytes:
    """Return claims as N-Quads."""
    return "".join(f"{nquad(quad)}\n" for quad in quads(claims)).encode()


class PlainText:
    """Writes plain holdings and parties, each kind's form made once."""

    def __init__(self) -> None:
        self._holdings: dict[tuple[Any, ...], tuple[Form, tuple[int, ...]]] = {}
        self._parties: dict[tuple[Any, ...], tuple[Form, tuple[int, ...]]] = {}

    def holding(self, claim: Holding) -> bytes:
        """Return a plain holding between parties that are written, too."""
        share: Share = claim.capital  # type: ignore[assignment]  # it is plain
        kind = (
            claim.period,
            claim.document,
            claim.record,
            claim.status,
            claim.sourcing,
            share.low_open,
            share.high_open,
        )
        form = self._holdings.get(kind)
        if form is None:
            form = self._holdings[kind] = _form_of_holding(claim, share)
        low = _percent(share.low)
        high = low if share.high == share.low else _percent(share.high)
        return _filled(form, (claim.id, claim.holder, claim.issuer, low, high))

    def party(self, party: Party) -> bytes:
        """Return a plain party."""
        if not (is_iri(party.id) and _ORDINARY.fullmatch(party.label)):
            return lines_of(ClaimSet(parties={party.id: party}, documents={}))
        kind = (party.kind, party.jurisdiction, party.listed, party.remainder)
        form = self._parties.get(kind)
        if form is None:
            marked = replace(party, id=_MARKS[0], label=_LABEL)
            text = lines_of(ClaimSet(parties={marked.id: marked}, documents={})).decode()
            form = self._parties[kind] = _form(text, (_MARKS[0], _LABEL))
        return _filled(form, (party.id, party.label))


def _form_of_holding(claim: Holding, share: Share) -> tuple[Form, tuple[int, ...]]:
    subject, holder, issuer = _MARKS
    marked = replace(
        claim,
        id=subject,
        holder=holder,
        issuer=issuer,
        capital=Share(_LOW, _HIGH, share.low_open, share.high_open),
    )
    text = lines_of(ClaimSet(parties={}, documents={}, holdings=(marked,))).decode()
    return _form(text, (*_MARKS, decimal_text(_LOW * 100), decimal_text(_HIGH * 100)))


def _form(text: str, marks: tuple[str, ...]) -> tuple[Form, tuple[int, ...]]:
    """Return a text cut at its marks, and which mark stands at each cut."""
    parts = re.split(f"({'|'.join(map(re.escape, marks))})", text)
    return tuple(parts[::2]), tuple(marks.index(mark) for mark in parts[1::2])


def _filled(form: tuple[Form, tuple[int, ...]], values: tuple[str, ...]) -> bytes:
    parts, places = form
    filled = [parts[0]]
    for place, part in zip(places, parts[1:], strict=True):
        filled += (values[place], part)
    return "".join(filled).encode()


@lru_cache(maxsize=_CACHED)
def _percent(share: Fraction) -> str:
    return decimal_text(share * 100)
