"""``keiretsu load`` and the store that other commands read."""

import json

import pytest

from keiretsu.ownership_graph.stored import load_into_store

TABLE = "holder,issuer,capital_percent\nAnna,Top,60\nTop,Base,60\nBert,Base,25\n"


def test_a_table_is_loaded_and_asked(call, ask, tmp_path):
    file, store = tmp_path / "t.csv", tmp_path / "store"
    file.write_text(TABLE, encoding="utf-8")
    first = json.loads(call("load", file, "--store", store, "-f", "json").stdout)
    assert (first["changed"], first["parties"], first["holdings"]) == (True, 4, 3)
    again = json.loads(call("load", file, "--store", store, "-f", "json").stdout)
    assert (again["changed"], again["dataset"]) == (False, first["dataset"])
    for args in (("owners", "Base"), ("control", "--of", "Base"), ("control", "--ultimate")):
        mine, theirs = ask(*args, "-d", store), ask(*args, "-d", file)
        assert mine["dataset"] == first["dataset"]
        assert {**mine, "warnings": []} == {**theirs, "warnings": []}
    assert "4 parties and 3 holdings" in call("load", file, "--store", store).stdout


LARGER = """holder,issuer,capital_percent
Anna,Top,60
Top,Base,60
Bert,Base,25
Base,Deep,30
Top,Deep,25
Bert,Vague,25-60
Vague,Below,70
Carl,Elsewhere,51
=Eve,Base,5
"""


@pytest.fixture
def both(call, tmp_path):
    file, store = tmp_path / "t.csv", tmp_path / "store"
    file.write_text(LARGER, encoding="utf-8")
    call("load", file, "--store", store)
    return file, store


@pytest.mark.parametrize("form", ["csv", "tsv", "jsonl", "json"])
@pytest.mark.parametrize("ultimate", [[], ["--ultimate"]])
def test_control_of_all_is_written_as_of_a_file(call, both, tmp_path, form, ultimate):
    texts = []
    for data in both:
        printed = call("control", *ultimate, "-d", data, "-f", form)
        call("control", *ultimate, "-d", data, "-o", tmp_path / f"out.{form}")
        assert printed.exit_code == 0
        assert (tmp_path / f"out.{form}").read_text(encoding="utf-8") == printed.stdout
        texts.append(printed.stdout)
    if form == "json":
        texts = [{**json.loads(text), "warnings": [], "dataset": ""} for text in texts]
        assert len(texts[0]["control"]) > 4
    assert texts[0] == texts[1]


def test_a_long_table_is_cut_and_says_so(call, both, monkeypatch):
    monkeypatch.setattr("keiretsu.cli.whole_register.MOST_SHOWN", 2)
    shown = call("control", "-d", both[1]).stdout
    rows = call("control", "-d", both[1], "-f", "jsonl").stdout.count("\n")
    assert f"the first 2 of {rows} rows; all of them: -f csv" in shown
    assert rows > 4


def test_what_lies_below_a_party_is_screened_held_and_drawn_as_in_a_file(ask, call, both, tmp_path):
    asked = (
        ("screen", "--regime", "ofac", "--listed", "Anna"),
        ("screen", "--regime", "close-links", "--listed", "Top"),
        ("holdings", "Top"),
        ("control", "--by", "Anna"),
        ("control", "--group", "Top", "--group", "Bert"),
        ("paths", "Anna", "Deep"),
        ("paths", "Carl", "Deep"),
        ("chains", "Anna", "Deep"),
    )
    for args in asked:
        answers = [{**ask(*args, "-d", data), "warnings": [], "dataset": ""} for data in both]
        assert answers[0] == answers[1], args
    names = tmp_path / "list.txt"
    names.write_text("Bert\nNobody\n", encoding="utf-8")
    args = ("screen", "--regime", "ofac", "--listed-file", names, "--companies", names)
    answers = [ask(*args, "-d", data) for data in both]
    told = [[w for w in one["warnings"] if w["code"] == "not-in-data"] for one in answers]
    assert len(told[0]) == 1
    assert told[0] == told[1]
    pictures = []
    for data in both:
        call("view", "Base", "--depth", "1", "-d", data, "-o", tmp_path / "v.graphml")
        pictures.append((tmp_path / "v.graphml").read_text(encoding="utf-8"))
    assert "Elsewhere" not in pictures[0]
    assert pictures[0] == pictures[1]
    assert call("screen", "--regime", "ofac", "--listed", "Ana", "-d", both[1]).exit_code == 2


