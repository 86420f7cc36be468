"""Exit statuses, and errors told in one line on standard error."""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING

import click

from keiretsu.cli.screen import safe
from keiretsu.errors import KeiretsuError

if TYPE_CHECKING:
    from collections.abc import Callable

CHECK_FAILED = 1
BAD_INPUT = 2
INTERRUPTED = 130
FAULT = 70
"""A defect of the program: neither a failed check nor bad input may be read into it."""
BROKEN_PIPE = 141
"""As shells report a program that the closing of its pipe has ended."""
# Words that people try first; click itself would offer what is spelled alike, such as --data.
_SAID_FOR_OPTIONS = {"--date": "--as-of", "--on": "--as-of", "--at": "--as-of", "--day": "--as-of"}


class StoppedError(click.Abort):
    """Ctrl-C was pressed.

    Parameters
    ----------
    left
        What is true of what was being done; nothing if that goes without saying.
    """

    def __init__(self, left: str = "") -> None:
        self.left = left
        super().__init__()

    def __str__(self) -> str:
        """Return the line that is told."""
        return f"stopped; {self.left}" if self.left else "stopped"


def run(start: Callable[[], object]) -> int:
    """Call `start` and return the exit status that its outcome has.

    Parameters
    ----------
    start
        Returns an exit status, or None for success.

    Returns
    -------
    int
        What was returned, or the status of the error, which has been told.
    """
    try:
        status = start()
    except click.Abort as stopped:
        if isinstance(stopped, StoppedError):  # click itself has told the others
            click.echo(str(stopped), err=True)
        return INTERRUPTED
    except click.ClickException as error:
        return _tell(_of_click(error))
    except KeiretsuError as error:
        return _tell(str(error))
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        return _tell(f"{where}{error.strerror or error}; check the path")
    except Exception:  # noqa: BLE001 - Python's own status for this is 1, a failed check
        traceback.print_exc()
        click.echo("error: this is a defect of keiretsu; please report it", err=True)
        return FAULT
    return status if isinstance(status, int) else 0


def _tell(problem: str) -> int:
    click.echo(f"error: {safe(problem)}", err=True)
    return BAD_INPUT


def _of_click(error: click.ClickException) -> str:
    """Return a complaint of click in our form: small first letter, no full stop, what to do."""
    if isinstance(error, click.NoSuchOption) and error.option_name in _SAID_FOR_OPTIONS:
        meant = _SAID_FOR_OPTIONS[error.option_name]
        if error.ctx and any(meant in parameter.opts for parameter in error.ctx.command.params):
            return f"no such option '{error.option_name}'; it is called '{meant}'"
    text = " ".join(error.format_message().split()).rstrip(".")
    text = (text[:1].lower() + text[1:]).replace(". Did you mean", "; did you mean")
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is None or "; " in text:
        return text
    return f"{text}; see '{context.command_path} --help'"
