"""Stamps: the same command over the same data has the same stamp, in every form with a place."""

import json
import platform
import re
import shlex
from importlib.metadata import version

import pytest

import keiretsu

OWNERS = ("owners", "Base", "--as-of", "2020-01-01", "--stamp")


@pytest.fixture
def here(small, monkeypatch):
    """Stand where the table of five holdings lies."""
    monkeypatch.chdir(small.parent)
    return small.parent


@pytest.fixture
def base(here, small):
    """Return a command that reads the table."""
    assert here == small.parent
    return (*OWNERS, "-d", small.name)


def test_json_has_the_whole_stamp(call, base):
    """The command word for word, the fingerprint of the answer, and what computed it."""
    answer = json.loads(call(*base, "-f", "json").stdout)
    assert {
        "command": shlex.join(("keiretsu", *base, "-f", "json")),
        "dataset": answer["dataset"],
        "versions": {
            "keiretsu": keiretsu.__version__,
            "python": platform.python_version(),
            **{name: version(name) for name in ("numpy", "pyoxigraph", "rdflib", "scipy")},
        },
    } == answer["stamp"]


def test_the_same_command_has_the_same_stamp(call, base):
    """Byte for byte, for there is no clock in it."""
    assert call(*base).stdout == call(*base).stdout
    assert call(*base).exit_code == 0


def test_other_data_has_another_stamp(call, base, small):
    """One share more, and the fingerprint differs."""
    before = call(*base).stdout
    small.write_text(small.read_text("utf-8").replace("17", "18"), "utf-8")
    after = call(*base).stdout
    stamps = [re.search(r"dataset: ([0-9a-f]{16})", text)[1] for text in (before, after)]
    assert stamps[0] != stamps[1]


def test_the_stamped_command_gives_the_stamped_answer(call, base):
    """Whoever types what the stamp says gets the same."""
    first = call(*base, "-f", "json").stdout
    again = shlex.split(json.loads(first)["stamp"]["command"])[1:]
    assert first == call(*again).stdout


def test_without_the_option_nothing_is_stamped(call, base):
    """Answers stay as they were."""
    plain = [word for word in base if word != "--stamp"]
    assert "stamp" not in json.loads(call(*plain, "-f", "json").stdout)
    assert "Stamp" not in call(*plain).stdout


@pytest.mark.parametrize(
    ("args", "mark"),
    [
        (("explain", "Anna", "Top", "-f", "md"), "\n## Stamp\n\n    command: keiretsu explain "),
        (("explain", "Anna", "Top", "-f", "html"), '<footer class="stamp"><p>command: keiretsu'),
        (("view", "-o", "drawn.html"), '<meta name="keiretsu-stamp" content="{&quot;command'),
        (("view", "-o", "drawn.svg"), "<metadata>{&quot;command&quot;: &quot;keiretsu view"),
        (("timeline", "Top", "-o", "drawn.svg"), "<metadata>{&quot;command"),
        (("query", "ASK {}"), "\nStamp\n  command: keiretsu query"),
        (("query", "CONSTRUCT { ?a ?b 1 } { ?a ?b 2 }"), "# command: keiretsu query 'CONSTRUCT"),
        (("info",), "\nStamp\n  command: keiretsu info"),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_every_form_with_a_place_is_stamped(call, here, args, mark):
    """Pages, pictures, dossiers, tables and Turtle."""
    outcome = call(*args, "--stamp", "-d", "small.csv")
    written = next(iter(here.glob("drawn.*")), None)
    text = written.read_text("utf-8") if written else outcome.stdout
    assert (0, "") == (outcome.exit_code, outcome.stderr)
    assert mark in text
    assert 1 == text.count("dataset:") or 1 == text.count("&quot;dataset&quot;")


@pytest.mark.parametrize("form", ["csv", "tsv", "jsonl"])
def test_rows_have_no_place(call, base, form):
    """Told before anything is computed."""
    outcome = call(*base, "-f", form)
    assert 2 == outcome.exit_code
    assert f"error: {form} has no place for a stamp; add -f table" in outcome.stderr


def test_words_of_the_command_become_no_markup(call, here, small):
    """Not in a page, and no line of their own in Turtle."""
    evil = "<script>\n"
    page = call("explain", "Anna", "Top", "--stamp", "-d", small.name, "-f", "html", "-o", evil)
    assert 0 == page.exit_code
    assert "<script" not in (here / evil).read_text("utf-8")
    asked = f"CONSTRUCT {{}} {{}} #{evil}#<a> <b> <c> ."
    told = call("query", asked, "--stamp", "-f", "turtle", "-d", small.name)
    assert 3 == len(told.stdout.splitlines())
    assert all(line.startswith("# ") for line in told.stdout.splitlines())


def test_derived_graphs_are_stamped(call, here):
    """As comments at the end of the file, which can still be read, and in the list of graphs."""
    asked = ("materialize", "--as-of", "2020-01-01", "--regime", "none", "-d", "small.csv")
    plain = call(*asked, "-o", "plain.trig", "-f", "json")
    listed = json.loads(call(*asked, "-o", "d.trig", "--stamp", "-f", "json").stdout)
    text = (here / "d.trig").read_text("utf-8")
    assert text.startswith((here / "plain.trig").read_text("utf-8"))
    assert f"# dataset: {listed['dataset']}" in text.splitlines()[-2]
    assert listed["stamp"]["dataset"] == listed["dataset"]
    assert listed["graphs"] == json.loads(plain.stdout)["graphs"]
    refused = call(*asked, "-o", "d.trig", "--stamp", "-f", "csv")
    assert (2, True) == (refused.exit_code, "no place for a stamp" in refused.stderr)
