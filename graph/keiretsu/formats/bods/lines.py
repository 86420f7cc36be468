"""The Beneficial Ownership Data Standard 0.4 as JSON Lines: a statement on each line.

It is what bulk files are exchanged in; `keiretsu.formats.bods.format` reads it too.
"""

from __future__ import annotations

import json
from typing import IO, TYPE_CHECKING

from keiretsu.formats.bods.write import statements

if TYPE_CHECKING:
    from keiretsu.model import ClaimSet, LossReport


def write(claims: ClaimSet, stream: IO[bytes], report: LossReport) -> int:
    """Write claims as statements, one a line, see `keiretsu.formats.frame.Writer`.

    Returns
    -------
    int
        How many statements were written.
    """
    count = 0
    for one in statements(claims, report):
        text = json.dumps(one, ensure_ascii=False, separators=(",", ":"))
        stream.write(text.encode() + b"\n")
        count += 1
    return count
