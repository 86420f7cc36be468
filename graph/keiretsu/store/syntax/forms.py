"""Forms: a text written once with marks in some places, of which others are filled copies."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Fill = Callable[..., str]

_SEVERAL = 2


def in_order(iris: Sequence[str]) -> list[str]:
    """Return IRIs, each once, in the order of the lines in which they are objects: `>` ends each.

    Examples
    --------
    >>> in_order(["urn:ab", "urn:a", "urn:a!"])
    ['urn:a!', 'urn:a', 'urn:ab']
    """
    if len(iris) < _SEVERAL:
        return [*iris]
    if len(iris) == _SEVERAL:  # as nearly always where there are several
        one, other = iris
        if one == other:
            return [one]
        return [one, other] if f"{one}>" < f"{other}>" else [other, one]
    return sorted(set(iris), key=lambda iri: f"{iri}>")


def form_of(text: str, marks: Sequence[str]) -> Fill:
    """Return a text as a form to be filled at its marks, in their order.

    Examples
    --------
    >>> form_of("<{A}> is B", ("A", "B"))("1", "2")
    '<{1}> is 2'
    """
    first, *others = marks
    parts = text.split(first)
    filled_in = [(at, _slots(part, others)) for at, part in enumerate(parts)]
    places = [(at, pieces, order) for at, (pieces, order) in filled_in if order]

    def fill(subject: str, *values: str) -> str:
        filled = parts.copy()
        for at, pieces, order in places:
            if len(order) == 1:
                filled[at] = f"{pieces[0]}{values[order[0]]}{pieces[-1]}"
            else:
                some = pieces.copy()
                some[1::2] = [values[number] for number in order]
                filled[at] = "".join(some)
        return subject.join(filled)  # a tenth of the time that `str.format` takes

    return fill


def _slots(text: str, marks: Sequence[str]) -> tuple[list[str], list[int]]:
    """Return a text in pieces, every second of them a mark's place, and which mark's each is."""
    parts, order = [text], list[int]()
    for number, mark in enumerate(marks):
        split = [part.split(mark) for part in parts]
        before = iter([*order, -1])
        order = []
        for pieces in split:
            order += [*[number] * (len(pieces) - 1), next(before)]
        order.pop()
        parts = [piece for pieces in split for piece in pieces]
    return [one for part in parts for one in (part, "")][:-1], order
