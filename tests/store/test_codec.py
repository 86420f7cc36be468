"""Claims to RDF and back: the round trip is the identity for whatever the model can say."""

import string
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Dataset

from keiretsu.errors import InputError, UnknownTermError
from keiretsu.model import (
    ID,
    Agreement,
    AgreementKind,
    Capital,
    ClaimSet,
    DatedName,
    Directness,
    Document,
    Event,
    EventKind,
    Figure,
    Holding,
    Interest,
    Measure,
    Office,
    PartialDate,
    Participation,
    Party,
    PartyKind,
    Period,
    Proposal,
    ProposedHolding,
    Registration,
    Remainder,
    Role,
    Share,
    ShareClass,
    Sourcing,
    Status,
    Tenure,
    VotesBasis,
)
from keiretsu.store import Store
from keiretsu.store.codec.dataset import read_dataset, write_dataset, write_trig
from keiretsu.vocabulary import DECISIONS

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
SLUGS = st.text(string.ascii_lowercase + "-é%.", min_size=1, max_size=6)
PARTIES = tuple(f"{ID}party/{name}" for name in ("nissan", "renault", "état", "a.b", "x-1"))
DOCUMENTS = tuple(f"{ID}document/{name}" for name in ("urd-2020", "unsourced", "100%25"))
COUNTS = st.none() | st.integers(0, 10**12)
PERCENTS = st.integers(0, 10**6).map(lambda n: Fraction(n, 10**4 * 100))


def some(values):
    """Return a strategy for sorted tuples of different values: RDF carries no order."""
    return st.lists(values, max_size=3, unique=True).map(lambda found: tuple(sorted(found)))


@st.composite
def dates(draw):
    """Return a partial date of any precision."""
    year, month, day = (
        draw(st.integers(1900, 2100)),
        draw(st.integers(1, 12)),
        draw(st.integers(1, 28)),
    )
    return draw(
        st.sampled_from(
            [PartialDate(year), PartialDate(year, month), PartialDate(year, month, day)]
        )
    )


@st.composite
def periods(draw):
    """Return a period that does not end before it begins."""
    first, second = draw(st.none() | dates()), draw(st.none() | dates())
    if first and second and first.first > second.last:
        first, second = second, first
    return Period(first, second)


@st.composite
def shares(draw):
    """Return a point or a range with open or closed ends."""
    low, high = sorted((draw(PERCENTS), draw(PERCENTS)))
    ends = (False, False) if low == high else (draw(st.booleans()), draw(st.booleans()))
    return Share(low, high, *ends)


def claims(claim_type, **own):
    """Return a strategy for claims of one kind with any common fields."""
    return st.builds(
        claim_type,
        id=SLUGS.map(
            lambda slug: f"{ID}claim/{claim_type.__name__.lower()}-{slug}".replace("%", "%25")
        ),
        document=st.sampled_from(DOCUMENTS),
        period=periods(),
        stated_for=st.none() | dates(),
        known_from=st.none() | dates(),
        status=st.sampled_from(Status),
        sourcing=st.sampled_from(Sourcing),
        unsourced_fields=some(TEXTS),
        supersedes=some(st.sampled_from([f"{ID}claim/old", f"{ID}claim/older"])),
        end_document=st.none() | st.sampled_from(DOCUMENTS),
        record=st.none() | st.sampled_from([f"{ID}record/p-432", f"{ID}record/p-448"]),
        quote=st.none() | TEXTS,
        note=st.none() | TEXTS,
        **own,
    )