def test_a_store_is_read_beside_files(call, ask, tmp_path):
    file, more, store = tmp_path / "t.csv", tmp_path / "more.csv", tmp_path / "store"
    file.write_text(TABLE, encoding="utf-8")
    more.write_text("holder,issuer,capital_percent\nDora,Anna Trust,80\n", encoding="utf-8")
    call("load", file, "--store", store)
    assert ask("info", "-d", store, "-d", more)["counts"]["holdings"] == 4


def test_what_is_wrong_is_one_line(call, tmp_path):
    bad = tmp_path / "bad.csv"
    bad.write_text("holder,issuer,capital_percent\nA,B,much\n", encoding="utf-8")
    failed = call("load", bad, "--store", tmp_path / "s")
    assert (failed.exit_code, "bad.csv:2" in failed.stderr) == (2, True)
    missing = call("owners", "A", "-d", tmp_path)
    assert (missing.exit_code, "there is no store here" in missing.stderr) == (2, True)


COUNT = "SELECT (COUNT(*) AS ?n) { ?claim a kei:Holding }"


def test_the_index_for_queries_is_made_when_asked_for_or_at_once(call, tmp_path):
    file, more = tmp_path / "t.csv", tmp_path / "more.csv"
    file.write_text(TABLE, encoding="utf-8")
    more.write_text("holder,issuer,capital_percent\nCarl,Base,5\n", encoding="utf-8")
    for name, options in (("later", []), ("at once", ["--sparql"])):
        store = tmp_path / name
        assert call("load", file, "--store", store, *options).exit_code == 0
        assert bool(list(store.glob("*/sparql"))) == bool(options)
        for expected, added in ((3, []), (4, [more])):
            for one in added:
                assert call("load", one, "--store", store, *options).exit_code == 0
            asked = call("query", COUNT, "-d", store, "-f", "csv")
            assert (asked.stdout.split(), asked.stderr) == (["n", str(expected)], "")
            in_force = (store / "CURRENT").read_text(encoding="utf-8").strip()
            assert (store / in_force / "sparql").is_dir()


def test_a_question_to_a_store_is_answered_as_one_to_the_file(call, both):
    args = ("query", "-n", "q01", "--set", "company=~de", "--as-of", "2024-01-01", "-f", "csv")
    mine, theirs = (call(*args, "-d", data).stdout for data in both)
    assert mine.replace(".0,", ",") == theirs  # each engine has its own way with 30.0
    assert len(theirs.splitlines()) == 3


def test_a_store_that_cannot_be_written_to_is_asked_with_a_note(call, both, monkeypatch):
    def refused(*_):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("keiretsu.store.disk.sparql.fcntl.flock", refused)
    asked = call("query", COUNT, "-d", both[1], "-f", "csv")
    assert "note: " in asked.stderr
    assert "cannot be written to" in asked.stderr
    assert asked.stdout.split() == ["n", "9"]


def test_a_store_is_checked_and_fails_as_files_do(call, both, tmp_path):
    _, store = both
    sound, known = (
        json.loads(call(*args, store, "-f", "json").stdout)
        for args in (["validate"], ["info", "-d"])
    )
    assert (sound["conforms"], sound["results"]) == (True, [])
    assert sound["dataset"] == known["dataset"]
    more = tmp_path / "more.csv"
    more.write_text("holder,issuer,capital_percent\nZoe,Base,40\n", encoding="utf-8")
    call("load", more, "--store", store)
    failed = call("validate", "-d", store, "-f", "json")
    assert failed.exit_code == 1
    (found,) = json.loads(failed.stdout)["results"]
    assert (found["rule"], found["severity"]) == ("over-allocated", "error")
    assert found["parties"] == ["Base"]


