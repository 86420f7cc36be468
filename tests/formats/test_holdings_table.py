"""The holdings table: what each cell means, which rows are refused and where, laws."""

import pytest

from keiretsu.formats import read_holdings_table
from keiretsu.formats.table.parties import party_iri
from keiretsu.model import (
    PartyKind,
    Period,
    Share,
    Sourcing,
    Status,
    VotesBasis,
)


def read(text, **options):
    return read_holdings_table(text.encode(), "t.csv", **options)


def one(text):
    """Return the only holding of a table."""
    (holding,) = read(text).claims.holdings
    return holding


def percents(text):
    return [str(holding.capital) for holding in in_order(read(text))]


def in_order(result):
    return sorted(result.claims.holdings, key=lambda holding: int(holding.place.split(":")[1]))


def codes(result):
    return [caution.code for caution in result.cautions]


# --- what cells mean ---------------------------------------------------------

PERCENTS = {
    "43.4": "43.4 %",
    "43.4 %": "43.4 %",
    '"43,4 %"': "43.4 %",
    '"43,4"': "43.4 %",
    "100": "100 %",
    "0": "0 %",
    "25-50": "[25, 50] %",
    '"(25,50]"': "(25, 50] %",
    ">25": "(25, 100] %",
    ">=25": "[25, 100] %",
    "75+": "[75, 100] %",
    "<5": "[0, 5) %",
    "unknown": "[0, 100] %",
    "": "[0, 100] %",
}


@pytest.mark.parametrize(("cell", "expected"), PERCENTS.items(), ids=PERCENTS)
def test_percentages_and_bands(cell, expected):
    """Every form of a percentage that the contract names is read."""
    assert [expected] == percents(f"holder,issuer,capital_percent\nA,B,{cell}\n")


def test_minimum_and_maximum_make_a_closed_band():
    """Two columns say a band; one of them leaves the other end open to nought or the whole."""
    text = "holder,issuer,capital_percent_min,capital_percent_max\nA,B,25,50\nC,B,10,\nD,B,,5\n"

    assert ["[25, 50] %", "[10, 100] %", "[0, 5] %"] == percents(text)


@pytest.mark.parametrize(
    "header",
    [
        "Holder,ISSUER,Capital Percent",
        "holder,issuer,capital-percent",
        "holder,issuer,CapitalPercent",
    ],
)
def test_header_names_fold(header):
    """Case, spaces, underscores and hyphens of a header do not matter."""
    assert ["40 %"] == percents(f"{header}\nA,B,40\n")


def test_semicolons_with_decimal_commas():
    """What a continental spreadsheet saves is read."""
    assert ["43.4 %", "15 %"] == percents(
        "\ufeffholder;issuer;capital_percent\r\nRenault;Nissan;43,4\r\nNissan;Renault;15\r\n"
    )


def test_reported_votes():
    """Voting percentages are exercisable unless the basis says gross; votes are a number."""
    text = "holder,issuer,voting_percent,voting_basis,votes\nA,B,28.6,,\nC,B,22,gross,88776202\n"
    exercisable, gross = in_order(read(text))

    assert (Share.from_percent("28.6"), VotesBasis.EXERCISABLE, None) == (
        exercisable.votes,
        exercisable.votes_basis,
        exercisable.vote_count,
    )
    assert (Share.from_percent("22"), VotesBasis.GROSS, 88776202) == (
        gross.votes,
        gross.votes_basis,
        gross.vote_count,
    )


def test_empty_cells_claim_nothing_more():
    """Without a voting figure none is claimed; without a capital column no capital is."""
    silent = one("holder,issuer,capital_percent,voting_percent\nA,B,40,\n")
    votes_only = one("holder,issuer,voting_percent\nA,B,40\n")

    assert (None, None) == (silent.votes, silent.vote_count)
    assert votes_only.capital is None


def test_dates_status_and_sourcing():
    """Partial dates are kept as given; codes are found whatever their case."""
    holding = one(
        "holder,issuer,capital_percent,valid_from,valid_until,status,sourcing\n"
        "A,B,40,2002-05,2018,Disputed,partly_sourced\n"
    )

    assert Period.parse("2002-05", "2018") == holding.period
    assert (Status.DISPUTED, Sourcing.PARTLY_SOURCED) == (holding.status, holding.sourcing)


def test_parties_carry_what_any_row_says_of_them():
    """Kind, jurisdiction, listing and the State acted for are collected over the rows."""
    text = (
        "holder,issuer,capital_percent,holder_kind,issuer_kind,issuer_jurisdiction,issuer_listed,actsfor\n"
        "APE,Renault,15,government body,company,fr,yes,French State\n"
        "renault,Nissan,43.4,,Company,JP,1,\n"
    )
    parties = {party.label: party for party in read(text).claims.parties.values()}

    assert {"APE", "Renault", "Nissan", "French State"} == set(parties)
    assert (PartyKind.GOVERNMENT_BODY, party_iri("French State")) == (
        parties["APE"].kind,
        parties["APE"].acts_for,
    )
    assert PartyKind.STATE is parties["French State"].kind
    assert (PartyKind.COMPANY, "FR", True) == (
        parties["Renault"].kind,
        parties["Renault"].jurisdiction,
        parties["Renault"].listed,
    )


