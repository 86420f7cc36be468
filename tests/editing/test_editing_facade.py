"""Corrections of a file in the light of all the data: added, rejected, superseded, undone."""

import stat

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keiretsu.errors import AmbiguousNameError, InputError, NameNotFoundError
from keiretsu.model import ID, PartyKind, Share, Status
from keiretsu.ownership_graph import Material, OwnershipGraph, bundled
from keiretsu.ownership_graph.editing import Editor
from keiretsu.ownership_graph.editing_file import EditedFile
from keiretsu.ownership_graph.editing_values import Citation, HoldingValues
from keiretsu.resources import ontology_path

PAPER = Citation(
    title="Notice 1", publisher="AMF", date="2020-06", url="https://example.org/1", quote="60.5 %"
)
ONE = f"{ID}claim/one"


def editor_of(path, *beside):
    return Editor([*beside], EditedFile.at(path))


def found(path, claim, *others):
    graph = OwnershipGraph.open(*others, path)
    return next(one for one in graph.claims.every_claim() if one.id == claim)


def test_a_claim_is_added_with_its_source(mine):
    """Every value, and a document of its own for what the editor cites."""
    before = mine.read_bytes()
    values = HoldingValues(
        percent="(25,50]",
        votes="30",
        votes_basis="gross",
        shares=7,
        start="2019-10",
        end="2021",
        status="disputed",
        note="by telephone",
    )
    outcome = editor_of(mine).add("TOP", "base", values, PAPER, on="2026-11-24")
    claim = found(mine, outcome.claim.id)
    document = OwnershipGraph.open(mine).claims.documents[claim.document]

    assert outcome.claim == claim
    assert ("(25, 50] %", "30 %", "gross", 7) == (
        str(claim.capital),
        str(claim.votes),
        claim.votes_basis.value,
        claim.shares,
    )
    assert ("2019-10", "2021") == (str(claim.period.start), str(claim.period.end))
    assert (Status.DISPUTED, "by telephone", "60.5 %") == (claim.status, claim.note, claim.quote)
    assert (True, "Notice 1", "AMF", "2020-06", "https://example.org/1") == (
        document.correction,
        document.title,
        document.publisher,
        str(document.date),
        document.url,
    )
    assert (1, "2026-11-24") == (outcome.edit.number, str(outcome.edit.on))
    assert mine.read_bytes().startswith(before)
    assert outcome.after == OwnershipGraph.open(mine).claims


def test_two_edits_in_a_row_and_both_undone(mine):
    """The bytes of each step come back, the last step first."""
    steps = [mine.read_bytes()]
    editor_of(mine).add("Top", "Base", HoldingValues(percent="61", start="2020"), PAPER)
    steps.append(mine.read_bytes())
    editor_of(mine).reject("one", "misprint")
    assert Status.REJECTED is found(mine, ONE).status

    assert 2 == editor_of(mine).undo().edit.number
    assert (steps[1], Status.ACCEPTED) == (mine.read_bytes(), found(mine, ONE).status)
    assert 1 == editor_of(mine).undo().edit.number
    assert steps[0] == mine.read_bytes()
    assert [mine] == list(mine.parent.iterdir())
    with pytest.raises(InputError, match="has no edit to take back"):
        editor_of(mine).undo()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    percent=st.integers(0, 100),
    title=st.text(min_size=1, max_size=20).filter(lambda text: text.strip().isprintable()),
    name=st.text(alphabet=st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=9),
    ending=st.sampled_from(["", "\n", "# end\n", "\r\n"]),
)
def test_add_then_undo_leaves_no_trace(mine, percent, title, name, ending):
    """Whatever is added, new parties too: the same bytes."""
    mine.write_bytes(mine.read_bytes() + ending.encode())
    before = mine.read_bytes()
    kinds = PartyKind.PARTY, PartyKind.PARTY
    citation = Citation(title=f"x{title}")
    values = HoldingValues(percent=str(percent))
    editor_of(mine).add(f"n{name}", "Base", values, citation, kinds=kinds)
    editor_of(mine).undo()

    assert before == mine.read_bytes()


