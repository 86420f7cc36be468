"""What every reader bears: packings, other line ends, damage, and bytes of no sense."""

import gzip
import io
import json
import zipfile

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.formats.reading import read, sample

from keiretsu.errors import InputError
from keiretsu.formats import Input, recognised

ENTITY = {
    "id": "Q20165",
    "labels": {"ja": {"value": "日産"}},
    "claims": {
        "P127": [
            {
                "mainsnak": {"snaktype": "value", "datavalue": {"value": {"id": "Q6686"}}},
                "rank": "normal",
                "qualifiers": {
                    "P1107": [{"snaktype": "value", "datavalue": {"value": {"amount": "+0.434"}}}]
                },
            }
        ]
    },
}
RELATIONSHIP_XML = b"""<?xml version="1.0"?>
<RelationshipData xmlns="http://www.gleif.org/data/schema/rr/2016"><RelationshipRecords>
<RelationshipRecord><Relationship><StartNode><NodeID>9999NISSAN0000000015</NodeID></StartNode>
<EndNode><NodeID>9999RENAULT000000020</NodeID></EndNode>
<RelationshipType>IS_DIRECTLY_CONSOLIDATED_BY</RelationshipType></Relationship>
</RelationshipRecord></RelationshipRecords></RelationshipData>
"""
FILES = {
    ("psc", "psc.jsonl"): sample("psc", "psc-snapshot.jsonl"),
    ("gleif-relationships", "rr.csv"): sample("gleif", "rr.csv"),
    ("gleif-relationships", "rr.xml"): RELATIONSHIP_XML,
    ("gleif-exceptions", "repex.csv"): sample("gleif", "repex.csv"),
    ("gleif-entities", "l1.csv"): b"LEI,Entity.LegalName\n9999NISSAN0000000015,Nissan\n",
    ("ftm", "x.ftm.json"): sample("ftm", "bods-ftm-sample_ftm.jsonl"),
    ("wikidata", "wd.jsonl"): json.dumps(ENTITY).encode() + b"\n",
}
CASES = [pytest.param(*key, data, id=key[1]) for key, data in FILES.items()]


def zipped(name, data):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return out.getvalue()


def said(found):
    """Return what claims say, without the file that says it."""
    return {
        (type(claim).__name__, claim.place.partition(":")[2], claim.period)
        for claim in found.claims.every_claim()
    }, set(found.claims.parties)


@pytest.mark.parametrize(("name", "file", "data"), CASES)
def test_packing_and_line_ends_change_nothing(name, file, data):
    """Gzip, zip, a byte order mark, CRLF; and the format is recognised in each."""
    plain = said(read(name, data, file))
    assert plain[1]
    marked = b"" if file.endswith(".xml") else b"\xef\xbb\xbf"
    for other, packed in (
        (f"{file}.gz", gzip.compress(data)),
        (f"{file}.zip", zipped(file, data)),
        (file, marked + data),
        (file, data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")),
    ):
        assert recognised(Input(packed, other)).name == name
        assert said(read(name, packed, other)) == plain


@pytest.mark.parametrize(("name", "file", "data"), CASES)
def test_a_truncated_packing_is_an_error(name, file, data):
    """A file cut short is no shorter file."""
    with pytest.raises(InputError, match="damaged or cut short"):
        read(name, gzip.compress(data)[:-12], f"{file}.gz", lenient=True)


@pytest.mark.parametrize(("name", "file", "data"), CASES)
def test_reading_twice_gives_the_same_claims(name, file, data):
    """The same IRIs, so that loading twice changes nothing."""
    assert read(name, data, file).claims == read(name, data, file).claims


@pytest.mark.parametrize(("name", "file", "data"), CASES)
@pytest.mark.parametrize("nothing", [b"", b"\n\n", b"\xef\xbb\xbf"])
def test_nothing_is_an_error(name, file, data, nothing):
    """Not an empty register."""
    assert data
    with pytest.raises(InputError):
        read(name, nothing, file)


@st.composite
def spoilt(draw):
    """Draw a file and damage it: bytes changed, cut out, doubled, or put in."""
    (name, file), data = draw(st.sampled_from(sorted(FILES.items())))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(len(data) - 1, 0)))
        size = draw(st.integers(0, 40))
        new = draw(
            st.binary(max_size=6)
            | st.sampled_from(
                [b'"', b"{", b"]", b"null", b"<", b"&a;", b"1e999", b"\\ud800", b",", b"[[[["]
            )
        )
        how = draw(st.sampled_from(["put", "change", "double", "cut"]))
        part = data[at : at + size]
        middle = {"put": new + part, "change": new, "double": part + part, "cut": b""}[how]
        data = data[:at] + middle + data[at + size :]
    return name, file, data


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(spoilt(), st.booleans())
@example(("ftm", "x.json", b'{"id": "a", "schema": "Person", "properties": []}'), False)
@example(("psc", "p.jsonl", b'{"company_number": {}, "data": {"kind": []}}'), True)
@example(("wikidata", "w.json", b'{"id": "Q1", "claims": {"P127": [[]]}}'), True)
@example(("wikidata", "w.json", b'{"results": [], "head": 5}'), False)
def test_damage_is_an_error_in_one_line_or_no_error_at_all(case, lenient):
    """Never another exception, and never without the file's name."""
    name, file, data = case
    try:
        read(name, data, file, lenient=lenient)
    except InputError as error:
        text = str(error)
        assert text.startswith(file)
        assert "\n" not in text


@pytest.mark.parametrize("depth", [100_000])
def test_deep_nesting_is_refused(depth):
    """Without a crash of the parser."""
    for name, file, data in (
        ("ftm", "x.json", b'{"a":' * depth),
        ("wikidata", "w.json", b"[" * depth),
        ("gleif-relationships", "r.xml", b"<a>" * depth),
    ):
        with pytest.raises(InputError, match=file):
            read(name, data, file)
