"""The frame of the outside formats: opening, records, skipping, collecting, recognising."""

import gzip
import io
import zipfile

import pytest

from keiretsu.errors import InputError
from keiretsu.formats import FORMATS, Input, Reading, collected, recognised
from keiretsu.formats.csv_records import csv_records
from keiretsu.formats.json_records import json_records
from keiretsu.formats.opening import FREE_EXPANSION
from keiretsu.model import Holding, Party, PartyKind
from keiretsu.ownership_graph import Material, OwnershipGraph

TABLE = b"holder,issuer,capital_percent\nA,B,60\n"


def zipped(**files):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("_", "."), data)
    return content.getvalue()


PACKINGS = {
    "plain": ("t.csv", TABLE),
    "byte order mark": ("t.csv", b"\xef\xbb\xbf" + TABLE),
    "CRLF": ("t.csv", TABLE.replace(b"\n", b"\r\n")),
    "gzip": ("t.csv.gz", gzip.compress(TABLE)),
    "zip": ("t.zip", zipped(t_csv=TABLE)),
    "zip by its beginning": ("t.csv", zipped(t_csv=TABLE)),
}


@pytest.mark.parametrize(("name", "data"), PACKINGS.values(), ids=PACKINGS)
def test_packings_and_encodings_say_the_same(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data)

    holdings = OwnershipGraph.open(path).claims.holdings

    assert ["60 %"] == [str(one.capital) for one in holdings]
    assert "csv" == Material.of_file(path).format


DAMAGED = {
    "gzip cut short": (gzip.compress(TABLE * 100)[:-20], "damaged or cut short"),
    "gzip broken": (gzip.compress(TABLE)[:10] + b"broken, all of it", "damaged or cut short"),
    "zip cut short": (zipped(t_csv=TABLE)[:-20], "damaged or cut short"),
    "zip of two": (zipped(a_csv=TABLE, b_csv=TABLE), "holds 2 files"),
    "zip of none": (zipped(), "not UTF-8"),
}


