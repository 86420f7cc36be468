"""GLEIF level 1: who is who (LEI-CDF 3.1), in XML or as the golden copy's CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keiretsu.formats.gleif import csv_records as gleif_csv
from keiretsu.formats.gleif import xml_records as gleif_xml
from keiretsu.formats.gleif.parties import entity
from keiretsu.formats.xml_records import is_xml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keiretsu.formats.frame import Piece, Reading
    from keiretsu.formats.gleif.records import EntityRecord
    from keiretsu.formats.opening import Input


def read(source: Input, reading: Reading) -> Iterator[Piece]:
    """Yield the parties of level 1; see `keiretsu.formats.frame.Reader`."""
    records = gleif_xml.entities(source) if is_xml(source) else gleif_csv.entities(source, reading)
    for record in records:
        yield from reading.taken(record.place, _party, record, reading)


def _party(record: EntityRecord, reading: Reading) -> Iterator[Piece]:
    yield entity(record)
    for field in record.other:
        reading.lost(field, "parties have no such field", record.place)
    for field in record.registration:
        reading.lost(f"Registration.{field}", "parties have no such field", record.place)
    if record.status not in ("", "ACTIVE"):
        why = "it is not told since when; the date of an end is needed"
        reading.lost("Entity.EntityStatus", why, record.place, record.status)
