"""Bad input and usage: one line on standard error, status 2, and nothing written."""

import os
import signal
import subprocess
import sys
import time

import pytest

from keiretsu.cli import app
from keiretsu.cli.exits import BROKEN_PIPE, FAULT, run

HEADER = "holder,issuer,capital_percent,valid_from,valid_until\n"
PREFIX = "@prefix kei: <https://w3id.org/keiretsu/ontology#> .\n"
FILES = {
    "percent.csv": f"{HEADER}A,B,130,,\n",
    "sum.csv": f"{HEADER}A,B,70,,\nC,B,60,,\n",
    "dates.csv": f"{HEADER}A,B,13,2019-09-03,2018-01-01\n",
    "class.ttl": f"{PREFIX}<party/a> a kei:Compny .\n",
    "syntax.ttl": f"{PREFIX}<party/a> kei:Company .\n",
    "empty.csv": "",
    "empty.ttl": "",
    "binary.csv": "\0\0\0",
    "ending.doc": "A",
    "no_ending": "holder,issuer,capital_percent\nA,B,13\n",
}
EMPTY_ZIP = b"PK\5\6" + bytes(18)

USAGE = {
    "no such command": (("contol",), "no command is named 'contol'; did you mean 'control'?"),
    "no such option": (("control", "--treshold", "3"), "did you mean '--threshold'?"),
    "no argument": (("owners",), "missing argument 'COMPANY'"),
    "no such day of knowledge": (("owners", "Nissan", "--known-at", "soon"), "2019-09-03"),
    "no such format": (("owners", "Nissan", "-f", "yaml"), "'yaml' is not one of"),
    "no such date": (("owners", "Nissan", "--as-of", "2019-13-01"), "write it like 2019-09-03"),
    "negative age": (("owners", "Nissan", "--max-age", "-1"), "--max-age"),
    "no such rule": (("control", "--rule", "vibes"), "use one of: fr-presumption-40"),
    "rule and threshold": (
        ("control", "--rule", "fr-presumption-40", "--threshold", "30"),
        "has its own threshold",
    ),
    "threshold in words": (("control", "--threshold", "half"), "write it like 33.4"),
    "threshold beyond all": (("control", "--threshold", "100.1"), "between 0 and 100 %"),
    "monstrous threshold": (("control", "--threshold", "1e999999999"), "is not a percentage"),
    "no such decision": (("votes", "Renault", "--decision", "lunch"), "extraordinary"),
    "nearest names": (("owners", "Nisan"), "nearest: Nissan"),
    "no name is near": (("owners", "Nosuch"), "list names with 'info --names'"),
    "another word for an option": (("owners", "Nissan", "--date", "2019-09-03"), "'--as-of'"),
    "ambiguous": (("owners", "~ren"), "names"),
    "no such file": (("owners", "Nissan", "-d", "nowhere.csv"), "nowhere.csv: cannot be read"),
    "a folder": (("owners", "Nissan", "-d", "."), ".: "),
    "stdin without format": (("owners", "Nissan", "-d", "-"), "--input-format"),
    "stdin twice": (
        ("owners", "Nissan", "-d", "-", "-d", "-", "--input-format", "csv"),
        "only once",
    ),
    "view without a file": (("view", "Renault"), "a view needs -o FILE.html"),
    "view of another kind": (("view", "Renault", "-o", "a.pdf"), "end it in .html, .svg, .png"),
    "no folder to write to": (
        ("owners", "Nissan", "-o", "no/such/folder.csv"),
        "no/such/folder.csv: cannot be written",
    ),
}


@pytest.mark.parametrize(("args", "expected"), USAGE.values(), ids=USAGE)
def test_bad_usage(call, args, expected):
    """The line says what is wrong and what to do."""
    outcome = call(*args)

    assert (2, "") == (outcome.exit_code, outcome.stdout)
    assert outcome.stderr.startswith("error: ")
    assert 1 == outcome.stderr.count("\n")
    assert expected in outcome.stderr


