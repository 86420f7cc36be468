"""``keiretsu demo``: the alliance's story, and its views."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from keiretsu.cli.commands.view import PICTURES, drawn
from keiretsu.cli.options import NO_COLOR, examples
from keiretsu.cli.output import Output
from keiretsu.cli.page import Lines, Page
from keiretsu.cli.story import ARTICLE, MITSUBISHI, NISSAN, RENAULT, UNTIED, Story
from keiretsu.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

WIDTH = 96
VIEWS = {
    "alliance-2019-09-03": ((RENAULT, NISSAN, MITSUBISHI), ARTICLE, 1),
    "alliance-2023-11-09": ((RENAULT, NISSAN, MITSUBISHI), UNTIED, 1),
    "renault-2019-09-03": ((RENAULT,), ARTICLE, 2),
}
"""For each file the parties in focus, the day, and how far it reaches."""


@click.command(
    "demo",
    epilog=examples(
        "keiretsu demo",
        "keiretsu demo --exports /tmp/alliance",
    ),
)
@click.option(
    "--exports",
    metavar="DIR",
    default="exports",
    show_default=True,
    help="The folder into which the views are written.",
)
@NO_COLOR
def command(*, exports: str, no_color: bool) -> None:
    """Tell the alliance's story, and write its views.

    Loads the bundled data, checks it, answers the questions of the case in brief, writes pages and
    pictures, and says what to open.
    """
    output = Output(color=not no_color)
    terminal = sys.stdout.isatty()
    width = min(WIDTH, shutil.get_terminal_size().columns) if terminal else WIDTH
    story = Story.open()
    for page in _all(story, Path(exports)):
        output.write(output.rendered(page, width=width))


def _all(story: Story, folder: Path) -> Iterator[Page]:
    yield from story.pages()
    yield _next(list(write_views(story, folder)), folder)


def write_views(story: Story, folder: Path) -> Iterator[Path]:
    """Write every view of the demo, and yield its file.

    Raises
    ------
    InputError
        If the folder cannot be made or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        problem = f"cannot be made ({error.strerror})"
        raise InputError(problem, place=str(folder), mend="choose another --exports") from None
    for name, (parties, day, depth) in VIEWS.items():
        for form in PICTURES:
            path = folder / f"{name}.{form}"
            Output(file=str(path)).write(drawn(story.worlds[day], parties, depth, form))
            yield path


def _next(written: list[Path], folder: Path) -> Page:
    pages = [str(path) for path in written if path.suffix == ".html"]
    others = len(written) - len(pages)
    return Page(
        f"6. What does it look like? {len(written)} views were written into {folder}",
        (
            Lines("Open in a browser (no network is needed)", tuple(pages)),
            Lines("", (f"The same {others} as pictures to print or paste: .svg beside them.",)),
            Lines(
                "Then try",
                (
                    "keiretsu info --names                  who is in the data",
                    "keiretsu owners Nissan --as-of 2019-09-03",
                    "keiretsu control --ultimate -f csv -o control.csv",
                    "keiretsu control -d YOURS.csv          columns: holder,issuer,capital_percent",
                    "keiretsu --help",
                ),
            ),
        ),
    )
