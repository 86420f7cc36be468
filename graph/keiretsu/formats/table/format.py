"""The holdings table: a header and one row per holding, read as claims.

The columns and the meaning of every cell are described in `docs/holdings-table.md`. A row is taken
whole or not at all, and nothing that a table says is lost in silence: what is assumed or passed
over is a caution of the result.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from keiretsu.formats.frame import SKIPPED
from keiretsu.formats.table.cells import CellError, shown
from keiretsu.formats.table.columns import Columns
from keiretsu.formats.table.entry_claims import (
    capital_of,
    holdings_of,
    of_assumed_votes,
    share_class_of,
)
from keiretsu.formats.table.parties import file_document
from keiretsu.formats.table.reader import SYNTAX_RULES, Problem, read_table
from keiretsu.formats.table.rows import EntryReader
from keiretsu.formats.table.total_rows import RULE as TOTAL_AS_HOLDER
from keiretsu.formats.table.total_rows import totals_as_holders
from keiretsu.formats.table.totals import (
    conflicting_totals,
    over_allocated,
    told_twice,
    totals,
)
from keiretsu.formats.table.write import write_csv
from keiretsu.model import Caution, ClaimSet, Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from keiretsu.formats.frame import Piece, Reading
    from keiretsu.formats.opening import Input
    from keiretsu.formats.table.rows import Entry
    from keiretsu.model import LossReport


@dataclass(frozen=True, slots=True)
class TableResult:
    """What a table says, and what of it could not be read or had to be assumed.

    Parameters
    ----------
    claims
        The claims of the rows that could be read.
    skipped
        Why each other row was skipped; empty unless the reading was lenient.
    cautions
        What was assumed or passed over.
    rows
        How many rows the table has, skipped ones included.
    """

    claims: ClaimSet
    skipped: tuple[Finding, ...] = ()
    cautions: tuple[Caution, ...] = ()
    rows: int = 0


def read_holdings_table(data: bytes, name: str, *, lenient: bool = False) -> TableResult:
    r"""Read a holdings table as claims.

    Parameters
    ----------
    data
        Comma-, semicolon- or tab-separated UTF-8 text with the columns `holder`, `issuer` and one
        of `capital_percent`, `voting_percent`, `shares`.
    name
        The file's name: the place of errors and the title of the source.
    lenient
        Whether to skip and list rows that cannot be read instead of stopping at the first.

    Returns
    -------
    TableResult
        Claims, skipped rows and cautions.

    Raises
    ------
    InputError
        At the first row that cannot be read (unless `lenient`), if an issuer's rows add up to more
        than the whole, or if there is no such table.

    Examples
    --------
    >>> table = read_holdings_table(b"holder,issuer,capital_percent\nA,B,50.1\n", "small.csv")
    >>> [(str(holding.capital), holding.place) for holding in table.claims.holdings]
    [('50.1 %', 'small.csv:2')]
    """
    reading = _Reading(data, name)
    if reading.errors and not lenient:
        raise reading.errors[0].error(name)
    if reading.sums:
        raise reading.sums[0].error(name)
    if not reading.entries:
        raise reading.errors[0].error(name)
    skipped = tuple(problem.finding(name) for problem in reading.errors)
    cautions = [Caution(w.rule, _said(w, name), w.parties) for w in reading.warnings]
    if skipped:
        rows = "1 row was" if len(skipped) == 1 else f"{len(skipped)} rows were"
        cautions.append(Caution(SKIPPED, f"{rows} skipped in {name}"))
    return TableResult(reading.claims(), skipped, tuple(cautions), reading.rows)


def read(source: Input, reading: Reading) -> Iterator[Piece]:
    """Yield the parties, documents and claims of a table, see `keiretsu.formats.frame.Reader`.

    A table is read whole before anything of it is yielded: whether its rows add up is known only
    at its end.

    Raises
    ------
    InputError
        As `read_holdings_table`.
    """
    table = read_holdings_table(source.read(), source.name, lenient=reading.lenient)
    reading.count(table.rows)
    for finding in table.skipped:
        reading.skip(finding)
    for caution in table.cautions:
        if caution.code != SKIPPED:  # the reading says so itself
            reading.caution(caution.code, caution.text, *caution.parties)
    yield from table.claims.parties.values()
    yield from table.claims.documents.values()
    yield from table.claims.every_claim()


def write(claims: ClaimSet, stream: IO[bytes], report: LossReport) -> int:
    """Write holdings as comma-separated text, see `keiretsu.formats.table.write.write_csv`."""
    return write_csv(claims, stream, report)


def check(source: Input) -> Sequence[Finding]:
    """Return all that is wrong or doubtful in a table, see `check_holdings_table`."""
    return check_holdings_table(source.read(), source.name)


def check_holdings_table(data: bytes, name: str) -> list[Finding]:
    """Return all that is wrong or doubtful in a holdings table, in the order of its lines.

    Raises
    ------
    InputError
        If the data is not a readable table at all: not text, without the needed columns, without
        rows, or with quotes that leave open where a record ends.
    """
    reading = _Reading(data, name)
    for problem in reading.errors:
        if problem.rule in SYNTAX_RULES:
            raise problem.error(name)
    found = sorted([*reading.errors, *reading.sums, *reading.warnings])
    return [problem.finding(name) for problem in found]


class _Reading:
    """One table being read: its entries, and everything wrong or doubtful in it."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        table = read_table(data, name)
        self.rows = len(table.rows) + len(table.problems)
        columns = Columns(table.header, name)
        self.file = file_document(data, name)
        self._reader = EntryReader(columns, self.file)
        self._digest = hashlib.sha256(self.file.id.encode() + data).hexdigest()
        errors = list(table.problems)
        self.entries: list[Entry] = []
        for row in table.rows:
            try:
                self.entries.append(self._reader.read(row))
            except CellError as error:
                errors.append(Problem(row.line, error.rule, error.problem, error.mend))
        self.parties = self._reader.parties.all()
        errors += self._drop_conflicting()
        self.totals, doubts = totals(self.entries, self.parties)
        sums = over_allocated(self.entries, self.parties)
        self.errors = sorted(errors)
        self.sums = sorted(s for s in sums if s.severity is Severity.ERROR)
        self.warnings = sorted(
            [
                *columns.problems(table.rows),
                *doubts,
                *self._reader.parties.merged,
                *(s for s in sums if s.severity is Severity.WARNING),
                *told_twice(self.entries, self.parties),
                *_fractions(self.entries, columns.line),
                *_assumed_votes(self.entries),
                *totals_as_holders(self.entries, self.parties),
            ]
        )

    def _drop_conflicting(self) -> list[Problem]:
        problems = conflicting_totals(self.entries, self.parties)
        lines = {problem.line for problem in problems}
        self.entries = [entry for entry in self.entries if entry.line not in lines]
        return problems

    def claims(self) -> ClaimSet:
        """Return the entries as claims, each kind in the order of its IRIs."""
        holdings = holdings_of(self.entries, self.name)
        capitals = [capital_of(total, self.file.id, self.name) for total in self.totals]
        classes = [share_class_of(entry, self.name) for entry in of_assumed_votes(self.entries)]
        documents = self._reader.documents | {self.file.id: self.file}
        used = {claim.document for claim in (*holdings, *capitals, *classes)}
        mentioned = {iri for entry in self.entries for iri in (entry.holder, entry.issuer)}
        states = {self.parties[iri].acts_for for iri in mentioned}
        return ClaimSet(
            parties={i: p for i, p in self.parties.items() if i in mentioned or i in states},
            documents={iri: documents[iri] for iri in sorted(used)},
            holdings=tuple(sorted(holdings, key=lambda claim: claim.id)),
            share_classes=tuple(sorted(classes, key=lambda claim: claim.id)),
            capitals=tuple(sorted(capitals, key=lambda claim: claim.id)),
            digest=self._digest,
        )


def _said(warning: Problem, name: str) -> str:
    """Return what an answer says of a warning; where it is one row that is doubtful, its place."""
    if warning.rule == TOTAL_AS_HOLDER:
        return str(warning.error(name))
    return warning.problem


def _assumed_votes(entries: Iterable[Entry]) -> list[Problem]:
    return [
        Problem(
            entry.line,
            "one-share-one-vote",
            f"the table does not say how many votes a share of the class"
            f" {shown(entry.class_label)} has: one is assumed",
            "add votes or voting_percent",
            Severity.WARNING,
        )
        for entry in of_assumed_votes(entries)
    ]


def _fractions(entries: Iterable[Entry], line: int) -> list[Problem]:
    """Return a warning if no percentage is above one: perhaps fractions of one are meant."""
    stated = [s for entry in entries for s in (entry.capital, entry.votes) if s is not None]
    known = [s.high for s in stated if s.is_point or s.high < 1]
    if not known or not 0 < max(known) * 100 <= 1:
        return []
    return [
        Problem(
            line,
            "fractions-suspected",
            "no percentage of the table is above 1: they are read as percent, 0.25 as 0.25 %",
            "if fractions of one are meant, multiply them by 100",
            Severity.WARNING,
        )
    ]
