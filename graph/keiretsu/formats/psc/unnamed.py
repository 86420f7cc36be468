"""Records of the register in which nobody is named: protected persons, statements, exemptions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from keiretsu.formats.fields import period_of
from keiretsu.formats.psc.parties import unnamed
from keiretsu.formats.psc.rights import Statement
from keiretsu.formats.psc.statements import EXEMPTION, SUPER_SECURE, reason_of
from keiretsu.model import Interest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keiretsu.formats.frame import Piece, Reading
    from keiretsu.formats.psc.record import Record
    from keiretsu.model import Party, Period

_LISTED: Final = ("shares-admitted-on-", "trading-on-", "disclosure-transparency-rules")
"""Exemptions that only a company has whose shares are traded on a regulated market."""


def super_secure(record: Record, reading: Reading) -> Iterator[Piece]:
    """Yield what is told of a person whose particulars are protected.

    Such a record may say that it has ceased and not when: then at the latest on the day of the
    snapshot, or, where that is not known, no day can be given and nothing is claimed.
    """
    data = record.data
    end = data.date("ceased_on")
    if data.flag("ceased") and end is None:
        end = record.snapshot_date
        if end is None:
            reading.lost("data.ceased", "it is not told when it ended", record.place)
            return
    label = f"person under protection with significant control of {record.subject.label}"
    holder = unnamed(record.address, label, SUPER_SECURE, data.text("description"))
    period = period_of(data.date("notified_on"), end, "data.ceased_on")
    yield from (record.subject, holder)
    yield _claim(record, holder, period, "not shown")


def statement(record: Record, reading: Reading) -> Iterator[Piece]:
    """Yield what a company states in the place of persons."""
    code = record.data.needed("statement")
    reason = reason_of(code)
    if reason is None:
        why = "it tells how complete the list is, and of no holder"
        reading.lost("data.statement", why, record.place, code)
        return
    holder = unnamed(f"{record.address}/{code}", _whoever(record.subject), reason, code)
    yield from (record.subject, holder)
    yield _claim(record, holder, record.data.period("notified_on", "ceased_on"), code)


def exemptions(record: Record, _: Reading) -> Iterator[Piece]:
    """Yield why a company need not name anybody; some of it says that its shares are listed."""
    told = record.data.within("exemptions")
    found: list[Piece] = []
    listed = False
    for key in sorted(told.all):
        one = told.within(key)
        code = one.text("exemption_type") or key.replace("_", "-")
        holder = unnamed(f"{record.address}/{code}", _whoever(record.subject), EXEMPTION, code)
        found.append(holder)
        for item in one.objects("items"):
            period = item.period("exempt_from", "exempt_to")
            listed = listed or (period.end is None and any(words in code for words in _LISTED))
            found.append(_claim(record, holder, period, code))
    yield replace(record.subject, listed=True) if listed else record.subject
    yield from found


def _whoever(subject: Party) -> str:
    return f"whoever has significant control of {subject.label}"


def _claim(record: Record, holder: Party, period: Period, note: str) -> Piece:
    return Statement(record, holder, period).silent(Interest.UNKNOWN_INTEREST, note=note)
