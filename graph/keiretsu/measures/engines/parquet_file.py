"""A Parquet file of rows, written so that nobody ever sees half of it."""

from __future__ import annotations

import secrets
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from keiretsu.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator


def check_place(place: str, *, as_folder: bool) -> None:
    """Refuse a place that rows cannot go to, before there are any.

    Raises
    ------
    InputError
        If there is something where a folder is to be made, or no folder for a file.
    """
    if as_folder:
        if Path(place).exists():
            raise InputError("there is something already", place=place, mend="name a new folder")
        return
    with whole_file(place, keep=False):
        pass


@contextmanager
def whole_file(place: str, *, keep: bool = True) -> Iterator[str]:
    """Give the name of a file beside a place; what was written to it goes there in the end.

    Raises
    ------
    InputError
        If the file cannot be written.
    """
    path = Path(place)
    if path.is_dir():
        raise InputError("is a folder", place=place, mend="name a file, such as rows.parquet")
    half = path.with_name(f".{path.name[:200]}.{secrets.token_hex(4)}.part")
    try:
        half.open("xb").close()  # whoever writes later tells less well why it cannot
        yield str(half)
        if keep:
            half.replace(path)
    except OSError as error:
        problem = f"cannot be written ({error.strerror or type(error).__name__})"
        raise InputError(problem, place=place, mend="check the folder and its rights") from None
    finally:
        half.unlink(missing_ok=True)
