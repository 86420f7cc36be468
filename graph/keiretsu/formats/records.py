"""Records of JSON and of delimited text, one after the other, each with its line.

Text comes from strangers: what is not UTF-8, is nested too deeply or has no end is refused with its
place before anything is made of it, and no more than one record is held at a time.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from typing import IO, TYPE_CHECKING, Any, NamedTuple, NoReturn, TypeVar

from keiretsu.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from keiretsu.formats.frame import Reading
    from keiretsu.formats.opening import Input

RECORD_LIMIT = 16 * 1024 * 1024
"""Characters of one record; more is no record."""
_CHUNK = 1024 * 1024
_TOKEN = 4096
"""Characters; an error this near to the end of what was read can be a token cut in two."""
_SPACE = re.compile(r"[ \t\r\n]*")
_SURROGATE = re.compile("[\ud800-\udfff]")


class JsonRecord(NamedTuple):
    """A JSON value that is one record, and where it begins."""

    value: Any
    place: str


class CsvRecord(NamedTuple):
    """The cells of one record by the titles of their columns, and where it begins."""

    cells: dict[str, str]
    place: str


Made = TypeVar("Made")
"""What is made of the cells of a row."""


def json_records(source: Input, reading: Reading) -> Iterator[JsonRecord]:
    r"""Yield the elements of a JSON array, or the values of JSON Lines or of a single value.

    Parameters
    ----------
    source
        UTF-8 text with or without a byte order mark, lines ended by LF or CRLF.
    reading
        Told of malformed lines, which it may skip; in an array, nothing after a malformed element
        can be read, so that is always an error.

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
        text = _Text(stream, source.name)
        if not text.skip_space():
            raise InputError("the file is empty", place=source.name, mend="give one with records")
        if text.ahead() == "[":
            yield from _elements(text)
        else:
            yield from _lines(text, reading)


def csv_records(
    source: Input, reading: Reading, *, needed: tuple[str, ...] = (), delimiter: str = ","
) -> Iterator[CsvRecord]:
    r"""Yield the records of comma-separated text by the titles of their columns.

    Parameters
    ----------
    source, reading, needed, delimiter
        As in `csv_rows`.

    Examples
    --------
    >>> from keiretsu.formats.frame import Reading
    >>> from keiretsu.formats.opening import Input
    >>> table = Input(b"LEI,Name\r\n1,A\r\n", "x.csv")
    >>> [(r.cells, r.place) for r in csv_records(table, Reading("x.csv"))]
    [({'LEI': '1', 'Name': 'A'}, 'x.csv:2')]
    """

    def by_title(titles: Sequence[str]) -> Callable[[Sequence[str]], dict[str, str]]:
        return lambda cells: dict(zip(titles, cells, strict=True))

    for cells, place in csv_rows(source, reading, by_title, needed=needed, delimiter=delimiter):
        yield CsvRecord(cells, place)


def csv_rows(
    source: Input,
    reading: Reading,
    plan: Callable[[Sequence[str]], Callable[[Sequence[str]], Made]],
    *,
    needed: tuple[str, ...] = (),
    delimiter: str = ",",
) -> Iterator[tuple[Made, str]]:
    r"""Yield what is made of each row of comma-separated text, and where it begins.

    Parameters
    ----------
    source
        UTF-8 text with or without a byte order mark.
    reading
        Told of ragged records, which it may skip.
    plan
        Given the titles of the columns, returns what is called with the cells of every row: where
        a column stands is looked up once, not in every row.
    needed
        Columns that must be there.
    delimiter
        What separates cells.

    Raises
    ------
    InputError
        If a needed column is missing, a title stands twice, a record is ragged, or the text is
        none.

    Examples
    --------
    >>> from operator import itemgetter
    >>> from keiretsu.formats.frame import Reading
    >>> from keiretsu.formats.opening import Input
    >>> table = Input(b"LEI,Name\r\n1,A\r\n", "x.csv")
    >>> list(csv_rows(table, Reading("x.csv"), lambda titles: itemgetter(titles.index("Name"))))
    [('A', 'x.csv:2')]
    """
    with source.open() as stream:
        text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
        rows = _rows(text, source.name, delimiter)
        header = next(rows, None)
        if header is None:
            raise InputError("the file is empty", place=source.name, mend="give one with records")
        titles = [title.strip() for title in header[1]]
        _check_titles(titles, needed, f"{source.name}:{header[0]}")
        make, width, name = plan(titles), len(titles), source.name
        for line, cells in rows:
            place = f"{name}:{line}"
            if len(cells) == width:
                yield make(cells), place
            else:
                problem = f"the row has {len(cells)} cells, the header {width}"
                reading.count()
                reading.refuse(InputError(problem, mend="add or remove cells"), place)


