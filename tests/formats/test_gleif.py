"""GLEIF: relationships, reporting exceptions and entities, in CSV and in XML."""

import csv
import io

import pytest
from tests.formats.reading import read, sample

from keiretsu.errors import InputError, UnknownTermError
from keiretsu.model import Directness, Interest, PartyKind, Status, UnspecifiedReason

RR = sample("gleif", "rr.csv")
NISSAN, RENAULT = "9999NISSAN0000000015", "9999RENAULT000000020"
MITSUBISHI, FUND, MANAGER = (
    "9999MITSUBI000000078",
    "9999FUND000000000076",
    "9999FUNDMGR000000050",
)
PARTY = "https://w3id.org/keiretsu/id/party/LEI-"
NAMESPACE = "http://www.gleif.org/data/schema/rr/2016"


def rows():
    return list(csv.DictReader(io.StringIO(RR.decode())))


def as_csv(*changed, columns=None):
    out = io.StringIO()
    writer = csv.DictWriter(out, columns or list(rows()[0]))
    writer.writeheader()
    writer.writerows(changed)
    return out.getvalue().encode()


def row(**changes):
    """Return the first row with some cells changed; `__` stands for a dot."""
    return rows()[0] | {column.replace("__", "."): text for column, text in changes.items()}


def relationships(data=RR, name="rr.csv", **options):
    return read("gleif-relationships", data, name, **options)


def xml(body, root="RelationshipData"):
    text = f'<?xml version="1.0"?>\n<rr:{root} xmlns:rr="{NAMESPACE}">{body}</rr:{root}>'
    return text.encode()


def record_xml(one):
    """Return a row as the XML that has the same record."""

    def element(name, *parts):
        inner = "".join(part for part in parts if part)
        return f"<rr:{name}>{inner}</rr:{name}>" if inner else ""

    def node(which):
        start = f"Relationship.{which}."
        return element(
            which,
            element("NodeID", one[f"{start}NodeID"]),
            element("NodeIDType", one[f"{start}NodeIDType"]),
        )

    def several(outer, inner, prefix, names):
        found = [
            element(inner, *(element(tag, one[f"{prefix}.{n}.{col}"]) for tag, col in names))
            for n in range(1, 6)
        ]
        return element(outer, *found)

    period = [("StartDate", "startDate"), ("EndDate", "endDate"), ("PeriodType", "periodType")]
    quantifier = [(n, n) for n in ("MeasurementMethod", "QuantifierAmount", "QuantifierUnits")]
    qualifier = [(n, n) for n in ("QualifierDimension", "QualifierCategory")]
    relationship = element(
        "Relationship",
        node("StartNode"),
        node("EndNode"),
        element("RelationshipType", one["Relationship.RelationshipType"]),
        several("RelationshipPeriods", "RelationshipPeriod", "Relationship.Period", period),
        element("RelationshipStatus", one["Relationship.RelationshipStatus"]),
        several(
            "RelationshipQualifiers", "RelationshipQualifier", "Relationship.Qualifiers", qualifier
        ),
        several(
            "RelationshipQuantifiers",
            "RelationshipQuantifier",
            "Relationship.Quantifiers",
            quantifier,
        ),
    )
    registration = element(
        "Registration",
        *(
            element(column.removeprefix("Registration."), text)
            for column, text in one.items()
            if column.startswith("Registration.")
        ),
    )
    return element("RelationshipRecord", relationship, registration)


def as_xml(*changed):
    records = "\n".join(record_xml(one) for one in changed)
    return xml(f"<rr:RelationshipRecords>\n{records}\n</rr:RelationshipRecords>")


def test_the_golden_copy_has_54_columns():
    """As the sample has it."""
    assert len(rows()[0]) == 54


def test_the_start_node_is_the_child():
    """The holder is the end node; Renault holds Nissan."""
    claims = relationships().claims.holdings
    pairs = {(claim.holder, claim.issuer) for claim in claims}
    assert (PARTY + RENAULT, PARTY + NISSAN) in pairs
    assert (PARTY + NISSAN, PARTY + RENAULT) not in pairs


