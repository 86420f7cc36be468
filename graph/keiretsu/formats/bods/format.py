"""The Beneficial Ownership Data Standard 0.4, JSON and JSON Lines; 0.1 to 0.3 are read too.

Standard: standard.openownership.org/en/0.4.0. What is read as what, and what is lost, stands in
`docs/formats.md`.
"""

from __future__ import annotations

import datetime as dt
from typing import IO, TYPE_CHECKING

from keiretsu.formats.bods.check import check_statements
from keiretsu.formats.bods.read import read as _read
from keiretsu.formats.bods.write import write as _write

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from keiretsu.formats.frame import Piece, Reading
    from keiretsu.formats.opening import Input
    from keiretsu.model import ClaimSet, Finding, LossReport


def read(source: Input, reading: Reading) -> Iterator[Piece]:
    """Yield what a file says, see `keiretsu.formats.bods.read.read`."""
    return _read(source, reading)


def write(claims: ClaimSet, stream: IO[bytes], report: LossReport) -> int:
    """Write claims as statements, see `keiretsu.formats.bods.write.write`."""
    return _write(claims, stream, report)


def check(source: Input) -> Sequence[Finding]:
    """Return what the schema and the rules of the standard find in a file, as of today."""
    return check_statements(source, dt.datetime.now(tz=dt.UTC).date())
