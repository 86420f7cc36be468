"""Queries to a store on disk: answered by Oxigraph from a folder of its own, not from memory."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Any

from keiretsu.errors import InputError
from keiretsu.model import ClaimSet
from keiretsu.store.disk import DerivedSparqlFolder, SparqlFolder
from keiretsu.store.query.guarded import run_guarded
from keiretsu.store.query.guarded_data import EngineFolder, SpoiltEngineError
from keiretsu.store.query.guarded_limits import UNLIMITED
from keiretsu.store.query.guarded_text import insert
from keiretsu.store.query.question_values import ParameterKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Unpack

    from keiretsu.formats.frame import Progress
    from keiretsu.model import Party
    from keiretsu.store.derived.graphs import DerivedRequest
    from keiretsu.store.derived.placing import Deriver
    from keiretsu.store.disk import DiskClaims
    from keiretsu.store.query.answer import Answer
    from keiretsu.store.query.guarded import Guarded
    from keiretsu.store.query.guarded_limits import Guarding
    from keiretsu.store.query.questions import Question

_MOST_DERIVED = 4
"""Sets of derived graphs over which queries are kept ready."""


class StoredQueries:
    """Answers queries over a store on disk; in every thread, and in several at once.

    Parameters
    ----------
    disk
        The store.
    progress
        Told how far the folder for the engine is, when it is made.
    """

    def __init__(self, disk: DiskClaims, progress: Progress | None = None) -> None:
        self._disk, self._progress = disk, progress
        self._making = Lock()
        self._folder: SparqlFolder | None = None
        self._data: EngineFolder | None = None
        self._derived: OrderedDict[tuple[DerivedRequest, ...], StoredQueries] = OrderedDict()

    @property
    def note(self) -> str:
        """What whoever asked should know: that it was done for this time only."""
        if self._folder is None or not self._folder.is_aside:
            return ""
        return (
            f"{self._disk.path} cannot be written to, so its index for SPARQL was made for this "
            "time only"
        )

    def prepare(self) -> None:
        """Have the folder for the engine ready.

        Raises
        ------
        InputError
            If there is no room for it, or the store is damaged.
        """
        self._ready()

    def query(
        self,
        text: str,
        bindings: Mapping[str, Any] | None = None,
        timeout: float | None = 10.0,
    ) -> Answer:
        """Answer a query of ours: in a process of its own, with no limit but the deadline.

        Raises
        ------
        QueryRefusedError, DeadlineError, InputError
            As `keiretsu.store.Store.query`; also if the store cannot be made ready.
        """
        return self.query_guarded(text, bindings, timeout, limits=UNLIMITED).answer

    def query_guarded(
        self,
        text: str,
        bindings: Mapping[str, Any] | None = None,
        timeout: float | None = 10.0,
        *,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        **guarding: Unpack[Guarding],
    ) -> Guarded:
        """Answer a stranger's query; see `keiretsu.store.Store.query_guarded`.

        Raises
        ------
        QueryRefusedError, DeadlineError, InputError
            As there; also if the store cannot be made ready.
        """
        asked = insert(text, bindings or {})
        for _ in range(2):
            try:
                return run_guarded(
                    self._ready(),
                    asked,
                    timeout=timeout,
                    default_graphs=default_graphs,
                    named_graphs=named_graphs,
                    **guarding,
                )
            except SpoiltEngineError:
                self._forget()
        problem = "the index for SPARQL cannot be read, though it was made anew"
        raise InputError(problem, place=self._disk.path, mend="check the disk")

    def answer(
        self,
        asked: Question,
        values: Mapping[str, object],
        timeout: float | None,
        deriver: Deriver | None,
    ) -> Answer:
        """Answer a question, with the derived graphs that it needs.

        Raises
        ------
        InputError, NameNotFoundError, AmbiguousNameError
            As `keiretsu.store.query.questions.Question.run`.
        """
        return asked.run(_Asking(self, deriver), self._named(asked, values), timeout)

    def beside(self, requests: Sequence[DerivedRequest], deriver: Deriver | None) -> StoredQueries:
        """Return who answers queries over the same store with derived graphs beside its claims.

        Raises
        ------
        InputError
            If nobody computes them.
        """
        if deriver is None:
            problem = "derived graphs are needed, which this store cannot compute"
            raise InputError(problem, mend="ask through OwnershipGraph.ask")
        with self._making:
            key = tuple(requests)
            if key not in self._derived:
                found = StoredQueries(self._disk, self._progress)
                found._folder = DerivedSparqlFolder(
                    self._disk, self._base(), key, deriver.derived_graphs
                )
                self._derived[key] = found
                while len(self._derived) > _MOST_DERIVED:
                    self._derived.popitem(last=False)
            self._derived.move_to_end(key)
            return self._derived[key]

    def claims(self) -> ClaimSet:
        """Return what a question is read with: the horizon, and parties that are found."""
        parties = _StoredParties(self._disk)
        return ClaimSet(parties=parties, documents={}, horizon=self._disk.horizon)

    def _named(self, asked: Question, values: Mapping[str, object]) -> dict[str, object]:
        """Return the values of a question with the IRI of each party instead of its name."""
        found = dict(values)
        for one in asked.parameters:
            name = values.get(one.name) or one.default
            if one.kind is ParameterKind.PARTY and name is not None:
                found[one.name] = self._disk.iri(self._disk.names.find(str(name)))
        return found

    def _base(self) -> SparqlFolder:
        if self._folder is None:
            self._folder = SparqlFolder(self._disk)
        return self._folder

    def _ready(self) -> EngineFolder:
        with self._making:
            path = self._base().path(self._progress)
            if self._data is None or self._data.path != path:
                self._data = EngineFolder(path)
            return self._data

    def _forget(self) -> None:
        with self._making:
            if self._folder is not None:
                self._folder.forget()


class _Asking:
    """One question put to a store: the graphs that are derived for it are there for it alone."""

    def __init__(self, queries: StoredQueries, deriver: Deriver | None) -> None:
        self._queries, self._deriver = queries, deriver
        self.claims, self.query = queries.claims, queries.query
        self.query_guarded = queries.query_guarded

    @contextmanager
    def deriving(self, requests: Sequence[DerivedRequest]) -> Iterator[None]:
        if requests:
            there = self._queries.beside(requests, self._deriver)
            self.query, self.query_guarded = there.query, there.query_guarded
        yield


class _StoredParties(Mapping[str, "Party"]):
    """The parties of a store by their IRIs, each read when it is looked at."""

    def __init__(self, disk: DiskClaims) -> None:
        self._disk = disk

    def __contains__(self, iri: object) -> bool:
        return isinstance(iri, str) and self._disk.number_of(iri) is not None

    def __getitem__(self, iri: str) -> Party:
        number = self._disk.number_of(iri)
        if number is None:
            raise KeyError(iri)
        return self._disk.claims_about([number]).parties[iri]

    def __iter__(self) -> Iterator[str]:
        return map(self._disk.iri, range(len(self)))

    def __len__(self) -> int:
        return self._disk.party_count
