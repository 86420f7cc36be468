"""A file of names, such as a sanctions list, and the parties of the data that it names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from keiretsu.errors import AmbiguousNameError, InputError, NameNotFoundError
from keiretsu.formats.party_list import party_list
from keiretsu.model import Caution
from keiretsu.model.names import fold

if TYPE_CHECKING:
    from keiretsu.snapshot import Snapshot

_LARGEST = 50_000_000
_FEW = 5


def read_names(file: str) -> list[tuple[str, ...]]:
    """Return the entries of a file; each is one or more names of the same party.

    Parameters
    ----------
    file
        Path of a list in any of the forms of `keiretsu.formats.party_list`.

    Raises
    ------
    InputError
        If it cannot be read, is not UTF-8, or names nobody.
    """
    try:
        data = Path(file).read_bytes()
    except OSError as error:
        problem = f"cannot be read ({error.strerror})"
        raise InputError(problem, place=file, mend="check the path") from None
    if len(data) > _LARGEST:
        raise InputError("is larger than 50 megabytes", place=file, mend="split it")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        place = f"{file}:{line}"
        raise InputError("is not UTF-8 text", place=place, mend="save it as UTF-8") from None
    entries = party_list(text, file)
    if not entries:
        raise InputError("names nobody", place=file, mend="write one name a line")
    return entries


def find_parties(
    snapshot: Snapshot, entries: list[tuple[str, ...]], file: str
) -> tuple[list[str], list[Caution]]:
    """Return the IRIs of the parties that entries name, and what was not found.

    A list is longer than any one data set, so an entry that is not found is no error; it is told,
    so that a misspelling does not pass for an all-clear. A name of several parties is all of them.

    Raises
    ------
    InputError
        If none of the entries is found.
    """
    found: dict[str, None] = {}
    missing, several = [], []
    for names in entries:
        hits: dict[str, None] = {}
        for name in names:
            try:
                hits[snapshot.parties[snapshot.position(name)].id] = None
            except NameNotFoundError:
                continue
            except AmbiguousNameError:
                hits |= dict.fromkeys(snapshot.parties[p].id for p in _all_of(snapshot, name))
        if len(hits) > 1:
            several.append(names[0])
        if not hits:
            missing.append(names[0])
        found |= hits
    if not found:
        raise InputError(
            f"none of its {len(entries)} names is a party of the data",
            place=file,
            mend="list the names of the data with 'info --names'",
        )
    return list(found), [
        *_told("not-in-data", "names that are no party of the data", missing, file),
        *_told("several-parties", "names of several parties, all of them taken", several, file),
    ]


def _all_of(snapshot: Snapshot, name: str) -> list[int]:
    folded = fold(name)
    return [
        place
        for place, party in enumerate(snapshot.parties)
        if any(fold(alias) == folded for alias in party.names)
    ]


def _told(code: str, what: str, names: list[str], file: str) -> list[Caution]:
    if not names:
        return []
    more = f" and {len(names) - _FEW} more" if len(names) > _FEW else ""
    shown = "; ".join(names[:_FEW])
    return [Caution(code, f"{file} has {len(names)} {what}: {shown}{more}")]
