"""Wikidata: entities with ranks and references, and results of queries."""

import json
from fractions import Fraction

import pytest
from tests.formats.reading import read

from keiretsu.errors import InputError
from keiretsu.formats import Input, recognised
from keiretsu.formats.json_text import RECORD_LIMIT
from keiretsu.model import Interest, Office, PartyKind, Sourcing, Status, UnspecifiedReason

PARTY = "https://w3id.org/keiretsu/id/party/Wikidata-"
NISSAN, RENAULT = "Q20165", "Q6686"


def snak(value, kind="value"):
    return {"snaktype": kind} | ({"datavalue": {"value": value}} if kind == "value" else {})


def item(key):
    return snak({"entity-type": "item", "id": key})


def time(text, precision):
    return snak({"time": f"+{text}T00:00:00Z", "precision": precision})


def statement(main, *, rank="normal", references=(), **qualifiers):
    return {
        "mainsnak": main,
        "rank": rank,
        "qualifiers": {name: [value] for name, value in qualifiers.items()},
        "references": [{"snaks": {name: [value]}} for name, value in references],
    }


def entity(key, label, /, **claims):
    return {
        "id": key,
        "labels": {"en": {"value": label}, "ja": {"value": f"{label}の名"}},
        "aliases": {"en": [{"value": f"{label} Co."}]},
        "claims": claims,
    }


def wikidata(*entities, name="wd.jsonl", **options):
    data = "\n".join(json.dumps(one) for one in entities).encode()
    return read("wikidata", data, name, **options)


HELD = statement(
    item(RENAULT),
    references=[("P854", snak("https://example.org/report"))],
    P1107=snak({"amount": "+0.434", "unit": "1"}),
    P580=time("1999-03-28", 11),
    P582=time("2023-11-00", 10),
)


def test_an_entity_is_a_party_with_its_names_and_numbers():
    """Names in every script; a number that cannot be right joins nothing."""
    found = wikidata(
        entity(
            NISSAN,
            "Nissan",
            P31=[statement(item("Q4830453"))],
            P1278=[statement(snak("353800QNQ9AXNNKSTG75"))],
            P414=[statement(item("Q217475"))],
            P571=[statement(time("1933-12-26", 11))],
        )
    )
    party = found.claims.parties[f"{PARTY}{NISSAN}"]
    assert (party.label, party.kind, party.listed) == ("Nissan", PartyKind.COMPANY, True)
    assert party.aliases == ("Nissan Co.", "Nissanの名")
    assert ("Wikidata", NISSAN) in party.identifiers
    assert str(party.exists.start) == "1933-12-26"


def test_owned_by_points_from_the_owner_and_keeps_precision():
    """The proportion is a fraction of one; the reference is the document."""
    (claim,) = wikidata(entity(NISSAN, "Nissan", P127=[HELD])).claims.holdings
    assert (claim.holder, claim.issuer) == (f"{PARTY}{RENAULT}", f"{PARTY}{NISSAN}")
    assert (str(claim.capital), claim.interest) == ("43.4 %", Interest.SHAREHOLDING)
    assert (str(claim.period.start), str(claim.period.end)) == ("1999-03-28", "2023-11")
    assert claim.sourcing is Sourcing.SOURCED


def test_owner_of_is_the_other_way_round():
    """The entity itself is the holder."""
    (claim,) = wikidata(entity(RENAULT, "Renault", P1830=[statement(item(NISSAN))])).claims.holdings
    assert (claim.holder, claim.issuer) == (f"{PARTY}{RENAULT}", f"{PARTY}{NISSAN}")
    assert (claim.capital, claim.sourcing) == (None, Sourcing.UNSOURCED)


