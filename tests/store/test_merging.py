"""Claims added to a store on disk: the bytes that loading everything at once gives."""

import contextlib
import json
import multiprocessing
import os
import random
import signal
import time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from keiretsu.errors import InputError
from keiretsu.ownership_graph import Material, OwnershipGraph, bundled, stored
from keiretsu.ownership_graph.stored import load_into_store
from keiretsu.store.disk import Folder, Manifest
from keiretsu.store.disk.manifest import MANIFEST

HEAD = (
    "holder,issuer,capital_percent,voting_percent,holder_kind,issuer_jurisdiction,valid_from,"
    "shares,issued_shares,share_class,known_from\n"
)
NAMES = st.sampled_from(["Anna", "Bert", "Works", "Shop", "Fonds Ü", "Middle"])
ROWS = st.lists(
    st.tuples(
        NAMES,
        NAMES,
        st.sampled_from(["", "5", "7.25", "10-20", ">3"]),
        st.sampled_from(["", "", "6"]),
        st.sampled_from(["", "", "Person"]),
        st.sampled_from(["", "FR"]),
        st.sampled_from(["", "2019", "2020-01-01"]),
        st.sampled_from(["", "", "10"]),
        st.sampled_from(["", "2021", "2021-02-03"]),
    ),
    min_size=1,
    max_size=6,
)


def table(rows, name):
    lines = [
        ",".join((*row[:8], "1000" if row[7] else "", "A" if row[7] else "", row[8]))
        for row in rows
        if row[0] != row[1]
    ]
    return Material((HEAD + "\n".join(lines) + "\n").encode(), name, "csv")


def material(name, data):
    return Material(data if isinstance(data, bytes) else data.encode(), name, name.split(".")[-1])


def generation(path):
    """Return every file of a store's generation, but for the order in which files were given."""
    folder = Folder(path).current()
    found = {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }
    return found | {MANIFEST: Manifest.read(folder)}


@pytest.fixture
def merges(monkeypatch):
    """Count how often something was merged, and how often it was not."""
    seen, original = [], stored.merged

    def watched(*given, **more):
        found = original(*given, **more)
        seen.append(found is not None)
        return found

    monkeypatch.setattr(stored, "merged", watched)
    return seen


def both_ways(folder, first, second, **how):
    """Load one after the other, and both at once; return the bytes, or the problem, of each."""
    outcomes = []
    for name, loads in (("merged", [[first], [second]]), ("whole", [[first, second]])):
        try:
            for materials in loads:
                load_into_store(materials, folder / name, **how)
            outcomes.append(generation(folder / name))
        except InputError as error:
            outcomes.append(error.problem)
    return outcomes


def same(folder, first, second, **how):
    """Check that adding one to the other gives the bytes of both at once; return them."""
    merged, whole = both_ways(folder, first, second, **how)
    assert merged == whole
    return merged


@pytest.mark.parametrize("alone", [False, True])
@given(first=ROWS, second=ROWS)
@settings(max_examples=12, deadline=None)
def test_what_is_added_is_as_if_loaded_at_once(tmp_path_factory, alone, first, second):
    assume(first != second)  # a file that is there is passed over, whatever it is called
    folder = tmp_path_factory.mktemp("merging")
    given = table(first, "a.csv"), table(second, "b.csv")
    merged, whole = both_ways(folder, *given, columns_alone=alone)
    assert merged == whole


FIRST = """holder,issuer,capital_percent,holder_kind
Anna,Top,25,Person
Top,Middle,60,
Middle,Base,20-30,
"""
SECOND = """holder,issuer,capital_percent,holder_kind
Dora,Middle,15,Person
Top,Base,>5,
"""


def ftm(name, *parties):
    lines = [
        {"id": f"p-{label}", "schema": "Company", "properties": {"name": [label], **more}}
        for label, more in parties
    ]
    return material(f"{name}.ftm", "".join(json.dumps(line) + "\n" for line in lines))


def test_tables_are_merged_and_not_read_into_memory(tmp_path, merges, monkeypatch):
    def in_memory(*_):
        raise AssertionError("read into memory")

    monkeypatch.setattr("keiretsu.ownership_graph.stored._Loading._in_memory", in_memory)
    first, second = material("a.csv", FIRST), material("b.csv", SECOND)
    found = same(tmp_path, first, second)
    assert merges == [True]
    assert found[MANIFEST].counts["holdings"] == 5


def test_further_kinds_of_claims_lie_behind_the_holdings(tmp_path, merges):
    """The bundled dataset has every kind of claim."""
    load_into_store([bundled()], tmp_path / "store")
    load_into_store([material("a.csv", FIRST)], tmp_path / "store")
    load_into_store([bundled(), material("a.csv", FIRST)], tmp_path / "whole")
    assert merges == [True]
    assert generation(tmp_path / "store") == generation(tmp_path / "whole")


LEI = {"leiCode": ["5493001KJTIIGC8Y1R12"]}


