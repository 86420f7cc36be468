"""Claims behind an endpoint: all of them, or those that decide about some companies."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeGuard

from rdflib import RDF, BNode, Literal, URIRef

from keiretsu.errors import EndpointError
from keiretsu.model import EditKind, Party, PartyKind
from keiretsu.store.codec.claim_read import READERS
from keiretsu.store.codec.description import tail
from keiretsu.store.literals import read_date
from keiretsu.store.memory import Store
from keiretsu.store.query.parameters import written
from keiretsu.store.remote.pages import PAGE, Pages, batches
from keiretsu.store.remote.terms import in_range
from keiretsu.vocabulary import CODE, GRAPH, KEI, ONTOLOGY, is_derived

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from rdflib.term import Node

    from keiretsu.model import ClaimSet
    from keiretsu.store.remote.endpoint import Endpoint, Row
    from keiretsu.store.syntax.statements import Statement

Said = dict["Statement", None]
"""Statements, each once, in the order in which they came."""

_CLAIMS: Final = {URIRef(ONTOLOGY + kind) for kind in READERS}
_READ: Final = _CLAIMS - {KEI.Tenure, KEI.Figure, KEI.Event, KEI.Proposal}
"""Claims that a snapshot reads."""
_ABOUT_ALL: Final = tuple(URIRef(ONTOLOGY + kind) for kind in (*EditKind, "Agreement", "Dataset"))
_NAMED: Final = tuple(URIRef(ONTOLOGY + kind) for kind in (*PartyKind, "FormerName", "Identifier"))
_ENDS: Final = f"{KEI.holder.n3()} {KEI.issuer.n3()}"
_OURS: Final = f'FILTER(STRSTARTS(STR(?c), "{ONTOLOGY}"))'
_MOST_NAMED: Final = 50_000
"""Among so many parties a name is looked for."""


class RemoteClaims:
    """The claims of an endpoint; nothing is read before it is asked for.

    Statements are read from named graphs, which are documents, and from the default graph what
    lies in no other. Derived graphs, the ontology and graphs without a term of it are left out.

    Parameters
    ----------
    endpoint
        Where they are.
    page
        Rows that are asked for at once.
    """

    def __init__(self, endpoint: Endpoint, page: int = PAGE) -> None:
        self._endpoint, self._pages = endpoint, Pages(endpoint, page)

    def whole(self) -> Store:
        """Return everything as a store in memory.

        Raises
        ------
        EndpointError, DeadlineError
            If it cannot be read whole.
        InputError
            If it cannot be read as claims.
        """
        said: Said = {}
        graphs = [g for (g,) in self._pages.rows("?g", f"GRAPH ?g {{ ?s a ?c }} {_OURS}")]
        for names in batches(one for one in graphs if one is not None and not _is_apart(one)):
            said |= self._in_graphs(f"VALUES ?g {{ {names} }}", "?s ?p ?o")
            self._pages.check_size(len(said))
        if self._has_default:
            said |= self._in_default("", "?s ?p ?o")
        return self._store(said)

    @cached_property
    def horizon(self) -> dt.date | None:
        """Last day for which the data claims to be kept."""
        said = self._said(f"VALUES ?p {{ {KEI.horizon.n3()} }}")
        days = (read_date(o).last for _, _, o, _ in said if isinstance(o, Literal))
        return max(days, default=None)

    @cached_property
    def parties(self) -> tuple[Party, ...]:
        """All parties with their names.

        Raises
        ------
        EndpointError
            If there are too many to look for a name among them.
        """
        kinds = f"VALUES ?c {{ {' '.join(kind.n3() for kind in _NAMED)} }}"
        count = self._pages.count("?s", f"{kinds} GRAPH ?g {{ ?s a ?c }}")
        if count > _MOST_NAMED:
            raise EndpointError(
                f"holds {count:,} parties, too many to look for a name",
                place=self._endpoint.place,
                mend="name the party by its IRI",
            )
        said = self._said(kinds, "?s a ?c ; ?p ?o")
        described = self._store(said).claims().parties if said else {}
        unknown = "FILTER NOT EXISTS { GRAPH ?h { ?o a ?t } } FILTER NOT EXISTS { ?o a ?u }"
        ends = self._said(f"VALUES ?p {{ {_ENDS} }}", f"?s ?p ?o {unknown}")
        names = {str(o) for _, _, o, _ in ends} - described.keys()
        found = dict(described) | {name: Party(id=name, label=tail(name)) for name in names}
        return tuple(found[name] for name in sorted(found))

    def has(self, party: str) -> bool:
        """Return whether something is said of a party, or it holds or is held."""
        one = written(URIRef(party))
        patterns = (f"{one} ?p ?o", f"VALUES ?p {{ {_ENDS} }} ?s ?p {one}")
        either = " UNION ".join(
            f"{{ {inner} }} UNION {{ GRAPH ?g {{ {inner} }} }}" for inner in patterns
        )
        return self._endpoint.ask(f"ASK {{ {either} }}")

    def claims_above(self, parties: Iterable[str]) -> ClaimSet:
        """Return the claims about parties and all that hold in them, directly or through others.

        Parameters
        ----------
        parties
            Their IRIs.

        Returns
        -------
        ClaimSet
            With the fingerprint of what was read.

        Raises
        ------
        EndpointError, DeadlineError, InputError
            As `whole`.
        """
        said = self._said(
            f"VALUES ?c {{ {' '.join(kind.n3() for kind in _ABOUT_ALL)} }}", "?s a ?c ; ?p ?o"
        )
        seen: set[URIRef] = set()
        pending = {URIRef(party) for party in parties}
        while pending:
            seen |= pending
            told = self._claims_about(pending)
            pending = {o for _, p, o, _ in told if p == KEI.holder and isinstance(o, URIRef)} - seen
            said |= told
            self._pages.check_size(len(said))  # a server may always name another holder
        return self._store(said | self._mentioned(said, seen)).claims()

    def _claims_about(self, companies: Iterable[URIRef]) -> Said:
        """Return what is said by the claims of which a company is the issuer."""
        claims = {
            subject
            for names in batches(companies)
            for subject, _, _, _ in self._said(
                f"VALUES ?p {{ {KEI.issuer.n3()} }} VALUES ?o {{ {names} }}"
            )
        }
        told = self._about(claims)
        read = {s for s, p, o, _ in told if p == RDF.type and o in _READ}
        return {one: None for one in told if one[0] in read}

    def _mentioned(self, said: Said, parties: set[URIRef]) -> Said:
        """Return what is said of parties, documents and parts that are named; no further claims."""
        seen = {s for s, _, _, _ in said}
        found: Said = {}
        pending = (parties | _mentions(said)) - seen
        while pending:
            seen |= pending
            told = self._about(pending)
            claims = {s for s, p, o, _ in told if p == RDF.type and o in _CLAIMS}
            told = {one: None for one in told if one[0] not in claims}
            pending = _mentions(told) - seen
            found |= told
            self._pages.check_size(len(found))
        return found

    def _about(self, subjects: Iterable[Node]) -> Said:
        said: Said = {}
        for names in batches(subjects):
            said |= self._said(f"VALUES ?s {{ {names} }}")
        return said

    def _said(self, values: str, pattern: str = "?s ?p ?o") -> Said:
        """Return the statements that match a pattern within one graph, wherever they lie."""
        said = self._in_graphs(values, pattern)
        return said | self._in_default(values, pattern) if self._has_default else said

    def _in_graphs(self, values: str, pattern: str) -> Said:
        rows = self._pages.rows("?g ?s ?p ?o", f"{values} GRAPH ?g {{ {pattern} }}")
        return self._statements(row for row in rows if not _is_apart(row[0]))

    def _in_default(self, values: str, pattern: str) -> Said:
        alone = "FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } }"
        rows = self._pages.rows("?s ?p ?o", f"{values} {pattern} {alone}")
        return self._statements((None, *row) for row in rows)

    @cached_property
    def _has_default(self) -> bool:
        """Whether the default graph holds claims that are in no named graph."""
        alone = "FILTER NOT EXISTS { GRAPH ?g { ?s a ?c } }"
        return self._endpoint.ask(f"ASK {{ ?s a ?c {_OURS} {alone} }}")

    def _statements(self, rows: Iterable[Row]) -> Said:
        said: Said = {}
        for g, s, p, o in rows:
            if not isinstance(s, URIRef) or not isinstance(p, URIRef) or not _has_name(o):
                raise EndpointError(
                    "holds nodes without a name, which cannot be asked about",
                    place=self._endpoint.place,
                    mend="load a dump of its data with -d",
                )
            said[s, p, in_range(p, o), g] = None
        return said

    def _store(self, said: Said) -> Store:
        if not said:
            raise EndpointError(
                "holds no claims in the terms of our ontology",
                place=self._endpoint.place,
                mend="load claims into it, or name another endpoint",
            )
        store = Store()
        store.load_statements(list(said), self._endpoint.place)
        return store


def _has_name(value: Node | None) -> TypeGuard[Node]:
    return value is not None and not isinstance(value, BNode)


def _is_apart(graph: Node | None) -> bool:
    return graph == GRAPH.ontology or is_derived(graph)


def _mentions(said: Said) -> set[URIRef]:
    """Return what statements name beside terms of the ontology: objects and documents."""
    named = {o for _, p, o, _ in said if p != RDF.type} | {g for _, _, _, g in said}
    return {
        one
        for one in named
        if isinstance(one, URIRef) and not str(one).startswith((ONTOLOGY, CODE))
    }
