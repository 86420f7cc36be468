"""Power by quadrature: what exact counting says, to twelve digits."""

import itertools
import random

import pytest

from keiretsu.kernels.pivots import pivot_chances
from keiretsu.kernels.voting import shapley_shubik, swings


@pytest.mark.parametrize("voters", [1, 2, 3, 7, 19, 40])
@pytest.mark.parametrize("total", [120, 997])
def test_it_is_what_counting_finds(voters, total):
    chance = random.Random(voters)  # noqa: S311 - a stated seed
    cuts = [0, *sorted(chance.choices(range(total + 1), k=voters - 1)), total]
    weights = [after - before for before, after in itertools.pairwise(cuts)]
    for need in (total // 2 + 1, total * 2 // 3, total):
        counted = [float(power) for power in shapley_shubik(swings(weights, need))]
        assert pivot_chances(weights, need) == pytest.approx(counted, abs=1e-12)


def test_a_dictator_has_all_power_and_a_veto_more_than_half():
    assert pivot_chances([51, 48, 1], 51) == [1.0, 0.0, 0.0]
    power = pivot_chances([50, 49, 1], 51)
    assert power == pytest.approx([2 / 3, 1 / 6, 1 / 6], abs=1e-14)


def test_a_thousand_voters_share_one_whole_and_like_voters_are_alike():
    weights = [1 + n % 7 for n in range(1000)]
    power = pivot_chances(weights, sum(weights) // 2 + 1)
    assert sum(power) == pytest.approx(1, abs=1e-11)
    assert {round(one, 14) for one in power[::7]} == {round(power[0], 14)}
    assert sorted(power, key=float) == [one for _, one in sorted(zip(weights, power, strict=True))]
