"""Claims behind a SPARQL endpoint: asked there, and read only where a question looks."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from keiretsu.errors import AmbiguousNameError, NameNotFoundError
from keiretsu.model import Caution, ClaimSet
from keiretsu.ownership_graph.backing import Backing
from keiretsu.ownership_graph.loading import Material
from keiretsu.snapshot.directory import Directory
from keiretsu.store.literals import is_iri
from keiretsu.store.remote import Endpoint, RemoteClaims, RemoteQueries, SparqlClient

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from keiretsu.model import Party
    from keiretsu.store.memory import Store
    from keiretsu.store.query.answer import Answer as QueryAnswer
    from keiretsu.store.query.questions import Question

PART = "part-of-endpoint"
"""Code of the caution that not all of an endpoint was read."""
ROUNDED = "endpoint-rounds"
"""Code of the caution that an endpoint rounds decimals."""


class BehindEndpoint(Backing):
    """Claims behind a SPARQL endpoint.

    A question about some companies reads what lies above them; a query is answered by the endpoint;
    anything else reads everything into memory first. Nothing is written there.

    Parameters
    ----------
    url
        The address of the endpoint's queries. A name and a password in it are sent, never told.
    timeout
        Seconds that one answer of the endpoint may take.

    Raises
    ------
    InputError
        If the address cannot be read. Nothing is sent yet.
    """

    def __init__(self, url: str, timeout: float | None = None) -> None:
        client = SparqlClient(url) if timeout is None else SparqlClient(url, timeout=timeout)
        self.endpoint = Endpoint(client)
        self.remote = RemoteClaims(self.endpoint)

    def read(self) -> Store:
        """Read everything into memory."""
        return self.remote.whole()

    @property
    def parties(self) -> tuple[Party, ...]:
        """The parties with their names; only those are read."""
        return self.remote.parties

    @property
    def horizon(self) -> dt.date | None:
        """Last day for which the data claims to be kept, if it says so."""
        return self.remote.horizon

    def claims_about(
        self,
        names: Sequence[str] = (),
        *,
        below: Sequence[str] = (),
        around: Sequence[str] = (),
        steps: int = 0,  # noqa: ARG002 - of what lies around, all is read
        held_by: Sequence[str] = (),
    ) -> ClaimSet:
        """Return the claims above some parties; all, if none or others are asked about too."""
        if not names or below or around or held_by:
            return self.claims
        return self.remote.claims_above([iri for name in names for iri in self._iris(name)])

    def reading_cautions(self, *, part: bool) -> tuple[Caution, ...]:
        """Return that only a part was read, and that the endpoint rounds."""
        found = []
        if part:
            text = (
                f"of {self.endpoint.place} only what lies above the parties asked about was read, "
                "and the dataset's hash is the one of that part"
            )
            found.append(Caution(PART, text))
        if self.endpoint.is_virtuoso:
            text = f"{self.endpoint.place} rounds percentages to some sixteen digits"
            found.append(Caution(ROUNDED, text))
        return tuple(found)

    def query(
        self,
        sparql: str,
        bindings: Mapping[str, Any] | None,
        timeout: float | None,
        *,
        require_isolation: bool,  # noqa: ARG002 - the endpoint is all that it reaches
        trusted: bool,  # noqa: ARG002 - it does not run here
    ) -> QueryAnswer:
        """Have the endpoint answer a query, over all its graphs.

        It is refused here as it is over files: no updates, no ``SERVICE``, no ``FROM``. The
        ontology is asked as well if the endpoint holds it.

        Raises
        ------
        EndpointError, DeadlineError
            If the endpoint does not answer whole and in time.
        QueryRefusedError, InputError
            As in `OwnershipGraph.query`.
        """
        return self._queries.query(sparql, bindings, timeout)

    def answer(
        self, asked: Question, values: Mapping[str, object] | None, timeout: float | None
    ) -> QueryAnswer:
        """Answer a question: by the endpoint, if nothing is derived for it.

        The endpoint must hold the ontology, which questions read, and be none that is known to
        answer them otherwise; else everything is read into memory, as it is for questions that need
        derived graphs.

        Raises
        ------
        EndpointError, DeadlineError
            If the endpoint does not answer whole and in time.
        InputError, NameNotFoundError, AmbiguousNameError
            As in `OwnershipGraph.ask`.
        """
        if asked.needs or not self._queries.answers_questions:
            return super().answer(asked, values, timeout)
        return asked.run(self._queries, values, timeout)

    @cached_property
    def _queries(self) -> RemoteQueries:
        return RemoteQueries(self.endpoint, self._names)

    def _names(self) -> ClaimSet:
        parties = {party.id: party for party in self.parties}
        return ClaimSet(parties=parties, documents={}, holdings=(), horizon=self.remote.horizon)

    def _iris(self, name: str) -> list[str]:
        """Return the IRI of a party, or of several whose names are separated by commas."""
        if is_iri(name) and self.remote.has(name):
            return [name]
        if self.remote.has_many_parties:
            return [self._named(name)]
        found = self._directory.find_all([name])
        return [self.parties[position].id for position in found]

    def _named(self, name: str) -> str:
        found = self.remote.named(name)
        if not found:
            raise NameNotFoundError(name)
        if len(found) > 1:
            raise AmbiguousNameError(name, found)
        return found[0]

    @cached_property
    def _directory(self) -> Directory:
        return Directory(self.parties)


def remote_material(url: str) -> Material:
    """Return all that an endpoint holds, to be loaded beside files.

    Raises
    ------
    EndpointError, DeadlineError
        If the endpoint does not give it whole and in time.
    InputError
        If the address cannot be read, or what it gives is no claims.
    """
    claims = BehindEndpoint(url)
    return Material(claims.store.to_nquads().encode(), claims.endpoint.place, "nquads")
