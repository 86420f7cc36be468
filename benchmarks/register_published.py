"""Statements of BODS as a register publishes them: loaded, asked, and held against rdflib.

A register's statements have no values of ours beside them: each is read as what the standard says,
kept whole as a source record, and its claims tell when they were declared. rdflib parses two files:
the N-Quads of the same holdings told plainly, and those that such a store holds, records included.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from register_statements import write_as_published, write_statements
from register_store_steps import PEERS, Comparison, Step, keiretsu, run, size_of

if TYPE_CHECKING:
    from pathlib import Path


def published_steps(table: Path, fewer: Path, plain: float) -> tuple[list[Step], list[Comparison]]:
    """Load and ask a register's statements, and hold the loads against rdflib.

    Parameters
    ----------
    table
        A table of plain holdings, of which the statements are made.
    fewer
        A part of it, which rdflib parses.
    plain
        Seconds that rdflib takes for the N-Quads of this part, told plainly.
    """
    rows, part = (int(path.stem) for path in (table, fewer))
    statements, folder = _published(table), table.parent
    steps, loads = [], []
    for option in ("--rdf", "--columns"):
        store = folder / f"published{option}"
        cost = keiretsu("load", statements, "--store", store, option)
        what = f"`load` of {rows:,} holdings from BODS as published, `{option}`"
        steps.append(Step(what, cost, size_of(store)))
        loads.append((f"load of {rows:,} holdings from BODS as published, {option}", cost))
    here = ("-d", folder / "published--columns")
    cost = keiretsu("control", "--ultimate", *here, "-f", "csv", "-o", folder / "published.csv")
    steps.append(Step("`control --ultimate -f csv` of these, every row", cost))
    steps.append(Step("`info` of these", keiretsu("info", *here)))
    keiretsu("load", _published(fewer), "--store", folder / "published-fewer", "--rdf")
    (quads,) = (folder / "published-fewer").glob("*/claims.nq")
    _, said = run(sys.executable, PEERS, quads)
    peers = {"plain holdings": plain, "the same, records too": json.loads(said)["parse"]}
    compared = [
        Comparison(f"{what}; rdflib parses N-Quads of {of}", cost.processor, rows, parse, part)
        for of, parse in peers.items()
        for what, cost in loads
    ]
    return steps, compared


def _published(table: Path) -> Path:
    ours, published = (table.with_name(f"{table.stem}-{name}.jsonl") for name in ("ours", "pub"))
    write_statements(table, ours)
    write_as_published(ours, published)
    ours.unlink()
    return published
