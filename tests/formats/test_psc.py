"""The register of persons with significant control: natures, statements, the line at the end."""

import csv
import io
import json

import pytest
from tests.formats.reading import SAMPLES, read, sample

from keiretsu.errors import InputError, UnknownTermError
from keiretsu.formats.psc.natures import Capacity, Right, natures
from keiretsu.formats.psc.statements import STATEMENTS
from keiretsu.model import Directness, Interest, PartyKind, Share, UnspecifiedReason

MAPPING = list(csv.DictReader(io.StringIO(sample("psc", "natures.tsv").decode()), delimiter="\t"))
BODS = {
    Right.SHARES: "shareholding",
    Right.VOTES: "votingRights",
    Right.SURPLUS: "rightsToSurplusAssetsOnDissolution",
    Right.APPOINTMENT: "appointmentOfBoard",
    Right.INFLUENCE: "otherInfluenceOrControl",
    Right.NOMINEE: "nominator",
}
FICTIONAL = sorted(SAMPLES.glob("psc/register-sources-psc/*.json"))


def line(kind="individual-person-with-significant-control", number="00000001", **data):
    said = {"kind": kind, "name": "Ada", "links": {"self": "/company/00000001/psc/a"}, **data}
    return json.dumps({"company_number": number, "data": said}).encode()


def psc(*lines, lenient=False):
    return read("psc", b"\n".join(lines), "psc.jsonl", lenient=lenient)


def holdings(*codes, **data):
    return psc(line(natures_of_control=list(codes), **data)).claims.holdings


def test_the_codes_are_those_of_the_register():
    """All 86, each with the type and the bounds of the mapping, ends open where it says so."""
    assert len(MAPPING) == 86
    assert set(natures()) == {row["code"] for row in MAPPING}
    for row in MAPPING:
        nature = natures()[row["code"]]
        assert BODS[nature.right] == row["bods04_interestType"], row
        assert nature.share == mapped(row), row


def mapped(row):
    if not row["share_low"]:
        return None
    (low, at), (high, to) = (row[end].split(":") for end in ("share_low", "share_high"))
    left, right = "(" if low == "exclusiveMinimum" else "[", ")" if high.startswith("ex") else "]"
    return Share.from_percent(f"{left}{at},{to}{right}")


@pytest.mark.parametrize("row", MAPPING, ids=[row["code"] for row in MAPPING])
def test_every_nature_becomes_a_claim(row):
    """By itself or through a trust or a firm that stands between."""
    nature = natures()[row["code"]]
    found = psc(line(natures_of_control=[row["code"]])).claims
    last = [claim for claim in found.holdings if claim.issuer.endswith("GB-COH-00000001")]
    assert len(last) == 1
    assert last[0].directness is Directness.UNKNOWN
    told = last[0].votes if nature.right is Right.VOTES else last[0].capital
    assert told == nature.share
    between = [party for party in found.parties.values() if party.kind is PartyKind.ARRANGEMENT]
    assert len(between) == (nature.capacity is not Capacity.OWN)
    assert len(found.holdings) == 1 + len(between)


def test_more_than_25_percent_is_not_75_to_100():
    """An overseas entity tells no upper bound."""
    code = "ownership-of-shares-more-than-25-percent-registered-overseas-entity"
    (claim,) = holdings(code)
    assert str(claim.capital) == "(25, 100] %"


def test_shares_and_votes_of_one_person_are_one_holding():
    """So that nothing is counted twice."""
    (claim,) = holdings("ownership-of-shares-25-to-50-percent", "voting-rights-50-to-75-percent")
    assert (str(claim.capital), str(claim.votes)) == ("(25, 50] %", "(50, 75) %")
    assert claim.interest is Interest.SHAREHOLDING
    (claim,) = holdings("voting-rights-75-to-100-percent")
    assert (claim.interest, claim.capital) == (Interest.VOTING_RIGHTS, None)


