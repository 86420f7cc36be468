"""BODS to RDF and back, RDF to BODS and back: nothing is lost, and what is written is valid."""

import io
import json

import pytest
from bods_fixtures import list_cases, load
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from keiretsu.formats import FORMATS, Input, Reading, collected
from keiretsu.formats.bods.schema import schema_findings
from keiretsu.formats.bods.terms import INTEREST_TYPES, SUBTYPES
from keiretsu.model import LossReport
from keiretsu.ownership_graph import OwnershipGraph
from keiretsu.store import Store

BODS = FORMATS["bods"]


def read(statements, name="x.json"):
    reading = Reading(name)
    source = Input(json.dumps(statements).encode(), name)
    return collected(BODS.read(source, reading), reading)


def written(claims):
    out, report = io.BytesIO(), LossReport()
    count = BODS.write(claims, out, report)
    statements = json.loads(out.getvalue())
    assert count == len(statements)
    return statements, report


def through_rdf(claims):
    """Return what comes back from N-Quads in another store."""
    one, other = Store(), Store()
    one.add(claims)
    other.load_bytes(one.to_nquads().encode(), "nquads", "x.nq")
    return other.claims()


def invalid(statements):
    return [(one["recordId"], found) for one in statements for found in schema_findings(one)]


def test_the_case_survives_a_round_trip():
    """Our RDF to BODS and back: every party, document, claim and edit, and the horizon."""
    claims = OwnershipGraph.open().claims
    statements, report = written(claims)

    back = through_rdf(read(statements))

    assert 600 < len(statements)
    assert [] == invalid(statements)
    assert claims == back
    assert "agreement" in {loss.field for loss in report.losses()}


def test_the_case_breaks_no_rule():
    """Neither the schema nor a rule of the standard finds anything in what is written."""
    statements, _ = written(OwnershipGraph.open().claims)

    assert [] == BODS.check(Input(json.dumps(statements).encode(), "case.json"))


def test_rejected_claims_are_no_statements():
    """The article's garbled sentence must not become a fact of somebody else's."""
    claims = OwnershipGraph.open().claims
    rejected = {one.id for one in claims.holdings if one.status.value == "rejected"}
    statements, _ = written(claims)

    assert rejected
    assert not rejected & {one["recordId"] for one in statements}


CASES = list_cases()


@pytest.mark.parametrize("case", CASES)
def test_published_cases_come_back_as_they_were(case):
    statements = load(case).statements

    back, report = written(through_rdf(read(statements)))

    assert statements == back
    assert () == report.losses()


def test_the_published_cases_are_all_there():
    assert 3 <= len(CASES)


# --- statements that cover the schema -------------------------------------------------------------

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
DAY = st.dates().map(str)
PARTIAL = st.one_of(DAY, DAY.map(lambda day: day[:7]), DAY.map(lambda day: day[:4]))
MOMENT = st.one_of(DAY, DAY.map(lambda day: f"{day}T12:30:00Z"))
URI = st.sampled_from(["https://example.org/a", "http://example.org/b?c=d#e"])
PERCENT = st.one_of(st.integers(0, 100), st.decimals(0, 100, places=3).map(float))
REASON = st.sampled_from(
    [
        "noBeneficialOwners",
        "subjectUnableToConfirmOrIdentifyBeneficialOwner",
        "interestedPartyHasNotProvidedInformation",
        "subjectExemptFromDisclosure",
        "interestedPartyExemptFromDisclosure",
        "unknown",
        "informationUnknownToPublisher",
    ]
)


def thing(required=None, **optional):
    return st.fixed_dictionaries(required or {}, optional=optional)


def some(one):
    return st.lists(one, max_size=2)


COUNTRY = thing({"name": TEXT}, code=st.sampled_from(["FR", "JP"]))
JURISDICTION = thing({"name": TEXT}, code=st.sampled_from(["FR", "GB-SCT", "US-DE"]))
IDENTIFIER = st.one_of(
    thing({"scheme": st.sampled_from(["XI-LEI", "FR-RCS", "x"]), "id": TEXT}, uri=URI),
    thing({"schemeName": TEXT}, id=TEXT, scheme=TEXT),
)
UNSPECIFIED = thing({"reason": REASON}, description=TEXT)
SOURCE_TYPES = ["selfDeclaration", "officialRegister", "thirdParty", "primaryResearch", "verified"]
SOURCE = thing(
    type=some(st.sampled_from(SOURCE_TYPES)),
    description=TEXT,
    url=URI,
    retrievedAt=MOMENT,
    assertedBy=some(thing(name=TEXT, uri=URI)),
)
ANNOTATION = st.one_of(
    thing(
        {"statementPointerTarget": st.just(""), "motivation": st.just("linking"), "url": URI},
        description=TEXT,
    ),
    thing(
        {
            "statementPointerTarget": st.just("/recordDetails"),
            "motivation": st.just("transformation"),
        },
        transformedContent=TEXT,
        creationDate=MOMENT,
    ),
    thing(
        {
            "statementPointerTarget": st.just(""),
            "motivation": st.sampled_from(["commenting", "correcting", "identifying"]),
        },
        createdBy=thing(name=TEXT, uri=URI),
        own=TEXT,
    ),
)
PUBLICATION = thing(
    {
        "publicationDate": MOMENT,
        "bodsVersion": st.just("0.4"),
        "publisher": thing({"name": TEXT}, url=URI),
    },
    license=URI,
)


