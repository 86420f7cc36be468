"""Published and hand-checked cases of ownership, chains, power and networks."""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from keiretsu.kernels.ocean import oceanic
from keiretsu.measures import bow_tie, network_power, network_value, owners, power
from keiretsu.measures.conventions import cash_flow, majority_integrated
from keiretsu.mirror import chains, snapshot_of_shares
from keiretsu.model import exact

CASES = {
    case["id"]: case
    for case in json.loads((Path(__file__).parent / "cases_measures.json").read_text("utf-8"))
}
CHAINS_OF_SHARES = ["own-01", "own-08", "own-09", "own-10"]
VALUES = {"own-02": "raw", "own-03": "corrected", "own-04": "centrality"}
GAMES = ["power-01", "power-02", "power-06", "power-07"]
"""Votes of named holders only, under both indices."""


def world(case):
    """Return the cap table of a case as a snapshot; shares are read as their decimals."""
    return snapshot_of_shares({(a, b): str(share) for a, b, share in case["edges"]})


def game(case):
    """Return the voters of a case as holders of one company, by their parts of all votes."""
    total = sum(exact(weight) for _, _, weight in case["edges"])
    shares = {(a, b): exact(weight) / total for a, b, weight in case["edges"]}
    quota = exact(case["params"]["quota"]) / total
    return snapshot_of_shares(shares), quota, not case["params"]["strict"]


def test_all_cases_are_used():
    """The file holds exactly the cases that this suite runs."""
    used = {
        *CHAINS_OF_SHARES,
        *VALUES,
        *GAMES,
        *("own-05", "own-06", "own-13", "own-14", "wl-01", "wl-02", "wl-04"),
        *("power-03", "power-08", "npi-01", "indirect-01", "ctrl-int-01", "alphaicon-01"),
        "defacto-01",
    }
    assert 25 == len(CASES)
    assert used == set(CASES)
    assert all(case["source"] for case in CASES.values())


@pytest.mark.parametrize("name", CHAINS_OF_SHARES)
def test_chains_add_up(name):
    """Products along chains add up to the integrated share that the sources print."""
    case = CASES[name]
    rows = {o.party: o for o in owners(world(case), case["params"]["target"])}
    found = rows[case["params"]["owner"]].integrated
    assert exact(case["expected"]) == found.low == found.high


@pytest.mark.parametrize(("name", "column"), VALUES.items())
def test_network_values(name, column):
    """The six-node example gives what its author's code gives, an unheld root included."""
    case = CASES[name]
    found = {row.party: float(getattr(row, column)) for row in network_value(world(case))}
    expected = dict(zip(case["params"]["node_order"], case["expected"], strict=True))
    assert expected == pytest.approx(found, abs=case["tolerance"])


@pytest.mark.parametrize("name", ["own-05", "own-06"])
def test_first_visits_are_walks_without_return(name):
    """What passes each party at least once, added up, is the search without returning walks."""
    case = CASES[name]
    snapshot = world(case)
    found = dict.fromkeys(case["params"]["node_order"], Fraction(0))
    for company in found:
        for o in owners(snapshot, company, method="row-corrected"):
            if o.party != company:
                found[o.party] += o.integrated.low
    expected = dict(zip(case["params"]["node_order"], case["expected"], strict=True))
    assert expected == pytest.approx({p: float(v) for p, v in found.items()}, abs=1e-6)


def test_the_core_of_the_six_nodes():
    """Four of the six hold each other: the core, with one in and one out."""
    found = {row.party: row.section for row in bow_tie(world(CASES["own-02"]))}
    core = dict.fromkeys("2345", "core")
    assert {"1": "in", **core, "6": "out"} == found


def test_corrections_differ():
    """Raw counts a loop again and again; the corrections do not."""
    case = CASES["own-13"]
    names = {"raw": "raw N-I", "row-corrected": "row D(N-I)", "column-corrected": "col (N-I)D"}
    for method, label in names.items():
        rows = {o.party: o for o in owners(world(case), "C", method=method)}
        expected = case["expected"][label]
        assert expected == pytest.approx(float(rows["A"].integrated.low), abs=case["tolerance"])


def test_the_closed_form_of_two_firms():
    """State, Renault and Nissan have what the formula of two firms gives."""
    case, method = CASES["own-14"], {"method": "raw"}
    expected, snapshot = case["expected"], world(case)
    for pair, value in expected.items():
        holder, _, rest = pair.partition("->")
        company, _, convention = rest.partition(" ")
        options = {"method": convention} if convention else method
        holder = {"State": "FrenchState"}.get(holder, holder)
        answer = owners(snapshot, company, **options)
        if holder == company:
            assert value * 100 == pytest.approx(answer.fields["itself_percent"], abs=1e-5)
            continue
        found = {o.party: o.integrated for o in answer}[holder]
        assert value == pytest.approx(float(found.low), abs=case["tolerance"])


def test_the_weakest_link():
    """11 % of 21 % is control of 11 and cash flow of 2.31, a wedge of 8.69."""
    case = CASES["wl-01"]
    answer = chains(world(case), "Fam", "B")
    row = {r.convention: r for r in answer}["weakest-link"]
    expected = case["expected"]
    assert exact(expected["control"]) == row.control.low
    assert (exact(expected["wedge"]),) * 2 == row.wedge
    assert 100 * expected["cash_flow"] == pytest.approx(answer.fields["cash_flow_percent"])


