"""A register in a store on disk, through the command line, against rdflib; writes its tables.

`make bench-store` runs it for a million parties (1.14 million holdings), some ten minutes on two
idle cores. ARGS="--parties 10000000" is ten times that, in columns alone and without peers; ARGS=
"--parties 1000000 10000000" both, one after the other. Each step is a process of its own, so that
processor time and memory include the start of the program. The peers, rdflib's own parser and its
SPARQL, are measured on fewer holdings of the same register and scaled with the number of holdings:
the tables say so. The BODS file is what `convert` writes of the whole table, made by
`register_statements` and held against the command on the first rows.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import os
import platform
import sys
import tempfile
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
from page import rewrite
from register_data import synthetic
from register_published import published_steps
from register_statements import write_statements
from register_store_steps import (
    PEERS,
    Comparison,
    Step,
    keiretsu,
    run,
    size_of,
    step_table,
)

PARTIES = 1_000_000
MOST_AS_RDF = 2_000_000
"""Parties of the largest register that is loaded as RDF, told in full, and held against peers."""
FEWER = 20_000
"""Holdings on which peers are measured."""
PUBLISHED = 100_000
"""Holdings of which statements are loaded as a register publishes them."""
CHECKED = 1_000
"""Holdings of which a BODS file is written by `convert`, too."""
OURS = Path(__file__).with_name("register_store_ours.py")


# -- the register ---------------------------------------------------------------------------------


def write_register(parties: int, folder: Path) -> tuple[Path, int]:
    """Write a synthetic register as a table with dates and sources; return its rows, too."""
    register = synthetic(parties)

    def names(numbers: object) -> pa.Array:
        numbers = pa.array(numbers)
        kind = pc.if_else(pc.less(numbers, register.companies), "Company ", "Person ")
        return pc.binary_join_element_wise(kind, pc.cast(numbers, pa.string()), "")

    weight = pa.array(register.weight)
    whole = pc.divide(weight, 10_000)
    rest = pc.cast(pc.subtract(weight, pc.multiply(whole, 10_000)), pa.string())
    percent = pc.binary_join_element_wise(
        pc.cast(whole, pa.string()), pc.utf8_lpad(rest, 4, "0"), "."
    )
    rows = len(register.holder)
    columns = {
        "holder": names(register.holder),
        "issuer": names(register.issuer),
        "capital_percent": percent,
        "valid_from": pa.array(["2015-01-01"]).take(pa.array([0] * rows)),
        "source_title": pa.array(["Register"]).take(pa.array([0] * rows)),
    }
    path = folder / "register.csv"
    pyarrow.csv.write_csv(pa.table(columns), path)
    return path, rows


def head_of(path: Path, rows: int) -> Path:
    """Write the first rows of a table into another."""
    part = path.with_name(f"{rows}.csv")
    with path.open("rb") as whole, part.open("wb") as file:
        for _ in range(rows + 1):
            file.write(whole.readline())
    return part


def two_parties(path: Path) -> tuple[str, str]:
    """Return a company and a person from the middle of a table's rows."""
    with path.open("rb") as file:
        file.seek(path.stat().st_size // 2)
        file.readline()
        holders = [file.readline().decode().split(",")[:2] for _ in range(1000)]
    rows = [[cell.strip('"') for cell in row] for row in holders]
    person = next(holder for holder, _ in rows if holder.startswith("Person"))
    return next(issuer for _, issuer in rows), person


# -- steps ----------------------------------------------------------------------------------------


def steps_of(table: Path, folder: Path, *, whole: bool) -> list[Step]:
    """Load a register and ask it; `whole` if also as RDF, and for every row of an answer."""
    store, page, rows = folder / "columns", folder / "page.html", folder / "rows.csv"
    company, person = two_parties(table)
    given = f"`load` of a CSV of {table.stat().st_size / 2**20:,.0f} MiB"
    cost = keiretsu("load", table, "--store", store, "--columns")
    steps = [Step(f"{given}, `--columns`", cost, size_of(store))]
    if whole:
        rdf = folder / "rdf"
        cost = keiretsu("load", table, "--store", rdf, "--rdf")
        steps.append(Step(f"{given}, `--rdf`", cost, size_of(rdf)))
    here = ("-d", store)
    steps += [
        Step("`owners COMPANY`", keiretsu("owners", company, *here)),
        Step("`holdings PERSON`", keiretsu("holdings", person, *here)),
        Step(
            "`screen --regime ofac --listed PERSON`",
            keiretsu("screen", "--regime", "ofac", "--listed", person, *here),
        ),
        Step(
            "`view COMPANY --depth 1 -o page.html`",
            keiretsu("view", company, "--depth", "1", "-o", page, *here),
            size_of(page),
        ),
        Step(
            "`control --ultimate`, a table of the first 1,000 rows",
            keiretsu("control", "--ultimate", *here),
        ),
    ]
    if whole:
        cost = keiretsu("control", "--ultimate", *here, "-f", "csv", "-o", rows)
        with rows.open("rb") as file:
            count = sum(1 for _ in file) - 1
        steps.append(Step("`control --ultimate -f csv`, every row", cost, f"{count:,} rows"))
    return steps


def against_rdflib(
    table: Path, folder: Path, rows: int, steps: list[Step]
) -> tuple[list[Comparison], list[Step]]:
    """Hold loads, and the snapshot of a stored register, against rdflib on the same claims."""
    few, fewer = folder / "few", min(FEWER, rows)
    keiretsu("load", head_of(table, fewer), "--store", few, "--rdf")
    quads = next(few.glob("*/claims.nq"))
    cost, said = run(sys.executable, PEERS, quads)
    peer = json.loads(said)
    print(f"rdflib: {said}", flush=True)
    _, said = run(sys.executable, OURS, folder / "columns")
    snapshot = json.loads(said)["snapshot"]
    loads = {"CSV, as RDF and columns": steps[1].cost, "CSV, columns alone": steps[0].cost}
    compared = [
        Comparison(
            f"load of {what}; rdflib parses N-Quads", c.processor, rows, peer["parse"], fewer
        )
        for what, c in loads.items()
    ]
    more = []
    bods = statements_of(table, folder)
    for what, option in (("as RDF and columns", "--rdf"), ("columns alone", "--columns")):
        took = keiretsu("load", bods, "--store", folder / f"bods{option}", option)
        name = f"load of BODS as JSON lines, {what}; rdflib parses N-Quads"
        compared.append(Comparison(name, took.processor, rows, peer["parse"], fewer))
        given = f"BODS as JSON lines of {bods.stat().st_size / 2**20:,.0f} MiB"
        name = f"`load` of {given}, `{option}`"
        more.append(Step(name, took, size_of(folder / f"bods{option}")))
    several = min(PUBLISHED, rows)
    steps, others = published_steps(head_of(table, several), head_of(table, fewer), peer["parse"])
    more += steps
    compared += others
    name = "snapshot of the store in columns; rdflib selects holders, issuers, shares by SPARQL"
    compared.append(Comparison(name, snapshot, rows, peer["select"], fewer))
    more.append(Step(f"rdflib: parse {fewer:,} holdings, and select them", cost))
    return compared, more


def statements_of(table: Path, folder: Path) -> Path:
    """Write a table as lines of BODS, after a look at whether they are what `convert` writes."""
    bods, ours, theirs = (folder / f"{name}.jsonl" for name in ("bods", "ours", "theirs"))
    head = head_of(table, CHECKED)
    write_statements(head, ours)
    keiretsu("convert", head, theirs, "--to", "bods-lines")
    if ours.read_bytes() != theirs.read_bytes():
        raise SystemExit("register_statements no longer writes what convert does")
    write_statements(table, bods)
    return bods


# -- the page -------------------------------------------------------------------------------------


def machine() -> str:
    """Return what the figures were measured on."""
    versions = [f"{name} {importlib.metadata.version(name)}" for name in ("rdflib", "pyarrow")]
    return (
        f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, "
        f"{platform.system()}, Python {platform.python_version()}; {', '.join(versions)}; "
        f"load at the end {os.getloadavg()[0]:.1f}."
    )


def measured(parties: int) -> list[str]:
    """Measure a register of so many parties; return its part of the page."""
    with tempfile.TemporaryDirectory(prefix="keiretsu-bench-") as made:
        folder = Path(made)
        table, rows = write_register(parties, folder)
        whole = parties <= MOST_AS_RDF
        steps = steps_of(table, folder, whole=whole)
        lines = step_table(f"{rows:,} holdings", steps)
        if whole:
            compared, more = against_rdflib(table, folder, rows, steps)
            lines = [
                *step_table(f"{rows:,} holdings", [*steps, *more]),
                "",
                f"| processor seconds for {rows:,} holdings | ours | rdflib | times |",
                "|---|---:|---:|---:|",
                *(one.line(rows) for one in compared),
            ]
    return [*lines, ""]


def main() -> None:
    """Measure and write the page."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--parties", type=int, nargs="+", default=[PARTIES])
    asked.add_argument("--dry", action="store_true", help="print, and leave the page as it is")
    options = asked.parse_args()
    lines = [line for parties in options.parties for line in measured(parties)]
    if options.dry:
        print("\n".join([machine(), "", *lines]))
    else:
        rewrite(Path(__file__).name, [machine(), "", *lines[:-1]])


if __name__ == "__main__":
    main()
