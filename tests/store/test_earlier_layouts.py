"""Stores that earlier versions wrote: read as they are, and written anew when they grow.

``earlier/layout-4.zip`` holds two that version 0.1.0 wrote of the table below before columns knew
when claims were known: one in columns alone, one with RDF.
"""

import zipfile
from pathlib import Path

import pytest
from tests.store.test_merging import generation

from keiretsu.ownership_graph import Material, OwnershipGraph
from keiretsu.ownership_graph.stored import load_into_store
from keiretsu.store.disk import DiskClaims, Manifest
from keiretsu.store.disk.whole.everything import whole
from keiretsu.store.disk.whole.from_columns import whole_claims

WRITTEN = Path(__file__).with_name("earlier") / "layout-4.zip"
TABLE = """holder,issuer,capital_percent,voting_percent,holder_kind,issuer_jurisdiction,valid_from,\
known_from
Anna,Top,25-50,,Person,,2019,2020-02-03
Bert,Top,40,45,Person,,2019,
Middle,Base,50.1,,,FR,2020-01-01,2020-02-03
Top,Middle,60,,,FR,,
Cäsar,Base,20,,Person,,,2021
"""
MORE = "holder,issuer,capital_percent,known_from\nDora,Base,15,2022\n"


def table(text=TABLE, name="old.csv"):
    return Material(text.encode(), name, "csv")


@pytest.fixture(params=["alone", "whole"])
def old(request, tmp_path):
    with zipfile.ZipFile(WRITTEN) as archive:
        archive.extractall(tmp_path)
    return tmp_path / request.param


def test_an_earlier_store_says_what_its_table_says(old):
    disk = DiskClaims(old)
    assert (disk.manifest.layout, disk.columns.is_of_old) == (4, True)
    expected = OwnershipGraph.of([table()])
    claims = whole_claims(disk)
    assert claims.holdings == expected.claims.holdings
    assert claims.parties == expected.claims.parties
    assert claims.holdings == whole(disk).claims().holdings
    kg = OwnershipGraph.open(store=old)
    assert kg.info() == expected.info()
    assert kg.party_rows() == expected.party_rows()
    told = kg.claims_about(["Base"])
    assert told.holdings == expected.claims.holdings
    assert [str(one.known_from) for one in told.holdings].count("2020-02-03") == 2


def test_an_earlier_store_grows_into_what_loading_at_once_gives(old, tmp_path):
    alone = DiskClaims(old).is_columns_alone
    load_into_store([table(MORE, "more.csv")], old, columns_alone=alone)
    both = [table(), table(MORE, "more.csv")]
    load_into_store(both, tmp_path / "new", columns_alone=alone)
    assert generation(old) == generation(tmp_path / "new")
    assert not DiskClaims(old).columns.is_of_old
    assert DiskClaims(old).manifest.layout == Manifest("", None, {}, {}, {}, "").layout
