"""What arrives at a store, on its way in: statements in graphs, and errors with their place."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from keiretsu.errors import InputError
from keiretsu.store.arrange import arrange, document_of
from keiretsu.store.syntax.lines import subject_lines
from keiretsu.store.syntax.parse import decode
from keiretsu.store.vocabularies.translation import may_be_foreign, translated

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from keiretsu.store.arrange import Quad
    from keiretsu.store.syntax.statements import Statement


def content_of(path: str | Path) -> bytes:
    """Return what a file holds.

    Raises
    ------
    InputError
        If it cannot be read.
    """
    try:
        return Path(path).read_bytes()
    except OSError as error:
        problem = f"cannot be read ({error.strerror})"
        raise InputError(problem, place=str(path), mend="check the path") from None


def arranged(said: Sequence[Statement], data: bytes, name: str) -> list[Quad]:
    """Return statements each in its graph, those in other vocabularies than ours translated.

    Parameters
    ----------
    said
        What was parsed.
    data, name
        The document that says it, and what errors call it.

    Raises
    ------
    InputError
        If they cannot be translated or arranged; the place is a subject's IRI, see `placed`.
    """
    document = document_of(data, name)
    if may_be_foreign(data):
        said = list(translated(said, document, name))
    return arrange(said, document, name)


@contextmanager
def placed(data: bytes, name: str) -> Iterator[None]:
    """Tell an error about a subject as one about the line that describes it."""
    try:
        yield
    except InputError as error:
        line = subject_lines(decode(data, name)).get(error.place)
        about = f"{error.problem} (<{error.place}>)" if error.place else error.problem
        place = name if line is None else f"{name}:{line}"
        raise type(error)(about, place=place, mend=error.mend) from None
