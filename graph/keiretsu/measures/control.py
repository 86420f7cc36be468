"""Control: who decides in whom, by a named rule, through which holdings, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from keiretsu.errors import InputError
from keiretsu.measures.answer import Answer, cautions_about, percent
from keiretsu.measures.explanation import explain
from keiretsu.measures.ultimate import ultimate_controllers
from keiretsu.model import ORDINARY
from keiretsu.rights import ControlRule, Dominance, control_rule, rights_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from keiretsu.kernels.box import Bounds
    from keiretsu.snapshot import Evidence, Snapshot


class Verdict(StrEnum):
    """True in all, in some, or in no world that the claims allow."""

    CERTAIN = "certain"
    POSSIBLE = "possible"
    IMPOSSIBLE = "impossible"


@dataclass(frozen=True, slots=True)
class Part:
    """One holding through which a controller votes in a company."""

    holder: str
    holder_id: str
    share: Fraction
    claim_ids: tuple[str, ...]
    sources: tuple[Evidence, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the part as plain data."""
        return {
            "holder": self.holder,
            "holder_id": self.holder_id,
            "percent": percent(self.share),
            "claim_ids": list(self.claim_ids),
            "sources": [source.as_dict() for source in self.sources],
        }


@dataclass(frozen=True, slots=True)
class ControlRecord:
    """The verdict on one controller and one company.

    Parameters
    ----------
    controller, controller_id, company, company_id
        Who, and in whom. A group or a ring is labelled by its members, ``A + B``.
    verdict
        Whether the controller controls the company.
    bounds
        What the controller and those it controls have of the right, fractions of one.
    missing
        How much more is needed for certain control; the limit itself must be passed if the rule
        says *more than*. None if control is certain.
    through
        The holdings counted.
    explanation
        The reasons, in sentences.
    ring
        Labels of the companies that control each other, for a ring.
    """

    controller: str
    controller_id: str
    company: str
    company_id: str
    verdict: Verdict
    bounds: Bounds
    missing: Fraction | None
    through: tuple[Part, ...]
    explanation: tuple[str, ...]
    ring: tuple[str, ...] = ()

    @property
    def percent(self) -> float | None:
        """The least that the controller has, in percent."""
        return percent(self.bounds.low)

    @property
    def percent_max(self) -> float | None:
        """The most that it can have, in percent."""
        return percent(self.bounds.high)

    @property
    def missing_percent(self) -> float | None:
        """How much more is needed, in percent; see `missing`."""
        return percent(self.missing)

    def as_dict(self) -> dict[str, Any]:
        """Return the record as plain data, keyed as in JSON."""
        row = {
            "controller": self.controller,
            "controller_id": self.controller_id,
            "company": self.company,
            "company_id": self.company_id,
            "verdict": self.verdict.value,
            "percent": self.percent,
            "percent_max": self.percent_max,
            "missing_percent": self.missing_percent,
            "through": [part.as_dict() for part in self.through],
            "explanation": list(self.explanation),
        }
        return {**row, "ring": list(self.ring)} if self.ring else row


