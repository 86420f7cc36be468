"""The store in memory: whole or not at all, and never twice."""

import re

import pytest

from keiretsu.errors import InputError, UnknownTermError
from keiretsu.model import ID, ClaimSet, Document, Holding, Party, PartyKind, Share
from keiretsu.resources import ontology_path
from keiretsu.store.memory import Store

HEAD = """@prefix kei: <https://w3id.org/keiretsu/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix party: <https://w3id.org/keiretsu/id/party/> .
@prefix claim: <https://w3id.org/keiretsu/id/claim/> .
"""
HOLDING = "claim:1 a kei:Holding ; kei:holder party:a ; kei:issuer party:b"
EXAMPLE = ontology_path("examples", "valid", "renault-2020.trig")


def loaded(*texts):
    store = Store()
    for number, text in enumerate(texts):
        store.load_bytes((HEAD + text).encode(), "turtle", f"{number}.ttl")
    return store


def test_loading_a_file_twice_changes_nothing():
    """Neither the claims nor their fingerprint, nor the number of statements."""
    store = Store()
    store.load(EXAMPLE)
    before, text = store.claims(), store.to_nquads()
    store.load(EXAMPLE)

    assert before == store.claims()
    assert text == store.to_nquads()
    assert re.fullmatch("[0-9a-f]{16}", before.fingerprint)


def test_the_same_content_has_the_same_fingerprint_in_every_syntax(tmp_path):
    """TriG, N-Quads and the model's own claims give one store."""
    first = Store()
    first.load(EXAMPLE)
    (tmp_path / "copy.nq").write_text(first.to_nquads(), encoding="utf-8")
    (tmp_path / "copy.trig").write_text(first.to_trig(), encoding="utf-8")
    stores = [Store(), Store(), Store()]
    stores[0].load(tmp_path / "copy.nq")
    stores[1].load(tmp_path / "copy.trig")
    stores[2].add(first.claims())

    assert [first.claims()] * 3 == [store.claims() for store in stores]


def test_files_that_describe_one_party_merge():
    """The more special class and every name are kept."""
    store = loaded(
        'party:a a kei:Organisation ; rdfs:label "A" .',
        'party:a a kei:Company ; rdfs:label "Alpha" ; kei:jurisdiction "FR" .',
    )
    party = store.claims().parties[f"{ID}party/a"]

    assert (PartyKind.COMPANY, "A", ("Alpha",), "FR") == (
        party.kind,
        party.label,
        party.aliases,
        party.jurisdiction,
    )


def test_claims_of_a_file_without_documents_get_the_file_as_their_document():
    """So that every claim has one, and one graph."""
    claims = loaded(HOLDING + " .").claims()
    (holding,) = claims.holdings

    assert "0.ttl" == claims.documents[holding.document].title
    assert holding.document.startswith(f"{ID}document/file-")


def test_a_claim_keeps_the_document_that_it_names():
    """Also where it lies in another graph."""
    text = (
        HEAD + f"<urn:g> {{ {HOLDING} ; kei:reportedIn <urn:d> . }}"
        f" <urn:h> {{ {HOLDING.replace('claim:1', 'claim:2')} . }}"
    )
    store = Store()
    store.load_bytes(text.encode(), "trig", "x.trig")

    assert ["urn:d", "urn:h"] == [holding.document for holding in store.claims().holdings]
    assert f"<{ID}claim/1> <https://w3id.org/keiretsu/ontology#holder>" in store.to_nquads()
    assert "<urn:g>" not in store.to_nquads()


def test_nothing_is_counted_twice():
    """A party that two files describe alike is one, in queries too."""
    store = loaded('party:a a kei:Company ; rdfs:label "A" .', "party:a a kei:Company .")

    answer = store.query("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?p a kei:Company } }")
    assert [{"n": "1"}] == answer.values()


def test_blank_nodes_get_stable_names():
    """The same file gives the same names on every run; different claims stay different."""
    text = """[] a kei:Holding ; kei:holder party:a ; kei:issuer party:b ; kei:shares 1 .
    [] a kei:Holding ; kei:holder party:a ; kei:issuer party:b ; kei:shares 2 ."""
    first, second = loaded(text).claims(), loaded(text).claims()

    assert [1, 2] == sorted(holding.shares for holding in first.holdings)
    assert first == second


