"""N-Quads of plain holdings and parties, filled into forms that the codec itself has written.

All plain holdings of a register differ in three IRIs and two numbers. The codec writes one of each
kind with marks in these places; the others are its copies, so there is one source of what is
written. Whatever needs to be escaped or refused goes through the codec.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from keiretsu.model import ClaimSet, Holding, Share
from keiretsu.store.codec.write import quads
from keiretsu.store.literals import decimal_text, is_iri
from keiretsu.store.syntax.forms import form_of
from keiretsu.store.syntax.trig import nquads

if TYPE_CHECKING:
    from keiretsu.model import Party, Period, Sourcing, Status
    from keiretsu.store.syntax.forms import Fill

    Said = tuple[Period, str, str | None, Status, Sourcing]

MARKS = tuple(f"urn:keiretsu:mark:{name}" for name in ("subject", "holder", "issuer"))
_LOW, _HIGH = Fraction(1234567891, 10**12), Fraction(1234567893, 10**12)
MARKED_PERCENTS = (decimal_text(_LOW * 100), decimal_text(_HIGH * 100))
"""Marks in the place of the two percentages: numbers that stand nowhere else in a form."""
MARKED_LABEL = "keiretsu-mark-label"
_ORDINARY = re.compile(r'[^"\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]+')
_CACHED = 200_000


def lines_of(claims: ClaimSet) -> bytes:
    """Return claims as N-Quads, sorted."""
    return "".join(nquads(quads(claims))).encode()


class PlainText:
    """Writes plain holdings and parties, each kind's form made once."""

    def __init__(self) -> None:
        self._holdings: dict[tuple[Any, ...], Fill] = {}
        self._parties: dict[tuple[Any, ...], Fill] = {}

    def holding(self, claim: Holding) -> bytes:
        """Return a plain holding between parties that are written, too."""
        share: Share = claim.capital  # type: ignore[assignment]  # it is plain
        said = (claim.period, claim.document, claim.record, claim.status, claim.sourcing)
        fill = self.form_of_holding(said, share)
        return fill(claim.id, claim.holder, claim.issuer, *percents(share)).encode()

    def form_of_holding(self, said: Said, share: Share) -> Fill:
        """Return what makes N-Quads of a holding's IRI, holder, issuer, and two percentages."""
        kind = (*said, share.low_open, share.high_open)
        fill = self._holdings.get(kind)
        if fill is None:
            fill = self._holdings[kind] = form_of(
                marked_holding(said, share), (*MARKS, *MARKED_PERCENTS)
            )
        return fill

    def party(self, party: Party) -> bytes:
        """Return a plain party."""
        if not is_fillable(party.id, party.label):
            return self.escaped_party(party).encode()
        return self.form_of_party(party)(party.id, party.label).encode()

    def escaped_party(self, party: Party) -> str:
        """Return a plain party in whose label something is to be escaped."""
        return lines_of(ClaimSet(parties={party.id: party}, documents={})).decode()

    def form_of_party(self, party: Party) -> Fill:
        """Return what makes N-Quads of the IRI and the label of a party of such a kind."""
        kind = (party.kind, party.jurisdiction, party.listed, party.remainder)
        fill = self._parties.get(kind)
        if fill is None:
            fill = self._parties[kind] = form_of(marked_party(party), (MARKS[0], MARKED_LABEL))
        return fill


def is_fillable(iri: str, label: str) -> bool:
    """Return whether a party's IRI and label stand in N-Quads as they are."""
    return is_iri(iri) and _ORDINARY.fullmatch(label) is not None


def percents(share: Share) -> tuple[str, str]:
    """Return the two ends of a share as percentages are written."""
    low = _percent(share.low)
    return low, low if share.high is share.low or share.high == share.low else _percent(share.high)


def marked_party(party: Party) -> str:
    """Return N-Quads of a plain party, with marks in place of its IRI and its label."""
    marked = replace(party, id=MARKS[0], label=MARKED_LABEL)
    return lines_of(ClaimSet(parties={marked.id: marked}, documents={})).decode()


def marked_holding(said: Said, share: Share) -> str:
    """Return N-Quads of a plain holding, with marks for it, its ends and its percentages."""
    subject, holder, issuer = MARKS
    period, document, record, status, sourcing = said
    marked = Holding(
        id=subject,
        document=document,
        period=period,
        status=status,
        sourcing=sourcing,
        record=record,
        holder=holder,
        issuer=issuer,
        capital=Share(_LOW, _HIGH, share.low_open, share.high_open),
    )
    return lines_of(ClaimSet(parties={}, documents={}, holdings=(marked,))).decode()


@lru_cache(maxsize=_CACHED)
def _percent(share: Fraction) -> str:
    return decimal_text(share * 100)
