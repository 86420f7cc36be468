"""Holdings out of RDF into columns, from a store of ours and as a script takes them from others.

The register is loaded into a store once, and written from there as N-Quads, which the peers read.
All of them have the same claims, and must bring out the same holders, issuers and shares. What a
script gets has no dates resolved and no parties numbered; ours has both directions indexed.
"""

from __future__ import annotations

import datetime as dt
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph
import rdflib
from register_data import WHOLE, Register
from register_figures import EXTRACTION, INGEST, OURS, Figures, median, timed

from keiretsu.ownership_graph import Material
from keiretsu.ownership_graph.stored import load_into_store
from keiretsu.snapshot.stored_register import RegisterOnDate, register_on
from keiretsu.store.disk import DiskClaims
from keiretsu.store.disk.whole.everything import write_nquads

if TYPE_CHECKING:
    from collections.abc import Callable

    Row = tuple[str, str, int]
    Rows = Callable[[], list[Row]]

DAY = dt.date(2024, 12, 31)
KEI = "https://w3id.org/keiretsu/ontology#"
QUERY = f"""SELECT ?holder ?issuer ?percent WHERE {{
  GRAPH ?document {{
    ?claim <{KEI}holder> ?holder ; <{KEI}issuer> ?issuer ; <{KEI}capitalPercentMin> ?percent
  }}
}}"""


class Reader(NamedTuple):
    """A peer that reads N-Quads."""

    name: str
    ready: Callable[[Path], Rows]


def measure_extraction(register: Register, figures: Figures) -> None:
    """Measure how long all holdings take from RDF into columns.

    Raises
    ------
    AssertionError
        If a peer brings out other holdings than we.
    """
    size = register.parties
    with TemporaryDirectory() as folder:
        store, lines = Path(folder) / "store", Path(folder) / "register.nq"
        table = Material(as_csv(register), "register.csv", "csv")
        loads = partial(load_into_store, [table], store, columns_alone=False)
        figures.put(size, f"{INGEST}{OURS}, store on disk", timed(loads))
        columns = median(lambda: columns_of(DiskClaims(store)))
        figures.put(size, f"{EXTRACTION}{OURS}, columns of the store", columns)
        disk = DiskClaims(store)
        write_nquads(disk, lines)
        ours = rows_of(disk)
        for reader in READERS:
            ready: list[Rows] = []
            spent = timed(lambda one=reader, into=ready: into.append(one.ready(lines)))
            figures.put(size, INGEST + reader.name, spent)
            if sorted(ready[0]()) != ours:
                raise AssertionError(f"{reader.name} brings out other holdings")
            figures.put(size, EXTRACTION + reader.name, median(ready[0], 3))


def as_csv(register: Register) -> bytes:
    """Return a register as a holdings table in percent, with a date."""
    columns = (register.holder.tolist(), register.issuer.tolist(), register.weight.tolist())
    rows = (f"p{h},p{i},{w * 100 / WHOLE:.4f},2020-01-01" for h, i, w in zip(*columns, strict=True))
    return "\n".join(("holder,issuer,capital_percent,valid_from", *rows)).encode()


def columns_of(disk: DiskClaims) -> RegisterOnDate:
    """Return a store's holdings in columns, its files checked as they are read."""
    return register_on(disk.index, disk.checked_columns, DAY, ())


def rows_of(disk: DiskClaims) -> list[Row]:
    """Return what our columns say as rows of IRIs and millionths, sorted."""
    found = columns_of(disk)
    network, column = found.columns.network, found.columns.capital_column
    iris = [disk.iri(number) for number in found.numbers.tolist()]
    return sorted(
        (
            iris[network.holder[line]],
            iris[issuer],
            round(int(column.weight[line]) / int(column.total[issuer]) * WHOLE),
        )
        for issuer in range(network.parties)
        for line in range(network.first[issuer], network.first[issuer + 1])
    )


# -- peers ---------------------------------------------------------------------------------------


def rdflib_query(lines: Path) -> Rows:
    """Make an rdflib dataset ready for one query of all holdings."""
    data = rdflib.Dataset()
    data.parse(lines, format="nquads")
    return lambda: [
        (str(holder), str(issuer), _millionths(str(percent)))
        for holder, issuer, percent in data.query(QUERY)
    ]


def rdflib_loops(lines: Path) -> Rows:
    """Make an rdflib dataset ready for three loops over its indexes: the quickest way in it."""
    data = rdflib.Dataset(default_union=True)
    data.parse(lines, format="nquads")
    holder, issuer, percent = (
        rdflib.URIRef(KEI + name) for name in ("holder", "issuer", "capitalPercentMin")
    )

    def extract() -> list[Row]:
        holders, issuers = dict(data.subject_objects(holder)), dict(data.subject_objects(issuer))
        return [
            (str(holders[claim]), str(issuers[claim]), _millionths(str(share)))
            for claim, share in data.subject_objects(percent)
        ]

    return extract


def oxigraph_query(lines: Path) -> Rows:
    """Make an Oxigraph store in memory ready for the same query."""
    store = pyoxigraph.Store()
    store.bulk_load(path=str(lines), format=pyoxigraph.RdfFormat.N_QUADS)
    return lambda: [
        (holder.value, issuer.value, _millionths(percent.value))
        for holder, issuer, percent in store.query(QUERY)  # type: ignore[union-attr, misc]  # SELECT
    ]


def _millionths(percent: str) -> int:
    return round(float(percent) * WHOLE / 100)


READERS = (
    Reader("rdflib, SPARQL", rdflib_query),
    Reader("rdflib, loops over its indexes", rdflib_loops),
    Reader("Oxigraph in memory, SPARQL", oxigraph_query),
)
