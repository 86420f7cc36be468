"""From one format into another, with a report of what could not be carried."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from keiretsu.errors import InputError
from keiretsu.formats import FORMATS as OUTSIDE
from keiretsu.formats import Reading, collected
from keiretsu.model import LossReport
from keiretsu.store.codec.dataset import write_dataset
from keiretsu.store.export import SYNTAXES, VOCABULARIES, constructed, rdf_text
from keiretsu.store.memory import Store
from keiretsu.store.syntax.parse import SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from keiretsu.model import Caution, ClaimSet, Finding, Loss
    from keiretsu.ownership_graph.loading import Material

TARGETS: Final[Mapping[str, str]] = {
    **dict.fromkeys(SYNTAXES, "RDF of our ontology"),
    **VOCABULARIES,
    **{name: one.title for name, one in OUTSIDE.items() if one.writes},
}
"""Names of the formats that are written, and what they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """A file in another format, and what became of its content.

    Parameters
    ----------
    data
        The converted file.
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

    data: bytes
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
    """
    if asked is not None:
        if asked not in TARGETS:
            known = ", ".join(TARGETS)
            raise InputError(f"{asked!r} is no format that is written", mend=f"use one of {known}")
        return asked
    suffix = PurePath(name).suffix.lower()
    if suffix in SUFFIXES:
        return SUFFIXES[suffix]
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
    progress: Callable[[int], None] | None = None,
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
        claims = collected(material.outside.read(material.input, reading), reading)
    data, written = _written(claims, store, target, report)
    count = sum(1 for _ in claims.every_claim())
    return Conversion(
        data=data,
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


def _written(
    claims: ClaimSet, store: Store | None, target: str, report: LossReport
) -> tuple[bytes, int | None]:
    if target in SYNTAXES:
        text = store.to_rdf(target) if store else rdf_text(write_dataset(claims), target)
        return text.encode(), None
    if target in VOCABULARIES:
        if store is None:
            store = Store()
            store.add(claims)
        _report_unexported(claims, target, report)
        return constructed(store, target).encode(), None
    stream = io.BytesIO()
    written = OUTSIDE[target].write(claims, stream, report)
    if target != "bods":
        for record in claims.source_records:
            reason = f"{target} has no place for records as their source wrote them"
            report.add(f"source record ({record.format})", reason, record.id)
    return stream.getvalue(), written


_EXPORTED: Final[Mapping[str, frozenset[str]]] = {
    "bods-rdf": frozenset({"Holding", "Tenure"}),
    "fibo": frozenset({"Holding"}),
    "org": frozenset({"Tenure"}),
}


def _report_unexported(claims: ClaimSet, target: str, report: LossReport) -> None:
    for claim in claims.every_claim():
        kind = type(claim).__name__
        if kind not in _EXPORTED[target]:
            report.add(kind.lower(), f"{VOCABULARIES[target]} has no word for it here", claim.id)
        elif claim.status.value in ("rejected", "superseded"):
            reason = "it would be read as a fact"
            report.add(f"{claim.status.value} {kind.lower()}", reason, claim.id)
