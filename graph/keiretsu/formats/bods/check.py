"""A file of BODS held against the standard: first its JSON Schema, then its rules."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any

from keiretsu.errors import InputError
from keiretsu.formats.bods.checks import statement_findings
from keiretsu.formats.bods.checks_between import Between
from keiretsu.formats.bods.rules import Place
from keiretsu.formats.bods.schema import schema_findings
from keiretsu.formats.bods.statement import statement_records
from keiretsu.formats.bods.upgrade import Upgrade, is_old
from keiretsu.formats.frame import Reading
from keiretsu.model import Finding, Severity

if TYPE_CHECKING:
    import datetime as dt

    from keiretsu.formats.json_records import JsonRecord
    from keiretsu.formats.opening import Input


def check_statements(source: Input, today: dt.date) -> list[Finding]:
    r"""Return what is wrong or doubtful in a file of BODS.

    It is permissive: it goes on after every fault, and what is advised but not demanded is a
    warning. Statements of versions before 0.4 are converted first, and a warning says so.

    Parameters
    ----------
    source
        The file.
    today
        What is dated after it is to come.

    Returns
    -------
    list of Finding
        In the order of the statements; those between statements where the one stands that breaks
        the rule. `Finding.check` tells schema from semantic findings.

    Raises
    ------
    InputError
        If it cannot be read as JSON at all.

    Examples
    --------
    >>> import datetime as dt
    >>> from keiretsu.formats.opening import Input
    >>> found = check_statements(Input(b'[{"recordType": "x"}]', "x.json"), dt.date(2026, 1, 1))
    >>> (found[0].check, found[0].place, found[0].path)
    ('schema', 'x.json:1', '')
    """
    check = _Check(today)
    reading = Reading(source.name, lenient=True)
    for number, record in enumerate(statement_records(source, reading), 1):
        check.look(number, record)
    found = [(0, one) for one in reading.findings] + check.findings()
    ordered = [one for _, one in sorted(found, key=itemgetter(0))]
    return [*_converted(check.old, source.name), *ordered]


class _Check:
    """Findings as they are met, each with the number of its statement."""

    def __init__(self, today: dt.date) -> None:
        self.old = 0
        self._today = today
        self._between, self._upgrade = Between(), Upgrade()
        self._found: list[tuple[int, Finding]] = []
        self._numbers: dict[tuple[str, str], int] = {}

    def look(self, number: int, record: JsonRecord) -> None:
        value = record.value
        if not isinstance(value, dict):
            self._found.append((number, _no_object(record.place)))
            return
        if is_old(value):
            try:
                value, self.old = self._upgrade.of(value), self.old + 1
            except InputError as error:
                self._found.append((number, _unreadable(error, record.place)))
                return
        place = _place(value, record.place)
        self._numbers.setdefault((place.line, place.statement), number)
        for path, keyword, message in schema_findings(value):
            self._found.append((number, place.malformed(keyword, path, message)))
        self._found += [(number, one) for one in statement_findings(value, place, self._today)]
        self._between.look(number, value, place)

    def findings(self) -> list[tuple[int, Finding]]:
        between = [
            (self._numbers.get((one.place, one.record), 0), one) for one in self._between.findings()
        ]
        return [*self._found, *between]


def _place(statement: dict[str, Any], line: str) -> Place:
    own = statement.get("statementId")
    return Place(line, own if isinstance(own, str) else "")


def _no_object(place: str) -> Finding:
    message = "a statement is not an object; write it like {...}"
    return Finding(Severity.ERROR, "bods-schema-type", message, place, (), "schema")


def _unreadable(error: InputError, place: str) -> Finding:
    message = f"{error.problem}; {error.mend}"
    return Finding(Severity.ERROR, "bods-schema-version", message, place, (), "schema")


def _converted(count: int, name: str) -> list[Finding]:
    if not count:
        return []
    message = f"{count} statements are of a version before 0.4 and were checked as converted to it"
    return [Finding(Severity.WARNING, "bods-old-version", message, name, (), "schema")]
