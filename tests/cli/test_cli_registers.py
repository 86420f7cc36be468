"""Registers straight from the command line: files, standard input, packed, lenient, malformed."""

import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from keiretsu.cli import app

SAMPLES = Path(__file__).parents[1] / "formats" / "samples"
PSC = SAMPLES / "psc" / "psc-snapshot.jsonl"
RR = SAMPLES / "gleif" / "rr.csv"
RENAULT, BRANCH = "9999RENAULT000000020", "9999BRANCH0000000016"


def run(*args, stdin=None):
    return CliRunner().invoke(app, [str(arg) for arg in args], input=stdin)


def ask(*args, stdin=None):
    result = run(*args, "-f", "json", stdin=stdin)
    assert (result.exit_code, result.stderr) == (0, "")
    return json.loads(result.stdout)


def pairs(document):
    return {(row["controller"], row["company"], row["verdict"]) for row in document["control"]}


WHO = {
    ("Ms Ada Test", "00000001", "certain"),
    ("Mr Bo Foreign", "OE000001", "possible"),
}


def test_control_on_a_snapshot_of_the_register(tmp_path):
    """A file, packed, and standard input answer alike."""
    packed = tmp_path / "psc.jsonl.gz"
    packed.write_bytes(gzip.compress(PSC.read_bytes()))
    day = ("--as-of", "2024-01-01")
    assert pairs(ask("control", "-d", PSC, *day)) == WHO
    assert pairs(ask("control", "-d", packed, *day)) == WHO
    text = PSC.read_bytes()
    given = ("control", "-d", "-", "--input-format", "psc", *day)
    assert pairs(ask(*given, stdin=text)) == WHO


def test_what_is_not_measured_and_not_carried_is_said():
    """As warnings with codes."""
    document = ask("control", "-d", PSC, "--as-of", "2018-06-01")
    codes = {warning["code"] for warning in document["warnings"]}
    assert {"unmeasured-interests", "not-carried"} <= codes


def test_control_on_gleif():
    """A branch is certain; what is consolidated is possible; a measure of 1.00 is not read."""
    document = ask("control", "-d", RR, "--as-of", "2019-01-01")
    assert (RENAULT, BRANCH, "certain") in pairs(document)
    assert {verdict for _, _, verdict in pairs(document)} == {"certain", "possible"}
    assert "ambiguous-quantifier" in {warning["code"] for warning in document["warnings"]}


def test_a_malformed_record_stops_and_lenient_skips(tmp_path):
    """One line with file, line and field; exit status 2."""
    path = tmp_path / "psc.jsonl"
    lines = PSC.read_text().splitlines()
    lines[1] = lines[1].replace("2017-01-01", "2017-13-01")
    path.write_text("\n".join(lines))
    result = run("control", "-d", path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"error: {path}:2: the field data.notified_on")
    assert result.stderr.count("\n") == 1
    document = ask("control", "-d", path, "--lenient", "--as-of", "2024-01-01")
    assert pairs(document) == WHO
    assert "skipped-rows" in {warning["code"] for warning in document["warnings"]}


@pytest.mark.parametrize("name", ["psc/psc-snapshot.jsonl", "gleif/rr.csv"])
def test_validate_reads_registers(name):
    """What is doubtful is told; nothing is malformed."""
    result = run("validate", SAMPLES / name, "-f", "json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["conforms"] is True