def test_who_is_acted_for_keeps_the_kind_that_is_said():
    """A State is only presumed where no row says what the party is."""
    result = read(
        "holder,issuer,capital_percent,holder_kind,actsfor\nFund,X,1,,Bavaria\n"
        "Bavaria,Y,1,SubnationalState,\n"
    )

    assert PartyKind.SUBNATIONAL_STATE is result.claims.parties[party_iri("Bavaria")].kind


def test_spellings_of_a_name_are_one_party_with_the_first_label():
    """Case, accents, width and space do not make another party; an IRI is its own."""
    result = read(
        "holder,issuer,capital_percent\n Citroën ,X,1\nCITROEN,Y,2\nＣｉｔｒｏｅｎ,https://example.org/z,3\n"
    )

    assert {"Citroën", "X", "Y", "https://example.org/z"} == {
        party.label for party in result.claims.parties.values()
    }
    assert "https://example.org/z" in result.claims.parties


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ("Pena", ["spellings-merged"]),
        ("PEÑA", []),
        ("  Peña", []),
        ("Pen\u0303a", []),
        ("Pęna", ["spellings-merged"]),
    ],
)
def test_names_that_differ_by_accents_are_one_party_and_that_is_said(other, expected):
    """Two people may be called Peña and Pena: whoever reads an answer must know."""
    result = read(f"holder,issuer,capital_percent\nPeña,X,30\n{other},X,30\n{other},Y,30\n")
    told = [c for c in result.cautions if c.code == "spellings-merged"]
    assert expected == [caution.code for caution in told]
    assert all(f"'{other}' and 'Peña'" in caution.text for caution in told)


@pytest.mark.parametrize(
    "name", ["http://a b", "https://x/<script>", "javascript:alert(1)", "urn:"]
)
def test_what_only_looks_like_an_iri_is_a_name(name):
    """Nothing that is not a whole http(s) or urn IRI becomes an identifier."""
    assert party_iri(name).startswith("https://w3id.org/keiretsu/id/party/")


def test_rows_of_one_pair_are_claims_of_their_own():
    """Two rows of a pair add up, so they are two claims, the same two on each reading."""
    text = "holder,issuer,capital_percent\nA,B,30\nA,B,30\n"
    first, second = (read(text).claims for _ in range(2))

    assert 2 == len({holding.id for holding in first.holdings})
    assert first == second


def test_rows_of_one_table_are_one_record():
    """Rows add up also where they cite different sources, because one table lists them."""
    result = read("holder,issuer,capital_percent,source_title\nA,B,30,One\nA,B,31,Two\n")

    assert 1 == len({holding.record for holding in result.claims.holdings})
    assert 2 == len({holding.document for holding in result.claims.holdings})


def test_the_table_is_the_source_of_rows_that_cite_none():
    """Its document has the file's name without its folder, and depends on its content."""
    text = b"holder,issuer,capital_percent\nA,B,30\n"
    here, there = (
        read_holdings_table(text, name).claims.documents for name in ("x/t.csv", "/y/t.csv")
    )
    other = read_holdings_table(text.replace(b"30", b"31"), "t.csv").claims.documents
    (document,) = here.values()

    assert "t.csv" == document.title
    assert here == there
    assert here.keys() != other.keys()


def test_rows_that_cite_a_source_share_its_document():
    """One document per distinct citation; its address is kept as given."""
    result = read(
        "holder,issuer,capital_percent,source_title,source_publisher,source_date,source_url\n"
        "A,B,30,Annual report,B SA,2019,javascript:alert(1)\n"
        "C,B,20,Annual report,B SA,2019,javascript:alert(1)\n"
        "D,B,10,,,,https://example.org/d\n"
    ).claims
    cited = {document.title: document for document in result.documents.values()}

    assert {"Annual report", "https://example.org/d"} == set(cited)
    assert ("B SA", "2019", "javascript:alert(1)") == (
        cited["Annual report"].publisher,
        str(cited["Annual report"].date),
        cited["Annual report"].url,
    )
    assert {Sourcing.SOURCED} == {holding.sourcing for holding in result.holdings}


def test_a_party_in_itself_is_a_holding_of_own_shares():
    """Treasury is a holding whose holder is its issuer."""
    holding = one("holder,issuer,capital_percent\nB, b ,3\n")

    assert holding.holder == holding.issuer
