"""The build: every row of the facts is used once, and the same tables give the same bytes."""

import csv
import shutil
import subprocess
import sys
from collections import Counter

import pytest
from alliance_builder import build_claims, built_facts
from alliance_builder.quality import every_claim
from rdflib import Dataset

from keiretsu.errors import InputError
from keiretsu.model import Event, Figure, Holding, Sourcing, Status, Tenure
from keiretsu.store.codec.dataset import read_dataset

UNSOURCED = "https://w3id.org/keiretsu/id/document/unsourced"


@pytest.fixture(scope="module")
def fact_rows(alliance_folder):
    """Return the rows of the facts by their place."""
    return rows_of(alliance_folder / "facts.csv")


def rows_of(path):
    """Return the rows of a table by their place."""
    with path.open(newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        return {f"{path.name}:{reader.line_num}": row for row in reader}


def test_a_rebuild_gives_the_committed_bytes(alliance_folder):
    """`build.py --check` finds the committed file to be what the tables give."""
    command = [sys.executable, str(alliance_folder / "build.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (0, "") == (done.returncode, done.stderr)


def test_check_fails_on_a_file_that_differs(alliance_folder, tmp_path):
    """A hand-edited dataset is noticed, and left as it is."""
    copy = tmp_path / "alliance"
    shutil.copytree(alliance_folder, copy)
    edited = copy / "alliance.trig"
    edited.write_text(edited.read_text(encoding="utf-8") + "# edited\n", encoding="utf-8")
    command = [sys.executable, str(copy / "build.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "is not what the tables give" in done.stderr
    assert edited.read_text(encoding="utf-8").endswith("# edited\n")


def test_reading_the_file_gives_the_claims_back(alliance, alliance_folder):
    """Nothing is lost between the tables and the committed RDF."""
    dataset = Dataset(default_union=True)
    dataset.parse(alliance_folder / "alliance.trig", format="trig")
    read = read_dataset(dataset)
    parts = (
        *("parties", "documents", "holdings", "share_classes", "registrations", "capitals"),
        *("agreements", "tenures", "figures", "events"),
    )
    for part in parts:
        assert getattr(alliance, part) == getattr(read, part), part
    assert alliance.horizon == read.horizon


KINDS = {"holding": Holding, "role": Tenure, "event": Event, "production": Figure}
ROWS = {"holding": 308, "role": 91, "event": 62, "production": 25, "entity": 18}


def test_every_row_of_the_facts_is_used_exactly_once(alliance_folder, fact_rows, named):
    """All 504 rows: claims of the kind that the row names, and parties for the 18 entities."""
    assert ROWS == Counter(row["kind"] for row in fact_rows.values())
    built = built_facts(alliance_folder)
    assert [p for p, row in fact_rows.items() if row["kind"] != "entity"] == [p for p, _ in built]
    assert len(built) == 504 - 18
    for place, claim in built:
        assert isinstance(claim, KINDS[fact_rows[place]["kind"]]), place
    entities = [row["subject"] for row in fact_rows.values() if row["kind"] == "entity"]
    assert 17 == len({named(name).id for name in entities})  # Stellantis under two names


CURATED = {
    # table: rows, claims of its kind in the dataset, rows of the facts of that kind
    "holdings": (40, "holdings", 308),
    "tenures": (2, "tenures", 91),
    "figures": (2, "figures", 25),
    "events": (16, "events", 62),
    "share_classes": (2, "share_classes", 0),
    "registrations": (6, "registrations", 0),
    "capitals": (17, "capitals", 0),
    "agreements": (15, "agreements", 0),
}


@pytest.mark.parametrize(("table", "expected"), CURATED.items(), ids=CURATED)
def test_the_dataset_adds_only_the_curated_rows(alliance, alliance_folder, table, expected):
    """Each curated row becomes one claim, and no claim comes from elsewhere."""
    rows, part, facts = expected
    assert rows == len(rows_of(alliance_folder / f"{table}.csv"))
    assert rows + facts == len(getattr(alliance, part))


def test_holdings_keep_their_parties_dates_and_sourcing(alliance_folder, fact_rows, named):
    """Each claim says what its row says, but for what an override or a verification changes."""
    changed = {
        (row["holder"], row["issuer"], row["from"])
        for row in rows_of(alliance_folder / "overrides.csv").values()
    }
    verified = {
        f"facts.csv:{row['line']}"
        for row in rows_of(alliance_folder / "verifications.csv").values()
        if row["sourcing"] != "unsourced" or row["changes"]
    }
    checked = 0
    for place, claim in built_facts(alliance_folder):
        row = fact_rows[place]
        key = (row["subject"], row["object"], row["valid_from"])
        if row["kind"] != "holding" or key in changed or place in verified:
            continue
        checked += 1
        assert (named(row["subject"]).id, named(row["object"]).id) == (claim.holder, claim.issuer)
        end = str(claim.period.end) if claim.period.end else ""
        assert (row["valid_from"], row["valid_until"]) == (str(claim.begins), end), place
        assert row["note"].startswith("[snapshot") == claim.is_level, place
        assert (row["status"] == "unsourced") == (claim.sourcing is Sourcing.UNSOURCED), place
        assert (row["status"] == "unsourced") == (claim.document == UNSOURCED), place
        assert bool(row["unsourced_fields"]) == (claim.sourcing is Sourcing.PARTLY_SOURCED), place
        for column, share in (("capital_pct", claim.capital), ("voting_pct", claim.votes)):
            printed = "" if share is None else f"{float(share.low * 100):.10g}"
            assert row[column] == printed, place
    assert checked == 187


def test_claims_and_documents_fit_together(alliance):
    """No IRI stands for two claims; every claim has a document, and every document a claim."""
    claims = every_claim(alliance)
    assert [] == [iri for iri, times in Counter(c.id for c in claims).items() if times > 1]
    cited = {claim.document for claim in claims}
    assert set(alliance.documents) == cited | {c.end_document for c in claims if c.end_document}
    assert "Unsourced" == alliance.documents[UNSOURCED].title
    for claim in claims:
        assert (claim.document == UNSOURCED) == (claim.sourcing is Sourcing.UNSOURCED), claim
        partly = claim.sourcing is Sourcing.PARTLY_SOURCED
        assert partly == bool(claim.unsourced_fields), claim


def test_every_document_but_two_has_an_address(alliance):
    """A source can be looked up, but for no source and the editors; one document an address."""
    urls = [document.url for document in alliance.documents.values() if document.url]
    without = {d.title for d in alliance.documents.values() if not d.url}
    assert without == {"Unsourced", "Corrections by the editors"}
    assert len(alliance.documents) == 324
    assert len(urls) == len(set(urls)) == 322
    assert all(url.startswith(("http://", "https://")) for url in urls)


def test_what_is_not_accepted(alliance):
    """Disputed and rejected claims are few, and each is known."""
    others = Counter(
        (type(claim).__name__, claim.status)
        for claim in every_claim(alliance)
        if claim.status is not Status.ACCEPTED
    )
    assert others == {
        ("Holding", Status.DISPUTED): 2,
        ("Holding", Status.REJECTED): 1,
        ("Event", Status.DISPUTED): 3,
        ("Figure", Status.REJECTED): 1,
        ("Figure", Status.DISPUTED): 1,
    }


HOLDING = ",Nissan,Renault,shareholding,,2000,,1,,,,direct,,,"
FACT = "holding,Nissan,Renault,1,"

REFUSED = {
    # name: (table, row added to it, what is said)
    "unknown party": (
        "holdings.csv",
        f"{HOLDING.replace('Nissan', 'Nobody')},unsourced,unsourced,,,,",
        "no party is named 'Nobody'",
    ),
    "unknown document": (
        "holdings.csv",
        f"{HOLDING},lost,unsourced,,,,",
        "no document has the key 'lost'",
    ),
    "unsourced fields of a claim not partly sourced": (
        "holdings.csv",
        f"{HOLDING},unsourced,unsourced,end,,,",
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
    "party twice": ("parties.csv", "RENAULT,Company,,,,,,,,,,", "two parties have the same IRI"),
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
    "dated name without period": (
        "parties.csv",
        "Somebody,Person,,,,,,,Someone @ 2001,,,",
        "'2001' is not a period",
    ),
    "supersedes nothing": (
        "holdings.csv",
        f"{HOLDING}lost,unsourced,unsourced,,,,",
        "no claim is named 'lost'",
    ),
    "title of no office": (
        "facts.csv",
        "role,Carlos Ghosn,Renault,,,2000,,Mascot,,,,,unsourced,",
        "'Mascot' is no known title",
    ),
    "event of no kind": (
        "facts.csv",
        "event,Something,Renault; Nissan,,,2000,,,,,,,unsourced,",
        "the event has no kind",
    ),
    "figure of nobody": (
        "facts.csv",
        "production,Nobody,sales,,,2000,,value=1 vehicles,,,,,unsourced,",
        "nobody says whose figure",
    ),
    "figure without value": (
        "facts.csv",
        "production,Nissan,sales,,,2000,,many,,,,,unsourced,",
        "the note has no value",
    ),
    "row of an unknown kind": ("facts.csv", "rumour,A,B,,,,,,,,,,unsourced,", "unknown kind"),
    "verification of a row that has a source": (
        "verifications.csv",
        "20,Renault,AB Volvo,unsourced,,,,,,,,,",
        "has a source already",
    ),
    "verification of another row": (
        "verifications.csv",
        "23,Renault,AB Volvo,unsourced,,,,,,,,,",
        "is another row",
    ),
    "verification of no row": (
        "verifications.csv",
        "9999,Renault,AB Volvo,unsourced,,,,,,,,,",
        "no row of the facts is meant",
    ),
    "role of somebody who takes no part": (
        "event_details.csv",
        "9999,lost,vote,,,,,",
        "no row of kind event",
    ),
    "change of no proposal": (
        "proposed_holdings.csv",
        "lost,Nissan,Renault,1,1,",
        "no event has that key",
    ),
    "leverage that is not there": (
        "events.csv",
        "new,New,vote,2000,,,Renault,,,,holding Nissan>Renault@1066,,,,unsourced,unsourced,,,",
        "0 claims are named",
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
