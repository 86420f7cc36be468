"""The peers of the register benchmark answer the same question as we, or there is no comparison."""

import numpy as np
import pytest
import register_peers
from register_data import WHOLE, Register, synthetic

import keiretsu
from keiretsu.measures.register.ownership import climb_of
from keiretsu.snapshot import Snapshot


@pytest.fixture(scope="module")
def register():
    return synthetic(2_000)


def world_of(register):
    return Snapshot.from_arrays(
        register.holder,
        register.issuer,
        capital=register.weight,
        capital_total=WHOLE,
        parties=register.parties,
    )


@pytest.mark.parametrize("peer", register_peers.PEERS, ids=lambda peer: peer.name)
def test_every_peer_finds_the_pairs_of_the_forest(peer, register):
    pytest.importorskip(peer.package, reason=f"{peer.package} comes with `make bench-register`")
    pairs = len(keiretsu.control(world_of(register)))
    assert 1_000 < pairs == peer.ready(register)()


@pytest.mark.parametrize("peer", register_peers.PEERS, ids=lambda peer: peer.name)
def test_every_peer_sums_joint_holdings_along_a_pyramid_with_a_loop(peer):
    """0 has 1 and 2, which have 3 together; 3 has 4, and 4 a little of 1; exactly half of 5."""
    pytest.importorskip(peer.package, reason=f"{peer.package} comes with `make bench-register`")
    joint = [(0, 1, 60), (0, 2, 60), (1, 3, 30), (2, 3, 30)]
    lines = [*joint, (3, 4, 60), (4, 1, 10), (1, 5, 20), (4, 5, 30)]
    columns = np.array(lines, dtype=np.int32).T
    holder, issuer, weight = columns[0], columns[1], columns[2] * np.int32(WHOLE // 100)
    small = Register(holder, issuer, weight, 6, 6)
    # 0 -> 1, 2, 3, 4; 3 -> 4
    assert 5 == len(keiretsu.control(world_of(small))) == peer.ready(small)()


@pytest.mark.parametrize("solver", register_peers.SOLVERS, ids=lambda solver: solver.name)
def test_every_solver_finds_what_climbs_to_owners_of_owners(solver, register):
    """Also in pyramids, in which BiCGSTAB breaks down if it starts from nothing."""
    world = world_of(register)
    solve, climb, high = solver.ready(world), climb_of(world, "capital"), 0
    for company in range(0, register.companies, 60):
        right = np.zeros(register.parties)
        right[company] = 1
        above = climb.above(company)
        wanted = np.zeros(register.parties)
        wanted[above.nodes] = above.arriving * above.again
        assert np.abs(solve(right) - wanted).max() < register_peers.CLOSE
        high += len(above.nodes) > 5
    assert high >= 3
