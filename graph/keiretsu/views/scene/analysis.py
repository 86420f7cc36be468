"""Analyses of a snapshot as overlays: control groups, legal tests, voting power."""

from __future__ import annotations

from collections import defaultdict
from string import ascii_uppercase
from typing import TYPE_CHECKING

from keiretsu.errors import InputError
from keiretsu.measures import REGIMES, control, power, screen
from keiretsu.measures.control.record import Verdict
from keiretsu.rights import RULES
from keiretsu.views.scene.overlay import CERTAIN, POSSIBLE, Badge, Overlay
from keiretsu.views.scene.percent import Percent

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from keiretsu.kernels.box import Bounds
    from keiretsu.measures.control.record import ControlRecord
    from keiretsu.measures.legal.screening import CaughtRecord
    from keiretsu.snapshot import Snapshot

MOST_MEETINGS = 4
"""In how many companies, those a picture is about, the power of holders can be marked."""
_RIVALS = 2
_TONES = {Verdict.CERTAIN: CERTAIN, Verdict.POSSIBLE: POSSIBLE}


def control_overlays(snapshot: Snapshot, shown: Collection[str]) -> Iterator[Overlay]:
    """Yield, for each named rule, who controls whom in the end.

    Parameters
    ----------
    snapshot
        The world on a date.
    shown
        Ids of the parties in the picture.
    """
    before: list[ControlRecord] | None = None
    for rule in RULES.values():
        found = [
            record
            for record in control(snapshot, ultimate=True, rule=rule.name)
            if record.company_id in shown and record.verdict in _TONES
        ]
        if not found or (before is not None and _verdicts(found) == _verdicts(before)):
            continue
        before = found
        yield Overlay(
            key=f"control-{rule.name}",
            title=f"Who controls whom: {rule.name}",
            note=(
                f"Ultimate controllers by {rule.text}. Boxes with one letter have one controller; "
                "an unbroken frame means certain, a broken one possible."
            ),
            badges=tuple(_groups(found, shown)),
        )


def _verdicts(records: list[ControlRecord]) -> list[tuple[str, str, str]]:
    return [(one.controller_id, one.company_id, one.verdict.value) for one in records]


def _groups(records: list[ControlRecord], shown: Collection[str]) -> Iterator[Badge]:
    """Yield a letter for each group, the largest first: the head's mark, then its companies'."""
    groups: dict[tuple[str, str], list[ControlRecord]] = defaultdict(list)
    for record in records:
        groups[record.controller_id, record.controller].append(record)
    ranked = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    for at, ((head, label), members) in enumerate(ranked):
        letter = _letter(at)
        for party in head.split(" + "):
            if party in shown and party not in {one.company_id for one in members}:
                words = f"{label} is the ultimate controller of group {letter}."
                yield Badge(party=party, text=letter, words=words, tone=CERTAIN, group=at)
        for one in members:
            sure = one.verdict is Verdict.CERTAIN
            verb = "controls" if sure else "may control"
            why = " ".join(one.explanation)
            yield Badge(
                party=one.company_id,
                text=letter if sure else f"{letter}?",
                words=f"{label} {verb} {one.company} (group {letter}). {why}".strip(),
                tone=_TONES[one.verdict],
                group=at,
            )


def _letter(at: int) -> str:
    """Return A, B ... Z, AA, AB ... as a spreadsheet does."""
    return (_letter(at // 26 - 1) if at >= len(ascii_uppercase) else "") + ascii_uppercase[at % 26]


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
    heads = [snapshot.parties[position] for position in snapshot.directory.find_all(listed)]
    answer = screen(snapshot, regime, [head.id for head in heads])
    names = ", ".join(head.label for head in heads)
    marks = [
        Badge(party=head.id, text="listed", words=f"{head.label} is on the list.", tone=CERTAIN)
        for head in heads
        if head.id in shown
    ]
    marks += [_caught(regime, record) for record in answer if record.company_id in shown]
    return Overlay(
        key=f"test-{regime}",
        title=f"Legal test: {regime} ({names})",
        note=(
            f"Companies that {regime} catches because of {names}: an unbroken frame means certain, "
            "a broken one possible. An engineering reading of the law, not legal advice."
        ),
        badges=tuple(marks),
    )


def _caught(regime: str, record: CaughtRecord) -> Badge:
    first = record.grounds[0]
    share = f"{Percent.of_share(first.bounds)} counted, " if first.right else ""
    by = ", ".join(label for label, _ in record.by)
    sure = record.verdict is Verdict.CERTAIN
    return Badge(
        party=record.company_id,
        text=regime if sure else f"{regime}?",
        words=(
            f"{record.company} is {'caught' if sure else 'possibly caught'} by {regime}: {share}"
            f"{record.article}, because of {by}."
        ),
        tone=_TONES[record.verdict],
        group=1,
    )


def power_overlays(
    snapshot: Snapshot, companies: Sequence[str], shown: Collection[str]
) -> Iterator[Overlay]:
    """Yield, for each company that has several holders, how much power each has in its meeting.

    Parameters
    ----------
    snapshot
        The world on a date.
    companies
        Ids of the companies that the picture is about.
    shown
        Ids of the parties in the picture.
    """
    for company in companies[:MOST_MEETINGS]:
        position = snapshot.position(company)
        holders = {snapshot.holdings[at].holder for at in snapshot.held_in(position)}
        if len(holders - {position}) < _RIVALS:
            continue
        try:
            answer = power(snapshot, company)
        except InputError:  # nobody is sure to vote, or there are too many ranges: nothing to mark
            continue
        label = snapshot.parties[position].label
        rest = [one for one in answer if one.holder_id not in shown]
        note = (
            f"Shapley-Shubik index of each holder in {label}'s meeting, simple majority: how often "
            "it is the one that turns a minority into a majority; all add up to 1."
        )
        if rest:
            note += (
                " Not drawn: "
                + ", ".join(f"{one.holder} {_power(one.power)}" for one in rest)
                + "."
            )
        yield Overlay(
            key=f"power-{company.rpartition('/')[2]}",
            title=f"Voting power in {label}",
            note=note,
            badges=tuple(
                Badge(
                    party=one.holder_id,
                    text=_power(one.power),
                    words=(
                        f"{one.holder} has {_power(one.power)} of the voting power in {label} "
                        f"(Shapley-Shubik), with {Percent.of_share(one.votes)} of the votes."
                    ),
                )
                for one in answer
                if one.holder_id in shown
            ),
        )


def _power(bounds: Bounds) -> str:
    low, high = float(bounds.low), float(bounds.high)
    return f"{low:.2f}" if low == high else f"{low:.2f}-{high:.2f}"
