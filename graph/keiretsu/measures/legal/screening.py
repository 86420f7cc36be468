"""Screening: which companies does a legal test catch, given a list of parties."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from keiretsu.errors import InputError
from keiretsu.measures.answer import Answer
from keiretsu.measures.control.record import Verdict
from keiretsu.measures.legal.legal_test import Judged, LegalTest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from keiretsu.measures.legal.finding import Finding, Start
    from keiretsu.measures.legal.regimes import Ground
    from keiretsu.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class CaughtRecord(Judged):
    """A company that a legal test catches.

    Parameters
    ----------
    company, company_id
        The company.
    by
        Label and IRI of those on the list on whom it rests.
    """

    company: str
    company_id: str
    by: tuple[tuple[str, str], ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the record as plain data, keyed as in JSON."""
        return {
            "company": self.company,
            "company_id": self.company_id,
            **self.decided(),
            "through": [part.as_dict() for part in self.grounds[0].through],
            "article": self.article,
            "by": [{"party": label, "party_id": party_id} for label, party_id in self.by],
            "grounds": [ground.as_dict() for ground in self.grounds],
            "unknown": list(self.unknown),
        }


def screen(
    snapshot: Snapshot,
    regime: str,
    listed: str | Sequence[str],
    *,
    of: Sequence[str] = (),
    readings: Sequence[str] = (),
    joint: Sequence[Sequence[str]] = (),
    powers: Sequence[tuple[str, str]] = (),
) -> Answer[CaughtRecord]:
    """Return the companies that a legal test catches because of the parties on a list.

    Parameters
    ----------
    snapshot
        The world on a date.
    regime
        Name of the test, see `keiretsu.measures.REGIMES`.
    listed
        Names of the parties on the list.
    of
        Names of companies, if only these are asked about.
    readings
        Names of the test's grounds, if only these are asked for.
    joint
        Parties that have a joint arrangement, group by group.
    powers
        Pairs of party and company: a power that is no share, such as to appoint the board.

    Returns
    -------
    Answer of CaughtRecord
        Certain and possible ones; the listed parties themselves are not among them.

    Raises
    ------
    InputError
        If the test is unknown or the list is empty.
    NameNotFoundError, AmbiguousNameError
        If a name is not that of one party.

    Notes
    -----
    Whether the listed parties count together is a matter of the test: they do under `ofac` and
    `eu-sanctions`, and do not under `uk-sanctions` without a joint arrangement.

    Examples
    --------
    >>> from keiretsu.mirror import snapshot_of_shares
    >>> world = snapshot_of_shares({("X", "A"): "30%", ("Y", "A"): "21%"})
    >>> [row.company for row in screen(world, "ofac", ["X", "Y"])]
    ['A']
    >>> len(screen(world, "uk-sanctions", ["X", "Y"]))
    0
    """
    test = LegalTest(snapshot, regime, readings, joint, powers)
    heads = list(
        dict.fromkeys(snapshot.directory.find_all([listed] if isinstance(listed, str) else listed))
    )
    if not heads:
        raise InputError("the list is empty", mend="name at least one listed party")
    only = set(snapshot.directory.find_all(of)) if of else None
    named = {one for head in heads for one in snapshot.as_one(head)}
    found: dict[int, list[Finding]] = {}
    for ground in test.grounds:
        for start in _starts(test, ground, heads):
            for company in sorted(test.companies(ground, start) - named):
                if only is not None and company not in only:
                    continue
                finding = test.find(ground, start, company)
                if finding.verdict is not Verdict.IMPOSSIBLE:
                    found.setdefault(company, []).append(finding)
    heads_of = _heads_of(snapshot, heads)
    records = [
        _caught(test, heads, heads_of, company, findings) for company, findings in found.items()
    ]
    order = {verdict: n for n, verdict in enumerate(Verdict)}
    ordered = sorted(records, key=lambda r: (order[r.verdict], r.company, r.company_id))
    labels = [
        {"party": snapshot.parties[h].label, "party_id": snapshot.parties[h].id} for h in heads
    ]
    fields = {**test.fields(), "listed": labels}
    return Answer("screen", snapshot, tuple(ordered), fields, test.cautions({*found, *named}))


def _starts(test: LegalTest, ground: Ground, heads: Sequence[int]) -> list[Start]:
    """Return those on the list who count as one for a ground: all together, or each alone."""
    starts = [test.start(head) for head in heads]
    if ground.aggregate:
        return [frozenset().union(*starts)]
    return list(dict.fromkeys(starts))


def _heads_of(snapshot: Snapshot, heads: Sequence[int]) -> dict[int, list[int]]:
    """Return the places on the list of each party, or of the States for which it acts."""
    found: dict[int, list[int]] = {}
    for place, head in enumerate(heads):
        for one in snapshot.as_one(head):
            found.setdefault(one, []).append(place)
    return found


def _caught(
    test: LegalTest,
    heads: Sequence[int],
    heads_of: Mapping[int, list[int]],
    company: int,
    findings: Sequence[Finding],
) -> CaughtRecord:
    parties = test.snapshot.parties
    best = {(f.ground.name, f.start): f for f in findings}
    ordered = sorted(best.values(), key=lambda f: f.rank[0], reverse=True)
    contributors = {p for f in ordered for p in test.reasons.contributors(f)}
    places = {place for one in contributors for place in heads_of.get(one, ())}
    by = [heads[place] for place in sorted(places)] or heads
    return CaughtRecord(
        company=parties[company].label,
        company_id=parties[company].id,
        grounds=tuple(test.record(finding) for finding in ordered),
        by=tuple((parties[head].label, parties[head].id) for head in by),
        unknown=tuple(dict.fromkeys(u for f in ordered for u in test.reasons.unknown(f))),
    )
