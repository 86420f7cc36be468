"""Parts of claims lie where the claim lies; derived graphs are kept apart from claims."""

import pytest

from keiretsu.errors import InputError, UnknownTermError
from keiretsu.model import (
    ID,
    ClaimSet,
    DatedName,
    Document,
    Event,
    EventKind,
    Figure,
    Office,
    Participation,
    Party,
    Proposal,
    ProposedHolding,
    Role,
    Share,
    Tenure,
)
from keiretsu.resources import ontology_path
from keiretsu.store.codec.dataset import read_dataset, write_dataset, write_trig
from keiretsu.store.codec.pairs import part_iri
from keiretsu.store.memory import Store
from keiretsu.vocabulary import DERIVED, GRAPH, is_derived

HEAD = """@prefix kei: <https://w3id.org/keiretsu/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix role: <https://w3id.org/keiretsu/code/role/> .
"""
EXAMPLES = ontology_path("examples", "valid")


def loaded(text, syntax="turtle"):
    store = Store()
    store.load_bytes(f"{HEAD}{text}".encode(), syntax, "x.ttl")
    return store


def graphs_of(store, subject):
    text = f"SELECT DISTINCT ?g {{ GRAPH ?g {{ <{subject}> ?p ?o }} }}"
    return {str(row[0]) for row in store.query(text).rows}


def test_a_merger_that_stalled_is_read_whole():
    """Who proposed what to whom, what was withheld, by what leverage."""
    store = Store()
    store.load(EXAMPLES / "merger-that-stalled.trig")
    delay, proposal, withdrawal = store.claims().events

    assert isinstance(proposal, Proposal)
    assert (Participation(f"{ID}party/renault", Role.ADDRESSEE),) == proposal.participations[:1]
    change = ProposedHolding(
        f"{ID}party/exor", f"{ID}party/merged", capital=Share.from_percent("14.5")
    )
    assert (change,) == proposal.changes
    assert (withdrawal.id,) == proposal.led_to
    assert (EventKind.WITHHOLDING, "approval") == (delay.kind, delay.withheld)
    assert ((f"{ID}claim/state",), proposal.id) == (delay.leverage, delay.part_of)
    fca = DatedName("Fiat Chrysler Automobiles", "2014-10-12", "2021-01-16")
    assert (fca,) == store.claims().parties[f"{ID}party/stellantis"].former_names
    assert store.claims().documents[f"{ID}document/blog"].weak


def test_offices_and_figures_are_read():
    """The kind of office and its title, who nominated, whether a figure is consolidated."""
    store = Store()
    store.load(EXAMPLES / "offices-and-figures.ttl")
    director, minister = store.claims().tenures
    (sales,) = store.claims().figures

    assert (Office.MINISTER, "Minister for the Economy and Finance") == (
        minister.office,
        minister.title,
    )
    assert (f"{ID}party/french-state", "") == (director.nominated_by, director.title)
    assert (10756875, "vehicles", False) == (sales.value, sales.unit, sales.consolidated)


def test_an_end_and_a_record_are_read():
    """The document that tells the end is a document of the data even if nothing describes it."""
    store = Store()
    store.load(EXAMPLES / "end-told-later.ttl")
    (holding,) = store.claims().holdings

    assert (f"{ID}document/of-2021", f"{ID}record/1") == (holding.end_document, holding.record)
    bare = loaded("<c> a kei:Holding; kei:holder <a>; kei:issuer <b>; kei:endReportedIn <d> .")
    assert "d" == bare.claims().documents[f"{ID}d"].title


def test_a_part_lies_in_the_graph_of_its_claim():
    """Also where it has no name, and the claim names a document other than the file."""
    store = loaded(
        """<event> a kei:Event ; rdfs:label "a call" ; kei:reportedIn <paper> ;
            kei:participation [ a kei:Participation ; kei:party <renault> ] .
        <paper> a kei:Document ; kei:title "A newspaper" ."""
    )
    (row,) = store.query("SELECT ?part { ?event kei:participation ?part }").rows

    assert {f"{ID}paper"} == graphs_of(store, row[0])
    assert store.query("ASK { ?p kei:role role:participant . ?e kei:eventKind ?k }").boolean
    former = loaded(
        '<p> a kei:Company ; kei:formerName <n> . <n> a kei:FormerName ; kei:name "x" .'
    )
    assert {str(GRAPH.parties)} == graphs_of(former, f"{ID}n")


