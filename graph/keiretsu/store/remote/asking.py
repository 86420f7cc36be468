"""Queries sent to an endpoint: refused here as everywhere, and asked of all its graphs together."""

from __future__ import annotations

import re
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Final

from keiretsu.errors import InputError
from keiretsu.model import ID, Status
from keiretsu.store.query.answer import Answer
from keiretsu.store.query.guarded import Guarded
from keiretsu.store.query.guarded_text import insert
from keiretsu.store.query.parameters import bare
from keiretsu.vocabulary import KEI, PREFIXES, code

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from rdflib.term import Node

    from keiretsu.model import ClaimSet
    from keiretsu.store.derived.graphs import DerivedRequest
    from keiretsu.store.remote.endpoint import Endpoint

_DECLARED: Final = re.compile(r"\bPREFIX\s+([\w.-]*):", re.IGNORECASE)
_USED: Final = re.compile(r"(?<![\w?$.-])([A-Za-z][\w-]*):")


class RemoteQueries:
    """Answers queries by an endpoint.

    Parameters
    ----------
    endpoint
        Who answers.
    claims
        Gives the claims by whose names a question finds parties.
    """

    def __init__(self, endpoint: Endpoint, claims: Callable[[], ClaimSet]) -> None:
        self._endpoint, self.claims = endpoint, claims

    @cached_property
    def answers_questions(self) -> bool:
        """Whether named questions may be asked there.

        It must hold the ontology and its code lists, and not be Virtuoso: version 7.2.5 finds no
        office lost (``q07``) and another holder's dates (``q15``), both without an error.
        """
        terms = (f"<{KEI.Holding}> a ?class", f"<{code('status', Status.ACCEPTED)}> ?p ?label")
        known = self._endpoint.ask(f"ASK {{ {' . '.join(terms)} }}", self._endpoint.united)
        return known and not self._endpoint.is_virtuoso

    def query(
        self,
        text: str,
        bindings: Mapping[str, Node] | None = None,
        timeout: float | None = None,
    ) -> Answer:
        """Answer a query by the endpoint, over all its graphs.

        Raises
        ------
        QueryRefusedError
            If it is an update, reaches further (SERVICE, FROM, LOAD), or is too long or too deep.
        EndpointError, DeadlineError
            If the endpoint does not answer whole and in time.
        InputError
            If it is not SPARQL, or a binding is not in it.
        """
        from keiretsu.store.query.guard import prepare  # noqa: PLC0415 - brings a grammar, slowly

        form = prepare(text).algebra.name
        sent = with_prologue(insert(text, bindings or {}))
        united = self._endpoint.united
        if form == "AskQuery":
            return Answer(boolean=self._endpoint.ask(sent, united, timeout))
        if form == "SelectQuery":
            table = self._endpoint.whole_table(sent, united, timeout)
            return Answer(table.variables, tuple(table.rows))
        return Answer(graph=self._endpoint.graph(sent, united, timeout))

    def query_guarded(
        self,
        text: str,
        bindings: Mapping[str, Node] | None = None,
        timeout: float | None = None,
    ) -> Guarded:
        """Answer a stranger's query; the endpoint is what it can reach."""
        return Guarded(self.query(text, bindings, timeout), isolated=False)

    @contextmanager
    def deriving(self, requests: Sequence[DerivedRequest]) -> Iterator[None]:
        """Have nothing derived: an endpoint is only read.

        Raises
        ------
        InputError
            If something is to be derived.
        """
        if requests:
            raise InputError("nothing is derived at an endpoint", mend="ask a copy in memory")
        yield


def with_prologue(text: str) -> str:
    """Return a query with the base and the common prefixes that it uses and does not declare.

    Examples
    --------
    >>> with_prologue("ASK { ?h a kei:Holding }")
    'BASE <https://w3id.org/keiretsu/id/>
     PREFIX kei: <https://w3id.org/keiretsu/ontology#> ASK { ?h a kei:Holding }'
    """
    plain = bare(text)
    # a declaration's IRI is no structure, so the prefix is all that is left of it
    missing = sorted(set(_USED.findall(plain)) - set(_DECLARED.findall(plain)))
    lines = [f"PREFIX {name}: <{PREFIXES[name]}>" for name in missing if name in PREFIXES]
    return " ".join([f"BASE <{ID}>", *lines, text])
