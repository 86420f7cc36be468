"""Derived graphs: what was computed for a day, as RDF beside the claims that it rests on.

A derived graph is made whole and replaced whole. Its name tells what it holds and for which day,
its `kei:Derivation` how it was made, and each finding in it from which claims.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from rdflib import PROV, RDF, Literal, URIRef

from keiretsu.errors import InputError
from keiretsu.model import ID, PartialDate
from keiretsu.store import literals
from keiretsu.store.codec.pairs import texts
from keiretsu.vocabulary import DERIVED, KEI

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from keiretsu.store.codec.pairs import Triple
    from keiretsu.store.derived.findings import DerivedFinding


class DerivedKind(StrEnum):
    """What a derived graph holds."""

    STAKES = "stakes"
    """What each holder has in each issuer, in capital and in votes, and the rules between them."""
    GROUP_STAKES = "group-stakes"
    """The same with wholly-owned vehicles seen through: a stake is its owner's."""
    CONTROL = "control"
    """Who controls whom under a rule, and who may."""
    INTEGRATED = "integrated"
    """Shares through all chains of holdings."""
    LEGAL = "legal"
    """Who stands behind companies by a legal test, and who may."""

    @property
    def is_named_by_argument(self) -> bool:
        """Whether there is a graph for each rule or test."""
        return self in (DerivedKind.CONTROL, DerivedKind.LEGAL)


@dataclass(frozen=True, slots=True)
class DerivedRequest:
    """A derived graph that somebody needs.

    Parameters
    ----------
    kind
        What it holds.
    as_of, known_at
        The day, and the day by which it must have been knowable.
    argument
        For control the name of the rule, for legal verdicts that of the test, for integrated
        shares the least percentage that is written; nothing for stakes.
    supposed
        Edits, in words, by which the world differs from what is claimed; none for the world as it
        is claimed to be.
    """

    kind: DerivedKind
    as_of: dt.date
    argument: str = ""
    known_at: dt.date | None = None
    supposed: tuple[str, ...] = ()

    @property
    def name(self) -> URIRef:
        """IRI of the graph; the floor of integrated shares is not part of it.

        Examples
        --------
        >>> import datetime as dt
        >>> DerivedRequest(DerivedKind.CONTROL, dt.date(2019, 9, 3), "majority-votes").name
        rdflib.term.URIRef('https://w3id.org/.../derived/control/2019-09-03/majority-votes')
        """
        parts = [self.kind.value, self.as_of.isoformat()]
        parts += [self.argument] if self.kind.is_named_by_argument else []
        parts += [f"known-{self.known_at.isoformat()}"] if self.known_at else []
        parts += [f"supposed-{_digest(*self.supposed)}"] if self.supposed else []
        return URIRef(DERIVED + "/".join(parts))


@dataclass(frozen=True, slots=True)
class DerivedGraph:
    """A derived graph, whole.

    Parameters
    ----------
    request
        What it holds and for which day.
    rule
        Name of the rule or method that was applied.
    version
        Version of the software.
    fingerprint
        Fingerprint of the claims.
    findings
        What was found.
    """

    request: DerivedRequest
    rule: str
    version: str
    fingerprint: str
    findings: tuple[DerivedFinding, ...]

    @property
    def name(self) -> URIRef:
        """IRI of the graph."""
        return self.request.name

    def triples(self) -> Iterator[Triple]:
        """Yield its statements; without blank nodes, the same for the same findings.

        Raises
        ------
        InputError
            If a party or a claim has no absolute IRI.
        """
        yield from self.derivation()
        for found in self.findings:
            yield from found.triples(self.node_of(found))

    def node_of(self, found: DerivedFinding) -> str:
        """Return the IRI of a finding, the same on every run."""
        return f"{ID}finding/{_digest(self.name, *found.told())}"

    def derivation(self) -> Iterator[Triple]:
        """Yield how it was made."""
        node = URIRef(f"{ID}derivation/{_digest(self.name)}")
        yield self.name, PROV.wasGeneratedBy, node
        yield node, RDF.type, KEI.Derivation
        yield node, RDF.type, PROV.Activity  # said outright, for those who read no ontology
        yield node, KEI.asOf, _day(self.request.as_of)
        if self.request.known_at is not None:
            yield node, KEI.knownAt, _day(self.request.known_at)
        for p, o in texts(
            *((KEI.supposes, text) for text in self.request.supposed),
            (KEI.rule, self.rule),
            (KEI.softwareVersion, self.version),
            (KEI.datasetFingerprint, self.fingerprint),
        ):
            yield node, p, o


def derived_kind(name: str) -> DerivedKind:
    """Return a kind of derived graph by its name.

    Raises
    ------
    InputError
        If there is none of that name.
    """
    if name not in set(DerivedKind):
        known = ", ".join(DerivedKind)
        raise InputError(f"no derived graph is named {name!r}", mend=f"use {known}")
    return DerivedKind(name)


def _day(day: dt.date) -> Literal:
    return literals.date(PartialDate.parse(day))


def _digest(*told: str) -> str:
    return hashlib.sha256("\x1f".join(told).encode()).hexdigest()[:20]
