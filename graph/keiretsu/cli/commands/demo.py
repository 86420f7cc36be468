"""``keiretsu demo``: the alliance's story, and its views."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from keiretsu.cli.gallery import EXHIBITS, FORMS
from keiretsu.cli.options import NO_COLOR, examples
from keiretsu.cli.output import Output
from keiretsu.cli.page import Lines, Page
from keiretsu.cli.story import Story
from keiretsu.errors import InputError
from keiretsu.views.page.gallery import Card, gallery_page

if TYPE_CHECKING:
    from collections.abc import Iterator

WIDTH = 96
INDEX = "index.html"


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
    made(Path(exports))
    output = Output(color=not no_color)
    terminal = sys.stdout.isatty()
    width = min(WIDTH, shutil.get_terminal_size().columns) if terminal else WIDTH
    story = Story.open()
    for page in _all(story, Path(exports)):
        output.write(output.rendered(page, width=width))


def _all(story: Story, folder: Path) -> Iterator[Page]:
    yield from story.pages()
    yield _next(list(write_views(story, folder)), folder)


def made(folder: Path) -> Path:
    """Make a folder if it is not there, and return it.

    Raises
    ------
    InputError
        If it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        problem = f"cannot be made ({error.strerror})"
        raise InputError(problem, place=str(folder), mend="choose another --exports") from None
    return folder


def write_views(story: Story, folder: Path) -> Iterator[Path]:
    """Write every view of the demo into a folder, and yield its file.

    Raises
    ------
    InputError
        If a file cannot be written.
    """
    cards = []
    for exhibit in EXHIBITS:
        drawn = exhibit.make(story.graph)
        picture = drawn.marked(exhibit.mark) if exhibit.mark else drawn
        contents = {form: picture.rendered(form) for form in FORMS}
        for form, content in contents.items():
            path = folder / f"{exhibit.name}.{form}"
            Output(file=str(path)).write(content)
            yield path
        names = tuple(f"{exhibit.name}.{form}" for form in FORMS)
        cards.append(Card(exhibit.question, picture.svg(bare=True), names))
    words = "Each picture opens a page that needs no network: click boxes and lines for sources."
    index = gallery_page("The Renault-Nissan-Mitsubishi alliance in pictures", words, cards)
    Output(file=str(folder / INDEX)).write(index)
    yield folder / INDEX


def _next(written: list[Path], folder: Path) -> Page:
    pages = [str(path) for path in written if path.suffix == ".html"]
    others = len(written) - len(pages)
    return Page(
        f"6. What does it look like? {len(written)} views were written into {folder}",
        (
            Lines("Open in a browser (no network is needed)", tuple(pages[::-1])),
            Lines(
                "", (f"The same as drawings (.svg) and tables (.csv): {others} files beside them.",)
            ),
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
