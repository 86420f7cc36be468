"""Legal verdicts that flip between two worlds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from keiretsu.errors import InputError
from keiretsu.measures import REGIMES, Verdict, behind_each
from keiretsu.measures.answer import percent_fields
from keiretsu.measures.legal.regimes_table import regime as regime_named
from keiretsu.model import Caution
from keiretsu.scenarios.pairs import NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from keiretsu.kernels.box import Bounds
    from keiretsu.measures import BeneficialRecord
    from keiretsu.snapshot import Snapshot

EVERY_REGIME = tuple(REGIMES)


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """The verdict of a legal test on a party and a company that differs between two worlds.

    Parameters
    ----------
    regime
        Name of the test.
    party, party_id, company, company_id
        Who stands, or stood, behind whom.
    before, after
        The verdicts.
    share_before, share_after
        What the deciding ground counts.
    article, text
        The deciding ground: after, or before where the verdict falls away.
    """

    regime: str
    party: str
    party_id: str
    company: str
    company_id: str
    before: Verdict
    after: Verdict
    share_before: Bounds
    share_after: Bounds
    article: str
    text: str

    def as_dict(self) -> dict[str, Any]:
        """Return the change as plain data, keyed as in JSON."""
        return {
            "regime": self.regime,
            "party": self.party,
            "party_id": self.party_id,
            "company": self.company,
            "company_id": self.company_id,
            "before": self.before.value,
            "after": self.after.value,
            **percent_fields("before", self.share_before),
            **percent_fields("after", self.share_after),
            "article": self.article,
            "text": self.text,
        }


def verdict_changes(
    before: Snapshot,
    after: Snapshot,
    companies: Iterable[str],
    regimes: Sequence[str] = EVERY_REGIME,
) -> tuple[list[VerdictChange], list[Caution]]:
    """Return every legal verdict on the companies that differs, and which tests say nothing.

    A test that was not law on both days is not compared, nor one whose computation refuses a
    world, such as one with too many companies in loops.

    Parameters
    ----------
    before, after
        The worlds.
    companies
        IRIs of the companies that are tested.
    regimes
        Names of the tests.

    Raises
    ------
    InputError
        If a test is unknown.
    """
    tested = sorted(set(companies))
    found: list[tuple[str, int, VerdictChange]] = []
    cautions = []
    for order, name in enumerate(regimes):
        if not all(regime_named(name).is_law(world.as_of) for world in (before, after)):
            text = f"{name} is not law on both days, so it is not compared"
            cautions.append(Caution("not-compared", text))
            continue
        try:
            changes = _of_regime((before, after), tested, name)
        except InputError as error:
            cautions.append(Caution("not-compared", f"{name} is not compared: {error.problem}"))
            continue
        found += [(change.company_id, order, change) for change in changes]
    return [change for *_, change in sorted(found, key=lambda one: one[:2])], cautions


def _of_regime(
    worlds: tuple[Snapshot, Snapshot], tested: Sequence[str], regime: str
) -> list[VerdictChange]:
    labels = {party.id: party.label for world in worlds for party in world.parties}
    sides = [_behind(world, tested, regime) for world in worlds]
    found = []
    for company in tested:
        old, new = (side.get(company, {}) for side in sides)
        for party in sorted({*old, *new}):
            one, other = old.get(party), new.get(party)
            if _verdict(one) is not _verdict(other):
                found.append(_change(regime, (labels[company], company), one, other))
    return found


def _behind(
    world: Snapshot, companies: Iterable[str], regime: str
) -> Mapping[str, Mapping[str, BeneficialRecord]]:
    known = {party.id for party in world.parties}
    answers = behind_each(world, [one for one in companies if one in known], regime)
    return {
        company: {record.person_id: record for record in answer}
        for company, answer in answers.items()
    }


def _verdict(record: BeneficialRecord | None) -> Verdict:
    return Verdict.IMPOSSIBLE if record is None else record.verdict


def _change(
    regime: str,
    company: tuple[str, str],
    old: BeneficialRecord | None,
    new: BeneficialRecord | None,
) -> VerdictChange:
    shown = new or old
    if shown is None:  # for the type checker: one of the two is there
        raise LookupError(company)
    ground = shown.grounds[0]
    return VerdictChange(
        regime,
        shown.person,
        shown.person_id,
        *company,
        _verdict(old),
        _verdict(new),
        old.bounds if old is not None else NOTHING,
        new.bounds if new is not None else NOTHING,
        ground.article,
        ground.text,
    )