@pytest.fixture
def bad(tmp_path):
    """Files with one thing wrong in each."""
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("command", [("control",), ("info",), ("query", "ASK {}"), ("owners", "B")])
def test_bad_files_in_every_command(call, bad, name, command):
    """A bad file is status 2, with its place, and nothing is written."""
    target = bad / "answer.out"
    outcome = call(*command, "-d", bad / name, "-o", target)

    assert (2, "") == (outcome.exit_code, outcome.stdout)
    assert outcome.stderr.startswith(f"error: {bad / name}")
    assert 1 == outcome.stderr.count("\n")
    assert set(FILES) == {path.name for path in bad.iterdir()}


@pytest.mark.parametrize(
    ("name", "status", "place"),
    [
        ("percent.csv", 1, "percent.csv:2"),
        ("sum.csv", 1, "sum.csv"),
        ("dates.csv", 1, "dates.csv:2"),
        ("class.ttl", 1, "class.ttl:2"),
        ("syntax.ttl", 2, "syntax.ttl:2"),
        ("empty.csv", 2, "empty.csv"),
        ("empty.ttl", 2, "empty.ttl"),
        ("binary.csv", 2, "binary.csv"),
        ("ending.doc", 2, "ending.doc"),
    ],
)
def test_validate_tells_the_place(call, bad, name, status, place):
    """Readable input with findings is status 1, unreadable input 2; both name the place."""
    outcome = call("validate", bad / name)
    told = outcome.stdout if status == 1 else outcome.stderr

    assert status == outcome.exit_code
    assert f"{bad / place}" in told


def test_a_file_without_an_ending_is_told_of_the_option(call, bad):
    """The option is named, since that is what the file needs."""
    told = call("info", "-d", bad / "no_ending").stderr
    assert told.endswith("or name its format with --input-format\n")


@pytest.mark.parametrize("name", ["empty.zip", "t.csv.zip"])
def test_an_archive_of_nothing_says_that_it_is_empty(call, tmp_path, name):
    """Its ending is a known one."""
    (tmp_path / name).write_bytes(EMPTY_ZIP)
    for command in (("info", "-d"), ("validate",)):
        outcome = call(*command, tmp_path / name)
        assert 2 == outcome.exit_code
        assert f"{name}: the archive holds no file that can be read; " in outcome.stderr


def test_a_very_long_name_is_not_repeated_whole(call):
    """One line stays one line."""
    outcome = call("owners", "x" * 10_000)
    assert 2 == outcome.exit_code
    assert len(outcome.stderr) < 400


def test_validate_of_several_files_where_one_cannot_be_read(call, bad):
    """It is status 2, and the line says which."""
    outcome = call("validate", bad / "percent.csv", bad / "syntax.ttl")

    assert (2, "") == (outcome.exit_code, outcome.stdout)
    assert f"error: {bad / 'syntax.ttl'}:" in outcome.stderr


def test_a_name_cannot_move_the_cursor(call):
    """What a terminal would obey is replaced, in errors too."""
    outcome = call("owners", "\x1b[31mRed\x07")

    assert 2 == outcome.exit_code
    assert "\x1b" not in outcome.stderr
    assert "\x07" not in outcome.stderr


def test_a_process_of_its_own_ends_without_a_traceback(process):
    """The installed program tells an unknown name in one line."""
    ended = process("owners", "Nisan")

    assert (2, "") == (ended.returncode, ended.stdout)
    assert ended.stderr.startswith("error: no party is named 'Nisan'; nearest: Nissan")
    assert 1 == ended.stderr.count("\n")


