"""What a person would use instead, on the same register: the same columns in, the same answer out.

Each peer is first made ready with the columns (its ingest), then asked. For control of everybody
the rule is that of the forest: whoever, together with all that they control, holds more than half
of a company controls it. None has votes under any law, ranges or reasons.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import networkx as nx
import numpy as np
import scipy.sparse as sp
import scipy.sparse.linalg as sl
from register_data import WHOLE, Register

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from keiretsu.snapshot import ColumnarSnapshot

    Solve = Callable[[], int]
    Owners = Callable[[NDArray[np.float64]], NDArray[np.float64]]

HALF = WHOLE // 2
CLINGO = f"""
in(X,X) :- holds(X,_,_).
in(X,Y) :- controls(X,Y).
within(X,Y) :- in(X,Z), holds(Z,Y,_), X != Y.
controls(X,Y) :- within(X,Y), {HALF} < #sum {{ W,Z : in(X,Z), holds(Z,Y,W) }}.
#show controls/2.
"""


class Peer(NamedTuple):
    """A peer of control of everybody, and how far it is run."""

    name: str
    package: str
    ready: Callable[[Register], Solve]
    """Takes the columns in; what it returns counts the pairs of control."""
    limit: int
    """It is not run beyond so many parties."""
    beyond: str
    """What it would take there."""
    once: bool = False
    """Whether it can be asked only once."""


class Solver(NamedTuple):
    """A peer of the owners of one company, and how far it is run."""

    name: str
    ready: Callable[[ColumnarSnapshot], Owners]
    """Takes the columns in; what it returns solves for one company."""
    limit: int
    beyond: str


def networkx_worklist(register: Register) -> Solve:
    """Make a graph ready for a worklist over it from every holder, as a script would do it."""
    graph: nx.DiGraph[int] = nx.DiGraph()
    columns = (register.holder.tolist(), register.issuer.tolist(), register.weight.tolist())
    graph.add_weighted_edges_from(zip(*columns, strict=True))

    def solve() -> int:
        return sum(_controlled(graph, head) for head in graph if graph.out_degree(head))

    return solve


def _controlled(graph: nx.DiGraph[int], head: int) -> int:
    inside, pending = {head}, [head]
    sums: dict[int, int] = {}
    while pending:
        for issuer, data in graph.adj[pending.pop()].items():
            if issuer not in inside:
                sums[issuer] = sums.get(issuer, 0) + data["weight"]
                if sums[issuer] > HALF:
                    inside.add(issuer)
                    pending.append(issuer)
    return len(inside) - 1


def duckdb_rounds(register: Register) -> Solve:
    """Make a table ready for rounds of SQL over what the last round found."""
    import duckdb  # noqa: PLC0415 - a peer, only if it is there
    import pyarrow as pa  # noqa: PLC0415 - as above

    base = duckdb.connect()
    table = pa.table({"h": register.holder, "i": register.issuer, "w": register.weight})
    base.register("given", table)
    base.execute("create table e as select * from given")

    def solve() -> int:
        run = base.execute
        run("create or replace table acc as select h x, i y, w::bigint s from e")
        run(f"create or replace table delta as select x, y from acc where s > {HALF}")  # noqa: S608 - ours
        while run("select count(*) from delta").fetchone()[0]:
            run(
                "create or replace table t as select d.x x, e.i y, sum(e.w)::bigint s "
                "from delta d join e on e.h = d.y where e.i <> d.x group by 1, 2"
            )
            run(
                "create or replace table u as select t.x, t.y, coalesce(acc.s, 0) old, "
                "coalesce(acc.s, 0) + t.s s from t left join acc using (x, y)"
            )
            run(
                "create or replace table delta as select x, y from u "  # noqa: S608 - our number
                f"where old <= {HALF} and s > {HALF}"
            )
            run(
                "create or replace table acc as select * from acc anti join u using (x, y) "
                "union all select x, y, s from u"
            )
        return int(run(f"select count(*) from acc where s > {HALF} and x <> y").fetchone()[0])  # noqa: S608

    return solve


def polars_rounds(register: Register) -> Solve:
    """Make a frame ready for the same rounds, by its lazy engine."""
    import polars as pl  # noqa: PLC0415 - a peer, only if it is there

    held = pl.DataFrame({"h": register.holder, "i": register.issuer, "w": register.weight})
    held = held.with_columns(pl.col("w").cast(pl.Int64))

    def solve() -> int:
        sums = held.select(x="h", y="i", s="w")
        found = sums.filter(pl.col("s") > HALF).select("x", "y")
        while found.height:
            gained = (
                found.lazy()
                .join(held.lazy(), left_on="y", right_on="h")
                .filter(pl.col("i") != pl.col("x"))
                .group_by("x", pl.col("i").alias("y"))
                .agg(pl.col("w").sum())
                .join(sums.lazy(), on=["x", "y"], how="left")
                .select("x", "y", old=pl.col("s").fill_null(0), w="w")
                .select("x", "y", "old", s=pl.col("old") + pl.col("w"))
                .collect()
            )
            found = gained.filter((pl.col("old") <= HALF) & (pl.col("s") > HALF)).select("x", "y")
            kept = sums.join(gained, on=["x", "y"], how="anti")
            sums = pl.concat([kept, gained.select("x", "y", "s")])
        return sums.filter((pl.col("s") > HALF) & (pl.col("x") != pl.col("y"))).height

    return solve


def clingo_rules(register: Register) -> Solve:
    """Make facts ready for rules with a recursive sum: the definition itself, word by word."""
    import clingo  # noqa: PLC0415 - a peer, only if it is there

    columns = (register.holder.tolist(), register.issuer.tolist(), register.weight.tolist())
    facts = "\n".join(f"holds({h},{i},{w})." for h, i, w in zip(*columns, strict=True))
    engine = clingo.Control(["--warn=none"])
    engine.add("facts", [], facts)
    engine.ground([("facts", [])])

    def solve() -> int:
        engine.add("rules", [], CLINGO)
        engine.ground([("rules", [])])
        with engine.solve(yield_=True) as models:
            (pairs,) = (len(model.symbols(shown=True)) for model in models)
        return pairs

    return solve


PEERS = (
    Peer("DuckDB rounds", "duckdb", duckdb_rounds, 10_000_000, "nothing was tried"),
    Peer("polars rounds", "polars", polars_rounds, 1_000_000, "a run takes half a minute"),
    Peer("networkx worklist", "networkx", networkx_worklist, 1_000_000, "its graph takes 9 GB"),
    Peer("clingo rules", "clingo", clingo_rules, 100_000, "grounding takes 4 GB", once=True),
)
SOLVED = 5
"""Companies whose owners each solver is asked for."""
CLOSE = 1e-6
"""How far their answers may be from ours; iterations end at 1e-10 of the right side."""


def solver_matrix(world: ColumnarSnapshot) -> sp.csr_matrix:
    """Return I - A, for which a solve gives the visits above a target."""
    network, column = world.network, world.capital_column
    share = column.shares(network)
    size = network.parties
    issuer = np.repeat(np.arange(size), np.diff(network.first))
    held = sp.csr_matrix((share, (network.holder, issuer)), shape=(size, size))
    return sp.identity(size, format="csr") - held


def gmres(world: ColumnarSnapshot) -> Owners:
    """Make the matrix ready for GMRES, restarted as scipy does by itself."""
    matrix = solver_matrix(world)
    return lambda right: sl.gmres(matrix, right, rtol=1e-10, atol=0)[0]


def bicgstab(world: ColumnarSnapshot) -> Owners:
    """Make the matrix ready for BiCGSTAB from a start with something everywhere.

    From nothing, as scipy starts it, it breaks down as soon as a company has owners of owners: the
    residual of one company is orthogonal to what lies two steps up.
    """
    matrix = solver_matrix(world)
    start = np.full(world.network.parties, 1 / world.network.parties)
    return lambda right: sl.bicgstab(matrix, right, x0=start, rtol=1e-10, atol=0)[0]


def splu(world: ColumnarSnapshot) -> Owners:
    """Make sparse factors of the matrix, once; then each company is one solve."""
    return sl.splu(solver_matrix(world).tocsc()).solve  # type: ignore[no-any-return]


SOLVERS = (
    Solver("scipy GMRES", gmres, 10_000_000, "nothing was tried"),
    Solver("scipy splu", splu, 100_000, "factors take most of a minute"),
    Solver("scipy BiCGSTAB", bicgstab, 100_000, "a company may take minutes"),
)
RDF_LIMIT = 10_000
"""Parties of the largest register of which RDF is made."""
LIMITS = {peer.name: (peer.limit, peer.beyond) for peer in (*PEERS, *SOLVERS)}
LIMITS["holdings out of RDF"] = (RDF_LIMIT, "rdflib takes minutes to read them")
"""How far each peer is run, in parties, and what it would take ten times as far."""
