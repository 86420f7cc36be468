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


MEANING_TWO_THINGS = {
    "as-of": "a parameter of a named question, beside the day of a world",
    "data": "files that are checked, beside data that is asked",
    "format": "forms of an answer, of a list beside graphs, of a picture",
    "from": "the begin of a history, of a claim, of a span in a page",
    "into": "a file of edits, of derived graphs, of an engine's rows",
    "output": "a file for the answer, for graphs beside it, for a picture",
    "reason": "of an edit: each kind has its own",
    "regime": "the test asked for, those compared, those written, the one marked",
    "rule": "the rule asked for, those compared, those tried in turn, those written",
    "threshold": "a limit of all votes, or of each link",
    "timeout": "of one query, or of every query of a server",
    "turnout": "for a majority of the votes cast, or for the holders who come",
    "undisclosed-to": "what a party could own, or control",
    "until": "the end of a claim, or of a span in a page",
}
"""Options that say different things of different commands; any other is explained in one way."""


def test_one_option_has_one_text():
    """Options of one name are explained alike, but for those that mean different things."""
    texts = {}

    def read(command):
        for one in getattr(command, "commands", {}).values():
            read(one)
        for option in command.params:
            if isinstance(option, click.Option):
                name = max(option.opts, key=len).removeprefix("--")
                texts.setdefault(name, set()).add(option.help)

    for name in COMMANDS:
        read(app.get_command(CONTEXT, name))

    assert {name for name, told in texts.items() if len(told) > 1} == set(MEANING_TWO_THINGS)


def test_help_shows_every_command_once(call):
    """Parts of the list leave none out, and name none twice."""
    lines = call("--help").stdout.splitlines()
    shown = [line.split()[0] for line in lines if line.startswith("  ") and line.split()]

    assert [name for name in COMMANDS if shown.count(name) != 1] == []


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


def test_opening_data_is_light():
    """Who asks no query waits for no grammar, and who draws nothing for no layout."""
    grammars = {"rdflib.plugins.sparql", "pyparsing"}
    code = (
        "import sys; from keiretsu import OwnershipGraph\n"
        "OwnershipGraph.open().snapshot('2019-09-03')\n"
        f"print(sorted({HEAVY | grammars!r} & set(sys.modules)))"
    )
    ended = run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert (0, "['numpy', 'rdflib']\n", "") == (ended.returncode, ended.stdout, ended.stderr)


def test_version(process):
    """The version is that of the package."""
    assert f"keiretsu {__version__}\n" == process("--version").stdout


def test_short_help_is_help(call):
    """`-h` works for the program and for commands."""
    for args in ((), ("control",)):
        assert call(*args, "--help").stdout == call(*args, "-h").stdout
