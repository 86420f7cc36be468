"""Folding of names: worked cases, what must stay apart, laws."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keiretsu.model.names import fold, slug, tidy

SAME = {
    "case": ("RENAULT", "renault"),
    "accents": ("Citroën", "CITROEN"),
    "decomposed accents": ("Citroe\u0308n", "Citroën"),
    "full width": ("Ｎｉｓｓａｎ", "Nissan"),
    "half-width kana": ("ﾆｯｻﾝ", "ニッサン"),
    "inner and outer space": ("  Nissan \t Motor\u00a0Co. ", "nissan motor co."),
    "sharp s": ("Straße", "STRASSE"),
    "dotted capital i": ("İŞ BANKASI", "iş bankası"),
    "stroke": ("Møller", "MOLLER"),
    "typographic apostrophe": ("L’Oréal", "L'Oreal"),
    "long hyphen": ("Rolls–Royce", "Rolls-Royce"),
    "invisible characters": ("Re\u200bnault\u00ad", "Renault"),
    "ligature": ("ﬁat", "FIAT"),
}

APART = {
    "a longer name": ("Renault", "Renault Samsung Motors"),
    "voicing mark": ("ハンコ", "バンコ"),
    "virama": ("क्ष", "कष"),
    "punctuation": ("AT&T", "ATT"),
    "space": ("Auto Vaz", "AutoVaz"),
}


@pytest.mark.parametrize(("first", "second"), SAME.values(), ids=SAME)
def test_spellings_of_one_name_fold_alike(first, second):
    """What typing varies does not tell names apart."""
    assert fold(first) == fold(second)


@pytest.mark.parametrize(("first", "second"), APART.values(), ids=APART)
def test_different_names_stay_apart(first, second):
    """Folding removes no letter that tells names apart."""
    assert fold(first) != fold(second)


def test_nothing_visible_folds_to_nothing():
    """A name of spaces, controls and invisible characters is no name."""
    assert fold(" \t\u200b\u00ad\x07\u0301 ") == ""


@given(st.text())
def test_folding_twice_changes_nothing(name):
    """A folded name is its own key."""
    assert fold(name) == fold(fold(name))


@given(st.text())
def test_a_name_folds_like_its_tidied_and_decomposed_forms(name):
    """Tidying for a label and Unicode's own forms do not change which name it is."""
    assert fold(name) == fold(tidy(name)) == fold(unicodedata.normalize("NFD", name))


@given(st.text())
def test_tidy_leaves_one_line_without_controls(name):
    """A label never holds a control character, a line break or a doubled space."""
    label = tidy(name)

    assert not any(unicodedata.category(char) == "Cc" for char in label)
    assert label == " ".join(label.split())


@given(st.text(max_size=120))
def test_slugs_are_plain_ascii(name):
    """A slug can stand in any IRI and has at most forty characters."""
    found = slug(name)

    assert len(found) <= 40
    assert all(char in "abcdefghijklmnopqrstuvwxyz0123456789-" for char in found)
