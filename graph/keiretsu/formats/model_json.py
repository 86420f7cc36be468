"""Values of the model as JSON and back, field by field: what an outside format has no place for.

Used inside other formats (an annotation of BODS); it is no format of its own. What comes back is
checked as strictly as any other input.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import types
from enum import Enum
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Union, get_args, get_origin, get_type_hints

from keiretsu import model
from keiretsu.errors import InputError
from keiretsu.formats.fields import short
from keiretsu.formats.frame import Horizon
from keiretsu.model import PartialDate

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_KINDS: Final[Mapping[str, type]] = {
    kind.__name__: kind
    for kind in (
        model.Agreement,
        model.Capital,
        model.Document,
        model.Edit,
        model.Event,
        model.Figure,
        model.Holding,
        model.Party,
        model.Proposal,
        model.Registration,
        model.Removal,
        model.ShareClass,
        model.Tenure,
        Horizon,
    )
}
_KIND: Final = "is"
_NOT_SAID: Final = frozenset({"place"})


def to_plain(value: object) -> dict[str, Any]:
    """Return a party, document, claim or edit as plain JSON; what is left to its default is absent.

    Examples
    --------
    >>> to_plain(model.Party(id="urn:a", label="A", kind=model.PartyKind.COMPANY))
    {'is': 'Party', 'id': 'urn:a', 'label': 'A', 'kind': 'Company'}
    """
    return {_KIND: type(value).__name__, **_fields(value)}


def from_plain(told: object) -> Any:  # noqa: ANN401 - one of `_KINDS`
    """Return what `to_plain` wrote.

    Raises
    ------
    InputError
        If it is no such thing.

    Examples
    --------
    >>> from_plain({"is": "Party", "id": "urn:a", "label": "A"})
    Party(id='urn:a', label='A', kind=<PartyKind.PARTY: 'Party'>, ...)
    """
    kind = _KINDS.get(str(told.get(_KIND))) if isinstance(told, dict) else None
    if kind is None or not isinstance(told, dict):
        raise InputError(f"{short(told)} is no value of the model", mend="take it out")
    return _object(kind, {key: value for key, value in told.items() if key != _KIND})


def _fields(value: object) -> dict[str, Any]:
    told: dict[str, Any] = {}
    kind: Any = type(value)
    for name, default in _defaults(kind):
        own = getattr(value, name)
        if own is not default and own != default:
            told[name] = _plain(own)
    return told


@cache
def _defaults(kind: Any) -> tuple[tuple[str, object], ...]:  # noqa: ANN401 - a class
    """Return the fields of a kind that are said, and what each is left to."""
    return tuple(
        (field.name, field.default)
        for field in dataclasses.fields(kind)
        if field.name not in _NOT_SAID
    )


def _plain(value: object) -> object:
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (str, Fraction, PartialDate, dt.date)):
        return str(value)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return _fields(value)


def _object(kind: type, told: Mapping[str, Any]) -> object:
    hints = _hints(kind)
    unknown = sorted(told.keys() - hints.keys())
    if unknown:
        raise InputError(f"{short(unknown[0])} is no field of {kind.__name__}", mend="take it out")
    try:
        return kind(**{name: _value(hints[name], value) for name, value in told.items()})
    except (TypeError, ValueError, KeyError) as error:
        if isinstance(error, InputError):
            raise
        problem = f"this is no {kind.__name__} of the model ({error})"
        raise InputError(problem, mend="take it out") from None


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    names = {**vars(model), "dt": dt, "Fraction": Fraction}
    return get_type_hints(kind, localns=names)


def _value(hint: Any, value: Any) -> Any:  # noqa: ANN401 - any field of the model
    if get_origin(hint) in (Union, types.UnionType):
        inner = [one for one in get_args(hint) if one is not type(None)]
        return None if value is None else _value(inner[0], value)
    if get_origin(hint) is tuple:
        return _tuple(get_args(hint), value)
    if hint in (str, int, bool):
        if type(value) is not hint:
            raise TypeError(f"{short(value)} is not of the type {hint.__name__}")
        return value
    read = _READERS.get(hint) or (hint if issubclass(hint, Enum) else None)
    if read is not None:
        return read(value if issubclass(hint, Enum) else str(value))
    if not isinstance(value, dict):
        raise TypeError(f"{short(value)} is not an object")
    return _object(hint, value)


_READERS: Final[Mapping[type, Callable[[str], object]]] = {
    PartialDate: PartialDate.parse,
    dt.date: dt.date.fromisoformat,
    Fraction: model.exact,
}


def _tuple(inner: tuple[Any, ...], value: Any) -> tuple[Any, ...]:  # noqa: ANN401
    if not isinstance(value, list):
        raise TypeError(f"{short(value)} is not a list")
    if len(inner) == 2 and inner[1] is Ellipsis:  # noqa: PLR2004 - tuple[X, ...]
        return tuple(_value(inner[0], one) for one in value)
    return tuple(_value(kind, one) for kind, one in zip(inner, value, strict=True))
