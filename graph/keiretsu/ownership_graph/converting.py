"""From one format into another, with a report of what could not be carried."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO, TYPE_CHECKING, Final

from keiretsu.errors import InputError
from keiretsu.formats import FORMATS as OUTSIDE
from keiretsu.formats import Reading, collected, kept
from keiretsu.model import LossReport
from keiretsu.ownership_graph.export_losses import report_unexported
from keiretsu.store.codec.dataset import write_dataset
from keiretsu.store.export import (
    LINES,
    SYNTAXES,
    VOCABULARIES,
    constructed,
    rdf_text,
    write_lines,
)
from keiretsu.store.memory import Store
from keiretsu.store.syntax.parse import SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from keiretsu.formats.frame import Progress
    from keiretsu.model import Caution, ClaimSet, Finding, Loss
    from keiretsu.ownership_graph.loading import Material

TARGETS: Final[Mapping[str, str]] = {
    **dict.fromkeys(SYNTAXES, "RDF of our ontology"),
    **VOCABULARIES,
    **{name: one.title for name, one in OUTSIDE.items() if one.writes},
    "table": "holdings table (as the ending of the file says; else CSV)",
}
"""Names of the formats that are written, and what they are."""
JSON_LINES: Final = (".jsonl", ".ndjson")
"""Endings of JSON Lines."""
FTM_ENDING: Final = ".ftm.json"
"""As those who use FollowTheMoney call their files; the last part alone would tell of BODS."""
_BY_LINES: Final = {"bods": "bods-lines"}
_TABLES: Final = {".tsv": "tsv", ".parquet": "parquet", ".pq": "parquet", ".xlsx": "xlsx"}
STREAMED: Final = frozenset({*LINES, "bods", "bods-lines", "ftm"})
"""Those that are written in memory that does not grow with the claims, unless RDF is read."""
_PART: Final = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """A file in another format, and what became of its content.

    Parameters
    ----------
    output
        Where the converted file was written.
    target
        The format in which it is.
    records, skipped
        How many records were read, malformed ones that were skipped included, and how many of
        these there were; of RDF, which has no records, both are the number of claims and 0.
    parties, claims
        What was made of them.
    written
        How many records were written; claims, for RDF.
    read_losses, write_losses
        What the model could not carry of the input, and the output of the model.
    findings
        Why records were skipped.
    cautions
        What was assumed.
    """

    output: IO[bytes]
    target: str
    records: int
    skipped: int
    parties: int
    claims: int
    written: int
    read_losses: tuple[Loss, ...] = ()
    write_losses: tuple[Loss, ...] = ()
    findings: tuple[Finding, ...] = ()
    cautions: tuple[Caution, ...] = ()

    @property
    def data(self) -> bytes:
        """The converted file, whole."""
        return b"".join(self.parts())

    def parts(self) -> Iterator[bytes]:
        """Yield the converted file part by part."""
        self.output.seek(0)
        while part := self.output.read(_PART):
            yield part

    @property
    def is_lossless(self) -> bool:
        """Whether everything was carried."""
        return not (self.read_losses or self.write_losses or self.skipped)


def target_of(name: str, asked: str | None = None) -> str:
    """Return the format to write: the one asked for, else the one that a file's ending tells.

    Raises
    ------
    InputError
        If there is no such format, or the ending tells none or several.

    Examples
    --------
    >>> target_of("out.ttl"), target_of("out.json"), target_of("-", "fibo")
    ('turtle', 'bods', 'fibo')
    >>> target_of("out.jsonl", "bods"), target_of("out.tsv", "table"), target_of("out.csv")
    ('bods-lines', 'tsv', 'csv')
    >>> target_of("out.ftm.json"), target_of("out.json")
    ('ftm', 'bods')
    """
    suffix = PurePath(name).suffix.lower()
    if asked is not None:
        if asked not in TARGETS:
            known = ", ".join(TARGETS)
            raise InputError(f"{asked!r} is no format that is written", mend=f"use one of {known}")
        if asked == "table":
            return _TABLES.get(suffix, "csv")
        return _BY_LINES.get(asked, asked) if suffix in JSON_LINES else asked
    if suffix in SUFFIXES:
        return SUFFIXES[suffix]
    if name.lower().endswith(FTM_ENDING):
        return "ftm"
    fitting = [one for one in OUTSIDE.values() if one.writes and suffix in one.suffixes]
    own = [one for one in fitting if one.suffixes[0] == suffix]  # its usual ending
    if len(own) == 1 or len(fitting) == 1:
        return (own or fitting)[0].name
    told = " or ".join(one.name for one in fitting) or "no format"
    problem = f"the ending tells {told}"
    raise InputError(problem, place=name, mend=f"add --to with one of {', '.join(TARGETS)}")


def convert(
    material: Material,
    target: str,
    *,
    lenient: bool = False,
    progress: Progress | None = None,
    output: IO[bytes] | None = None,
) -> Conversion:
    r"""Return a file in another format.

    Parameters
    ----------
    material
        What to convert.
    target
        One of `TARGETS`.
    lenient, progress
        As in `keiretsu.ownership_graph.loading.load_all`.

    output
        Where to write it, a file that can be read again; without one, the memory. With one and a
        target among `STREAMED`, memory does not grow with the number of claims.

    Raises
    ------
    InputError
        If it cannot be read or written.

    Examples
    --------
    >>> from keiretsu.ownership_graph import Material
    >>> table = Material(b"holder,issuer,capital_percent\nA,B,60", "t.csv", "csv")
    >>> done = convert(table, "bods")
    >>> (done.records, done.parties, done.claims, done.written)
    (1, 2, 1, 3)
    """
    reading = Reading(material.name, lenient=lenient, progress=progress)
    report = LossReport()
    store: Store | None = None
    if material.outside is None:
        store = Store()
        store.load_bytes(material.data, material.format, material.name)
        claims = store.claims()
        if target not in SYNTAXES:
            store.report_foreign(reading.losses)
    else:
        gather = kept if target in STREAMED else collected
        claims = gather(material.outside.read(material.watched(progress), reading), reading)
    output = io.BytesIO() if output is None else output
    written = write_claims(claims, store, target, report, output)
    count = claims.size
    if progress is not None:
        progress.done(reading, len(claims.parties), count)
    return Conversion(
        output=output,
        target=target,
        records=reading.records if material.outside is not None else count,
        skipped=reading.skipped,
        parties=len(claims.parties),
        claims=count,
        written=count if written is None else written,
        read_losses=reading.losses.losses(),
        write_losses=report.losses(),
        findings=tuple(reading.findings),
        cautions=tuple(one for one in reading.cautions() if one.code != "not-carried"),
    )


def write_claims(
    claims: ClaimSet, store: Store | None, target: str, report: LossReport, output: IO[bytes]
) -> int | None:
    """Write claims, and return how many records that was; None for RDF, which has none.

    Parameters
    ----------
    claims
        What is written.
    store
        The same as RDF, if they were read from RDF.
    target
        One of `TARGETS`.
    report
        Gets what the target cannot say.
    output
        Where to.

    Raises
    ------
    InputError
        If it cannot be written.
    """
    if target in LINES and store is None:
        write_lines(claims, target, output)
        return None
    if target in SYNTAXES:
        text = store.to_rdf(target) if store else rdf_text(write_dataset(claims), target)
        output.write(text.encode())
        return None
    if target in VOCABULARIES:
        if store is None:
            store = Store()
            store.add(claims)
        report_unexported(claims, target, report)
        output.write(constructed(store, target).encode())
        return None
    written = OUTSIDE[target].write(claims, output, report)
    if target not in ("bods", "bods-lines"):
        for record in claims.source_records:
            reason = f"{target} has no place for records as their source wrote them"
            report.add(f"source record ({record.format})", reason, record.id)
    return written
