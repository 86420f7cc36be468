"""The holdings table: laws over written rows and over any bytes at all."""

import csv
import io
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from keiretsu.errors import InputError
from keiretsu.formats import check_holdings_table, read_holdings_table
from keiretsu.formats.table.parties import party_iri
from keiretsu.model import Severity
from keiretsu.model.names import fold

_names = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cf"]), min_size=1, max_size=12
).filter(fold)
_hundredths = st.integers(min_value=0, max_value=10_000)


@given(st.lists(st.tuples(_names, _hundredths), min_size=1, max_size=6))
def test_rows_written_are_rows_read(rows):
    """Each row comes back with its exact share, between the parties of its names."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("holder", "issuer", "capital_percent"))
    writer.writerows(
        (holder, f"Issuer {number}", f"{hundredths / 100:.2f}")
        for number, (holder, hundredths) in enumerate(rows)
    )

    claims = read_holdings_table(out.getvalue().encode(), "t.csv").claims

    assert sorted(
        (party_iri(holder), party_iri(f"Issuer {number}"), Fraction(hundredths, 10_000))
        for number, (holder, hundredths) in enumerate(rows)
    ) == sorted((h.holder, h.issuer, h.capital.low) for h in claims.holdings)
    assert {iri for h in claims.holdings for iri in (h.holder, h.issuer)} == set(claims.parties)


_tableish = st.lists(
    st.sampled_from(
        [
            "holder",
            "issuer",
            "capital_percent",
            "shares",
            ",",
            ";",
            "\t",
            "\n",
            "\r",
            '"',
            "40",
            "A",
            "B",
            "-",
            "%",
            "1e99",
            "\ufeff",
            "é",
            "\x00",
            "status",
            " ",
            "2019",
            "9" * 40,
            "valid_from",
        ]
    ),
    max_size=40,
).map(lambda parts: "".join(parts).encode())
_prefixed = st.one_of(st.binary(max_size=80), _tableish).map(
    lambda tail: b"holder,issuer,capital_percent,valid_from\nA,B,40,2019\n" + tail
)


@given(st.one_of(st.binary(max_size=120), _tableish, _prefixed), st.booleans())
def test_no_bytes_do_worse_than_an_input_error(data, lenient):
    """Reading gives claims whose parties and documents exist, or refuses in one line."""
    claims, refusal = None, None
    try:
        claims = read_holdings_table(data, "t.csv", lenient=lenient).claims
    except InputError as error:
        refusal = str(error)
    if claims is None:
        assert refusal.startswith("t.csv")
        assert len(refusal.splitlines()) == 1
    else:
        assert {holding.document for holding in claims.holdings} <= set(claims.documents)
        assert {iri for h in claims.holdings for iri in (h.holder, h.issuer)} <= set(claims.parties)


@given(st.one_of(st.binary(max_size=120), _tableish, _prefixed))
def test_a_check_without_errors_is_a_table_that_reads(data):
    """Checking and reading agree on what is wrong."""
    try:
        errors = [f for f in check_holdings_table(data, "t.csv") if f.severity is Severity.ERROR]
    except InputError:
        errors = [None]
    try:
        read_holdings_table(data, "t.csv")
    except InputError:
        assert errors
    else:
        assert not errors
