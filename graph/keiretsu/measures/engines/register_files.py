"""A register as Parquet files: what engines read, and what columns are written to.

A folder has ``holdings.parquet`` and ``issuers.parquet``, each a file or a folder of parts as Spark
writes them, and, where parties have names, ``parties.parquet``. The page *A register beyond one
machine's memory* of the guides describes the columns.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from keiretsu.errors import InputError

HOLDINGS, ISSUERS, PARTIES = "holdings.parquet", "issuers.parquet", "parties.parquet"
MANIFEST = "register.json"
VERSION = 1
_REMOTE = "://"


@dataclass(frozen=True, slots=True)
class RegisterFiles:
    """Where a register lies, and what is told of it.

    Parameters
    ----------
    folder
        A folder, or an address that Spark can read.
    as_of
        The day of the register; None if it is not told.
    parties, holdings
        How many there are, if that is told.
    named
        Whether its parties have identifiers and labels.
    """

    folder: str
    as_of: dt.date | None = None
    parties: int | None = None
    holdings: int | None = None
    named: bool = False

    @classmethod
    def at(cls, folder: str | Path) -> RegisterFiles:
        """Return the register in a folder.

        Raises
        ------
        InputError
            If there is none, or it is of a version that this one does not read.
        """
        place = str(folder)
        if _REMOTE in place:
            return cls(place)
        if not is_register(place):
            mend = f"a register has {HOLDINGS} and {ISSUERS}"
            raise InputError("there is no register in Parquet", place=place, mend=mend)
        told = _manifest(Path(place) / MANIFEST)
        return cls(place, **told, named=(Path(place) / PARTIES).exists())

    def path(self, table: str) -> str:
        """Return where a table of the register lies."""
        return f"{self.folder.rstrip('/')}/{table}"


def is_register(folder: str | Path) -> bool:
    """Return whether a folder holds a register in Parquet."""
    return all((Path(folder) / table).exists() for table in (HOLDINGS, ISSUERS))


def _manifest(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        version, day = told["version"], told["as_of"]
        found = {
            "as_of": dt.date.fromisoformat(day),
            "parties": int(told["parties"]),
            "holdings": int(told["holdings"]),
        }
    except (ValueError, TypeError, KeyError) as error:
        problem = f"the register's description cannot be read ({type(error).__name__})"
        raise InputError(problem, place=str(path), mend="write it again, or remove it") from None
    if version != VERSION:
        problem = f"the register has version {version}, and this is read: {VERSION}"
        raise InputError(problem, place=str(path), mend="use the Keiretsu that wrote it")
    return found


def arrow() -> tuple[Any, Any]:
    """Return pyarrow and its reader of Parquet.

    Raises
    ------
    InputError
        If pyarrow is not installed.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415 - heavy, and only Parquet needs it
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError:
        mend = "pip install 'keiretsu[register]'"
        raise InputError("a register in Parquet needs the package pyarrow", mend=mend) from None
    return pa, pq
