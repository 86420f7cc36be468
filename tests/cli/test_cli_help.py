"""Help, reference and start-up."""

import shlex
import sys
from pathlib import Path
from subprocess import run

import click
import pytest

from keiretsu import __version__
from keiretsu.cli import app
from keiretsu.cli.app import COMMANDS
from keiretsu.cli.reference import reference

DOCS = Path(__file__).parents[2] / "docs"
HEAVY = {"rdflib", "networkx", "numpy", "scipy", "rich", "pyvis", "pyshacl", "jinja2"}
# With the settings of the program: click keeps the help option of the first context it sees.
CONTEXT = click.Context(app, info_name="keiretsu", **app.context_settings)


def examples(command):
    return [line.strip() for line in (command.epilog or "").splitlines() if "keiretsu" in line]


def test_the_reference_is_up_to_date():
    """docs/cli.md is what the commands print as help."""
    assert reference() == (DOCS / "cli.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name):
    """Help begins with the short help of the list and ends with examples that parse."""
    command = app.get_command(CONTEXT, name)
    found = examples(command)

    assert COMMANDS[name] == command.help.split("\n")[0]
    assert found
    for line in found:
        _, called, *args = shlex.split(line)
        example = app.get_command(CONTEXT, called)
        if isinstance(example, click.Group):
            called, *args = args
            example = example.commands[called]
        assert example.make_context(called, args, parent=CONTEXT).params


def test_every_option_has_help():
    """No option is left without an explanation."""
    silent = [
        (name, option.name)
        for name in COMMANDS
        for option in app.get_command(CONTEXT, name).params
        if isinstance(option, click.Option) and not option.help
    ]

    assert [] == silent


@pytest.mark.parametrize(
    "args", [("--help",), ("-h",), ("--version",), (), ("--completion", "bash")]
)
def test_starting_up_is_light(args):
    """Help and version import none of the heavy libraries."""
    code = (
        "import sys; from keiretsu.cli import app\n"
        f"try: app.main({list(args)!r})\n"
        f"finally: print(sorted({HEAVY!r} & set(sys.modules)), file=sys.stderr)"
    )
    ended = run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert (0, "[]\n") == (ended.returncode, ended.stderr)
    assert ended.stdout


def test_version(process):
    """The version is that of the package."""
    assert f"keiretsu {__version__}\n" == process("--version").stdout


def test_short_help_is_help(call):
    """`-h` works for the program and for commands."""
    for args in ((), ("control",)):
        assert call(*args, "--help").stdout == call(*args, "-h").stdout
