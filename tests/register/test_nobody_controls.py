"""A register in which nobody controls anybody is answered like any other."""

import pytest
from random_registers import world_of

import keiretsu


@pytest.mark.parametrize("rows", [[], [(0, 1, 10), (2, 1, 4)]])
@pytest.mark.parametrize("ultimate", [False, True])
def test_there_are_no_rows(rows, ultimate):
    answer = keiretsu.control(world_of(3, rows), ultimate=ultimate)
    assert (len(answer), answer.as_rows(), len(answer.to_pandas())) == (0, [], 0)
    assert {name: len(column) for name, column in answer.columns().items()} == dict.fromkeys(
        ("controller", "company", "weight", "whole", "size"), 0
    )