def addresses(*kinds):
    return some(thing(type=st.sampled_from(kinds), address=TEXT, postCode=TEXT, country=COUNTRY))


LISTING = thing(
    {
        "stockExchangeJurisdiction": st.just("FR"),
        "stockExchangeName": TEXT,
        "security": thing(
            {"ticker": TEXT}, id=TEXT, idScheme=st.sampled_from(["isin", "figi", "cusip", "cins"])
        ),
    },
    marketIdentifierCode=TEXT,
    operatingMarketIdentifierCode=TEXT,
)


@st.composite
def entity_types(draw):
    kinds = ["registeredEntity", "anonymousEntity", "unknownEntity", "state", *SUBTYPES]
    kind = draw(st.sampled_from(kinds))
    subtypes = sorted(SUBTYPES.get(kind, {"other"}))
    return {"type": kind} | draw(thing(subtype=st.sampled_from(subtypes), details=TEXT))


@st.composite
def periods(draw, start, end):
    days = sorted(draw(st.lists(DAY, max_size=2)))
    return dict(zip((start, end), days, strict=False))


@st.composite
def entities(draw):
    return draw(
        thing(
            {"isComponent": st.just(False), "entityType": entity_types()},
            name=TEXT,
            alternateNames=some(TEXT),
            jurisdiction=JURISDICTION,
            identifiers=some(IDENTIFIER),
            addresses=addresses("registered", "business", "alternative"),
            uri=URI,
            publicListing=thing(
                {"hasPublicListing": st.booleans()},
                companyFilingsURLs=some(URI),
                securitiesListings=some(LISTING),
            ),
            formedByStatute=thing(name=TEXT, date=DAY),
            unspecifiedEntityDetails=UNSPECIFIED,
        )
    ) | draw(periods("foundingDate", "dissolutionDate"))


NAME = thing(
    {"fullName": TEXT},
    type=st.sampled_from(
        ["legal", "translation", "transliteration", "former", "alternative", "birth"]
    ),
    familyName=TEXT,
    givenName=TEXT,
    patronymicName=TEXT,
)
EXPOSURE = thing(
    {"status": st.sampled_from(["isPep", "isNotPep", "unknown"])},
    details=some(
        thing(
            reason=TEXT,
            missingInfoReason=TEXT,
            jurisdiction=JURISDICTION,
            startDate=DAY,
            endDate=DAY,
            source=SOURCE,
        )
    ),
)


@st.composite
def persons(draw):
    kinds = st.sampled_from(["knownPerson", "anonymousPerson", "unknownPerson"])
    life = draw(st.one_of(periods("birthDate", "deathDate"), thing(birthDate=PARTIAL)))
    return life | draw(
        thing(
            {"isComponent": st.just(False), "personType": kinds},
            names=some(NAME),
            identifiers=some(IDENTIFIER),
            nationalities=some(COUNTRY),
            placeOfBirth=thing(type=st.just("placeOfBirth"), address=TEXT, country=COUNTRY),
            taxResidencies=some(COUNTRY),
            addresses=addresses("residence", "service", "alternative"),
            politicalExposure=EXPOSURE,
            unspecifiedPersonDetails=UNSPECIFIED,
        )
    )


@st.composite
def shares(draw):
    if draw(st.booleans()):
        return {"exact": draw(PERCENT)}
    low, high = sorted(draw(st.tuples(PERCENT, PERCENT).filter(lambda two: two[0] != two[1])))
    share = {draw(st.sampled_from(["minimum", "exclusiveMinimum"])): low}
    return share | draw(
        thing(**{draw(st.sampled_from(["maximum", "exclusiveMaximum"])): st.just(high)})
    )


@st.composite
def interests(draw):
    return draw(
        thing(
            type=st.sampled_from(INTEREST_TYPES),
            directOrIndirect=st.sampled_from(["direct", "indirect", "unknown"]),
            beneficialOwnershipOrControl=st.booleans(),
            details=TEXT,
            share=shares().filter(
                lambda one: set(one) != {"exclusiveMinimum"} or 100 not in one.values()
            ),
        )
    ) | draw(periods("startDate", "endDate"))