@pytest.mark.skipif(os.name != "posix", reason="pipes and signals of POSIX")
def test_a_closed_pipe_is_no_error():
    """A reader that has seen enough ends the program quietly."""
    command = [sys.executable, "-m", "keiretsu", "info", "--names"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
        program.stdout.close()
        said = program.stderr.read()
        status = program.wait(timeout=60)

    assert (BROKEN_PIPE, b"") == (status, said)


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_an_interrupt_is_status_130():
    """Ctrl-C ends the program without a traceback."""
    arguments = ["keiretsu", "owners", "B", "-d", "-", "--input-format", "csv"]
    script = f"""
import runpy, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may start tests without it
sys.argv = {arguments!r}
runpy.run_module("keiretsu", run_name="__main__")
"""
    with subprocess.Popen(
        [sys.executable, "-c", script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as program:
        time.sleep(2.5)  # until it waits for standard input
        program.send_signal(signal.SIGINT)
        status = program.wait(timeout=60)
        said = program.stderr.read()

    assert 130 == status
    assert b"stopped\n" == said


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.parametrize(
    "module", ["importlib.metadata", "typing", "keiretsu.cli.app", "keiretsu.cli.commands.owners"]
)
def test_an_interrupt_while_the_program_is_loaded_is_one_too(module):
    """As Ctrl-C in the first moments: an import is interrupted, in the command line or below it.

    The first two are what takes longest of what the whole package needs, and must not be loaded
    before the program begins.
    """
    script = f"""
import os, runpy, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.modules.pop({module!r}, None)
class Interrupting:
    def find_spec(self, name, *_):
        if name == {module!r}:
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Interrupting())
sys.argv = ["keiretsu", "owners", "Nissan"]
runpy.run_module("keiretsu", run_name="__main__")
"""
    ended = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=False, timeout=60
    )
    assert (130, b"", b"stopped\n") == (ended.returncode, ended.stdout, ended.stderr)


def test_a_defect_is_not_taken_for_a_failed_check(capsys):
    """An error of the program itself has a status and a message of its own, with its traceback."""

    def defective():
        return 1 / 0

    assert FAULT == run(defective)
    said = capsys.readouterr().err
    assert "ZeroDivisionError" in said
    assert said.endswith("please report it\n")


def test_errors_pass_through_when_click_is_embedded():
    """Without the standalone mode, callers get the exception and decide themselves."""
    with pytest.raises(Exception, match="no command is named"):
        app.main(["contol"], standalone_mode=False)


def test_validate_tells_the_line_of_what_only_the_whole_shows(call, tmp_path):
    """An audit's finding on a row of a table has the row's line, not the name of a claim."""
    path = tmp_path / "t.csv"
    rows = "Ada,Works,60,2015-01-01,2019-06-01,Return,2015-06-30\n"
    path.write_text(
        "holder,issuer,capital_percent,valid_from,valid_until,source_title,source_date\n" + rows,
        encoding="utf-8",
    )
    outcome = call("validate", path)
    assert 0 == outcome.exit_code
    assert f"{path}:2: warning: ends on 2019-06-01, after its document" in outcome.stdout


@pytest.mark.parametrize(
    "command",
    [
        ("owners", "Works", "-d", "t.csv", "-o", "./t.csv"),
        ("view", "Works", "-d", "t.csv", "-o", "t.csv"),
        ("diff", "t.csv", "t.csv", "-o", "t.csv"),
        ("screen", "--regime", "ofac", "--listed-file", "t.csv", "-o", "t.csv"),
        ("convert", "t.csv", "t.csv"),
        ("materialize", "-d", "t.csv", "-o", "t.csv"),
    ],
)
def test_no_answer_is_written_over_its_data(call, tmp_path, monkeypatch, command):
    """What is read stays, by whatever path it is named as the output."""
    monkeypatch.chdir(tmp_path)
    table = tmp_path / "t.csv"
    table.write_text("holder,issuer,capital_percent\nAda,Works,60\n", encoding="utf-8")
    before = table.read_bytes()
    outcome = call(*command)
    assert 2 == outcome.exit_code
    assert "is read here and would be lost; write another file" in outcome.stderr
    assert before == table.read_bytes()