def test_ranks_and_unknown_values():
    """Deprecated is rejected; unknown is somebody, no value is nobody."""
    found = wikidata(
        entity(
            NISSAN,
            "Nissan",
            P127=[
                statement(item(RENAULT), rank="deprecated"),
                statement(snak(None, "somevalue")),
                statement(snak(None, "novalue")),
            ],
        )
    )
    assert sorted(claim.status for claim in found.claims.holdings) == [
        Status.ACCEPTED,
        Status.ACCEPTED,
        Status.REJECTED,
    ]
    reasons = {party.unspecified for party in found.claims.parties.values()} - {None}
    assert reasons == {UnspecifiedReason.UNKNOWN, UnspecifiedReason.NO_BENEFICIAL_OWNERS}
    unmeasured = [claim for claim in found.claims.holdings if not claim.interest.is_measured]
    assert len(unmeasured) == 1


def test_parents_offices_and_what_is_not_carried():
    """A parent organisation is no shareholding by itself."""
    found = wikidata(
        entity(
            NISSAN,
            "Nissan",
            P749=[statement(item(RENAULT))],
            P169=[statement(item("Q1"), P580=time("2017-00-00", 9))],
            P112=[statement(item("Q2"))],
        )
    )
    (claim,) = found.claims.holdings
    assert claim.interest is Interest.OTHER_INFLUENCE_OR_CONTROL
    (tenure,) = found.claims.tenures
    assert (tenure.office, str(tenure.period.start)) == (Office.CHIEF_EXECUTIVE, "2017")
    assert found.lost == {"P112": 1}


def test_a_later_entity_gives_the_name_of_one_that_was_only_named():
    """And the whole answer of the API is read like single entities."""
    both = {RENAULT: entity(RENAULT, "Renault"), NISSAN: entity(NISSAN, "Nissan", P127=[HELD])}
    for found in (wikidata(both[NISSAN], both[RENAULT]), wikidata({"entities": both})):
        labels = {party.label for party in found.claims.parties.values()}
        assert labels == {"Nissan", "Renault"}


def bindings(*rows, names=("co", "owner", "ratio", "from", "to", "rank", "ownerLabel", "x")):
    return {
        "head": {"vars": list(names)},
        "results": {
            "bindings": [
                {name: {"type": "literal", "value": value} for name, value in row.items()}
                for row in rows
            ]
        },
    }


ROW = {
    "co": f"http://www.wikidata.org/entity/{NISSAN}",
    "owner": f"http://www.wikidata.org/entity/{RENAULT}",
    "ownerLabel": "Renault",
    "ratio": "0.434",
    "from": "1999-03-28T00:00:00Z",
    "to": "2023-01-01T00:00:00Z",
    "rank": "http://wikiba.se/ontology#NormalRank",
}


def test_results_of_a_query():
    """Columns by their names; the first of January is a year."""
    found = wikidata(bindings(ROW), name="result.srj")
    (claim,) = found.claims.holdings
    assert (claim.holder, str(claim.capital)) == (f"{PARTY}{RENAULT}", "43.4 %")
    assert (str(claim.period.start), str(claim.period.end)) == ("1999-03-28", "2023")
    assert found.codes == {"date-precision", "not-carried"}
    assert found.lost == {"?x": 1}
    deprecated = ROW | {"rank": "http://wikiba.se/ontology#DeprecatedRank"}
    (claim,) = wikidata(bindings(deprecated)).claims.holdings
    assert claim.status is Status.REJECTED


@pytest.mark.parametrize(
    ("record", "problem"),
    [
        (bindings(ROW, names=("owner",)), "no variable for the company"),
        (bindings(ROW | {"co": "Nissan"}), "is no item"),
        (bindings(ROW | {"co": ROW["owner"]}), "own itself"),
        (bindings(ROW | {"ratio": "much"}), "P1107"),
        (bindings(ROW | {"from": "once"}), r"\?from"),
        (entity("P127", "owned by"), "no item"),
        (entity(NISSAN, "Nissan", P127=[statement(snak("text"))]), "no item as its value"),
        (entity(NISSAN, "Nissan", P127="x"), "claims.P127"),
        ([1], "not an object"),
        ({}, "id is missing"),
    ],
)
def test_what_is_malformed_is_refused(record, problem):
    """With its place."""
    with pytest.raises(InputError, match=problem) as error:
        wikidata(record if isinstance(record, dict) else {"entities": {"Q1": record}})
    assert str(error.value).startswith("wd.jsonl:")


