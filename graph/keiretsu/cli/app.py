"""The command ``keiretsu``: finds the module of a command, and turns errors into exit statuses.

Nothing here imports rdflib, networkx or numpy, so that ``keiretsu --help`` answers at once.
"""

from __future__ import annotations

import gc
import os
import sys
from difflib import get_close_matches
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from keiretsu import __version__
from keiretsu.cli.exits import BROKEN_PIPE, StoppedError, run
from keiretsu.cli.stamp import TYPED

if TYPE_CHECKING:
    from collections.abc import MutableMapping, Sequence

COMMANDS = {
    "demo": "Tell the alliance's story, and write its views.",
    "info": "Say what the data holds, and how well it is sourced.",
    "validate": "Check files: syntax, shapes, sums and contradictions.",
    "query": "Answer a SPARQL query, or a named question.",
    "queries": "List the named questions and their parameters.",
    "owners": "Say who owns a company, directly and in all.",
    "holdings": "Say what a party owns, directly and in all.",
    "control": "Say who controls whom, by which rule, and what is missing.",
    "paths": "List the chains of holdings from one party to another.",
    "votes": "List what each holder may vote in a company, and by which law.",
    "power": "Say how often each holder's votes decide in a company.",
    "link": "Propose parties of several records that may be one, and confirm them.",
    "chains": "Say what a party has of a company by every convention of control.",
    "network": "Say what each party gathers and controls in the whole network.",
    "screen": "Say which companies a legal test catches because of the parties on a list.",
    "beneficial": "Say who stands behind a company, by a legal test.",
    "whatif": "Suppose deals, agreements or rules, and say what would change.",
    "diff": "Say what differs between two days, or between two files.",
    "moves": "Say how much a party must buy or may sell before control or votes switch.",
    "timeline": "Tell how control of a party and the votes in it changed.",
    "materialize": "Compute derived graphs for SPARQL, and write them as RDF.",
    "convert": "Convert a file into another format, and say what was lost.",
    "load": "Load files into a store on disk, beside what it holds.",
    "claim": "Correct the data: add, reject and supersede claims, and undo it.",
    "reconcile": "Hold declared numbers against computed ones.",
    "explain": "Write one page on who controls whom and why, with its sources.",
    "serve": "Serve the data: an explorer, a SPARQL endpoint and a JSON API.",
    "graph": "Write the world on a day as a graph for other programs.",
    "view": "Draw parties and holdings: a page to open offline, a drawing, or data.",
}
"""Every command with its short help, which is also the first line of its own help."""

SECTIONS = {
    "First steps": ("demo", "info", "validate"),
    "Holdings, votes and control": (
        "owners",
        "holdings",
        "control",
        "votes",
        "paths",
        "chains",
        "power",
        "network",
        "explain",
        "reconcile",
    ),
    "Legal tests": ("screen", "beneficial"),
    "Other days, other worlds": ("timeline", "diff", "whatif", "moves"),
    "Pictures and files": ("view", "graph", "convert"),
    "Data of your own": ("load", "claim", "link"),
    "SPARQL and HTTP": ("query", "queries", "materialize", "serve"),
}
"""In which parts the program's help shows commands."""
_OTHERS = "Others"

EPILOG = """\b
Most commands take -d FILE for data of your own, --as-of DATE for the day asked about, and
-f FORMAT with -o FILE for the form of the answer and where it goes: keiretsu COMMAND --help.

\b
Examples:
  keiretsu demo
  keiretsu votes Renault --as-of 2020-12-31
  keiretsu control --by Renault --of Nissan --as-of 2019-09-03
  keiretsu control -d holdings.csv
  keiretsu owners Nissan -d holdings.csv -f json
  keiretsu view Renault --as-of 2019-09-03 -o renault.html

Exit status: 0 done, 1 a check failed, 2 bad input or usage."""


class Commands(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of the commands in the order in which help shows them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return a command, or None if there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"keiretsu.cli.commands.{cmd_name}").command
        assert isinstance(command, click.Command)  # noqa: S101 - for the type checker
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of commands without importing them."""
        placed = {name for names in SECTIONS.values() for name in names}
        others = tuple(name for name in COMMANDS if name not in placed)
        for title, names in {**SECTIONS, _OTHERS: others}.items():
            if names:
                with formatter.section(title):
                    formatter.write_dl([(name, COMMANDS[name]) for name in names])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that the first argument names; an unknown one offers the nearest."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            near = get_close_matches(name, COMMANDS, n=1, cutoff=0.5)
            offer = f"did you mean {near[0]!r}?" if near else f"use one of: {', '.join(COMMANDS)}"
            raise click.UsageError(f"no command is named {name!r}; {offer}", ctx)
        return super().resolve_command(ctx, args)

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,  # noqa: ANN401 - click's signature
    ) -> click.Context:
        """Return the context of a run, which keeps the words of the command line for stamps."""
        typed = tuple(args)  # parsing empties the list
        context = super().make_context(info_name, args, parent, **extra)
        context.meta[TYPED] = typed
        return context

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a reader who closes the pipe early is no error to tell of."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except KeyboardInterrupt:  # click would tell it by an empty line
            raise StoppedError from None
        except BrokenPipeError:
            # What is still buffered would raise once more while Python shuts down.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise click.exceptions.Exit(BROKEN_PIPE) from None
        return result

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,  # noqa: ANN401 - click's signature
    ) -> Any:  # noqa: ANN401 - click's signature
        """Run, and leave with an exit status; errors are told in one line."""

        def start() -> object:
            return click.Group.main(
                self,
                args,
                prog_name or "keiretsu",
                complete_var,
                standalone_mode=False,
                windows_expand_args=windows_expand_args,
                **extra,
            )

        return sys.exit(run(start)) if standalone_mode else start()


def print_completion(ctx: click.Context, param: click.Parameter, shell: str | None) -> None:  # noqa: ARG001 - click's signature
    """Print the script by which a shell completes the words of a command, and leave."""
    if shell is None or ctx.resilient_parsing:
        return
    from click.shell_completion import get_completion_class  # noqa: PLC0415 - rarely needed

    found = get_completion_class(shell)
    assert found is not None  # noqa: S101 - the choices are click's own shells
    # Not `source()`: it would ask the installed shell for its version before it answers.
    script = found(app, {}, "keiretsu", "_KEIRETSU_COMPLETE")
    click.echo(script.source_template % script.source_vars())
    ctx.exit()


_GARBAGE = 100_000, 50, 100
"""How seldom Python looks for garbage in loops of references: its own thresholds take a fifth of a
run for that, since hundreds of thousands of objects of the imported modules are looked at again."""

SETTINGS: MutableMapping[str, Any] = {
    "help_option_names": ["-h", "--help"],
    "max_content_width": 100,
}


@click.group(cls=Commands, invoke_without_command=True, context_settings=SETTINGS, epilog=EPILOG)
@click.version_option(__version__, "-V", "--version", message="keiretsu %(version)s")
@click.option(
    "--completion",
    type=click.Choice(["bash", "fish", "zsh"]),
    is_eager=True,
    expose_value=False,
    callback=print_completion,
    help="Print what makes a shell complete commands and options, and exit.",
)
@click.pass_context
def app(ctx: click.Context) -> None:
    """Who holds what in whom, who controls whom, why, and who says so.

    Without -d every command reads the bundled alliance of Renault, Nissan and Mitsubishi Motors,
    its governments and its rivals.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def main() -> None:
    """Run the command line; the entry point of the console script."""
    gc.set_threshold(*_GARBAGE)
    app.main()
