"""``keiretsu load`` and the store that other commands read."""

import json

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