def _rows(text: IO[str], name: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    begins = 1
    try:
        for cells in reader:
            if any(cells):
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        problem = f"this is no record of a table ({error})"
        mend = "quote whole cells and double the quotes in them"
        raise InputError(problem, place=f"{name}:{begins}", mend=mend) from None
    except UnicodeDecodeError:
        raise _not_utf8(name, begins) from None


def _check_titles(titles: list[str], needed: tuple[str, ...], place: str) -> None:
    twice = sorted({title for title in titles if title and titles.count(title) > 1})
    if twice:
        raise InputError(f"the column {twice[0]} stands twice", place=place, mend="remove one")
    missing = [title for title in needed if title not in titles]
    if missing:
        problem = f"the header lacks {', '.join(missing)}"
        raise InputError(problem, place=place, mend="add it, or check that it is this format")


def _not_utf8(name: str, line: int) -> InputError:
    place = f"{name}:{line}"
    return InputError("the file is not UTF-8 text", place=place, mend="save it as UTF-8")


class _Text:
    """Text that is read in chunks as it is needed, and knows the line it has come to."""

    def __init__(self, stream: IO[bytes], name: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self.name, self.line, self.ended = name, 1, False
        self._buffer, self._at = "", 0

    @property
    def place(self) -> str:
        return f"{self.name}:{self.line}"

    def more(self) -> bool:
        """Read on, at least as much as is already held; return whether there was anything."""
        data = self._stream.read(max(_CHUNK, len(self._buffer) - self._at))
        try:
            chunk = self._decoder.decode(data, final=not data)
        except UnicodeDecodeError as error:
            before = self._buffer.count("\n", self._at)
            before += error.object.count(b"\n", 0, error.start)
            raise _not_utf8(self.name, self.line + before) from None
        self._buffer, self._at = self._buffer[self._at :] + chunk, 0
        self.ended = not data
        return bool(data)

    def skip_space(self) -> bool:
        """Go to the next character that is not white space; return whether there is one."""
        while True:
            found = _SPACE.match(self._buffer, self._at)
            self.advance(found.end() if found else self._at)
            if self._at < len(self._buffer):
                return True
            if not self.more():
                return False

    def ahead(self) -> str:
        return self._buffer[self._at]

    def advance(self, to: int) -> None:
        self.line += self._buffer.count("\n", self._at, to)
        self._at = to

    def skip(self) -> None:
        self._at += 1

    def value(self) -> object:
        """Return the JSON value that begins here, and go past it."""
        while True:
            try:
                value, end = _DECODER.raw_decode(self._buffer, self._at)
            except json.JSONDecodeError as error:
                if self._may_be_cut(error) and self._may_grow() and self.more():
                    continue
                raise self._malformed(error) from None
            except (ValueError, RecursionError) as error:
                raise _no_json(error, self.place) from None
            if end == len(self._buffer) and not self.ended and self.more():
                continue  # a number may go on in what was not read yet
            _refuse_halves(value, self._buffer[self._at : end], self.place)
            self.advance(end)
            return value

    def lines(self) -> Iterator[tuple[int, str]]:
        """Yield the lines that follow, each with its number, and go past them."""
        while True:
            end = len(self._buffer) if self.ended else self._buffer.rfind("\n", self._at) + 1
            if end > self._at:
                number, block = self.line, self._buffer[self._at : end]
                self.advance(end)
                yield from enumerate(block.split("\n"), number)
            if not self._may_grow():
                return
            self.more()

    def rest_of_line(self) -> str:
        """Return the rest of the line, and go past it."""
        while (end := self._buffer.find("\n", self._at)) < 0:
            if not self._may_grow() or not self.more():
                end = len(self._buffer) - 1
                break
        line = self._buffer[self._at : end + 1]
        self.advance(end + 1)
        return line

    def _may_be_cut(self, error: json.JSONDecodeError) -> bool:
        """Whether an error can come from the end of what was read rather than from the text."""
        near = len(self._buffer) - error.pos < _TOKEN
        return near or error.msg.startswith("Unterminated")

    def _may_grow(self) -> bool:
        if len(self._buffer) - self._at > RECORD_LIMIT:
            problem = f"this record is longer than {RECORD_LIMIT:,} characters"
            raise InputError(problem, place=self.place, mend="check that a quote is not left open")
        return not self.ended

    def _malformed(self, error: json.JSONDecodeError) -> InputError:
        line = self.line + self._buffer.count("\n", self._at, error.pos)
        place = f"{self.name}:{line}"
        if error.pos >= len(self._buffer.rstrip()) or error.msg.startswith("Unterminated"):
            problem = "the file ends within a record: it is cut short"
            return InputError(problem, place=place, mend="fetch it again")
        return _no_json(error, place)


def _elements(text: _Text) -> Iterator[JsonRecord]:
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


def _go_on(text: _Text) -> None:
    if not text.skip_space():
        problem = "the array is not closed: the file is cut short"
        raise InputError(problem, place=text.place, mend="fetch it again")


def _lines(text: _Text, reading: Reading) -> Iterator[JsonRecord]:
    """Yield values: one a line, or laid out over several lines if the first one is."""
    line = text.line
    first = _next_value(text, reading)
    if first is not None:
        yield first
    if first is None or text.line == line:
        yield from _one_a_line(text, reading)
        return
    while text.skip_space():
        record = _next_value(text, reading)
        if record is not None:
            yield record


def _next_value(text: _Text, reading: Reading) -> JsonRecord | None:
    line, place = text.line, text.place
    try:
        return JsonRecord(text.value(), place)
    except InputError as error:
        reading.count()
        reading.refuse(error, place)
        if text.line == line:
            text.rest_of_line()  # what is malformed was not gone past yet
        return None


def _one_a_line(text: _Text, reading: Reading) -> Iterator[JsonRecord]:
    name = text.name
    for number, line in text.lines():
        if not line.strip(" \t\r"):
            continue
        place = f"{name}:{number}"
        try:
            value = _of_line(line, place)
        except InputError as error:
            reading.count()
            reading.refuse(error, place)
            continue
        yield JsonRecord(value, place)


def _of_line(line: str, place: str) -> object:
    """Return the value of a line; what the fast parser refuses is for the standard library."""
    if _FAST is not None:
        fast, refused = _FAST
        try:
            return fast(line)
        except (refused, RecursionError):
            pass  # half characters, numbers beyond a float and errors: told in its words
    try:
        value = _DECODER.decode(line)
    except json.JSONDecodeError as error:
        if error.pos >= len(line.rstrip()) or error.msg.startswith("Unterminated"):
            problem = "the line ends within a record: it is cut short"
            raise InputError(problem, place=place, mend="fetch it again") from None
        raise _no_json(error, place) from None
    except (ValueError, RecursionError) as error:
        raise _no_json(error, place) from None
    _refuse_halves(value, line, place)
    return value


def _no_json(error: Exception, place: str) -> InputError:
    if isinstance(error, RecursionError):
        return InputError("is nested too deeply", place=place, mend="flatten it")
    reason = error.msg if isinstance(error, json.JSONDecodeError) else str(error)[:80]
    return InputError(f"this is not JSON ({reason})", place=place, mend="correct it")


def _refuse_halves(value: object, text: str, place: str) -> None:
    """Refuse half a character, which JSON can write and no other format can."""
    if "\\u" in text and _SURROGATE.search(json.dumps(value, ensure_ascii=False)):
        raise InputError("a text holds half a character", place=place, mend="take it out")


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


_DECODER = json.JSONDecoder(parse_constant=_refuse_constant)


def _fast_parser() -> tuple[Callable[[str], object], type[Exception]] | None:
    """Return a parser three times as fast as the standard library's, and how it refuses a text."""
    try:
        from msgspec import MsgspecError  # noqa: PLC0415 - not needed
        from msgspec.json import Decoder  # noqa: PLC0415
    except ImportError:
        return None
    return Decoder().decode, MsgspecError


_FAST = _fast_parser()
