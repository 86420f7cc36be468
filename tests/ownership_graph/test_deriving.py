"""Derived graphs: what the commands answer, as RDF, with where it comes from."""

import re
from collections import Counter
from fractions import Fraction

import pyoxigraph
import pytest
from rdflib import URIRef

import keiretsu
from keiretsu import OwnershipGraph
from keiretsu.errors import InputError, NameNotFoundError, OverAllocatedError
from keiretsu.model import ID, Share
from keiretsu.ownership_graph import Material
from keiretsu.scenarios import Amount
from keiretsu.scenarios.edits import Hold
from keiretsu.store.derived.findings import DerivedShare
from keiretsu.store.derived.graphs import DerivedGraph, DerivedKind, DerivedRequest
from keiretsu.vocabulary import DERIVED

DAY = "2019-09-03"
REGIMES = ("ofac", "takeover-bid")
RULES = ("majority-votes", "fr-presumption-40")
KINDS = """VALUES ?k { kei:Stake kei:ControlFinding kei:IntegratedShare kei:LegalVerdict
    kei:Suspension }"""
SMALL = b"""holder,issuer,capital_percent
Anna,Top,60
Bert,Top,20-40
Top,Middle,50.1
Middle,Base,34
Anna,Base,17
"""
PREFIX = (
    "PREFIX kei: <https://w3id.org/keiretsu/ontology#> PREFIX prov: <http://www.w3.org/ns/prov#> "
)


def table(*rows):
    text = "\n".join(("holder,issuer,capital_percent", *rows))
    return OwnershipGraph.of([Material(text.encode(), "table.csv", "csv")])


def small():
    return OwnershipGraph.of([Material(SMALL, "small.csv", "csv")])


def rows(graph, text):
    """Return the rows of a query of ours, as texts."""
    return [tuple(str(cell) for cell in row) for row in graph.store.query(text).rows]


@pytest.fixture(scope="module")
def derived():
    """Return the alliance with derived graphs of a day, and their names."""
    graph = OwnershipGraph.open()
    return graph, graph.derive(DAY, rule=RULES, regimes=REGIMES)


def test_every_graph_is_there_and_says_how_it_was_made(derived):
    """Day, rule, version, fingerprint; an activity of PROV even for those who read no ontology."""
    graph, names = derived
    short = [name.removeprefix(DERIVED) for name in names]
    assert [
        f"stakes/{DAY}",
        f"group-stakes/{DAY}",
        f"control/{DAY}/majority-votes",
        f"control/{DAY}/fr-presumption-40",
        f"integrated/{DAY}",
        f"legal/{DAY}/ofac",
        f"legal/{DAY}/takeover-bid",
    ] == short
    told = rows(
        graph,
        """SELECT ?g ?rule ?day ?version ?fingerprint {
            GRAPH ?g { ?g prov:wasGeneratedBy ?d . ?d a kei:Derivation, prov:Activity ;
                kei:rule ?rule ; kei:asOf ?day ; kei:softwareVersion ?version ;
                kei:datasetFingerprint ?fingerprint } }""",
    )
    assert sorted(names) == sorted(row[0] for row in told)
    assert {(DAY, keiretsu.__version__, graph.claims.fingerprint)} == {row[2:] for row in told}


def test_every_finding_rests_on_claims_that_are_there(derived):
    """prov:wasDerivedFrom leads to claims, of which at least one is a holding."""
    graph, _ = derived
    claims = {claim.id for claim in graph.claims.every_claim()}
    holdings = {claim.id for claim in graph.claims.holdings}
    evidence: dict[str, set[str]] = {}
    query = f"SELECT ?f ?c {{ {KINDS} ?f a ?k ; prov:wasDerivedFrom ?c }}"
    for finding, claim in rows(graph, query):
        evidence.setdefault(finding, set()).add(claim)
    found = rows(graph, f"SELECT DISTINCT ?f {{ {KINDS} ?f a ?k }}")
    assert 300 < len(found)
    assert {row[0] for row in found} == evidence.keys()
    assert all(used <= claims for used in evidence.values())
    own_shares = [f for f, used in evidence.items() if not used & holdings]
    assert len(own_shares) < 10  # told by figures of the capital alone


