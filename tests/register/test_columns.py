"""Snapshots from arrays: exact numbers, few bytes, the same world as objects, clear refusals."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from random_registers import WHOLE, rows, world_of

import keiretsu
from keiretsu.errors import InputError, NameNotFoundError, OverAllocatedError
from keiretsu.model import Remainder, exact
from keiretsu.rights import rights_of
from keiretsu.snapshot import Snapshot
from keiretsu.snapshot.scaling import decimals

DECIMALS = st.integers(0, 17).flatmap(
    lambda places: st.integers(0, 10**places).map(lambda whole: float(Fraction(whole, 10**places)))
)


@given(st.lists(DECIMALS | st.floats(1e-90, 1), max_size=30))
def test_floats_are_read_as_their_shortest_decimals(values):
    digits, places = decimals(np.array(values, dtype=np.float64))
    read = [Fraction(int(d), 10 ** int(p)) for d, p in zip(digits, places, strict=True)]
    assert read == [exact(value) for value in values]


def test_columns_hold_what_the_ledgers_of_the_same_claims_hold():
    compared = 0
    for seed in range(150):
        parties, found = rows(seed)
        world = world_of(parties, found)
        ledger = rights_of(world.in_memory).ledger("votes")
        place = {party.id: n for n, party in enumerate(world.parties)}
        number = {n: int(party.id) for n, party in enumerate(world.parties)}
        for issuer in range(parties):
            begin, end = world.network.first[issuer], world.network.first[issuer + 1]
            whole = int(world.votes_column.whole[issuer])
            mine = {
                int(world.network.holder[line]): Fraction(
                    int(world.votes_column.weight[line]), whole
                )
                for line in range(begin, end)
                if whole
            }
            theirs = {
                number[ledger.holder_of(line)]: ledger.single(line).low
                for line in ledger.lines_of(place[str(issuer)])
                if ledger.holder_of(line) != place[str(issuer)] and ledger.whole(place[str(issuer)])
            }
            assert mine == theirs
            compared += len(mine)
    assert compared > 500


def test_a_holding_costs_at_most_32_bytes_with_both_directions_and_one_right():
    chance = np.random.default_rng(1)
    issuer = np.repeat(np.arange(6000), 2)
    holder = chance.integers(0, 10_000, len(issuer))
    weight = np.full(len(issuer), 400_000)
    world = Snapshot.from_arrays(
        holder, issuer, capital=weight, capital_total=1_000_000, votes=weight, votes_total=10**6
    )
    assert world.votes_column.weight.dtype == np.int32
    assert world.nbytes <= 32 * len(world.network.holder)


@pytest.mark.parametrize(
    "shares",
    [
        [0.15, 0.35, 0.5],
        [Fraction(3, 20), Fraction(7, 20), Fraction(1, 2)],
        [Decimal("0.15"), Decimal("0.35"), Decimal("0.5")],
        ["15%", "35%", "50%"],
    ],
)
def test_a_half_in_parts_is_a_half_however_it_is_written(shares):
    world = Snapshot.from_arrays([0, 1, 2], [3, 3, 3], capital=shares)
    column = world.capital_column
    assert 2 * int(column.weight[:2].sum()) == int(column.whole[3])


def test_votes_stand_beside_capital_and_own_shares_count_for_nobody():
    world = Snapshot.from_arrays(
        [0, 1, 2], [2, 2, 2], capital=[0.4, 0.4, 0.2], votes=[0.6, 0.4, 0.0], complete=True
    )
    assert world.capital_column.whole.tolist() == [0, 0, 8]
    assert world.votes_column.weight.tolist() == [6, 4]
    assert world.parties[2].remainder is Remainder.NONE
    assert [str(one.capital) for one in world.holdings] == ["40 %", "40 %", "20 %"]


def test_weights_beyond_64_bits_stay_exact():
    huge = 2**70
    world = Snapshot.from_arrays(
        [0, 1], [2, 2], capital=np.array([huge + 1, huge], dtype=object), capital_total=2 * huge + 1
    )
    assert not world.capital_column.is_narrow
    assert int(world.capital_column.whole[2]) == 2 * huge + 1


def test_sums_beyond_64_bits_are_noticed():
    weights = np.full(4, 2**61)
    with pytest.raises(InputError, match="64 bits"):
        Snapshot.from_arrays(np.arange(4), np.full(4, 4), capital=weights, capital_total=2**61)


def test_rounding_is_scaled_and_more_is_refused():
    world = Snapshot.from_arrays([0, 1], [2, 2], capital=[0.502, 0.502])
    assert world.capital_column.whole.tolist()[2] == 1004
    with pytest.raises(OverAllocatedError, match=r"100\.6 %"):
        Snapshot.from_arrays([0, 1], [2, 2], capital=[0.503, 0.503])


def test_numbers_with_gaps_are_kept_as_names():
    world = Snapshot.from_arrays([10**12, 7], [7, 10**15], capital=[0.6, 0.6])
    assert world.position(10**15) == 2
    assert world.number_of(1) == 10**12
    with pytest.raises(NameNotFoundError):
        world.position(8)


@pytest.mark.parametrize(
    ("holder", "issuer", "options", "message"),
    [
        ([0], [1], {}, "neither capital nor votes"),
        ([0.5], [1], {"capital": [0.5]}, "not whole numbers"),
        ([-1], [1], {"capital": [0.5]}, r"holder\[0\]: -1"),
        ([0, 1], [1], {"capital": [0.5]}, "2 holders and 1 issuers"),
        ([0], [1], {"capital": [0.5, 0.5]}, "one number for each holding"),
        ([0], [1], {"capital": [1]}, "give capital_total too"),
        ([0], [1], {"capital": [1.5]}, r"capital\[0\]: 1.5"),
        ([0], [1], {"capital": [float("nan")]}, r"capital\[0\]: nan"),
        ([0], [1], {"votes": ["x"]}, r"votes\[0\]: 'x'"),
        ([0], [1], {"capital": [Fraction(-1, 2)]}, r"capital\[0\]"),
        ([0], [1], {"capital": [5], "capital_total": 4}, r"capital\[0\]: 5"),
        ([0], [1], {"capital": [0.5], "capital_total": 4}, "whole numbers"),
        ([0], [1], {"capital": [5], "capital_total": [9, 9, 9]}, "one for each party"),
        ([0], [5], {"capital": [0.5], "parties": 3}, "larger `parties`"),
        ([0], [1], {"capital": [0], "capital_total": 0, "remainder": "gone"}, "gone"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(holder, issuer, options, message):
    with pytest.raises(ValueError, match=message):
        Snapshot.from_arrays(holder, issuer, **options)


def test_an_empty_register_is_a_register():
    world = Snapshot.from_arrays(np.array([], dtype=int), np.array([], dtype=int), capital=[])
    assert world.network.parties == 0
    assert world.parties == ()


def test_any_other_measure_reads_the_same_world_as_objects():
    world = world_of(4, [(0, 1, WHOLE), (1, 2, 12), (3, 2, 8)])
    assert len(keiretsu.concentration(world)) == len(keiretsu.concentration(world.in_memory)) > 0