def test_terms_of_other_namespaces_are_kept_and_not_read():
    """They can be queried; the model does not know them."""
    store = loaded(f"{HOLDING} ; rdfs:seeAlso <urn:x> . party:a a <urn:Thing>, kei:Company .")

    assert [{"x": "urn:x"}] == store.query("SELECT ?x { ?c rdfs:seeAlso ?x }").values()
    assert 1 == len(store.claims().holdings)


REFUSED = {
    "130 %": (
        f"{HOLDING} ; kei:capitalPercentMin 130.0 ; kei:capitalPercentMax 130.0 .",
        InputError,
        "130 % is more than 100 %",
    ),
    "negative percent": (
        f"{HOLDING} ; kei:capitalPercentMin -1.0 .",
        InputError,
        "reversed or negative",
    ),
    "reversed range": (
        f"{HOLDING} ; kei:votingPercentMin 50 ; kei:votingPercentMax 25 .",
        InputError,
        "reversed",
    ),
    "percent in words": (f'{HOLDING} ; kei:capitalPercentMin "15" .', InputError, "not a decimal"),
    "percent in a float": (f"{HOLDING} ; kei:capitalPercentMin 1e1 .", InputError, "not a decimal"),
    "reversed dates": (
        f'{HOLDING} ; kei:validFrom "2019"^^xsd:gYear ; kei:validUntil "2018-03"^^xsd:gYearMonth .',
        InputError,
        "ends .2018-03. before it begins .2019.",
    ),
    "a date of the wrong type": (
        f'{HOLDING} ; kei:validFrom "2019"^^xsd:date .',
        InputError,
        "validFrom: '2019' .date. is not a date",
    ),
    "an impossible day": (
        f'{HOLDING} ; kei:validFrom "2019-02-30"^^xsd:date .',
        InputError,
        "2019-02-30 is not a date",
    ),
    "an unknown class": ("party:a a kei:Compny .", UnknownTermError, "kei:Compny is not a class"),
    "a property as a class": ("party:a a kei:holder .", UnknownTermError, "is not a class"),
    "a vocabulary class of no things": (
        "party:a a kei:Claim .",
        InputError,
        "is a kei:Claim of no kind",
    ),
    "an unknown property": (
        f"{HOLDING} ; kei:capitalPercent 15.0 .",
        UnknownTermError,
        "kei:capitalPercent is not a property",
    ),
    "an unknown code": (
        f"{HOLDING} ; kei:status <https://w3id.org/keiretsu/code/status/maybe> .",
        UnknownTermError,
        "'status/maybe' is not a code of the list 'status'",
    ),
    "a property of another class": (
        "party:a a kei:Company ; kei:shares 5 .",
        InputError,
        "kei:shares does not belong to a kei:Company",
    ),
    "no class": ("claim:1 kei:holder party:a .", InputError, "something without a class"),
    "no holder": ("claim:1 a kei:Holding ; kei:issuer party:b .", InputError, "holder is missing"),
    "no issuer": ("claim:1 a kei:Holding ; kei:holder party:b .", InputError, "issuer is missing"),
    "two holders": (f"{HOLDING} ; kei:holder party:c .", InputError, "kei:holder has 2 values"),
    "a holder in words": (
        'claim:1 a kei:Holding ; kei:holder "A" ; kei:issuer party:b .',
        InputError,
        "kei:holder is not an IRI",
    ),
    "a negative count": (f"{HOLDING} ; kei:shares -5 .", InputError, "-5 is negative"),
    "a label that is a number": ("party:a a kei:Company ; rdfs:label 5 .", InputError, "not text"),
    "two kinds": ("party:a a kei:Company, kei:Person .", InputError, "Company and Person at once"),
    "treasury above issued": (
        "claim:1 a kei:Capital ; kei:issuer party:a ; kei:issuedShares 1 ; kei:treasuryShares 2 .",
        InputError,
        "more treasury shares than issued",
    ),
    "a claim as a holder": (
        "claim:1 a kei:Holding ; kei:holder claim:1 ; kei:issuer party:b .",
        InputError,
        "named as a party",
    ),
    "a term of the ontology": ("kei:Holding a <urn:x> .", InputError, "describes a term"),
    "an agreement of no kind": (
        "claim:1 a kei:Agreement ; kei:issuer party:a .",
        InputError,
        "agreementKind is missing",
    ),
}


