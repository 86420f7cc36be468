"""Statements of BODS that cover its schema."""

from hypothesis import strategies as st

from keiretsu.formats.bods.terms import INTEREST_TYPES

SUBTYPES = {
    "arrangement": frozenset({"trust", "nomination", "other"}),
    "legalEntity": frozenset({"trust", "other"}),
    "stateBody": frozenset({"governmentDepartment", "stateAgency", "other"}),
}
"""The subtypes that an entity type can have; all others have only ``other``."""
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