def test_partnerships_rights_are_kept():
    """Surplus assets of a limited liability partnership, appointment in a Scottish partnership."""
    surplus, votes = sorted(
        holdings(
            "right-to-share-surplus-assets-75-to-100-percent-limited-liability-partnership",
            "voting-rights-75-to-100-percent-limited-liability-partnership",
        ),
        key=lambda claim: claim.interest,
    )
    assert surplus.interest is Interest.RIGHTS_TO_SURPLUS_ASSETS_ON_DISSOLUTION
    assert votes.interest is Interest.VOTING_RIGHTS
    assert str(surplus.capital) == str(votes.votes) == "[75, 100] %"
    (claim,) = holdings("right-to-appoint-and-remove-person")
    assert claim.interest is Interest.APPOINTMENT_OF_BOARD


def test_a_trust_stands_between():
    """Its shares are the trust's; the person has influence over it, or is its trustee."""
    code = "ownership-of-shares-75-to-100-percent-as-trust"
    over, held = sorted(holdings(code), key=lambda claim: claim.interest)
    assert over.interest is Interest.OTHER_INFLUENCE_OR_CONTROL
    assert (over.issuer, held.interest) == (held.holder, Interest.SHAREHOLDING)
    code = "ownership-of-shares-more-than-25-percent-as-trust-registered-overseas-entity"
    assert Interest.TRUSTEE in {claim.interest for claim in holdings(code)}


def test_the_snapshot_is_read_whole():
    """One line of every kind, and the totals fit."""
    found = read("psc", sample("psc", "psc-snapshot.jsonl"), "psc-snapshot.jsonl")
    assert found.reading.records == 9
    assert found.codes == {"not-carried"}
    (document,) = found.claims.documents.values()
    assert (document.publisher, str(document.date)) == ("Companies House", "2024-01-01")
    places = {claim.place for claim in found.claims.holdings}
    assert places == {f"psc-snapshot.jsonl:{line}" for line in range(1, 9)}
    born = {party.label: str(party.exists.start) for party in found.claims.parties.values()}
    assert born["Ms Ada Test"] == "1975-04"
    periods = {claim.place: claim.period for claim in found.claims.holdings}
    assert str(periods["psc-snapshot.jsonl:2"].end) == "2019-06-30"


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        (4, UnspecifiedReason.PARTY_EXEMPT),
        (5, UnspecifiedReason.NO_BENEFICIAL_OWNERS),
        (6, UnspecifiedReason.SUBJECT_UNABLE),
        (7, UnspecifiedReason.SUBJECT_EXEMPT),
    ],
)
def test_whoever_is_not_named_has_a_reason(place, reason):
    """Protected persons, statements (with the register's spelling) and exemptions."""
    claims = read("psc", sample("psc", "psc-snapshot.jsonl"), "x.jsonl").claims
    (claim,) = (one for one in claims.holdings if one.place == f"x.jsonl:{place}")
    holder = claims.parties[claim.holder]
    assert (holder.kind, holder.unspecified) == (PartyKind.UNKNOWN_PARTY, reason)
    assert not claim.interest.is_measured


def test_an_exemption_for_listed_shares_says_that_they_are_listed():
    """So what nobody holds of it is float."""
    claims = read("psc", sample("psc", "psc-snapshot.jsonl"), "x.jsonl").claims
    listed = [party.label for party in claims.parties.values() if party.listed]
    assert listed == ["00000006"]


def test_the_registers_spelling_and_the_mended_one_are_the_same_statement():
    """`signficant` is what the register writes."""
    code = "no-individual-or-entity-with-signficant-control"
    kind = "persons-with-significant-control-statement"
    assert code in STATEMENTS
    assert len(STATEMENTS) == 27
    for spelt in (code, code.replace("signficant", "significant")):
        found = psc(line(kind, statement=spelt)).claims
        reasons = {party.unspecified for party in found.parties.values()} - {None}
        assert reasons == {UnspecifiedReason.NO_BENEFICIAL_OWNERS}


def test_statements_of_no_holder_are_lost_aloud():
    """They tell how complete a list is."""
    kind = "persons-with-significant-control-statement"
    found = psc(line(kind, statement="all-beneficial-owners-identified"))
    assert found.claims.holdings == ()
    assert found.lost == {"data.statement": 1}


@pytest.mark.parametrize("path", FICTIONAL, ids=[path.stem for path in FICTIONAL])
def test_fictional_records_of_others_are_read(path):
    """Each as its name says; the unknown kind is refused with its field."""
    record = json.dumps(json.loads(path.read_text())).encode()
    if path.stem == "psc_unknown_kind":
        with pytest.raises(UnknownTermError, match=r"data\.kind"):
            psc(record)
        return
    found = psc(record)
    assert len(found.claims.holdings) == (path.stem not in {"psc_totals", *WITHOUT_NATURES})


