"""The page of figures, `docs/performance.md`: what each script writes stands between two marks.

Whatever is outside of the marks is prose, and stays.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

PAGE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"


def replaced(text: str, script: str, lines: Iterable[str]) -> str:
    r"""Return a page with other lines between the marks of a script of this folder.

    Raises
    ------
    ValueError
        If the page has not each mark of the script once, in their order.

    Examples
    --------
    >>> begin, end = marks("peers.py")
    >>> print(replaced(f"prose\n{begin}\nold\n{end}\nprose", "peers.py", ["new"]))
    prose
    <!-- written by benchmarks/peers.py: edit nothing until its end -->
    <BLANKLINE>
    new
    <BLANKLINE>
    <!-- end of what benchmarks/peers.py wrote -->
    prose
    """
    begin, end = marks(script)
    before, begun, rest = text.partition(begin)
    _, ended, after = rest.partition(end)
    if not (begun and ended) or begin in rest or end in before + after:
        raise ValueError(f"the page needs these two lines once, in this order: {begin} {end}")
    return before + "\n".join([begin, "", *lines, "", end]) + after


def marks(script: str) -> tuple[str, str]:
    """Return the lines between which a script writes."""
    return (
        f"<!-- written by benchmarks/{script}: edit nothing until its end -->",
        f"<!-- end of what benchmarks/{script} wrote -->",
    )


def rewrite(script: str, lines: Iterable[str]) -> None:
    """Replace what stands between a script's marks in the page of figures."""
    PAGE.write_text(replaced(PAGE.read_text(encoding="utf-8"), script, lines), encoding="utf-8")
