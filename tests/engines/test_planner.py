"""The plan follows sizes, and says so in one sentence."""

import pytest

from keiretsu.errors import InputError
from keiretsu.measures.engines.planner import (
    ON_DISK,
    PER_HOLDING,
    bytes_of,
    free_disk,
    free_memory,
    plan,
)


@pytest.mark.parametrize(
    ("memory", "disk", "engine"),
    [
        (1000 * PER_HOLDING, 0, "memory"),
        (1000 * PER_HOLDING - 1, 1000 * ON_DISK, "duckdb"),
        (1000 * PER_HOLDING - 1, 1000 * ON_DISK - 1, "spark"),
    ],
)
def test_the_engine_is_the_nearest_that_has_room(memory, disk, engine):
    found = plan(1000, memory=memory, disk=disk)
    assert found.engine == engine
    assert "1,000 holdings need" in found.why
    assert found.why.endswith(".")
    assert "\n" not in found.why


def test_without_sizes_the_machine_is_asked():
    assert min(free_memory(), free_disk()) > 0
    assert plan(1).engine == "memory"


@pytest.mark.parametrize("text", ["", "4", "4 apples", "-1GB", "nanGB", "infGB", "1e3GB", "GB"])
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(InputError, match="not an amount of memory"):
        bytes_of(text)


def test_a_negative_size_is_refused():
    with pytest.raises(InputError, match="negative"):
        plan(-1)
