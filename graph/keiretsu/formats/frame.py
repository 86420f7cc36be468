"""What every format has in common: readers that stream, writers that report, one way to skip.

A format is a module with some of these functions, and an entry in `keiretsu.formats.registry`:

``read(source, reading)``
    Yields parties, documents and claims as it goes, in constant memory; see `Reader`.
``write(claims, stream, report)``
    Writes claims and reports what could not be carried; see `Writer`.
``check(source)``
    Returns what is wrong or doubtful in a file; where there is none, a lenient reading tells.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import IO, TYPE_CHECKING, Protocol

from keiretsu.errors import InputError
from keiretsu.model import (
    Caution,
    Claim,
    Document,
    Edit,
    Finding,
    LossReport,
    Party,
    Severity,
    SourceRecord,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from keiretsu.formats.opening import Input
    from keiretsu.model import ClaimSet


@dataclass(frozen=True, slots=True)
class Horizon:
    """The last day for which a file claims to be kept."""

    day: dt.date


Piece = Party | Document | Claim | SourceRecord | Edit | Horizon
"""What a reader yields. A party may come several times, each time with what a record says of it."""

SKIPPED = "skipped-rows"
"""Code of the caution that records were skipped."""
MOST_FINDINGS = 1000
"""Skipped records that are kept with their reasons; all of them are counted."""


class Progress(Protocol):
    """Somebody who is told how far a reading has come."""

    def __call__(self, records: int) -> None:
        """Note that so many records were read, or things written, so far."""
        ...

    def opened(self, size: int, position: Callable[[], int]) -> None:
        """Note that the content is read from its beginning.

        Parameters
        ----------
        size
            Its bytes, packed as it is.
        position
            Returns how many of them were read; while it is open.
        """
        ...

    def done(self, reading: Reading, parties: int, claims: int) -> None:
        """Note that all was read, and what was made of it."""
        ...


class Reading:
    """One file being read: what was counted, skipped, assumed and lost on the way.

    Parameters
    ----------
    name
        The file's name, the beginning of every place.
    lenient
        Whether a malformed record is skipped and counted instead of stopping the reading.
    progress
        Called with the number of records read so far, after every record.

    Attributes
    ----------
    records
        How many records were met, skipped ones included.
    skipped
        How many of them were skipped.
    findings
        Why, for the first `MOST_FINDINGS` of them.
    losses
        What the records say that the model cannot carry.

    Examples
    --------
    >>> reading = Reading("a.csv", lenient=True)
    >>> def broken():
    ...     raise InputError("the LEI is missing", mend="add it")
    >>> reading.taken("a.csv:2", broken), reading.skipped, reading.findings[0].place
    ([], 1, 'a.csv:2')
    """

    def __init__(
        self,
        name: str,
        *,
        lenient: bool = False,
        progress: Progress | None = None,
    ) -> None:
        self.name, self.lenient, self.losses = name, lenient, LossReport()
        self.records = self.skipped = 0
        self.findings: list[Finding] = []
        self._progress = progress
        self._cautions: dict[Caution, int] = {}

    def taken(self, place: str, make: Callable[..., Iterable[Piece]], *told: object) -> list[Piece]:
        """Return what one record says: whole, or nothing if it is malformed and may be skipped.

        Parameters
        ----------
        place
            Where the record stands.
        make
            Reads it; an `InputError` that it raises without a place gets this one.
        *told
            What `make` is called with.

        Raises
        ------
        InputError
            If the record is malformed and the reading is not lenient.
        """
        self.count()
        try:
            return list(make(*told))
        except InputError as error:
            self.refuse(error, place)
        except RecursionError:
            self.refuse(InputError("is nested too deeply", mend="flatten it"), place)
        return []

    def count(self, number: int = 1) -> None:
        """Note that records were met; for readers that do not take them one by one."""
        self.records += number
        if self._progress is not None:
            self._progress(self.records)

    def refuse(self, error: InputError, place: str, rule: str = "malformed-record") -> None:
        """Skip a malformed record if that is allowed, else stop at it.

        Raises
        ------
        InputError
            The error with its place, if the reading is not lenient.
        """
        where = error.place or place
        if not self.lenient:
            raise type(error)(error.problem, place=where, mend=error.mend) from None
        message = f"{error.problem}; {error.mend}" if error.mend else error.problem
        self.skip(Finding(Severity.ERROR, rule, " ".join(message.split()), where))

    def skip(self, finding: Finding) -> None:
        """Count a record as skipped, with the reason."""
        self.skipped += 1
        if len(self.findings) < MOST_FINDINGS:
            self.findings.append(finding)

    def lost(self, field: str, reason: str, place: str = "", value: object = None) -> None:
        """Note that a record says something that the model cannot carry."""
        self.losses.add(field, reason, place, value)

    def caution(self, code: str, text: str, *parties: str) -> None:
        """Note what was assumed; the same is told once."""
        caution = Caution(code, text, parties)
        self._cautions[caution] = self._cautions.get(caution, 0) + 1

    def cautions(self) -> tuple[Caution, ...]:
        """Return what was assumed, and that records were skipped or not carried whole."""
        found = list(self._cautions)
        if self.skipped:
            rows = "1 record was" if self.skipped == 1 else f"{self.skipped} records were"
            found.append(Caution(SKIPPED, f"{rows} skipped in {self.name}"))
        if self.losses:
            fields = sorted({loss.field for loss in self.losses.losses()})
            text = f"{self.name} says more than is read ({', '.join(fields)}); see convert"
            found.append(Caution("not-carried", text))
        return tuple(found)


class Reader(Protocol):
    """Yields what a file says, in constant memory, record by record.

    It reads each record through `Reading.taken` (whole or not at all) and reports what the model
    cannot carry with `Reading.lost`. What makes the rest of a file unreadable (no such format, no
    end of an array) is an `InputError` that it lets through, lenient or not.
    """

    def __call__(self, source: Input, reading: Reading) -> Iterator[Piece]:
        """Yield parties, documents and claims; every claim has its `place`."""
        ...


class Writer(Protocol):
    """Writes claims to a stream, the same bytes for the same claims."""

    def __call__(self, claims: ClaimSet, stream: IO[bytes], report: LossReport) -> int:
        """Return how many records were written; `report` gets what they cannot carry."""
        ...


class Checker(Protocol):
    """Checks a file by the rules of its own format."""

    def __call__(self, source: Input) -> Sequence[Finding]:
        """Return what was found; raise `InputError` if the file cannot be read at all."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """An outside format.

    Parameters
    ----------
    name
        How options name it.
    title
        What it is, for help and documentation.
    module
        The module with its ``read``, ``write`` and ``check``; imported when it is needed.
    reads, writes, checks
        Which of the functions the module has.
    suffixes
        Endings of file names that it can have, without those of packing.
    marks
        What tells it from others of the same ending: it is recognised if all texts of one of the
        tuples stand in the beginning of the file. Without marks, the ending alone tells it.
    """

    name: str
    title: str
    module: str
    reads: bool = True
    writes: bool = False
    checks: bool = False
    suffixes: tuple[str, ...]
    marks: tuple[tuple[bytes, ...], ...] = ()

    def fits(self, head: bytes) -> bool:
        """Return whether the beginning of a file can be one of this format."""
        return not self.marks or any(all(mark in head for mark in marks) for marks in self.marks)

    def read(self, source: Input, reading: Reading) -> Iterator[Piece]:
        """Yield what a file says, see `Reader`."""
        reader: Reader = import_module(self.module).read
        with _placed(source.name):
            yield from reader(source, reading)

    def write(self, claims: ClaimSet, stream: IO[bytes], report: LossReport) -> int:
        """Write claims, see `Writer`."""
        writer: Writer = import_module(self.module).write
        return writer(claims, stream, report)

    def check(self, source: Input) -> list[Finding]:
        """Return what is wrong or doubtful in a file."""
        if self.checks:
            checker: Checker = import_module(self.module).check
            return list(checker(source))
        reading = Reading(source.name, lenient=True)
        for _ in self.read(source, reading):
            pass
        doubts = [
            Finding(Severity.WARNING, caution.code, caution.text, source.name, caution.parties)
            for caution in reading.cautions()
        ]
        return [*reading.findings, *doubts]


@contextmanager
def _placed(name: str) -> Iterator[None]:
    """Give errors without a place that of the file."""
    try:
        yield
    except InputError as error:
        if error.place:
            raise
        raise type(error)(error.problem, place=name, mend=error.mend) from None
