"""The facade that scripts use: open data, ask it by SPARQL, resolve it on a date."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from keiretsu.errors import InputError
from keiretsu.model import Remainder, exact
from keiretsu.ownership_graph.coverage import coverage
from keiretsu.ownership_graph.deriving import FLOOR, Deriver, floor_percent
from keiretsu.ownership_graph.loading import Material, bundled, load_all
from keiretsu.rights import MAJORITY
from keiretsu.snapshot import MAX_AGE_DAYS, Snapshot
from keiretsu.store.derived import DerivedKind, DerivedRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from keiretsu.model import Caution, ClaimSet, Number
    from keiretsu.store.answer import Answer
    from keiretsu.store.memory import Store


class OwnershipGraph:
    """Claims about who holds what in whom, ready to be asked.

    Parameters
    ----------
    store
        The claims as RDF.
    cautions
        What was assumed or skipped in loading.

    Examples
    --------
    >>> kg = OwnershipGraph.open()
    >>> world = kg.snapshot(as_of="2019-09-03")
    >>> from keiretsu import control
    >>> [found.verdict.value for found in control(world, by="Renault", of="Nissan")]
    ['impossible']
    """

    def __init__(self, store: Store, cautions: tuple[Caution, ...] = ()) -> None:
        self.store, self.cautions = store, cautions
        store.deriver = Deriver(lambda day, known: self.snapshot(day, known_at=known))

    @classmethod
    def open(cls, *files: str | Path, lenient: bool = False) -> OwnershipGraph:
        """Open files of any supported format; without any, the bundled alliance dataset.

        Parameters
        ----------
        *files
            RDF in any syntax, or a format of `keiretsu.formats`: holdings tables, BODS and others;
            plain, gzip or zip. The ending and the beginning of a file tell which.
        lenient
            Skip malformed records and count them instead of stopping at the first.

        Raises
        ------
        InputError
            If a file cannot be read; the error names the place and the mend.
        """
        return cls.of([Material.of_file(file) for file in files] or [bundled()], lenient=lenient)

    @classmethod
    def of(
        cls,
        materials: Iterable[Material],
        *,
        lenient: bool = False,
        progress: Callable[[int], None] | None = None,
    ) -> OwnershipGraph:
        """Open materials; `progress` is told how many records of one were read so far."""
        return cls(*load_all(list(materials), lenient=lenient, progress=progress))

    @property
    def claims(self) -> ClaimSet:
        """Everything the data says."""
        return self.store.claims()

    def default_date(self) -> dt.date:
        """Return the date of a question that names none: the data's horizon, else today."""
        return self.claims.horizon or dt.datetime.now(tz=dt.UTC).date()

    def snapshot(
        self,
        as_of: str | dt.date | None = None,
        *,
        known_at: str | dt.date | None = None,
        max_age: int = MAX_AGE_DAYS,
        remainder: str | None = None,
    ) -> Snapshot:
        """Resolve the claims on a date.

        Parameters
        ----------
        as_of
            The date, ``2019-09-03``; the data's horizon if not given.
        known_at
            The day by which it must have been knowable; no limit if not given.
        max_age
            How many days a level is carried forward.
        remainder
            ``float`` or ``undisclosed``: who stands behind every remainder, instead of what the
            data says.

        Raises
        ------
        InputError
            If the date or the remainder cannot be read.
        OverAllocatedError
            If the holdings of an issuer add up to more than 100.5 %.
        """
        date = self.default_date() if as_of is None else read_date(as_of)
        kind = None if remainder is None else _remainder(remainder)
        known = None if known_at is None else read_date(known_at)
        world = Snapshot.of(self.claims, date, known_at=known, max_age_days=max_age, remainder=kind)
        return world.with_cautions(self.cautions)

    def query(
        self,
        sparql: str,
        *,
        timeout: float | None = 10.0,
        require_isolation: bool = False,
        **bindings: Any,  # noqa: ANN401
    ) -> Answer:
        """Answer a SPARQL query, in a process of its own with limits; works in every thread.

        Parameters
        ----------
        sparql
            ``SELECT``, ``ASK``, ``CONSTRUCT`` or ``DESCRIBE``.
        timeout
            Seconds after which it is stopped; None for no deadline.
        require_isolation
            Refuse to answer where the system cannot keep the query's process off the network;
            `keiretsu.store.Store.query_guarded` tells whether it could.
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
        return self.store.query_guarded(
            sparql, bindings or None, timeout, require_isolation=require_isolation
        ).answer

    def ask(self, name: str, **parameters: object) -> Answer:
        """Answer a named question; the derived graphs that it needs are computed first.

        Raises
        ------
        InputError
            If there is no such question, or a parameter is missing, unknown or not of its kind.
        NameNotFoundError, AmbiguousNameError
            If a name is not that of one party.

        Examples
        --------
        >>> kg = OwnershipGraph.open()
        >>> rows = kg.ask("q12-group-sizes").values()
        >>> [(row["rank"], row["group"]) for row in rows if row["basis"] == "membership"][1]
        ('2', 'Renault-Nissan-Mitsubishi alliance')
        """
        return self.store.ask_named(name, **parameters)

    def derive(
        self,
        as_of: str | dt.date | None = None,
        *,
        rule: str | None = None,
        floor: Number = FLOOR,
        known_at: str | dt.date | None = None,
    ) -> tuple[str, ...]:
        """Put derived graphs of a day beside the claims, for queries to read.

        Stakes with their votes and the rules that touched them, the same with wholly-owned vehicles
        seen through, control, and integrated shares: each in a named graph, which is replaced whole
        if it is there. What is claimed and its fingerprint stay as they are; further claims make
        the derived graphs go.

        Parameters
        ----------
        as_of, known_at
            As in `snapshot`.
        rule
            Name of a rule of control; ``majority-votes`` if not given.
        floor
            Least integrated share that is written, a fraction of one or ``"1%"``.

        Returns
        -------
        tuple of str
            The IRIs of the graphs; `drop_derived` removes them.

        Raises
        ------
        InputError
            If the date, the rule or the floor cannot be read.
        OverAllocatedError
            If the holdings of an issuer add up to more than 100.5 %.

        Examples
        --------
        >>> kg = OwnershipGraph.open()
        >>> [graph.rpartition("derived/")[2] for graph in kg.derive("2019-09-03")]
        ['stakes/2019-09-03', 'group-stakes/2019-09-03', 'control/2019-09-03/majority-votes',
         'integrated/2019-09-03']
        """
        day = self.default_date() if as_of is None else read_date(as_of)
        known = None if known_at is None else read_date(known_at)
        arguments = {
            DerivedKind.CONTROL: rule or MAJORITY.name,
            DerivedKind.INTEGRATED: floor_percent(exact(floor)),
        }
        requests = [
            DerivedRequest(kind, day, arguments.get(kind, ""), known) for kind in DerivedKind
        ]
        return tuple(str(graph.name) for graph in self.store.derive(requests))

    def drop_derived(self, *graphs: str) -> None:
        """Remove derived graphs without a trace.

        Raises
        ------
        InputError
            If there is no derived graph of such a name.
        """
        for graph in graphs:
            self.store.derived.drop(graph)

    def info(self) -> dict[str, Any]:
        """Return what the data holds: counts, periods, coverage by source, horizon."""
        return coverage(self.claims)


def read_date(text: str | dt.date) -> dt.date:
    """Return a full date.

    Raises
    ------
    InputError
        If the text is not one.

    Examples
    --------
    >>> read_date("2019-09-03")
    datetime.date(2019, 9, 3)
    """
    if isinstance(text, dt.date):
        return text
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise InputError(f"{text!r} is not a date", mend="write it like 2019-09-03") from None


def _remainder(text: str) -> Remainder:
    if text not in (Remainder.FLOAT, Remainder.UNDISCLOSED):
        raise InputError(f"no remainder is named {text!r}", mend="use float or undisclosed")
    return Remainder(text)
