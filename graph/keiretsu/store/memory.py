"""The store in memory: claims as RDF in an rdflib dataset, loaded whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import URIRef

from keiretsu.store.arriving import arranged, content_of, placed
from keiretsu.store.deriving import DerivedClaims
from keiretsu.store.export import rdf_text, report_foreign
from keiretsu.store.queried import QueriedClaims
from keiretsu.store.query.guarded import change_guarded, run_guarded
from keiretsu.store.query.guarded_text import insert
from keiretsu.store.syntax.parse import check_terms, parse_statements, syntax_of
from keiretsu.store.syntax.statements import statements
from keiretsu.store.syntax.trig import dataset_to_nquads, dataset_to_trig
from keiretsu.store.validation import validate_statements
from keiretsu.vocabulary import GRAPH

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path
    from typing import Unpack

    from rdflib.term import Node

    from keiretsu.model import Caution, ClaimSet, Finding, LossReport
    from keiretsu.store.arrange import Quad
    from keiretsu.store.query.answer import Answer
    from keiretsu.store.query.engine import Engine
    from keiretsu.store.query.guarded import Guarded
    from keiretsu.store.query.guarded_limits import Guarding
    from keiretsu.store.query.guarded_reply import Change
    from keiretsu.store.syntax.statements import Statement


class Store(DerivedClaims):
    """Claims as RDF, in memory.

    Every statement lies in exactly one named graph (a claim in its document's), so that nothing is
    counted twice, and queries see the union of the graphs. What is loaded must be readable as
    claims: a file with an error changes nothing. Edits are applied: a claim that one rejects has
    the status rejected here, and a person who was removed does not come back.

    Derived graphs lie beside the claims and are no part of them: neither the claims nor their
    fingerprint change with them, and they go when claims are added.

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
        super().__init__(QueriedClaims())

    def add(self, claims: ClaimSet) -> None:
        """Add claims of the model.

        Raises
        ------
        InputError
            If they contradict what is in the store about the same IRI, such as two holders of one
            claim; the store is then as it was.
        """
        self._settled.add(claims)

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
        found = syntax_of(str(path), syntax)
        self.load_bytes(content_of(path), found, str(path))

    def load_bytes(self, data: bytes, syntax: str, name: str) -> None:
        """Load RDF from memory, called `name` in errors; as `load`.

        Raises
        ------
        InputError
            As `load`.
        """
        said = parse_statements(data, syntax_of(name, syntax), name)
        self._insert(said, data, name)

    def load_statements(self, said: Sequence[Statement], name: str) -> None:
        """Load statements that were not in a file, called `name` in errors; as `load`.

        Raises
        ------
        InputError
            If they cannot be read as claims, or a term is none; the store is then as it was.
        """
        check_terms(said, name)
        self._insert(said, b"", name)

    def _insert(self, said: Sequence[Statement], data: bytes, name: str) -> None:
        with placed(data, name):
            self._settled.insert(arranged(said, data, name))

    def claims(self) -> ClaimSet:
        """Return all parties, documents and claims, with their fingerprint.

        The fingerprint is the beginning of the SHA-256 of the sorted N-Quads, so the same content
        has the same one, in whichever order and from whichever files it came.
        """
        return self._settled.claims()

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
        return self._queried.answer(text, bindings, timeout)

    def engine(self) -> Engine:
        """Return a copy of everything in another engine, for queries of ours that compare much.

        It does not change with the store.
        """
        return self._queried.engine()

    def query_guarded(
        self,
        text: str,
        bindings: Mapping[str, Node] | None = None,
        timeout: float | None = 10.0,
        *,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        **guarding: Unpack[Guarding],
    ) -> Guarded:
        """Answer a stranger's query, in a process of its own with limits; in every thread.

        Text, bindings and deadline are as in `query`, the rest and the errors as in
        `keiretsu.store.query.guarded.run_guarded`.
        """
        return run_guarded(
            self._queried.engine_data(),
            insert(text, bindings or {}),
            timeout=timeout,
            default_graphs=default_graphs,
            named_graphs=named_graphs,
            **guarding,
        )

    def change_guarded(
        self,
        text: str,
        timeout: float | None = 10.0,
        *,
        using: Sequence[str] = (),
        using_named: Sequence[str] = (),
        **guarding: Unpack[Guarding],
    ) -> Change:
        """Return what an update would change here; nothing is changed.

        Everything else is as in `keiretsu.store.query.guarded.change_guarded`.
        """
        return change_guarded(
            self._queried.engine_data(),
            text,
            timeout=timeout,
            using=using,
            using_named=using_named,
            **guarding,
        )

    def asserted(self) -> set[Quad]:
        """Return what the documents say, whatever edits make of it.

        Derived graphs that came with files are among it; the ontology and the derived graphs that
        were put here are not.
        """
        return self._settled.asserted()

    def after(self, change: Change, name: str) -> set[Quad]:
        """Return what the documents say once something has changed.

        Raises
        ------
        QueryRefusedError, InputError
            As `keiretsu.store.editing.updating.applied`.
        """
        return self._settled.after(change, name)

    def validate(self, name: str = "store") -> list[Finding]:
        """Return what the rules for single parties, documents and claims find in the whole store.

        Other than file by file, what one file names and another describes is no finding.
        """
        said = statements(self._settled.dataset, without=(GRAPH.ontology,))
        return validate_statements(list(said), name)

    def cautions(self) -> list[Caution]:
        """Return what edits left out, and which edits concern a claim that is not here."""
        return self._settled.cautions()

    def to_trig(self) -> str:
        """Return everything as TriG: sorted, without the ontology."""
        return dataset_to_trig(self._settled.dataset, without=(GRAPH.ontology,))

    def derived_to_trig(self, names: Collection[str]) -> str:
        """Return some of the derived graphs, and nothing else, as TriG."""
        rest = {graph.identifier for graph in self._settled.dataset.graphs()} - {
            *map(URIRef, names)
        }
        return dataset_to_trig(self._settled.dataset, without=rest)

    def to_nquads(self) -> str:
        """Return everything as sorted N-Quads, without the ontology."""
        return dataset_to_nquads(self._settled.dataset, without=(GRAPH.ontology,))

    def to_rdf(self, syntax: str) -> str:
        """Return everything in a syntax of RDF, without the ontology and what was derived.

        Raises
        ------
        InputError
            As `keiretsu.store.export.rdf_text`.
        """
        return rdf_text(self._settled.dataset, syntax)

    def report_foreign(self, report: LossReport) -> None:
        """Report what is said in other vocabularies than ours, which no claim carries."""
        report_foreign(self._settled.dataset, report)
