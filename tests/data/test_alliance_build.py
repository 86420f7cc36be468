"""The build: every row of the facts is used once, and the same tables give the same bytes."""

import csv
import shutil
import subprocess
import sys
from collections import Counter

import pytest
from alliance_builder import build_claims, built_facts
from rdflib import Dataset

from keiretsu.errors import InputError
from keiretsu.model import Sourcing, Status
from keiretsu.store.codec import read_dataset

UNSOURCED = "https://w3id.org/keiretsu/id/document/unsourced"


@pytest.fixture(scope="module")
def holding_rows(alliance_folder):
    """Return the holding rows of the facts by their place."""
    with (alliance_folder / "facts.csv").open(newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        rows = {f"facts.csv:{reader.line_num}": row for row in reader}
    return {place: row for place, row in rows.items() if row["kind"] == "holding"}


def every_claim(claims):
    """Return all claims of a set, of every kind."""
    return [
        *claims.holdings,
        *claims.share_classes,
        *claims.registrations,
        *claims.capitals,
        *claims.agreements,
    ]


def test_a_rebuild_gives_the_committed_bytes(alliance_folder):
    """`build.py --check` finds the committed file to be what the tables give."""
    command = [sys.executable, str(alliance_folder / "build.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    assert (0, "") == (done.returncode, done.stderr)


def test_check_fails_on_a_file_that_differs(alliance_folder, tmp_path):
    """A hand-edited dataset is noticed, and left as it is."""
    copy = tmp_path / "alliance"
    shutil.copytree(alliance_folder, copy)
    edited = copy / "alliance.trig"
    edited.write_text(edited.read_text(encoding="utf-8") + "# edited\n", encoding="utf-8")
    command = [sys.executable, str(copy / "build.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 1
    assert "is not what the tables give" in done.stderr
    assert edited.read_text(encoding="utf-8").endswith("# edited\n")


def test_reading_the_file_gives_the_claims_back(alliance, alliance_folder):
    """Nothing is lost between the tables and the committed RDF."""
    dataset = Dataset(default_union=True)
    dataset.parse(alliance_folder / "alliance.trig", format="trig")
    read = read_dataset(dataset)
    for part in ("parties", "documents", "holdings", "registrations", "capitals", "agreements"):
        assert getattr(alliance, part) == getattr(read, part), part
    assert alliance.share_classes == read.share_classes
    assert alliance.horizon == read.horizon


def test_every_holding_row_becomes_one_claim(alliance, alliance_folder, holding_rows):
    """All 308 rows are used, each once, and the dataset adds only the curated holdings."""
    built = built_facts(alliance_folder)
    assert list(holding_rows) == [place for place, _ in built]
    assert len(built) == 308
    with (alliance_folder / "holdings.csv").open(newline="", encoding="utf-8") as file:
        curated = len(list(csv.DictReader(file)))
    assert (7, 315) == (curated, len(alliance.holdings))


def test_rows_keep_their_parties_dates_and_sourcing(alliance_folder, holding_rows, named):
    """Each claim says what its row says, but for the fields that an override changes."""
    with (alliance_folder / "overrides.csv").open(newline="", encoding="utf-8") as file:
        changed = {(row["holder"], row["issuer"], row["from"]) for row in csv.DictReader(file)}
    checked = 0
    for place, claim in built_facts(alliance_folder):
        row = holding_rows[place]
        assert (named(row["subject"]).id, named(row["object"]).id) == (claim.holder, claim.issuer)
        if (row["subject"], row["object"], row["valid_from"]) in changed:
            continue
        checked += 1
        end = str(claim.period.end) if claim.period.end else ""
        assert (row["valid_from"], row["valid_until"]) == (str(claim.begins), end), place
        assert row["note"].startswith("[snapshot") == claim.is_level, place
        assert (row["status"] == "unsourced") == (claim.sourcing is Sourcing.UNSOURCED), place
        assert (row["status"] == "unsourced") == (claim.document == UNSOURCED), place
        assert bool(row["unsourced_fields"]) == (claim.sourcing is Sourcing.PARTLY_SOURCED), place
        for column, share in (("capital_pct", claim.capital), ("voting_pct", claim.votes)):
            printed = "" if share is None else f"{float(share.low * 100):.10g}"
            assert row[column] == printed, place
    assert checked == 288


def test_claims_and_documents_fit_together(alliance):
    """No IRI stands for two claims; every claim has a document, and every document a claim."""
    claims = every_claim(alliance)
    assert [] == [iri for iri, times in Counter(c.id for c in claims).items() if times > 1]
    assert set(alliance.documents) == {claim.document for claim in claims}
    assert "Unsourced" == alliance.documents[UNSOURCED].title
    for claim in claims:
        assert (claim.document == UNSOURCED) == (claim.sourcing is Sourcing.UNSOURCED), claim
        partly = claim.sourcing is Sourcing.PARTLY_SOURCED
        assert partly == bool(claim.unsourced_fields), claim


def test_every_document_but_one_has_an_address(alliance):
    """A source can be looked up; documents are one per distinct address."""
    urls = [document.url for document in alliance.documents.values() if document.url]
    assert len(alliance.documents) == 117
    assert len(urls) == 116
    assert len(urls) == len(set(urls))
    assert all(url.startswith(("http://", "https://")) for url in urls)


def test_counts_of_the_curated_tables(alliance):
    """The tables of shares, votes and contracts are read whole."""
    counts = [
        len(alliance.share_classes),
        len(alliance.registrations),
        len(alliance.capitals),
        len(alliance.agreements),
    ]
    assert [1, 5, 9, 5] == counts


def test_only_the_employees_other_figure_is_disputed(alliance, named):
    """The one claim that is not accepted is the employees' 3.48 % of Renault."""
    others = [claim for claim in every_claim(alliance) if claim.status is not Status.ACCEPTED]
    assert [(named("Employees of Renault").id, Status.DISPUTED)] == [
        (claim.holder, claim.status) for claim in others
    ]


CURATED = "Nissan,Renault,shareholding,,2000,,1,,,,direct,"
FACT = "holding,Nissan,Renault,1,"

REFUSED = {
    # name: (table, row added to it, what is said)
    "unknown party": (
        "holdings.csv",
        f"{CURATED.replace('Nissan', 'Nobody')},unsourced,unsourced,,,",
        "no party is named 'Nobody'",
    ),
    "unknown document": (
        "holdings.csv",
        f"{CURATED},lost,unsourced,,,",
        "no document has the key 'lost'",
    ),
    "unsourced fields of a claim not partly sourced": (
        "holdings.csv",
        f"{CURATED},unsourced,unsourced,end,,",
        "disagree",
    ),
    "override of no row": (
        "overrides.csv",
        "Nissan,Renault,1066,end,2000,typing error",
        "no row of the facts is meant",
    ),
    "override of no field": (
        "overrides.csv",
        "Nissan,Renault,2002-05-28,colour,red,typing error",
        "'colour' cannot be changed",
    ),
    "cell too many": ("overrides.csv", "a,b,c,d,e,f,g", "not as many cells"),
    "cell missing": ("parties.csv", "Somebody,Person", "not as many cells"),
    "party twice": ("parties.csv", "RENAULT,Company,,,,,,,,,", "two parties have the same IRI"),
    "two documents of one key": (
        "documents.csv",
        "renault-urd-2020-p-432,Another,,,,",
        "two documents have the key",
    ),
    "row without tag": (
        "facts.csv",
        f"{FACT},2000,,no tag,,,,,unsourced,",
        "the note has no tag",
    ),
    "level without date": (
        "facts.csv",
        f"{FACT},,,[snapshot],,,,,unsourced,",
        "a level has no date",
    ),
    "unknown words": (
        "facts.csv",
        f"{FACT},2000,,[interval],T,P,2000,http://t,sourced,colour",
        "unknown unsourced field 'colour'",
    ),
    "entity that is no party": (
        "facts.csv",
        "entity,Nobody,company,,,,,,,,,,unsourced,",
        "'Nobody' is no party",
    ),
}


@pytest.mark.parametrize(("table", "row", "message"), REFUSED.values(), ids=REFUSED)
def test_a_wrong_row_is_refused_with_its_place(alliance_folder, tmp_path, table, row, message):
    """The builder stops at a row that it cannot read and says where it stands."""
    copy = tmp_path / "alliance"
    shutil.copytree(alliance_folder, copy)
    target = copy / table
    text = target.read_text(encoding="utf-8").rstrip("\n") + f"\n{row}\n"
    target.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message) as caught:
        build_claims(copy)
    assert caught.value.place.startswith(f"{table}:")
