"""RDF as claims of the model: one pass over the quads, then one over the subjects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import RDF, URIRef

from keiretsu.errors import InputError
from keiretsu.model import (
    Agreement,
    Capital,
    ClaimSet,
    Document,
    Edit,
    EditKind,
    Event,
    Figure,
    Holding,
    Party,
    PartyKind,
    Registration,
    ShareClass,
    SourceRecord,
    Tenure,
)
from keiretsu.store.codec.claim_read import READERS, parties_of
from keiretsu.store.codec.description import Description, tail
from keiretsu.store.codec.edits import EDITS, edit
from keiretsu.store.codec.kinds import kind_of
from keiretsu.store.codec.part_read import PARTS
from keiretsu.store.codec.party_read import document, party
from keiretsu.store.codec.source_records import source_record
from keiretsu.store.syntax.statements import statements
from keiretsu.vocabulary import (
    DOCUMENT_SUPERCLASS,
    FINDINGS,
    GRAPH,
    KEI,
    is_derived,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable, Mapping

    from rdflib import Dataset
    from rdflib.term import Node

    from keiretsu.model import Claim

_PARTIES = {str(kind) for kind in PartyKind}
_NOT_DOCUMENTS = {
    GRAPH.parties,
    GRAPH.documents,
    GRAPH.edits,
    GRAPH.ontology,
    None,
}
_TYPE = RDF.type

Subjects = dict[URIRef, list[tuple[URIRef, "Node"]]]


def read_dataset(dataset: Dataset) -> ClaimSet:
    """Return the parties, documents and claims that a dataset describes.

    Terms of other namespaces are ignored; a term of ours that the ontology does not have is an
    error. A party or document that is named but not described gets the last part of its IRI as its
    label. Multiple values come sorted.

    Parameters
    ----------
    dataset
        RDF in which every claim says `kei:reportedIn`, or lies in the graph of its document.

    Returns
    -------
    ClaimSet
        Each kind in the order of its IRIs; `place` and `fingerprint` are left empty.

    Raises
    ------
    UnknownTermError
        If a class, property or code is not in the ontology; the place is the subject's IRI.
    InputError
        If a value is missing, doubled, out of range or not of its type; likewise.
    """
    subjects, graphs = group(dataset)
    kinds = {
        subject: kind
        for subject, pairs in sorted(subjects.items(), key=lambda one: str(one[0]))
        if (kind := kind_of(Description(subject, pairs))) is not None
    }
    parts = {
        subject: PARTS[kind](Description(subject, subjects[subject]))
        for subject, kind in kinds.items()
        if kind in PARTS
    }
    reader = Reader(parts, graphs)
    for subject, kind in kinds.items():
        reader.read(Description(subject, subjects[subject], parts), kind)
    return reader.claim_set()


def group(dataset: Dataset) -> tuple[Subjects, Mapping[URIRef, str]]:
    """Return what a dataset says by subject, and in which named graph a subject has its class.

    Derived graphs are left out: they hold no claims.

    Raises
    ------
    InputError
        If a blank node is described.
    """
    subjects: Subjects = {}
    graphs: dict[URIRef, str] = {}
    without = [
        GRAPH.ontology,
        *(g.identifier for g in dataset.graphs() if is_derived(g.identifier)),
    ]
    for s, p, o, graph in statements(dataset, without):
        if type(s) is not URIRef or type(p) is not URIRef:
            raise InputError("a blank node is described", mend="give it an IRI")
        subjects.setdefault(s, []).append((p, o))
        if p == _TYPE and graph not in _NOT_DOCUMENTS:
            graphs[s] = str(graph)
    return subjects, graphs


class Reader:
    """Reads descriptions one by one and collects what they say.

    Parameters
    ----------
    parts
        IRIs of nodes that stand for a part of something; no party is among them.
    graphs
        The named graph of each subject; the document of claims that name none.
    """

    def __init__(self, parts: Collection[URIRef], graphs: Mapping[URIRef, str]) -> None:
        self._parts, self._graphs = parts, graphs
        self._parties: dict[str, Party] = {}
        self._documents: dict[str, Document] = {}
        self._claims: dict[str, Claim] = {}
        self._edits: list[Edit] = []
        self._horizons: list[dt.date] = []
        self._records: list[SourceRecord] = []

    def read(self, about: Description, kind: str) -> None:
        """Read one subject of the class `kind`.

        Raises
        ------
        InputError
            If its description is not what the ontology says of that class.
        """
        name = str(about.subject)
        if kind in READERS:
            self._claims[name] = READERS[kind](about, self._graphs.get(about.subject))
        elif kind in _PARTIES:
            self._parties[name] = party(about, PartyKind(kind))
        elif kind in EDITS:
            self._edits.append(edit(about, EditKind(kind)))
        elif kind in PARTS:
            PARTS[kind](about)
        elif kind in FINDINGS:
            raise about.fail(f"a kei:{kind} is no claim", mend="keep it in a derived graph")
        else:
            self._read_around(about, kind)
        about.finish(f"a kei:{kind}")

    def _read_around(self, about: Description, kind: str) -> None:
        """Read what stands around claims: documents, their records, the dataset itself."""
        if kind in ("Document", *DOCUMENT_SUPERCLASS):
            name = str(about.subject)
            self._documents[name] = document(about, correction=kind == "Correction")
        elif kind == "Dataset":
            self._horizons += (date.last for date in about.dates(KEI.horizon))
        elif kind == "SourceRecord":
            self._records.append(source_record(about))
        elif kind == "Record":
            about.labels()  # its rows name it; nothing else is said of it
        else:
            raise about.fail(f"kei:{kind} is not a class of things", mend="use another class")

    def claim_set(self) -> ClaimSet:
        """Return all that was read, with the parties and documents that are only named.

        Raises
        ------
        InputError
            If something that is not a party is named as one.
        """
        claims = [claim for _, claim in sorted(self._claims.items())]
        return ClaimSet(
            parties=dict(sorted((self._parties | self._undescribed(claims)).items())),
            documents=self._all_documents(claims),
            holdings=tuple(claim for claim in claims if isinstance(claim, Holding)),
            share_classes=tuple(claim for claim in claims if isinstance(claim, ShareClass)),
            registrations=tuple(claim for claim in claims if isinstance(claim, Registration)),
            capitals=tuple(claim for claim in claims if isinstance(claim, Capital)),
            agreements=tuple(claim for claim in claims if isinstance(claim, Agreement)),
            tenures=tuple(claim for claim in claims if isinstance(claim, Tenure)),
            figures=tuple(claim for claim in claims if isinstance(claim, Figure)),
            events=tuple(claim for claim in claims if isinstance(claim, Event)),
            source_records=tuple(sorted(self._records, key=lambda one: one.id)),
            edits=tuple(sorted(self._edits, key=lambda one: (one.number, one.id))),
            horizon=max(self._horizons, default=None),
        )

    def _all_documents(self, claims: Iterable[Claim]) -> dict[str, Document]:
        named = {claim.document for claim in claims}
        named |= {record.document for record in self._records}
        named |= {claim.end_document for claim in claims if claim.end_document is not None}
        untold = {name: Document(id=name, title=tail(name)) for name in named}
        return dict(sorted((untold | self._documents).items()))

    def _undescribed(self, claims: Iterable[Claim]) -> dict[str, Party]:
        named = {name for claim in claims for name in parties_of(claim)}
        named |= {party.acts_for for party in self._parties.values() if party.acts_for}
        others = {*self._claims, *self._documents, *map(str, self._parts)}
        for name in sorted(named & others):
            raise InputError("is named as a party but is none", place=name, mend="name a party")
        return {name: Party(id=name, label=tail(name)) for name in named - self._parties.keys()}
