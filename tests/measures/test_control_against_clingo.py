"""Control held against an independent engine: the least model that clingo finds."""

import math
import random
from fractions import Fraction

import clingo
import pytest

from keiretsu.measures import control
from keiretsu.mirror import snapshot_of_shares

GRAPHS = 60
PROGRAM = """
member(G,X,X) :- party(G,X).
member(G,X,Z) :- controls(G,X,Z).
controls(G,X,Y) :- party(G,X), need(G,Y,N), X != Y,
                   N <= #sum { S,Z : member(G,X,Z), holds(G,Z,Y,S), Z != Y }.
#show controls/3.
"""
SENSES = [
    (Fraction(1, 2), False),
    (Fraction(1, 2), True),
    (Fraction(2, 5), False),
    (Fraction(1, 3), False),
    (Fraction(1, 4), True),
    (Fraction(667, 1000), True),
]


def random_table(rng):
    """Return units by issuer and holder, with a remainder; loops, own shares and exact ties."""
    parties = [chr(ord("a") + n) for n in range(rng.randint(3, 7))]
    table = {}
    for issuer in parties:
        unit = rng.choice([2, 4, 10, 12, 100, 10**4, 10**6, 2**20])
        left, units = unit, {}
        for holder in rng.sample(parties, rng.randint(0, min(4, len(parties)))):
            share = rng.choice([0, unit // 2, unit // 4, unit // 3, rng.randint(0, unit), left])
            units[holder] = min(share, left)
            left -= units[holder]
        if units:
            table[issuer] = (unit, units)
    return table


def facts(number, table, threshold, *, at_least):
    """Return a table as facts; own shares are neither held nor in the whole."""
    parties = sorted({*table, *(h for _, units in table.values() for h in units)})
    lines = [f"party({number},{party})." for party in parties]
    for issuer, (unit, units) in table.items():
        need = (unit - units.get(issuer, 0)) * threshold
        votes = math.ceil(need) if at_least else math.floor(need) + 1
        if unit > units.get(issuer, 0):
            lines.append(f"need({number},{issuer},{votes}).")
        lines += [f"holds({number},{h},{issuer},{u})." for h, u in units.items() if h != issuer]
    return lines


def least_models(tables, threshold, *, at_least):
    """Return the pairs that clingo derives, by number of the table."""
    engine = clingo.Control(["--warn=none"])
    lines = [
        line
        for number, table in enumerate(tables)
        for line in facts(number, table, threshold, at_least=at_least)
    ]
    engine.add("base", [], PROGRAM + "\n".join(lines))
    engine.ground([("base", [])])
    found = [set() for _ in tables]
    with engine.solve(yield_=True) as models:
        shown = [model.symbols(shown=True) for model in models]
    assert len(shown) == 1, "the program has one stable model"
    for symbol in shown[0]:
        number, controller, company = symbol.arguments
        found[number.number].add((controller.name, company.name))
    return found


@pytest.mark.parametrize(("threshold", "at_least"), SENSES)
def test_control_is_the_least_model(threshold, at_least):
    """On random cap tables every certain pair is in the least model, and nothing else."""
    rng = random.Random(f"{threshold} {at_least}")  # noqa: S311 - tables, not secrets
    tables = [random_table(rng) for _ in range(GRAPHS)]
    expected = least_models(tables, threshold, at_least=at_least)
    assert sum(map(len, expected)) > GRAPHS, "the tables are too thin to tell anything"
    for table, pairs in zip(tables, expected, strict=True):
        shares = {
            (holder, issuer): Fraction(units, unit)
            for issuer, (unit, held) in table.items()
            for holder, units in held.items()
        }
        found = control(snapshot_of_shares(shares), threshold=threshold, at_least=at_least)
        assert pairs == {(r.controller, r.company) for r in found}, table
        assert {"certain"} >= {r.verdict.value for r in found}


def test_equal_holdings_of_two_count_twice():
    """The sum is over holders, not over a set of numbers: two of 30 % are 60."""
    shares = {("x", "a"): "60%", ("x", "b"): "60%", ("a", "t"): "30%", ("b", "t"): "30%"}
    table = {"a": (10, {"x": 6}), "b": (10, {"x": 6}), "t": (10, {"a": 3, "b": 3})}
    pairs = least_models([table], Fraction(1, 2), at_least=False)[0]
    assert ("x", "t") in pairs
    assert pairs == {(r.controller, r.company) for r in control(snapshot_of_shares(shares))}
