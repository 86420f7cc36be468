"""Who stands behind a company, by a legal test."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from keiretsu.measures.answer import Answer, percent_fields
from keiretsu.measures.control.record import Verdict
from keiretsu.measures.dispatch import on_what_lies_above
from keiretsu.measures.flow import Flow, above, closed_loop_cautions
from keiretsu.measures.legal.legal_test import Judged, LegalTest
from keiretsu.measures.legal.multiplied import spoken
from keiretsu.measures.legal.regimes import Subjects
from keiretsu.model import Caution, PartyKind, Remainder

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from keiretsu.measures.legal.finding import Finding
    from keiretsu.measures.legal.legal_test import GroundRecord
    from keiretsu.snapshot import Snapshot

_STATES = frozenset(
    {
        PartyKind.GOVERNMENT_BODY,
        PartyKind.STATE,
        PartyKind.SUBNATIONAL_STATE,
        PartyKind.MINISTRY,
        PartyKind.AGENCY,
    }
)


@dataclass(frozen=True, slots=True)
class BeneficialRecord(Judged):
    """A party that stands behind a company.

    Parameters
    ----------
    person, person_id, kind
        Who: a person, unless the test is about parties of any kind.
    not_met
        The grounds that are not met, beside `grounds`.
    """

    person: str
    person_id: str
    kind: str
    not_met: tuple[GroundRecord, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the record as plain data, keyed as in JSON."""
        return {
            "person": self.person,
            "person_id": self.person_id,
            "kind": self.kind,
            **self.decided(),
            "grounds": [ground.as_dict() for ground in self.grounds],
            "not_met": [ground.as_dict() for ground in self.not_met],
            "unknown": list(self.unknown),
        }


@on_what_lies_above
def beneficial(
    snapshot: Snapshot,
    company: str,
    regime: str,
    *,
    readings: Sequence[str] = (),
    joint: Sequence[Sequence[str]] = (),
    powers: Sequence[tuple[str, str]] = (),
) -> Answer[BeneficialRecord]:
    """Return who stands behind a company by a legal test.

    Parameters
    ----------
    snapshot
        The world on a date.
    company
        Name of the company.
    regime, readings, joint, powers
        As in `keiretsu.measures.screen`.

    Returns
    -------
    Answer of BeneficialRecord
        Certain and possible ones. For a test that looks for persons these are persons, families
        that act as one, and parties of unknown kind that nobody holds; others that meet the test
        and at whom the record ends are `unresolved` among the answer's fields.

    Raises
    ------
    InputError
        If the test is unknown.
    NameNotFoundError, AmbiguousNameError
        If a name is not that of one party.

    Examples
    --------
    >>> from keiretsu.mirror import snapshot_of_shares
    >>> world = snapshot_of_shares({("P", "H"): "60%", ("H", "T"): "40%"})
    >>> [(o.person, o.grounds[0].article) for o in beneficial(world, "T", "amlr")]
    [('P', 'AMLR art. 54(a)')]
    >>> len(beneficial(world, "T", "amld", readings=["multiplication"]))
    0
    """
    return _behind(LegalTest(snapshot, regime, readings, joint, powers), company)


def behind_each(
    snapshot: Snapshot, companies: Iterable[str], regime: str
) -> dict[str, Answer[BeneficialRecord]]:
    """Return `beneficial` of several companies; what their answers share is computed once.

    Examples
    --------
    >>> from keiretsu.mirror import snapshot_of_shares
    >>> world = snapshot_of_shares({("P", "H"): "60%", ("H", "T"): "40%"})
    >>> {name: len(found) for name, found in behind_each(world, ["H", "T"], "amlr").items()}
    {'H': 1, 'T': 1}
    """
    shared = LegalTest(snapshot, regime)
    whole = any(ground.third is not None for ground in shared.grounds)
    return {
        company: _behind(shared if whole else LegalTest(snapshot, regime), company)
        for company in companies
    }


def _behind(test: LegalTest, company: str) -> Answer[BeneficialRecord]:
    snapshot = test.snapshot
    target = snapshot.position(company)
    search = _Search(test, target)
    records, unresolved = [], []
    for head in search.heads():
        findings = search.findings(head)
        if all(finding.verdict is Verdict.IMPOSSIBLE for finding in findings):
            continue
        if search.counts(head):
            records.append(search.record(head, findings))
        elif search.ends(head):
            unresolved.append(search.unresolved(head, findings))
    order = {verdict: n for n, verdict in enumerate(Verdict)}
    ordered = sorted(records, key=lambda r: (order[r.verdict], -r.bounds.high, r.person))
    one = snapshot.parties[target]
    fields = {
        **test.fields(),
        "company": one.label,
        "company_id": one.id,
        "fallback": test.regime.fallback if not records and test.regime.fallback else None,
        "unresolved": unresolved,
        "unknown": search.unknown(),
    }
    cautions = {*test.cautions({target, *search.above}), *search.cautions()}
    return Answer("beneficial", snapshot, tuple(ordered), fields, tuple(sorted(cautions)))


