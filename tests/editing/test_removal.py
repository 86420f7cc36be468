"""A person goes on request, does not come back with an old source, and the record names nobody."""

import json

import pytest
from bods_fixtures import load

from keiretsu.errors import InputError, NameNotFoundError
from keiretsu.model import ID, EditKind, Removal
from keiretsu.ownership_graph import Material, OwnershipGraph, bundled
from keiretsu.ownership_graph.converting import convert
from keiretsu.ownership_graph.editing import Editor
from keiretsu.ownership_graph.editing_file import EditedFile
from keiretsu.ownership_graph.editing_values import Citation, HoldingValues
from keiretsu.ownership_graph.removal import forget

REQUEST = "request of the person"


def editor_of(path, *beside):
    return Editor([*beside], EditedFile.at(path))


@pytest.mark.parametrize("syntax", ["turtle", "trig"])
def test_nothing_of_a_removed_person_stays_in_the_file(tmp_path, texts, syntax):
    """Neither name nor identifier nor claim nor comment; beside it lies no copy."""
    path = tmp_path / f"mine.{'ttl' if syntax == 'turtle' else 'trig'}"
    path.write_text(texts[syntax], encoding="utf-8")
    outcome = forget(editor_of(path), "jane roe", REQUEST, on="2026-11-24")
    text = path.read_text("utf-8").lower()

    assert [] == [word for word in ("jane", "roe", "passport", "letter") if word in text]
    assert [path] == list(tmp_path.iterdir())
    assert isinstance(outcome.edit, Removal)
    assert (2, REQUEST, "2026-11-24", None) == (
        outcome.edit.claims,
        outcome.edit.reason,
        str(outcome.edit.on),
        outcome.edit.claim,
    )
    claims = OwnershipGraph.open(path).claims
    assert (outcome.edit,) == claims.edits
    assert outcome.after.holdings == claims.holdings
    assert f"{ID}claim/one" in {one.id for one in claims.holdings}


def test_an_old_source_does_not_bring_a_person_back(mine, tmp_path):
    """Loaded beside the file from which the person was removed, it is read without them."""
    old = tmp_path / "old.ttl"
    old.write_bytes(mine.read_bytes())
    forget(editor_of(mine), "Jane Roe", REQUEST)

    for files in ((old, mine), (mine, old)):
        graph = OwnershipGraph.open(*files)
        assert f"{ID}party/jane" not in graph.claims.parties
        assert "jane" not in graph.store.to_nquads().lower()
        assert ["removed-person"] == [caution.code for caution in graph.cautions]
        assert "2 claims" in graph.cautions[0].text
    assert () == OwnershipGraph.open(mine).cautions


@pytest.mark.slow
def test_a_person_of_the_bundled_data_is_left_out_by_an_overlay(tmp_path):
    """The overlay holds the record of it and nothing else."""
    overlay = tmp_path / "my.trig"
    outcome = forget(editor_of(overlay, bundled()), "Carlos Ghosn", REQUEST)
    (person,) = (one for one in outcome.before.parties.values() if one.label == "Carlos Ghosn")
    graph = OwnershipGraph.open("alliance", overlay)

    assert person.id not in graph.claims.parties
    assert person.id not in overlay.read_text("utf-8")
    assert ["removed-person"] == [caution.code for caution in graph.cautions]
    assert EditKind.REMOVAL is outcome.edit.kind


def test_a_removed_person_cannot_be_added_again(mine, tmp_path):
    """Not by their IRI, without anybody noticing."""
    over = tmp_path / "over.trig"
    old = Material(mine.read_bytes(), "old.ttl", "turtle")
    forget(editor_of(mine), "Jane Roe", REQUEST)
    values, paper = HoldingValues(percent="5"), Citation(title="T")
    kinds = ("Person", "Company")
    with pytest.raises(InputError, match="a person who was removed on request"):
        editor_of(mine).add(f"{ID}party/jane", "Base", values, paper, kinds=kinds)
    with pytest.raises(NameNotFoundError):
        editor_of(over, old, Material.of_file(mine)).add("Jane Roe", "Base", values, paper)
    assert not over.exists()


def test_names_that_stay_in_the_words_of_others_are_told(mine):
    """A remark in a claim about somebody else cannot be cut; somebody must look at it."""
    text = mine.read_text("utf-8").replace(
        "60.0 ; kei:reportedIn", '60.0 ; kei:note "says Jane Roe" ; kei:reportedIn'
    )
    mine.write_text(text, encoding="utf-8")
    outcome = forget(editor_of(mine), "Jane Roe", REQUEST)

    assert [("name-remains", True)] == [
        (caution.code, "one" in caution.text) for caution in outcome.cautions
    ]
    assert "Jane" not in "".join(caution.text for caution in outcome.cautions)


@pytest.mark.parametrize(
    ("person", "reason", "error", "message"),
    [
        ("Top", REQUEST, InputError, "Top is a Company, and only persons are removed"),
        ("Jane Roe", " ", InputError, "must be there and not name the person"),
        ("Jane Roe", "jane roe asked", InputError, "must be there and not name the person"),
        ("Joan Roe", REQUEST, NameNotFoundError, "no party is named"),
    ],
)
def test_what_is_refused(mine, person, reason, error, message):
    """The file is untouched."""
    before = mine.read_bytes()
    with pytest.raises(error, match=message):
        forget(editor_of(mine), person, reason)
    assert before == mine.read_bytes()


def test_a_removal_is_not_taken_back(mine):
    """What came after it is."""
    forget(editor_of(mine), "Jane Roe", REQUEST)
    before = mine.read_bytes()
    editor_of(mine).reject("one", "misprint")
    editor_of(mine).undo()

    assert before == mine.read_bytes()
    with pytest.raises(InputError, match="edit 1 is a removal, which cannot be taken back"):
        editor_of(mine).undo()


def test_the_hash_differs_each_time(mine):
    """Two files do not tell that the same person was removed from both."""
    data = mine.read_bytes()
    digests = set()
    for _ in range(2):
        mine.write_bytes(data)
        digests.add(forget(editor_of(mine), "Jane Roe", REQUEST).edit.digest)

    assert 2 == len(digests)


def test_the_source_records_on_a_person_go_with_the_person(tmp_path):
    """A statement of BODS that is kept beside a claim names the person too."""
    statements = json.dumps(load("core/01-direct-ownership").statements).encode()
    path, old = tmp_path / "mine.trig", tmp_path / "old.json"
    old.write_bytes(statements)
    path.write_bytes(convert(Material(statements, "old.json", "bods"), "trig").data)
    assert 3 == len(OwnershipGraph.open(path).claims.source_records)

    forget(editor_of(path), "Jane Smith", REQUEST)

    assert ["entity"] == [
        json.loads(one.content)["recordType"]
        for one in OwnershipGraph.open(path).claims.source_records
    ]
    assert "jane smith" not in path.read_text("utf-8").lower()
    assert "jane smith" not in OwnershipGraph.open(old, path).store.to_nquads().lower()