def test_stakes_are_what_votes_answers(derived):
    """Capital and votes of every kind, pair by pair."""
    graph, _ = derived
    world = graph.snapshot(DAY)
    for company in ("Renault", "Nissan", "Volkswagen AG"):
        expected = Counter()
        for record in keiretsu.votes(world, company):
            if record.sources:
                expected[record.holder_id] += Fraction(record.votes.low)
        told = rows(
            graph,
            f"""SELECT ?h ?low {{ GRAPH <{DERIVED}stakes/{DAY}> {{ ?s a kei:Stake ; kei:holder ?h ;
                kei:issuer <{world.parties[world.position(company)].id}> ;
                kei:exercisableVotesPercentMin ?low ; kei:capitalPercentMax ?c ;
                kei:grossVotesPercentMin ?g ; kei:agreedVotesPercentMax ?a }} }}""",
        )
        assert {h: round(share * 100, 6) for h, share in expected.items()} == {
            holder: Fraction(low) for holder, low in told
        }


def test_suspensions_name_their_article(derived):
    """Nissan's votes in Renault, by the French rule."""
    graph, _ = derived
    told = rows(
        graph,
        f"""SELECT ?article ?effect {{ GRAPH <{DERIVED}stakes/{DAY}> {{ ?s a kei:Suspension ;
            kei:holder <{ID}party/nissan-finance-co-ltd> ; kei:issuer <{ID}party/renault> ;
            kei:article ?article ; kei:effect ?effect }} }}""",
    )
    assert ("C. com. L.233-31", "suspended") in told


@pytest.mark.parametrize("rule", RULES)
def test_control_is_what_control_answers(derived, rule):
    """Certain and possible pairs, and who is at the top."""
    graph, _ = derived
    world, name = graph.snapshot(DAY), f"{DERIVED}control/{DAY}/{rule}"
    records = list(keiretsu.control(world, rule=rule))
    for verdict, shortcut in (("certain", "controls"), ("possible", "mayControl")):
        expected = {(r.controller_id, r.company_id) for r in records if r.verdict == verdict}
        assert expected == set(
            rows(graph, f"SELECT ?a ?b {{ GRAPH <{name}> {{ ?a kei:{shortcut} ?b }} }}")
        )
    tops = {
        (r.company_id, head)
        for r in keiretsu.control(world, rule=rule, ultimate=True)
        for head in r.controller_id.split(" + ")
        if r.verdict == "certain" and head != r.company_id
    }
    told = set(rows(graph, f"SELECT ?a ?b {{ GRAPH <{name}> {{ ?a kei:ultimateController ?b }} }}"))
    assert tops == told


def test_integrated_shares_are_what_owners_answers(derived):
    """From the floor of one percent."""
    graph, _ = derived
    world = graph.snapshot(DAY)
    told = rows(
        graph,
        f"""SELECT ?h ?low ?high {{ GRAPH <{DERIVED}integrated/{DAY}> {{ ?s a kei:IntegratedShare ;
            kei:holder ?h ; kei:issuer <{ID}party/nissan> ; kei:integratedPercentMin ?low ;
            kei:integratedPercentMax ?high }} }}""",
    )
    expected = {
        (
            r.party_id,
            round(float(r.integrated.low) * 100, 6),
            round(float(r.integrated.high) * 100, 6),
        )
        for r in keiretsu.owners(world, "Nissan")
        if r.integrated is not None and r.integrated.high >= Fraction(1, 100)
    }
    assert expected
    assert expected == {(holder, float(low), float(high)) for holder, low, high in told}


