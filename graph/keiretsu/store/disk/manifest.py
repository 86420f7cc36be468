"""What a generation of a store on disk holds, told in a file beside it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from keiretsu.errors import InputError
from keiretsu.model import Caution
from keiretsu.store.disk.through import write_through

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

LAYOUT = 5
"""Version of the folder's layout; a larger one is refused."""
MANIFEST = "manifest.json"
SETTLED, DESCRIBED = ["settled"], ["described"]
MOST_ASSUMED = 1_000
"""Things assumed in loading that a store remembers; of more, their number."""
_ASSUMED = "assumed"
_MARK = "keiretsu_store"


@dataclass(frozen=True)
class Manifest:
    """What a generation holds.

    Parameters
    ----------
    fingerprint
        Of the claims, as in memory.
    horizon
        Last day for which the data claims to be kept, or None.
    inputs
        SHA-256 of each loaded file, by name.
    counts
        How many parties, holdings and other blocks there are.
    files
        Size in bytes of each file.
    keiretsu
        The version that wrote it.
    layout
        Version of the layout.
    notes
        What else is known of the claims; ``["settled"]``, if they are written as they are read: no
        edit is left to be applied, and no two parties are one; ``["described"]``, if whatever is
        named is described too; ``["assumed", code, text, party, ...]`` for each thing that was
        assumed or skipped when files were loaded.
    columns_alone
        1 if what columns hold is not written as N-Quads too, else 0.
    checks
        CRC-32 of the claims and of each file of the index; none in stores of earlier layouts.
    """

    fingerprint: str
    horizon: str | None
    inputs: dict[str, str]
    counts: dict[str, int]
    files: dict[str, int]
    keiretsu: str
    layout: int = LAYOUT
    notes: list[list[Any]] = field(default_factory=list)
    columns_alone: int = 0
    checks: dict[str, int] = field(default_factory=dict)

    @property
    def is_settled(self) -> bool:
        """Whether claims are known to be written as they are read."""
        return SETTLED in self.notes

    @property
    def assumed(self) -> tuple[Caution, ...]:
        """What was assumed or skipped when files were loaded, and is so of every answer."""
        told = (note[1:] for note in self.notes if note[0] == _ASSUMED)
        return tuple(Caution(code, text, tuple(parties)) for code, text, *parties in told)

    def write(self, folder: Path) -> None:
        """Write it into a generation's folder, through to the disk."""
        data = asdict(self)
        data[_MARK] = data.pop("layout")
        write_through(folder / MANIFEST, json.dumps(data, indent=1, sort_keys=True))

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """Read it, and check that the generation's files are all there.

        Raises
        ------
        InputError
            If the store is damaged, or written by a version from the future.
        """
        place = str(folder.parent)
        try:
            data = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
            layout = data.pop(_MARK)
            if layout > LAYOUT:
                raise InputError(
                    f"the store has layout {layout}, which keiretsu {data.get('keiretsu')} wrote",
                    place=place,
                    mend=f"use that version; this one reads layouts up to {LAYOUT}",
                )
            manifest = cls(**(data | {"layout": layout}))
            sizes = {name: (folder / name).stat().st_size for name in manifest.files}
        except (OSError, ValueError, KeyError, TypeError) as error:
            if isinstance(error, InputError):
                raise
            raise damaged(place) from None
        if sizes != manifest.files:
            raise damaged(place)
        return manifest


def is_manifest(told: Any) -> bool:  # noqa: ANN401 - whatever a file holds
    """Return whether what was read is what a load tells of its generation."""
    return _MARK in told


def damaged(place: str) -> InputError:
    """Return the error for a store that is not as it was written."""
    return InputError(
        "the store is damaged", place=place, mend="load its files again into another folder"
    )


def notes_of(cautions: Iterable[Caution]) -> list[list[Any]]:
    """Return cautions of loading as notes, each once; of very many the first ones.

    Examples
    --------
    >>> notes_of([Caution("skipped", "2 rows were skipped in t.csv")])
    [['assumed', 'skipped', '2 rows were skipped in t.csv']]
    """
    found = sorted(set(cautions))
    more = len(found) - MOST_ASSUMED
    if more > 0:
        text = f"{more:,} further things were assumed when files were loaded into the store"
        found = sorted([*found[:MOST_ASSUMED], Caution("assumed-in-loading", text)])
    return [[_ASSUMED, one.code, one.text, *one.parties] for one in found]
