"""One file for each rule: what breaks it, and what does not."""

import csv
import io
from collections import defaultdict

import pytest

from keiretsu.errors import InputError
from keiretsu.model import Severity
from keiretsu.resources import ontology_path
from keiretsu.store import validation
from keiretsu.store.memory import Store
from keiretsu.store.syntax.parse import parse_statements, syntax_of
from keiretsu.store.validation import validate_bytes, validate_statements

EXAMPLES = ontology_path("examples")
VALID = sorted((EXAMPLES / "valid").iterdir())
INVALID = sorted((EXAMPLES / "invalid").iterdir())


def expected():
    rows = defaultdict(list)
    with (EXAMPLES / "expected.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            rows[row["file"]].append((row["rule"], row["severity"], row["message"]))
    return rows


def test_every_example_is_found_and_every_row_is_used():
    """A suite driven by files must not shrink without a word."""
    assert 17 == len(VALID)
    assert 67 == len(INVALID)
    assert [path.name for path in INVALID] == sorted(expected())


def test_the_shapes_stay_as_they_are():
    """They are kept from one file to the next; the first adds what the validator itself needs."""
    texts = [path.read_bytes() for path in (VALID[0], INVALID[0], INVALID[-1])]
    validate_bytes(texts[0], syntax_of(VALID[0].name), "x.ttl")
    before = set(validation._shapes())
    for text in texts:
        validate_bytes(text, "turtle", "x.ttl")
    assert len(before) > 2000
    assert before == set(validation._shapes())


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.name)
def test_a_valid_example_has_no_findings_and_can_be_loaded(path):
    """Neither errors nor warnings."""
    data = path.read_bytes()

    assert [] == validate_bytes(data, syntax_of(path.name), path.name)
    store = Store()
    store.load(path)
    assert store.claims().parties


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.name)
def test_an_invalid_example_gives_exactly_the_expected_findings(path):
    """Rule, severity, words, and the line on which its subject is described."""
    findings = validate_bytes(path.read_bytes(), syntax_of(path.name), path.name)
    found = sorted((found.rule, str(found.severity), found.message) for found in findings)
    rows = sorted(expected()[path.name])

    assert [row[:2] for row in rows] == [row[:2] for row in found]
    for (_, _, words), (_, _, message) in zip(rows, found, strict=True):
        assert words in message
        assert "\n" not in message
    for finding in findings:
        name, _, line = finding.place.rpartition(":")
        assert path.name == name
        assert " a kei:" in path.read_text(encoding="utf-8").splitlines()[int(line) - 1] or (
            path.name == "unreadable-no-class.ttl"
        )


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.name)
def test_an_example_can_be_loaded_exactly_if_it_has_no_errors(path):
    """The check and the reader agree on what is an error."""
    stricter = {  # rules of good form, and of derived graphs: the reader needs none of them
        "acts-for-state.ttl",
        "cap-without-percent.ttl",
        "incomplete-derivation.trig",
        "incomplete-finding.trig",
        "jurisdiction-code.ttl",
        "nationality-code.ttl",
        "own-shares-vote.ttl",
    }
    findings = validate_bytes(path.read_bytes(), syntax_of(path.name), path.name)
    faulty = any(found.severity is Severity.ERROR for found in findings)
    try:
        Store().load(path)
    except InputError:
        assert faulty
    else:
        assert not faulty or path.name in stricter


def test_the_parties_of_a_finding_are_named():
    """Holder and issuer, so that a reader knows whom it concerns."""
    path = EXAMPLES / "invalid" / "reversed-percents.ttl"
    (found,) = validate_bytes(path.read_bytes(), "turtle", path.name)

    party = "https://w3id.org/keiretsu/id/party/"
    assert (f"{party}nissan", f"{party}renault") == found.parties


def test_without_a_source_the_place_is_the_subject():
    """A dataset that was not read from text has no lines."""
    path = EXAMPLES / "invalid" / "missing-holder.ttl"
    (found,) = validate_statements(parse_statements(path.read_bytes(), "turtle", "x"), "store")

    assert "store: <https://w3id.org/keiretsu/id/claim/1>" == found.place


def test_what_one_file_names_and_another_describes_is_no_finding_of_the_store():
    """File by file it is a warning."""
    path = EXAMPLES / "invalid" / "undescribed-party.ttl"
    store = Store()
    store.load(path)
    assert ["undescribed-party"] == [found.rule for found in store.validate()]
    assert ["store: <https://w3id.org/keiretsu/id/claim/1>"] == [f.place for f in store.validate()]

    party = "<https://w3id.org/keiretsu/id/party/nissan> a kei:Company ; rdfs:label 'Nissan' ."
    prefixes = path.read_text(encoding="utf-8").partition("party:renault")[0]
    store.load_bytes(f"{prefixes}{party}".encode(), "turtle", "nissan.ttl")
    assert store.query("ASK { ?h a kei:Holding }").boolean
    assert [] == store.validate()


def test_validation_twice_finds_the_same():
    """The validator's changes to the shapes do not leak into the next call."""
    path = EXAMPLES / "invalid" / "percent-range.ttl"
    first = validate_bytes(path.read_bytes(), "turtle", path.name)

    assert first == validate_bytes(path.read_bytes(), "turtle", path.name)


def test_the_hostile_value_in_a_message_stays_on_one_line():
    """A message shows at most sixty characters of a value, quoted."""
    text = """@prefix kei: <https://w3id.org/keiretsu/ontology#> .
    <urn:d> a kei:Document ; kei:title "t" ; kei:url "javascript:\\n</script>%s" .""" % ("x" * 999)
    (found,) = validate_bytes(text.encode(), "turtle", "x.ttl")

    assert "\n" not in found.message
    assert 250 > len(found.message)


def test_circles_of_blank_nodes_are_a_finding():
    """What cannot be arranged is said, not raised."""
    (found,) = validate_bytes(b"_:a <urn:p> _:b . _:b <urn:p> _:a .", "turtle", "x.ttl")

    assert ("unreadable", "x.ttl") == (found.rule, found.place)


def test_a_table_of_expectations_is_a_table():
    """Four columns and no repeated row."""
    text = (EXAMPLES / "expected.csv").read_text(encoding="utf-8")
    rows = list(csv.reader(io.StringIO(text)))

    assert ["file", "rule", "severity", "message"] == rows[0]
    assert len(rows) == len({tuple(row) for row in rows})