def control(
    snapshot: Snapshot,
    *,
    by: str | Sequence[str] = (),
    of: str | Sequence[str] = (),
    group: Sequence[str] = (),
    rule: str | None = None,
    threshold: Fraction | None = None,
    at_least: bool = False,
    rights: str = "votes",
    decision: str = ORDINARY,
    ultimate: bool = False,
) -> Answer[ControlRecord]:
    r"""Return who controls whom on the snapshot's date.

    A party controls a company when it and the companies it already controls together have more
    than `threshold` of the right in it: the least set closed under that rule [1]_. A State and the
    bodies that act for it are one controller.

    Parameters
    ----------
    snapshot
        The world on a date.
    by, of
        Names of controllers and companies; with either, impossible pairs are answered too, with
        what is missing.
    group
        Names of parties that act together as one controller; only its rows are answered.
    rule
        Name of a rule, such as ``fr-presumption-40``; else `threshold` and `at_least` make one.
    threshold
        Fraction of one, a half if not given; control takes *more than* this unless `at_least`.
    rights
        The right that is counted, see `keiretsu.rights.RIGHTS`.
    decision
        For agreed votes, the class of decision.
    ultimate
        Answer only with controllers that nobody else controls, and with rings.

    Returns
    -------
    Answer of ControlRecord
        Without options every certain pair, and the possible ones that declared ranges give.

    Raises
    ------
    InputError
        If the rule, the right or a combination of options is unknown.
    NameNotFoundError, AmbiguousNameError
        If a name is not that of one party.

    Notes
    -----
    Verdicts are *certain* (in every world that the claims allow), *possible* (in some) or
    *impossible*. For a set of holders the ends are computed for the set as a whole, so they are
    tight; issuers split independently, so one world attains all of them.

    References
    ----------
    .. [1] S. Ceri, G. Gottlob, L. Tanca, Logic Programming and Databases, 1990 (company control).

    Examples
    --------
    >>> from keiretsu.mirror import snapshot_of_shares
    >>> world = snapshot_of_shares({("a", "b"): "60%", ("a", "c"): "20%", ("b", "c"): "35%"})
    >>> [(found.controller, found.company, found.percent) for found in control(world)]
    [('a', 'b', 60.0), ('a', 'c', 55.0)]
    """
    the_rule = control_rule(rule, threshold=threshold, at_least=at_least, right=rights)
    ledger = rights_of(snapshot).ledger(rights, decision)
    judge = Judge(snapshot, Dominance(snapshot, ledger), the_rule)
    find = snapshot.directory.find_all
    controllers = find([by] if isinstance(by, str) else by)
    companies = find([of] if isinstance(of, str) else of)
    if group and controllers:
        raise InputError("a group is a controller of its own", mend="give group or by, not both")
    if group:
        records = judge.of_group(tuple(dict.fromkeys(find(group))), companies)
    elif controllers or companies:
        records = judge.asked(controllers, companies)
    else:
        records = judge.everyone()
    if ultimate:
        records = ultimate_controllers(snapshot, judge, records)
    return _answer(snapshot, the_rule, rights, records)


def _answer(
    snapshot: Snapshot, rule: ControlRule, rights: str, records: Iterable[ControlRecord]
) -> Answer[ControlRecord]:
    ordered = tuple(sorted(records, key=_order))
    ids = {i for r in ordered for i in (r.company_id, r.controller_id)}
    ids |= {part.holder_id for r in ordered for part in r.through}
    parties = {p for p, party in enumerate(snapshot.parties) if party.id in ids}
    cautions = (*snapshot.cautions, *(rights_of(snapshot).cautions if rights != "capital" else ()))
    fields = {"rule": rule.name, "rule_text": rule.text, "rights": rights}
    about = cautions_about(snapshot, cautions, parties)
    return Answer("control", snapshot, ordered, fields, about)


def _order(record: ControlRecord) -> tuple[object, ...]:
    verdicts = list(Verdict)
    return (verdicts.index(record.verdict), record.controller, record.company, record.controller_id)


