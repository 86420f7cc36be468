"""What columns tell without RDF is what reading its RDF gives, whatever claims say."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from tests.store.any_claims import claim_sets

from keiretsu.model import claim_id
from keiretsu.ownership_graph import Material
from keiretsu.ownership_graph.coverage import (
    coverage,
    coverage_of_store,
    party_rows,
    party_rows_of_store,
)
from keiretsu.ownership_graph.stored import load_into_store
from keiretsu.store.codec.dataset import write_trig
from keiretsu.store.disk import DiskClaims
from keiretsu.store.disk.whole.everything import whole
from keiretsu.store.disk.whole.from_columns import whole_claims
from keiretsu.store.disk.whole.streaming import streamed_claims


def hashed(claims):
    """Return claims whose holdings have IRIs as readers of files give them."""
    names = {one.id: claim_id("x", one.id) for one in claims.holdings}
    holdings = sorted(
        (replace(one, id=names[one.id]) for one in claims.holdings), key=lambda one: one.id
    )
    return replace(claims, holdings=tuple(holdings))


def stored(folder, claims, **how):
    text = write_trig(claims).encode()
    load_into_store([Material(text, "claims.trig", "trig")], folder, **how)
    return DiskClaims(folder)


@pytest.mark.parametrize("alone", [False, True])
@settings(deadline=None, max_examples=6, suppress_health_check=list(HealthCheck))
@given(claims=claim_sets().map(hashed))
def test_what_is_told_is_what_is_read(tmp_path_factory, alone, claims):
    disk = stored(tmp_path_factory.mktemp("told") / "s", claims, columns_alone=alone)
    read = whole(disk).claims()
    told = whole_claims(disk)
    assert replace(told, digest="") == replace(read, digest="")
    numbers = np.arange(disk.party_count)
    assert disk.tells_of(numbers).all()
    about = disk.index[~disk.tells(np.arange(len(disk.index))), 2:].tolist()
    assert not any(b"#Holding>" in disk.text(*place) for place in about)
    streamed = streamed_claims(disk)
    assert tuple(streamed.holdings) == read.holdings
    assert dict(streamed.parties.items()) == read.parties
    assert coverage_of_store(disk) == coverage(read)
    assert party_rows_of_store(disk) == party_rows(read.parties.values())


@settings(deadline=None, max_examples=6, suppress_health_check=list(HealthCheck))
@given(claims=claim_sets().map(hashed))
def test_what_is_told_of_a_company_is_what_is_read(tmp_path_factory, claims):
    disk = stored(tmp_path_factory.mktemp("told") / "s", claims)
    untold = DiskClaims(disk.path)
    untold.tells = lambda rows: untold.columns.share[rows] != -1
    untold.tells_of = lambda numbers: untold.columns.party["plain"][numbers] != 0
    for number in range(disk.party_count):
        told, read = disk.claims_above([number]), untold.claims_above([number])
        assert told.holdings == read.holdings
        assert {**read.parties, **told.parties} == read.parties
