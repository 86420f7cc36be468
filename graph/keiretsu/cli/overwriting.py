"""No answer is written over the data that it was made from."""

from __future__ import annotations

from pathlib import Path

import click

READ = (
    "data",
    "files",
    "file",
    "source",
    "before",
    "after",
    "into",
    "listed_file",
    "companies",
    "values_file",
    "query_file",
)
"""The parameters of commands that name files which are read."""


def refuse_overwriting(output: str | None) -> None:
    """Refuse a file to write that is one of those which the running command reads.

    Parameters
    ----------
    output
        Where an answer goes; a name of a file, ``-`` for standard output, or None.

    Raises
    ------
    click.UsageError
        If it is one of them, by whatever path.
    """
    if output is None or not Path(output).is_file():
        return
    params = click.get_current_context().params
    for name in (one for parameter in READ for one in _names(params.get(parameter))):
        if Path(name).is_file() and Path(name).samefile(output):
            raise click.UsageError(f"{output} is read here and would be lost; write another file")


def _names(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    return list(value) if isinstance(value, tuple) else []
