"""Edits as text at the end of a file: appended, taken back byte for byte, nothing else touched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keiretsu.errors import InputError
from keiretsu.model import (
    ID,
    ClaimSet,
    Document,
    EditKind,
    Holding,
    Party,
    PartyKind,
    Share,
    party_digest,
)
from keiretsu.store import Store
from keiretsu.store.codec.edits import make_edit, make_removal
from keiretsu.store.editing.editor import RdfFile, append, take_back, without_party
from keiretsu.store.editing.text import beginning
from keiretsu.store.syntax.edit_blocks import blocks, with_block, without_blocks

ONE, JANE = f"{ID}claim/one", f"{ID}party/jane"


def rejection(number=1, claim=ONE, reason="misprint"):
    edit = make_edit(EditKind.REJECTION, number, claim, on=None, reason=reason)
    return ClaimSet(parties={}, documents={}, edits=(edit,))


def addition(number=1, title="Notice", label="Newcomer", percent="5", note=None):
    document = Document(id=f"{ID}document/correction-{number}", title=title, correction=True)
    party = Party(id=f"{ID}party/new-{number}", label=label, kind=PartyKind.COMPANY)
    claim = Holding(
        id=f"{ID}claim/new-{number}",
        document=document.id,
        holder=party.id,
        issuer=f"{ID}party/base",
        capital=Share.from_percent(percent),
        note=note,
    )
    edit = make_edit(EditKind.ADDITION, number, claim.id, on=None, reason=None)
    return ClaimSet(
        parties={party.id: party},
        documents={document.id: document},
        holdings=(claim,),
        edits=(edit,),
    )


def removal(number, party=JANE):
    return make_removal(
        number,
        salt="salt",
        digest=party_digest("salt", party),
        claims=2,
        on=None,
        reason="request of the person",
    )


def loaded(file):
    store = Store()
    store.load_bytes(file.data, file.syntax, file.name)
    return store.claims()


def test_an_edit_is_appended_and_nothing_else_changes(rdf_file):
    """The old text is the beginning of the new, and all of it is still said."""
    longer = append(rdf_file, addition())

    assert longer.data.startswith(rdf_file.data)
    assert rdf_file.statements() < longer.statements()
    assert addition().edits == tuple(longer.edits())
    (added,) = (one for one in loaded(longer).holdings if one.id == f"{ID}claim/new-1")
    assert addition().holdings[0] == added


def test_edits_are_taken_back_one_by_one(rdf_file):
    """Three edits, three times undone: the bytes of each step come back."""
    steps = [rdf_file]
    for edit in (addition(1), rejection(2), addition(3, note='"""\n# keiretsu edit 1 ends\n')):
        steps.append(append(steps[-1], edit))
    for number in (3, 2, 1):
        shorter, edit = take_back(steps[number])
        assert (number, steps[number - 1].data) == (edit.number, shorter.data)


@given(
    syntax=st.sampled_from(["turtle", "trig", "nquads", "ntriples"]),
    text=st.text(max_size=40),
    ending=st.sampled_from(["", "\n", "\r\n", "\n\n# end"]),
    bom=st.booleans(),
)
def test_add_then_undo_gives_the_same_bytes(syntax, text, ending, bom):
    """Whatever the file ends with, and whatever stands in labels, titles and remarks."""
    line = f"<{ONE}> <http://www.w3.org/2000/01/rdf-schema#comment> <urn:x> ."
    data = (("\ufeff" if bom else "") + line + ending).encode()
    before = RdfFile(data, syntax, "file")
    words = text.encode("utf-8", "ignore").decode()
    after = append(before, addition(title=words, label=words, note=words))
    shorter, edit = take_back(after)

    assert (data, 1) == (shorter.data, edit.number)


@pytest.mark.parametrize("syntax", ["turtle", "trig", "nquads", "ntriples"])
def test_a_file_that_began_with_an_edit_goes_with_it(syntax):
    """What was not there before is not there afterwards."""
    new = append(RdfFile(None, syntax, "new"), rejection())

    assert new.data.startswith(beginning(syntax))
    assert take_back(new)[0].data is None


@pytest.mark.parametrize("data", [b"", b"\n", b"# mine\n", b"@prefix a: <urn:a> .\n"])
def test_a_file_that_says_nothing_yet_can_be_edited(data):
    """An empty file is somebody's file: it stays, with its bytes."""
    shorter, _ = take_back(append(RdfFile(data, "trig", "empty.trig"), rejection()))

    assert data == shorter.data


def test_a_prefix_that_means_something_else_is_not_used():
    """In a file where `party:` and `claim:` are others' words, ours are written in full."""
    text = (
        "@prefix party: <urn:drinks:> .\nPREFIX claim: <urn:baggage:>\nparty:a party:b party:c .\n"
    )
    file = append(RdfFile(text.encode(), "turtle", "a.ttl"), addition())

    assert loaded(file).holdings[0].id == f"{ID}claim/new-1"
    assert b"<https://w3id.org/keiretsu/id/claim/new-1>" in file.data