def test_the_weakest_links_of_two_chains():
    """30 and 20 % are 50 % of control, and 36 % of the cash flow."""
    case = CASES["wl-02"]
    answer = chains(world(case), "FamilyA", "C")
    row = {r.convention: r for r in answer}["weakest-link"]
    assert exact(case["expected"]["control"]) == row.control.low
    assert 36.0 == answer.fields["cash_flow_percent"]


def test_conventions_differ():
    """Of a weak link above a strong one each convention says something else."""
    case = CASES["wl-04"]
    threshold = exact(case["params"]["chain_threshold"])
    answer = chains(world(case), "F", "B", threshold=threshold)
    found = {r.convention: float(r.control.low) for r in answer}
    expected = case["expected"]
    assert expected["weakest_link"] == found["weakest-link"]
    assert expected["last_link_if_chain_ge_20"] == found["last-link"]
    assert expected["majority_fixpoint_sum"] == found["majority-fixpoint"]
    assert 100 * expected["cash_flow"] == answer.fields["cash_flow_percent"]


@pytest.mark.parametrize("name", GAMES)
def test_power_of_voters(name):
    """Textbook games have the printed power under both indices."""
    case = CASES[name]
    snapshot, quota, at_least = game(case)
    for index, key in (("shapley-shubik", "shapley"), ("banzhaf", "banzhaf_normalized")):
        answer = power(snapshot, "T", index=index, quota=quota, at_least=at_least)
        found = {row.holder: float(row.power.low) for row in answer}
        ordered = [found[f"h{n}"] for n in range(len(found))]
        assert case["expected"][key] == pytest.approx(ordered, abs=case["tolerance"])


def test_the_security_council():
    """A permanent member has 421/2145, another 4/2145, exactly."""
    snapshot, quota, at_least = game(CASES["power-03"])
    answer = power(snapshot, "T", quota=quota, at_least=at_least)
    found = {row.holder: row.power.low for row in answer}
    assert (Fraction(421, 2145), Fraction(4, 2145)) == (found["P1"], found["E1"])
    assert CASES["power-03"]["expected"] == pytest.approx([float(found["P1"]), float(found["E1"])])


def test_a_block_beside_an_ocean():
    """One block has w / (1 - w)."""
    case = CASES["power-08"]
    for block, expected in case["expected"].items():
        weight = exact(block)
        (found,) = oceanic([weight], 1 - weight, Fraction(1, 2))
        assert expected == pytest.approx(float(found), abs=case["tolerance"])


def test_the_network_power_index():
    """The author's sample network, exactly; his own program comes near by drawing."""
    case = CASES["npi-01"]
    found = network_power(world(case))
    assert "exact" == found.computed
    names = {name: float(index) for name, (index, _) in found.of.items()}
    assert case["expected"] == pytest.approx(names, abs=case["tolerance"])


def test_power_at_the_top():
    """A minority under a majority owns much and decides nothing."""
    case = CASES["indirect-01"]
    for index, key in (("shapley-shubik", "shapley"), ("banzhaf", "banzhaf")):
        answer = power(world(case), "T", index=index, indirect=True)
        found = {row.holder: float(row.power.low) for row in answer}
        expected = case["expected"][key]
        whole = sum(expected.values())  # the source's Banzhaf is absolute, ours normalised
        assert {name: value / whole for name, value in expected.items()} == pytest.approx(found)
    rows = {o.party: o.integrated for o in owners(world(case), "T")}
    assert case["expected"]["integrated_ownership"] == pytest.approx(
        {name: float(rows[name].low) for name in case["expected"]["integrated_ownership"]}
    )


def test_majorities_taken_for_everything():
    """With majorities promoted, 30 % become 42."""
    case = CASES["ctrl-int-01"]
    snapshot = world(case)
    heads, target = (snapshot.position("P"),), snapshot.position("T")
    found = majority_integrated(snapshot, heads, target)
    assert exact(case["expected"]["control"]) == found.low
    assert exact(case["expected"]["ownership"]) == cash_flow(snapshot, heads, target).low


def test_damped_shares():
    """The damped form is a product with its factor once for each holding but the first.

    It is no method here: damping has no meaning in law. What it damps is ours.
    """
    case = CASES["alphaicon-01"]
    snapshot, params = world(case), case["params"]
    rows = {o.party: o for o in owners(snapshot, params["target"])}
    undamped = rows[params["owner"]].integrated.low
    assert case["expected"] == pytest.approx(float(undamped) * params["alpha"])


def test_a_majority_at_a_turnout():
    """28.61 % of the votes are a majority of those cast below a turnout of 57.22 %."""
    case = CASES["defacto-01"]
    snapshot = world(case)
    expected = case["expected"]
    (row,) = (r for r in power(snapshot, "Renault") if r.holder == "FrenchState")
    assert expected["breakeven_turnout"] == pytest.approx(float(row.decides_below))
    for turnout, key in ((55, "at_55pct"), (60, "at_60pct")):
        answer = power(snapshot, "Renault", turnout=Fraction(turnout, 100))
        assert expected[key] == (answer[0].power.low == 1)