@pytest.mark.parametrize(
    ("first", "second", "merged"),
    [
        (ftm("a", ("Works", LEI)), ftm("b", ("Shop", {})), True),
        (ftm("a", ("Works", {"country": ["fr"]})), ftm("b", ("Works", LEI)), True),
        (ftm("a", ("Works", LEI)), ftm("b", ("The Works", LEI)), False),
        (ftm("a", ("Works", {"alias": ["W", "A"]})), ftm("b", ("Shop", {})), True),
    ],
)
def test_two_parties_that_are_one_are_settled_in_memory(tmp_path, merges, first, second, merged):
    same(tmp_path, first, second)
    assert merges == [merged]


def owning(owner, asset):
    told = {"owner": [f"p-{owner}"], "asset": [f"p-{asset}"], "percentage": ["30"]}
    record = {"id": f"o-{owner}-{asset}", "schema": "Ownership", "properties": told}
    return material("owning.ftm", json.dumps(record) + "\n")


def test_what_is_named_must_be_described_on_one_side(tmp_path, merges):
    """A register of holdings often comes beside one of companies."""
    companies = ftm("a", ("Works", {}), ("Shop", LEI))
    found = same(tmp_path, companies, owning("Works", "Shop"))
    assert found[MANIFEST].counts["holdings"] == 1
    same(tmp_path / "other", companies, owning("Nobody", "Shop"))
    assert merges == [True, False]


def test_edits_are_settled_in_memory(tmp_path, merges):
    first = material("a.csv", FIRST)
    graph = OwnershipGraph.of([first])
    claim = graph.claims.holdings[0].id
    edit = f"""@prefix kei: <https://w3id.org/keiretsu/ontology#> .
<https://w3id.org/keiretsu/id/edit/1> a kei:Rejection ; kei:edits <{claim}> ;
    kei:number 1 ; kei:reason "wrong" .
"""
    second = Material(edit.encode(), "edit.ttl", "turtle")
    found = same(tmp_path, first, second)
    assert isinstance(found, dict) or found
    assert True not in merges


def test_a_contradiction_changes_nothing(tmp_path):
    """Two files say of one claim what cannot be so at once."""
    claim = "https://w3id.org/keiretsu/id/claim/" + "0" * 20
    text = """@prefix kei: <https://w3id.org/keiretsu/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<urn:a> a kei:Person ; rdfs:label "Anna" . <urn:b> a kei:Person ; rdfs:label "Bert" .
<urn:c> a kei:Company ; rdfs:label "Works" . <urn:d> a kei:Document ; kei:title "Register" .
<%s> a kei:Holding ; kei:holder <urn:%s> ; kei:issuer <urn:c> ; kei:reportedIn <urn:d> ;
    kei:capitalPercentMin 5 ; kei:capitalPercentMax 5 .
"""
    first, second = (
        Material((text % (claim, holder)).encode(), f"{holder}.ttl", "turtle") for holder in "ab"
    )
    load_into_store([first], tmp_path / "store")
    before = generation(tmp_path / "store")
    with pytest.raises(InputError, match="holder"):
        load_into_store([second], tmp_path / "store")
    assert generation(tmp_path / "store") == before


def test_loading_again_changes_nothing(tmp_path):
    for _ in range(2):
        for name, text in (("a.csv", FIRST), ("b.csv", SECOND)):
            load_into_store([material(name, text)], tmp_path / "store")
    once = generation(tmp_path / "store")
    again = load_into_store([material("copy.csv", SECOND)], tmp_path / "store")
    assert not again.changed
    assert generation(tmp_path / "store") == once


def test_whoever_is_killed_while_adding_leaves_the_old_store_or_the_new_one(tmp_path):
    """Killed at random moments, by the signal that cannot be caught."""
    context, chance = multiprocessing.get_context("fork"), random.Random(3)  # noqa: S311
    path = tmp_path / "store"
    load_into_store([material("a.csv", FIRST)], path)
    held, killed = {OwnershipGraph.open(store=path).fingerprint}, 0
    for number in range(8):
        added = material(f"{number}.csv", f"holder,issuer,capital_percent\nNo {number},Base,1\n")
        process = context.Process(target=load_into_store, args=([added], path))
        process.start()
        time.sleep(chance.uniform(0.001, 0.06))
        with contextlib.suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)
        process.join()
        killed += process.exitcode == -signal.SIGKILL
        graph = OwnershipGraph.open(store=path)
        known = set(graph.backing.disk.manifest.inputs) - {"a.csv"}
        assert len(graph.claims.holdings) == 3 + len(known)
        assert graph.claims.fingerprint == graph.fingerprint
        held.add(graph.fingerprint)
    assert killed > 0
    load_into_store([material("b.csv", SECOND)], path)
    assert sum(one.is_dir() for one in path.iterdir()) == 1


def test_a_claim_of_two_tables_is_refused_with_their_names(tmp_path):
    rows = ["holder,issuer,capital_percent,source_title", "A,B,50,Register", "A,C,20,Register"]
    paths = [tmp_path / "one.csv", tmp_path / "two.csv"]
    for path, last in zip(paths, (3, 2), strict=True):
        path.write_text("\n".join(rows[:last]), encoding="utf-8")
    told = r"by register-\w+, stands in 2 tables: one-csv-\w+, two-csv-\w+; keep it in one"
    with pytest.raises(InputError, match=told):
        OwnershipGraph.open(*paths).snapshot("2020")
