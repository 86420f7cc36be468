"""The parameters of the JSON API: what each takes, read from an address and described."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from keiretsu.model import exact
from keiretsu.service.faults import RequestFaultError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


class Kind(StrEnum):
    """What a parameter takes."""

    TEXT = "text"
    TEXTS = "texts"
    """Any number of texts: the parameter may be repeated."""
    PERCENT = "percent"
    FLAG = "flag"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a route.

    Parameters
    ----------
    name
        Its name in the address, with hyphens as the command line has it.
    help
        What it means.
    kind
        What it takes.
    required
        Whether a request must give it.
    choices
        The values that it takes, if they are few.
    argument
        The name of the function's argument, if it is another one.
    """

    name: str
    help: str
    kind: Kind = Kind.TEXT
    required: bool = False
    choices: tuple[str, ...] = ()
    argument: str = ""

    @property
    def target(self) -> str:
        """The name of the function's argument."""
        return self.argument or self.name.replace("-", "_")

    def read(self, values: Sequence[str]) -> Any:  # noqa: ANN401 - as its kind says
        """Return the value as the function takes it.

        Raises
        ------
        RequestFaultError
            400 if it is not of its kind, or given more than once.

        Examples
        --------
        >>> Parameter("threshold", "", Kind.PERCENT).read(["33.4"])
        Fraction(167, 500)
        """
        if self.kind is Kind.TEXTS:
            return tuple(values)
        if len(values) > 1:
            raise self._fault("is given more than once", "give it once")
        value = values[0]
        if self.choices and value not in self.choices:
            raise self._fault(f"{value!r} is not known", f"use {', '.join(self.choices)}")
        try:
            return _READERS[self.kind](value)
        except ValueError:
            raise self._fault(f"{value!r} is no {self.kind}", _MENDS[self.kind]) from None

    def schema(self) -> dict[str, Any]:
        """Return the parameter as OpenAPI describes it."""
        kind: dict[str, Any] = dict(_SCHEMAS[self.kind])
        if self.choices:
            kind["enum"] = list(self.choices)
        return {
            "name": self.name,
            "in": "query",
            "description": self.help,
            "required": self.required,
            "schema": kind,
        }

    def _fault(self, problem: str, mend: str) -> RequestFaultError:
        return RequestFaultError(HTTPStatus.BAD_REQUEST, f"{self.name}: {problem}", mend)


def read_all(parameters: Sequence[Parameter], given: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Return the arguments that a request gives, by the names that the function has for them.

    Raises
    ------
    RequestFaultError
        400 if one is unknown, missing or not of its kind.
    """
    known = {parameter.name: parameter for parameter in parameters}
    for name in given:
        if name not in known:
            mend = f"use {', '.join(known)}" if known else "leave it out"
            raise RequestFaultError(HTTPStatus.BAD_REQUEST, f"no parameter {name!r}", mend)
    for name, parameter in known.items():
        if parameter.required and name not in given:
            raise RequestFaultError(
                HTTPStatus.BAD_REQUEST, f"the parameter {name!r} is missing", f"add {name}=..."
            )
    return {known[name].target: known[name].read(values) for name, values in given.items()}


def _flag(value: str) -> bool:
    return {"true": True, "1": True, "": True, "false": False, "0": False}[value.lower()]


def _checked_flag(value: str) -> bool:
    try:
        return _flag(value)
    except KeyError:
        raise ValueError(value) from None


def _count(value: str) -> int:
    if not (value.isdecimal() and value.isascii() and len(value) < 10):  # noqa: PLR2004 - int32
        raise ValueError(value)
    return int(value)


_READERS: Mapping[Kind, Callable[[str], Any]] = {
    Kind.TEXT: str,
    Kind.PERCENT: lambda value: exact(value.rstrip("% ").replace(",", ".")) / 100,
    Kind.FLAG: _checked_flag,
    Kind.COUNT: _count,
}
_MENDS = {
    Kind.TEXT: "",
    Kind.PERCENT: "write it like 33.4",
    Kind.FLAG: "write true or false",
    Kind.COUNT: "write it like 3",
}
_SCHEMAS: Mapping[Kind, Mapping[str, Any]] = {
    Kind.TEXT: {"type": "string"},
    Kind.TEXTS: {"type": "array", "items": {"type": "string"}},
    Kind.PERCENT: {"type": "string", "examples": ["33.4"]},
    Kind.FLAG: {"type": "boolean"},
    Kind.COUNT: {"type": "integer", "minimum": 0},
}