@st.composite
def packages(draw):
    """Entities and persons, relationships between them with components, and later versions."""
    made = [("entity", draw(entities())) for _ in range(draw(st.integers(1, 3)))]
    made += [("person", draw(persons())) for _ in range(draw(st.integers(0, 2)))]
    names = [f"rec-{number}" for number in range(len(made))]
    companies = [name for name, (kind, _) in zip(names, made, strict=True) if kind == "entity"]
    ends = st.one_of(st.sampled_from(names), UNSPECIFIED)
    for _ in range(draw(st.integers(0, 3))):
        parts = draw(some(st.sampled_from(names)))
        relation = {
            "isComponent": False,
            "subject": draw(st.sampled_from(companies)),
            "interestedParty": draw(ends),
            "interests": draw(some(interests())),
        } | ({"componentRecords": parts} if parts else {})
        names = [*names, f"rec-{len(made)}"]
        made.append(("relationship", relation))
    again = draw(some(st.integers(0, len(made) - 1)))
    numbered = [*enumerate(made), *((number, made[number]) for number in again)]
    return [draw(statement(n, name, *one)) for n, (name, one) in enumerate(numbered)]


@st.composite
def statement(draw, number, name, kind, details):
    return {
        "statementId": f"{number:032d}",
        "declarationSubject": "rec-0",
        "recordId": f"rec-{name}",
        "recordType": kind,
        "recordDetails": details,
        "statementDate": draw(MOMENT),
    } | draw(
        thing(
            recordStatus=st.sampled_from(["new", "updated", "closed"]),
            declaration=TEXT,
            annotations=some(ANNOTATION),
            publicationDetails=PUBLICATION,
            source=SOURCE,
        )
    )


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],  # a shrunk package would take minutes
)
@given(packages())
def test_any_statements_come_back_as_they_were(statements):
    """BODS to our RDF and back: the same statements in the same order, ids kept, nothing lost."""
    assert [] == invalid(statements)

    back, report = written(through_rdf(read(statements)))

    assert statements == back
    assert () == report.losses()


def test_a_statement_is_written_anew_when_its_claim_has_changed():
    """A statement goes with the claims made of it: a rejected one is not written as it stood."""
    statements = load(CASES[0]).statements
    store = Store()
    store.add(read(statements))
    text = store.to_nquads()
    claim = store.claims().holdings[0]
    rejected = text.replace(
        f"<{claim.id}> <https://w3id.org/keiretsu/ontology#status> "
        "<https://w3id.org/keiretsu/code/status/accepted>",
        f"<{claim.id}> <https://w3id.org/keiretsu/ontology#status> "
        "<https://w3id.org/keiretsu/code/status/rejected>",
    )
    assert text != rejected
    other = Store()
    other.load_bytes(rejected.encode(), "nquads", "x.nq")

    back, report = written(other.claims())

    assert len(statements) - 1 == len([one for one in back if one in statements])
    assert claim.id not in {one["recordId"] for one in back}
    assert "rejected holding" in {loss.field for loss in report.losses()}
    assert other.claims().holdings == through_rdf(read(back)).holdings


def test_an_edited_statement_is_read_as_edited():
    """What Keiretsu keeps in an annotation does not win over a change that somebody made."""
    statements, _ = written(OwnershipGraph.open().claims)
    number, changed = next(
        (n, one)
        for n, one in enumerate(statements)
        if one["recordType"] == "relationship"
        and one["recordDetails"]["interests"][0].get("share", {}).get("exact") == 43.4
    )
    changed["recordDetails"]["interests"][0]["share"] = {"exact": 15}
    reading = Reading("x.json")
    source = Input(json.dumps(statements).encode(), "x.json")
    claims = collected(BODS.read(source, reading), reading)

    ends = changed["recordDetails"]["interestedParty"], changed["recordDetails"]["subject"]
    shares = [
        str(one.capital)
        for one in claims.holdings
        if (one.holder, one.issuer) == ends and one.id != changed["recordId"]
    ]
    assert number
    assert "edited-statement" in [one.code for one in reading.cautions()]
    assert changed["recordId"] not in {one.id for one in claims.holdings}
    assert "15 %" in shares


def test_json_lines_are_the_same_statements_each_valid_by_itself():
    claims = OwnershipGraph.open().claims
    out = io.BytesIO()

    count = FORMATS["bods-lines"].write(claims, out, LossReport())

    lines = out.getvalue().decode().splitlines()
    assert count == len(lines) > 600
    assert [json.loads(line) for line in lines] == written(claims)[0]
    assert [] == invalid(map(json.loads, lines))
    reading = Reading("x.jsonl")
    back = collected(BODS.read(Input(out.getvalue(), "x.jsonl"), reading), reading)
    assert claims == through_rdf(back)