@pytest.mark.parametrize(("data", "message"), DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_file_is_an_error(tmp_path, data, message):
    path = tmp_path / "t.csv"
    path.write_bytes(data)

    with pytest.raises(InputError) as caught:
        OwnershipGraph.open(path)

    assert str(caught.value).startswith(str(path))
    assert message in str(caught.value) or b"PK\x05" == data[:3]


def test_a_bomb_is_refused_while_it_unpacks():
    bomb = Input(gzip.compress(bytes(FREE_EXPANSION + 1_000_000), 9), "bomb.csv.gz")

    with bomb.open() as stream, pytest.raises(InputError, match="unpacks to more than"):
        stream.read(FREE_EXPANSION + 1_000_000)


def records(data, *, lenient=False):
    reading = Reading("x", lenient=lenient)
    return [(one.value, one.place) for one in json_records(Input(data, "x"), reading)], reading


JSON = {
    "lines": (b'{"a":1}\n{"a":2}\n', [({"a": 1}, "x:1"), ({"a": 2}, "x:2")]),
    "lines, CRLF, blank, no last end": (
        b'\xef\xbb\xbf{"a":1}\r\n\r\n{"a":2}',
        [({"a": 1}, "x:1"), ({"a": 2}, "x:3")],
    ),
    "array": (b' [\n{"a":1}\n,\n[2]]\n', [({"a": 1}, "x:2"), ([2], "x:4")]),
    "empty array": (b"[ ]", []),
    "one value over lines": (b'{"a":\n1}\n', [({"a": 1}, "x:1")]),
    "laid out": (b'{"a":\n1}\n{\n"a":2}', [({"a": 1}, "x:1"), ({"a": 2}, "x:3")]),
}


@pytest.mark.parametrize(("data", "expected"), JSON.values(), ids=JSON)
def test_json_in_every_layout(data, expected):
    assert expected == records(data)[0]


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_json_does_not_depend_on_how_it_is_read(monkeypatch, size):
    """However few characters are read at once, numbers, strings and escapes stay whole."""
    monkeypatch.setattr("keiretsu.formats.json_text._CHUNK", size)
    value = [{"número": -12.5e3, "t": 'q"\\\u00e9\U0001f600'}, True, None, 1234567890]
    text = '[{"número": -12.5e3, "t": "q\\"\\\\é\\ud83d\\ude00"}, true, null, 1234567890]'

    assert value == [one for one, _ in records(text.encode())[0]]
    assert (
        value
        == records(f"{text}\n".replace("[{", '{"l":[{').replace("]", "]}").encode())[0][0][0]["l"]
    )


MALFORMED = {
    "empty": (b" \n", "x: ", "empty"),
    "no JSON": (b'{"a":1}\n{"a":}\n', "x:2", "not JSON"),
    "line cut short": (b'{"a":1}\n{"a":', "x:2", "cut short"),
    "array cut short": (b'[{"a":1},\n', "x:2", "not closed"),
    "array cut within": (b'[{"a":1},\n{"a":"x', "x:2", "cut short"),
    "no comma": (b"[1 2]", "x:1", "no comma"),
    "array and more": (b"[1]\n[2]", "x:2", "follows"),
    "NaN": (b'{"a":1}\n{"a":NaN}', "x:2", "NaN is no number"),
    "deep": (b'{"a":1}\n' + b"[" * 100_000, "x:2", "nested too deeply"),
    "deep array": (b"[" * 100_000, "x:1", "nested too deeply"),
    "half a character": (b'{"a":1}\n{"a":"\\ud800"}', "x:2", "half a character"),
    "Latin-1": (b'{"a":1}\n{"a":"\xe9"}', "x:2", "not UTF-8"),
    "huge integer": (b'{"a":1}\n' + b"9" * 5000, "x:2", "not JSON"),
}


@pytest.mark.parametrize(("data", "place", "message"), MALFORMED.values(), ids=MALFORMED)
def test_malformed_json_is_refused_at_its_place(data, place, message):
    with pytest.raises(InputError) as caught:
        records(data)

    assert str(caught.value).startswith(place)
    assert message in str(caught.value)


def test_lenient_reading_skips_malformed_lines():
    found, reading = records(b'{"a":\n{"a":2}\nnonsense\n{"a":3}\n', lenient=True)

    assert [({"a": 2}, "x:2"), ({"a": 3}, "x:4")] == found
    assert (2, 2) == (reading.records, reading.skipped)
    assert ["x:3", "x:3"] == [one.place for one in reading.findings]


def test_the_line_after_a_malformed_one_is_read():
    found, reading = records(b'{"a":1}\nnonsense\n{"a":2}\n[\n{"a":3}', lenient=True)

    assert [({"a": 1}, "x:1"), ({"a": 2}, "x:3"), ({"a": 3}, "x:5")] == found
    assert ["x:2", "x:4"] == [one.place for one in reading.findings]


def test_csv_records_by_name():
    reading = Reading("x", lenient=True)
    data = b'LEI;Name\r\n1;"A\nB"\r\n2\r\n3;C\r\n'

    found = list(csv_records(Input(data, "x"), reading, needed=("LEI",), delimiter=";"))

    assert [("A\nB", "x:2"), ("C", "x:5")] == [(one.cells["Name"], one.place) for one in found]
    assert ["x:4"] == [one.place for one in reading.findings]
    with pytest.raises(InputError, match="lacks BIC"):
        list(csv_records(Input(data, "x"), reading, needed=("BIC",), delimiter=";"))


def test_a_malformed_record_is_taken_whole_or_not_at_all():
    def half():
        yield Party(id="urn:a", label="A")
        raise InputError("no end", mend="add it")

    reading = Reading("x", lenient=True)

    assert [] == reading.taken("x:7", half)
    assert (1, 1) == (reading.records, reading.skipped)
    with pytest.raises(InputError, match="x:7: no end; add it"):
        Reading("x").taken("x:7", half)


def test_parties_join_and_say_what_they_lose():
    reading = Reading("x")
    pieces = [
        Party(id="urn:a", label="A", jurisdiction="GB", identifiers=(("LEI", "1"),)),
        Party(id="urn:a", label="Ä", jurisdiction="FR", kind=PartyKind.COMPANY),
    ]

    party = collected(pieces, reading).parties["urn:a"]

    assert ("A", ("Ä",), PartyKind.COMPANY) == (party.label, party.aliases, party.kind)
    assert (("LEI", "1"),) == party.identifiers
    assert ["party.jurisdiction"] == [loss.field for loss in reading.losses.losses()]


def test_two_claims_of_one_identifier_are_refused():
    one = Holding(id="urn:c", document="urn:d", holder="urn:a", issuer="urn:b", place="x:1")
    other = Holding(id="urn:c", document="urn:d", holder="urn:b", issuer="urn:a", place="x:2")

    assert 1 == len(collected([one, one], Reading("x")).holdings)
    with pytest.raises(InputError, match="x:2: two different claims"):
        collected([one, other], Reading("x"))


def test_an_ending_that_is_not_known_is_refused():
    assert recognised(Input(b"", "a.doc")) is None
    assert all(one.suffixes for one in FORMATS.values())
