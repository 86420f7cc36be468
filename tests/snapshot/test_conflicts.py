"""Which of several claims is read where sources contradict each other, and what is listed."""

import datetime as dt
from fractions import Fraction

import pytest

from keiretsu.model import Sourcing, Status


def percents(snapshot, holder="a", issuer="t"):
    """Return what a holder has of an issuer, one text per holding."""
    pair = snapshot.position(holder), snapshot.position(issuer)
    return [str(h.capital) for h in snapshot.holdings if (h.holder, h.issuer) == pair]


def codes(snapshot):
    """Return the codes of what was assumed."""
    return {caution.code for caution in snapshot.cautions}


def contradiction(register, one, other):
    """Return a register in which two documents contradict each other on one pair."""
    book = register().document("d1", "2019-01-01").document("d2", "2019-01-01")
    book.holds("a", "t", "30", document="d1", **one)
    book.holds("a", "t", "60", document="d2", **other)
    return book


WINNERS = {
    # name: (first's fields, second's, winner)
    "status before sourcing": (
        {"sourcing": Sourcing.UNSOURCED},
        {"status": Status.DISPUTED},
        "30 %",
    ),
    "sourced before unsourced": ({}, {"sourcing": Sourcing.UNSOURCED}, "30 %"),
    "partly sourced before unsourced": (
        {"sourcing": Sourcing.UNSOURCED},
        {"sourcing": Sourcing.PARTLY_SOURCED},
        "60 %",
    ),
    "sourced before partly sourced": ({"sourcing": Sourcing.PARTLY_SOURCED}, {}, "60 %"),
}


@pytest.mark.parametrize("level", [False, True], ids=["intervals", "levels"])
@pytest.mark.parametrize(("one", "other", "winner"), WINNERS.values(), ids=WINNERS)
def test_who_wins(one, other, winner, level, register):
    """Status decides first, then sourcing; the loser is listed beside its winner."""
    when = {"stated": "2020-06-30"} if level else {}
    book = contradiction(register, {**one, **when}, {**other, **when})
    snapshot = book.on()
    assert [winner] == percents(snapshot)
    assert "conflict-tied" not in codes(snapshot)
    losers = [(str(c.loser.capital), str(c.winner.capital)) for c in snapshot.conflicts]
    loser = "30 %" if winner == "60 %" else "60 %"
    assert [(loser, winner)] == losers


@pytest.mark.parametrize(
    ("first", "second", "winner"), [("2018", "2019", "60 %"), ("2020", "2019-12", "30 %")]
)
def test_the_later_document_wins(first, second, winner, register):
    """Between documents alike the later one is read."""
    book = register().document("d1", first).document("d2", second)
    book.holds("a", "t", "30", document="d1")
    book.holds("a", "t", "60", document="d2")
    assert [winner] == percents(book.on())
    assert "conflict-tied" not in codes(book.on())


def test_a_tie_is_said(register):
    """Where nothing decides one is read, the other listed, and the answer says so."""
    snapshot = contradiction(register, {}, {}).on()
    assert 1 == len(percents(snapshot)) == len(snapshot.conflicts)
    tied = next(c for c in snapshot.cautions if c.code == "conflict-tied")
    assert ("a", "t") == tied.parties


def test_an_older_level_is_no_conflict(register):
    """What was so before is not contradicted by what is so now."""
    book = register()
    book.holds("a", "t", "30", stated="2019-12-31")
    book.holds("a", "t", "31", stated="2020-06-30")
    assert () == book.on().conflicts


def test_documents_that_agree_do_not_contradict(register):
    """Two documents of one day that say the same are no conflict that nothing decides."""
    book = register().document("d1", "2019-01-01").document("d2", "2019-01-01")
    book.holds("a", "t", "30", document="d1")
    book.holds("a", "t", "30", document="d2")
    assert ["30 %"] == percents(book.on())
    assert "conflict-tied" not in codes(book.on())


@pytest.mark.parametrize("status", [Status.REJECTED, Status.SUPERSEDED])
@pytest.mark.parametrize("when", [{}, {"stated": "2020-06-30"}], ids=["interval", "level"])
def test_rejected_claims_are_never_read(status, when, register):
    """What an editor rejected or superseded is not read, even where nothing else is known."""
    book = register()
    book.holds("a", "t", "43", status=status, **when)
    book.holds("b", "t", "10", **when)
    snapshot = book.on()
    assert ([], ["10 %"]) == (percents(snapshot), percents(snapshot, "b"))
    assert () == snapshot.conflicts


def test_a_disputed_claim_is_read_where_there_is_no_other(register):
    """Disputed is not rejected: alone it stands."""
    book = register()
    book.holds("a", "t", "43", status=Status.DISPUTED)
    assert ["43 %"] == percents(book.on())


def test_unsourced_claims_are_said(register):
    """What rests on no source is read and said."""
    book = register()
    book.holds("a", "t", "43", sourcing=Sourcing.UNSOURCED)
    assert {"unsourced"} == codes(book.on())


@pytest.mark.parametrize("when", [{}, {"stated": "2020-06-30"}], ids=["intervals", "levels"])
def test_rows_of_one_document_add_up(when, register):
    """Several rows of one pair in one document are parts of one stake."""
    book = register().document("old", "2010").document("paper", "2015")
    book.holds("a", "t", "30", **when)
    book.holds("a", "t", "21", **when)
    book.holds("a", "t", "5", document="old", **when)
    snapshot = book.on()
    assert ["30 %", "21 %"] == percents(snapshot)
    both = {snapshot.position("a")}
    assert Fraction(51, 100) == snapshot.capital.bounds(snapshot.position("t"), both).low


def test_the_horizon_is_said(register):
    """Beyond the last day for which the data is kept, every answer says so."""
    book = register()
    book.holds("a", "t", "30")
    book.horizon = dt.date(2024, 12, 31)
    assert set() == codes(book.on("2024-12-31"))
    assert {"beyond-horizon"} == codes(book.on("2025-01-01"))


def test_a_correction_that_had_not_appeared_does_not_win(register):
    """What could be known in 2017 is what the filing of 2015 says, not its correction of 2018."""
    book = register().document("d1", "2015-02-01").document("d2", "2018-02-01")
    book.holds("a", "t", "30", since="2015-01-01", document="d1")
    book.holds("a", "t", "45", since="2015-01-01", document="d2")
    assert ["45 %"] == percents(book.on("2019-01-01"))
    assert ["45 %"] == percents(book.on("2019-01-01", known_at=dt.date(2018, 2, 1)))
    assert ["30 %"] == percents(book.on("2019-01-01", known_at=dt.date(2017, 1, 1)))
