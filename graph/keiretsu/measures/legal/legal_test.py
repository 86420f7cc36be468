"""A legal test on one day in one snapshot: whom it can catch, what it finds, and its cautions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from keiretsu.measures.answer import cautions_about, percent_fields
from keiretsu.measures.control.record import Part, Verdict
from keiretsu.measures.legal.attribution import Attribution
from keiretsu.measures.legal.finding import weaker
from keiretsu.measures.legal.powers import Powers
from keiretsu.measures.legal.reasons import Reasons
from keiretsu.measures.legal.regimes_table import regime as regime_named
from keiretsu.model import Caution

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from keiretsu.kernels.box import Bounds
    from keiretsu.measures.legal.finding import Finding, Start
    from keiretsu.measures.legal.regimes import Ground, Regime
    from keiretsu.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class GroundRecord:
    """One ground of a legal test that is met, perhaps met, or not met."""

    reading: str
    article: str
    text: str
    verdict: Verdict
    right: str
    bounds: Bounds
    band: str
    through: tuple[Part, ...]
    chain: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the ground as plain data, keyed as in JSON."""
        return {
            "reading": self.reading,
            "article": self.article,
            "text": self.text,
            "verdict": self.verdict.value,
            "right": self.right or None,
            **percent_fields("", self.bounds if self.right else None),
            "band": self.band or None,
            "through": [part.as_dict() for part in self.through],
            "chain": list(self.chain),
        }


@dataclass(frozen=True, slots=True)
class Judged:
    """Who or what a legal test found, by grounds of which the first decides.

    Parameters
    ----------
    grounds
        Those that are met or perhaps met, the deciding one first.
    unknown
        What the record leaves open.
    """

    grounds: tuple[GroundRecord, ...]
    unknown: tuple[str, ...]

    @property
    def verdict(self) -> Verdict:
        """The verdict of the deciding ground."""
        return self.grounds[0].verdict

    @property
    def bounds(self) -> Bounds:
        """What was counted by the deciding ground."""
        return self.grounds[0].bounds

    @property
    def article(self) -> str:
        """The article of the deciding ground."""
        return self.grounds[0].article

    def decided(self) -> dict[str, Any]:
        """Return the verdict and what was counted as plain data; no percentages for powers."""
        first = self.grounds[0]
        percents = percent_fields("", first.bounds if first.right else None)
        return {"verdict": first.verdict.value, **percents}


