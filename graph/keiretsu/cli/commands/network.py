"""``keiretsu network``: value, shape and concentration of the whole network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from keiretsu.cli.envelope import result_of
from keiretsu.cli.options import World, examples, with_output, with_world
from keiretsu.cli.page import Column, Lines, Page, Table, number
from keiretsu.cli.remarks import warning_lines
from keiretsu.cli.values_file import read_values
from keiretsu.measures.answer import Answer, names_of
from keiretsu.measures.network.shape import bow_tie, concentration
from keiretsu.measures.network.value import network_value
from keiretsu.measures.power.karos_peters import karos_peters
from keiretsu.measures.power.network import network_power

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from keiretsu.cli.output import Output
    from keiretsu.snapshot import Snapshot

_SHOWN = 40
"""So many parties a table shows; files have all."""


@dataclass(frozen=True, slots=True)
class NetworkRow:
    """All that was found about one party."""

    found: dict[str, Any]

    def as_dict(self) -> dict[str, Any]:
        """Return the row as plain data, keyed as in JSON."""
        return self.found


@click.command(
    "network",
    epilog=examples(
        "keiretsu network --as-of 2019-09-03",
        "keiretsu network -d holdings.csv --values revenues.csv -f csv",
        "keiretsu network -d holdings.csv --power -f json",
    ),
)
@click.option(
    "--values",
    "values_file",
    metavar="FILE",
    help="A value for each party: CSV with columns party and value. [default: one each]",
)
@click.option(
    "--power",
    "with_power",
    is_flag=True,
    help="Add the network power index and the index of Karos and Peters.",
)
@with_world
@with_output()
def command(*, values_file: str | None, with_power: bool, world: World, output: Output) -> None:
    """Say what each party gathers and controls in the whole network.

    For each party: the value that comes to it through all holdings, where it lies in the bow tie,
    and what it controls. Values follow capital, control follows votes. What different parties
    control overlaps: the cumulative percentage counts each company once.
    """
    snapshot = world.open()
    values = None if values_file is None else read_values(values_file, snapshot)
    answer = whole_network(snapshot, values, with_power=with_power)
    output.deliver(result_of(answer, lambda: network_page(answer)))


def whole_network(
    snapshot: Snapshot, values: Mapping[str, Fraction] | None, *, with_power: bool
) -> Answer[NetworkRow]:
    """Return value, section, concentration and power of each party in one answer."""
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


def network_page(answer: Answer[NetworkRow]) -> Page:
    """Return what a person is shown."""
    rows = [row.as_dict() for row in answer]
    columns = (
        Column("party"),
        Column("section"),
        number("value"),
        number("network value"),
        number("raw"),
        number("bow-tie centrality"),
        number("controls"),
        number("rank"),
        number("cumulative %"),
        number("NPI"),
        number("Karos-Peters"),
    )
    keys = (
        "value",
        "network_value_corrected",
        "network_value",
        "bow_tie_centrality",
        "controlled_value",
        "rank",
        "cumulative_percent",
        "npi",
        "karos_peters",
    )
    shown = tuple(
        (row["party"], row["section"], *(_text(row[key]) for key in keys)) for row in rows[:_SHOWN]
    )
    counts = ", ".join(f"{name} {count}" for name, count in answer.fields["sections"].items())
    more = (f"{len(rows) - _SHOWN} more parties: -f csv",) * (len(rows) > _SHOWN)
    table = Table(columns, shown) if shown else Lines("", ("nothing is recorded",))
    lines = Lines("", (*more, f"bow tie: {counts}"))
    title = f"The network on {answer.snapshot.as_of}"
    return Page(title, (table, lines, warning_lines(answer.cautions)))


def _text(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}".rstrip("0").rstrip(".")