@pytest.mark.parametrize(("text", "error", "words"), REFUSED.values(), ids=REFUSED)
def test_what_is_wrong_is_refused_whole_with_its_line(text, error, words):
    """The error names file, line and IRI; the store stays as it was."""
    store = loaded("claim:0 a kei:Holding ; kei:holder party:a ; kei:issuer party:b .")
    before, written = store.claims(), store.to_nquads()
    good = "claim:9 a kei:Holding ; kei:holder party:a ; kei:issuer party:b .\n"

    with pytest.raises(error, match=words) as caught:
        store.load_bytes((HEAD + good + text).encode(), "turtle", "bad.ttl")

    assert "bad.ttl:7" == caught.value.place
    assert "\n" not in str(caught.value)
    assert before == store.claims()
    assert written == store.to_nquads()


def test_files_that_contradict_each_other_about_one_claim_are_refused():
    """The second file is not loaded."""
    store = loaded(f"{HOLDING} ; kei:reportedIn <urn:d> .")
    other = HOLDING.replace("party:a", "party:c")

    with pytest.raises(InputError, match="kei:holder has 2 values"):
        store.load_bytes(f"{HEAD}{other} ; kei:reportedIn <urn:d> .".encode(), "turtle", "b.ttl")

    assert [f"{ID}party/a"] == [holding.holder for holding in store.claims().holdings]


def test_claims_that_contradict_the_store_are_refused():
    """Adding claims of the model follows the same rule."""
    store = loaded(f"{HOLDING} ; kei:reportedIn <urn:d> .")
    holding = Holding(
        id=f"{ID}claim/1", document="urn:d", holder=f"{ID}party/z", issuer=f"{ID}party/b"
    )

    with pytest.raises(InputError, match="kei:holder has 2 values"):
        store.add(ClaimSet(parties={}, documents={}, holdings=(holding,)))

    assert [f"{ID}party/a"] == [found.holder for found in store.claims().holdings]


def test_claims_are_kept_until_something_changes():
    """The second reading is the first one's object."""
    store = loaded(f"{HOLDING} .")
    first = store.claims()

    assert first is store.claims()
    store.add(ClaimSet(parties={"urn:p": Party(id="urn:p", label="P")}, documents={}))
    assert "urn:p" in store.claims().parties


def test_claims_of_the_model_can_be_added():
    """A store takes claims as well as files."""
    party, document = Party(id="urn:p", label="P"), Document(id="urn:d", title="D")
    holding = Holding(
        id="urn:h",
        document="urn:d",
        holder="urn:p",
        issuer="urn:p",
        capital=Share.from_percent(">25"),
    )
    claims = ClaimSet(parties={"urn:p": party}, documents={"urn:d": document}, holdings=(holding,))
    store = Store()
    store.add(claims)

    assert (holding,) == store.claims().holdings


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("_:a <urn:p> _:b . _:b <urn:p> _:a .", "in a circle"),
        ("".join(f"_:b{n} <urn:p> _:b{n + 1} ." for n in range(5000)), "nested too deeply"),
        ("<urn:c> <https://w3id.org/keiretsu/ontology#via> (<urn:a> <urn:b>) .", "a list is given"),
        ("<https://w3id.org/keiretsu/id/graph/ontology> { <urn:a> <urn:b> <urn:c> }", "reserved"),
    ],
)
def test_statements_without_a_place_are_refused(text, words):
    """Circles and chains of blank nodes have no stable name; the ontology's graph is ours."""
    with pytest.raises(InputError, match=words):
        Store().load_bytes(text.encode(), "trig", "x.trig")


def test_a_missing_file_is_an_error_with_its_path(tmp_path):
    """No traceback of the operating system."""
    with pytest.raises(InputError, match="No such file"):
        Store().load(tmp_path / "none.ttl")


def test_the_horizon_is_the_latest_that_is_stated():
    """Two data sets together reach as far as the later one."""
    dataset = "<https://w3id.org/keiretsu/id/dataset> a kei:Dataset ; kei:horizon "
    store = loaded(f'{dataset} "2019-12-31"^^xsd:date .', f'{dataset} "2024-12-31"^^xsd:date .')

    assert "2024-12-31" == str(store.claims().horizon)
