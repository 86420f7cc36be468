"""Statements of BODS from flattened tables: a folder or a zip of CSV or Parquet files.

This is the form of the bulk files of bods-data.openownership.org, as the program *flatterer* writes
it: a table of statements for each type (``entity_statement``, ``person_statement``,
``relationship_statement``; ``ooc_statement`` before 0.4), and a table for each list within them
(``relationship_recordDetails_interests``), whose rows name the row that they belong to in a column
``_link_`` and its table. The underscores of a column's name lead into the statement. Some dumps
write all names in lower case.

The rows of lists may stand in any order and be more than fit into memory: they wait on disk.
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, Final

from keiretsu.errors import InputError
from keiretsu.formats.bods.table_cells import LINK, nested, path_of
from keiretsu.formats.bods.table_rows import SUFFIXES, table_rows
from keiretsu.formats.json_records import JsonRecord

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from keiretsu.formats.bods.table_rows import TableRow
    from keiretsu.formats.frame import Reading
    from keiretsu.formats.opening import Input

STATEMENTS: Final = (
    "entity_statement",
    "person_statement",
    "relationship_statement",
    "ooc_statement",
)
"""Tables of statements, in the order in which they are read: parties before what relates them."""
_PREFIXES: Final = {name: f"{name.split('_')[0]}_" for name in STATEMENTS}
_OF_THE_PROGRAM: Final = frozenset({"fields", "tables"})
"""Tables in which the program tells what it wrote."""


def holds_tables(members: Sequence[Input]) -> bool:
    """Return whether files are tables of BODS.

    Examples
    --------
    >>> from keiretsu.formats.opening import Input
    >>> holds_tables([Input(b"", "dump/Entity_statement.parquet")]), holds_tables([])
    (True, False)
    """
    return any(_table_name(one) in STATEMENTS for one in members)


def table_statements(source: Input, reading: Reading) -> Iterator[JsonRecord]:
    """Yield the statements of flattened tables, nested as in JSON.

    What a table cannot tell apart (a field that is absent, and an empty text or list) is read as
    absent.

    Parameters
    ----------
    source
        A folder or an archive with `members`.
    reading
        Told of malformed rows, which it may skip, and of tables that are not read.

    Raises
    ------
    InputError
        If a table stands twice, cannot be read, or holds a row that is malformed.
    """
    tables = _tables(source)
    parents = _parents(tables, reading)
    with tempfile.TemporaryDirectory(prefix="keiretsu-") as folder:
        file = Path(folder) / "rows.db"
        with closing(sqlite3.connect(file, isolation_level=None)) as waiting:
            lists = _Lists(waiting)
            for name, (parent, path) in parents.items():
                lists.keep(name, parent, path, table_rows(tables[name], reading))
            for name in STATEMENTS:
                if name in tables:
                    yield from _of_table(name, tables[name], lists, reading)


def _of_table(name: str, table: Input, lists: _Lists, reading: Reading) -> Iterator[JsonRecord]:
    for row in table_rows(table, reading):
        try:
            value = nested(row.cells)
            lists.add(name, row.link, value)
        except InputError as error:
            reading.count()
            reading.refuse(error, row.place)
            continue
        yield JsonRecord(value, row.place)


def _table_name(member: Input) -> str:
    """Return what a file calls its table, in lower case; empty if it holds none."""
    path = PurePath(member.member or member.name)
    while path.suffix.lower() in (".gz", ".gzip"):
        path = path.with_suffix("")
    return path.stem.casefold() if path.suffix.lower() in SUFFIXES else ""


def _tables(source: Input) -> dict[str, Input]:
    """Return the tables by name."""
    found: dict[str, Input] = {}
    for member in source.members():
        name = _table_name(member)
        if not name or name in _OF_THE_PROGRAM:
            continue
        if name in found:
            problem = f"the table {name} stands twice ({found[name].member}, {member.member})"
            mend = "name the folder of one kind of file"
            raise InputError(problem, place=source.name, mend=mend)
        found[name] = member
    if not any(name in found for name in STATEMENTS):
        problem = f"holds none of the tables {', '.join(STATEMENTS)}"
        raise InputError(problem, place=source.name, mend="name the folder that does")
    return found


def _parents(tables: dict[str, Input], reading: Reading) -> dict[str, tuple[str, list[str]]]:
    """Return for each table of a list the table of its owners, and the way from there to it."""
    found = {}
    for name, table in tables.items():
        if name in STATEMENTS:
            continue
        first = next(table_rows(table, reading), None)
        if first is None:
            continue  # of a list without rows nothing is lost
        links = [title[len(LINK) + 1 :].casefold() for title in first.cells if _is_link(title)]
        parent = max((link for link in links if link in tables), key=len, default="")
        prefix = _PREFIXES.get(parent, f"{parent}_")
        if not parent or not name.startswith(prefix):
            text = f"{reading.name}: the table {name} names no table to which it belongs: not read"
            reading.caution("unread-table", text)
            reading.lost(f"table {name}", "it names no table to which it belongs", first.place)
            continue
        own = PurePath(table.member or table.name).name.partition(".")[0]
        found[name] = (parent, path_of(own[len(prefix) :]))
    return found


def _is_link(title: str) -> bool:
    return title.casefold().startswith(f"{LINK}_")


@dataclass(frozen=True, slots=True)
class _List:
    """A list of objects: which table holds its rows, and where it goes in their owners."""

    name: str
    path: list[str]


class _Lists:
    """The rows of lists, kept on disk until their owner comes."""

    def __init__(self, waiting: sqlite3.Connection) -> None:
        self._waiting = waiting
        self._of: dict[str, list[_List]] = {}
        waiting.execute("PRAGMA journal_mode = OFF")
        waiting.execute("PRAGMA synchronous = OFF")
        waiting.execute("CREATE TABLE rows (of_table TEXT, owner TEXT, n INTEGER, row TEXT)")
        waiting.execute("CREATE INDEX owners ON rows (of_table, owner, n)")

    def keep(self, name: str, parent: str, path: list[str], rows: Iterator[TableRow]) -> None:
        """Put away the rows of a list."""
        self._of.setdefault(parent, []).append(_List(name, path))
        self._waiting.execute("BEGIN")
        for number, row in enumerate(rows):
            kept = json.dumps([row.link, row.place, row.cells])
            values = (name, row.owner(parent), number, kept)
            self._waiting.execute("INSERT INTO rows VALUES (?, ?, ?, ?)", values)
        self._waiting.execute("COMMIT")

    def add(self, table: str, link: str, value: dict[str, Any]) -> None:
        """Put the lists of an object into it.

        Raises
        ------
        InputError
            If one of their rows is malformed.
        """
        for one in self._of.get(table, ()):
            elements = [self._element(one.name, kept) for kept in self._rows(one.name, link)]
            if elements:
                _place(value, one.path, elements)

    def _rows(self, name: str, link: str) -> list[str]:
        query = "SELECT row FROM rows WHERE of_table = ? AND owner = ? ORDER BY n"
        return [row for (row,) in self._waiting.execute(query, (name, link))]

    def _element(self, name: str, kept: str) -> dict[str, Any]:
        link, place, cells = json.loads(kept)
        try:
            value = nested(cells)
            if name.endswith("annotations"):
                # whose empty text, the whole statement, a table cannot tell from none
                value.setdefault("statementPointerTarget", "")
            self.add(name, link, value)
        except InputError as error:
            raise InputError(error.problem, place=error.place or place, mend=error.mend) from None
        return value


def _place(value: dict[str, Any], path: list[str], elements: list[dict[str, Any]]) -> None:
    *outer, last = path
    for name in outer:
        value = value.setdefault(name, {})
    value[last] = elements
