"""Checks of files, alone and together, and of a store on disk without reading it into memory."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from keiretsu.errors import InputError
from keiretsu.model import Finding, Severity
from keiretsu.ownership_graph.graph import OwnershipGraph
from keiretsu.ownership_graph.stored import stored_material
from keiretsu.snapshot.audit import audit
from keiretsu.snapshot.stored_audit import audit_stored
from keiretsu.store.disk import DiskClaims
from keiretsu.store.disk.checking import checked_alone, checked_together
from keiretsu.store.query.audits import run_audits
from keiretsu.store.validation import validate_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from keiretsu.ownership_graph.loading import Material


class Check(NamedTuple):
    """What a check found.

    Parameters
    ----------
    names
        What was checked.
    findings
        What was found; things alone before what lies between them.
    graph
        The data, if they could be loaded.
    """

    names: tuple[str, ...]
    findings: tuple[Finding, ...]
    graph: OwnershipGraph | None = None

    @property
    def conforms(self) -> bool:
        """Whether nothing was found that fails a check."""
        return not has_error(self.findings)


def check(materials: Sequence[Material]) -> Check:
    """Return what is wrong or doubtful in files alone and, if no error is among that, together.

    Raises
    ------
    InputError
        If a file cannot be read at all.
    """
    names = tuple(material.name for material in materials)
    found = [finding for material in materials for finding in _alone(material)]
    if has_error(found):
        return Check(names, tuple(found))
    try:
        graph = OwnershipGraph.of(materials)
        claims, engine = graph.claims, graph.store.engine()
    except InputError as error:  # each is sound alone, so what is wrong lies between them
        message = f"{error.problem}; {error.mend}" if error.mend else error.problem
        between = Finding(Severity.ERROR, "contradiction", message, error.place)
        return Check(names, (*found, between))
    lines = {one.id: one.place for one in claims.holdings if one.place and one.place != one.id}
    audited = [_placed(finding, lines) for finding in run_audits(engine, ", ".join(names))]
    return Check(names, (*found, *audit(claims), *audited), graph)


def check_store(path: str | Path) -> Check:
    """Return what `check` finds in a store on disk, in memory that does not grow with it.

    Findings are placed at the IRI of what they are about. Where edits or identifiers are left to
    be settled, which only the whole can do, it is read into memory.

    Raises
    ------
    InputError
        If there is no store, or it is damaged.
    """
    disk = DiskClaims(path)
    names = (disk.path,)
    if not disk.manifest.is_settled:
        return check([stored_material(path)])
    found = checked_alone(disk)
    if has_error(found):
        return Check(names, tuple(found))
    between = (*audit_stored(disk), *checked_together(disk))
    return Check(names, (*found, *between), OwnershipGraph.open(store=path))


def has_error(findings: Sequence[Finding]) -> bool:
    """Return whether some finding fails the check."""
    return any(finding.severity is Severity.ERROR for finding in findings)


def _placed(finding: Finding, lines: Mapping[str, str]) -> Finding:
    """Return a finding with the line of its claim for a place, where one is known."""
    subject = finding.place.rpartition(": <")[2].removesuffix(">")
    return replace(finding, place=lines.get(subject, finding.place))


def _alone(material: Material) -> list[Finding]:
    if material.outside is not None:
        return material.outside.check(material.input)
    return validate_bytes(material.data, material.format, material.name)
