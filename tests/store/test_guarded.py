"""Strangers' queries in processes of their own: refused, limited, survived, answered alike."""

import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import XSD, Literal, URIRef
from tests.store.test_guard import ALLOWED, REFUSED

from keiretsu.errors import DeadlineError, InputError, QueryRefusedError
from keiretsu.resources import ontology_path
from keiretsu.store.memory import Store
from keiretsu.store.query.guarded_data import EngineData
from keiretsu.store.query.guarded_limits import Limits

SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
CROSS = "SELECT * { ?a ?b ?c . ?d ?e ?f }"


@pytest.fixture(scope="module")
def store():
    """Return a store with Renault on 31 December 2020."""
    found = Store()
    found.load(ontology_path("examples", "valid", "renault-2020.trig"))
    return found


@pytest.fixture
def still_answers(store):
    """Whatever a test asked, the next query is answered."""
    yield
    assert store.query_guarded("ASK { ?claim a kei:Holding }").answer.boolean is True


@pytest.mark.parametrize("query", REFUSED.values(), ids=REFUSED)
def test_queries_that_reach_outside_or_change_are_refused(store, query):
    """On the parse tree, by the same rules as in this process."""
    before = store.to_nquads()

    with pytest.raises(QueryRefusedError):
        store.query_guarded(query)

    assert before == store.to_nquads()


@pytest.mark.parametrize("query", ALLOWED.values(), ids=ALLOWED)
def test_words_in_strings_names_and_comments_refuse_nothing(store, query):
    """The text alone says nothing."""
    assert store.query_guarded(query).answer.rows


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("SELECT ?x WHERE {\n  ?x kei:holder }\n", "query:2"),
        ("SELECT * { ?s nope:x ?o }", "query"),
        ("", "query:1"),
        ("ASK { ?s ?p '\ud800' }", "query"),
    ],
)
def test_what_is_not_sparql_is_an_error_with_its_place(store, query, place):
    """One line, whichever engine finds it."""
    with pytest.raises(InputError) as caught:
        store.query_guarded(query)

    assert place == caught.value.place
    assert "\n" not in str(caught.value)


QUERIES = {
    "select": "SELECT ?c ?p ?o { ?c a kei:Holding ; ?p ?o }",
    "numbers": "SELECT ?c (SUM(?n) AS ?all) { ?c kei:shares ?n } GROUP BY ?c",
    "union of graphs counts once": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "graphs": "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g",
    "unbound": "SELECT ?c ?n { ?c a kei:Holding OPTIONAL { ?c kei:votes ?n } }",
    "classes": "SELECT ?p { ?p a/rdfs:subClassOf* kei:Organisation }",
    "codes": "SELECT DISTINCT ?word { ?c kei:status/skos:notation ?word }",
    "no columns bound": "SELECT ?x { { } UNION { } }",
    "ask": "ASK { ?c a kei:Tenure }",
    "construct": "CONSTRUCT { ?i kei:heldBy ?h } WHERE { ?c kei:holder ?h ; kei:issuer ?i }",
    "declared prefix": "PREFIX k: <https://w3id.org/keiretsu/ontology#> ASK { ?c a k:Holding }",
}


def by_value(answer):
    """Return an answer so that equal values are equal, in whichever order and form they come."""
    if answer.graph is not None:
        return set(answer.graph)
    if answer.boolean is not None:
        return answer.boolean
    rows = [tuple(t.toPython() if isinstance(t, Literal) else t for t in r) for r in answer.rows]
    return answer.variables, sorted(rows, key=repr)


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_both_engines_answer_alike(store, query):
    """By value: each engine writes numbers in its own way."""
    assert by_value(store.query(query)) == by_value(store.query_guarded(query).answer)


TERMS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"])).map(Literal),
    st.text("ab\\\"'u0041\t\n\r{}?$#<>").map(Literal),
    st.integers(-(10**12), 10**12).map(Literal),
    st.decimals(-(10**6), 10**6, places=4, allow_nan=False).map(
        lambda number: Literal(f"{number:f}", datatype=XSD.decimal)
    ),
    st.booleans().map(Literal),
    st.sampled_from([Literal("Régie", lang="fr"), Literal("2019-09", datatype=XSD.gYearMonth)]),
    st.sampled_from([URIRef("urn:x"), URIRef("https://example.org/a?b=c&d=%20#e")]),
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(TERMS)
def test_a_bound_value_comes_back_as_it_was(store, term):
    """Nothing in a value is read as a part of the query, on the way there or back."""
    found = store.query_guarded("SELECT ?x ?y { BIND (?x AS ?y) }", {"x": term}).answer.rows[0][1]

    same = (type(term), str(term), getattr(term, "language", None))
    if isinstance(term, Literal) and term.datatype in (XSD.decimal, XSD.integer, XSD.boolean):
        assert term.toPython() == found.toPython()
    else:
        assert same == (type(found), str(found), getattr(found, "language", None))


@pytest.mark.usefixtures("still_answers")
def test_a_query_is_stopped_at_its_deadline(store):
    """The engine cannot be stopped from inside; the kernel ends its process."""
    with pytest.raises(DeadlineError, match=r"stopped after 0\.2 s"):
        store.query_guarded(SLOW, timeout=0.2)


def test_a_query_without_a_deadline_may_take_its_time(store):
    """For one's own data."""
    assert store.query_guarded("ASK {}", timeout=None).answer.boolean is True


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (Limits(rows=10), "more than 10 rows"),
        (Limits(bytes=2000), "larger than 2,000 bytes"),
        (Limits(memory=1 << 20, memory_per_byte=0), "more memory than"),
    ],
    ids=["rows", "bytes", "memory"],
)
@pytest.mark.usefixtures("still_answers")
def test_an_answer_beyond_the_limits_is_refused(store, limits, words):
    """Not cut off: half an answer looks like a whole one."""
    with pytest.raises(QueryRefusedError, match=words):
        store.query_guarded(CROSS, limits=limits)