def test_a_proportion_above_the_whole_is_unknown_and_told():
    """Never a hundred percent."""
    found = wikidata(bindings(ROW | {"ratio": "43.4"}))
    assert [claim.capital for claim in found.claims.holdings] == [None]
    assert found.lost["P1107"] == 1


@pytest.mark.parametrize("record", [entity(NISSAN, "Nissan", P127=[HELD]), bindings(ROW)])
def test_files_are_recognised_by_what_they_hold(record):
    """JSON of several formats has the same ending."""
    assert recognised(Input(json.dumps(record).encode(), "x.json")).name == "wikidata"


def rows_of(count):
    for number in range(count):
        one = {
            "company": {
                "type": "uri",
                "value": f"http://www.wikidata.org/entity/Q{2 * number + 1}",
            },
            "owner": {"type": "uri", "value": f"http://www.wikidata.org/entity/Q{2 * number + 2}"},
            "ratio": {"type": "literal", "value": "0.25"},
        }
        yield json.dumps(one)


def results_text(rows, *, head_last=False, laid_out=False):
    head = '"head": {"vars": ["company", "owner", "ratio"]}'
    space = "\n  " if laid_out else ""
    body = f'"results": {{"distinct": false,{space}"bindings": [{space}{f",{space}".join(rows)}]}}'
    parts = (body, head) if head_last else (head, body)
    return f"{{{space}{f',{space}'.join(parts)}}}".encode()


@pytest.mark.parametrize("laid_out", [False, True])
@pytest.mark.parametrize("head_last", [False, True])
def test_results_are_read_row_by_row(head_last, laid_out):
    text = results_text(rows_of(3), head_last=head_last, laid_out=laid_out)

    found = read("wikidata", text, "x.srj")

    assert [Fraction(1, 4)] * 3 == [one.capital.low for one in found.claims.holdings]
    places = {one.place for one in found.claims.holdings}
    lines = [4, 5, 6] if laid_out and head_last else [5, 6, 7] if laid_out else [1, 1, 1]
    assert {f"x.srj:{line} row {n}" for n, line in enumerate(lines, 1)} == places


def test_results_larger_than_a_record_may_be():
    """They are streamed: what is held at a time is one row."""
    wide = ', "x": {"type": "literal", "value": "' + 16_000 * "y" + '"}}'
    rows = [one[:-1] + wide for one in rows_of(1_100)]
    text = results_text(rows)
    assert len(text) > RECORD_LIMIT

    found = read("wikidata", text, "x.srj")

    assert 1_100 == len(found.claims.holdings) == found.reading.records


CUT = {
    "within a row": (lambda text: text[:-60], "cut short"),
    "before the end": (lambda text: text[:-1], "cut short"),
    "followed by something": (lambda text: text + b" {}", "something follows"),
    "a comma too many": (lambda text: text.replace(b"}}]}", b"}},]}"), "a comma before the end"),
    "no comma": (
        lambda text: text.replace(b"}}, {", b"}} {").replace(b"}},{", b"}} {"),
        "no comma",
    ),
    "no colon": (lambda text: text.replace(b'"results":', b'"results"'), "no colon"),
    "rows that are no list": (
        lambda text: text.replace(b": [{", b": {}, 1: [{"),
        r"no \[",
    ),
}


@pytest.mark.parametrize(("damage", "message"), CUT.values(), ids=CUT)
def test_damaged_results_are_refused(damage, message):
    text = damage(results_text(rows_of(2)))

    with pytest.raises(InputError, match=message) as caught:
        read("wikidata", text, "x.srj")

    assert str(caught.value).startswith("x.srj:1")