WITHOUT_NATURES = {
    "psc_corporate",
    "psc_legal",
    "psc_no_country",
    "psc_no_match",
    "psc_not_found",
}


def test_all_fictional_records_are_there():
    """A suite driven by files says how many it found."""
    assert len(FICTIONAL) == 13


@pytest.mark.parametrize(
    ("identification", "number"),
    [
        ({"country_registered": "England And Wales", "registration_number": "2"}, "00000002"),
        ({"country_registered": "United Kingdom", "registration_number": "89101112"}, "89101112"),
        ({"country_registered": "Scotland", "registration_number": "SC123456"}, "SC123456"),
        ({"place_registered": "Companies House", "registration_number": "01234567"}, "01234567"),
        ({"country_registered": "Scotland", "registration_number": "123456"}, None),
        ({"country_registered": "United Kingdom", "registration_number": "56099"}, None),
        ({"country_registered": "France", "registration_number": "01234567"}, None),
        ({"country_registered": None, "registration_number": "01234567"}, None),
        ({"country_registered": "West Yorkshire"}, None),
    ],
)
def test_a_corporate_holder_is_known_by_its_number_only_without_doubt(identification, number):
    """A Scottish number without its letters would be that of an English company."""
    kind = "corporate-entity-person-with-significant-control"
    code = "ownership-of-shares-75-to-100-percent"
    said = line(kind, name="Holdco", identification=identification, natures_of_control=[code])
    (claim,) = psc(said).claims.holdings
    known = f"https://w3id.org/keiretsu/id/party/GB-COH-{number}"
    assert (claim.holder == known) == (number is not None)


def test_a_person_of_two_records_is_two_parties():
    """A name joins nobody."""
    code = "ownership-of-shares-25-to-50-percent"
    one = line(natures_of_control=[code], links={"self": "/company/1/psc/a"})
    other = line(natures_of_control=[code], number="2", links={"self": "/company/2/psc/b"})
    people = [p for p in psc(one, other).claims.parties.values() if p.kind is PartyKind.PERSON]
    assert [person.label for person in people] == ["Ada", "Ada"]


def test_what_was_read_is_held_against_the_totals():
    """A snapshot with fewer records than it counts, and one without its last line."""
    lines = sample("psc", "psc-snapshot.jsonl").splitlines()
    assert "totals-differ" in psc(*lines[1:]).codes
    assert "no-totals" in psc(*lines[:-1]).codes


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        (b'{"company_number": "1"}', "data.kind"),
        (b'{"data": {"kind": "exemptions"}}', "company_number"),
        (line(number="not a number"), "company_number"),
        (line(natures_of_control=["ownership-of-shares"]), "data.natures_of_control"),
        (line(natures_of_control="all"), "data.natures_of_control"),
        (line(notified_on="yesterday"), "data.notified_on"),
        (line(notified_on="2020-01-01", ceased_on="2019-01-01"), "data.ceased_on"),
        (line(name=None), "data.name"),
        (line(name=5), "data.name"),
        (line(date_of_birth={"year": 1975, "month": 13}), "data.date_of_birth.month"),
        (line("persons-with-significant-control-statement", statement="x"), "data.statement"),
        (b"[1, 2]", "the record"),
        (b'{"company_number": "1", "data": {', "cut short"),
        (b"\xff\xfe", "UTF-8"),
    ],
)
def test_the_first_malformed_record_stops_with_its_line_and_field(bad, field):
    """And a lenient reading skips and counts it, wherever it can go on."""
    good = line(natures_of_control=["significant-influence-or-control"])
    with pytest.raises(InputError, match=field) as error:
        psc(good, bad)
    assert str(error.value).startswith("psc.jsonl:2: ") or field == "the record"


def test_lenient_reading_skips_and_counts():
    """What is whole is kept."""
    good = line(natures_of_control=["significant-influence-or-control"])
    found = psc(good, line(notified_on="never"), b"{", lenient=True)
    assert (found.reading.records, found.reading.skipped) == (3, 2)
    assert len(found.claims.holdings) == 1
