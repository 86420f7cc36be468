"""What the readers of registers cost beside merely parsing the same file; never a test.

``python benchmarks/readers.py [RECORDS]`` writes a file of each format, reads it record by record
in a process of its own, and prints records per second, the peak of memory above an idle process,
and the ratio to the floor in the same run: orjson for lines of JSON, the csv module for tables,
lxml for XML.
"""

from __future__ import annotations

import csv
import hashlib
import json
import multiprocessing
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import orjson
from lxml import etree

from keiretsu.formats import FORMATS, Input, Reading
from keiretsu.formats.gleif.csv_records import RELATIONSHIP_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

RECORDS = 50_000
_MEGABYTE = 1024


def lei(number: int) -> str:
    """Return an LEI with right check digits; the numbers denote nobody."""
    stem = f"9999{number:014d}"
    return f"{stem}{98 - int(stem + '00') % 97:02d}"


def psc(count: int) -> Iterator[str]:
    """Yield lines of persons with significant control."""
    for number in range(count):
        yield json.dumps(
            {
                "company_number": f"{number:08d}",
                "data": {
                    "etag": hashlib.sha1(b"%d" % number).hexdigest(),  # noqa: S324 - what the register has
                    "kind": "individual-person-with-significant-control",
                    "name": f"Ms Ada Test {number}",
                    "nationality": "British",
                    "country_of_residence": "England",
                    "date_of_birth": {"month": 4, "year": 1975},
                    "address": {"premises": "1", "locality": "Town", "postal_code": "AA1 1AA"},
                    "natures_of_control": [
                        "ownership-of-shares-25-to-50-percent",
                        "voting-rights-50-to-75-percent",
                    ],
                    "notified_on": "2016-04-06",
                    "links": {"self": f"/company/{number:08d}/psc/individual/a{number}"},
                },
            }
        )


def ftm(count: int) -> Iterator[str]:
    """Yield lines of entities: companies and what they own."""
    for number in range(0, count, 2):
        name = {"name": [f"Company {number}"], "jurisdiction": ["gb"]}
        yield json.dumps({"id": f"c{number}", "schema": "Company", "properties": name})
        said = {"owner": [f"c{number}"], "asset": [f"c{number // 2}x"], "percentage": ["43.4"]}
        yield json.dumps({"id": f"o{number}", "schema": "Ownership", "properties": said})


def bods(count: int) -> Iterator[str]:
    """Yield statements: for every three, a company, a person, and what the person holds in it."""
    for number in range(0, count, 3):
        company, person = f"company-{number}", f"person-{number}"
        shares = {"type": "shareholding", "directOrIndirect": "direct", "share": {"exact": 43.4}}
        told = (
            ("entity", company, {"entityType": {"type": "registeredEntity"}, "name": company}),
            ("person", person, {"personType": "knownPerson", "names": [{"fullName": person}]}),
            (
                "relationship",
                f"r-{number}",
                {"subject": company, "interestedParty": person, "interests": [shares]},
            ),
        )
        for place, (kind, record, details) in enumerate(told):
            yield json.dumps(
                {
                    "statementId": f"{number + place:032d}",
                    "declarationSubject": company,
                    "statementDate": "2020-01-01",
                    "recordId": record,
                    "recordType": kind,
                    "recordDetails": {"isComponent": False, **details},
                }
            )


def relationships_csv(count: int) -> Iterator[str]:
    """Yield a table of relationships as wide as the golden copy's."""
    more = [
        *(
            f"Relationship.Period.{n}.{part}"
            for n in range(1, 6)
            for part in ("startDate", "endDate", "periodType")
        ),
        *(f"Relationship.Qualifiers.{n}.QualifierDimension" for n in range(1, 6)),
        *(f"Relationship.Qualifiers.{n}.QualifierCategory" for n in range(1, 6)),
        *(
            f"Relationship.Quantifiers.{n}.{part}"
            for n in range(1, 6)
            for part in ("MeasurementMethod", "QuantifierAmount", "QuantifierUnits")
        ),
        *(f"Registration.{part}" for part in ("RegistrationStatus", "ValidationSources")),
    ]
    yield ",".join((*RELATIONSHIP_COLUMNS, *more))
    told = ["2001-03-28T00:00:00.000Z", "", "RELATIONSHIP_PERIOD", *[""] * (len(more) - 5)]
    for number in range(count):
        kind = ("IS_DIRECTLY_CONSOLIDATED_BY", "ACTIVE")
        cells = (lei(number), "LEI", lei(number + 1), "LEI", *kind, *told)
        yield ",".join((*cells, "PUBLISHED", "FULLY_CORROBORATED"))


