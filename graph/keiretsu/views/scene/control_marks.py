"""Who controls whom, as marks on boxes: a letter for each group."""

from __future__ import annotations

from collections import Counter
from string import ascii_uppercase
from typing import TYPE_CHECKING

from keiretsu.measures.control.record import Verdict
from keiretsu.measures.control.verdicts import ultimate_control_of
from keiretsu.rights import RULES
from keiretsu.views.scene.overlay import CERTAIN, POSSIBLE, Badge, Overlay
from keiretsu.views.scene.wording import ended

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from keiretsu.measures.control.record import ControlRecord
    from keiretsu.rights.rules import ControlRule
    from keiretsu.snapshot import Snapshot

_TONES = {Verdict.CERTAIN: CERTAIN, Verdict.POSSIBLE: POSSIBLE}
Head = tuple[str, str]
"""Ids and label of a controller."""


def control_overlays(
    worlds: Sequence[Snapshot], shown: Collection[str]
) -> Iterator[tuple[Overlay, ...]]:
    """Yield, for each named rule, who controls whom in the end: an overlay for each world.

    A group has the same letter in all of them. A rule that says nothing, or the same as the rule
    before it, is left out.

    Parameters
    ----------
    worlds
        One world, or the same data on several days or with something supposed.
    shown
        Ids of the parties in the picture.
    """
    before: list[set[tuple[str, str, str]]] = []
    for rule in RULES.values():
        found = [_records(world, rule.name, shown) for world in worlds]
        verdicts = [_verdicts(records) for records in found]
        if not any(found) or verdicts == before:
            continue
        before = verdicts
        letters = _letters(found)
        named = "; ".join(f"{_letter(at)} {label}" for (_, label), at in letters.items())
        note = (
            f"Groups by their ultimate controller, where {rule.text} is control. Boxes with one "
            f"letter have one controller: {named}. An unbroken frame means certain, a broken one "
            "possible."
        )
        yield tuple(
            Overlay(
                key=f"control-{rule.name}",
                title=f"Who controls whom: {rule.title}",
                note=note,
                badges=tuple(_badges(records, letters, shown, rule)),
            )
            for records in found
        )


def _records(world: Snapshot, rule: str, shown: Collection[str]) -> list[ControlRecord]:
    return [
        record for record in ultimate_control_of(world, shown, rule) if record.verdict in _TONES
    ]


def _verdicts(records: list[ControlRecord]) -> set[tuple[str, str, str]]:
    return {(one.controller_id, one.company_id, one.verdict.value) for one in records}


def _letters(worlds: Sequence[Sequence[ControlRecord]]) -> dict[Head, int]:
    """Return the groups of all worlds with their numbers, the largest first."""
    sizes = Counter((one.controller_id, one.controller) for found in worlds for one in found)
    ranked = sorted(sizes, key=lambda head: (-sizes[head], head))
    return {head: at for at, head in enumerate(ranked)}


def _badges(
    records: Sequence[ControlRecord],
    letters: Mapping[Head, int],
    shown: Collection[str],
    rule: ControlRule,
) -> Iterator[Badge]:
    """Yield for each group the head's mark, then its companies'."""
    for head, at in letters.items():
        members = [one for one in records if (one.controller_id, one.controller) == head]
        if members:
            yield from _group(head, at, members, shown, rule)


def _group(
    head: Head,
    at: int,
    members: Sequence[ControlRecord],
    shown: Collection[str],
    rule: ControlRule,
) -> Iterator[Badge]:
    (ids, label), letter = head, _letter(at)
    for party in ids.split(" + "):
        if party in shown and party not in {one.company_id for one in members}:
            words = f"{label} is the ultimate controller of group {letter}."
            yield Badge(party=party, text=letter, words=words, tone=CERTAIN, group=at)
    for one in members:
        sure = one.verdict is Verdict.CERTAIN
        verb = "controls" if sure else "may control"
        # The rule stands above the list, once.
        told = (line.removesuffix(f"; the rule is {rule.text}.") for line in one.explanation)
        why = " ".join(ended(line) for line in told)
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
