"""The store in memory: claims as RDF in an rdflib dataset, loaded whole or not at all."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

from rdflib import Dataset, URIRef

from keiretsu.errors import InputError
from keiretsu.resources import ontology_path
from keiretsu.store.arrange import arrange, document_of
from keiretsu.store.codec import write as codec_write
from keiretsu.store.codec.read import read_dataset
from keiretsu.store.derived.placing import DerivedGraphs
from keiretsu.store.editing.settling import Journal, Settlement, settle
from keiretsu.store.editing.updating import applied
from keiretsu.store.export import rdf_text, report_foreign
from keiretsu.store.query.guard import answer
from keiretsu.store.query.guarded import Change, Guarded, Limits, change_guarded, run_guarded
from keiretsu.store.query.guarded_data import EngineData
from keiretsu.store.query.guarded_text import insert
from keiretsu.store.query.questions import question
from keiretsu.store.syntax.lines import subject_lines
from keiretsu.store.syntax.parse import check_terms, decode, parse_statements, syntax_of
from keiretsu.store.syntax.statements import statements
from keiretsu.store.syntax.trig import dataset_to_nquads, dataset_to_trig
from keiretsu.store.unwritten import FINGERPRINT_DIGITS, needs_no_settling, with_digest
from keiretsu.store.validation import validate_statements
from keiretsu.store.vocabularies.translation import may_be_foreign, translated
from keiretsu.vocabulary import GRAPH

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from rdflib.term import Node

    from keiretsu.model import Caution, ClaimSet, Finding, LossReport
    from keiretsu.store.arrange import Quad
    from keiretsu.store.derived.graphs import DerivedGraph, DerivedRequest
    from keiretsu.store.derived.placing import Deriver
    from keiretsu.store.query.answer import Answer
    from keiretsu.store.syntax.statements import Statement


class Store:
    """Claims as RDF, in memory.

    Every statement lies in exactly one named graph (a claim in its document's), so that nothing is
    counted twice, and queries see the union of the graphs. What is loaded must be readable as
    claims: a file with an error changes nothing. Edits are applied: a claim that one rejects has
    the status rejected here, and a person who was removed does not come back.

    Derived graphs lie beside the claims and are no part of them: neither the claims nor their
    fingerprint change with them, and they go when claims are added.

    Attributes
    ----------
    deriver
        Who computes the derived graphs that questions need; None if nobody does.

    Examples
    --------
    >>> store = Store()
    >>> store.load_bytes(
    ...     b'''@prefix kei: <https://w3id.org/keiretsu/ontology#> .
    ... <claim/1> a kei:Holding ; kei:holder <party/renault> ; kei:issuer <party/nissan> ;
    ...     kei:capitalPercentMin 43.4 ; kei:capitalPercentMax 43.4 .''',
    ...     "turtle",
    ...     "example.ttl",
    ... )
    >>> [str(holding.capital) for holding in store.claims().holdings]
    ['43.4 %']
    >>> store.query("SELECT ?h { ?h a kei:Holding }").rows
    ((rdflib.term.URIRef('https://w3id.org/keiretsu/id/claim/1'),),)
    """

    def __init__(self) -> None:
        self._rdf = Dataset(default_union=True)
        self._unwritten: ClaimSet | None = None
        self._claims: ClaimSet | None = None
        self._settlement = Settlement()
        self._has_ontology = False
        self._engine_data: EngineData | None = None
        self._lock = RLock()  # neither the dataset nor the parser of queries bears two threads
        self._derived = DerivedGraphs(self._rdf, self._changed)
        self.deriver: Deriver | None = None

    def add(self, claims: ClaimSet) -> None:
        """Add claims of the model.

        Raises
        ------
        InputError
            If they contradict what is in the store about the same IRI, such as two holders of one
            claim; the store is then as it was.
        """
        with self._lock:
            if self._claims is None and len(self._rdf) == 0 and needs_no_settling(claims):
                self._unwritten, self._claims = claims, with_digest(claims)
            else:
                self._insert(codec_write.quads(claims))

    def load(self, path: str | Path, syntax: str | None = None) -> None:
        """Load a file in Turtle, TriG, N-Quads or N-Triples; loading it again changes nothing.

        Parameters
        ----------
        path
            The file; its ending tells the syntax (``.ttl .trig .nq .nt``) unless `syntax` does.
        syntax
            ``turtle``, ``trig``, ``nquads`` or ``ntriples``.

        Raises
        ------
        InputError
            If the file cannot be read as RDF or as claims; the store is then as it was.
        """
        name = str(path)
        found = syntax_of(name, syntax)
        try:
            data = Path(path).read_bytes()
        except OSError as error:
            problem = f"cannot be read ({error.strerror})"
            raise InputError(problem, place=name, mend="check the path") from None
        self.load_bytes(data, found, name)

    def load_bytes(self, data: bytes, syntax: str, name: str) -> None:
        """Load RDF from memory, called `name` in errors; as `load`.

        Raises
        ------
        InputError
            As `load`.
        """
        said = parse_statements(data, syntax_of(name, syntax), name)
        try:
            document = document_of(data, name)
            if may_be_foreign(data):
                said = list(translated(said, document, name))
            self._insert(arrange(said, document, name))
        except InputError as error:
            raise _placed(error, data, name) from None

    def load_statements(self, said: Sequence[Statement], name: str) -> None:
        """Load statements that were not in a file, called `name` in errors; as `load`.

        Raises
        ------
        InputError
            If they cannot be read as claims, or a term is none; the store is then as it was.
        """
        check_terms(said, name)
        try:
            self._insert(arrange(said, document_of(b"", name), name))
        except InputError as error:
            raise _about(error, name) from None

    @property
    def derived(self) -> DerivedGraphs:
        """The derived graphs, beside the claims as RDF."""
        self._write()
        return self._derived

    @property
    def _dataset(self) -> Dataset:
        """Everything as RDF."""
        self._write()
        return self._rdf

    def _write(self) -> None:
        """Write claims as RDF that were not yet; see `keiretsu.store.unwritten`."""
        with self._lock:
            claims, self._unwritten = self._unwritten, None
            if claims is not None:
                Journal(self._rdf).add_all(codec_write.quads(claims))

    def claims(self) -> ClaimSet:
        """Return all parties, documents and claims, with their fingerprint.

        The fingerprint is the beginning of the SHA-256 of the sorted N-Quads, so the same content
        has the same one, in whichever order and from whichever files it came.
        """
        with self._lock:
            if self._claims is None:
                without = (GRAPH.ontology, *self.derived.names())
                lines = dataset_to_nquads(self._dataset, without=without)
                digest = hashlib.sha256(lines.encode()).hexdigest()[:FINGERPRINT_DIGITS]
                self._claims = replace(read_dataset(self._dataset), digest=digest)
            return self._claims

    def query(
        self,
        text: str,
        bindings: Mapping[str, Node] | None = None,
        timeout: float | None = 10.0,
    ) -> Answer:
        """Answer a SPARQL query over all graphs, the ontology and its code lists among them.

        It runs in this process, so it is for queries of ours; `query_guarded` is for strangers'.

        Parameters
        ----------
        text
            ``SELECT``, ``ASK``, ``CONSTRUCT`` or ``DESCRIBE``; the prefixes of
            `keiretsu.vocabulary.PREFIXES` need no declaration.
        bindings
            RDF terms for variables or ``$parameters`` of the query, by name.
        timeout
            Seconds after which the query is stopped; None for no limit.

        Raises
        ------
        QueryRefusedError
            If it is an update, reaches outside the store, or is too long or too deep; also if a
            deadline is asked for where none can be kept (outside the main thread).
        DeadlineError
            If it takes longer than `timeout`.
        InputError
            If it is not SPARQL, or a binding is not in it.
        """
        with self._lock:
            self._add_ontology()
            return answer(self._dataset, text, bindings, timeout)

    def query_guarded(
        self,
        text: str,
        bindings: Mapping[str, Node] | None = None,
        timeout: float | None = 10.0,
        *,
        limits: Limits | None = None,
        require_isolation: bool = False,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> Guarded:
        """Answer a stranger's query, in a process of its own with limits; in every thread.

        Parameters
        ----------
        text, bindings, timeout
            As in `query`.
        limits, require_isolation, default_graphs, named_graphs
            See `keiretsu.store.query.guarded.run_guarded`.

        Raises
        ------
        QueryRefusedError
            As `query`, and if it uses more than the limits or crashes its process.
        DeadlineError, InputError
            As `query`.
        """
        return run_guarded(
            self._data_for_engine(),
            insert(text, bindings or {}),
            timeout=timeout,
            limits=limits,
            require_isolation=require_isolation,
            default_graphs=default_graphs,
            named_graphs=named_graphs,
        )

    def change_guarded(
        self,
        text: str,
        timeout: float | None = 10.0,
        *,
        limits: Limits | None = None,
        require_isolation: bool = False,
        using: Sequence[str] = (),
        using_named: Sequence[str] = (),
    ) -> Change:
        """Return what an update would change here; nothing is changed.

        Parameters
        ----------
        text, timeout, limits, require_isolation, using, using_named
            See `keiretsu.store.query.guarded.change_guarded`.

        Raises
        ------
        QueryRefusedError, DeadlineError, InputError
            As there.
        """
        return change_guarded(
            self._data_for_engine(),
            text,
            timeout=timeout,
            limits=limits,
            require_isolation=require_isolation,
            using=using,
            using_named=using_named,
        )

    def asserted(self) -> set[Quad]:
        """Return what the documents say, whatever edits make of it.

        Derived graphs that came with files are among it; the ontology and the derived graphs that
        were put here are not.
        """
        with self._lock:
            without = (GRAPH.ontology, *self.derived.own())
            return self._settlement.lifted(statements(self._dataset, without))

    def after(self, change: Change, name: str) -> set[Quad]:
        """Return what the documents say once something has changed.

        Raises
        ------
        QueryRefusedError, InputError
            As `keiretsu.store.editing.updating.applied`.
        """
        with self._lock:
            return applied(self.asserted(), self._settlement, change, name)

    def _data_for_engine(self) -> EngineData:
        with self._lock:
            self._add_ontology()
            if self._engine_data is None:
                self._engine_data = EngineData.of(self._dataset)
            return self._engine_data

    @contextmanager
    def deriving(self, requests: Sequence[DerivedRequest]) -> Iterator[None]:
        """Have derived graphs here for the time of a question, computed anew; then as before.

        Raises
        ------
        InputError
            If nobody here can compute them.
        """
        with self._lock:
            graphs, data = self._computed(requests), self._engine_data
            with self.derived.held(graphs):
                yield
            self._engine_data = data  # all is as before, so its keeper serves on

    def derive(self, requests: Sequence[DerivedRequest]) -> list[DerivedGraph]:
        """Compute derived graphs and put them here, all or none.

        Raises
        ------
        InputError
            If nobody here can compute them, or a request cannot be met.
        """
        with self._lock:
            graphs = self._computed(requests)
            self.derived.put(graphs)
            return graphs

    def put_derived(self, graphs: Sequence[DerivedGraph]) -> None:
        """Put derived graphs here that were computed elsewhere, all or none.

        Raises
        ------
        InputError
            If a party or a claim in one has no absolute IRI.
        """
        with self._lock:
            self.derived.put(graphs)

    def _computed(self, requests: Sequence[DerivedRequest]) -> list[DerivedGraph]:
        if not requests:
            return []
        if self.deriver is None:
            problem = "derived graphs are needed, which this store cannot compute"
            raise InputError(problem, mend="ask through OwnershipGraph.ask")
        return [self.deriver.derived_graph(request) for request in requests]

    def ask_named(self, name: str, **parameters: object) -> Answer:
        """Answer a named question, such as ``q01-holders``.

        Raises
        ------
        NameNotFoundError
            If no question or no party has the name given.
        InputError
            If a parameter is missing, unknown or not of its type.
        """
        return question(name).run(self, parameters)

    def validate(self, name: str = "store") -> list[Finding]:
        """Return what the rules for single parties, documents and claims find in the whole store.

        Other than file by file, what one file names and another describes is no finding.
        """
        said = statements(self._dataset, without=(GRAPH.ontology,))
        return validate_statements(list(said), name)

    def cautions(self) -> list[Caution]:
        """Return what edits left out, and which edits concern a claim that is not here."""
        if self._unwritten is not None:
            return []  # without edits
        return self._settlement.cautions(self._dataset)

    def to_trig(self) -> str:
        """Return everything as TriG: sorted, without the ontology."""
        return dataset_to_trig(self._dataset, without=(GRAPH.ontology,))

    def derived_to_trig(self, names: Collection[str]) -> str:
        """Return some of the derived graphs, and nothing else, as TriG."""
        rest = {graph.identifier for graph in self._dataset.graphs()} - {*map(URIRef, names)}
        return dataset_to_trig(self._dataset, without=rest)

    def to_nquads(self) -> str:
        """Return everything as sorted N-Quads, without the ontology."""
        return dataset_to_nquads(self._dataset, without=(GRAPH.ontology,))

    def to_rdf(self, syntax: str) -> str:
        """Return everything in a syntax of RDF, without the ontology and what was derived.

        Raises
        ------
        InputError
            As `keiretsu.store.export.rdf_text`.
        """
        return rdf_text(self._dataset, syntax)

    def report_foreign(self, report: LossReport) -> None:
        """Report what is said in other vocabularies than ours, which no claim carries."""
        report_foreign(self._dataset, report)

    def _insert(self, quads: Iterable[Quad]) -> None:
        with self._lock:
            aside = self.derived.set_aside()  # computed from claims that will no longer be all
            changed = False
            try:
                changed = self._insert_whole(quads)
            finally:
                if not changed:
                    self.derived.bring_back(aside)

    def _insert_whole(self, quads: Iterable[Quad]) -> bool:
        """Insert statements, all or none; return whether that changed anything."""
        before, journal = self._claims, Journal(self._dataset)
        self._settlement.lift(journal)
        journal.add_all(quads)
        if not journal:
            return False
        self._claims = None
        self._changed()
        settlement = settle(journal, self._settlement)
        try:
            self.claims()
        except InputError:
            journal.revert()
            self._claims = before
            raise
        self._settlement = settlement
        return before is None or before.fingerprint != self.claims().fingerprint

    def _changed(self) -> None:
        self._engine_data = None

    def _add_ontology(self) -> None:
        if not self._has_ontology:
            graph = self._dataset.graph(GRAPH.ontology)
            for name in ("keiretsu.ttl", "codes.ttl"):
                with ontology_path(name).open("rb") as file:
                    graph.parse(file=file, format="turtle")
            self._has_ontology = True
            self._changed()


def _placed(error: InputError, data: bytes, name: str) -> InputError:
    """Return an error about a subject as one about the line that describes it."""
    line = subject_lines(decode(data, name)).get(error.place)
    return _about(error, name if line is None else f"{name}:{line}")


def _about(error: InputError, place: str) -> InputError:
    about = f"{error.problem} (<{error.place}>)" if error.place else error.problem
    return type(error)(about, place=place, mend=error.mend)
