"""Whom a legal test catches, as marks on boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keiretsu.errors import InputError
from keiretsu.measures import REGIMES, screen
from keiretsu.measures.control.record import Verdict
from keiretsu.views.scene.overlay import CERTAIN, POSSIBLE, Aside, Badge, Overlay
from keiretsu.views.scene.percent import Percent

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from keiretsu.measures.legal.screening import CaughtRecord
    from keiretsu.snapshot import Snapshot

_TONES = {Verdict.CERTAIN: CERTAIN, Verdict.POSSIBLE: POSSIBLE}
_MARKS = {
    "ofac": "OFAC", "eu-sanctions": "EU test", "uk-sanctions": "UK test", "amlr": "AMLR",
    "amld": "AMLD", "psc": "PSC", "gwg": "GwG", "ifrs10": "IFRS 10", "ias28": "IAS 28",
    "takeover-bid": "bid", "fdi": "FDI",
}  # fmt: skip


def legal_overlay(
    snapshot: Snapshot, regime: str, listed: Sequence[str], shown: Collection[str]
) -> Overlay:
    """Return whom a legal test catches because of the parties on a list.

    Raises
    ------
    InputError
        If there is no such test, or nobody is on the list.
    NameNotFoundError, AmbiguousNameError
        If a name is not that of one party.
    """
    if regime not in REGIMES:
        raise InputError(f"no legal test is named {regime!r}", mend=f"use {', '.join(REGIMES)}")
    if not listed:
        raise InputError("a legal test needs somebody on its list", mend="name a listed party")
    positions = snapshot.directory.find_all(listed)
    heads = [snapshot.parties[position] for position in positions]
    answer = screen(snapshot, regime, [head.id for head in heads])
    names = ", ".join(head.label for head in heads)
    marks = [
        Badge(party=head.id, text="listed", words=f"{head.label} is on the list.", tone=CERTAIN)
        for head in heads
        if head.id in shown
    ]
    marks += [one for one in _bodies(snapshot, positions) if one.party in shown]
    marks += [_caught(regime, record) for record in answer if record.company_id in shown]
    return Overlay(
        key=f"test-{regime}",
        title=f"Legal test: {REGIMES[regime].title} ({names})",
        note=(
            f"Companies that the test catches because of {names} bear the mark {_mark(regime)}: "
            "an unbroken frame means certain, a broken one with a question mark possible. The "
            f"test is read from {REGIMES[regime].law}. An engineering reading of the law, not "
            "legal advice."
        ),
        badges=tuple(marks),
        asides=_rest(answer, shown),
    )


def _rest(answer: Sequence[CaughtRecord], shown: Collection[str]) -> tuple[Aside, ...]:
    """Return what is said of those who have no box: nobody is caught, or others are."""
    if not answer:
        return (Aside(words="The test catches no company on this day."),)
    others = [one for one in answer if one.company_id not in shown]
    if not others:
        return ()
    told = ", ".join(
        one.company if one.verdict is Verdict.CERTAIN else f"{one.company} (possibly)"
        for one in others
    )
    return (Aside(words=f"Caught, and not in this picture: {told}."),)


def _mark(regime: str) -> str:
    """Return the letters that stand on a box: the test's name as lawyers write it."""
    return _MARKS.get(regime, regime.replace("-", " "))


def _bodies(snapshot: Snapshot, listed: Sequence[int]) -> Iterator[Badge]:
    """Yield the marks of bodies that act for a listed State: what they hold is the State's."""
    for state in listed:
        for body in snapshot.bodies.get(state, ()):
            if body not in listed:
                party, head = snapshot.parties[body], snapshot.parties[state].label
                words = f"{party.label} acts for {head}, which is on the list: it counts as listed."
                yield Badge(party=party.id, text="listed", words=words, tone=CERTAIN)


def _caught(regime: str, record: CaughtRecord) -> Badge:
    first = record.grounds[0]
    share = f"{Percent.of_share(first.bounds)} counted, " if first.right else ""
    by = ", ".join(label for label, _ in record.by)
    sure = record.verdict is Verdict.CERTAIN
    return Badge(
        party=record.company_id,
        text=_mark(regime) if sure else f"{_mark(regime)}?",
        words=(
            f"{record.company} is {'caught' if sure else 'possibly caught'}: {share}"
            f"{record.article}, because of {by}."
        ),
        tone=_TONES[record.verdict],
        group=1,
    )
