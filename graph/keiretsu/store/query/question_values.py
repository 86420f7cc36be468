"""Values of the parameters of questions, read as terms of their kinds."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from rdflib import URIRef

from keiretsu.errors import AmbiguousNameError, InputError, NameNotFoundError
from keiretsu.model import PartialDate, exact
from keiretsu.model.names import fold
from keiretsu.store import literals

if TYPE_CHECKING:
    from collections.abc import Callable

    from rdflib.term import Node

    from keiretsu.model import ClaimSet

_HORIZON: Final = "horizon"


class ParameterKind(StrEnum):
    """What a parameter takes."""

    PARTY = "party"
    """A party: its IRI, or a whole name or identifier of it."""
    DATE = "date"
    """A date; ``horizon`` is the last day for which the data claims to be kept."""
    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a named question; without a `default` it must be given."""

    name: str
    kind: ParameterKind
    default: str | None = None


def read_value(parameter: Parameter, value: object, claims: Callable[[], ClaimSet]) -> Node:
    """Return a value as the term of its parameter's kind.

    Parameters
    ----------
    parameter
        What it is for.
    value
        The value; None if none was given and there is no default.
    claims
        Gives the claims, by whose names parties are found and whose horizon is a date.

    Raises
    ------
    InputError
        If it is missing, or not of its kind.
    NameNotFoundError
        If no party has the name given.
    AmbiguousNameError
        If several parties have it.
    """
    if value is None:
        raise InputError(
            f"the parameter {parameter.name!r} is missing",
            mend=f"give {parameter.name}=... ({parameter.kind})",
        )
    try:
        match parameter.kind:
            case ParameterKind.PARTY:
                return _party(str(value), claims())
            case ParameterKind.DATE:
                return literals.date(_date(value, claims))
            case ParameterKind.INTEGER:
                return literals.integer(int(str(value)))
            case ParameterKind.DECIMAL:
                return literals.decimal(exact(str(value)))
            case ParameterKind.TEXT:
                return literals.text(str(value))
    except ValueError as error:
        problem = error.problem if isinstance(error, InputError) else f"{value!r} is not a number"
        mend = error.mend if isinstance(error, InputError) else "write it like 3"
        raise InputError(f"{parameter.name}: {problem}", mend=mend) from None


def _date(value: object, claims: Callable[[], ClaimSet]) -> PartialDate:
    if value != _HORIZON:
        return PartialDate.parse(value if isinstance(value, dt.date) else str(value))
    horizon = claims().horizon
    if horizon is None:
        raise InputError("the data states no horizon", mend="give a date")
    return PartialDate.parse(horizon)


def _party(value: str, claims: ClaimSet) -> URIRef:
    if value in claims.parties:
        return URIRef(value)
    wanted = fold(value)
    found = [
        party.id
        for party in claims.parties.values()
        if wanted and any(fold(name) == wanted for name in party.names)
    ]
    if len(found) > 1:
        raise AmbiguousNameError(value, found)
    if found:
        return URIRef(found[0])
    labels = sorted({party.label for party in claims.parties.values()})
    raise NameNotFoundError(value, get_close_matches(value, labels, n=3))