ONE = st.sampled_from(PARTIES)
CLASSES = st.none() | st.sampled_from([f"{ID}claim/ordinary-shares", f"{ID}claim/preferred"])
HOLDINGS = claims(
    Holding,
    holder=ONE,
    issuer=ONE,
    interest=st.sampled_from(Interest),
    capital=st.none() | shares(),
    shares=COUNTS,
    votes=st.none() | shares(),
    votes_basis=st.sampled_from(VotesBasis),
    vote_count=COUNTS,
    share_class=CLASSES,
    directness=st.sampled_from(Directness),
    via=some(ONE),
)
SHARE_CLASSES = claims(
    ShareClass,
    issuer=ONE,
    label=TEXTS,
    votes_per_share=PERCENTS,
    registered_votes_per_share=st.none() | PERCENTS,
    registered_votes_from=st.none() | dates(),
)
REGISTRATIONS = claims(Registration, holder=ONE, issuer=ONE, share_class=CLASSES, shares=COUNTS)
CAPITALS = claims(
    Capital, issuer=ONE, share_class=CLASSES, issued=COUNTS, gross_votes=COUNTS
) | claims(Capital, issuer=ONE, share_class=CLASSES, treasury=COUNTS, exercisable_votes=COUNTS)
AGREEMENTS = claims(
    Agreement,
    label=TEXTS,
    kind=st.sampled_from(AgreementKind),
    issuer=ONE,
    parties=some(ONE),
    bound=some(ONE),
    cap=st.none() | PERCENTS,
    decisions=some(st.sampled_from(DECISIONS)).filter(len),
)
TENURES = claims(
    Tenure,
    person=ONE,
    organisation=ONE,
    office=st.sampled_from(Office),
    title=st.just("") | TEXTS,
    nominated_by=st.none() | ONE,
)
FIGURES = claims(
    Figure,
    party=ONE,
    measure=st.sampled_from(Measure),
    value=st.integers(0, 10**9).map(lambda n: Fraction(n, 100)),
    unit=TEXTS,
    consolidated=st.none() | st.booleans(),
)
OTHERS = some(st.sampled_from([f"{ID}claim/x", f"{ID}claim/y"]))
HAPPENED = {
    "label": TEXTS,
    "kind": st.sampled_from(EventKind),
    "participations": some(st.builds(Participation, ONE, st.sampled_from(Role))),
    "outcome": st.none() | TEXTS,
    "withheld": st.none() | TEXTS,
    "leverage": OTHERS,
    "part_of": st.none() | st.just(f"{ID}claim/x"),
    "led_to": OTHERS,
}
EVENTS = claims(Event, **HAPPENED)
CHANGES = st.builds(
    ProposedHolding, ONE, ONE, capital=st.none() | shares(), votes=st.none() | shares()
)
PROPOSALS = claims(
    Proposal,
    **HAPPENED,
    changes=st.lists(
        CHANGES, max_size=3, unique_by=lambda change: (change.holder, change.issuer)
    ).map(lambda found: tuple(sorted(found, key=lambda change: (change.holder, change.issuer)))),
    terms=st.none() | TEXTS,
)


@st.composite
def dated_names(draw):
    """Return a name with the partial dates of its period."""
    period = draw(periods())
    start, end = ("" if date is None else str(date) for date in (period.start, period.end))
    return DatedName(draw(TEXTS), start, end)


@st.composite
def parties(draw, iri):
    """Return a party with any description."""
    label = draw(TEXTS)
    return Party(
        id=iri,
        label=label,
        kind=draw(st.sampled_from(PartyKind)),
        aliases=draw(some(TEXTS.filter(lambda alias: alias != label))),
        former_names=draw(some(dated_names())),
        identifiers=draw(some(st.tuples(st.sampled_from(["LEI", "ISIN", "x y"]), TEXTS))),
        jurisdiction=draw(st.none() | st.sampled_from(["FR", "JP"])),
        listed=draw(st.none() | st.booleans()),
        remainder=draw(st.none() | st.sampled_from(Remainder)),
        acts_for=draw(st.none() | ONE),
        exists=draw(periods()),
    )


@st.composite
def documents(draw, iri):
    """Return a document with any description."""
    return Document(
        id=iri,
        title=draw(TEXTS),
        publisher=draw(st.none() | TEXTS),
        date=draw(st.none() | dates()),
        url=draw(st.none() | TEXTS),
        weak=draw(st.booleans()),
    )


def _of(strategy):
    found = st.lists(strategy, max_size=3, unique_by=lambda claim: claim.id)
    return found.map(lambda some_claims: tuple(sorted(some_claims, key=lambda claim: claim.id)))


@st.composite
def claim_sets(draw):
    """Return a set of claims that names no party or document it does not describe."""
    return ClaimSet(
        parties={iri: draw(parties(iri)) for iri in sorted(PARTIES)},
        documents={iri: draw(documents(iri)) for iri in sorted(DOCUMENTS)},
        holdings=draw(_of(HOLDINGS)),
        share_classes=draw(_of(SHARE_CLASSES)),
        registrations=draw(_of(REGISTRATIONS)),
        capitals=draw(_of(CAPITALS)),
        agreements=draw(_of(AGREEMENTS)),
        tenures=draw(_of(TENURES)),
        figures=draw(_of(FIGURES)),
        events=draw(_of(EVENTS | PROPOSALS)),
        horizon=draw(st.none() | st.dates()),
    )


@settings(max_examples=50)
@given(claim_sets())
def test_reading_what_was_written_gives_the_same_claims(claims):
    """The round trip through a dataset, and through TriG text, is the identity.

    The text does not change either.
    """
    text, dataset = write_trig(claims), Dataset()
    dataset.parse(data=text, format="trig")
    read = read_dataset(dataset)

    assert read_dataset(write_dataset(claims)) == claims
    assert read == claims
    assert write_trig(read) == text


@settings(max_examples=50)
@given(claim_sets())
def test_claims_that_are_not_written_yet_are_those_that_would_be_read(claims):
    """With their fingerprint and as text, whether or not something in them is to be settled."""
    given_as_claims, given_as_text = Store(), Store()
    given_as_claims.add(claims)
    given_as_text.load_bytes(write_trig(claims).encode(), "trig", "written.trig")
    first, second = given_as_claims.claims(), given_as_text.claims()

    assert first == second
    assert [*first.parties] == [*second.parties]
    assert first.fingerprint == second.fingerprint
    assert given_as_claims.cautions() == given_as_text.cautions()
    assert given_as_claims.to_trig() == given_as_text.to_trig()
    assert given_as_claims.claims() == second