def test_marks_in_the_text_of_others_do_no_harm():
    """A comment that looks like a mark is text; the edit is found by what it says."""
    text = f"# keiretsu edit 1 begins\n<{ONE}> <urn:p> <urn:o> .\n# keiretsu edit 1 ends\n"
    file = RdfFile(text.encode(), "turtle", "a.ttl")
    shorter, _ = take_back(append(file, rejection()))

    assert file.data == shorter.data


def test_an_edit_changed_by_hand_is_not_taken_back():
    """Without its marks, or with another's words inside, it is the editor's to take back."""
    file = append(RdfFile(b"<urn:s> <urn:p> <urn:o> .", "ntriples", "a.nt"), rejection())
    without_mark = file.of(file.data.replace(b"# keiretsu edit 1 ends\n", b""))

    with pytest.raises(InputError, match="edit 1 has been changed by hand"):
        take_back(without_mark)


def test_a_file_without_edits_has_nothing_to_take_back(rdf_file):
    """The error says where."""
    with pytest.raises(InputError, match=f"{rdf_file.name}: has no edit to take back"):
        take_back(rdf_file)


@pytest.mark.parametrize("change", [append, lambda file, _: take_back(file)])
def test_a_file_with_an_error_is_refused(change):
    """With the line of the error."""
    file = RdfFile(b"<urn:a> <urn:b> <urn:c> .\n<urn:a> oops\n", "turtle", "bad.ttl")

    with pytest.raises(InputError, match=r"bad.ttl:\d: syntax error"):
        change(file, rejection())


def test_two_edits_of_one_number_are_refused(rdf_file):
    """Somebody else has edited the file meanwhile."""
    with pytest.raises(InputError, match="has an edit 1 already"):
        append(append(rdf_file, rejection()), addition())


@given(st.lists(st.text(max_size=10), max_size=4), st.binary(max_size=30))
def test_blocks_are_cut_out_whole(bodies, data):
    """Whatever stood before them stays; only our own marks have a meaning."""
    longer = data
    for number, body in enumerate(bodies, 1):
        clean = body.encode("utf-8", "ignore").decode().replace("\r", "")
        longer = with_block(longer, number, f"{clean}\n")

    assert data == without_blocks(longer)
    assert len(bodies) == len(list(blocks(longer)))


@pytest.mark.parametrize("syntax", ["turtle", "trig"])
def test_a_party_goes_with_all_that_is_said_of_it(texts, syntax):
    """Description, names, claims, the document that told nothing else, and comments."""
    gone = without_party(RdfFile(texts[syntax].encode(), syntax, "a"), JANE, removal(1))
    claims = loaded(gone)

    assert [] == [word for word in ("jane", "passport") if word in gone.data.decode().lower()]
    assert [f"{ID}claim/one"] == [c.id for c in claims.holdings if c.holder != c.issuer]
    assert () == claims.tenures
    assert [1000] == [capital.issued for capital in claims.capitals]
    assert [(1, EditKind.REMOVAL)] == [(edit.number, edit.kind) for edit in claims.edits]
    assert f"{ID}document/letter" not in claims.documents


def test_a_file_that_says_nothing_of_a_party_is_not_written_anew(texts):
    """Its bytes stay; the removal is appended for what may come from elsewhere."""
    file = RdfFile(texts["nquads"].encode(), "nquads", "a.nq")

    assert without_party(file, JANE, removal(1)).data.startswith(file.data)


def test_edits_that_do_not_concern_a_removed_party_stay_edits(rdf_file):
    """The rejection of a claim about the party goes, for its reason may name it; others stay."""
    file = append(rdf_file, addition(1))
    file = append(file, rejection(2, f"{ID}claim/two", "Jane Roe never held it"))
    file = append(file, rejection(3))
    file = without_party(file, JANE, removal(4))
    numbers = [edit.number for edit in file.edits()]

    expected = [1, 2, 3, 4] if rdf_file.syntax in ("nquads", "ntriples") else [1, 3, 4]
    assert expected == numbers
    assert expected == [block.number for block in blocks(file.data)]
    with pytest.raises(InputError, match="a removal, which cannot be taken back"):
        take_back(file)


def test_an_edit_after_a_removal_can_be_taken_back(rdf_file):
    """A removal ends the way back for itself and what came before it, not for what follows."""
    removed = without_party(rdf_file, JANE, removal(1))
    shorter, _ = take_back(append(removed, rejection(2)))

    assert removed.data == shorter.data


def test_blank_nodes_keep_their_names_when_a_file_is_edited():
    """Otherwise the rejection of a claim without an IRI would miss it."""
    text = (
        "@prefix kei: <https://w3id.org/keiretsu/ontology#> .\n"
        "[] a kei:Holding ; kei:holder <urn:a> ; kei:issuer <urn:b> ; kei:shares 1 .\n"
    )
    file = RdfFile(text.encode(), "turtle", "blank.ttl")
    (claim,) = loaded(file).holdings
    (after,) = loaded(append(file, rejection(1, claim.id))).holdings

    assert (claim.id, claim.document, "rejected") == (after.id, after.document, after.status)
