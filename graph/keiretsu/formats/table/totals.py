"""What the rows of a holdings table say together: totals of shares, sums of percentages.

A row can be fine by itself and wrong beside the others. Sums are exact; only the tolerance for
printed percentages (half of one percent over all) is a matter of taste, and is the design's.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar

from keiretsu.formats.table.cells import shown
from keiretsu.formats.table.reader import Problem
from keiretsu.formats.table.repeats import MOST, TOLD, Part, in_all, repeats
from keiretsu.model import Directness, Interest, Period, Severity, Status, VotesBasis

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

    from keiretsu.formats.table.rows import Entry
    from keiretsu.model import PartialDate, Party, Share

Key = TypeVar("Key", bound="Hashable")

WHOLE = Fraction(1)
ROUNDING = Fraction(1005, 1000)
"""Sums up to here are put down to rounding, with a warning; beyond, they are an error."""


@dataclass(frozen=True, slots=True)
class Total:
    """Shares issued by an issuer over a period.

    Parameters
    ----------
    entry
        The first row that it rests on.
    period, issued
        Since when and until when how many shares are issued.
    share_class
        Of which class; None for all shares.
    stated
        Whether rows state it, rather than add up to it.
    """

    entry: Entry
    period: Period
    issued: int
    share_class: str | None
    stated: bool


def conflicting_totals(entries: Iterable[Entry], parties: Mapping[str, Party]) -> list[Problem]:
    """Return a problem for each row whose `issued_shares` contradicts an earlier row."""
    stated: dict[tuple[object, ...], dict[tuple[Period, int], None]] = defaultdict(dict)
    problems = []
    for entry in entries:
        if entry.issued is None:
            continue
        known = stated[entry.issuer, entry.share_class, entry.stated_for]
        other = next((i for p, i in known if i != entry.issued and _meet(p, entry.period)), None)
        if other is None:
            known[entry.period, entry.issued] = None
            continue
        label = parties[entry.issuer].label
        problems.append(
            Problem(
                entry.line,
                "conflicting-issued-shares",
                f"issued_shares of {shown(label)} is {entry.issued} here"
                f" and {other} in an earlier row",
                "correct one, or date the rows",
                parties=(label,),
            )
        )
    return problems


def totals(
    entries: Sequence[Entry], parties: Mapping[str, Party]
) -> tuple[list[Total], list[Problem]]:
    """Return the totals that the rows state, or make up if they are a complete table."""
    found: list[Total] = []
    problems: list[Problem] = []
    for issuer, rows in _grouped(entries, lambda entry: entry.issuer).items():
        if any(row.issued is not None for row in rows):
            of_issuer = _stated(rows)
        elif any(row.shares is not None for row in rows):
            of_issuer, problem = _summed(rows, parties[issuer].label)
            problems += problem
        else:
            continue
        found += [*of_issuer, *_of_all_classes(of_issuer)]
    return found, problems


def over_allocated(entries: Iterable[Entry], parties: Mapping[str, Party]) -> list[Problem]:
    """Return a problem for each issuer whose rows of one period state more than the whole."""
    problems = []
    groups = _grouped(
        (entry for entry in entries if _counts(entry)),
        lambda entry: (entry.issuer, entry.moment, entry.adds_up_with),
    )
    for (issuer, *_), rows in groups.items():
        if len(rows) == 1:
            continue  # no cell says more than the whole
        label = parties[issuer].label
        for what, amount in _AMOUNTS.items():
            problems += _over(rows, amount, f"{what} of {shown(label)}", label)
        problems += _more_than_issued(rows, label)
    return problems


def told_twice(entries: Iterable[Entry], parties: Mapping[str, Party]) -> list[Problem]:
    """Return a warning for each pair whose rows add up although they may tell one stake twice."""
    problems = []
    groups = _grouped(
        (entry for entry in entries if _counts(entry)),
        lambda e: (e.holder, e.issuer, e.interest, e.share_class, e.stated_for, e.adds_up_with),
    )
    for (holder, issuer, *_), rows in groups.items():
        if len(rows) == 1:
            continue
        labels = (parties[holder].label, parties[issuer].label)
        for line, rule in repeats(
            Part(row.line, row.period, row.document, replace(row, line=0)) for row in rows
        ):
            problems.append(Problem(line, rule, *TOLD[rule], Severity.WARNING, labels))
    return [problem for rule in TOLD for problem in _bounded(rule, problems)]


def _bounded(rule: str, problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems of a rule; of very many, one that tells how many there are."""
    found = sorted(problem for problem in problems if problem.rule == rule)
    if len(found) <= MOST:
        return found
    return [replace(found[0], problem=in_all(rule, len(found)), parties=())]


def _counts(entry: Entry) -> bool:
    """Return whether a row is a part of its issuer's whole; what is indirect is another's part."""
    owned = entry.interest in (Interest.SHAREHOLDING, Interest.VOTING_RIGHTS)
    return owned and entry.status is Status.ACCEPTED and entry.directness is Directness.DIRECT


def _stated(rows: Iterable[Entry]) -> list[Total]:
    """Return one total per class, number and unbroken period."""
    found = []
    stating = [row for row in rows if row.issued is not None]
    groups = _grouped(stating, lambda row: (row.share_class, row.issued, row.stated_for))
    for same in groups.values():
        ordered = sorted(same, key=lambda row: _first(row.period))
        current = _of_row(ordered[0])
        for row in ordered[1:]:
            if _touch(current.period, row.period):
                joined = Period(current.period.start, _later_end(current.period, row.period))
                current = replace(current, period=joined)
            else:
                found.append(current)
                current = _of_row(row)
        found.append(current)
    return found


