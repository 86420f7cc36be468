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
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING, Any, Final, Union, get_args, get_origin, get_type_hints

from keiretsu import model
from keiretsu.errors import InputError
from keiretsu.formats.fields import short
from keiretsu.formats.frame import Horizon
from keiretsu.model import Claim, PartialDate

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


def from_plain(told: object, place: str | None = None) -> Any:  # noqa: ANN401 - one of `_KINDS`
    """Return what `to_plain` wrote.

    Parameters
    ----------
    told
        The object of JSON.
    place
        Where it stands, if a claim is to say so.

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
    said = {key: value for key, value in told.items() if key != _KIND}
    if place is not None and issubclass(kind, Claim):
        said["place"] = place
    return _object(kind, said)


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
    readers = _readers_of(kind)
    unknown = sorted(told.keys() - readers.keys())
    if unknown:
        raise InputError(f"{short(unknown[0])} is no field of {kind.__name__}", mend="take it out")
    try:
        return kind(**{name: readers[name](value) for name, value in told.items()})
    except (TypeError, ValueError, KeyError) as error:
        if isinstance(error, InputError):
            raise
        problem = f"this is no {kind.__name__} of the model ({error})"
        raise InputError(problem, mend="take it out") from None


@cache  # what a field's type means is found out once, not for each of a million values
def _readers_of(kind: type) -> Mapping[str, Callable[[Any], object]]:
    names = {**vars(model), "dt": dt, "Fraction": Fraction}
    return {name: _reader(hint) for name, hint in get_type_hints(kind, localns=names).items()}


def _reader(hint: Any) -> Callable[[Any], object]:  # noqa: ANN401 - the type of any field
    """Return what reads values of a type."""
    if get_origin(hint) in (Union, types.UnionType):
        inner = _reader(next(one for one in get_args(hint) if one is not type(None)))
        return lambda value: None if value is None else inner(value)
    if get_origin(hint) is tuple:
        return _tuple_reader(get_args(hint))
    if hint in (str, int, bool):
        return partial(_of_type, hint)
    if issubclass(hint, Enum):
        of_code: Callable[[Any], object] = hint
        return of_code
    read = _READERS.get(hint)
    return partial(_nested, hint) if read is None else lambda value: read(str(value))


def _of_type(kind: type, value: Any) -> object:  # noqa: ANN401
    if type(value) is not kind:
        raise TypeError(f"{short(value)} is not of the type {kind.__name__}")
    return value


def _nested(kind: type, value: Any) -> object:  # noqa: ANN401
    if not isinstance(value, dict):
        raise TypeError(f"{short(value)} is not an object")
    return _object(kind, value)


_OFTEN: Final = 16_384
"""Days and shares that are remembered: a register tells the same ones again and again."""
_READERS: Final[Mapping[type, Callable[[str], object]]] = {
    PartialDate: lru_cache(_OFTEN)(PartialDate.parse),
    dt.date: dt.date.fromisoformat,
    Fraction: lru_cache(_OFTEN)(model.exact),
}


def _tuple_reader(inner: tuple[Any, ...]) -> Callable[[Any], tuple[Any, ...]]:
    if len(inner) == 2 and inner[1] is Ellipsis:  # noqa: PLR2004 - tuple[X, ...]
        of_each = _reader(inner[0])
        return lambda value: tuple(map(of_each, _listed(value)))
    readers = [*map(_reader, inner)]
    return lambda value: tuple(read(one) for read, one in zip(readers, _listed(value), strict=True))


def _listed(value: Any) -> list[Any]:  # noqa: ANN401
    if not isinstance(value, list):
        raise TypeError(f"{short(value)} is not a list")
    return value
