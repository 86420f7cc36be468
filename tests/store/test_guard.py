"""Queries: refused if they reach outside, stopped at their deadline, read out at once."""

import signal
import threading
import time

import pytest
import rdflib.plugins.sparql
from rdflib import Literal, URIRef

from keiretsu.errors import DeadlineError, InputError, QueryRefusedError
from keiretsu.resources import ontology_path
from keiretsu.store.memory import Store
from keiretsu.store.query.guard import MOST_CHARACTERS, deadline, prepare

NISSAN_FINANCE = URIRef("https://w3id.org/keiretsu/id/party/nissan-finance")


@pytest.fixture(scope="module")
def store():
    """Return a store with Renault on 31 December 2020."""
    found = Store()
    found.load(ontology_path("examples", "valid", "renault-2020.trig"))
    return found


REFUSED = {
    "service": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "silent service": "select * { service silent <http://x/> {?s ?p ?o} }",
    "service in exists": "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <http://x/> {?s ?p ?o} } }",
    "service in a subquery": "SELECT * { { SELECT * { SERVICE ?x {?s ?p ?o} } } }",
    "service in minus": "SELECT * { ?s ?p ?o MINUS { SERVICE <http://x/> {?s ?p ?o} } }",
    "service in a projection": "SELECT (EXISTS { SERVICE <http://x/> {?s ?p ?o} } AS ?e) {}",
    "service behind a prefix": "PREFIX e: <http://x/> SELECT * { SERVICE e:y {?s ?p ?o} }",
    "service in construct": "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <http://x/> {?s ?p ?o} }",
    "service in optional": "SELECT * { OPTIONAL { GRAPH ?g { SERVICE <http://x/> {?s ?p ?o} } } }",
    "from a file": "SELECT * FROM <file:///etc/passwd> {?s ?p ?o}",
    "from named": "SELECT * FROM NAMED <http://x/> { GRAPH ?g { ?s ?p ?o } }",
    "describe from": "DESCRIBE <urn:x> FROM <http://x/>",
    "load": "LOAD <http://127.0.0.1:9/>",
    "delete": "DELETE WHERE { ?s ?p ?o }",
    "insert": "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
    "insert where": "PREFIX e: <urn:> INSERT { ?s e:p 1 } WHERE { ?s ?p ?o }",
    "clear": "CLEAR ALL",
    "drop": "DROP ALL",
    "braces": "SELECT * { " + "{" * 3000 + "?s ?p ?o" + "}" * 3000 + " }",
    "brackets": "SELECT * { ?s ?p ?o FILTER (" + "(" * 100 + "1" + ")" * 100 + ") }",
    "length": "SELECT * { ?s ?p ?o }" + " " * MOST_CHARACTERS,
}


@pytest.mark.parametrize("query", REFUSED.values(), ids=REFUSED)
def test_queries_that_reach_outside_or_change_are_refused(store, query):
    """Refusal reads the parse tree."""
    before = store.to_nquads()

    with pytest.raises(QueryRefusedError):
        store.query(query)

    assert before == store.to_nquads()


ALLOWED = {
    "words in a string": 'SELECT ("SERVICE <http://x/> FROM" AS ?x) {} # SERVICE',
    "braces in a string": 'SELECT ("' + "{" * 200 + '" AS ?x) {}',
    "a property called from": "SELECT * { ?claim kei:validFrom ?from }",
}


@pytest.mark.parametrize("query", ALLOWED.values(), ids=ALLOWED)
def test_words_in_strings_names_and_comments_refuse_nothing(store, query):
    """The text alone says nothing."""
    assert store.query(query).rows


def test_rdflib_fetches_no_graphs():
    """The switch that covers FROM is off as soon as the store is imported."""
    assert rdflib.plugins.sparql.SPARQL_LOAD_GRAPHS is False


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("SELECT ?x WHERE {\n  ?x kei:holder }\n", "query:2"),
        ("SELEKT *", "query:1"),
        ("", "query:1"),
        ("SELECT * { ?s nope:x ?o }", "query"),
    ],
)
def test_what_is_not_sparql_is_an_error_with_its_line(store, query, place):
    """One line, without rdflib's own error."""
    with pytest.raises(InputError) as caught:
        store.query(query)

    assert place == caught.value.place
    assert "\n" not in str(caught.value)


SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def test_a_query_is_stopped_at_its_deadline(store):
    """Promptly, and the alarm that was set before is restored."""
    before = signal.getsignal(signal.SIGALRM)
    start = time.monotonic()

    with pytest.raises(DeadlineError, match=r"stopped after 0\.2 s"):
        store.query(SLOW, timeout=0.2)

    assert 2 > time.monotonic() - start
    assert before is signal.getsignal(signal.SIGALRM)
    assert (0, 0) == signal.getitimer(signal.ITIMER_REAL)


def test_a_runaway_pattern_is_stopped(store):
    """Backtracking happens inside one call of the regular expressions."""
    with pytest.raises(DeadlineError):
        store.query(f'ASK {{ FILTER (REGEX("{"a" * 40}!", "^(a+)+$")) }}', timeout=0.2)


