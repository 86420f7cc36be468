"""Claims that were opened, wherever they lie: read, and asked by SPARQL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from keiretsu.ownership_graph.backing import Backing, InMemory
from keiretsu.ownership_graph.days import check_day, proposal_day
from keiretsu.ownership_graph.loading import Material, load_all
from keiretsu.ownership_graph.opening import opened
from keiretsu.store.query.questions import question

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from keiretsu.formats.frame import Progress
    from keiretsu.model import Caution, ClaimSet, Party
    from keiretsu.store.memory import Store
    from keiretsu.store.query.answer import Answer as QueryAnswer
    from keiretsu.store.query.questions import Question


class AskedClaims:
    """Claims of files, of a store or of an endpoint: what `OwnershipGraph` knows without a date.

    Parameters
    ----------
    store
        The claims as RDF, or where they lie.
    cautions
        What was assumed or skipped in loading them.
    """

    def __init__(self, store: Store | Backing, cautions: tuple[Caution, ...] = ()) -> None:
        self.backing = store if isinstance(store, Backing) else InMemory(store, cautions)

    @property
    def store(self) -> Store:
        """Everything as RDF, in memory."""
        return self.backing.store

    @property
    def cautions(self) -> tuple[Caution, ...]:
        """What was assumed or skipped in loading."""
        return self.backing.cautions

    @classmethod
    def open(
        cls,
        *files: str | Path,
        lenient: bool = False,
        store: str | Path | None = None,
        endpoint: str | None = None,
        timeout: float | None = None,
    ) -> Self:
        """Open files of any supported format; without any, the bundled alliance dataset.

        Parameters
        ----------
        *files
            RDF in any syntax, or a format of `keiretsu.formats`, plain, gzip or zip; the ending and
            the beginning of a file tell which.
        lenient
            Skip malformed records and count them instead of stopping at the first.
        store
            The folder of a store that ``keiretsu load`` wrote, instead of files.
        endpoint
            The address of a SPARQL 1.1 endpoint, instead of files; the only thing that is ever
            asked over the network. Nothing is sent before the first question.
        timeout
            Seconds that one answer of the endpoint may take; a minute if not given.

        Raises
        ------
        InputError
            If a file cannot be read; the error names the place and the mend.
        """
        return cls(opened(files, lenient=lenient, store=store, endpoint=endpoint, timeout=timeout))

    @classmethod
    def of(
        cls,
        materials: Iterable[Material],
        *,
        lenient: bool = False,
        progress: Progress | None = None,
    ) -> Self:
        """Open materials; `progress` is told how far the reading has come."""
        return cls(*load_all(list(materials), lenient=lenient, progress=progress))

    @property
    def claims(self) -> ClaimSet:
        """Everything the data says."""
        return self.backing.claims

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the claims."""
        return self.backing.fingerprint

    @property
    def parties(self) -> tuple[Party, ...]:
        """The parties, with all their names; of an endpoint only they are read."""
        return self.backing.parties

    def claims_about(
        self,
        names: Sequence[str] = (),
        *,
        below: Sequence[str] = (),
        around: Sequence[str] = (),
        steps: int = 0,
        held_by: Sequence[str] = (),
    ) -> ClaimSet:
        """Return the claims that decide who owns and controls some parties; see `snapshot`."""
        return self.backing.claims_about(
            names, below=below, around=around, steps=steps, held_by=held_by
        )

    def iris_named(self, names: Iterable[str]) -> list[str]:
        """Return the IRIs of all parties that names may mean, where a store is to look for them."""
        return self.backing.iris_named(names)

    def check_day(self, day: dt.date) -> None:
        """Refuse a day before the first that the data dates any holding, by an `InputError`."""
        check_day(self.claims_about(), day)

    def proposal_date(self, proposal: str | None) -> dt.date | None:
        """Return the day of a proposal; None without one, or if its day is not known.

        Raises
        ------
        InputError
            If there is no proposal of that name, or it has no terms.
        """
        return None if proposal is None else proposal_day(self.claims, proposal)

    def query(
        self,
        sparql: str,
        *,
        timeout: float | None = 10.0,
        require_isolation: bool = False,
        trusted: bool = False,
        **bindings: Any,  # noqa: ANN401
    ) -> QueryAnswer:
        """Answer a SPARQL query, in a process of its own with limits; works in every thread.

        Parameters
        ----------
        sparql
            ``SELECT``, ``ASK``, ``CONSTRUCT`` or ``DESCRIBE``.
        timeout
            Seconds after which it is stopped; None for no deadline.
        require_isolation
            Refuse to answer where the system cannot keep the query's process off the network.
        trusted
            The query is one's own: it runs in this process, on the engine of the named questions,
            with no limit but the deadline (which only the main thread can keep); over a store on
            disk in a process of its own, with no other limit either. What reaches outside is
            refused all the same.
        **bindings
            RDF terms for variables or ``$parameters`` of the query, bound and never pasted.

        Raises
        ------
        QueryRefusedError
            If it is an update, reaches outside the data (SERVICE, FROM, LOAD), or uses more memory
            or gives a larger answer than allowed.
        DeadlineError
            If it takes longer than `timeout` seconds.
        InputError
            If it is not SPARQL.
        """
        return self.backing.query(
            sparql,
            bindings or None,
            timeout,
            require_isolation=require_isolation,
            trusted=trusted,
        )

    def ask(self, name: str, **parameters: object) -> QueryAnswer:
        """Answer a named question; the derived graphs that it needs are computed first.

        Raises
        ------
        InputError
            If there is no such question, or a parameter is missing, unknown or not of its kind.
        NameNotFoundError, AmbiguousNameError
            If a name is not that of one party.

        Examples
        --------
        >>> from keiretsu import OwnershipGraph
        >>> kg = OwnershipGraph.open()
        >>> rows = kg.ask("q12-group-sizes").values()
        >>> [(row["rank"], row["group_label"]) for row in rows if row["basis"] == "membership"][1]
        ('2', 'Renault-Nissan-Mitsubishi alliance')
        """
        return self.answer(question(name), parameters)

    def answer(
        self,
        asked: Question,
        values: Mapping[str, object] | None = None,
        timeout: float | None = None,
    ) -> QueryAnswer:
        """Answer a question, ours or a file's, with values of its parameters by name; see `ask`."""
        return self.backing.answer(asked, values, timeout)

    def info(self) -> dict[str, Any]:
        """Return what the data holds: counts, periods, coverage by source, horizon."""
        return self.backing.info()

    def party_rows(self) -> list[dict[str, Any]]:
        """Return all parties as plain data: label, IRI, kind, aliases, identifiers."""
        return self.backing.party_rows()
