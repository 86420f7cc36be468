"""Published and hand-checked cases of ownership, chains, power and networks."""

from fractions import Fraction

import pytest

from keiretsu.kernels.ocean import oceanic
from keiretsu.measures import bow_tie, holdings, network_power, network_value, owners, power
from keiretsu.measures.ownership.conventions import cash_flow, majority_integrated
from keiretsu.mirror import chains, snapshot_of_shares
from keiretsu.model import exact

VALUES = {"own-02": "raw", "own-03": "corrected", "own-04": "centrality"}


def world(case):
    """Return the cap table of a case as a snapshot; shares are read as their decimals."""
    return snapshot_of_shares({(a, b): str(share) for a, b, share in case["edges"]})


def game(case):
    """Return the voters of a case as holders of one company, by their parts of all votes."""
    total = sum(exact(weight) for _, _, weight in case["edges"])
    shares = {(a, b): exact(weight) / total for a, b, weight in case["edges"]}
    quota = exact(case["params"]["quota"]) / total
    return snapshot_of_shares(shares), quota, not case["params"]["strict"]


@pytest.mark.oracle("own-01", "own-08", "own-09", "own-10")
def test_chains_add_up(case):
    """Products along chains add up to the integrated share that the sources print."""
    rows = {o.party: o for o in owners(world(case), case["params"]["target"])}
    found = rows[case["params"]["owner"]].integrated
    assert exact(case["expected"]) == found.low == found.high


@pytest.mark.oracle("own-02", "own-03", "own-04")
def test_network_values(case):
    """The six-node example gives what its author's code gives, an unheld root included."""
    found = {
        row.party: float(getattr(row, VALUES[case["id"]])) for row in network_value(world(case))
    }
    expected = dict(zip(case["params"]["node_order"], case["expected"], strict=True))
    assert expected == pytest.approx(found, abs=case["tolerance"])


@pytest.mark.oracle("own-05", "own-06")
def test_first_visits_are_walks_without_return(case):
    """What passes each party at least once, added up, is the search without returning walks."""
    snapshot = world(case)
    found = dict.fromkeys(case["params"]["node_order"], Fraction(0))
    for company in found:
        for o in owners(snapshot, company, method="row-corrected"):
            if o.party != company:
                found[o.party] += o.integrated.low
    expected = dict(zip(case["params"]["node_order"], case["expected"], strict=True))
    assert expected == pytest.approx({p: float(v) for p, v in found.items()}, abs=1e-6)


@pytest.mark.oracle("own-02")
def test_the_core_of_the_six_nodes(case):
    """Four of the six hold each other: the core, with one in and one out."""
    found = {row.party: row.section for row in bow_tie(world(case))}
    core = dict.fromkeys("2345", "core")
    assert {"1": "in", **core, "6": "out"} == found


@pytest.mark.oracle("own-13")
def test_corrections_differ(case):
    """Raw counts a loop again and again; the corrections do not."""
    names = {"raw": "raw N-I", "row-corrected": "row D(N-I)", "column-corrected": "col (N-I)D"}
    for method, label in names.items():
        rows = {o.party: o for o in owners(world(case), "C", method=method)}
        expected = case["expected"][label]
        assert expected == pytest.approx(float(rows["A"].integrated.low), abs=case["tolerance"])


@pytest.mark.oracle("own-14")
def test_the_closed_form_of_two_firms(case):
    """State, Renault and Nissan have what the formula of two firms gives."""
    method = {"method": "raw"}
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


@pytest.mark.oracle("wl-01")
def test_the_weakest_link(case):
    """11 % of 21 % is control of 11 and cash flow of 2.31, a wedge of 8.69."""
    answer = chains(world(case), "Fam", "B")
    row = {r.convention: r for r in answer}["weakest-link"]
    expected = case["expected"]
    assert exact(expected["control"]) == row.control.low
    assert (exact(expected["wedge"]),) * 2 == row.wedge
    assert 100 * expected["cash_flow"] == pytest.approx(answer.fields["cash_flow_percent"])


@pytest.mark.oracle("wl-02")
def test_the_weakest_links_of_two_chains(case):
    """30 and 20 % are 50 % of control, and 36 % of the cash flow."""
    answer = chains(world(case), "FamilyA", "C")
    row = {r.convention: r for r in answer}["weakest-link"]
    assert exact(case["expected"]["control"]) == row.control.low
    assert 36.0 == answer.fields["cash_flow_percent"]


