"""The document that a file of records is, known before its records are."""

from __future__ import annotations

import hashlib
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from keiretsu.model import ID, Document
from keiretsu.model.names import slug

if TYPE_CHECKING:
    from keiretsu.formats.opening import Input

_CHUNK: Final = 1024 * 1024


def document_of(source: Input, *, publisher: str | None = None) -> Document:
    """Return the document that a file is: its name and its content, not its folder.

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
    with source.open_packed() as stream:
        while chunk := stream.read(_CHUNK):
            content.update(chunk)
    parts = [part for part in (slug(title), content.hexdigest()[:12]) if part]
    return Document(id=f"{ID}document/{'-'.join(parts)}", title=title, publisher=publisher)
