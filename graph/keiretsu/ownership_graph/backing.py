"""Where claims lie that are asked about, and what can be told without all of them in memory."""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from keiretsu.ownership_graph.coverage import coverage, party_rows
from keiretsu.snapshot.directory import Directory

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from keiretsu.measures import ControlRecord
    from keiretsu.model import Caution, ClaimSet, Party, Remainder
    from keiretsu.rights import ControlRule
    from keiretsu.store.derived.graphs import DerivedGraph, DerivedRequest
    from keiretsu.store.derived.placing import Deriver
    from keiretsu.store.memory import Store
    from keiretsu.store.query.answer import Answer as QueryAnswer
    from keiretsu.store.query.guarded import Queried
    from keiretsu.store.query.questions import Question


class Backing(ABC):
    """Where the claims of an `OwnershipGraph` lie.

    Whatever is not answered otherwise is answered from all of them, read into memory once.

    Attributes
    ----------
    cautions
        What was assumed or skipped in loading.
    deriver
        Who computes derived graphs from the claims; told by the graph.
    reads_steps
        Whether of what lies around parties fewer steps are less to read.
    """

    reads_steps: ClassVar[bool] = False
    cautions: tuple[Caution, ...] = ()
    deriver: Deriver | None = None

    @abstractmethod
    def read(self) -> Store:
        """Read everything into memory."""

    @cached_property
    def store(self) -> Store:
        """Everything, in memory."""
        whole = self.read()
        whole.deriver = self.deriver
        return whole

    @property
    def derived(self) -> Store:
        """Where derived graphs lie that were asked to stay."""
        return self.store

    def derive(self, requests: Sequence[DerivedRequest]) -> list[DerivedGraph]:
        """Compute derived graphs and keep them beside the claims; see `OwnershipGraph.derive`."""
        return self.store.derive(requests)

    @property
    def claims(self) -> ClaimSet:
        """Everything that is said."""
        return self.store.claims()

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the claims."""
        return self.claims.fingerprint

    def info(self) -> dict[str, Any]:
        """Return counts, periods, coverage by source, and the horizon; see `coverage`."""
        return coverage(self.claims)

    def party_rows(self) -> list[dict[str, Any]]:
        """Return all parties as plain data."""
        return party_rows(self.claims.parties.values())

    @property
    def sparql(self) -> Queried:
        """Who answers queries of strangers."""
        return self.store

    @property
    def note(self) -> str:
        """What whoever asked should know of how it was answered; mostly nothing."""
        return ""

    def party_named(self, name: str) -> str:
        """Return the IRI of the party that a name means.

        Raises
        ------
        NameNotFoundError, AmbiguousNameError
            If none, or several, have it.
        """
        return self.parties[Directory(self.parties).find(name)].id

    @property
    def parties(self) -> tuple[Party, ...]:
        """The parties, with all their names."""
        return tuple(self.claims.parties.values())

    @property
    def horizon(self) -> dt.date | None:
        """Last day for which the data claims to be kept, if it says so."""
        return self.claims.horizon

    def claims_about(
        self,
        names: Sequence[str] = (),  # noqa: ARG002 - all are here anyway
        *,
        below: Sequence[str] = (),  # noqa: ARG002
        around: Sequence[str] = (),  # noqa: ARG002
        steps: int = 0,  # noqa: ARG002
        held_by: Sequence[str] = (),  # noqa: ARG002
    ) -> ClaimSet:
        """Return the claims that decide about some parties; see `OwnershipGraph.snapshot`."""
        return self.claims

    def reading_cautions(self, *, part: bool) -> tuple[Caution, ...]:  # noqa: ARG002
        """Return what is to be known of claims that were read, all of them or a `part`."""
        return ()

    def iris_named(self, names: Iterable[str]) -> list[str]:  # noqa: ARG002 - all are here anyway
        """Return the IRIs of all parties that names may mean; none where nobody need look."""
        return []

    def control_of_all(
        self,
        day: dt.date,  # noqa: ARG002 - all is in memory anyway
        *,
        rule: ControlRule,  # noqa: ARG002
        rights: str,  # noqa: ARG002
        ultimate: bool,  # noqa: ARG002
        max_age: int,  # noqa: ARG002
        remainder: Remainder | None,  # noqa: ARG002
    ) -> Sequence[ControlRecord] | None:
        """Return who controls whom without all in memory; None where that cannot be told."""
        return None

    def query(
        self,
        sparql: str,
        bindings: Mapping[str, Any] | None,
        timeout: float | None,
        *,
        require_isolation: bool,
        trusted: bool,
    ) -> QueryAnswer:
        """Answer a SPARQL query; see `OwnershipGraph.query`."""
        if trusted:
            return self.sparql.query(sparql, bindings, timeout)
        return self.sparql.query_guarded(
            sparql, bindings, timeout, require_isolation=require_isolation
        ).answer

    def answer(
        self, asked: Question, values: Mapping[str, object] | None, timeout: float | None
    ) -> QueryAnswer:
        """Answer a question; see `OwnershipGraph.answer`."""
        return asked.run(self.store, values, timeout)


class InMemory(Backing):
    """Claims in memory.

    Parameters
    ----------
    store
        The claims as RDF.
    cautions
        What was assumed or skipped in loading.
    """

    def __init__(self, store: Store, cautions: tuple[Caution, ...] = ()) -> None:
        self._given, self.cautions = store, cautions

    def read(self) -> Store:
        """Return what is in memory already."""
        return self._given
