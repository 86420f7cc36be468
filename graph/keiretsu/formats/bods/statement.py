"""Statements of a file of BODS of any version, as statements of 0.4, and what is kept of them."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any, Final, cast

from keiretsu.errors import InputError
from keiretsu.formats.bods.tables import table_statements
from keiretsu.formats.bods.upgrade import Upgrade, is_old
from keiretsu.formats.fields import Fields, date_of, plain_text, short
from keiretsu.formats.json_records import json_records
from keiretsu.formats.json_text import value_of_line
from keiretsu.model import ID, SourceRecord

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from types import ModuleType

    from keiretsu.formats.bods.usual import Usual
    from keiretsu.formats.frame import Reading
    from keiretsu.formats.json_records import JsonRecord
    from keiretsu.formats.opening import Input
    from keiretsu.model import PartialDate

FORMAT: Final = "bods-0.4"
"""What a source record that holds a statement calls its format."""
_CANONICAL: Final = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":")
).encode
_ODD_NUMBERS: Final = tuple(
    re.compile(begins)
    for begins in (rb'":(?:-?\d[\d.]*e|-?0\.0000|null)', rb"\[(?:-?\d|null)", rb",(?:-?\d|null)")
)
"""Begin numbers, and what looks like them, that two writers of JSON may spell differently: in
powers of ten, or beyond what a float holds. Three patterns are searched twice as fast as one."""
RECORD_TYPES: Final = ("entity", "person", "relationship")


class Raw:
    """A statement of 0.4, where it stands and the how many-th of its file it is.

    What is asked again and again of a statement is looked up once.
    """

    __slots__ = (
        *("_date", "_details", "_fields", "_kind", "_line", "_record_id", "_value"),
        *("number", "place", "usual"),
    )

    def __init__(
        self,
        value: dict[str, Any] | None,
        place: str,
        number: int,
        usual: Usual | None = None,
        line: str = "",
    ) -> None:
        self._value, self._line, self.usual = value, line, usual
        self.place, self.number = place, number
        self._fields: Fields | None = None
        self._details: Fields | None = None
        self._date: str | None = None
        self._record_id = self._kind = ""

    @property
    def value(self) -> dict[str, Any]:
        """The statement as JSON has it."""
        if self._value is None:
            self._value = cast("dict[str, Any]", value_of_line(self._line, self.place))
        return self._value

    @property
    def fields(self) -> Fields:
        """The same, to be asked for fields."""
        if self._fields is None:
            self._fields = Fields(self.value)
        return self._fields

    @property
    def details(self) -> Fields:
        """The details of its record."""
        if self._details is None:
            self._details = self.fields.within("recordDetails")
        return self._details

    @property
    def record_id(self) -> str:
        """What its record is called.

        Raises
        ------
        InputError
            If it has no such name.
        """
        if not self._record_id:
            told = "" if self.usual is None else plain_text(self.usual.recordId)
            self._record_id = told or self.fields.needed("recordId")
        return self._record_id

    @property
    def kind(self) -> str:
        """``entity``, ``person`` or ``relationship``.

        Raises
        ------
        InputError
            If it is none of them.
        """
        if not self._kind:
            kind = "" if self.usual is None else self.usual.recordType
            if kind not in RECORD_TYPES:
                kind = self.fields.needed("recordType")
            if kind not in RECORD_TYPES:
                problem = f"the field recordType ({short(kind)}) is none of the standard's"
                raise InputError(problem, mend=f"use {', '.join(RECORD_TYPES)}")
            self._kind = kind
        return self._kind

    @property
    def date(self) -> str:
        """When it was declared, as it is told."""
        if self._date is None:
            if self.usual is None:
                self._date = self.fields.text("statementDate")
            else:
                self._date = plain_text(self.usual.statementDate or "")
        return self._date

    @property
    def day(self) -> PartialDate | None:
        """When it was declared, to the day.

        Raises
        ------
        InputError
            If that is no date.
        """
        if self.usual is not None:
            told = self.usual.statementDate
            try:
                return date_of(told, "") if told else None
            except InputError:
                pass  # the field says where
        return self.fields.date("statementDate")

    @property
    def status(self) -> str:
        """Its part in the life of its record."""
        if self.usual is not None:
            told = self.usual.recordStatus
            return plain_text(told) if told else ""
        return self.fields.text("recordStatus")

    @property
    def statement_id(self) -> object:
        """What the statement is called; anything, if it is not usual."""
        return self.value.get("statementId") if self.usual is None else self.usual.statementId

    @property
    def text(self) -> str:
        """Its canonical text."""
        if self.usual is not None and _USUAL is not None:
            text: str | None = _USUAL.usual_text(self.usual)
            if text is not None:
                return text
        return canonical(self.value)


def raw_statements(source: Input, reading: Reading) -> Iterator[Raw]:
    """Yield the statements of a file in their order, those of old versions as ones of 0.4.

    Raises
    ------
    InputError
        At the first record that is no statement, unless the reading is lenient.
    """
    upgrade = Upgrade()
    quick = None if _USUAL is None else _USUAL.usual_line
    for number, record in enumerate(statement_records(source, reading, quick), 1):
        if type(record.value) is tuple:
            yield Raw(None, record.place, number, *record.value)
            continue
        try:
            yield _raw(_statement(record.value, upgrade), record.place, number)
        except InputError as error:
            reading.count()
            reading.refuse(error, record.place)


def statement_records(
    source: Input, reading: Reading, quick: Callable[[str], object] | None = None
) -> Iterator[JsonRecord]:
    """Yield the statements of a file of JSON, or of a folder or archive of flattened tables.

    `quick` is that of `keiretsu.formats.json_records.json_records`.

    Raises
    ------
    InputError
        As `keiretsu.formats.json_records.json_records`, or as `table_statements`.
    """
    if source.members():
        return table_statements(source, reading)
    return json_records(source, reading, quick)


def raw_records(records: Iterable[SourceRecord]) -> list[Raw]:
    """Return the statements that source records hold, file by file, in their order there.

    Raises
    ------
    InputError
        If one of them holds no statement.
    """
    found = []
    ordered = sorted(records, key=lambda one: (one.document, one.number, one.id))
    for number, record in enumerate(ordered, 1):
        try:
            value = json.loads(record.content)
        except (ValueError, RecursionError):
            raise InputError("holds no JSON", place=record.id, mend="take it out") from None
        found.append(_raw(_statement(value, Upgrade()), record.id, number))
    return found


def _raw(value: dict[str, Any], place: str, number: int) -> Raw:
    return Raw(value, place, number, None if _USUAL is None else _USUAL.usual_value(value))


def _statement(value: object, upgrade: Upgrade) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise InputError("a statement is not an object", mend="write it like {...}")
    return upgrade.of(value) if is_old(value) else value


def source_record(
    raw: Raw, document: str, parties: Collection[str], claims: Collection[str]
) -> SourceRecord:
    """Return a statement as a source record that names what was made of it."""
    content = raw.text
    digest = digest_of(f"{document}\x1f{raw.number}\x1f{content}")
    return SourceRecord(
        id=f"{ID}record/{digest}",
        document=document,
        format=FORMAT,
        number=raw.number,
        content=content,
        parties=_sorted(parties),
        claims=_sorted(claims),
    )


def _sorted(names: Collection[str]) -> tuple[str, ...]:
    return tuple(sorted(set(names)) if len(names) > 1 else names)


def canonical(value: Mapping[str, Any]) -> str:
    """Return a JSON object as text, the same for the same content.

    Examples
    --------
    >>> canonical({"b": 1, "a": "é"})
    '{"a":"é","b":1}'
    """
    if _FAST is not None:
        fast, refused = _FAST
        try:
            text = fast(value)
        except (refused, ValueError, TypeError, RecursionError):
            return _CANONICAL(value)
        if not any(odd.search(text) for odd in _ODD_NUMBERS):
            return text.decode()
    return _CANONICAL(value)


def _fast_writer() -> tuple[Callable[[object], bytes], type[Exception]] | None:
    """Return a writer some times as fast as the standard library's, and how it refuses a value."""
    try:
        from msgspec import MsgspecError  # noqa: PLC0415 - an extra
        from msgspec.json import Encoder  # noqa: PLC0415 - likewise
    except ImportError:
        return None
    return Encoder(order="sorted").encode, MsgspecError


_FAST: Final = _fast_writer()


def _typed_statements() -> ModuleType | None:
    """Return the room that reads usual statements typed, if what it needs is installed."""
    try:
        from keiretsu.formats.bods import usual  # noqa: PLC0415 - needs an extra
    except ImportError:
        return None
    return usual


_USUAL: Final = _typed_statements()


def digest_of(text: str) -> str:
    """Return a short hash of a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:20]