def test_a_new_party_is_made_only_when_asked_for(mine):
    """A misspelt name would otherwise be a new company."""
    values, before = HoldingValues(percent="5"), mine.read_bytes()
    with pytest.raises(NameNotFoundError, match=r"no party is named 'Topp'; nearest: Top"):
        editor_of(mine).add("Topp", "Base", values, PAPER)
    assert before == mine.read_bytes()

    kinds = PartyKind.FUND, PartyKind.COMPANY
    outcome = editor_of(mine).add("Topp", "Base", values, PAPER, kinds=kinds)
    (party,) = outcome.new_parties

    assert ("Topp", PartyKind.FUND) == (party.label, party.kind)
    assert party == OwnershipGraph.open(mine).claims.parties[party.id]
    again = editor_of(mine).add("TOPP", "Base", HoldingValues(percent="6"), PAPER)
    assert ((), party.id) == (again.new_parties, again.claim.holder)


@pytest.mark.parametrize(
    ("values", "citation", "message"),
    [
        (HoldingValues(), PAPER, "nothing says how much"),
        (HoldingValues(percent=""), PAPER, "'' is not a percentage"),
        (HoldingValues(percent="130"), PAPER, "more than 100"),
        (HoldingValues(percent="1/3"), PAPER, "is not a percentage"),
        (HoldingValues(percent="5", start="2020", stated_for="2020"), PAPER, "one day or for a"),
        (HoldingValues(percent="5", start="2020", end="2019"), PAPER, "ends .* before it begins"),
        (HoldingValues(percent="5", start="soon"), PAPER, "'soon' is not a date"),
        (HoldingValues(percent="5", votes_basis="gross"), PAPER, "give --votes too"),
        (HoldingValues(percent="5", share_class="golden"), PAPER, "no class of its shares"),
        (HoldingValues(percent="5"), Citation(title=" "), "the source has no title"),
        (HoldingValues(percent="5"), Citation(title="T", date="?"), "is not a date"),
        (HoldingValues(percent="5"), Citation(title="T", url="javascript:x"), "not the address"),
    ],
)
def test_what_cannot_be_read_is_refused_and_the_file_untouched(mine, values, citation, message):
    """Each with what to do about it."""
    before = mine.read_bytes()
    with pytest.raises(InputError, match=message):
        editor_of(mine).add("Top", "Base", values, citation)
    assert before == mine.read_bytes()


def test_the_same_claim_is_added_only_once(mine):
    """A second one of other size is a second claim."""
    first = editor_of(mine).add("Top", "Base", HoldingValues(percent="5"), PAPER)
    with pytest.raises(InputError, match="is there already"):
        editor_of(mine).add("Top", "Base", HoldingValues(percent="5"), PAPER)
    second = editor_of(mine).add("Top", "Base", HoldingValues(percent="6"), PAPER)

    assert first.claim.id != second.claim.id
    assert first.claim.document == second.claim.document


def test_a_claim_of_any_kind_can_be_rejected(mine):
    """By its IRI, the end of it, or a beginning of that end; once, and with a reason."""
    editor_of(mine).reject(f"{ID}claim/three", "he never was")
    with pytest.raises(InputError, match="rejected already"):
        editor_of(mine).reject("claim:three", "again")
    with pytest.raises(InputError, match="needs its reason"):
        editor_of(mine).reject("one", "  ")
    with pytest.raises(InputError, match="no claim is named 'nine'"):
        editor_of(mine).reject("nine", "no such")
    outcome = editor_of(mine).reject("two", "x\n y")

    assert "x y" == outcome.edit.reason
    assert ["rejected"] * 2 == [
        found(mine, f"{ID}claim/{name}").status.value for name in ("two", "three")
    ]