def test_columns_are_found_by_name():
    """In any order, with others among them."""
    columns = ["Extra", *reversed(rows()[0])]
    turned = as_csv(*(one | {"Extra": "x"} for one in rows()), columns=columns)
    said = {(c.holder, c.issuer, c.capital, c.period, c.note) for c in read_claims(RR)}
    assert said == {(c.holder, c.issuer, c.capital, c.period, c.note) for c in read_claims(turned)}


def read_claims(data, name="rr.csv"):
    return relationships(data, name).claims.holdings


def test_xml_and_csv_say_the_same():
    """Every record of the sample, told by both."""

    def said(claims):
        return {
            (c.holder, c.issuer, c.interest, c.capital, c.period, c.status, c.note, c.directness)
            for c in claims
        }

    assert said(read_claims(as_xml(*rows()), "rr.xml")) == said(read_claims(RR))
    assert len(read_claims(RR)) == 6


def test_a_measure_of_one_is_not_read_and_told():
    """One percent, or a hundred: nobody knows."""
    found = relationships()
    (claim,) = (c for c in found.claims.holdings if c.issuer == PARTY + MITSUBISHI)
    assert claim.capital is None
    assert "1.00 PERCENTAGE" in claim.note
    assert found.lost["RelationshipQuantifier.QuantifierAmount"] == 1
    assert "ambiguous-quantifier" in found.codes


@pytest.mark.parametrize(
    ("amount", "read_as"),
    [("43.40", "43.4 %"), ("100.00", "100 %"), ("0", "0 %"), ("1.00", None), ("0.43", None)],
)
def test_measures(amount, read_as):
    """Nothing above nought and up to one is read."""
    column = {"Relationship.Quantifiers.1.QuantifierAmount": amount}
    (claim,) = read_claims(as_csv(rows()[0] | column))
    assert (claim.capital and str(claim.capital)) == read_as


def test_consolidation_is_an_interest_of_its_own_and_the_ultimate_parent_is_indirect():
    """What is consolidated need not be owned; the ultimate parent is a check."""
    by_directness = {
        claim.directness: claim for claim in read_claims(RR) if claim.issuer == PARTY + NISSAN
    }
    assert set(by_directness) == {Directness.DIRECT, Directness.INDIRECT}
    assert {claim.interest for claim in by_directness.values()} == {Interest.CONSOLIDATION}


def test_funds_branches_and_feeders():
    """A hyphen in a type; a branch is its head office; a feeder holds its master."""
    (managed,) = (claim for claim in read_claims(RR) if claim.issuer == PARTY + FUND)
    assert managed.holder == PARTY + MANAGER
    assert managed.interest is Interest.OTHER_INFLUENCE_OR_CONTROL
    (branch,) = (claim for claim in read_claims(RR) if "BRANCH" in claim.issuer)
    assert (str(branch.capital), branch.unsourced_fields) == ("100 %", ("capital",))
    (feeder,) = read_claims(as_csv(row(Relationship__RelationshipType="IS_FEEDER_TO")))
    assert (feeder.holder, feeder.issuer) == (PARTY + NISSAN, PARTY + RENAULT)


def test_only_the_relationships_period_is_its_period():
    """That of the accounts is another."""
    (claim, *_) = (c for c in read_claims(RR) if c.note and "43.40" in c.note)
    assert (str(claim.period.start), claim.period.end) == ("2001-03-28", None)
    assert relationships().lost["RelationshipPeriod.ACCOUNTING_PERIOD"] == 1


def test_inactive_without_an_end_has_ended_by_the_last_update():
    """When exactly is not told, and the claim says that."""
    (claim,) = read_claims(as_csv(row(Relationship__RelationshipStatus="INACTIVE")))
    assert (str(claim.period.end), claim.unsourced_fields) == ("2024-01-01", ("valid_until",))


