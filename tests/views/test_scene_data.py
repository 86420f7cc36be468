"""Scenes: percentages in words, clean texts, safe addresses, and what is refused."""

from __future__ import annotations

import unicodedata
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keiretsu.errors import InputError
from keiretsu.model import Share
from keiretsu.views import Evidence, Percent, Scene, SceneLink, SceneParty
from keiretsu.views.scene.characters import drawable
from keiretsu.views.scene.wording import label, sentence

SPELLINGS = {
    "a point": (Percent.point("43.4"), "43.4 %", "43.4"),
    "a whole number": (Percent.point(50), "50 %", "50"),
    "nothing": (Percent.point(0), "0 %", "0"),
    "a third": (Percent.point(Fraction(100, 3)), "33.33 %", "33.333333"),
    "just over a half": (Percent.point("50.000001"), "50.000001 %", "50.000001"),
    "nearer still": (Percent.point(Fraction(50) + Fraction(1, 10**9)), "just over 50 %", "50"),
    "short of all": (Percent.point(Fraction(100) - Fraction(1, 10**9)), "just under 100 %", "100"),
    "a closed range": (Percent.between(25, 50), "25–50 %", "[25,50]"),
    "an open low end": (Percent.between(25, 50, low_open=True), ">25–50 %", "(25,50]"),
    "an open high end": (Percent.between(25, 50, high_open=True), "25–<50 %", "[25,50)"),
    "at least": (Percent.between(75, 100), "≥75 %", "[75,100]"),
    "more than": (Percent.between(25, 100, low_open=True), ">25 %", "(25,100]"),
    "at most": (Percent.between(0, 5), "≤5 %", "[0,5]"),
    "less than": (Percent.between(0, 5, high_open=True), "<5 %", "[0,5)"),
    "anything": (Percent.unknown(), "unknown", "unknown"),
    "more than nothing": (Percent.between(0, 100, low_open=True), ">0 %", "(0,100]"),
}


@pytest.mark.parametrize(("percent", "text", "notation"), SPELLINGS.values(), ids=SPELLINGS)
def test_percentages_are_spelt(percent, text, notation):
    """A percentage reads as people write it, and never looks like a limit that it is not."""
    assert (text, notation) == (str(percent), percent.notation)


@given(st.fractions(0, 100), st.fractions(0, 100))
def test_a_range_is_read_back_by_the_table_reader(one, other):
    """What a page exports, a holdings table reads, to six decimals."""
    low, high = sorted((round(one, 6), round(other, 6)))
    percent = Percent.between(low, high)
    share = Share.from_percent(percent.notation)
    assert percent == Percent.of_share(share)


@pytest.mark.parametrize(("low", "high"), [(-1, 5), (50, 25), (0, 101)])
def test_impossible_percentages_are_refused(low, high):
    """A percentage outside 0 to 100, or a reversed range, is an error."""
    with pytest.raises(InputError, match="is not a percentage"):
        Percent.between(low, high)


@given(st.text())
def test_drawable_text_can_stand_in_any_file(text):
    """No control characters, surrogates or marks of direction are left; once is enough."""
    clean = drawable(text)
    assert clean == drawable(clean)
    assert not {"Cc", "Cs"} & {unicodedata.category(letter) for letter in clean}
    assert clean == clean.encode("utf-8").decode("utf-8")
    assert not set(clean) & set(
        "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffe\uffff"
    )


def test_marks_piled_on_a_letter_are_cut():
    """Two combining marks belong to a language, a tower of them would cover its neighbours."""
    assert "e\u0302\u0301" == drawable("e\u0302\u0301\u0300\u0301\u0302")


ADDRESSES = {
    "https": ("https://example.org/a?b=c", True),
    "http": ("http://example.org", True),
    "script": ("javascript:alert(1)", False),
    "script with blanks": (" java\tscript:alert(1)", False),
    "data": ("data:text/html,<script>alert(1)</script>", False),
    "no scheme": ("//example.org", False),
    "no host": ("https://", False),
    "a file": ("file:///etc/passwd", False),
    "broken": ("https://[", False),
    "blanks": ("https://example.org/ onclick=x", False),
    "none": (None, False),
}


@pytest.mark.parametrize(("url", "expected"), ADDRESSES.values(), ids=ADDRESSES)
def test_only_web_addresses_become_links(url, expected):
    """An address is followed only if it is http or https with a host."""
    assert expected == (Evidence(claim="c", title="t", url=url).link is not None)


def test_a_link_to_nobody_is_refused():
    """A line must end at parties of the scene."""
    party = SceneParty(id="a", label="A")
    link = SceneLink(id="1", holder="a", issuer="b")
    with pytest.raises(InputError, match="ends at 'b'"):
        Scene(title="", as_of="", parties=(party,), links=(link,))


def test_twins_are_refused():
    """An id names one party or one link only."""
    party = SceneParty(id="a", label="A")
    with pytest.raises(InputError, match="party 'a' is in the scene twice"):
        Scene(title="", as_of="", parties=(party, party))


def test_unknown_rights_are_refused():
    """A scene is about rights that there are."""
    with pytest.raises(InputError, match="'influence' is not a right"):
        Scene(title="", as_of="", parties=(), rights="influence")


def _link(**given):
    return SceneLink(id="1", holder="a", issuer="b", **given)


LABELS = {
    "equal": (_link(capital=Percent.point(34), votes=Percent.point(34)), ["34 %"]),
    "apart": (
        _link(capital=Percent.point("15.01"), votes=Percent.between(22, "28.7")),
        ["15.01 % capital", "22–28.7 % votes"],
    ),
    "no votes, with the article": (
        _link(
            capital=Percent.point(15),
            votes=Percent.point(0),
            reason="C. com. L.233-31: no votes",
        ),
        ["15 % capital", "no votes", "C. com. L.233-31"],
    ),
    "perhaps no votes": (
        _link(
            capital=Percent.point(15),
            votes=Percent.between(0, 15),
            reason="C. com. L.233-31: may be suspended",
        ),
        ["15 % capital", "≤15 % votes", "C. com. L.233-31"],
    ),
    "unknown, indirect, doubtful": (
        _link(capital=Percent.unknown(), votes=Percent.unknown(), indirect=True, doubtful=True),
        ["unknown", "indirect", "doubtful"],
    ),
    "capital alone": (_link(capital=Percent.point(5)), ["5 % capital"]),
    "votes alone": (_link(votes=Percent.point(5)), ["5 % votes"]),
    "neither": (_link(), ["not told"]),
}


@pytest.mark.parametrize(("link", "expected"), LABELS.values(), ids=LABELS)
def test_labels_say_what_the_line_shows(link, expected):
    """Every state of a line is also written in words."""
    assert expected == [line.text for line in label(link, "votes", "both")]


def test_a_sentence_tells_the_whole_link(alliance):
    """Who cannot see the picture hears holder, capital, votes, issuer and reason."""
    link = next(link for link in alliance.links if link.holder == "finance")
    expected = (
        "Nissan Finance Co., Ltd. holds 15 % of the capital and no votes of Renault S.A. "
        "(C. com. L.233-31: no votes)."
    )
    assert expected == sentence(alliance, link)
