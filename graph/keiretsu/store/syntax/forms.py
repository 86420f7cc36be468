"""Forms: a text written once with marks in some places, of which others are filled copies."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Fill = Callable[..., str]


def in_order(iris: Sequence[str]) -> list[str]:
    """Return IRIs, each once, in the order of the lines in which they are objects: `>` ends each.

    Examples
    --------
    >>> in_order(["urn:ab", "urn:a", "urn:a!"])
    ['urn:a!', 'urn:a', 'urn:ab']
    """
    return sorted(set(iris), key=lambda iri: f"{iri}>") if len(iris) > 1 else [*iris]


def form_of(text: str, marks: Sequence[str]) -> Fill:
    """Return a text as a form to be filled at its marks, in their order.

    Examples
    --------
    >>> form_of("<{A}> is B", ("A", "B"))("1", "2")
    '<{1}> is 2'
    """
    form = text.replace("{", "{{").replace("}", "}}")
    for number, mark in enumerate(marks):
        form = form.replace(mark, f"{{{number}}}")
    return form.format
