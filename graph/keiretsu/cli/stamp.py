"""What makes an answer reproducible: the data, the versions and the command, and no clock."""

from __future__ import annotations

import html
import json
import platform
import re
import shlex
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

import click

from keiretsu import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

TYPED: Final = "keiretsu.typed"
"""Under this key a context keeps the words of its command line."""

DECIDING: Final = ("numpy", "pyoxigraph", "rdflib", "scipy")
"""The libraries on which what an answer says could depend."""

_SECRETS: Final = re.compile(
    r"(?P<scheme>\bhttps?://)(?:[^/@\s]*@)?(?P<rest>[^?\s]*)(?:\?\S*)?", re.IGNORECASE
)
_BREAK: Final = re.compile(r"[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
NO_DATA: Final = "none was read"

PLACES: Final = ("table", "json", "md", "html", "svg", "turtle")
"""The forms that have a place for a stamp; rows of CSV and their like have none."""


@dataclass(frozen=True, slots=True)
class Stamp:
    r"""What must be the same for an answer to be the same.

    Parameters
    ----------
    command
        The command, word for word.
    dataset
        Fingerprint of the data.
    versions
        Names of programs with their versions.

    Examples
    --------
    >>> stamp = Stamp("keiretsu info", "0123456789abcdef", (("keiretsu", "1.0"), ("rdflib", "7.6")))
    >>> stamp.lines()
    ('command: keiretsu info', 'dataset: 0123456789abcdef', 'versions: keiretsu 1.0, rdflib 7.6')
    >>> print(stamp.on("@prefix : <x#> .\n", "turtle"))
    @prefix : <x#> .
    # command: keiretsu info
    # dataset: 0123456789abcdef
    # versions: keiretsu 1.0, rdflib 7.6
    <BLANKLINE>
    """

    command: str
    dataset: str | None
    versions: tuple[tuple[str, str], ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the stamp as JSON has it."""
        return {
            "command": self.command,
            "dataset": self.dataset,
            "versions": dict(self.versions),
        }

    def lines(self) -> tuple[str, ...]:
        """Return the stamp in short lines; a line break in the command is shown by a sign."""
        command = _BREAK.sub("\N{SYMBOL FOR NEWLINE}", self.command)
        versions = ", ".join(f"{name} {number}" for name, number in self.versions)
        return f"command: {command}", f"dataset: {self.dataset or NO_DATA}", f"versions: {versions}"

    def on(self, text: str, form: str) -> str:
        """Return a text that is no table and no JSON with the stamp in its place.

        A page of HTML has it at its end and in ``<meta name="keiretsu-stamp">``, a picture in
        ``<metadata>``.
        """
        put: dict[str, Callable[[str], str]] = {
            "md": self._on_markdown,
            "html": self._on_page,
            "svg": self._on_picture,
            "turtle": lambda text: text + "".join(f"# {line}\n" for line in self.lines()),
        }
        return put[form](text)

    def _on_markdown(self, text: str) -> str:
        # Indented code: nothing in it is markup, whatever the command's words are.
        return text + "\n## Stamp\n\n" + "".join(f"    {line}\n" for line in self.lines())

    def _on_page(self, text: str) -> str:
        meta = f'<meta name="keiretsu-stamp" content="{self._plain()}">\n'
        lines = "<br>\n".join(html.escape(line) for line in self.lines())
        head, _, rest = text.partition("</head>")
        body, _, end = rest.rpartition("</body>")
        footer = f'<footer class="stamp"><p>{lines}</p></footer>\n'
        return f"{head}{meta}</head>{body}{footer}</body>{end}"

    def _on_picture(self, text: str) -> str:
        body, _, end = text.rpartition("</svg>")
        return f"{body}<metadata>{self._plain()}</metadata></svg>{end}"

    def _plain(self) -> str:
        return html.escape(json.dumps(self.as_dict()))


def stamp_of(dataset: str | None) -> Stamp:
    """Return the stamp of the command that runs, for some data."""
    typed: Sequence[str] = click.get_current_context().meta.get(TYPED, ())
    versions = (("keiretsu", __version__), ("python", platform.python_version()))
    return Stamp(
        shlex.join(("keiretsu", *map(_without_secrets, typed))),
        dataset,
        versions + tuple((name, version(name)) for name in DECIDING),
    )


def _without_secrets(word: str) -> str:
    """Return a word of the command line without the password and the key in an address."""
    return _SECRETS.sub(lambda found: f"{found['scheme']}{found['rest']}", word)


def check_place(form: str, places: Sequence[str] = PLACES) -> None:
    """Refuse a stamp on a form that has no place for it.

    Raises
    ------
    click.UsageError
        If it has none.
    """
    if form not in places:
        raise click.UsageError(f"{form} has no place for a stamp; add -f {places[0]}")