class Judge:
    """Gives verdicts by one rule in one ledger.

    Parameters
    ----------
    snapshot
        The world on a date.
    dominance
        Who controls whom in the ledger that is counted.
    rule
        The rule of control.
    """

    def __init__(self, snapshot: Snapshot, dominance: Dominance, rule: ControlRule) -> None:
        self.snapshot, self.dominance, self.rule = snapshot, dominance, rule
        self._reach: dict[tuple[int, ...], tuple[list[int], list[int]]] = {}

    def everyone(self) -> list[ControlRecord]:
        """Return every certain pair, and the possible ones."""
        holders = {h for h, lines in enumerate(self.dominance.ledger.held) if lines}
        return [
            self.record((head,), company)
            for head in sorted(holders | set(self.snapshot.bodies))
            for company in self._candidates((head,))
        ]

    def of_group(self, heads: tuple[int, ...], of: Sequence[int]) -> list[ControlRecord]:
        """Return the rows of one group, taken as one controller."""
        companies = of or sorted({*self._candidates(heads), *self._touched(heads)})
        return [self.record(heads, c) for c in companies if c not in heads]

    def asked(self, by: Sequence[int], of: Sequence[int]) -> list[ControlRecord]:
        """Return the rows asked for by controller, by company, or both; impossible ones too."""
        records = []
        for head in by or self._with_stakes(of):
            companies = of or sorted({*self._candidates((head,)), *self._touched((head,))})
            records += [self.record((head,), c) for c in companies if c != head]
        return records

    def record(self, heads: tuple[int, ...], company: int) -> ControlRecord:
        """Return the verdict on one controller and one company."""
        certain, possible = self.reach(heads)
        start = self._start(heads)
        surely = {*start, *certain} - {company}
        perhaps = {*start, *possible} - {company}
        ledger = self.dominance.ledger
        least, most = ledger.bounds(company, surely), ledger.bounds(company, perhaps)
        bounds = least._replace(high=most.high, high_open=most.high_open)
        verdict = self._verdict(company, certain, possible)
        missing = None if verdict is Verdict.CERTAIN else self._missing(least.low)
        label = " + ".join(self.snapshot.parties[head].label for head in heads)
        record = ControlRecord(
            label,
            " + ".join(self.snapshot.parties[head].id for head in heads),
            self.snapshot.parties[company].label,
            self.snapshot.parties[company].id,
            verdict,
            bounds,
            missing,
            self._parts(company, surely),
            (),
        )
        return explain(self, heads, company, record)

    def reach(self, heads: tuple[int, ...]) -> tuple[list[int], list[int]]:
        """Return whom the heads together surely, and possibly, control."""
        if heads not in self._reach:
            start = self._start(heads)
            surely = self.dominance.controlled(start, self.rule)
            perhaps = (
                surely
                if self.dominance.ledger.all_exact
                else self.dominance.controlled(start, self.rule, certain=False)
            )
            self._reach[heads] = (surely, perhaps)
        return self._reach[heads]

    def _start(self, heads: tuple[int, ...]) -> tuple[int, ...]:
        return tuple({one: None for head in heads for one in self.snapshot.as_one(head)})

    def _verdict(self, company: int, certain: list[int], possible: list[int]) -> Verdict:
        if company in certain:
            return Verdict.CERTAIN
        return Verdict.POSSIBLE if company in possible else Verdict.IMPOSSIBLE

    def _missing(self, share: Fraction) -> Fraction:
        limit = self.rule.lowest if share <= self.rule.lowest else self.rule.threshold
        return max(limit - share, Fraction(0))

    def _candidates(self, heads: tuple[int, ...]) -> list[int]:
        start = self._start(heads)
        certain, possible = self.reach(heads)
        return [c for c in dict.fromkeys((*certain, *possible)) if c not in start]

    def _touched(self, heads: tuple[int, ...]) -> set[int]:
        """Return companies in which the heads, or those they may control, have something."""
        _, possible = self.reach(heads)
        ledger = self.dominance.ledger
        members = {*self._start(heads), *possible}
        held = {ledger.issuer_of(line) for member in members for line in ledger.held[member]}
        return held - set(self._start(heads))

    def _with_stakes(self, companies: Sequence[int]) -> list[int]:
        """Return every party that has, itself or through others, something in a company."""
        holders = [h for h, lines in enumerate(self.dominance.ledger.held) if lines]
        candidates = sorted({*holders, *self.snapshot.bodies} - set(companies))
        return [head for head in candidates if self._touched((head,)) & set(companies)]

    def _parts(self, company: int, members: set[int]) -> tuple[Part, ...]:
        ledger = self.dominance.ledger
        parts = []
        for line in ledger.lines_of(company):
            holder = ledger.holder_of(line)
            if holder in members and holder != company:
                party, holding = self.snapshot.parties[holder], int(ledger.holding[line])
                parts.append(
                    Part(
                        party.label,
                        party.id,
                        ledger.single(line).low,
                        self.snapshot.holdings[holding].claim_ids,
                        self.snapshot.evidence(holding),
                    )
                )
        return tuple(sorted(parts, key=lambda part: (-part.share, part.holder)))