def test_a_store_is_converted_back_into_what_was_loaded(call, both, tmp_path):
    _, store = both
    out = tmp_path / "out.nq"
    told = json.loads(call("convert", store, out, "-f", "json").stdout)
    assert (told["input_format"], told["lossless"], told["claims"]) == ("nquads", True, 9)
    mine, theirs = (
        json.loads(call("info", "-d", data, "-f", "json").stdout) for data in (out, store)
    )
    assert mine["dataset"] == theirs["dataset"]


DOUBTFUL = """holder,issuer,capital_percent,valid_from,valid_until
Anna,Top,30,2010,
Anna,Top,31,2012,
Top,Base,60,2010,
Bert,Base,much,2010,
"""


def test_what_was_assumed_in_loading_is_said_in_every_answer(call, tmp_path):
    """A store that was loaded leniently says so as the file does, also when more is loaded."""
    file, store, more = tmp_path / "t.csv", tmp_path / "store", tmp_path / "more.csv"
    file.write_text(DOUBTFUL, encoding="utf-8")
    more.write_text(TABLE.replace("Top", "Other").replace("Base", "Below"), encoding="utf-8")
    call("load", file, "--lenient", "--store", store)
    for args in (["owners", "Top"], ["votes", "Top"], ["control"], ["timeline", "Top"]):
        codes = [
            {one["code"] for one in json.loads(call(*args, *data).stdout)["warnings"]}
            for data in (["-d", file, "--lenient", "-f", "json"], ["-d", store, "-f", "json"])
        ]
        assert {"skipped-rows", "periods-added"} <= codes[0] & codes[1]
    call("load", more, "--store", store)
    warnings = json.loads(call("owners", "Top", "-d", store, "-f", "json").stdout)["warnings"]
    assert {"skipped-rows", "periods-added"} <= {one["code"] for one in warnings}


def test_a_day_before_everything_says_so_in_a_store_too(call, tmp_path):
    """That nobody controls anybody before the first holding is not what the data says."""
    file, store = tmp_path / "t.csv", tmp_path / "store"
    file.write_text(DOUBTFUL.replace("much", "5"), encoding="utf-8")
    call("load", file, "--store", store)
    for data in (file, store):
        printed = call("control", "-d", data, "--as-of", "2000-01-01").stdout
        assert "no holding that was read is so on 2000-01-01" in printed


def test_votes_are_assumed_in_the_same_words_in_a_store_and_a_file(call, tmp_path):
    """Also where nobody controls anybody."""
    path, store = tmp_path / "t.csv", tmp_path / "store"
    path.write_text("holder,issuer,capital_percent\nA,X,20\nX,Y,30\n", encoding="utf-8")
    assert 0 == call("load", path, "--store", store).exit_code
    told = []
    for data in (path, store):
        answer = json.loads(call("control", "-d", data, "-f", "json").stdout)
        assert [] == answer["control"]
        told.append({w["text"] for w in answer["warnings"] if w["code"] == "one-share-one-vote"})
    assert told == [{"one share is taken as one vote"}] * 2


@pytest.mark.parametrize(("done", "said"), [(False, "nothing was changed"), (True, "all was")])
def test_a_load_that_is_stopped_says_what_is_left(call, tmp_path, monkeypatch, done, said):
    """Ctrl-C before the store is put in force, and after."""
    path, store = tmp_path / "t.csv", tmp_path / "store"
    path.write_text("holder,issuer,capital_percent\nA,X,20\n", encoding="utf-8")

    def stopped(*args, **options):
        if done:
            load_into_store(*args, **options)
        raise KeyboardInterrupt

    monkeypatch.setattr("keiretsu.cli.commands.load.load_into_store", stopped)
    outcome = call("load", path, "--store", store)
    assert (130, "") == (outcome.exit_code, outcome.stdout)
    assert outcome.stderr.startswith(f"stopped; {said}")
    assert done == store.exists()