@pytest.mark.usefixtures("still_answers")
def test_a_sort_that_needs_all_memory_dies_alone(store):
    """The kernel refuses the memory, the process aborts, nothing else does."""
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i ?a"

    with pytest.raises((QueryRefusedError, DeadlineError)):
        store.query_guarded(query, limits=Limits(memory=300 << 20), timeout=20)


LONG = {
    "sum": "ASK { FILTER (1" + "+1" * 7000 + " > 0) }",
    "unions": "ASK { {} " + "UNION {} " * 1800 + "}",
    "optionals": "ASK { " + "OPTIONAL {} " * 1600 + "}",
    "path": "ASK { ?s <urn:p>" + "/<urn:p>" * 1800 + " ?o }",
    "negations": "ASK { FILTER (" + "!" * 15000 + "true) }",
    "doubling": 'SELECT (STRLEN(?d) AS ?n) { BIND ("' + "a" * 3000 + '" AS ?a) '
    + "".join(
        f"BIND (CONCAT({','.join([f'?{one}'] * 99)}) AS ?{two}) "
        for one, two in ("ab", "bc", "cd")
    )
    + "}",
}  # fmt: skip


@pytest.mark.parametrize("query", LONG.values(), ids=LONG)
@pytest.mark.usefixtures("still_answers")
def test_what_wears_a_parser_or_an_engine_out_is_survived(store, query):
    """Each in one line: not SPARQL, too deep, too much, or too late."""
    with pytest.raises((InputError, QueryRefusedError, DeadlineError)) as caught:
        store.query_guarded(query, timeout=0.5)

    assert "\n" not in str(caught.value)


def test_a_runaway_pattern_of_text_does_not_run_away(store):
    """The regular expressions of the engine for strangers do not backtrack."""
    query = f'ASK {{ FILTER (REGEX("{"a" * 4000}!", "^(a+)+$")) }}'

    assert store.query_guarded(query, timeout=5).answer.boolean is False


def test_queries_in_several_threads_do_not_wait_for_each_other(store):
    """A slow one holds up nobody, and each gets its own answer."""
    found, stopped = {}, []

    def slow():
        with pytest.raises(DeadlineError):
            store.query_guarded(SLOW, timeout=3)
        stopped.append(len(found))

    def quick(number):
        query = f"SELECT ({number} AS ?n) {{}}"
        found[number] = int(store.query_guarded(query, timeout=30).answer.rows[0][0])

    threads = [threading.Thread(target=slow)]
    threads += [threading.Thread(target=quick, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert {number: number for number in range(6)} == found
    assert [6] == stopped


def test_what_is_loaded_later_is_asked_too():
    """The data of a keeper are those of the store as it is."""
    store = Store()
    store.load_bytes(b"<urn:a> <urn:b> <urn:c> .", "turtle", "a.ttl")
    query = "SELECT ?o { <urn:a> <urn:b> ?o }"
    before = len(store.query_guarded(query).answer.rows)
    store.load_bytes(b"<urn:a> <urn:b> <urn:d> .", "turtle", "b.ttl")

    assert [1, 2] == [before, len(store.query_guarded(query).answer.rows)]


def keeper_of(store):
    """Return the keeper of a store that was asked."""
    return store._queried.engine_data().keeper()


def test_a_keeper_that_is_gone_is_replaced(store):
    """Such as one that the system ended for want of memory."""
    store.query_guarded("ASK {}")
    keeper = keeper_of(store)
    keeper._process.kill()
    keeper._process.wait()

    assert store.query_guarded("ASK {}").answer.boolean is True
    assert keeper is not keeper_of(store)


def test_a_keeper_ends_with_its_data():
    """Nothing stays behind."""
    data = EngineData([(URIRef("urn:a"), URIRef("urn:b"), URIRef("urn:c"), None)])
    process = data.keeper()._process
    assert process.poll() is None

    del data

    assert process.poll() is not None


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="this system has no /proc")
def test_a_keeper_knows_nothing_of_the_environment(store, monkeypatch):
    """No secret of whoever asks is within a query's reach."""
    monkeypatch.setenv("KEIRETSU_TEST_SECRET", "hush")
    fresh = Store()
    fresh.load_bytes(store.to_nquads().encode(), "nquads", "x.nq")
    fresh.query_guarded("ASK {}")
    process = keeper_of(fresh)._process.pid

    assert b"hush" not in Path(f"/proc/{process}/environ").read_bytes()
    assert "/" == str(Path(f"/proc/{process}/cwd").readlink())


REACHING = """\
import socket, sys
from keiretsu.store.query.guarded_serving import isolate
if isolate():
    try:
        socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=5)
    except OSError:
        print("cut off")
else:
    print("no isolation here")
"""


def test_isolation_cuts_off_the_network(store):
    """A listening canary is out of reach, or the answer says that it was not isolated."""
    with socket.create_server(("127.0.0.1", 0)) as canary:
        port = str(canary.getsockname()[1])
        told = subprocess.run(
            [sys.executable, "-c", REACHING, port], capture_output=True, text=True, check=True
        ).stdout.strip()
    isolated = store.query_guarded("ASK {}").isolated

    assert told == ("cut off" if isolated else "no isolation here")


def test_isolation_can_be_required(store):
    """A service refuses to answer without; where it can be had, it answers."""
    if store.query_guarded("ASK {}").isolated:
        assert store.query_guarded("ASK {}", require_isolation=True).isolated
    else:
        with pytest.raises(QueryRefusedError, match="no isolation from the network"):
            store.query_guarded("ASK {}", require_isolation=True)