def test_annulled_records_are_rejected():
    """They were never so."""
    (claim,) = read_claims(as_csv(row(Registration__RegistrationStatus="ANNULLED")))
    assert claim.status is Status.REJECTED


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"Relationship__StartNode__NodeID": "9999NISSAN0000000016"}, "StartNode.NodeID"),
        ({"Relationship__EndNode__NodeID": ""}, "EndNode.NodeID"),
        ({"Relationship__EndNode__NodeID": NISSAN}, "its own parent"),
        ({"Relationship__RelationshipType": "IS_FUND_MANAGED_BY"}, "RelationshipType"),
        ({"Relationship__RelationshipStatus": "DEAD"}, "RelationshipStatus"),
        ({"Relationship__Period__1__startDate": "soon"}, "StartDate"),
        ({"Relationship__Period__1__endDate": "1999-01-01"}, "EndDate"),
        ({"Relationship__Quantifiers__1__QuantifierAmount": "143"}, "QuantifierAmount"),
        ({"Relationship__Quantifiers__1__QuantifierAmount": "most"}, "QuantifierAmount"),
    ],
)
@pytest.mark.parametrize(("write", "name"), [(as_csv, "rr.csv"), (as_xml, "rr.xml")])
def test_a_malformed_record_stops_with_its_line_and_field(changes, field, write, name):
    """Or is skipped and counted; in CSV as in XML."""
    data = write(rows()[0], row(**changes))
    with pytest.raises(InputError, match=field) as error:
        relationships(data, name)
    assert error.value.place == f"{name}:{3 if name == 'rr.csv' else 4}"
    found = relationships(data, name, lenient=True)
    assert (len(found.claims.holdings), found.reading.skipped) == (1, 1)


def test_a_header_without_its_columns_is_no_relationship_file():
    """It is said which are missing."""
    with pytest.raises(InputError, match=r"lacks .*EndNode"):
        relationships(b"Relationship.StartNode.NodeID\nx\n")


def test_a_document_type_is_refused():
    """With it come entities."""
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>\n' + as_xml(rows()[0]).partition(b"\n")[2]
    for data in (bomb, bomb.decode().encode("utf-16")):
        with pytest.raises(InputError, match=r"document type|UTF-8"):
            relationships(data, "rr.xml")


@pytest.mark.parametrize("cut", [10, 200, 2000, -5])
def test_a_truncated_file_is_an_error(cut):
    """Lenient or not: what follows is not known."""
    data = as_xml(*rows())[:cut]
    with pytest.raises(InputError, match=r"rr.xml"):
        relationships(data, "rr.xml", lenient=True)


def test_exceptions_tell_why_no_parent_is_named():
    """A withheld parent exists; one of natural persons does not."""
    found = read("gleif-exceptions", sample("gleif", "repex.csv"), "repex.csv")
    told = {
        (claim.issuer[-20:], claim.directness): (
            claim.interest,
            found.claims.parties[claim.holder].unspecified,
        )
        for claim in found.claims.holdings
    }
    unknown, consolidation = Interest.UNKNOWN_INTEREST, Interest.CONSOLIDATION
    assert told[(MANAGER, Directness.INDIRECT)] == (consolidation, UnspecifiedReason.PARTY_EXEMPT)
    assert told[(RENAULT, Directness.DIRECT)] == (unknown, UnspecifiedReason.NO_BENEFICIAL_OWNERS)
    assert told[(MITSUBISHI, Directness.INDIRECT)][0] is consolidation
    assert len(told) == 5
    (claim,) = (c for c in found.claims.holdings if MANAGER in c.issuer)
    assert claim.note == "NON_PUBLIC; Art. 7"


@pytest.mark.parametrize(
    ("lei", "category", "reason"),
    [
        (NISSAN, "DIRECT_ACCOUNTING_CONSOLIDATION_PARENT", "BECAUSE"),
        (NISSAN, "PARENT", "NO_LEI"),
        (NISSAN, "DIRECT_ACCOUNTING_CONSOLIDATION_PARENT", ""),
    ],
)
def test_strange_exceptions_are_refused(lei, category, reason):
    """A category or reason that the standard does not have, or none."""
    table = f"LEI,Exception.Category,Exception.Reason.1\n{lei},{category},{reason}\n"
    with pytest.raises(UnknownTermError) as error:
        read("gleif-exceptions", table.encode(), "repex.csv")
    assert error.value.place == "repex.csv:2"


