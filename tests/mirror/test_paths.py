"""Chains of holdings and loops: worked cases, brute force, and what is cut off."""

import importlib
import itertools
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keiretsu.mirror import Chains, paths, snapshot_of_shares
from keiretsu.model import Interest

CHAIN = {("S", "R"): "15%", ("R", "N"): "43.4%", ("N", "M"): "34%", ("N", "R"): "15%"}


def found(snapshot, start, end, **options):
    """Return the chains by party."""
    return {record.parties for record in paths(snapshot, start, end, **options)}


def brute(shares, start, end, longest=None):
    """Return all chains without repetition, by trying every order of parties."""
    parties = sorted({party for pair in shares for party in pair} - {start, end})
    chains = set()
    for size in range(len(parties) + 1):
        for middle in itertools.permutations(parties, size):
            chain = (start, *middle, end)
            short = longest is None or len(chain) - 1 <= longest
            if short and all(hop in shares for hop in itertools.pairwise(chain)):
                chains.add(chain)
    return chains


def test_product_and_weakest_link():
    """A chain has the product of its shares, its smallest one, and a hop for each step."""
    answer = paths(snapshot_of_shares(CHAIN), "S", "M")
    assert [("S", "R", "N", "M")] == [record.parties for record in answer]
    product = Fraction(15, 100) * Fraction(434, 1000) * Fraction(34, 100)
    assert (product, product) == answer[0].product[:2]
    assert Fraction(15, 100) == answer[0].weakest.low
    hops = [(hop.holder, hop.issuer, hop.as_dict()["capital_percent"]) for hop in answer[0].hops]
    assert [("S", "R", 15.0), ("R", "N", 43.4), ("N", "M", 34.0)] == hops
    assert all(hop.sources for hop in answer[0].hops)
    assert not answer.fields["truncated"]


def test_by_votes_a_silent_holding_breaks_the_chain(register):
    """Followed by votes a chain through suspended shares weighs nothing."""
    book = register().party("R", jurisdiction="FR").party("N", jurisdiction="JP")
    book.holds("R", "N", "43.4")
    book.holds("N", "R", "15")
    book.holds("x", "N", "10")
    world = book.on()
    assert Fraction(15, 1000) == paths(world, "x", "R")[0].product.low
    assert 0 == paths(world, "x", "R", rights="votes")[0].product.high


def test_the_strongest_chain_comes_first():
    """Chains are listed by their product."""
    shares = {("a", "x"): 0.5, ("x", "t"): 0.5, ("a", "y"): 0.75, ("y", "t"): 0.4, ("a", "t"): 0.1}
    products = [record.product.low for record in paths(snapshot_of_shares(shares), "a", "t")]
    assert [Fraction(3, 10), Fraction(1, 4), Fraction(1, 10)] == products


def test_parallel_holdings_are_one_hop(register):
    """Two holdings of one pair are one hop with their sum and both sources."""
    book = register()
    book.holds("a", "t", "30")
    book.holds("a", "t", "21")
    answer = paths(book.on(), "a", "t")
    assert [Fraction(51, 100)] == [record.product.low for record in answer]
    assert 2 == len(answer[0].hops[0].sources)


def test_ranges_multiply_at_their_ends(register):
    """A band gives the chain a range."""
    book = register()
    book.holds("a", "b", "20-40")
    book.holds("b", "c", "50")
    row = paths(book.on(), "a", "c")[0].as_dict()
    shown = [row[f"product_percent{end}"] for end in ("", "_min", "_max")]
    assert [None, 10.0, 20.0] == shown
    assert (20.0, 40.0) == (row["weakest_percent_min"], row["weakest_percent_max"])


def test_a_state_stands_for_its_bodies(register):
    """Chains begin at the State or at a body that acts for it."""
    book = register().party("Agency", acts_for="State").party("State")
    book.holds("Agency", "t", "15")
    assert {("Agency", "t")} == found(book.on(), "State", "t")


def test_no_chain():
    """Where no chain leads the list is empty and nothing is cut off."""
    answer = paths(snapshot_of_shares(CHAIN), "M", "S")
    assert (0, False) == (len(answer), answer.fields["truncated"])


def test_a_stake_of_nothing_leads_nowhere(register):
    """A record of 0 % says that nothing is held, so no chain runs over it; votes alone are held."""
    book = register()
    book.holds("a", "m", "60")
    book.holds("m", "t", "0")
    book.holds("a", "v", "60")
    book.holds("v", "t", votes="10", interest=Interest.VOTING_RIGHTS)
    assert {("a", "v", "t")} == found(book.on(), "a", "t")


def test_a_bound_on_length_is_told():
    """Longer chains than asked for are left out, and the answer says that there are some."""
    world = snapshot_of_shares({("a", "b"): 0.5, ("b", "c"): 0.5, ("a", "c"): 0.1})
    short = paths(world, "a", "c", max_length=1)
    assert [("a", "c")] == [record.parties for record in short]
    assert short.fields["truncated"]
    assert not paths(world, "a", "c", max_length=2).fields["truncated"]


