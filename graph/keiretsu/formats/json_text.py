"""Text of JSON, read in chunks: its values one by one, and the line it has come to.

Half characters, values nested too deeply, constants that JSON has not and records without an end
are refused with their place.
"""

from __future__ import annotations

import codecs
import json
import re
from typing import IO, TYPE_CHECKING, NoReturn

from keiretsu.errors import InputError
from keiretsu.formats.opening import not_utf8

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

RECORD_LIMIT = 16 * 1024 * 1024
"""Characters of one record; more is no record."""
_CHUNK = 1024 * 1024
_TOKEN = 4096
"""Characters; an error this near to the end of what was read can be a token cut in two."""
_SPACE = re.compile(r"[ \t\r\n]*")
_SURROGATE = re.compile("[\ud800-\udfff]")


class JsonText:
    """Text that is read in chunks as it is needed, and knows the line it has come to."""

    def __init__(self, stream: IO[bytes], name: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self.name, self.line, self.ended = name, 1, False
        self._buffer, self._at = "", 0

    @property
    def place(self) -> str:
        """Name of the file, and the line."""
        return f"{self.name}:{self.line}"

    def more(self) -> bool:
        """Read on, at least as much as is already held; return whether there was anything."""
        data = self._stream.read(max(_CHUNK, len(self._buffer) - self._at))
        try:
            chunk = self._decoder.decode(data, final=not data)
        except UnicodeDecodeError as error:
            before = self._buffer.count("\n", self._at)
            before += error.object.count(b"\n", 0, error.start)
            raise not_utf8(self.name, self.line + before) from None
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
        """Return the character that is next."""
        return self._buffer[self._at]

    def advance(self, to: int) -> None:
        """Go past what is held, up to a position in it."""
        self.line += self._buffer.count("\n", self._at, to)
        self._at = to

    def skip(self) -> None:
        """Go past one character that ends no line."""
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


def value_of_line(line: str, place: str) -> object:
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
