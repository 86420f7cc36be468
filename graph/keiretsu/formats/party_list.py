"""Lists of parties, such as sanctions lists: for each entry the names that it goes by.

Read are one name a line; a CSV with a heading that names a party; the simple CSV of OpenSanctions,
whose cells hold several names and numbers; FollowTheMoney entities, one a line; and the list of
specially designated nationals of OFAC (``SDN.CSV``), which has no headings and writes ``-0-`` for
nothing. Numbers stand before names: whoever looks parties up should believe them first.
"""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any, Final

from keiretsu.errors import InputError
from keiretsu.formats.ftm.entity import Entity
from keiretsu.formats.ftm.terms import IDENTIFIERS, PARTIES
from keiretsu.model.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMING: Final = frozenset(
    {"name", "label", "party", "company", "holder", "identifier", "id", "iri", "lei", "isin"}
)
"""Headings of the columns of a CSV that name a party."""
_SEVERAL: Final = ("identifiers", "aliases")
"""Headings of columns with several numbers or names in a cell."""
_NOTHING: Final = "-0-"
_LISTED: Final = "sanction"
_NUMBERS: Final = (*IDENTIFIERS, "registrationNumber")
_NAMES: Final = ("name", "alias", "previousName")

Entry = tuple[str, ...]


def party_list(text: str, file: str) -> list[Entry]:
    r"""Return the entries of a list; each is what one party goes by, numbers first.

    Parameters
    ----------
    text
        The list. Empty lines and those that begin with ``#`` are left out.
    file
        The file's name, for the place of errors.

    Raises
    ------
    InputError
        If a line of entities is none.

    Examples
    --------
    >>> party_list("Acme, Inc.\n# not this\nRenault\n", "list.txt")
    [('Acme, Inc.',), ('Renault',)]
    >>> party_list("id,name,aliases\nNK-1,Acme,Acme Co;ACME\n", "targets.simple.csv")
    [('NK-1', 'Acme', 'Acme Co', 'ACME')]
    >>> party_list('36,"ACME AIRLINES",-0- ,"CUBA"\n', "sdn.csv")
    [('ACME AIRLINES',)]
    """
    lines = [
        (number, line)
        for number, line in enumerate(text.splitlines(), start=1)
        if line.strip() and not line.startswith("#")
    ]
    if not lines:
        return []
    first = lines[0][1]
    if first.startswith("{"):
        return _entities(lines, file)
    separator = next((one for one in ",;\t" if one in first), ",")
    if _NOTHING in first:
        rows = csv.reader(line for _, line in lines)
        return [(row[1].strip(),) for row in rows if len(row) > 1 and row[1].strip()]
    header = [fold(cell) for cell in next(csv.reader([first], delimiter=separator))]
    if not NAMING.intersection(header):
        return [(line.strip(),) for _, line in lines]
    body = io.StringIO("\n".join(line for _, line in lines[1:]))
    return list(_rows(header, csv.reader(body, delimiter=separator)))


def _rows(header: list[str], rows: Iterator[list[str]]) -> Iterator[Entry]:
    for row in rows:
        numbers: list[str] = []
        names: list[str] = []
        for heading, cell in zip(header, row, strict=False):
            text = cell.strip()
            if heading in _SEVERAL:
                parts = [part.strip() for part in text.split(";") if part.strip()]
                (numbers if heading == "identifiers" else names).extend(parts)
            elif heading in NAMING and text:
                names.append(text)
        if numbers or names:
            yield (*numbers, *names)


def _entities(lines: list[tuple[int, str]], file: str) -> list[Entry]:
    """Return parties that are themselves listed; all of them if the list marks none."""
    found: list[tuple[Entry, bool]] = []
    for number, line in lines:
        place = f"{file}:{number}"
        try:
            entity = Entity(_parsed(line))
        except InputError as error:
            raise InputError(error.problem, place=place, mend=error.mend) from None
        if entity.schema in PARTIES:
            said = [text for name in (*_NUMBERS, *_NAMES) for text in entity.texts(name)]
            found.append(((*said, entity.id), _LISTED in entity.texts("topics")))
    marked = any(listed for _, listed in found)
    return [entry for entry, listed in found if listed or not marked]


def _parsed(line: str) -> Any:  # noqa: ANN401
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        raise InputError("this is not JSON", mend="write one entity a line") from None
