"""What stands below a table: numbered sources, and what was assumed."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from keiretsu.cli.page import Lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from keiretsu.model import Caution
    from keiretsu.snapshot import Evidence

_FEW = 4
"""So many parties of one warning are named; of more, the first ones and their number."""


class Footnotes:
    """Gives each document a number, in the order in which they are cited."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str | None, str | None], int] = {}

    def cite(self, sources: Iterable[Evidence]) -> str:
        """Return the marks of some sources, such as ``[1][3]``."""
        numbers = dict.fromkeys(self._number(source) for source in sources)
        return "".join(f"[{number}]" for number in numbers)

    def lines(self) -> Lines:
        """Return the sources that were cited."""
        return Lines(
            "Sources",
            tuple(
                f"[{number}] {', '.join(part for part in document if part)}"
                for document, number in self._numbers.items()
            ),
        )

    def _number(self, source: Evidence) -> int:
        document = (source.title, source.publisher, source.date)
        return self._numbers.setdefault(document, len(self._numbers) + 1)


def warning_lines(cautions: Sequence[Caution]) -> Lines:
    """Return what was assumed, in short lines: the same for several parties only once.

    Examples
    --------
    >>> from keiretsu.model import Caution
    >>> warning_lines([Caution("a", "same", ("A",)), Caution("a", "same", ("B", "C"))]).lines
    ('same: A; B → C',)
    >>> warning_lines([Caution("a", "same"), Caution("a", "same", ("B",))]).lines  # of all
    ('same',)
    """
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for caution in cautions:
        groups[caution.code, caution.text].append(" \N{RIGHTWARDS ARROW} ".join(caution.parties))
    lines = []
    for (_, text), parties in groups.items():
        named = parties if all(parties) else []
        more = f"; and {len(named) - _FEW} more" if len(named) > _FEW else ""
        about = "; ".join(named[:_FEW]) + more
        lines.append(f"{text}: {about}" if about else text)
    return Lines("Assumed, or to be known", tuple(lines))
