"""The holdings table as tab-separated text; it is read as any text is."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from keiretsu.formats.table.write import write_tsv

if TYPE_CHECKING:
    from keiretsu.model import ClaimSet, LossReport


def write(claims: ClaimSet, stream: IO[bytes], report: LossReport) -> int:
    """Write holdings, see `keiretsu.formats.table.write.write_tsv`."""
    return write_tsv(claims, stream, report)
