"""Members of one JSON object that is too large to hold: an array within it, element by element."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from keiretsu.errors import InputError
from keiretsu.formats.json_records import JsonRecord
from keiretsu.formats.json_text import JsonText

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keiretsu.formats.opening import Input


class Member(NamedTuple):
    """A value within an object: the names that lead to it, and the value with its place."""

    path: tuple[str, ...]
    record: JsonRecord


def json_members(source: Input, *path: str) -> Iterator[Member]:
    r"""Yield the members of the object that a file is; the array at `path` element by element.

    No more than one value is held at a time, as in `keiretsu.formats.json_records.json_records`.

    Parameters
    ----------
    source
        UTF-8 text with or without a byte order mark.
    *path
        The names of the members that lead to the array.

    Yields
    ------
    Member
        In the order of the file; members beside the path whole.

    Raises
    ------
    InputError
        If the file is no such object, is malformed, or is cut short.

    Examples
    --------
    >>> from keiretsu.formats.opening import Input
    >>> text = Input(b'{"head": 1, "results": {"x": 2,\n "rows": [3, 4]}}', "x.json")
    >>> for member in json_members(text, "results", "rows"):
    ...     print(".".join(member.path), member.record.value, member.record.place)
    head 1 x.json:1
    results.x 2 x.json:1
    results.rows 3 x.json:2
    results.rows 4 x.json:2
    """
    with source.open() as stream:
        text = JsonText(stream, source.name)
        _go_on(text)
        yield from _object(text, (), path)
        if text.skip_space():
            problem = "something follows the end of the object"
            raise InputError(problem, place=text.place, mend="take it out")


def _object(text: JsonText, at: tuple[str, ...], path: tuple[str, ...]) -> Iterator[Member]:
    for _ in _parts(text, "{}"):
        place = text.place
        name = text.value()
        if not isinstance(name, str):
            raise _no_json("a name in quotes is missing", place)
        _go_on(text)
        if text.ahead() != ":":
            raise _no_json("no colon", text.place)
        text.skip()
        _go_on(text)
        here = (*at, name)
        if here == path[:-1][: len(here)] and text.ahead() == "{":
            yield from _object(text, here, path)
        elif here == path:
            for _ in _parts(text, "[]"):
                place = text.place
                yield Member(here, JsonRecord(text.value(), place))
        else:
            place = text.place
            yield Member(here, JsonRecord(text.value(), place))


def _parts(text: JsonText, ends: str) -> Iterator[None]:
    """Go through the parts of an object or array; whoever iterates reads each part."""
    opening, closing = ends[0], ends[1]
    if text.ahead() != opening:
        raise _no_json(f"no {opening}", text.place)
    text.skip()
    _go_on(text)
    while text.ahead() != closing:
        yield
        _go_on(text)
        if text.ahead() not in (",", closing):
            raise _no_json("no comma", text.place)
        if text.ahead() == ",":
            text.skip()
            _go_on(text)
            if text.ahead() == closing:
                raise _no_json("a comma before the end", text.place)
    text.skip()


def _go_on(text: JsonText) -> None:
    if not text.skip_space():
        problem = "the file ends within a record: it is cut short"
        raise InputError(problem, place=text.place, mend="fetch it again")


def _no_json(reason: str, place: str) -> InputError:
    return InputError(f"this is not JSON ({reason})", place=place, mend="correct it")