def _of_row(row: Entry) -> Total:
    return Total(row, row.period, row.issued or 0, row.share_class, stated=True)


def _of_all_classes(of_issuer: Sequence[Total]) -> list[Total]:
    """Return the total of all shares, where only totals of its classes are known."""
    named = [total.share_class for total in of_issuer if total.share_class is not None]
    periods = {total.period for total in of_issuer}
    if len(named) < len(of_issuer) or len(set(named)) < len(named) or len(periods) != 1:
        return []
    issued = sum(total.issued for total in of_issuer)
    return [Total(of_issuer[0].entry, of_issuer[0].period, issued, None, stated=False)]


def _summed(rows: Sequence[Entry], label: str) -> tuple[list[Total], list[Problem]]:
    """Return the sums of a complete table, or why there is none."""
    # rows that add up by themselves alone are no table that could be complete
    usable = [row for row in rows if row.status is Status.ACCEPTED and row.record is not None]
    counted = [row for row in usable if row.shares is not None]
    if all(row.capital is not None for row in counted):
        return [], []  # percentages are stated: they need no total
    first = counted[0].line
    periods = list(dict.fromkeys(row.period for row in usable if row.stated_for is None))
    apart = not any(_meet(p, q) for i, p in enumerate(periods) for q in periods[:i])
    # A stated percentage implies a total of its own, which the sum would contradict.
    only_counts = all(
        row.shares is not None and row.capital is None and row.stated_for is None for row in usable
    )
    if not only_counts or not apart:
        text = f"the shares of {shown(label)} have no total to make percentages of"
        mend = "add issued_shares"
        return [], [Problem(first, "no-share-total", text, mend, Severity.WARNING, (label,))]
    groups = _grouped(counted, lambda row: (row.share_class, row.period))
    sums = [
        Total(same[0], period, sum(row.shares or 0 for row in same), share_class, stated=False)
        for (share_class, period), same in groups.items()
    ]
    assumed = f"the rows of {shown(label)} are taken for all of its shares: issued_shares is absent"
    return sums, [
        Problem(first, "complete-table", assumed, "", Severity.WARNING, (label,)),
    ]


def _over(
    rows: Sequence[Entry], amount: Callable[[Entry], Share | None], what: str, label: str
) -> list[Problem]:
    running, last, is_more = Fraction(0), 0, False
    for line, least, is_open in _least_by_holder(rows, amount):
        running, last, is_more = running + least, max(last, line), is_more or is_open
    if running < WHOLE or (running == WHOLE and not is_more):
        return []
    severity = Severity.ERROR if running > ROUNDING else Severity.WARNING
    mend = (
        "correct the rows, date them, or mark the doubtful ones disputed"
        if severity is Severity.ERROR
        else "taken for rounding"
    )
    text = _adds_up(what, running)
    return [Problem(last, "over-allocated", text, mend, severity, (label,))]


def told_over(column: str, label: str, together: Fraction) -> str:
    """Say that a column's shares of an issuer add up to more than the whole."""
    return _adds_up(f"{column} of {shown(label)}", together)


def _adds_up(what: str, together: Fraction) -> str:
    if together == WHOLE:
        return f"{what} adds up to just over 100 %: beside the others a 'more than' has no room"
    return f"{what} adds up to {float(together * 100):.6g} %, more than 100 %"


def _least_by_holder(
    rows: Sequence[Entry], amount: Callable[[Entry], Share | None]
) -> Iterable[tuple[int, Fraction, bool]]:
    """Yield, per holder, its last line, the least that its rows can mean, and if it is more."""
    for same in _grouped(rows, lambda row: row.holder).values():
        shares = [share for row in same if (share := amount(row)) is not None]
        least = sum((share.low for share in shares), Fraction(0))
        yield max(row.line for row in same), least, any(share.low_open for share in shares)


def _more_than_issued(rows: Sequence[Entry], label: str) -> list[Problem]:
    problems = []
    for same in _grouped(rows, lambda row: row.share_class).values():
        issued = next((row.issued for row in same if row.issued is not None), None)
        held = sum(row.shares or 0 for row in same)
        if issued is not None and held > issued:
            text = f"the shares of {shown(label)} add up to {held}, more than the {issued} issued"
            last = max(row.line for row in same)
            mend = "correct the rows or issued_shares"
            problems.append(Problem(last, "over-allocated", text, mend, parties=(label,)))
    return problems


def _votes(basis: VotesBasis) -> Callable[[Entry], Share | None]:
    return lambda row: row.votes if row.votes_basis is basis else None


_AMOUNTS: dict[str, Callable[[Entry], Share | None]] = {
    "capital_percent": lambda row: row.capital,
    "voting_percent": _votes(VotesBasis.EXERCISABLE),
    "gross voting_percent": _votes(VotesBasis.GROSS),
}


def _grouped(entries: Iterable[Entry], key: Callable[[Entry], Key]) -> dict[Key, list[Entry]]:
    groups: dict[Key, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(key(entry), []).append(entry)
    return groups


def _meet(one: Period, other: Period) -> bool:
    """Return whether two periods share a day in every reading of their dates."""
    return not (_ends_before(one, other) or _ends_before(other, one))


def _ends_before(one: Period, other: Period) -> bool:
    return bool(one.end and other.start and one.end.first <= other.start.last)


def _touch(earlier: Period, later: Period) -> bool:
    return not (earlier.end and later.start and earlier.end.last < later.start.first)


def _first(period: Period) -> tuple[bool, str]:
    return (period.start is not None, str(period.start or ""))


def _later_end(one: Period, other: Period) -> PartialDate | None:
    if one.end is None or other.end is None:
        return None
    return max(one.end, other.end, key=lambda end: end.last)
