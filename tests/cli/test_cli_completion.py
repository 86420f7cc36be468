"""Shells complete commands, options and choices, without loading what answers."""

import os
import shutil
import subprocess
import sys

import pytest

BASH_VARIABLE = "_KEIRETSU_COMPLETE"


@pytest.fixture
def keiretsu_program(tmp_path):
    """Put a program named `keiretsu` into a folder of its own, as an installation does."""
    program = tmp_path / "keiretsu"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m keiretsu "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return program


def completed(program, *words):
    """Return what bash is told for the last word of a command line."""
    told = subprocess.run(
        [program],
        env={
            **os.environ,
            BASH_VARIABLE: "bash_complete",
            "COMP_WORDS": " ".join(("keiretsu", *words)),
            "COMP_CWORD": str(len(words)),
        },
        capture_output=True,
        text=True,
        check=True,
    )
    return [line.split(",", 1)[1] for line in told.stdout.splitlines() if "," in line]


@pytest.mark.parametrize("shell", ["bash", "fish", "zsh"])
def test_each_shell_gets_its_script(call, shell):
    """It names the program and the variable that asks for words."""
    outcome = call("--completion", shell)
    assert (0, "") == (outcome.exit_code, outcome.stderr)
    assert f"{BASH_VARIABLE}={shell}_complete" in outcome.stdout
    assert "keiretsu" in outcome.stdout


def test_another_shell_is_refused(call):
    """With the shells that there are."""
    outcome = call("--completion", "csh")
    assert 2 == outcome.exit_code
    assert "bash" in outcome.stderr
    assert "zsh" in outcome.stderr


def test_words_are_completed(keiretsu_program):
    """Commands by their beginning, options of a command, and their choices."""
    commands = set(completed(keiretsu_program, "c"))
    assert {"claim", "control"} <= commands
    assert "owners" not in commands
    assert "--as-of" in completed(keiretsu_program, "owners", "--as")
    assert {"absorbing", "raw"} <= set(completed(keiretsu_program, "owners", "--method", ""))


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
def test_bash_takes_the_script(call, keiretsu_program, tmp_path):
    """Read by a real bash, it completes a command."""
    script = tmp_path / "complete.sh"
    script.write_text(call("--completion", "bash").stdout, encoding="utf-8")
    asked = (
        f'PATH="{keiretsu_program.parent}:$PATH"; . "{script}"; COMP_WORDS=(keiretsu own); '
        'COMP_CWORD=1; _keiretsu_completion keiretsu; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    told = subprocess.run(["bash", "-c", asked], capture_output=True, text=True, check=False)
    assert ("owners\n", "") == (told.stdout, told.stderr)
