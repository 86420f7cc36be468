"""Named questions: on a small case whose answers can be read off."""

import datetime as dt
from contextlib import nullcontext
from dataclasses import replace

import pytest

from keiretsu.errors import AmbiguousNameError, InputError, NameNotFoundError
from keiretsu.store.memory import Store
from keiretsu.store.query.guard import answer
from keiretsu.store.query.parameters import bind
from keiretsu.store.query.questions import (
    ParameterKind,
    named_questions,
    parse_question,
    question,
)

CASE = """@prefix kei: <https://w3id.org/keiretsu/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix party: <https://w3id.org/keiretsu/id/party/> .
@prefix claim: <https://w3id.org/keiretsu/id/claim/> .
@prefix document: <https://w3id.org/keiretsu/id/document/> .
@prefix status: <https://w3id.org/keiretsu/code/status/> .
@prefix sourcing: <https://w3id.org/keiretsu/code/sourcing/> .
@prefix votes-basis: <https://w3id.org/keiretsu/code/votes-basis/> .

<https://w3id.org/keiretsu/id/dataset> a kei:Dataset ; kei:horizon "2019-09-03"^^xsd:date .
party:nissan a kei:Company ; rdfs:label "Nissan" ; skos:altLabel "Twin" .
party:renault a kei:Company ; rdfs:label "Renault" ; skos:altLabel "Twin" .
party:daimler a kei:Company ; rdfs:label "Daimler" .
party:fund a kei:Fund ; rdfs:label "Fund" .
document:report a kei:Document ; kei:title "Annual report" ; kei:publisher "Nissan" ;
    kei:publishedOn "2019-06"^^xsd:gYearMonth ; kei:url "https://example.org/report" .
document:paper a kei:Document ; kei:title "Newspaper" .

claim:interval a kei:Holding ; kei:holder party:renault ; kei:issuer party:nissan ;
    kei:capitalPercentMin 43.4 ; kei:capitalPercentMax 43.4 ;
    kei:votingPercentMin 43.7 ; kei:votingPercentMax 43.7 ; kei:votesBasis votes-basis:gross ;
    kei:validFrom "2010"^^xsd:gYear ; kei:validUntil "2023-11-08"^^xsd:date ;
    kei:reportedIn document:report .
claim:second-source a kei:Holding ; kei:holder party:renault ; kei:issuer party:nissan ;
    kei:capitalPercentMin 43.0 ; kei:capitalPercentMax 43.0 ;
    kei:statedFor "2019-09-02"^^xsd:date ; kei:status status:disputed ;
    kei:reportedIn document:paper .
claim:rejected a kei:Holding ; kei:holder party:renault ; kei:issuer party:nissan ;
    kei:status status:rejected ; kei:reportedIn document:paper .
claim:level-2016 a kei:Holding ; kei:holder party:daimler ; kei:issuer party:nissan ;
    kei:capitalPercentMin 3.4 ; kei:capitalPercentMax 3.4 ; kei:statedFor "2016-12-31"^^xsd:date ;
    kei:reportedIn document:report .
claim:level-2018 a kei:Holding ; kei:holder party:daimler ; kei:issuer party:nissan ;
    kei:capitalPercentMin 3.1 ; kei:capitalPercentMax 3.1 ; kei:statedFor "2018"^^xsd:gYear ;
    kei:reportedIn document:report .
claim:ended a kei:Holding ; kei:holder party:fund ; kei:issuer party:nissan ;
    kei:capitalPercentMin 5 ; kei:capitalPercentMax 10 ; kei:validUntil "2019"^^xsd:gYear ;
    kei:sourcing sourcing:unsourced ; kei:reportedIn document:paper .
claim:elsewhere a kei:Holding ; kei:holder party:nissan ; kei:issuer party:renault ;
    kei:capitalPercentMin 15.0 ; kei:capitalPercentMax 15.0 ; kei:reportedIn document:report .
"""


@pytest.fixture(scope="module")
def store():
    """Return a store with the case."""
    found = Store()
    found.load_bytes(CASE.encode(), "turtle", "case.ttl")
    return found


class Spy:
    """Passes a query on and keeps its bindings."""

    def __init__(self, store):
        self.store, self.bindings = store, {}

    def claims(self):
        """Return the claims of the store."""
        return self.store.claims()

    def deriving(self, requests):
        """Have derived graphs at hand; the case needs none."""
        return self.store.deriving(requests)

    def query(self, text, bindings, timeout):
        """Answer a query as the store does."""
        self.bindings = bindings
        return self.store.query(text, bindings, timeout)


def ask(store, name, **values):
    """Answer a named question."""
    return question(name).run(store, values)


def claims(answer):
    return [row["claim"].rpartition("/")[2] for row in answer.values()]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2019-09-03", ["interval", "second-source", "ended", "level-2018"]),
        ("2019-09-01", ["interval", "ended", "level-2018"]),
        ("2010-06-01", ["interval", "ended"]),
        ("2009-12-31", ["ended"]),
        ("2016-12-31", ["interval", "ended", "level-2016"]),
        ("2018-06-01", ["interval", "ended", "level-2018"]),
        ("2020-01-01", ["interval", "second-source", "level-2018"]),
        ("2020-12-31", ["interval", "second-source", "level-2018"]),
        ("2021-01-01", ["interval", "second-source"]),
        ("2021-09-03", ["interval"]),
        ("2023-11-07", ["interval"]),
        ("2023-11-08", []),
    ],
)
def test_holders_on_a_day(store, day, expected):
    """Intervals half-open, levels for two years and until the next, rejected claims never."""
    answer = ask(store, "q01-holders", company="Nissan", as_of=day)

    assert expected == claims(answer)