@pytest.mark.oracle("wl-04")
def test_conventions_differ(case):
    """Of a weak link above a strong one each convention says something else."""
    threshold = exact(case["params"]["chain_threshold"])
    answer = chains(world(case), "F", "B", threshold=threshold)
    found = {r.convention: float(r.control.low) for r in answer}
    expected = case["expected"]
    assert expected["weakest_link"] == found["weakest-link"]
    assert expected["last_link_if_chain_ge_20"] == found["last-link"]
    assert expected["majority_fixpoint_sum"] == found["majority-fixpoint"]
    assert 100 * expected["cash_flow"] == answer.fields["cash_flow_percent"]


@pytest.mark.oracle("power-01", "power-02", "power-06", "power-07")
def test_power_of_voters(case):
    """Textbook games have the printed power under both indices."""
    snapshot, quota, at_least = game(case)
    for index, key in (("shapley-shubik", "shapley"), ("banzhaf", "banzhaf_normalized")):
        answer = power(snapshot, "T", index=index, quota=quota, at_least=at_least)
        found = {row.holder: float(row.power.low) for row in answer}
        ordered = [found[f"h{n}"] for n in range(len(found))]
        assert case["expected"][key] == pytest.approx(ordered, abs=case["tolerance"])


@pytest.mark.oracle("power-03")
def test_the_security_council(case):
    """A permanent member has 421/2145, another 4/2145, exactly."""
    snapshot, quota, at_least = game(case)
    answer = power(snapshot, "T", quota=quota, at_least=at_least)
    found = {row.holder: row.power.low for row in answer}
    assert (Fraction(421, 2145), Fraction(4, 2145)) == (found["P1"], found["E1"])
    assert case["expected"] == pytest.approx([float(found["P1"]), float(found["E1"])])


@pytest.mark.oracle("power-08")
def test_a_block_beside_an_ocean(case):
    """One block has w / (1 - w)."""
    for block, expected in case["expected"].items():
        weight = exact(block)
        (found,) = oceanic([weight], 1 - weight, Fraction(1, 2))
        assert expected == pytest.approx(float(found), abs=case["tolerance"])


@pytest.mark.oracle("npi-01")
def test_the_network_power_index(case):
    """The author's sample network, exactly; his own program comes near by drawing."""
    found = network_power(world(case))
    assert "exact" == found.computed
    names = {name: float(index) for name, (index, _) in found.of.items()}
    assert case["expected"] == pytest.approx(names, abs=case["tolerance"])


@pytest.mark.oracle("indirect-01")
def test_power_at_the_top(case):
    """A minority under a majority owns much and decides nothing."""
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


@pytest.mark.oracle("ctrl-int-01")
def test_majorities_taken_for_everything(case):
    """With majorities promoted, 30 % become 42."""
    snapshot = world(case)
    heads, target = (snapshot.position("P"),), snapshot.position("T")
    found = majority_integrated(snapshot, heads, target)
    assert exact(case["expected"]["control"]) == found.low
    assert exact(case["expected"]["ownership"]) == cash_flow(snapshot, heads, target).low


@pytest.mark.oracle("alphaicon-01")
def test_damped_shares(case):
    """Every holding after the first counts for half: 60 % of 50 % are 15, not 30."""
    params, snapshot = case["params"], world(case)
    damping = exact(params["alpha"])
    answer = owners(snapshot, params["target"], method="damped", damping=damping)
    found = {o.party: o.integrated for o in answer}[params["owner"]]
    assert exact(case["expected"]) == found.low == found.high
    below = holdings(snapshot, params["owner"], method="damped", damping=damping)
    assert found == {h.party: h.integrated for h in below}[params["target"]]


@pytest.mark.oracle("defacto-01")
def test_a_majority_at_a_turnout(case):
    """28.61 % of the votes are a majority of those cast below a turnout of 57.22 %."""
    snapshot = world(case)
    expected = case["expected"]
    (row,) = (r for r in power(snapshot, "Renault") if r.holder == "FrenchState")
    assert expected["breakeven_turnout"] == pytest.approx(float(row.decides_below))
    for turnout, key in ((55, "at_55pct"), (60, "at_60pct")):
        answer = power(snapshot, "Renault", turnout=Fraction(turnout, 100))
        assert expected[key] == (answer[0].power.low == 1)
