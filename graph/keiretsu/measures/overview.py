"""The whole network in one answer: value, shape, concentration and power of each party."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from keiretsu.measures.answer import Answer, names_of
from keiretsu.measures.network.shape import bow_tie, concentration
from keiretsu.measures.network.value import network_value
from keiretsu.measures.power.karos_peters import karos_peters
from keiretsu.measures.power.network import network_power

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from keiretsu.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class NetworkRow:
    """All that was found about one party."""

    found: dict[str, Any]

    def as_dict(self) -> dict[str, Any]:
        """Return the row as plain data, keyed as in JSON."""
        return self.found


def whole_network(
    snapshot: Snapshot, values: Mapping[str, Fraction] | None = None, *, with_power: bool = False
) -> Answer[NetworkRow]:
    """Return value, section, concentration and power of each party in one answer.

    Parameters
    ----------
    snapshot
        The world on a day.
    values
        A value for each party by its IRI; one each if not given.
    with_power
        Whether the network power index and the index of Karos and Peters are computed too.

    Examples
    --------
    >>> from keiretsu import OwnershipGraph
    >>> answer = whole_network(OwnershipGraph.open().snapshot("2019-09-03"))
    >>> answer.command, answer.fields["computed"]
    ('network', 'exact')
    """
    gathered = network_value(snapshot, values=values)
    shape = bow_tie(snapshot)
    curve = concentration(snapshot, values=values)
    sections = {row.party_id: row.section for row in shape}
    steps = {row.party_id: row.as_dict() for row in curve}
    power = _power(snapshot, values) if with_power else {}
    rows = []
    for row in gathered:
        step = steps.get(row.party_id, {})
        rows.append(
            NetworkRow(
                {
                    **row.as_dict(),
                    "section": sections.get(row.party_id, "apart"),
                    "rank": step.get("rank"),
                    "controlled_value": step.get("controlled_value", 0.0),
                    "cumulative_percent": step.get("cumulative_percent"),
                    **dict.fromkeys(("npi", "npi_error", "karos_peters", "karos_peters_error")),
                    **power.get(row.party_id, {}),
                }
            )
        )
    fields = {
        "computed": gathered.fields["computed"],
        "total_value": curve.fields["total_value"],
        "sections": shape.fields["sections"],
    }
    cautions = tuple(sorted({*gathered.cautions, *curve.cautions}))
    return Answer("network", snapshot, tuple(rows), fields, cautions)


def _power(
    snapshot: Snapshot, values: Mapping[str, Fraction] | None
) -> dict[str, dict[str, float | None]]:
    """Return both indices of power by the party's IRI."""
    found: dict[str, dict[str, float | None]] = {}
    ids = dict(zip(names_of(snapshot), (party.id for party in snapshot.parties), strict=True))
    labels, mutual = network_power(snapshot, values=values).of, karos_peters(snapshot).of
    for name, indices in (("npi", labels), ("karos_peters", mutual)):
        for party, (index, error) in indices.items():
            row = found.setdefault(ids[party], {})
            row[name] = float(round(index, 9))
            row[f"{name}_error"] = None if error is None else round(error, 9)
    return found