def test_a_claim_is_superseded_and_stays_on_record(mine):
    """Dates are kept, sizes given replace all sizes, and the world has the new value."""
    old = found(mine, ONE)
    outcome = editor_of(mine).supersede("one", HoldingValues(percent="60.5"), PAPER, reason="new")
    new = found(mine, outcome.claim.id)

    assert (Status.SUPERSEDED, old.capital) == (found(mine, ONE).status, found(mine, ONE).capital)
    assert ((ONE,), Share.from_percent("60.5")) == (new.supersedes, new.capital)
    held = OwnershipGraph.open(mine).snapshot(as_of="2020-01-01").holdings
    assert [Share.from_percent("60.5")] == [
        one.capital for one in held if one.claim_ids == (new.id,)
    ]
    with pytest.raises(InputError, match=f"superseded already; supersede {new.id} instead"):
        editor_of(mine).supersede("one", HoldingValues(percent="61"), PAPER)
    editor_of(mine).undo()
    assert Status.ACCEPTED is found(mine, ONE).status


def test_only_what_is_given_is_new_in_a_superseding_claim(mine):
    """A date leaves the sizes, a size leaves the dates; an empty date takes one away."""
    first = editor_of(mine).supersede("one", HoldingValues(start="2001", end="2003"), PAPER).claim
    values = HoldingValues(shares=9, end="")
    second = editor_of(mine).supersede(first.id, values, PAPER).claim
    third = editor_of(mine).supersede(second.id, HoldingValues(stated_for="2002"), PAPER).claim

    assert Share.from_percent(60) == first.capital
    assert (None, 9, "2001", None) == (
        second.capital,
        second.shares,
        str(second.period.start),
        second.period.end,
    )
    assert (9, None, "2002") == (third.shares, third.period.start, str(third.stated_for))


def test_only_holdings_with_something_new_supersede(mine):
    """Other claims are rejected instead."""
    with pytest.raises(InputError, match="no value is given"):
        editor_of(mine).supersede("one", HoldingValues(note="same"), PAPER)
    with pytest.raises(InputError, match="is a Tenure; only holdings"):
        editor_of(mine).supersede("three", HoldingValues(percent="1"), PAPER)


def test_an_overlay_corrects_what_it_lies_over(mine, tmp_path):
    """The data stays; read together they give the corrected answer, in either order."""
    before, overlay = mine.read_bytes(), tmp_path / "over.nq"
    editor = editor_of(overlay, Material.of_file(mine))
    editor.reject("one", "misprint")

    assert before == mine.read_bytes()
    assert Status.ACCEPTED is found(mine, ONE).status
    assert Status.REJECTED is found(mine, ONE, overlay).status
    assert Status.REJECTED is found(overlay, ONE, mine).status
    assert () == OwnershipGraph.open(mine, overlay).cautions
    assert ["edit-without-claim"] == [one.code for one in OwnershipGraph.open(overlay).cautions]
    editor.undo()
    assert not overlay.exists()


@pytest.mark.slow
def test_the_bundled_data_is_corrected_in_an_overlay(tmp_path):
    """`alliance` names it among files."""
    overlay = tmp_path / "my.trig"
    editor = editor_of(overlay, bundled())
    values = HoldingValues(percent="43.5", start="2019-08")
    outcome = editor.add("renault", "Nissan", values, PAPER)
    world = OwnershipGraph.open("alliance", overlay).snapshot(as_of="2019-12-31")

    assert [Share.from_percent("43.5")] == [
        one.capital for one in world.holdings if outcome.claim.id in one.claim_ids
    ]
    assert bundled() == Material.of_file("alliance")


def test_what_adds_up_to_too_much_is_written_and_told(mine):
    """It often takes two edits to put a thing right."""
    kinds = PartyKind.PERSON, PartyKind.COMPANY
    outcome = editor_of(mine).add("Ann", "Base", HoldingValues(percent="70"), PAPER, kinds=kinds)

    assert ["over-allocated"] == [caution.code for caution in outcome.cautions]
    assert () == editor_of(mine).supersede("one", HoldingValues(percent="30"), PAPER).cautions


