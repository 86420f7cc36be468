"""What the readers of registers cost beside merely parsing the same file; never a test.

``python benchmarks/readers.py [RECORDS]`` writes a file of each format in two sizes, reads it
record by record in a process of its own, and prints records per second, their ratio to the floor in
the same run (msgspec for lines of JSON, the csv module for tables, lxml for XML), and the peak of
memory above what the process had before, for both sizes: what is read in constant memory has the
same peak twice. Then the same of conversions, and of loads into a store on disk, which a user waits
for. Peaks are told by Linux.
"""

from __future__ import annotations

import csv
import hashlib
import json
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Callable, Iterator  # noqa: TC003 - fields of a named tuple
from pathlib import Path
from typing import NamedTuple

import msgspec
from lxml import etree

from keiretsu.formats import FORMATS, Input, Reading
from keiretsu.formats.gleif.csv_records import RELATIONSHIP_COLUMNS

RECORDS = 20_000
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


def exceptions_csv(count: int) -> Iterator[str]:
    """Yield a table of reporting exceptions."""
    yield "LEI,Exception.Category,Exception.Reason.1,Exception.Reference.1"
    for number in range(count):
        yield f"{lei(number)},DIRECT_ACCOUNTING_CONSOLIDATION_PARENT,NATURAL_PERSONS,"


def entities_csv(count: int) -> Iterator[str]:
    """Yield a table of entities; the golden copy has some 300 columns more, nearly all empty."""
    names = [f"Entity.OtherEntityNames.OtherEntityName.{n}" for n in range(1, 6)]
    address = [f"Entity.LegalAddress.{one}" for one in ("FirstAddressLine", "City", "Country")]
    columns = [
        "LEI",
        "Entity.LegalName",
        *(title for name in names for title in (name, f"{name}.type")),
        *address,
        "Entity.LegalJurisdiction",
        "Entity.EntityCategory",
        "Entity.EntityStatus",
        "Entity.EntityCreationDate",
        "Registration.RegistrationStatus",
    ]
    yield ",".join(columns)
    blank = "," * (2 * len(names))
    for number in range(count):
        told = f"{lei(number)},Company {number}{blank},1 High Street,Town,GB,GB,GENERAL,ACTIVE"
        yield f"{told},2001-03-28T00:00:00.000Z,ISSUED"


def entities_xml(count: int) -> Iterator[str]:
    """Yield the same as XML."""
    yield '<LEIData xmlns="http://www.gleif.org/data/schema/leidata/2016">'
    for number in range(count):
        yield (
            f"<LEIRecord><LEI>{lei(number)}</LEI><Entity><LegalName>Company {number}</LegalName>"
            "<LegalAddress><FirstAddressLine>1 High Street</FirstAddressLine><City>Town</City>"
            "<Country>GB</Country></LegalAddress><LegalJurisdiction>GB</LegalJurisdiction>"
            "<EntityCategory>GENERAL</EntityCategory><EntityStatus>ACTIVE</EntityStatus>"
            "<EntityCreationDate>2001-03-28T00:00:00.000Z</EntityCreationDate></Entity>"
            "<Registration><RegistrationStatus>ISSUED</RegistrationStatus></Registration>"
            "</LEIRecord>"
        )
    yield "</LEIData>"


def table(count: int) -> Iterator[str]:
    """Yield a holdings table with its sources."""
    yield (
        "holder,issuer,capital_percent,holder_kind,issuer_kind,valid_from,source_title,"
        "source_publisher,source_date,source_url"
    )
    for number in range(count):
        percent = f"{number * 7 % 33}.{number % 10}"
        source = f"Register {number % 50},Registry,2020-01-01,https://example.org/{number % 50}"
        held = f"Holder {number},Company {number // 3},{percent},Person,Company"
        yield f"{held},2019-0{number % 9 + 1}-03,{source}"


def parse_json(path: Path) -> None:
    """Parse every line."""
    decode = msgspec.json.Decoder().decode
    with path.open("rb") as file:
        for line in file:
            decode(line)


def parse_csv(path: Path) -> None:
    """Parse every row into a dictionary, as reading by names needs."""
    with path.open(newline="") as file:
        for _ in csv.DictReader(file):
            pass


def parse_xml(path: Path) -> None:
    """Parse every record, letting go of it."""
    for _, element in etree.iterparse(str(path), tag=("{*}RelationshipRecord", "{*}LEIRecord")):
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def read(name: str, path: Path) -> None:
    """Read a file with a reader of ours, letting go of what it yields."""
    for _ in FORMATS[name].read(Input(path, path.name), Reading(path.name)):
        pass