def relationships_xml(count: int) -> Iterator[str]:
    """Yield the same as XML."""
    yield '<RelationshipData xmlns="http://www.gleif.org/data/schema/rr/2016">'
    for number in range(count):
        yield (
            f"<RelationshipRecord><Relationship><StartNode><NodeID>{lei(number)}</NodeID>"
            f"<NodeIDType>LEI</NodeIDType></StartNode><EndNode><NodeID>{lei(number + 1)}</NodeID>"
            "<NodeIDType>LEI</NodeIDType></EndNode><RelationshipType>IS_DIRECTLY_CONSOLIDATED_BY"
            "</RelationshipType><RelationshipPeriods><RelationshipPeriod>"
            "<StartDate>2001-03-28T00:00:00.000Z</StartDate>"
            "<PeriodType>RELATIONSHIP_PERIOD</PeriodType></RelationshipPeriod>"
            "</RelationshipPeriods><RelationshipStatus>ACTIVE</RelationshipStatus></Relationship>"
            "<Registration><RegistrationStatus>PUBLISHED</RegistrationStatus></Registration>"
            "</RelationshipRecord>"
        )
    yield "</RelationshipData>"


def parse_json(path: Path) -> None:
    """Parse every line."""
    with path.open("rb") as file:
        for line in file:
            orjson.loads(line)


def parse_csv(path: Path) -> None:
    """Parse every row into a dictionary, as reading by names needs."""
    with path.open(newline="") as file:
        for _ in csv.DictReader(file):
            pass


def parse_xml(path: Path) -> None:
    """Parse every record, letting go of it."""
    for _, element in etree.iterparse(str(path), tag="{*}RelationshipRecord"):
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def read(name: str, path: Path) -> None:
    """Read a file with a reader of ours, letting go of what it yields."""
    for _ in FORMATS[name].read(Input(path, path.name), Reading(path.name)):
        pass


CASES: tuple[tuple[str, str, Callable[[int], Iterator[str]], Callable[[Path], None]], ...] = (
    ("psc", "psc.jsonl", psc, parse_json),
    ("ftm", "x.ftm.json", ftm, parse_json),
    ("bods", "bods.jsonl", bods, parse_json),
    ("gleif-relationships", "rr.csv", relationships_csv, parse_csv),
    ("gleif-relationships", "rr.xml", relationships_xml, parse_xml),
)


def measured(work: Callable[..., None], *args: object) -> tuple[float, float]:
    """Return the seconds of some work in a process of its own, and its peak in megabytes."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        idle = pool.apply(_nothing)
        seconds, peak = pool.apply(_timed, (work, args))
    return seconds, (peak - idle) / _MEGABYTE


def _nothing() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _timed(work: Callable[..., None], args: tuple[object, ...]) -> tuple[float, int]:
    begin = time.process_time()  # of the processor: other work on the machine does not count
    work(*args)
    return time.process_time() - begin, _nothing()


def main(records: int) -> None:
    """Write, read and print."""
    print(f"{records} records   records/s   peak MB   floor records/s   ratio   peak MB at half")
    with tempfile.TemporaryDirectory() as folder:
        for name, file, lines, floor in CASES:
            whole, half = Path(folder, file), Path(folder, f"half-{file}")
            whole.write_text("\n".join(lines(records)) + "\n")
            half.write_text("\n".join(lines(records // 2)) + "\n")
            least, _ = measured(floor, whole)
            seconds, peak = measured(read, name, whole)
            _, smaller = measured(read, name, half)
            rates = f"{records / seconds:>12,.0f}{peak:>10.1f}{records / least:>18,.0f}"
            print(f"{file:<13}{rates}{seconds / least:>8.1f}{smaller:>18.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else RECORDS)