@pytest.mark.parametrize("regime", REGIMES)
def test_legal_verdicts_are_what_beneficial_answers(derived, regime):
    """Company by company, with the article of the deciding ground."""
    graph, _ = derived
    world = graph.snapshot(DAY)
    told = rows(
        graph,
        f"""SELECT ?who ?company ?word ?article {{ GRAPH <{DERIVED}legal/{DAY}/{regime}> {{
            ?v a kei:LegalVerdict ; kei:partyBehind ?who ; kei:testedCompany ?company ;
            kei:verdict ?code ; kei:article ?article ; kei:regime "{regime}" }}
            ?code skos:notation ?word }}""",
    )
    expected = {
        (r.person_id, world.parties[issuer].id, r.verdict.value, r.grounds[0].article)
        for issuer in {one.issuer for one in world.holdings}
        for r in keiretsu.beneficial(world, world.parties[issuer].id, regime)
    }
    assert 20 < len(expected)
    assert expected == set(told)


# -- kept apart from claims, replaced whole, removed without a trace ---------------------------


def test_removing_derived_graphs_leaves_no_trace():
    """The store is what it was, to the last statement; the fingerprint never changed."""
    graph = small()
    before, fingerprint = graph.store.to_nquads(), graph.claims.fingerprint
    names = graph.derive("2020-01-01", regimes=["amlr"])
    assert fingerprint == graph.claims.fingerprint
    assert before != graph.store.to_nquads()
    for name in names:
        graph.drop_derived(name)
        assert name not in {str(found) for found in graph.store.derived.names()}
    assert before == graph.store.to_nquads()
    assert [] == rows(graph, "SELECT ?s { ?s a kei:Derivation }")


def test_deriving_again_replaces_whole():
    """With a higher floor what lay below it is gone; the same gives the same bytes."""
    graph = small()
    (name,) = [n for n in graph.derive("2020-01-01", floor="0%") if "integrated" in n]
    first = graph.store.to_trig()
    assert first == (graph.derive("2020-01-01", floor="0%"), graph.store.to_trig())[1]
    many = next(one for one in graph.derived() if one.name == name).findings
    graph.derive("2020-01-01", floor="50%")
    assert many > next(one for one in graph.derived() if one.name == name).findings > 0


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"rule": ["majority-votes", "magic"]}, "no rule is named 'magic'"),
        ({"regimes": ["ofac", "magic"]}, "magic"),
        ({"floor": 2}, "the floor must lie between"),
        ({"as_of": "spring"}, "'spring' is not a date"),
    ],
)
def test_all_or_none(options, error):
    """Where one graph cannot be computed none is written."""
    graph = small()
    graph.derive("2020-01-01")
    before = graph.store.to_nquads()
    with pytest.raises(InputError, match=re.escape(error)):
        graph.derive(**{"as_of": "2020-01-01", **options})
    assert before == graph.store.to_nquads()


def test_a_graph_that_cannot_be_written_leaves_the_others():
    """Also those that were to be written before it."""
    graph = small()
    before = graph.store.to_nquads()
    one, half = (
        DerivedRequest(DerivedKind.INTEGRATED, graph.snapshot("2020-01-01").as_of),
        Share.point(Fraction(1, 2)),
    )
    bad = DerivedShare("no iri", "no iri", half, ())
    good = DerivedGraph(DerivedRequest(DerivedKind.STAKES, one.as_of), "r", "v", "f", ())
    with pytest.raises(InputError, match="no iri"):
        graph.store.derived.put([good, DerivedGraph(one, "r", "v", "f", (bad,))])
    assert before == graph.store.to_nquads()


def test_more_than_the_whole_is_refused():
    """Nothing is derived from claims that cannot be so."""
    graph = OwnershipGraph.of(
        [Material(b"holder,issuer,capital_percent\nA,B,90\n", "a.csv", "csv")]
    )
    more = table("C,B,90")
    graph.store.add(more.claims)
    with pytest.raises(OverAllocatedError):
        graph.derive("2020-01-01")
    assert [] == graph.derived()


def test_derived_graphs_go_when_claims_come():
    """What was computed from fewer claims is no longer true."""
    graph = small()
    graph.derive("2020-01-01")
    more = table("C,B,9")
    graph.store.add(more.claims)
    assert [] == graph.derived()