def converted(target: str, name: str, path: Path) -> None:
    """Convert a file as the command does, into a file that is thrown away."""
    from keiretsu.ownership_graph import Material  # noqa: PLC0415 - heavy, and readers need it not
    from keiretsu.ownership_graph.converting import convert  # noqa: PLC0415

    with tempfile.TemporaryFile() as output:
        convert(Material(path, path.name, name), target, output=output)


def loaded(option: str, name: str, path: Path) -> None:
    """Load a file into a store that is thrown away; `option` as of the command."""
    from keiretsu.ownership_graph import Material  # noqa: PLC0415 - heavy, and readers need it not
    from keiretsu.ownership_graph.stored import load_into_store  # noqa: PLC0415 - likewise

    with tempfile.TemporaryDirectory() as folder:
        alone = option == "--columns"
        load_into_store([Material(path, path.name, name)], Path(folder, "s"), columns_alone=alone)


class Case(NamedTuple):
    """A format, a file of it, what writes that file, and what merely parses it."""

    name: str
    file: str
    lines: Callable[[int], Iterator[str]]
    floor: Callable[[Path], None]


CASES = (
    Case("psc", "psc.jsonl", psc, parse_json),
    Case("ftm", "x.ftm.json", ftm, parse_json),
    Case("bods", "bods.jsonl", bods, parse_json),
    Case("gleif-relationships", "rr.csv", relationships_csv, parse_csv),
    Case("gleif-relationships", "rr.xml", relationships_xml, parse_xml),
    Case("gleif-entities", "l1.csv", entities_csv, parse_csv),
    Case("gleif-entities", "l1.xml", entities_xml, parse_xml),
    Case("gleif-exceptions", "repex.csv", exceptions_csv, parse_csv),
    Case("csv", "table.csv", table, parse_csv),
)
CONVERSIONS = (("psc.jsonl", "nquads"), ("rr.csv", "bods"), ("psc.jsonl", "ftm"))
LOADED = ("bods.jsonl", "psc.jsonl", "rr.csv", "rr.xml", "l1.csv", "l1.xml")
_TRIES = 2


class Cost(NamedTuple):
    """Seconds of the processor, the least of some tries, and megabytes above the start."""

    seconds: float
    peak: float


def measured(work: Callable[..., None], *args: object, tries: int = _TRIES) -> Cost:
    """Return what some work costs, every try in a process of its own."""
    found = []
    for _ in range(tries):
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            found.append(pool.apply(_timed, (work, args)))
    return Cost(min(one.seconds for one in found), max(one.peak for one in found))


def _timed(work: Callable[..., None], args: tuple[object, ...]) -> Cost:
    Path("/proc/self/clear_refs").write_text("5")  # the peak is from now on
    before = _memory("VmRSS")
    begin = time.process_time()  # of the processor: other work on the machine does not count
    work(*args)
    seconds = time.process_time() - begin
    return Cost(seconds, (_memory("VmHWM") - before) / _MEGABYTE)


def _memory(what: str) -> int:
    """Return kibibytes of this process; what ``getrusage`` tells includes its parent's."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(what))


def main(records: int) -> None:
    """Write, read, convert and print."""
    small = records // 4
    with tempfile.TemporaryDirectory() as folder:
        files = {}
        for case in CASES:
            for size in (small, records):
                path = files[case.file, size] = Path(folder, f"{size}-{case.file}")
                path.write_text("\n".join(case.lines(size)) + "\n")
        print(f"reading        records/s   floor/s  ratio   peak MB of {small:,}, of {records:,}")
        for case in CASES:
            path, part = files[case.file, records], files[case.file, small]
            least = measured(case.floor, path).seconds
            whole = measured(read, case.name, path)
            peaks = measured(read, case.name, part, tries=1).peak, whole.peak
            rates = f"{records / whole.seconds:>10,.0f}{records / least:>10,.0f}"
            ratio = whole.seconds / least
            print(f"{case.file:<12}{rates}{ratio:>7.1f}{peaks[0]:>10.1f}{peaks[1]:>10.1f}")
        print(f"\nconverting, loading    records/s           peak MB of {small:,}, of {records:,}")
        names = {case.file: case.name for case in CASES}
        for work, file, target in (
            *((converted, file, target) for file, target in CONVERSIONS),
            *((loaded, file, option) for file in LOADED for option in ("--columns", "--rdf")),
        ):
            costs = [
                measured(work, target, names[file], files[file, size], tries=1)
                for size in (small, records)
            ]
            rate = f"{records / costs[1].seconds:>10,.0f}"
            peaks = costs[0].peak, costs[1].peak
            print(f"{file + ' ' + target:<22}{rate}{'':>9}{peaks[0]:>10.1f}{peaks[1]:>10.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else RECORDS)
