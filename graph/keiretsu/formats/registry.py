"""The outside formats that are read and written, and how a file is recognised as one of them.

A new format is one entry here and one module, see `keiretsu.formats.frame`. The order matters: of
the formats that fit a file, the first one is taken, so those without marks stand last.
"""

from __future__ import annotations

from pathlib import PurePath
from types import MappingProxyType
from typing import TYPE_CHECKING

from keiretsu.errors import InputError
from keiretsu.formats.bods.tables import holds_tables
from keiretsu.formats.frame import Format

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keiretsu.formats.opening import Input

_ALL = (
    Format(
        name="bods",
        title="Beneficial Ownership Data Standard 0.4 (read: 0.1 to 0.4; JSON, JSON Lines)",
        module="keiretsu.formats.bods.format",
        writes=True,
        checks=True,
        suffixes=(".json", ".jsonl", ".ndjson"),
        marks=((b'"statementId"', b'"recordType"'), (b'"statementID"', b'"statementType"')),
    ),
    Format(
        name="bods-tables",
        title="BODS as flattened tables, a folder or a zip (CSV, Parquet)",
        module="keiretsu.formats.bods.format",
        checks=True,
        suffixes=(".zip",),
    ),
    Format(
        name="bods-lines",
        title="Beneficial Ownership Data Standard 0.4, a statement a line (JSON Lines)",
        module="keiretsu.formats.bods.lines",
        reads=False,
        writes=True,
        suffixes=(".ndjson", ".jsonl"),
    ),
    Format(
        name="psc",
        title="persons with significant control, United Kingdom (JSON Lines)",
        module="keiretsu.formats.psc.format",
        suffixes=(".jsonl", ".json", ".txt", ".ndjson"),
        marks=((b'"company_number"', b'"data"'),),
    ),
    Format(
        name="gleif-relationships",
        title="GLEIF level 2, relationships (CSV, RR-CDF XML)",
        module="keiretsu.formats.gleif.relationships",
        suffixes=(".csv", ".xml"),
        marks=((b"Relationship.StartNode.NodeID",), (b"RelationshipData",)),
    ),
    Format(
        name="gleif-exceptions",
        title="GLEIF level 2, reporting exceptions (CSV, XML)",
        module="keiretsu.formats.gleif.exceptions",
        suffixes=(".csv", ".xml"),
        marks=((b"Exception.Category",), (b"ReportingExceptionData",)),
    ),
    Format(
        name="gleif-entities",
        title="GLEIF level 1, entities (CSV, LEI-CDF XML)",
        module="keiretsu.formats.gleif.entities",
        suffixes=(".csv", ".xml"),
        marks=((b"Entity.LegalName",), (b"LEIData",)),
    ),
    Format(
        name="ftm",
        title="FollowTheMoney entities (JSON Lines)",
        module="keiretsu.formats.ftm.format",
        writes=True,
        suffixes=(".jsonl", ".json", ".ijson", ".ndjson", ".ftm"),
        marks=((b'"schema"', b'"properties"'),),
    ),
    Format(
        name="wikidata",
        title="Wikidata: entities (JSON), SPARQL results (JSON)",
        module="keiretsu.formats.wikidata.format",
        suffixes=(".json", ".jsonl", ".ndjson", ".srj"),
        marks=((b'"mainsnak"',), (b'"head"', b'"bindings"')),
    ),
    Format(
        name="xlsx",
        title="holdings table (Excel workbook)",
        module="keiretsu.formats.table.workbook",
        writes=True,
        checks=True,
        suffixes=(".xlsx", ".xlsm"),
    ),
    Format(
        name="parquet",
        title="holdings table (Parquet)",
        module="keiretsu.formats.table.parquet",
        writes=True,
        checks=True,
        suffixes=(".parquet", ".pq"),
    ),
    Format(
        name="tsv",
        title="holdings table (TSV)",
        module="keiretsu.formats.table.tabbed",
        reads=False,
        writes=True,
        suffixes=(".tsv",),
    ),
    Format(
        name="csv",
        title="holdings table (CSV, TSV)",
        module="keiretsu.formats.table.format",
        writes=True,
        checks=True,
        suffixes=(".csv", ".tsv", ".txt"),
    ),
)

FORMATS: Mapping[str, Format] = MappingProxyType({one.name: one for one in _ALL})
"""The formats by name."""


def recognised(source: Input) -> Format | None:
    """Return the format of a file: by its ending, and by what it begins with.

    Returns
    -------
    Format or None
        None if no format has such an ending.

    Raises
    ------
    InputError
        If its ending is known but it begins like none of the formats that have it, or it cannot be
        opened.

    Examples
    --------
    >>> from keiretsu.formats.opening import Input
    >>> recognised(Input(b"holder,issuer,shares", "mine.csv")).name
    'csv'
    """
    collection = _of_several(source)
    if collection is not None:
        return collection
    suffix = PurePath(source.inner_name).suffix.lower()
    candidates = [one for one in FORMATS.values() if one.reads and suffix in one.suffixes]
    if not candidates:
        return None
    head = source.head() if any(one.marks for one in candidates) else b""
    for candidate in candidates:
        if candidate.fits(head):
            return candidate
    known = ", ".join(f"{one.name} ({one.title})" for one in candidates)
    raise InputError(
        f"its ending is {suffix}, but it begins like none of {known}",
        place=source.name,
        mend="check that it is whole, or name its format with --input-format",
    )


def _of_several(source: Input) -> Format | None:
    """Return the format of a folder, or of an archive of several files; None for a plain file.

    Raises
    ------
    InputError
        If its files are of no format that comes as several.
    """
    if not source.is_folder and PurePath(source.name).suffix.lower() != ".zip":
        return None
    members = source.members()
    if holds_tables(members):
        return FORMATS["bods-tables"]
    if source.is_folder:
        problem = "is a folder, but neither a store nor tables of BODS"
        raise InputError(problem, place=source.name, mend="name the files in it")
    if members:
        problem = f"the archive holds {len(members)} files, and not the tables of BODS"
        raise InputError(problem, place=source.name, mend="unpack it and name the files")
    with source.open():  # an archive of no file, or a damaged one, says so
        return None