def test_holders_say_how_much_and_who_says_so(store):
    """Every column that the question promises."""
    row = ask(store, "q01", company="nissan").values()[0]

    assert {
        "holder_label": "Renault",
        "holder": "https://w3id.org/keiretsu/id/party/renault",
        "capital_percent_min": "43.4",
        "capital_percent_max": "43.4",
        "shares": None,
        "votes_percent_min": "43.7",
        "votes_percent_max": "43.7",
        "votes_basis": "gross",
        "directness": "direct",
        "stated": "interval",
        "valid_from": "2010",
        "valid_until": "2023-11-08",
        "status": "accepted",
        "sourcing": "sourced",
        "title": "Annual report",
        "publisher": "Nissan",
        "published": "2019-06",
        "url": "https://example.org/report",
        "claim": "https://w3id.org/keiretsu/id/claim/interval",
    } == row


def test_thin_evidence(store):
    """An unsourced claim has no source; a disputed one supports nothing."""
    answer = ask(store, "q13-thin-evidence", as_of="2019-09-03")

    assert [
        ("Fund", "Nissan", "0", "1"),
        ("Daimler", "Nissan", "1", "1"),
        ("Nissan", "Renault", "1", "1"),
        ("Renault", "Nissan", "1", "1"),
    ] == [
        (row["holder_label"], row["issuer_label"], row["sources"], row["claims"])
        for row in answer.values()
    ]


@pytest.mark.parametrize("name", ["q01-holders", "q13-thin-evidence"])
def test_binding_terms_and_writing_them_out_give_the_same_answer(store, name):
    """The prepared way and the portable way agree."""
    given = {
        ParameterKind.PARTY: "https://w3id.org/keiretsu/id/party/nissan",
        ParameterKind.DATE: "2019-09-03",
    }
    asked = question(name)
    values = {parameter.name: given[parameter.kind] for parameter in asked.parameters}
    spy = Spy(store)
    prepared = asked.run(spy, values)

    assert prepared.rows
    assert prepared == answer(store._settled.dataset, bind(asked.sparql, spy.bindings))


def test_every_question_is_found_and_reads_well():
    """The questions of the case, then the general ones, each an English sentence."""
    questions = named_questions()

    of_the_case = [int(found.name[1:3]) for found in questions if found.name.startswith("q")]
    assert [1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 13, 15] == of_the_case
    assert ["who-has-at-least"] == [one.name for one in questions[len(of_the_case) :]]
    for found in questions:
        assert found.text[0].isupper()
        assert found.text.endswith("?")
        assert found is question(found.name)


@pytest.mark.parametrize(
    ("name", "values", "error", "words"),
    [
        ("q99", {}, InputError, "no question is named 'q99'"),
        ("q01", {"firm": "Nissan"}, InputError, "has no parameter 'firm'; use company, as_of"),
        ("q01", {"company": "Nisan"}, NameNotFoundError, "no party is named 'Nisan'.*Nissan"),
        ("q01", {"company": "twin"}, AmbiguousNameError, "'twin' names 2 parties"),
        ("q01", {"as_of": "yesterday"}, InputError, "as_of: 'yesterday' is not a date"),
    ],
)
def test_wrong_questions_are_refused(store, name, values, error, words):
    """Names, parameters and their kinds are checked before the query runs."""
    with pytest.raises(error, match=words):
        ask(store, name, **values)


def test_a_date_without_a_horizon_must_be_given():
    """The data cannot say how far it reaches."""
    store = Store()
    store.load_bytes(b"<urn:n> a <https://w3id.org/keiretsu/ontology#Company> .", "turtle", "x")

    with pytest.raises(InputError, match="states no horizon; give a date"):
        ask(store, "q01", company="urn:n")


SOURCE = """# How many are there?
#
# param n: integer = 3
# param label: text
# param share: decimal = 0.5
SELECT ?n { BIND ($n AS ?x) }
"""


def test_a_file_declares_its_parameters():
    """Kinds and defaults stand in the header."""
    found = parse_question("q", SOURCE)

    assert "How many are there?" == found.text
    assert [("n", "integer", "3"), ("label", "text", None), ("share", "decimal", "0.5")] == [
        (parameter.name, parameter.kind, parameter.default) for parameter in found.parameters
    ]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("SELECT * {}", "does not begin with its question"),
        ("# Holders\nSELECT * {}", "does not begin with its question"),
        ("# Who?\n# param x: person\nASK {}", "'person' is no kind of parameter"),
    ],
)
def test_a_file_that_is_no_question_is_refused(source, words):
    """A stored query begins with its question."""
    with pytest.raises(InputError, match=words):
        parse_question("q", source)


TYPED = "# What?\n# param n: integer\n# param d: date\nASK { FILTER ($n = $d) }"


def test_values_take_their_type():
    """Integers, decimals, text and dates become typed terms; a missing value is an error."""
    found = replace(parse_question("q", TYPED), is_ours=True)

    class Nothing:
        def claims(self):
            return None

        def deriving(self, _requests):
            return nullcontext()

        def query(self, _text, bindings, _timeout):
            return bindings

    assert ["7", "2019-09"] == [
        str(term) for term in found.run(Nothing(), {"n": "7", "d": "2019-09"}).values()
    ]
    assert "2019-09-03" == str(found.run(Nothing(), {"n": 7, "d": dt.date(2019, 9, 3)})["d"])
    with pytest.raises(InputError, match="'n' is missing"):
        found.run(Nothing(), {"d": "2019"})
    with pytest.raises(InputError, match="n: 'x' is not a number"):
        found.run(Nothing(), {"n": "x", "d": "2019"})