def test_a_deadline_waits_for_a_finalizer():
    """What is raised in one would be lost, and told to whoever watches for that."""
    taken_down = []

    class Slow:
        def __del__(self):
            time.sleep(0.2)
            taken_down.append(self)

    def work():
        Slow()
        time.sleep(30)

    with pytest.raises(DeadlineError), deadline(0.05):
        work()
    assert 1 == len(taken_down)


def test_a_deadline_that_something_swallows_rings_again():
    """An engine that catches errors cannot keep running."""
    swallowed = []

    def stubborn():
        while True:
            try:
                time.sleep(1)
            except BaseException as error:
                if swallowed:
                    raise
                swallowed.append(error)

    with pytest.raises(DeadlineError), deadline(0.05):
        stubborn()

    assert 1 == len(swallowed)


def test_no_deadline_is_promised_outside_the_main_thread(store):
    """It says so instead of running without one; without a deadline it answers."""
    found = []

    def ask():
        try:
            store.query("ASK { ?s ?p ?o }")
        except QueryRefusedError as error:
            found.append(str(error))
        found.append(store.query("ASK { ?s ?p ?o }", timeout=None).boolean)

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()

    assert ["no deadline can be kept here (not the main thread); pass timeout=None", True] == found


def test_prefixes_are_known_and_can_be_declared_anew(store):
    """A query's own prefix wins."""
    assert store.query("ASK { ?h a kei:Holding }").boolean is True
    assert store.query("PREFIX kei: <urn:x#> ASK { ?h a kei:Holding }").boolean is False


def test_the_code_lists_and_the_classes_can_be_asked_for(store):
    """Kinds of parties are reached through their superclasses, codes by their words."""
    query = "SELECT ?p { ?p a/rdfs:subClassOf* kei:Organisation } ORDER BY ?p"
    assert ["french-state", "nissan-finance", "renault"] == [
        row["p"].rpartition("/")[2] for row in store.query(query).values()
    ]

    codes = "SELECT DISTINCT ?word { ?c kei:status/skos:notation ?word }"
    assert [{"word": "accepted"}] == store.query(codes).values()


def test_the_ontology_is_not_part_of_the_data(store):
    """Asking does not change the fingerprint."""
    before = store.claims().fingerprint
    store.query("ASK {}")
    again = Store()
    again.load_bytes(store.to_nquads().encode(), "nquads", "x.nq")

    assert before == again.claims().fingerprint


@pytest.mark.parametrize("sigil", "?$")
def test_values_are_bound_and_never_pasted(store, sigil):
    """As a variable or as a parameter."""
    query = f"SELECT ?n {{ ?c kei:holder {sigil}who ; kei:shares ?n }}"

    assert [{"n": "44358343"}] == store.query(query, {"who": NISSAN_FINANCE}).values()


def test_a_hostile_value_is_only_a_value(store):
    """What would close the string in a pasted query matches nothing here."""
    evil = Literal('x" } UNION { ?p a kei:State ; rdfs:label ?label } #')

    query = "SELECT ?p { ?p a kei:Company ; rdfs:label $label }"
    assert () == store.query(query, {"label": evil}).rows


def test_a_value_without_a_variable_is_refused(store):
    """A misspelt name would otherwise ask for everything."""
    with pytest.raises(InputError, match=r"no variable \?hodler"):
        store.query("SELECT ?h { ?c kei:holder ?h }", {"hodler": NISSAN_FINANCE})


def test_rows_are_read_at_once():
    """What is loaded later does not appear in an answer."""
    store = Store()
    store.load_bytes(b"<urn:a> <urn:b> <urn:c> .", "turtle", "a.ttl")
    answer = store.query("SELECT ?o { <urn:a> <urn:b> ?o }")
    store.load_bytes(b"<urn:a> <urn:b> <urn:d> .", "turtle", "b.ttl")

    assert [{"o": "urn:c"}] == answer.values()


def test_rows_in_which_nothing_is_bound_are_kept(store):
    """Rdflib drops them when one iterates over its results."""
    assert ((None,), (None,)) == store.query("SELECT ?x { { } UNION { } }").rows


def test_a_prepared_query_is_kept():
    """Parsing is what costs most."""
    assert prepare("ASK { ?s ?p ?o }") is prepare("ASK { ?s ?p ?o }")


def test_reach_that_is_too_deep_is_an_error_and_not_a_crash():
    """Rdflib walks paths by recursion; long chains belong to the mirror."""
    lines = "".join(f"<urn:{n}> <urn:p> <urn:{n + 1}> .\n" for n in range(5000))
    store = Store()
    store.load_bytes(lines.encode(), "ntriples", "chain.nt")

    with pytest.raises(QueryRefusedError, match="too deep for the engine"):
        store.query("SELECT (COUNT(?x) AS ?n) { <urn:0> <urn:p>+ ?x }", timeout=60)
