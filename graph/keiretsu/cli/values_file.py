"""A file of values: a CSV that gives parties a number each."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from keiretsu.errors import AmbiguousNameError, InputError, NameNotFoundError
from keiretsu.model import exact

if TYPE_CHECKING:
    from fractions import Fraction

    from keiretsu.snapshot import Snapshot


def read_values(path: str, snapshot: Snapshot) -> dict[str, Fraction]:
    """Return the values of a CSV file with the columns party and value, by the party's IRI.

    Raises
    ------
    InputError
        If it cannot be read, a column is missing, a value is no number, or a party has two; with
        its line.
    NameNotFoundError, AmbiguousNameError
        If a name is not that of one party; with its line.
    """
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = {"party", "value"} - set(reader.fieldnames or ())
            if missing:
                problem = f"has no column {' and no column '.join(sorted(missing))}"
                raise InputError(problem, place=path, mend="name the columns party and value")
            found: dict[str, Fraction] = {}
            for row in reader:
                place = f"{path}:{reader.line_num}"
                party = _party(row["party"] or "", snapshot, place)
                if party in found:
                    problem = f"{row['party']!r} has a value already"
                    raise InputError(problem, place=place, mend="give each party one value")
                found[party] = _value(row["value"], place)
            return found
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        problem = f"cannot be read ({getattr(error, 'strerror', None) or 'no CSV in UTF-8'})"
        raise InputError(problem, place=path, mend="check the path") from None


def _party(name: str, snapshot: Snapshot, place: str) -> str:
    try:
        return snapshot.parties[snapshot.position(name)].id
    except (NameNotFoundError, AmbiguousNameError) as error:
        error.place = place
        raise


def _value(text: str | None, place: str) -> Fraction:
    try:
        value = exact(text or "")
    except InputError as error:
        raise InputError(error.problem, place=place, mend=error.mend) from None
    if value < 0:
        raise InputError(f"the value {text} is negative", place=place, mend="give nothing or more")
    return value
