"""Writing a file whole or not at all."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from keiretsu.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file so that nobody ever sees half of it.

    Parameters
    ----------
    path
        The file; through a link what it points to is written, a device is written to as it is.
    content
        Its content; text is written as UTF-8.

    Raises
    ------
    InputError
        If it cannot be written.
    """
    data = content if isinstance(content, bytes) else content.encode("utf-8", "backslashreplace")
    write_whole_parts(path, [data])


def write_whole_parts(path: Path, parts: Iterable[bytes]) -> None:
    """Write a file part by part, so that nobody ever sees half of it; see `write_whole`."""
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as device:  # such as /dev/null: it is not to be replaced
                device.writelines(parts)
            return
        target = path.resolve()  # through a link, which stays
        half = target.with_name(f".{target.name[:200]}.{secrets.token_hex(4)}.part")
        try:
            with half.open("wb") as file:
                file.writelines(parts)
            half.replace(target)
        finally:
            half.unlink(missing_ok=True)
    except OSError as error:
        problem = f"cannot be written ({error.strerror})"
        raise InputError(problem, place=str(path), mend="check the folder and its rights") from None
