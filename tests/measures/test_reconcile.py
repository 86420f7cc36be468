"""Declared numbers against computed ones: each cause, rounding, and what is counted."""

from fractions import Fraction as F

import pytest

from keiretsu import explain
from keiretsu.measures import reconcile
from keiretsu.measures.ownership import multiplication
from keiretsu.measures.reconciliation import Declared
from keiretsu.model import Directness, Sourcing, Status, VotesBasis


def rows(answer):
    """Return what differs: pair, kind, declared and computed in percent, cause."""
    return [
        (r.holder, r.issuer, r.kind, r.as_dict()["declared"], r.as_dict()["computed"], r.cause)
        for r in answer
    ]


def chain(register, declared, upper="60", lower="40"):
    """Return P above H above T, with P's stake in T declared as indirect."""
    book = register()
    book.holds("P", "H", upper)
    book.holds("H", "T", lower)
    book.holds("P", "T", declared, directness=Directness.INDIRECT)
    return book


@pytest.mark.parametrize("declared", ["24", "24.0", "20-30", "(24,30]", ">20"])
def test_agreeing_declarations(declared, register):
    """A number that the product rounds to, and a band that it meets, are no difference."""
    answer = reconcile(chain(register, declared).on())
    assert ([], 1) == (rows(answer), answer.fields["checked"])


def test_rounding_is_that_of_the_printed_decimals(register):
    """24 % stands for up to 24.5, 24.0 too, 24.01 only for itself."""
    for lower, declared, differs in (
        ("40.5", "24", False),
        ("41", "24", True),
        ("40", "24.01", True),
    ):
        answer = reconcile(chain(register, declared, lower=lower).on())
        assert differs == bool(rows(answer)), (lower, declared)


def test_counted_in_full(register):
    """The source counts what a controlled company holds in full."""
    ((*found, cause),) = rows(reconcile(chain(register, "40").on()))
    assert ["P", "T", Declared.INDIRECT, 40.0, 24.0] == found
    assert "in full, not multiplied" in cause


def test_a_part_is_missing(register):
    """More is declared than the recorded chains give."""
    ((*_, cause),) = rows(reconcile(chain(register, "30").on()))
    assert "a part is missing, and some of its holders are not disclosed" in cause


def test_more_than_declared(register):
    """The chains give more than is declared."""
    ((*_, cause),) = rows(reconcile(chain(register, "10").on()))
    assert "more than is declared" in cause


def test_the_direct_part_is_left_out(register):
    """A source that tells the indirect part alone is told apart from one that sums up."""
    book = chain(register, "24")
    book.holds("P", "T", "5")
    ((*found, cause),) = rows(reconcile(book.on()))
    assert ([24.0, 29.0], "the source leaves out what is held directly") == (found[3:], cause)


def test_reported_votes(register):
    """Reported votes are held against computed ones; the number of another right is recognised."""
    book = register().party("t", jurisdiction="FR", listed=True)
    book.share_class("t", "ordinary", registered_votes_per_share=F(2))
    book.capital("t", issued=1000, gross_votes=1300)
    book.holds("a", "t", shares=300, votes="46.15", votes_basis=VotesBasis.GROSS)
    book.registered("a", "t")
    book.holds("b", "t", shares=100, votes="10", votes_basis=VotesBasis.GROSS)
    book.registered("b", "t", 0)
    answer = reconcile(book.on())
    assert 2 == answer.fields["checked"]
    ((*found, cause),) = rows(answer)
    assert ["b", "t", Declared.VOTES, 10.0, 7.692308] == found
    assert "the number is that of the capital" == cause


def test_votes_of_suspended_shares(register):
    """A reported share of the votes that counts what the law suspends says so."""
    book = register().party("top", jurisdiction="FR")
    book.holds("top", "low", "60")
    book.holds("low", "top", "10", votes="10")
    ((*found, cause),) = rows(reconcile(book.on()))
    assert ["low", "top", Declared.VOTES, 10.0, 0.0] == found
    assert "the number is that of the gross votes (C. com. L.233-31)" == cause


def test_sources_that_were_not_read(register):
    """A stake of a source that was passed over is listed with the reason, if it contradicts."""
    book = register().document("old", "2010-01-01").document("new", "2019-01-01")
    book.holds("a", "t", "30", document="old", status=Status.DISPUTED)
    book.holds("a", "t", "40", document="new")
    book.holds("b", "t", "(25,50]", document="old", sourcing=Sourcing.UNSOURCED)
    book.holds("b", "t", "20", document="new")
    answer = reconcile(book.on())
    found = {r.holder: r for r in answer}
    assert {"a", "b"} == set(found)
    assert "the claim is disputed; another one is read" == found["a"].cause
    assert "the claim is unsourced; one that is sourced is read" == found["b"].cause
    band = found["b"].as_dict()
    assert (None, 25.0, 50.0, 20.0) == (
        band["declared"], band["declared_min"], band["declared_max"], band["computed"]
    )  # fmt: skip
    assert ["old"] == [source["title"] for source in band["sources"]]


def test_a_band_that_meets_what_was_read(register):
    """A passed-over band that holds the number that was read is no difference."""
    book = register().document("old", "2010-01-01").document("new", "2019-01-01")
    book.holds("a", "t", "(25,50]", document="old")
    book.holds("a", "t", "40", document="new")
    answer = reconcile(book.on())
    assert [] == rows(answer)


def test_nothing_declared(register):
    """Without declarations nothing is checked."""
    book = register()
    book.holds("a", "t", "40")
    answer = reconcile(book.on())
    assert ([], 0) == (rows(answer), answer.fields["checked"])


def test_too_large_a_tangle_is_said(register, monkeypatch):
    """What is too tangled to multiply is not checked, and that is a warning, not a failure."""
    monkeypatch.setattr(multiplication, "MOST_IN_LOOPS", 1)
    book = chain(register, "30")
    book.holds("T", "H", "10")
    answer = reconcile(book.on())
    assert ([], 0) == (rows(answer), answer.fields["checked"])
    assert [("P", "T")] == [c.parties for c in answer.cautions if c.code == "not-checked"]
    assert "Not computed: 2 companies hold each other" in explain(book.on(), "P", "T")