@pytest.mark.parametrize(("most", "cut"), [(4, True), (5, False)])
def test_a_bound_on_number_is_told(most, cut, monkeypatch):
    """More chains than are listed are told by the flag; exactly as many are not."""
    module = importlib.import_module("keiretsu.mirror.paths")  # beside a function of that name
    monkeypatch.setattr(module, "MOST_PATHS", most)
    shares = {("a", f"m{n}"): 0.5 for n in range(5)} | {(f"m{n}", "t"): 0.1 for n in range(5)}
    answer = paths(snapshot_of_shares(shares), "a", "t")
    assert (most, cut) == (len(answer), answer.fields["truncated"])


@settings(max_examples=50)
@given(st.data(), st.sampled_from([None, 1, 2, 3]))
def test_all_simple_chains_are_found(tables_of_shares, data, longest):
    """Every chain without repetition is listed once, up to the length asked for, and no other."""
    table = data.draw(tables_of_shares(parties="abcde"))
    shares = {(h, i): Fraction(u, 100) for i, held in table.items() for h, u in held.items() if h}
    world = snapshot_of_shares(shares)
    held = {pair: share for pair, share in shares.items() if share}
    names = sorted({party for pair in shares for party in pair})
    for start, end in itertools.permutations(names[:3], 2):
        answer = paths(world, start, end, max_length=longest)
        chains = [record.parties for record in answer]
        every = brute(held, start, end)
        assert brute(held, start, end, longest) == set(chains)
        assert len(chains) == len(set(chains))
        assert answer.fields["truncated"] == (len(every) > len(chains))
        for record in answer:
            steps = [held[hop] for hop in itertools.pairwise(record.parties)]
            assert (min(steps), min(steps)) == record.weakest[:2]
            product = Fraction(1)
            for step in steps:
                product *= step
            assert (product, product) == record.product[:2]


def test_loops():
    """Each loop is found once, shortest first, and ends where it began; own shares are none."""
    shares = {("a", "b"): 0.5, ("b", "a"): 0.5, ("b", "c"): 0.5, ("c", "a"): 0.4, ("c", "c"): 0.1}
    world = snapshot_of_shares(shares)
    loops, truncated = Chains(world).loops()
    labels = [tuple(world.parties[p].label for p in loop) for loop in loops]
    assert [("a", "b", "a"), ("a", "b", "c", "a")] == labels
    assert not truncated


def test_loops_through_a_party():
    """The same name twice asks for the loops through it, and the product of a loop is shown."""
    answer = paths(snapshot_of_shares(CHAIN), "N", "N")
    assert [("N", "R", "N")] == [record.parties for record in answer]
    assert Fraction(15, 100) * Fraction(434, 1000) == answer[0].product.low


@given(st.data())
def test_loops_are_those_of_brute_force(tables_of_shares, data):
    """Loops through a party are the chains from what it holds back to it."""
    table = data.draw(tables_of_shares(parties="abcd"))
    shares = {(h, i): Fraction(u, 100) for i, held in table.items() for h, u in held.items() if h}
    world = snapshot_of_shares(shares)
    held = {pair: share for pair, share in shares.items() if share}
    every = set()
    for size in range(2, 5):
        for chain in itertools.permutations("abcd", size):
            closed = (*chain, chain[0])
            if min(chain) == chain[0] and all(hop in held for hop in itertools.pairwise(closed)):
                every.add(closed)
    loops, _ = Chains(world).loops()
    assert every == {tuple(world.parties[p].label for p in loop) for loop in loops}
    assert len(every) == len(loops)


def test_a_tangle_does_not_stop_the_search():
    """Eighteen parties that all hold each other hide no chain: dead ends are not walked."""
    tangle = [f"c{number:02d}" for number in range(18)]
    shares = {pair: Fraction(1, 20) for pair in itertools.permutations(tangle, 2)}
    shares |= {("s", "c00"): Fraction(1, 10), ("c00", "t"): Fraction(1, 10)}
    world = snapshot_of_shares(shares)
    assert {("s", "c00", "t")} == found(world, "s", "t")
    answer = paths(world, "c01", "t", max_length=2)
    assert ([("c01", "c00", "t")], True) == (
        [record.parties for record in answer],
        answer.fields["truncated"],
    )


def test_a_range_of_a_chain_is_what_the_others_leave(register):
    """Beside 60 % a band of 25 to 50 % is 40 % at most, in the link and in the product."""
    book = register()
    book.holds("a", "h", "60")
    book.holds("b", "h", "25-50")
    book.holds("h", "t", "50")
    (found,) = paths(book.on(), "b", "t")
    assert (Fraction(1, 4), Fraction(2, 5)) == found.hops[0].capital[:2] == found.weakest[:2]
    assert (Fraction(1, 8), Fraction(1, 5)) == found.product[:2]


def test_own_shares_in_a_product_are_told(register):
    """Products by capital count own shares, integrated shares do not: the answer says so."""
    book = register()
    book.holds("a", "t", "40")
    book.holds("t", "t", "20")
    told = paths(book.on(), "a", "t").warnings
    assert [("t",)] == [one.parties for one in told if one.code == "own-shares-counted"]
    assert "own-shares-counted" not in {
        one.code for one in paths(book.on(), "a", "t", rights="votes").warnings
    }