def test_exceptions_in_xml():
    """With several reasons."""
    body = (
        f"<rr:Exception><rr:LEI>{NISSAN}</rr:LEI>"
        "<rr:ExceptionCategory>DIRECT_ACCOUNTING_CONSOLIDATION_PARENT</rr:ExceptionCategory>"
        "<rr:ExceptionReason>NATURAL_PERSONS</rr:ExceptionReason>"
        "<rr:ExceptionReason>NO_LEI</rr:ExceptionReason></rr:Exception>"
    )
    found = read("gleif-exceptions", xml(body, "ReportingExceptionData"), "repex.xml")
    (claim,) = found.claims.holdings
    assert (claim.note, claim.interest) == ("NATURAL_PERSONS; NO_LEI", Interest.CONSOLIDATION)


ENTITY = {
    "LEI": NISSAN,
    "Entity.LegalName": "日産自動車株式会社",
    "Entity.OtherEntityNames.OtherEntityName.1": "Nissan Motor Co., Ltd.",
    "Entity.OtherEntityNames.OtherEntityName.1.type": "ALTERNATIVE_LANGUAGE_LEGAL_NAME",
    "Entity.OtherEntityNames.OtherEntityName.2": "Datsun",
    "Entity.OtherEntityNames.OtherEntityName.2.type": "PREVIOUS_LEGAL_NAME",
    "Entity.LegalAddress.City": "Yokohama",
    "Entity.LegalJurisdiction": "JP",
    "Entity.EntityCategory": "GENERAL",
    "Entity.RegistrationAuthority.RegistrationAuthorityID": "RA000585",
    "Entity.RegistrationAuthority.RegistrationAuthorityEntityID": "1234567",
    "Entity.EntityStatus": "ACTIVE",
    "Entity.EntityCreationDate": "1933-12-26T00:00:00.000Z",
}
ENTITY_XML = f"""<rr:LEIRecords><rr:LEIRecord><rr:LEI>{NISSAN}</rr:LEI><rr:Entity>
<rr:LegalName xml:lang="ja">日産自動車株式会社</rr:LegalName><rr:OtherEntityNames>
<rr:OtherEntityName type="ALTERNATIVE_LANGUAGE_LEGAL_NAME">
Nissan Motor Co., Ltd.</rr:OtherEntityName>
<rr:OtherEntityName type="PREVIOUS_LEGAL_NAME">Datsun</rr:OtherEntityName></rr:OtherEntityNames>
<rr:LegalAddress><rr:City>Yokohama</rr:City></rr:LegalAddress>
<rr:RegistrationAuthority><rr:RegistrationAuthorityID>RA000585</rr:RegistrationAuthorityID>
<rr:RegistrationAuthorityEntityID>1234567</rr:RegistrationAuthorityEntityID>
</rr:RegistrationAuthority><rr:LegalJurisdiction>JP</rr:LegalJurisdiction>
<rr:EntityCategory>GENERAL</rr:EntityCategory><rr:EntityStatus>ACTIVE</rr:EntityStatus>
<rr:EntityCreationDate>1933-12-26T00:00:00.000Z</rr:EntityCreationDate>
</rr:Entity></rr:LEIRecord></rr:LEIRecords>"""


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (as_csv(ENTITY, columns=list(ENTITY)), "l1.csv"),
        (xml(ENTITY_XML, "LEIData"), "l1.xml"),
    ],
    ids=["csv", "xml"],
)
def test_entities(data, name):
    """Names in every script, the number in the register, what is not carried told."""
    found = read("gleif-entities", data, name)
    (party,) = found.claims.parties.values()
    assert (party.id, party.label) == (PARTY + NISSAN, "日産自動車株式会社")
    assert party.aliases == ("Nissan Motor Co., Ltd.",)
    assert [dated.name for dated in party.former_names] == ["Datsun"]
    assert party.identifiers == (("GB-COH", "01234567"), ("LEI", NISSAN))
    assert (party.jurisdiction, party.kind) == ("JP", PartyKind.COMPANY)
    assert str(party.exists.start) == "1933-12-26"
    assert found.lost == {"Entity.LegalAddress": 1}