class _Search:
    """The search for those behind one company."""

    def __init__(self, test: LegalTest, target: int) -> None:
        self.test, self.target, self.snapshot = test, target, test.snapshot
        self.above = test.above(target)
        if all(ground.third is None for ground in test.grounds):
            test.attribution.within = frozenset({target, *self.above})

    def heads(self) -> list[int]:
        """Return who could meet the test."""
        found = set(self.above)
        for ground in self.test.grounds:
            if ground.third is not None:
                found |= self.test.companies(ground, frozenset({self.target}))
        states = {s for s, bodies in self.snapshot.bodies.items() if found & set(bodies)}
        return sorted((found | states) - {self.target})

    def findings(self, head: int) -> list[Finding]:
        """Return what every ground finds."""
        start = self.test.start(head)
        return [
            self.test.find(ground, start, self.target)
            for ground in self.test.grounds
            if self.test.concerned(ground, start, self.target)
        ]

    def counts(self, head: int) -> bool:
        """Return whether the test looks for such a party."""
        if self.test.regime.subjects is Subjects.ANYBODY:
            return True
        kind = self.snapshot.parties[head].kind
        unheld = not self.snapshot.held_in(head)
        return kind is PartyKind.PERSON or (kind in (PartyKind.PARTY, PartyKind.CONCERT) and unheld)

    def ends(self, head: int) -> bool:
        """Return whether the record ends at a party that is no person."""
        kind = self.snapshot.parties[head].kind
        return kind is PartyKind.ARRANGEMENT or not self.snapshot.held_in(head)

    def record(self, head: int, findings: Sequence[Finding]) -> BeneficialRecord:
        """Return a row of the answer."""
        party = self.snapshot.parties[head]
        met = [f for f in findings if f.verdict is not Verdict.IMPOSSIBLE]
        met.sort(key=lambda finding: finding.rank[0], reverse=True)
        unknown = [text for finding in met for text in self.test.reasons.unknown(finding)]
        if party.kind is PartyKind.CONCERT:
            unknown.append(f"which persons {party.label} consists of is not recorded")
        unknown += self._registrable(met)
        return BeneficialRecord(
            person=party.label,
            person_id=party.id,
            kind=party.kind.value,
            grounds=tuple(self.test.record(finding) for finding in met),
            not_met=tuple(self.test.record(f) for f in findings if f.verdict is Verdict.IMPOSSIBLE),
            unknown=tuple(dict.fromkeys(unknown)),
        )

    def _registrable(self, met: Sequence[Finding]) -> list[str]:
        """Name entities that would be registered instead of the persons behind them."""
        if self.test.regime.name != "psc":
            return []
        members = {one for finding in met for one in finding.members - finding.start}
        entities = [self.snapshot.parties[one] for one in sorted(members)]
        return [
            f"if {one.label} is a relevant legal entity, it is registered in the person's place"
            for one in entities
            if one.jurisdiction == "GB" or one.listed
        ]

    def unresolved(self, head: int, findings: Sequence[Finding]) -> dict[str, Any]:
        """Return a party at whom the record ends, as plain data."""
        party = self.snapshot.parties[head]
        best = max(findings, key=lambda finding: finding.rank)
        return {
            "party": party.label,
            "party_id": party.id,
            "kind": party.kind.value,
            "verdict": best.verdict.value,
            **percent_fields("", best.bounds if best.right else None),
            "article": best.ground.article,
            "why": _why(party.kind),
        }

    def unknown(self) -> list[str]:
        """Return what is not recorded on the way up."""
        ledger = self.test.attribution.rights.ledger("capital")
        found = []
        for company in sorted({self.target, *self.above}):
            rest = ledger.rest_bounds(company)
            named = bool(ledger.lines_of(company))
            hidden = self.snapshot.remainder_of(company) is Remainder.UNDISCLOSED
            if rest.high and hidden and (named or company == self.target):
                label = self.snapshot.parties[company].label
                found.append(f"who holds {spoken(rest)} of the capital of {label} is not disclosed")
        return found

    def cautions(self) -> list[Caution]:
        """Return what else is to be known: kinds that are not recorded, tests that add up."""
        found = []
        if self.test.regime.subjects is Subjects.PERSONS:
            labels = [
                self.snapshot.parties[head].label
                for head in sorted(self.above)
                if self.snapshot.parties[head].kind is PartyKind.PARTY and self.counts(head)
            ]
            text = "what it is, is not recorded; it is taken for a person because nobody holds it"
            found += [Caution("kind-unknown", text, (label,)) for label in labels]
        if any(ground.aggregate for ground in self.test.grounds):
            text = "each party is tested alone; several on one list count together, see screen"
            found.append(Caution("tested-alone", text))
        capital = self.snapshot.capital
        flow = Flow(self.snapshot, capital, above(capital, self.target))
        found += closed_loop_cautions(self.snapshot, flow.loops)
        return found


def _why(kind: PartyKind) -> str:
    if kind in _STATES:
        return "a State or its body: no person stands behind it"
    if kind is PartyKind.ARRANGEMENT:
        return "a trust or the like: its settlor, trustees and beneficiaries are not recorded"
    if kind is PartyKind.UNKNOWN_PARTY:
        return "the holder is not disclosed"
    return "who holds it is not recorded"
