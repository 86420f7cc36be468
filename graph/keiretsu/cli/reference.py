"""The command reference, made of the help that the commands print.

``python -m keiretsu.cli.reference > docs/cli.md`` writes it; a test fails if it is out of date.
"""

from __future__ import annotations

import click

from keiretsu.cli.app import COMMANDS, app

WIDTH = 100

HEAD = """\
# Command reference

<!-- Made by `python -m keiretsu.cli.reference > docs/cli.md`; do not edit. -->

Every command reads the bundled alliance unless `-d` names data. What is common to all:

- **Names.** A party is named by its IRI, an identifier, or a whole label or alias; case, accents
  and width do not matter. `~ren` asks for a unique beginning. A value that is no name is tried as a
  comma-separated list where several parties are allowed. `keiretsu info --names` lists all names.
- **Exit status.** 0 done; 1 `validate` found errors, or `screen --fail` caught somebody; 2 bad
  input or usage, told in one line on standard error: `error: FILE:LINE: what is wrong; how to mend
  it`. 130 when interrupted.
- **Numbers.** Percent of a hundred, rounded half-even to six places in JSON, CSV and TSV. Where
  only a range is known, `X_percent` is null and `X_percent_min`, `X_percent_max` hold its ends; in
  `control`, `percent` is the least. A table shows a range as `18.02-30.54` and what is not known
  as `?`.
- **Forms.** `-f json` is one object that tells how the answer was reached, what was assumed and
  what was found; its schemas are in [schemas](schemas/README.md). `csv` and `tsv` have a
  row, `jsonl` an object for each element of the answer's main list. The form follows from the
  ending of `-o`.
  A file appears whole or not at all. The same input gives the same bytes.
- **Colours** appear on terminals only; `--no-color` or the variable `NO_COLOR` turns them off.
"""


def reference() -> str:
    """Return the reference in Markdown."""
    settings = {**app.context_settings, "terminal_width": WIDTH, "max_content_width": WIDTH}
    top = click.Context(app, info_name="keiretsu", **settings)
    parts = [HEAD, _part("keiretsu", app.get_help(top))]
    for name in COMMANDS:
        command = app.get_command(top, name)
        if command is not None:
            context = click.Context(command, top, name, **settings)
            parts.append(_part(f"keiretsu {name}", command.get_help(context)))
            parts += _subcommands(command, context)
    return "\n".join(parts)


def _subcommands(command: click.Command, above: click.Context) -> list[str]:
    if not isinstance(command, click.Group):
        return []
    parts = []
    for name, one in command.commands.items():
        context = click.Context(one, above, name, terminal_width=WIDTH, max_content_width=WIDTH)
        parts.append(_part(f"keiretsu {above.info_name} {name}", one.get_help(context)))
    return parts


def _part(title: str, text: str) -> str:
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return f"## {title}\n\n```text\n{lines}\n```\n"


if __name__ == "__main__":
    click.echo(reference(), nl=False)
