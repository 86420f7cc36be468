"""N-Quads of plain holdings and parties, filled into forms that the codec itself has written.

All plain holdings of a register differ in three IRIs, two numbers and up to three dates. The codec
writes one of each kind with marks in these places; the others are its copies, so there is one
source of what is written. Whatever needs to be escaped or refused goes through the codec.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from keiretsu.model import ClaimSet, Holding, PartialDate, Period, Share
from keiretsu.store.codec.write import quads
from keiretsu.store.literals import decimal_text, is_iri, percent_text
from keiretsu.store.syntax.forms import form_of
from keiretsu.store.syntax.trig import nquads

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from keiretsu.formats.table.arrays.said import Said
    from keiretsu.model import Party
    from keiretsu.store.syntax.forms import Fill

MARKS = tuple(f"urn:keiretsu:mark:{name}" for name in ("subject", "holder", "issuer"))
_LOW, _HIGH = Fraction(1234567891, 10**12), Fraction(1234567893, 10**12)
MARKED_PERCENTS = (decimal_text(_LOW * 100), decimal_text(_HIGH * 100))
"""Marks in the place of the two percentages: numbers that stand nowhere else in a form."""
MARKED_LABEL = "keiretsu-mark-label"
MARKED_DATES = ("4321-12-30", "4323-11-29", "4325-10-28")
"""Marks of the first day, the last, and the one from which it is known; as many of their letters
as the dates are precise."""
_said_of = attrgetter("period", "document", "record", "status", "sourcing", "known_from")
_ORDINARY = re.compile(r'[^"\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]+')
_CACHED = 200_000
_MOST_KINDS = 10_000
"""Kinds of holdings that are remembered; in a file with more they hardly come again."""


def lines_of(claims: ClaimSet) -> bytes:
    """Return claims as N-Quads, sorted."""
    return "".join(nquads(quads(claims))).encode()


class FormsOfHoldings:
    """Forms of plain holdings, one for all that differ in parties, percentages and dates alone.

    Parameters
    ----------
    make
        Makes a form of marked N-Quads and the marks of its dates, to be filled with a holding's
        IRI, holder, issuer, two percentages, and these; None if a mark stands elsewhere, too.
    """

    def __init__(self, make: Callable[[str, Sequence[str]], Fill | None]) -> None:
        self._make = make
        self._forms: dict[tuple[Any, ...], Fill | None] = {}

    def of(self, said: Said, share: Share) -> Fill:
        """Return what makes a text of a holding's IRI, holder, issuer, and two percentages."""
        period, *standing, known = said
        told = ["" if one is None else str(one) for one in (period.start, period.end, known)]
        marks = [mark[: len(date)] for mark, date in zip(MARKED_DATES, told, strict=True)]
        fill = self._form((*standing, *marks, share.low_open, share.high_open), said, share, marks)
        if fill is None:
            return self._form((*said, share.low_open, share.high_open), said, share, told, ())  # type: ignore[return-value]  # no date is marked
        dates = [date for date in told if date]
        return (lambda *others: fill(*others, *dates)) if dates else fill

    def _form(
        self,
        kind: tuple[Any, ...],
        said: Said,
        share: Share,
        dates: Sequence[str],
        marks: Sequence[str] | None = None,
    ) -> Fill | None:
        """Return the form of a kind, with some dates; `marks` are those in place of others."""
        if kind not in self._forms:
            if len(self._forms) >= _MOST_KINDS:
                self._forms.clear()
            start, end, known = (PartialDate.parse(one) if one else None for one in dates)
            marked = marked_holding((Period(start, end), *said[1:-1], known), share)
            self._forms[kind] = self._make(
                marked, [one for one in dates if one] if marks is None else marks
            )
        return self._forms[kind]


class PlainText:
    """Writes plain holdings and parties, each kind's form made once."""

    def __init__(self) -> None:
        self._holdings = FormsOfHoldings(form_of_marked)
        self._parties: dict[tuple[Any, ...], Fill] = {}

    def holding(self, claim: Holding) -> bytes:
        """Return a plain holding between parties that are written, too."""
        share: Share = claim.capital  # type: ignore[assignment]  # it is plain
        said = _said_of(claim)
        fill = self.form_of_holding(said, share)
        return fill(claim.id, claim.holder, claim.issuer, *percents(share)).encode()

    def form_of_holding(self, said: Said, share: Share) -> Fill:
        """Return what makes N-Quads of a holding's IRI, holder, issuer, and two percentages."""
        return self._holdings.of(said, share)

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


def form_of_marked(nquads: str, dates: Sequence[str]) -> Fill | None:
    """Return the form of marked N-Quads of a holding; see `FormsOfHoldings`."""
    if any(nquads.count(date) != 1 for date in dates):
        return None
    return form_of(nquads, (*MARKS, *MARKED_PERCENTS, *dates))


def is_fillable(iri: str, label: str) -> bool:
    """Return whether a party's IRI and label stand in N-Quads as they are."""
    return is_iri(iri) and _ORDINARY.fullmatch(label) is not None


def percents(share: Share) -> tuple[str, str]:
    """Return the two ends of a share as percentages are written."""
    low, high = share.low, share.high
    first = _percent(low.numerator, low.denominator)
    if high is low or high == low:
        return first, first
    return first, _percent(high.numerator, high.denominator)


def marked_party(party: Party) -> str:
    """Return N-Quads of a plain party, with marks in place of its IRI and its label."""
    marked = replace(party, id=MARKS[0], label=MARKED_LABEL)
    return lines_of(ClaimSet(parties={marked.id: marked}, documents={})).decode()


def marked_holding(said: Said, share: Share) -> str:
    """Return N-Quads of a plain holding, with marks for it, its ends and its percentages."""
    subject, holder, issuer = MARKS
    period, document, record, status, sourcing, known = said
    marked = Holding(
        id=subject,
        document=document,
        period=period,
        known_from=known,
        status=status,
        sourcing=sourcing,
        record=record,
        holder=holder,
        issuer=issuer,
        capital=Share(_LOW, _HIGH, share.low_open, share.high_open),
    )
    return lines_of(ClaimSet(parties={}, documents={}, holdings=(marked,))).decode()


_percent = lru_cache(maxsize=_CACHED)(percent_text)