def test_what_is_written_is_read_back_as_derived():
    """The claims are the same with and without; alone, derived graphs are no claims at all."""
    graph = small()
    names = graph.derive("2020-01-01", regimes=["ofac"])
    text = graph.store.to_trig()
    again = OwnershipGraph.of([Material(text.encode(), "again.trig", "trig")])
    assert sorted(names) == [one.name for one in again.derived()]
    assert graph.claims == again.claims
    assert text == again.store.to_trig()
    assert [] == again.store.validate()
    alone = OwnershipGraph.of([Material(graph.derived_trig(*names).encode(), "d.trig", "trig")])
    assert [] == list(alone.claims.every_claim())
    assert sorted(names) == [one.name for one in alone.derived()]


def test_any_engine_answers_who_has_a_quarter():
    """The file alone, in another engine, with no code of ours."""
    graph = small()
    text = graph.derived_trig(*graph.derive("2020-01-01", floor="0%"))
    store = pyoxigraph.Store()
    store.load(text.encode(), format=pyoxigraph.RdfFormat.TRIG)
    query = PREFIX + (
        "SELECT ?h ?i ?min { GRAPH ?g { ?s a kei:IntegratedShare ; kei:holder ?h ; kei:issuer ?i ;"
        " kei:integratedPercentMin ?min } FILTER (?min >= 25) }"
    )
    found = {
        (
            *(s[end].value.rpartition("/")[2].partition("-")[0] for end in "hi"),
            float(s["min"].value),
        )
        for s in store.query(query)
    }
    # Base belongs to Anna by 17 % and, through Top and Middle, by 34 % of 50.1 % of 60 %
    expected = ("anna", "base", round(17 + 34 * 0.501 * 0.6, 6))
    assert {expected, ("anna", "top", 60)} <= found


def test_the_stored_question_says_who_has_a_quarter(derived):
    """Capital, votes, and all chains; ranges that may reach it are possible."""
    graph, _ = derived
    told = graph.ask("who-has-at-least", as_of=DAY, least=40).values()
    found = {(r["holder_label"], r["issuer_label"], r["basis"], r["verdict"]) for r in told}
    assert ("Renault", "Nissan", "votes", "certain") in found
    assert not [one for one in found if one[1] == "Mitsubishi Motors"]
    assert ("Nissan", "Renault", "votes", "certain") not in found


def test_dropping_what_is_not_there_is_refused():
    """A graph of claims is no derived graph."""
    graph = small()
    claims = next(str(g.identifier) for g in graph.store._settled.dataset.graphs())
    with pytest.raises(InputError, match="is no derived graph here"):
        graph.drop_derived(claims)
    assert URIRef(claims) in {g.identifier for g in graph.store._settled.dataset.graphs()}


def test_a_supposed_world_lies_beside_the_claimed_one():
    """Both answer, the supposed one says what it supposes, and dropping it leaves no trace."""
    graph = OwnershipGraph.open()
    edits = [Hold("Renault", "Nissan", Amount.read("39.5"))]
    claimed = graph.derive(DAY, rule="fr-presumption-40")
    before = graph.store.to_nquads()
    supposed = graph.derive(DAY, rule="fr-presumption-40", edits=edits)

    assert set() == set(claimed) & set(supposed)
    told = {one.name: one.supposed for one in graph.derived()}
    assert {()} == {told[name] for name in claimed}
    assert {("Renault holds 39.5 % of the capital of Nissan",)} == {told[one] for one in supposed}
    question = (
        "SELECT ?graph { GRAPH ?graph { ?f a kei:ControlFinding ; kei:controller ?by ; "
        "kei:controlled ?of } ?by rdfs:label 'Renault' . ?of rdfs:label 'Nissan' }"
    )
    assert [(next(one for one in claimed if "/control/" in one),)] == rows(graph, question)
    assert supposed == graph.derive(DAY, rule="fr-presumption-40", edits=edits)
    graph.drop_derived(*supposed)
    assert before == graph.store.to_nquads()


def test_an_edit_that_fails_derives_nothing():
    """What was derived before stays."""
    graph = small()
    graph.derive("2020-01-01")
    before = graph.store.to_nquads()
    with pytest.raises(NameNotFoundError):
        graph.derive("2020-01-01", edits=[Hold("Nobody", "B", Amount.read("10"))])
    assert before == graph.store.to_nquads()
