"""What the dataset rests on: verification, weak documents, and the report of both."""

import csv
import shutil
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
from alliance_builder.assemble import Tables
from alliance_builder.quality import (
    describe,
    every_claim,
    facts_by_sourcing,
    quality_page,
)

from keiretsu.model import Share, Sourcing

ROOT_PAGE = ("docs", "data-quality.md")


@pytest.fixture(scope="module")
def verifications(alliance_folder):
    """Return the rows of the table of what was found."""
    with (alliance_folder / "verifications.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def of_row(alliance):
    """Return a function from a line of the facts to its claim in the dataset."""
    by_place = {claim.place: claim for claim in every_claim(alliance)}
    return lambda line: by_place[f"facts.csv:{line}"]


def test_nearly_all_facts_have_a_source(alliance_folder):
    """At least 95 % of the 504 rows are sourced, wholly or in part."""
    counts = facts_by_sourcing(alliance_folder)
    assert 504 == sum(counts.values())
    missing = sum(n for (_, how), n in counts.items() if how is Sourcing.UNSOURCED)
    assert missing == 17
    assert 100 * (504 - missing) >= 95 * 504


def test_every_unsourced_row_was_looked_for(alliance_folder, verifications):
    """Each of the 167 rows without a source has its line in the table, found or not."""
    with (alliance_folder / "facts.csv").open(newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        unsourced = {reader.line_num for row in reader if row["status"] == "unsourced"}
    assert 167 == len(unsourced)
    assert unsourced == {int(row["line"]) for row in verifications}


def test_what_was_found_has_a_document_and_a_quote(verifications):
    """A found row says who says so and in which words; one not found says neither."""
    found = [row for row in verifications if row["sourcing"] != "unsourced"]
    assert 150 == len(found)
    for row in verifications:
        told = bool(row["title"] and row["url"] and row["quote"])
        assert told == (row["sourcing"] != "unsourced"), row["line"]
        assert len(row["quote"]) <= 200, row["line"]
        assert bool(row["unsourced_fields"]) == (row["sourcing"] == "partly-sourced"), row["line"]


CORRECTED = [
    # line, percentage now, what the note keeps of the old value
    (113, "20.1", "capital was 20 %, unsourced"),
    (279, "1.58", "capital was 1.5 %, unsourced"),
    (281, "14.2", "capital was 14.9 %, unsourced"),
    (299, "0.3", "capital was nothing, unsourced"),
]


@pytest.mark.parametrize(("line", "percent", "old"), CORRECTED)
def test_a_corrected_value_keeps_the_old_one_in_its_note(of_row, line, percent, old):
    """The source's value is the claim's, and the former one can still be read."""
    claim = of_row(line)
    assert Share.from_percent(percent) == claim.capital
    assert old in claim.note


def test_what_was_not_found_stays_unsourced(of_row):
    """The seats of Vial and Courbe, and a figure that is probably wrong and so disputed."""
    for line in (393, 396, 501):
        claim = of_row(line)
        assert Sourcing.UNSOURCED is claim.sourcing
        assert "looked for and not found" in claim.note
    assert "disputed" == of_row(501).status


def test_weak_documents(alliance):
    """Blogs, mirrors, copies and wikis are weak; papers, companies and agencies are not."""
    hosts = {
        urlsplit(one.url).hostname.rstrip("."): one.weak
        for one in alliance.documents.values()
        if one.url
    }
    weak = [
        *("123.123.enodoworks.com", "fdocuments.fr", "juriblio.fr", "docslib.org"),
        *("leblogauto.com", "blogs.mediapart.fr", "en.wikipedia.org", "www.worddisk.com"),
        *("hessslslslsls.azureedge.net", "us.ok.com", "the-shashi.com"),
    ]
    strong = [
        *("www.renaultgroup.com", "www.reuters.com", "www.sec.gov", "www.bloomberg.com"),
        *("annualreport2016.volkswagenag.com", "exor-reports.message-asp.com"),
    ]
    assert {True} == {hosts[host] for host in weak}
    assert {False} == {hosts[host] for host in strong}
    assert 77 == sum(one.weak for one in alliance.documents.values())


def test_every_weak_host_is_used_and_says_why(alliance_folder):
    """The list of weak hosts has no idle row and no row without a reason."""
    with (alliance_folder / "weak_hosts.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    cited = Tables.read(alliance_folder).library.by_id.values()
    hosts = {urlsplit(one.url).hostname.rstrip(".") for one in cited if one.url}
    idle = [
        row["host"]
        for row in rows
        if not any(h == row["host"] or h.endswith(f".{row['host']}") for h in hosts)
    ]
    assert [] == idle
    assert all(row["reason"] for row in rows)


def test_the_report_is_current(alliance_folder):
    """`quality.py --check` finds the committed page to be what the tables give."""
    command = [sys.executable, str(alliance_folder / "quality.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (0, "") == (done.returncode, done.stderr)


def test_a_stale_report_is_noticed(alliance_folder, tmp_path):
    """A page that differs makes the check fail and stays as it is."""
    copy = tmp_path / "ontology" / "data" / "alliance"
    shutil.copytree(alliance_folder, copy)
    page = tmp_path.joinpath(*ROOT_PAGE)
    page.parent.mkdir()
    page.write_text("old", encoding="utf-8")
    command = [sys.executable, str(copy / "quality.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (1, "old") == (done.returncode, page.read_text(encoding="utf-8"))
    assert "is not what the tables give" in done.stderr


def test_the_report_counts_and_lists(alliance, alliance_folder):
    """It has every count by kind, and every claim that is still unsourced by its words."""
    page = quality_page(alliance_folder)
    assert "Of 504 collected facts 487 have a source at least in part: 96.6 %." in page
    unsourced = [c for c in every_claim(alliance) if c.sourcing is Sourcing.UNSOURCED]
    assert 28 == len(unsourced)
    listed = page.partition("## Still unsourced")[2]
    for claim in unsourced:
        assert describe(alliance, claim).replace("[", "\\[").replace("]", "\\]") in listed
