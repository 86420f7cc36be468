"""What can go wrong, each with its place and its mend.

Factored out so that every room can raise the same errors without importing another room.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction


_LONGEST_NAME = 200
"""Characters of a name in a message; firms' names have fewer."""


def shortened(text: str, longest: int = _LONGEST_NAME) -> str:
    """Return a stranger's text short enough for one line of a message.

    Examples
    --------
    >>> shortened("Renault"), shortened("A" * 10_000, 5)
    ('Renault', 'AAAA…')
    """
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


class KeiretsuError(Exception):
    """Base of all errors that a user can mend.

    Parameters
    ----------
    problem
        What is wrong, in one clause.
    place
        Where it is wrong, such as ``holdings.csv:3`` or a claim's IRI.
    mend
        What to do about it, in one clause.
    """

    def __init__(self, problem: str, *, place: str = "", mend: str = "") -> None:
        self.problem, self.place, self.mend = problem, place, mend
        super().__init__(problem)

    def __str__(self) -> str:
        """Return the error as one line: place, problem, mend."""
        line = f"{self.place}: {self.problem}" if self.place else self.problem
        return " ".join((f"{line}; {self.mend}" if self.mend else line).split())


class InputError(KeiretsuError, ValueError):
    """A file, a value or an option cannot be read as what it should be."""


class UnknownTermError(InputError):
    """A word of a vocabulary, a code list or a table header is not one we know."""


class NameNotFoundError(KeiretsuError, LookupError):
    """No party has the name asked for; the nearest names are offered."""

    def __init__(self, name: str, nearest: Sequence[str] = ()) -> None:
        self.name, self.nearest = name, tuple(nearest)
        listing = "list names with 'info --names'"
        offer = f"nearest: {', '.join(map(shortened, self.nearest))}" if nearest else listing
        super().__init__(f"no party is named {shortened(name)!r}", mend=offer)


class AmbiguousNameError(KeiretsuError, LookupError):
    """Several parties have the name asked for."""

    def __init__(self, name: str, candidates: Sequence[str]) -> None:
        self.name, self.candidates = name, tuple(candidates)
        super().__init__(
            f"{shortened(name)!r} names {len(candidates)} parties",
            mend=f"use one of: {', '.join(map(shortened, self.candidates))}",
        )


class OverAllocatedError(KeiretsuError, ValueError):
    """The holdings of one issuer add up to more than the whole, beyond rounding."""

    def __init__(
        self, issuer: str, total: Fraction, *, place: str = "", what: str = "holdings"
    ) -> None:
        self.issuer, self.total = issuer, total
        percent = float(total * 100)
        super().__init__(
            f"{what} of {shortened(issuer)!r} add up to {percent:.6g} %, more than 100 %",
            place=place,
            mend="correct the rows, end the older ones, or mark the doubtful ones disputed",
        )


class QueryRefusedError(KeiretsuError, ValueError):
    """A query asks for something that is not allowed here."""


class DeadlineError(KeiretsuError, TimeoutError):
    """Work was stopped at its deadline."""


class EndpointError(KeiretsuError, ConnectionError):
    """A SPARQL endpoint cannot be reached, or does not answer whole and in its form."""
