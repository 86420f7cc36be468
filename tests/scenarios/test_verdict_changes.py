"""Legal tests are compared where they can be, and said to be left out where not."""

import pytest

from keiretsu.errors import InputError
from keiretsu.measures.ownership import multiplication
from keiretsu.model import PartyKind
from keiretsu.scenarios import diff, scenario


@pytest.fixture
def world(register):
    book = register()
    book.party("P", kind=PartyKind.PERSON).party("T", kind=PartyKind.COMPANY, jurisdiction="GB")
    book.holds("P", "T", "20")
    book.holds("T", "O", "30")
    book.holds("O", "T", "10")
    return book.on


def test_a_verdict_that_flips(world):
    """From 20 to 26 % a person comes to stand behind a British company."""
    base = world("2020-06-30")
    after = scenario(base, hold={("P", "T"): "26%"})
    [found] = diff(base, after, regimes=["psc"]).fields["verdicts"]

    assert ("P", "T", "impossible", "certain", 26) == (
        found["party"], found["company"], found["before"], found["after"], found["after_percent"]
    )  # fmt: skip


def test_what_was_not_law_is_not_compared(world):
    """The register of persons of significant control began in 2016."""
    answer = diff(world("2015-06-30"), world("2020-06-30"), regimes=["psc", "ofac"])

    assert ["psc is not law on both days, so it is not compared"] == [
        caution.text for caution in answer.cautions if caution.code == "not-compared"
    ]


def test_what_cannot_be_computed_is_not_compared(world, monkeypatch):
    """A test that refuses a world is left out and said; the others answer."""
    monkeypatch.setattr(multiplication, "MOST_IN_LOOPS", 1)
    base = world("2020-06-30")
    answer = diff(base, scenario(base, hold={("P", "T"): "26%"}), regimes=["amlr", "psc"])

    assert ["psc"] == [one["regime"] for one in answer.fields["verdicts"]]
    [said] = [caution.text for caution in answer.cautions if caution.code == "not-compared"]
    assert said.startswith("amlr is not compared: 2 companies hold each other in loops")


def test_an_unknown_test_is_refused(world):
    """Even among others."""
    base = world("2020-06-30")
    with pytest.raises(InputError, match="vibes"):
        diff(base, base, regimes=["vibes"])
