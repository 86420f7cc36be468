"""A register's table as the BODS lines that `keiretsu convert` writes of it, fast and checked.

`convert` makes objects of all rows and writes them one by one: most of an hour for a million. What
the statements of a synthetic register differ in is filled into a form here; whoever uses it holds
the first rows against what the command itself writes of them.
"""

from __future__ import annotations

import hashlib
import json
from typing import IO, TYPE_CHECKING

import numpy as np

from keiretsu.formats.bods.shares import percent
from keiretsu.formats.bods.statement import canonical, digest_of
from keiretsu.formats.table.arrays import read_arrays
from keiretsu.model import ID

if TYPE_CHECKING:
    from pathlib import Path

    from keiretsu.formats.table.arrays import PlainTable

DAY = "2015-01-01"
"""From which all holdings of the register are valid, and which statements are therefore dated."""
STATEMENT = (
    '{{"statementId":"kei-{id}","declarationSubject":"{subject}","statementDate":"{day}",'
    '"publicationDetails":{{"publicationDate":"{day}","bodsVersion":"0.4",'
    '"publisher":{{"name":"converted by Keiretsu"}}}},"recordId":"{record}","recordType":"{kind}",'
    '"recordStatus":"new","recordDetails":{details},{source}"annotations":[{{'
    '"statementPointerTarget":"","motivation":"commenting",'
    '"description":"all that Keiretsu knows of it, for Keiretsu to read again",'
    '"createdBy":{{"name":"Keiretsu"}},"keiretsu":{{"of":"{of}","says":[{says}]}}}}]}}\n'
)


def write_statements(table: Path, path: Path) -> None:
    """Write a synthetic register, a CSV of `register_store.write_register`, as lines of BODS."""
    plain = read_arrays(table.read_bytes(), str(table))
    if plain is None:
        raise SystemExit(f"{table} is no plain table")
    with path.open("wb") as file:
        _write_parties(plain, file)
        _write_holdings(plain, file)


def write_as_published(statements: Path, path: Path) -> None:
    """Write statements as a register publishes them.

    They lack what Keiretsu keeps beside them, and they are made and declared on many days.
    """
    with statements.open("rb") as lines, path.open("wb") as file:
        for number, line in enumerate(lines):
            told = json.loads(line)
            del told["annotations"]
            told["statementDate"] = _day(number)
            for interest in told["recordDetails"].get("interests", ()):
                interest["startDate"] = _day(7 * number)
            file.write(_json(told).encode() + b"\n")


def _day(number: int) -> str:
    return f"{2001 + number % 23}-{number % 12 + 1:02}-{number % 28 + 1:02}"


def _statement(
    kind: str, record: str, subject: str, details: dict[str, object], *, says: str, source: str = ""
) -> bytes:
    told = canonical({"record": record, "details": details, "date": DAY})
    written = canonical(details)
    text = STATEMENT.format(
        id=hashlib.sha256(told.encode()).hexdigest()[:40],
        subject=subject,
        day=DAY,
        record=record,
        kind=kind,
        details=written,
        source=source,
        of=digest_of(written),
        says=says,
    )
    return text.encode()


def _write_parties(plain: PlainTable, file: IO[bytes]) -> None:
    for iri, label in zip(plain.iris.to_pylist(), plain.labels.to_pylist(), strict=True):
        details = {
            "isComponent": False,
            "entityType": {"type": "unknownEntity"},
            "name": label,
            "uri": iri,
            "unspecifiedEntityDetails": {"reason": "unknown"},
        }
        says = _json({"is": "Party", "id": iri, "label": label})
        file.write(_statement("entity", iri, iri, details, says=says))


def _write_holdings(plain: PlainTable, file: IO[bytes]) -> None:
    (document,) = plain.documents
    source = f'"source":{_json({"description": document.title})},'
    beside = [{"is": "Document", "id": document.id, "title": document.title}]
    ends, percents = plain.iris.to_pylist(), [percent(share.low) for share in plain.shares]
    lows, (said,) = [str(share.low) for share in plain.shares], plain.terms
    names = [one.tobytes().hex() for one in plain.ids]
    for row in np.argsort(np.array(names)).tolist():
        record, share = f"{ID}claim/{names[row]}", plain.share[row]
        holder, issuer = ends[plain.holder[row]], ends[plain.issuer[row]]
        interest = {
            "type": "shareholding",
            "share": {"exact": percents[share]},
            "directOrIndirect": "direct",
            "startDate": DAY,
        }
        details = {
            "isComponent": False,
            "subject": issuer,
            "interestedParty": holder,
            "interests": [interest],
        }
        holding = {
            "is": "Holding",
            "id": record,
            "document": document.id,
            "period": {"start": DAY},
            "record": said[2],
            "holder": holder,
            "issuer": issuer,
            "capital": {"low": lows[share], "high": lows[share]},
        }
        says = ",".join(map(_json, [*beside, holding]))
        file.write(_statement("relationship", record, issuer, details, says=says, source=source))
        beside = []  # the first statement describes the document


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
