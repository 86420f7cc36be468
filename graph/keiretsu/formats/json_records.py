"""Records of JSON, one after the other, each with its line.

Text comes from strangers: what is not UTF-8, is nested too deeply or has no end is refused with its
place before anything is made of it, and no more than one record is held at a time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from keiretsu.errors import InputError
from keiretsu.formats.json_text import JsonText, value_of_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from keiretsu.formats.frame import Reading
    from keiretsu.formats.opening import Input


class JsonRecord(NamedTuple):
    """A JSON value that is one record, and where it begins."""

    value: Any
    place: str


def json_records(
    source: Input, reading: Reading, quick: Callable[[str], object] | None = None
) -> Iterator[JsonRecord]:
    r"""Yield the elements of a JSON array, or the values of JSON Lines or of a single value.

    Parameters
    ----------
    source
        UTF-8 text with or without a byte order mark, lines ended by LF or CRLF.
    reading
        Told of malformed lines, which it may skip; in an array, nothing after a malformed element
        can be read, so that is always an error.
    quick
        Makes a value of a line of JSON Lines; gives None for one that is to be read as JSON.

    Raises
    ------
    InputError
        At a malformed record, if the file is cut short, or if there is none.

    Examples
    --------
    >>> from keiretsu.formats.frame import Reading
    >>> from keiretsu.formats.opening import Input
    >>> lines = Input(b'{"a": 1}\n\n{"a": 2}\n', "x.jsonl")
    >>> [(r.value, r.place) for r in json_records(lines, Reading("x.jsonl"))]
    [({'a': 1}, 'x.jsonl:1'), ({'a': 2}, 'x.jsonl:3')]
    >>> array = Input(b'[{"a": 1},\n {"a": 2}]', "x.json")
    >>> [(r.value, r.place) for r in json_records(array, Reading("x.json"))]
    [({'a': 1}, 'x.json:1'), ({'a': 2}, 'x.json:2')]
    """
    with source.open() as stream:
        text = JsonText(stream, source.name)
        if not text.skip_space():
            raise InputError("the file is empty", place=source.name, mend="give one with records")
        if text.ahead() == "[":
            yield from _elements(text)
        else:
            yield from _lines(text, reading, quick)


def _elements(text: JsonText) -> Iterator[JsonRecord]:
    text.skip()
    closing = text.skip_space() and text.ahead() == "]"
    while not closing:
        _go_on(text)
        place = text.place
        yield JsonRecord(text.value(), place)
        _go_on(text)
        if text.ahead() not in ",]":
            raise InputError("this is not JSON (no comma)", place=text.place, mend="correct it")
        closing = text.ahead() == "]"
        if not closing:
            text.skip()
    text.skip()
    if text.skip_space():
        problem = "something follows the end of the array"
        raise InputError(problem, place=text.place, mend="take it out")


def _go_on(text: JsonText) -> None:
    if not text.skip_space():
        problem = "the array is not closed: the file is cut short"
        raise InputError(problem, place=text.place, mend="fetch it again")


def _lines(
    text: JsonText, reading: Reading, quick: Callable[[str], object] | None
) -> Iterator[JsonRecord]:
    """Yield values: one a line, or laid out over several lines if the first one is."""
    line = text.line
    first = _next_value(text, reading)
    if first is not None:
        yield first
    if first is None or text.line == line:
        yield from _one_a_line(text, reading, quick)
        return
    while text.skip_space():
        record = _next_value(text, reading)
        if record is not None:
            yield record


def _next_value(text: JsonText, reading: Reading) -> JsonRecord | None:
    line, place = text.line, text.place
    try:
        return JsonRecord(text.value(), place)
    except InputError as error:
        reading.count()
        reading.refuse(error, place)
        if text.line == line:
            text.rest_of_line()  # what is malformed was not gone past yet
        return None


def _one_a_line(
    text: JsonText, reading: Reading, quick: Callable[[str], object] | None
) -> Iterator[JsonRecord]:
    name = text.name
    for number, line in text.lines():
        if not line.strip(" \t\r"):
            continue
        place = f"{name}:{number}"
        if quick is not None and (typed := quick(line)) is not None:
            yield JsonRecord(typed, place)
            continue
        try:
            value = value_of_line(line, place)
        except InputError as error:
            reading.count()
            reading.refuse(error, place)
            continue
        yield JsonRecord(value, place)
