"""Lines are sorted however many parts they lie in, with few files open at once."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keiretsu.formats import sorted_lines
from keiretsu.formats.sorted_lines import SortedLines

LINES = st.lists(st.text("abé", max_size=3).map(lambda text: f"{text}\n".encode()), max_size=60)


@settings(suppress_health_check=list(HealthCheck), deadline=None)
@given(LINES, st.integers(1, 12))
def test_parts_of_one_size_are_merged_when_there_are_many(monkeypatch, told, at_once):
    monkeypatch.setattr(sorted_lines, "_MOST_PARTS", 3)
    with SortedLines(at_once) as lines:
        lines.add(told)
        assert all(len(parts) < 3 for parts in lines._levels)
        assert list(lines) == sorted({*told})


def test_many_parts_leave_few_files(monkeypatch):
    monkeypatch.setattr(sorted_lines, "_MOST_PARTS", 4)
    with SortedLines(at_once=1) as lines:
        lines.add(b"%03d\n" % (number * 7 % 100) for number in range(100))
        assert [len(parts) for parts in lines._levels] == [0, 1, 2, 1]
        assert list(lines) == [b"%03d\n" % number for number in range(100)]
