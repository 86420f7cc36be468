"""What a person would use instead, on the same register."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import scipy.sparse as sp
from register_data import WHOLE, Register

if TYPE_CHECKING:
    from collections.abc import Callable

    from keiretsu.snapshot import ColumnarSnapshot


def networkx_worklist(register: Register) -> tuple[nx.DiGraph[int], Callable[[], int]]:
    """Return a graph, and control of everybody by a worklist over it, as a script would do it."""
    graph: nx.DiGraph[int] = nx.DiGraph()
    columns = (register.holder.tolist(), register.issuer.tolist(), register.weight.tolist())
    graph.add_weighted_edges_from(zip(*columns, strict=True))
    half = WHOLE // 2

    def solve() -> int:
        pairs = 0
        for head in graph:
            inside, pending, sums = {head}, [head], {}
            while pending:
                for issuer, data in graph[pending.pop()].items():
                    if issuer not in inside:
                        sums[issuer] = sums.get(issuer, 0) + data["weight"]
                        if sums[issuer] > half:
                            inside.add(issuer)
                            pending.append(issuer)
            pairs += len(inside) - 1
        return pairs

    return graph, solve


def duckdb_loop(register: Register) -> Callable[[], int]:
    """Return control of everybody by rounds of SQL over what the last round found."""
    import duckdb  # noqa: PLC0415 - a peer, only if it is there
    import pyarrow as pa  # noqa: PLC0415

    half = WHOLE // 2
    base = duckdb.connect()
    table = pa.table({"h": register.holder, "i": register.issuer, "w": register.weight})
    base.register("given", table)
    base.execute("create table e as select * from given")

    def solve() -> int:
        run = base.execute
        run("create or replace table acc as select h x, i y, w::bigint s from e")
        run(f"create or replace table delta as select x, y from acc where s > {half}")  # noqa: S608
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
                f"where old <= {half} and s > {half}"
            )
            run(
                "create or replace table acc as select * from acc anti join u using (x, y) "
                "union all select x, y, s from u"
            )
        return int(run(f"select count(*) from acc where s > {half} and x <> y").fetchone()[0])  # noqa: S608

    return solve


def solver_matrix(world: ColumnarSnapshot) -> sp.csr_matrix:
    """Return I - A, for which a solve gives the visits above a target."""
    network, column = world.network, world.capital_column
    share = column.shares(network)
    size = network.parties
    issuer = np.repeat(np.arange(size), np.diff(network.first))
    held = sp.csr_matrix((share, (network.holder, issuer)), shape=(size, size))
    return sp.identity(size, format="csr") - held
