"""A table read as arrays says what it says row by row, or nothing at all."""

import filecmp

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keiretsu.errors import InputError
from keiretsu.formats.table.arrays import read_arrays
from keiretsu.formats.table.format import read_holdings_table
from keiretsu.model import claim_id
from keiretsu.ownership_graph import Material
from keiretsu.ownership_graph.stored import load_into_store
from keiretsu.store.disk import Folder

pytest.importorskip("pyarrow", reason="tables are read as arrays by pyarrow, extra 'register'")

NAMES = [
    "A",
    "'=A()",
    "B",
    "  B ",
    "Cie, Ltd.",
    "Müller",
    "https://example.org/x",
    "D",
    'say ""yes""',
]
CELLS = {
    "capital_percent": ["50", "50.0", "33.333", "0", "100", "25-50", ">25", "", "12,5", "1e1"],
    "valid_from": ["", "2019", "2019-03", "2019-03-01", "2019-03-01 00:00:00"],
    "valid_until": ["", "2021-01-01"],
    "holder_kind": ["", "Person", "party"],
    "issuer_kind": ["", "Company"],
    "issuer_jurisdiction": ["", "FR", "fr"],
    "issuer_listed": ["", "yes"],
    "source_title": ["", "Register", "  Register "],
    "source_publisher": ["", "Court"],
    "source_date": ["", "2020-01"],
    "source_url": ["", "https://example.org/a"],
    "status": ["", "accepted", "disputed"],
    "sourcing": ["", "Unsourced"],
    "mood": ["", "good", "'=1"],
}
REFUSED = {
    "capital_percent": ["much", "130", "60-20"],
    "valid_from": ["soon", "2021-01-01", "2019-00-00", "2019-03-01T12:00:00"],
    "holder_kind": ["ghost", "Company"],
    "issuer": ["", "b"],
}


def text_of(columns, rows, separator=","):
    def cell(text):
        return f'"{text}"' if {separator, '"'} & set(text) else text

    lines = [separator.join(columns)]
    lines += [separator.join(cell(row[name]) for name in columns) for row in rows]
    return ("\n".join(lines) + "\n").encode()


@st.composite
def tables(draw):
    more = draw(st.lists(st.sampled_from(sorted(CELLS.keys() - {"capital_percent"})), unique=True))
    columns = ["holder", "issuer", "capital_percent", *more]
    rows = []
    for _ in range(draw(st.integers(1, 8))):
        row = {name: draw(st.sampled_from(NAMES)) for name in ("holder", "issuer")}
        row |= {name: draw(st.sampled_from(CELLS[name])) for name in columns[2:]}
        for name in REFUSED.keys() & row.keys():
            if draw(st.integers(0, 12)) == 0:
                row[name] = draw(st.sampled_from(REFUSED[name]))
        rows.append(row)
    return text_of(draw(st.permutations(columns)), rows, draw(st.sampled_from([",", ";", "\t"])))


def objects(data):
    try:
        return read_holdings_table(data, "t.csv")
    except InputError:
        return None


def as_objects(table):
    """Return an arrays' rows as the claims they stand for, by IRI."""
    iris, labels = table.iris.to_pylist(), table.labels.to_pylist()
    parties = dict(zip(iris, labels, strict=True))
    rows = {}
    for row in range(len(table.holder)):
        rows[table.ids[row].tobytes().hex()] = (
            iris[table.holder[row]],
            iris[table.issuer[row]],
            table.shares[table.share[row]],
            *table.terms[table.term[row]],
        )
    return parties, rows


@settings(deadline=None, max_examples=150)
@given(tables())
def test_arrays_say_what_rows_say(data):
    quick, slow = read_arrays(data, "t.csv"), objects(data)
    if slow is None:
        assert quick is None
    if quick is None or slow is None:
        return
    claims = slow.claims
    parties, rows = as_objects(quick)
    assert parties == {iri: party.label for iri, party in claims.parties.items()}
    assert rows == {
        claim.id.rpartition("/")[2]: (
            claim.holder,
            claim.issuer,
            claim.capital,
            claim.period,
            claim.document,
            claim.record,
            claim.status,
            claim.sourcing,
            claim.known_from,
        )
        for claim in claims.holdings
    }
    assert {one.id: one for one in quick.documents} == claims.documents
    assert quick.cautions == slow.cautions
    assert len(rows) == slow.rows


def test_most_plain_tables_are_read_as_arrays():
    rows = [
        {
            "holder": f"H{n % 7}",
            "issuer": f"I{n}",
            "capital_percent": f"{n}.5",
            "valid_from": "2019",
        }
        for n in range(50)
    ]
    table = read_arrays(text_of(rows[0], rows), "t.csv")
    assert (len(table.holder), len(table.shares), len(table.terms)) == (50, 50, 1)
    twice = read_arrays(b"holder,issuer,capital_percent\nA,B,5\nA,B,5\n", "t.csv")
    first, second = (twice.ids[row].tobytes().hex() for row in (0, 1))
    ends = twice.iris.to_pylist()
    assert claim_id(twice.documents[0].id, "holding", *ends, None, None, 0).endswith(first)
    assert claim_id(twice.documents[0].id, "holding", *ends, None, None, 1).endswith(second)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"holder,issuer,capital_percent\n",
        b"holder,issuer,shares\nA,B,5\n",
        b"holder,issuer,capital_percent,\nA,B,5,good\n",
        b"holder,issuer,capital_percent,share_class\nA,B,5,ordinary\n",
        b"holder,issuer,capital_percent,source_date\nA,B,5,lately\n",
        b"holder,issuer,capital_percent\nA,B\n",
        b"holder,issuer,capital_percent\nA,B,0.5\n",
        b"holder,issuer,capital_percent\nA,B,60\nC,B,60\n",
        b"holder,issuer,capital_percent\nA,B,20\nTotal,B,20\n",
        b"holder,issuer,capital_percent\nRENAULT,B,6\nRenault,B,60\n",
        b'holder,issuer,capital_percent\nA "x" y,B,6\n',
        b"holder,issuer,capital_percent\nA\0,B,6\n",
        b"\xff\xfeholder",
        b"holder,issuer,holder,capital_percent\nA,B,C,6\n",
    ],
)
def test_what_is_out_of_the_ordinary_is_left_to_rows(data):
    assert read_arrays(data, "t.csv") is None


@pytest.mark.parametrize("alone", [True, False])
@settings(deadline=None, max_examples=5, suppress_health_check=list(HealthCheck))
@given(data=tables())
def test_a_store_of_arrays_is_that_of_objects_byte_by_byte(tmp_path_factory, alone, data):
    if read_arrays(data, "t.csv") is None:
        data = b"holder,issuer,capital_percent\nA,B,60\nB,C,20.1\nA,C,60\nB,C,20.1\nZ,B,40.1\n"
    folder, material = tmp_path_factory.mktemp("both"), Material(data, "t.csv", "csv")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("keiretsu.ownership_graph.stored._ARRAYS_FROM", 0)
        load_into_store([material], folder / "quick", columns_alone=alone)
        patch.setattr("keiretsu.ownership_graph.stored._as_arrays", lambda *_, **__: None)
        load_into_store([material], folder / "slow", columns_alone=alone)
    quick, slow = (Folder(folder / name).current() for name in ("quick", "slow"))
    files = sorted(p.relative_to(quick) for p in quick.rglob("*") if p.is_file())
    assert len(files) > 15
    assert files == sorted(p.relative_to(slow) for p in slow.rglob("*") if p.is_file())
    assert filecmp.cmpfiles(quick, slow, files, shallow=False)[1:] == ([], [])