def test_claims_that_are_not_written_yet_meet_others():
    """A second file, a query and an identifier that two parties share find them as RDF."""
    lei = (("LEI", "969500F7JLTX36OUI695"),)
    one, other = (Party(id=f"{ID}party/{n}", label=n, identifiers=lei) for n in ("one", "other"))
    store = Store()
    store.add(ClaimSet(parties={one.id: one}, documents={}))
    assert 1 == len(store.query("SELECT ?p { ?p kei:identifiedBy ?i }").rows)
    store.add(ClaimSet(parties={other.id: other}, documents={}))

    assert 1 == len(store.claims().parties)
    assert "joined-parties" in {caution.code for caution in store.cautions()}


def test_a_claim_lies_in_the_graph_of_its_document_and_in_no_other():
    """Every subject has one graph, so engines that count by graph count it once."""
    holding = _holding(capital=Share.from_percent("43.4"))
    dataset = write_dataset(_set(holding))
    graphs = {}
    for subject, _, _, graph in dataset.quads():
        graphs.setdefault(str(subject), set()).add(str(graph))

    assert graphs[holding.id] == {holding.document}
    assert graphs[PARTIES[0]] == {f"{ID}graph/parties"}
    assert graphs[holding.document] == {f"{ID}graph/documents"}
    assert all(len(names) == 1 for names in graphs.values())


def test_the_text_is_readable():
    """Prefixes, bare numbers and one line for each property."""
    text = write_trig(_set(_holding(capital=Share.from_percent("(25,50]"), shares=7)))

    assert (
        "    claim:h a kei:Holding ;\n"
        "        kei:reportedIn document:urd-2020 ;\n"
        "        kei:status status:accepted ;\n"
        "        kei:sourcing sourcing:sourced ;\n"
        "        kei:holder party:nissan ;\n"
        "        kei:issuer party:renault ;\n"
        "        kei:shares 7 ;\n"
        "        kei:interest interest:shareholding ;\n"
        "        kei:capitalPercentMin 25.0 ;\n"
        "        kei:capitalPercentMax 50.0 ;\n"
        "        kei:capitalPercentMinExclusive true ;\n"
        "        kei:directness directness:direct .\n"
    ) in text


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"capital": Share.point(Fraction(1, 3))}, "100/3 has no finite decimal form"),
        ({"holder": "Nissan"}, "'Nissan' is not an absolute IRI"),
        ({"holder": "https://x/> <y"}, "is not an absolute IRI"),
    ],
)
def test_what_rdf_cannot_say_is_refused_with_the_claim(change, message):
    """A value without an exact form is an error that names the claim, not a rounding."""
    with pytest.raises(InputError, match=message) as caught:
        write_dataset(_set(_holding(**change)))

    assert f"{ID}claim/h" == caught.value.place


def test_an_unknown_class_of_decision_is_refused():
    """Classes of decision come from the code list."""
    agreement = Agreement(
        id=f"{ID}claim/a",
        document=DOCUMENTS[0],
        label="pact",
        kind=AgreementKind.VOTE_CAP,
        issuer=PARTIES[0],
        decisions=("unusual",),
    )

    with pytest.raises(UnknownTermError, match="'unusual' is not a class of decision"):
        write_dataset(replace(_set(), agreements=(agreement,)))


def test_what_is_only_named_is_labelled_by_its_iri():
    """A party or document that nothing describes is still there."""
    claims = read_dataset(write_dataset(ClaimSet(parties={}, documents={}, holdings=(_holding(),))))

    assert {PARTIES[0]: "nissan", PARTIES[1]: "renault"} == {
        party.id: party.label for party in claims.parties.values()
    }
    assert ["urd-2020"] == [document.title for document in claims.documents.values()]


def test_the_best_label_is_the_one_without_a_language_then_the_english_one():
    """Other labels become aliases."""
    dataset = Dataset()
    dataset.parse(
        data="""@prefix kei: <https://w3id.org/keiretsu/ontology#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        <urn:p> a kei:Company, kei:Party ; rdfs:label "ルノー"@ja, "Renault"@en, "Régie"@fr .""",
        format="turtle",
    )
    party = read_dataset(dataset).parties["urn:p"]

    assert ("Renault", ("Régie", "ルノー")) == (party.label, party.aliases)
    assert PartyKind.COMPANY is party.kind


def _holding(**own):
    fields = {"id": f"{ID}claim/h", "document": DOCUMENTS[0], "holder": PARTIES[0]}
    return Holding(**(fields | {"issuer": PARTIES[1]} | own))


def _set(*holdings):
    party, document = Party(id=PARTIES[0], label="Nissan"), Document(id=DOCUMENTS[0], title="URD")
    return ClaimSet(parties={party.id: party}, documents={document.id: document}, holdings=holdings)
