"""The fingerprint of a file of blocks is that of its lines, sorted and each once."""

import hashlib

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keiretsu.store.disk import fingerprint
from keiretsu.store.disk.fingerprint import Runs, fingerprint_of
from keiretsu.store.unwritten import FINGERPRINT_DIGITS

SUBJECTS = st.sampled_from(["", "<urn:a> ", "<urn:a!> ", "<urn:ab> ", "<urn:b> "])
LINES = st.builds(lambda subject, text: f"{subject}{text}\n".encode(), SUBJECTS, st.text("ab€ <>"))
BLOCKS = st.lists(st.lists(LINES, max_size=4).map(lambda lines: b"".join(sorted({*lines}))))


def found(folder, blocks):
    path, runs = folder / "claims.nq", Runs()
    path.write_bytes(b"".join(blocks))
    for block in blocks:
        runs.add(block)
    return fingerprint_of(path, runs), runs


def expected(blocks):
    lines = sorted({*b"".join(blocks).splitlines(keepends=True)})
    return hashlib.sha256(b"".join(lines)).hexdigest()[:FINGERPRINT_DIGITS]


@settings(suppress_health_check=list(HealthCheck))
@given(BLOCKS)
def test_runs_are_merged_as_lines_are_sorted(tmp_path, blocks):
    digest, runs = found(tmp_path, blocks)
    assert digest == expected(blocks)
    text = b"".join(blocks)
    for begin, end in runs.spans():
        lines = text[begin:end].splitlines()
        assert lines == sorted({*lines})


@settings(suppress_health_check=list(HealthCheck))
@given(BLOCKS)
def test_many_runs_are_sorted_by_subjects(tmp_path, monkeypatch, blocks):
    monkeypatch.setattr(fingerprint, "_MOST_RUNS", 0)
    monkeypatch.setattr(fingerprint, "_PIECE", 8)
    assert found(tmp_path, blocks)[0] == expected(blocks)


def test_runs_of_long_and_short_lines_meet(tmp_path):
    long, short = b"b" + b"x" * 5000 + b"\n", [b"%04d\n" % n for n in range(3000)]
    blocks = [b"".join(short[::2]), long, b"".join(short[1::2]), b"0000\nz\n"]
    digest, runs = found(tmp_path, blocks)
    assert (digest, len(runs.spans())) == (expected(blocks), 3)