class LegalTest:
    """One regime on one day, in one snapshot.

    Parameters
    ----------
    snapshot
        The world on a date.
    name
        The regime.
    readings
        Names of its grounds, if only some of them are asked for.
    joint
        Names of parties that have a joint arrangement, group by group.
    powers
        Names of a party and a company: it appoints the board's majority, holds a golden share, or
        controls the company by other law than that of shares.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        name: str,
        readings: Sequence[str] = (),
        joint: Sequence[Sequence[str]] = (),
        powers: Sequence[tuple[str, str]] = (),
    ) -> None:
        self.snapshot = snapshot
        self.regime: Regime = regime_named(name)
        self.grounds = self.regime.on(snapshot.as_of, readings)
        find = snapshot.position
        told = tuple((find(party), find(company)) for party, company in powers)
        kinds = frozenset(kind for ground in self.grounds for kind in ground.powers)
        self.attribution = Attribution(snapshot, Powers(snapshot, told, kinds))
        self.reasons = Reasons(self.attribution)
        self._joint = [set(snapshot.directory.find_all(group)) for group in joint]

    def start(self, party: int) -> Start:
        """Return the party with those whose stakes are its own: bodies and joint arrangements."""
        together = set(self.snapshot.as_one(party))
        for group in self._joint:
            if group & together:
                together |= {one for member in group for one in self.snapshot.as_one(member)}
        return frozenset(together)

    def find(self, ground: Ground, start: Start, company: int) -> Finding:
        """Return whether a ground is met, for links also the other way round or by a third."""
        found = self.attribution.find(ground, start, company)
        if ground.third is None:
            return found
        back = (self.attribution.find(ground, frozenset({company}), one) for one in sorted(start))
        return max(found, *back, *self._thirds(ground, start, company), key=lambda f: f.rank)

    def _thirds(self, ground: Ground, start: Start, company: int) -> Iterable[Finding]:
        """Yield third parties that have enough of both."""
        limit = ground.third
        if limit is None:
            return
        both = replace(ground, limit=limit, third=None, appointing=False, influencing=False)
        pairs = ((other, self.above(other) & self.above(company)) for other in sorted(start))
        for other, shared in pairs:
            for third in sorted(shared - start - {company}):
                head = frozenset(self.snapshot.as_one(third))
                one = self.attribution.find(both, head, company)
                verdict = weaker(one.verdict, self.attribution.find(both, head, other).verdict)
                if verdict is not Verdict.IMPOSSIBLE:
                    yield replace(one, ground=ground, start=start, verdict=verdict, third=third)

    def companies(self, ground: Ground, start: Start) -> set[int]:
        """Return the companies in which a ground could be met."""
        found = self.attribution.companies(ground, start)
        if ground.third is not None:
            for party in start:
                above = self.above(party)
                found |= above
                for third in above:
                    found |= self.attribution.companies(ground, frozenset({third}))
        return {company for company in found - start if self.concerned(ground, start, company)}

    def concerned(self, ground: Ground, start: Start, company: int) -> bool:
        """Return whether a ground is about such a company and such parties."""
        party = self.snapshot.parties[company]
        if not ground.concerns(party):
            return False
        heads = [self.snapshot.parties[head] for head in start]
        countries = {one.jurisdiction for one in heads} - {None}
        countries |= {country for one in heads for country in one.nationalities}
        return not (ground.foreign and party.jurisdiction in countries)

    def above(self, company: int) -> set[int]:
        """Return who holds in a company, directly or through others, or has a power over it."""
        seen, pending = {company}, [company]
        while pending:
            for holder in self.attribution.holders(pending.pop()):
                if holder not in seen:
                    seen.add(holder)
                    pending.append(holder)
        return seen - {company}

    def record(self, finding: Finding) -> GroundRecord:
        """Return a finding with its words and its evidence."""
        ground = finding.ground
        band = ground.band_of(finding.bounds)
        met = finding.verdict is not Verdict.IMPOSSIBLE
        return GroundRecord(
            ground.name,
            ground.article,
            ground.text,
            finding.verdict,
            finding.right,
            finding.bounds,
            str(band) if band is not None else "",
            self.reasons.through(finding) if met else (),
            self.reasons.chain(finding) if met else (),
        )

    def fields(self) -> dict[str, Any]:
        """Return what every answer of the test tells of it."""
        return {
            "regime": self.regime.name,
            "regime_text": self.regime.title,
            "law": self.regime.law,
            "readings": list(dict.fromkeys(ground.name for ground in self.grounds)),
        }

    def cautions(self, parties: set[int]) -> tuple[Caution, ...]:
        """Return what was assumed: by the data, by the reading of the law, and what is not seen."""
        known = (*self.snapshot.cautions, *self.attribution.rights.cautions)
        own = [Caution("not-legal-advice", "an engineering reading of the law, not legal advice")]
        if self.regime.unseen:
            own.append(Caution("not-seen", self.regime.unseen))
        own += [
            Caution("unconfirmed", f"{ground.article}: {ground.doubt}")
            for ground in self.grounds
            if ground.doubt
        ]
        if self.regime.separate:
            text = f"each of these is an answer of its own: {', '.join(self.fields()['readings'])}"
            own.append(Caution("readings-differ", text))
        applies = self.regime.applies_from
        if applies is not None and self.snapshot.as_of < applies:
            text = f"{self.regime.law} applies from {applies}; the day asked about lies before"
            own.append(Caution("not-yet-law", text))
        about = cautions_about(self.snapshot, known, parties)
        return tuple(sorted({*about, *own, *self._elsewhere(parties)}))

    def _elsewhere(self, parties: set[int]) -> Iterable[Caution]:
        country = self.regime.country
        for party in sorted(parties):
            one = self.snapshot.parties[party]
            if country and one.jurisdiction not in (None, country):
                text = f"the law is about companies of {country}; this one is recorded elsewhere"
                yield Caution("other-jurisdiction", text, (one.label,))
