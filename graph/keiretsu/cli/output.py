"""Where an answer goes: standard output, or a file that appears whole or not at all."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from keiretsu.cli.page import Lines
from keiretsu.cli.rendering import rendered
from keiretsu.cli.serial import Rows, json_lines, json_parts, table_parts
from keiretsu.cli.stamp import stamp_of
from keiretsu.views.page.saving import write_whole, write_whole_parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from keiretsu.cli.page import Page

FORMATS = ("table", "json", "csv", "tsv", "jsonl")
STDOUT = "-"
_UTF8 = "utf-8", "backslashreplace"


@dataclass(frozen=True, slots=True)
class Result:
    """An answer in every form.

    Parameters
    ----------
    document
        The whole of it, as JSON has it, or what composes that: a person is not shown it.
    rows
        The elements of its main list.
    columns
        Which fields of an element CSV shows, in which order.
    page
        Composes what a person is shown; called only for that.
    """

    document: Mapping[str, Any] | Callable[[], Mapping[str, Any]]
    rows: Sequence[Mapping[str, Any]]
    columns: Sequence[str]
    page: Callable[[], Page]

    def whole(self) -> Mapping[str, Any]:
        """Return the document."""
        return self.document() if callable(self.document) else self.document


@dataclass(frozen=True, slots=True)
class Output:
    """In which form an answer is written, and where.

    Parameters
    ----------
    form
        What was asked for; None for the form that the file's ending tells, else a table.
    file
        A path, or ``-`` for standard output.
    color
        Whether colours are wanted where a terminal can show them.
    known
        The forms that the command knows.
    stamp
        Whether the answer says what makes it reproducible.
    """

    form: str | None = None
    file: str = STDOUT
    color: bool = True
    known: tuple[str, ...] = FORMATS
    stamp: bool = False

    @property
    def chosen(self) -> str:
        """The form in which the answer is written."""
        ending = Path(self.file).suffix.lower().removeprefix(".")
        return self.form or (ending if ending in self.known else self.known[0])

    def deliver(self, result: Result) -> None:
        """Write an answer in the chosen form."""
        if isinstance(result.rows, Rows):
            self._put_parts(self.parts(result))
        else:
            self._put(self.text(result))

    def text(self, result: Result) -> str:
        """Return an answer in the chosen form."""
        return "".join(self.parts(result))

    def parts(self, result: Result) -> Iterable[str]:
        """Return an answer in the chosen form, in parts."""
        if self.stamp:
            result = _stamped(result)
        forms: Mapping[str, Callable[[], Iterable[str]]] = {
            "json": lambda: json_parts(result.whole()),
            "jsonl": lambda: json_lines(result.rows),
            "csv": lambda: table_parts(result.rows, result.columns),
            "tsv": lambda: table_parts(result.rows, result.columns, "\t"),
            "table": lambda: (self.rendered(result.page()),),
        }
        return forms[self.chosen]()

    def rendered(self, page: Page, *, width: int | None = None) -> str:
        """Return a page as text for where it goes; `width` is that of the terminal if not given."""
        if self.file != STDOUT or not sys.stdout.isatty():
            return rendered(page, width=width)
        columns = width or shutil.get_terminal_size().columns
        return rendered(page, width=columns, color=self._in_color)

    def write(
        self, content: str | bytes, dataset: str | None = None, form: str | None = None
    ) -> None:
        """Write what is no answer in several forms: a page, a picture, the text of a graph.

        Parameters
        ----------
        content
            Text, or bytes as they are.
        dataset
            Fingerprint of the data behind it, for its stamp.
        form
            What it is, if that is not the form chosen.
        """
        if self.stamp and isinstance(content, str):
            content = stamp_of(dataset).on(content, form or self.chosen)
        self._put(content)

    def _put(self, content: str | bytes) -> None:
        # Text as bytes in UTF-8, so that every system writes the same.
        if self.file == STDOUT:
            # A JSON escape, should a label hold half a surrogate pair; harmless elsewhere.
            text = content if isinstance(content, bytes) else content.encode(*_UTF8)
            click.echo(text, nl=False)
        else:
            write_whole(Path(self.file), content)

    def _put_parts(self, parts: Iterable[str]) -> None:
        encoded = (part.encode(*_UTF8) for part in parts)
        if self.file == STDOUT:
            for part in encoded:
                click.echo(part, nl=False)
        else:
            write_whole_parts(Path(self.file), encoded)

    @property
    def _in_color(self) -> bool:
        dumb = os.environ.get("TERM") == "dumb"
        return self.color and not os.environ.get("NO_COLOR") and not dumb


def _stamped(result: Result) -> Result:
    document = result.whole()
    stamp = stamp_of(document.get("dataset"))

    def page() -> Page:
        shown = result.page()
        return replace(shown, parts=(*shown.parts, Lines("Stamp", stamp.lines())))

    return replace(result, document={**document, "stamp": stamp.as_dict()}, page=page)