def test_parts_have_stable_names():
    """Writing twice gives the same text; what is said alike of another event is another node."""
    part = Participation(f"{ID}party/a", Role.ACTOR)
    events = tuple(
        Event(id=f"{ID}claim/{n}", document=f"{ID}document/d", label=n, participations=(part,))
        for n in ("1", "2")
    )
    claims = ClaimSet(
        parties={part.party: Party(id=part.party, label="a")},
        documents={f"{ID}document/d": Document(id=f"{ID}document/d", title="d")},
        events=events,
    )
    parts = {part_iri(event.id, part.party, "actor") for event in events}

    assert 2 == len(parts)
    assert parts <= {s for s, _, _, _ in write_dataset(claims).quads()}
    assert write_trig(claims) == write_trig(claims)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<e> a kei:Event ; kei:participation <p> .", "is not a kei:Participation"),
        ("<e> a kei:Proposal ; kei:change <p> . <p> a kei:Participation ; kei:party <a> .",
         "is not a kei:ProposedHolding"),
        ("<e> a kei:Event . <p> a kei:Participation .", "kei:party is missing"),
        ("<e> a kei:Event ; kei:terms 'x' .", "kei:terms does not belong to a kei:Event"),
        ("<e> a kei:Event, kei:Tenure .", "is Event and Tenure at once"),
        ("<e> a kei:Figure ; kei:party <a> ; kei:amount 1 .", "kei:measure is missing"),
        ("<e> a kei:Tenure ; kei:person <a> .", "kei:organisation is missing"),
        ("<e> a kei:Stake ; kei:holder <a> ; kei:issuer <b> .", "a kei:Stake is no claim"),
        ("<e> a kei:Statement .", "is a kei:Statement of no kind"),
        (("<p> a kei:Company ; kei:formerName <n> . <n> a kei:FormerName ; kei:name 'x' ; "
          "kei:validFrom '2019'^^xsd:gYear ; kei:validUntil '2018'^^xsd:gYear ."),
         r"ends \(2018\) before it begins \(2019\)"),
        (("<e> a kei:Event ; kei:participation <p> . "
          "<p> a kei:Participation ; kei:party <p> ."), "is named as a party but is none"),
    ],
)  # fmt: skip
def test_what_is_not_whole_is_refused(text, message):
    """In one line, with its place; and nothing is loaded."""
    store = Store()
    with pytest.raises(InputError, match=message):
        store.load_bytes(f"{HEAD}{text}".encode(), "turtle", "x.ttl")

    assert () == store.claims().events


def test_a_proposal_may_be_called_an_event_too():
    """Both classes given: the more special one counts."""
    store = loaded('<e> a kei:Event, kei:Proposal, kei:Claim ; rdfs:label "x" ; kei:terms "t" .')

    assert ["t"] == [event.terms for event in store.claims().events]


def test_an_unknown_role_is_refused():
    """With the codes that there are."""
    with pytest.raises(UnknownTermError, match="use participant, actor, subject"):
        loaded("<p> a kei:Participation ; kei:party <a> ; kei:role role:hero .")


def test_derived_graphs_are_not_read_as_claims():
    """What they say can be asked, and changes no claim."""
    store = Store()
    store.load(EXAMPLES / "derived-graph.trig")

    assert [f"{ID}claim/1"] == [holding.id for holding in store.claims().holdings]
    assert {"Renault", "Nissan"} == {party.label for party in store.claims().parties.values()}
    assert store.query("ASK { ?s a kei:Suspension ; kei:effect 'suspended' }").boolean
    assert store.query("ASK { ?a kei:controls ?b . ?b kei:hasStakeIn ?a }").boolean
    assert [] == store.validate()


def test_derived_graphs_stay_where_they_are():
    """A party in a shortcut is not described there, and the text round-trips."""
    store = Store()
    store.load(EXAMPLES / "derived-graph.trig")
    graphs = graphs_of(store, f"{ID}party/renault")
    again = Store()
    again.load_bytes(store.to_trig().encode(), "trig", "again.trig")

    assert {str(GRAPH.parties), f"{DERIVED}example"} == graphs
    assert ["False", "True"] == sorted(str(is_derived(name)) for name in graphs)
    assert store.to_trig() == again.to_trig()
    assert read_dataset(write_dataset(store.claims())).holdings == store.claims().holdings


@pytest.mark.parametrize(
    "statement",
    [
        "<c> a kei:Holding ; kei:holder <a> ; kei:issuer <b> .",
        "<c> kei:status <https://w3id.org/keiretsu/code/status/accepted> .",
        '<a> rdfs:label "another name" .',
        "<a> a kei:Company .",
        "<f> a kei:Stake, kei:Holding ; kei:holder <a> ; kei:issuer <b> .",
    ],
)
def test_a_derived_graph_that_says_more_is_refused(statement):
    """Queries over all graphs would take it for asserted."""
    with pytest.raises(InputError, match="derived graph 'x' says more than findings"):
        loaded(f"<{DERIVED}x> {{ {statement} }}", "trig")


def test_figures_may_be_negative_and_exact():
    """A profit may be a loss; digits are kept."""
    store = loaded(
        "<f> a kei:Figure ; kei:party <a> ; kei:amount -1.25 ; "
        "kei:measure <https://w3id.org/keiretsu/code/measure/sales> ."
    )
    (figure,) = store.claims().figures

    assert isinstance(figure, Figure)
    assert "-5/4" == str(figure.value)
    assert "kei:amount -1.25" in store.to_trig()


def test_a_name_with_a_date_that_is_none_is_refused_with_its_party():
    """Writing names the party."""
    party = Party(id=f"{ID}party/a", label="a", former_names=(DatedName("b", "spring"),))

    with pytest.raises(InputError, match="'spring' is not a date") as caught:
        write_dataset(ClaimSet(parties={party.id: party}, documents={}))
    assert party.id == caught.value.place


def test_a_tenure_without_a_title_has_none():
    """An empty title is not written."""
    tenure = Tenure(
        id=f"{ID}claim/t",
        document=f"{ID}document/d",
        person=f"{ID}party/a",
        organisation=f"{ID}party/b",
    )
    text = write_trig(ClaimSet(parties={}, documents={}, tenures=(tenure,)))

    assert "kei:officeTitle" not in text
    assert "kei:office office:other-office" in text
