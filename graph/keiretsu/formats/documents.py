"""The document that a file of records is, known before its records are."""

from __future__ import annotations

import hashlib
from pathlib import PurePath
from typing import IO, TYPE_CHECKING, Final

from keiretsu.model import ID, Document
from keiretsu.model.names import slug

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from keiretsu.formats.opening import Input

_CHUNK: Final = 8 * 1024 * 1024
"""Bytes hashed at once: so many that another thread is seldom asked to let this one go on."""


def document_of(source: Input, *, publisher: str | None = None) -> Document:
    """Return the document that a file is: its name and its content, not its folder.

    A folder is a document too: its name, and the names and the content of its files.

    The file is read once for that, packed as it is, so that every claim can name its document from
    the first record on.

    Examples
    --------
    >>> from keiretsu.formats.opening import Input
    >>> document_of(Input(b"{}", "some/folder/psc.jsonl")).title
    'psc.jsonl'
    """
    title = PurePath(source.name).name or source.name
    content = hashlib.sha256(title.encode(errors="replace") + b"\0")
    _take(source, content.update)
    parts = [part for part in (slug(title), content.hexdigest()[:12]) if part]
    return Document(id=f"{ID}document/{'-'.join(parts)}", title=title, publisher=publisher)


def content_digest(source: Input) -> str:
    """Return the hash of a file, packed as it is, or of all files of a folder and their names."""
    content = hashlib.sha256()
    _take(source, content.update)
    return content.hexdigest()


def _take(source: Input, update: Callable[[bytes], object]) -> None:
    for name, stream in _streams(source):
        update(name.encode(errors="replace"))
        with stream:
            while chunk := stream.read(_CHUNK):
                update(chunk)


def _streams(source: Input) -> Iterator[tuple[str, IO[bytes]]]:
    if not source.is_folder:
        yield "", source.open_packed()
        return
    for member in source.members():
        yield f"\0{member.member}\0", member.open_packed()
