"""Tenures, figures, events and proposals, read from the description of their subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keiretsu.model import (
    Event,
    EventKind,
    Figure,
    Measure,
    Office,
    Participation,
    Proposal,
    ProposedHolding,
    Tenure,
)
from keiretsu.store.codec.common_read import common
from keiretsu.vocabulary import KEI

if TYPE_CHECKING:
    from keiretsu.store.codec.description import Description


def tenure(about: Description, graph: str | None) -> Tenure:
    """Read a tenure."""
    return Tenure(
        **common(about, graph),
        person=about.required_iri(KEI.person),
        organisation=about.required_iri(KEI.organisation),
        office=about.code(KEI.office, "office", Office.OTHER),
        title=about.text(KEI.officeTitle) or "",
        nominated_by=about.iri(KEI.nominatedBy),
    )


def figure(about: Description, graph: str | None) -> Figure:
    """Read a figure."""
    value = about.decimal(KEI.amount)
    if value is None:
        raise about.fail("kei:amount is missing", mend="add it")
    if about.one(KEI.measure) is None:
        raise about.fail("kei:measure is missing", mend="say what is measured")
    unit = about.text(KEI.unit)
    return Figure(
        **common(about, graph),
        party=about.required_iri(KEI.party),
        measure=about.code(KEI.measure, "measure", Measure.SALES),
        value=value,
        unit="vehicles" if unit is None else unit,
        consolidated=about.boolean(KEI.consolidated),
    )


def event(about: Description, graph: str | None) -> Event:
    """Read an event."""
    return Event(
        **common(about, graph),
        label=about.labels()[0],
        kind=about.code(KEI.eventKind, "event-kind", EventKind.OTHER),
        participations=_participations(about),
        outcome=about.text(KEI.outcome),
        withheld=about.text(KEI.withheld),
        leverage=about.iris(KEI.leverage),
        part_of=about.iri(KEI.partOf),
        led_to=about.iris(KEI.ledTo),
    )


def proposal(about: Description, graph: str | None) -> Proposal:
    """Read a proposal."""
    changes = set(about.parts(KEI.change, "ProposedHolding", ProposedHolding))
    return Proposal(
        **common(about, graph),
        label=about.labels()[0],
        kind=about.code(KEI.eventKind, "event-kind", EventKind.PROPOSAL),
        participations=_participations(about),
        outcome=about.text(KEI.outcome),
        withheld=about.text(KEI.withheld),
        leverage=about.iris(KEI.leverage),
        part_of=about.iri(KEI.partOf),
        led_to=about.iris(KEI.ledTo),
        changes=tuple(sorted(changes, key=_order)),
        terms=about.text(KEI.terms),
    )


def _participations(about: Description) -> tuple[Participation, ...]:
    found = about.parts(KEI.participation, "Participation", Participation)
    return tuple(sorted(set(found)))


def _order(change: ProposedHolding) -> tuple[str, str, str, str]:
    return change.holder, change.issuer, str(change.capital), str(change.votes)
