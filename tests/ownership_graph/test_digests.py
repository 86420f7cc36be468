"""Hashes of files, computed beside their reading."""

import hashlib

import pytest

from keiretsu.errors import InputError
from keiretsu.ownership_graph.digests import digests_beside
from keiretsu.ownership_graph.loading import Material


def test_hashes_are_those_of_the_files(tmp_path):
    path = tmp_path / "b.csv"
    path.write_bytes(b"holder,issuer\n")
    digests = digests_beside([Material(b"a", "a.csv", "csv"), Material(path, "b.csv", "csv")])
    expected = {"a.csv": b"a", "b.csv": b"holder,issuer\n"}
    assert digests() == {name: hashlib.sha256(data).hexdigest() for name, data in expected.items()}
    assert digests() == digests()


def test_what_went_wrong_is_raised_where_it_is_asked_for(tmp_path):
    digests = digests_beside([Material(tmp_path / "gone.csv", "gone.csv", "csv")])
    with pytest.raises((InputError, OSError), match="gone"):
        digests()