def test_a_claim_without_an_iri_can_be_rejected_with_a_warning(mine):
    """Its name hangs on the words of its file."""
    (claim,) = OwnershipGraph.open(mine).claims.capitals
    outcome = editor_of(mine).reject(claim.id, "wrong")

    assert ["claim-without-iri"] == [caution.code for caution in outcome.cautions]
    assert Status.REJECTED is found(mine, claim.id).status


@pytest.mark.parametrize("name", ["two", "claim-x"])
def test_a_beginning_that_several_claims_have_is_refused(tmp_path, name):
    """The candidates are named."""
    path = tmp_path / "many.ttl"
    path.write_text(
        "@prefix kei: <https://w3id.org/keiretsu/ontology#> .\n"
        + "".join(f"<urn:claim-x{n}> a kei:Capital ; kei:issuer <urn:i> .\n" for n in range(12)),
        encoding="utf-8",
    )
    message = "begins the names of 12 claims" if name == "claim-x" else "no claim is named"
    with pytest.raises(InputError, match=message):
        editor_of(path).reject(name, "x")


def test_ambiguous_names_are_refused(mine):
    """Two parties of one name."""
    text = mine.read_text("utf-8") + 'party:x a kei:Company ; rdfs:label "Top" .\n'
    mine.write_text(text, encoding="utf-8")
    with pytest.raises(AmbiguousNameError, match="names 2 parties"):
        editor_of(mine).add("Top", "Base", HoldingValues(percent="1"), PAPER)


def test_a_file_with_an_error_is_refused_untouched(mine):
    """By every edit, with the line."""
    mine.write_text(mine.read_text("utf-8") + "party:oops a\n", encoding="utf-8")
    before = mine.read_bytes()
    for edit in (
        lambda editor: editor.add("Top", "Base", HoldingValues(percent="1"), PAPER),
        lambda editor: editor.reject("one", "x"),
        lambda editor: editor.supersede("one", HoldingValues(percent="1"), PAPER),
        lambda editor: editor.undo(),
    ):
        with pytest.raises(InputError, match=r"mine.ttl:\d+: syntax error"):
            edit(editor_of(mine))
    assert before == mine.read_bytes()


def test_a_file_that_another_changes_meanwhile_is_not_overwritten(mine):
    """The other's change stays."""
    editor = editor_of(mine)
    mine.write_text(mine.read_text("utf-8") + "# another\n", encoding="utf-8")
    with pytest.raises(InputError, match="has changed while it was edited"):
        editor.reject("one", "x")
    assert mine.read_text("utf-8").endswith("# another\n")


def test_rights_and_links_of_a_file_stay(mine, tmp_path):
    """What is replaced is the content."""
    mine.chmod(0o640)
    link = tmp_path / "link.ttl"
    link.symlink_to(mine)
    editor_of(link).reject("one", "x")

    assert link.is_symlink()
    assert 0o640 == stat.S_IMODE(mine.stat().st_mode)
    assert Status.REJECTED is found(mine, ONE).status


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("alliance", "not edited in place; add --into"),
        ("holdings.csv", "is not RDF"),
        ("folder.ttl", "no file, or not writable"),
    ],
)
def test_what_cannot_hold_edits_is_refused(tmp_path, name, message):
    """The bundled data, tables, folders."""
    (tmp_path / "folder.ttl").mkdir()
    path = name if name == "alliance" else tmp_path / name
    with pytest.raises(InputError, match=message):
        EditedFile.at(path)


def test_the_bundled_file_itself_is_refused():
    """By whatever path it is named."""
    with pytest.raises(InputError, match="bundled dataset is not edited"):
        EditedFile.at(ontology_path("data", "alliance", "..", "alliance", "alliance.trig"))
