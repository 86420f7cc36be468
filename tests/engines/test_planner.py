"""The plan follows sizes, and says so in one sentence."""

import pytest

from keiretsu.errors import InputError
from keiretsu.measures.engines.machine import free_disk, free_memory
from keiretsu.measures.engines.planner import (
    DUCKDB_LEAST,
    DUCKDB_OWN,
    ON_DISK,
    OWN,
    PER_HOLDING,
    bytes_of,
    plan,
)

COUNT = 10_000_000
IN_MEMORY = OWN + COUNT * PER_HOLDING
LEAST = DUCKDB_OWN + COUNT * DUCKDB_LEAST
SCRATCH = COUNT * ON_DISK


@pytest.mark.parametrize(
    ("memory", "disk", "engine"),
    [
        (IN_MEMORY, 0, "memory"),
        (IN_MEMORY - 1, SCRATCH, "duckdb"),
        (IN_MEMORY - 1, SCRATCH - 1, "spark"),
        (LEAST, SCRATCH, "duckdb"),
        (LEAST - 1, SCRATCH, "spark"),
    ],
)
def test_the_engine_is_the_nearest_that_has_room(memory, disk, engine):
    found = plan(COUNT, memory=memory, disk=disk)
    assert found.engine == engine
    assert "10,000,000 holdings need" in found.why
    assert found.why.endswith(".")
    assert "\n" not in found.why


@pytest.mark.parametrize(
    ("holdings", "bytes_taken"),
    [(112_539, 362_360_832), (1_142_361, 565_628_928), (3_447_206, 1_016_586_240)],
)
def test_what_was_measured_in_memory_is_within_what_is_planned(holdings, bytes_taken):
    """The figures that the constants come from; half as much again is no plan any more."""
    planned = OWN + holdings * PER_HOLDING
    assert bytes_taken <= planned < 1.5 * bytes_taken
    assert plan(holdings, memory=bytes_taken - OWN // 2, disk=10**12).engine == "duckdb"


@pytest.mark.parametrize(
    ("holdings", "limit", "scratch"),
    [
        (1_142_361, 96 * 10**6, 147_820_544),
        (1_142_361, 128 * 10**6, 104_697_856),
        (3_447_206, 256 * 10**6, 465_928_192),
    ],
)
def test_what_duckdb_was_measured_to_need_is_within_what_is_planned(holdings, limit, scratch):
    assert scratch <= holdings * ON_DISK
    assert limit < 1.5 * (DUCKDB_OWN + holdings * DUCKDB_LEAST)


def test_without_sizes_the_machine_is_asked():
    assert min(free_memory(), free_disk()) > 0
    assert plan(10**14).engine == "spark"


@pytest.fixture
def system(tmp_path):
    """Return a folder that looks like a system with 8 GB available, and a way to add files."""

    def told(**files):
        for name, text in {
            "proc/meminfo": "MemFree: 5 kB\nMemAvailable: 8000000 kB\n",
            **files,
        }.items():
            file = tmp_path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="ascii")
        return tmp_path

    return told


def test_memory_that_the_system_could_give_back_is_free(system):
    assert free_memory(system()) == 8_192_000_000


@pytest.mark.parametrize(
    ("line", "folder", "names"),
    [
        ("0::/job", "sys/fs/cgroup", ("memory.max", "memory.current", "inactive_file")),
        (
            "4:memory:/job",
            "sys/fs/cgroup/memory",
            ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"),
        ),
    ],
)
@pytest.mark.parametrize("group", ["job", ""])
def test_the_limit_of_a_container_counts(system, line, folder, names, group):
    """Its own limit or that of the group around it; files that nobody looks at are given back."""
    limit, usage, idle = names
    root = system(
        **{
            "proc/self/cgroup": f"1:name=systemd:/\n{line}\n",
            f"{folder}/job/{limit}": "max\n",
            f"{folder}/{group}/{limit}": "3000\n",
            f"{folder}/{group}/{usage}": "2000\n",
            f"{folder}/{group}/memory.stat": f"anon 1\n{idle} 500\n",
        }
    )
    assert free_memory(root) == 1500


def test_a_scratch_folder_that_is_not_there_is_told(tmp_path):
    assert free_disk(str(tmp_path)) > 0
    with pytest.raises(InputError, match="the scratch folder cannot be used"):
        free_disk(str(tmp_path / "nowhere"))


@pytest.mark.parametrize(
    ("text", "size"), [("4GB", 4 * 10**9), ("1.5 GiB", 3 * 2**29), ("64kb", 64_000)]
)
def test_amounts_are_read(text, size):
    assert bytes_of(text) == size


@pytest.mark.parametrize("text", ["", "4", "4 apples", "-1GB", "nanGB", "infGB", "1e3GB", "GB"])
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(InputError, match="not an amount of memory"):
        bytes_of(text)


def test_a_negative_size_is_refused():
    with pytest.raises(InputError, match="negative"):
        plan(-1)
