"""What is gathered on disk is what is gathered in memory, and is written as the same bytes."""

import io
import json

import pytest
from bods_fixtures import load
from hypothesis import given
from hypothesis import strategies as st
from tests.formats.reading import sample

from keiretsu.errors import InputError
from keiretsu.formats import FORMATS, Input, Reading, collected, json_text, kept
from keiretsu.formats.json_records import json_records
from keiretsu.formats.sorted_lines import SortedLines
from keiretsu.model import Holding, LossReport, Party
from keiretsu.ownership_graph import Material
from keiretsu.ownership_graph.converting import convert
from keiretsu.store.codec.dataset import write_dataset
from keiretsu.store.export import rdf_text

BODS = json.dumps(load("core/01-direct-ownership").statements).encode()
TABLE = b"holder,issuer,capital_percent,share_class,shares\nA,B,60,,\nC,B,40,,\nB,D,,common,7\n"
FILES = {
    "psc": (sample("psc", "psc-snapshot.jsonl"), "psc-snapshot.jsonl"),
    "gleif-relationships": (sample("gleif", "rr.csv"), "rr.csv"),
    "gleif-exceptions": (sample("gleif", "repex.csv"), "repex.csv"),
    "ftm": (sample("ftm", "bods-ftm-sample_ftm.jsonl"), "x.ftm.json"),
    "bods": (BODS, "statements.json"),
    "csv": (TABLE, "table.csv"),
}


def gathered(gather, name):
    data, file = FILES[name]
    reading = Reading(file, lenient=True)
    return gather(FORMATS[name].read(Input(data, file), reading), reading), reading


@pytest.mark.parametrize("name", FILES)
def test_on_disk_as_in_memory(name):
    (memory, told), (disk, told_of_disk) = gathered(collected, name), gathered(kept, name)

    assert dict(memory.parties) == {iri: disk.parties[iri] for iri in disk.parties}
    assert list(memory.parties.values()) == list(disk.parties.values())
    assert dict(memory.documents) == dict(disk.documents.items())
    assert list(memory.every_claim()) == list(disk.every_claim())
    assert list(memory.source_records) == list(disk.source_records)
    assert (memory.size, memory.horizon, memory.edits) == (disk.size, disk.horizon, disk.edits)
    counted, counted_of_disk = (
        [(loss.field, loss.reason, loss.count) for loss in one.losses.losses()]
        for one in (told, told_of_disk)
    )
    assert counted == counted_of_disk
    assert memory.size + len(memory.parties) > 0


@pytest.mark.parametrize("target", ["nquads", "ntriples", "bods", "ftm"])
@pytest.mark.parametrize("name", FILES)
def test_the_same_bytes(name, target):
    memory, _ = gathered(collected, name)
    if target in ("nquads", "ntriples"):
        expected = rdf_text(write_dataset(memory), target).encode()
    else:
        stream = io.BytesIO()
        FORMATS[target].write(memory, stream, LossReport())
        expected = stream.getvalue()

    done = convert(Material(*FILES[name], name), target, lenient=True)

    assert expected == done.data
    assert (len(memory.parties), memory.size) == (done.parties, done.claims)


def test_two_claims_of_one_name():
    one = Holding(id="urn:c", document="urn:d", holder="urn:a", issuer="urn:b", place="x:1")
    other = Holding(id="urn:c", document="urn:d", holder="urn:b", issuer="urn:a", place="x:2")

    assert 1 == len(kept([one, one], Reading("x")).holdings)
    with pytest.raises(InputError, match="x:2: two different claims"):
        kept([one, other], Reading("x"))


def test_nothing_is_there_that_was_not_told():
    claims = kept([Party(id="urn:a", label="A")], Reading("x"))

    assert [] == list(claims.holdings)
    assert claims.parties.get("urn:b") is None
    with pytest.raises(IndexError):
        claims.holdings[0]


@given(st.lists(st.text("abcé", max_size=4)), st.integers(1, 20))
def test_lines_are_sorted_however_few_fit_in_memory(words, at_once):
    with SortedLines(at_once) as lines:
        lines.add(f"{word}\n".encode() for word in words)

        assert sorted({f"{word}\n".encode() for word in words}) == list(lines)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


@given(JSON, st.integers(0, 60), st.sampled_from(["", ",", '"', "NaN", "1e400", "\\ud800", "0"]))
def test_the_fast_parser_reads_what_the_standard_library_reads(value, at, put):
    """Values and errors alike, of lines that are JSON and of lines that hardly are."""
    pytest.importorskip("msgspec", reason="the fast parser is not installed")
    whole = json.dumps(value)
    line = whole[:at] + put + whole[at:]

    fast, slow = outcome(line), None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_text, "_FAST", None)
        slow = outcome(line)

    assert fast == slow


def outcome(line):
    reading = Reading("x", lenient=True)
    data = f"{{}}\n{line}\n".encode()
    found = [repr(record) for record in json_records(Input(data, "x"), reading)]
    return found, reading.findings
