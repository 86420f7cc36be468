"""The facade that scripts use: open data, ask it by SPARQL, resolve it on a date."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from keiretsu.errors import InputError
from keiretsu.model import exact
from keiretsu.ownership_graph.backing import Backing, InMemory
from keiretsu.ownership_graph.coverage import coverage
from keiretsu.ownership_graph.deriving import FLOOR, Deriver, derived_of, floor_percent
from keiretsu.ownership_graph.loading import Material, bundled, load_all
from keiretsu.ownership_graph.on_disk import OnDisk
from keiretsu.ownership_graph.reading import read_date, read_remainder
from keiretsu.rights import MAJORITY
from keiretsu.scenarios import find_proposal, scenario
from keiretsu.scenarios.control_changes import DEFAULT_RULES
from keiretsu.scenarios.timeline import timeline
from keiretsu.snapshot import MAX_AGE_DAYS, Snapshot
from keiretsu.store.derived.graphs import DerivedKind, DerivedRequest
from keiretsu.store.query.questions import question

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from keiretsu.formats.frame import Progress
    from keiretsu.measures import Answer, ControlRecord
    from keiretsu.model import Agreement, Caution, ClaimSet, Number, Party
    from keiretsu.rights import ControlRule
    from keiretsu.scenarios import Amount, Period, Scenario
    from keiretsu.scenarios.edits import Edit
    from keiretsu.store.derived.listing import DerivedListing
    from keiretsu.store.memory import Store
    from keiretsu.store.query.answer import Answer as QueryAnswer
    from keiretsu.store.query.questions import Question


class OwnershipGraph:
    """Claims about who holds what in whom, ready to be asked.

    Parameters
    ----------
    store
        The claims as RDF, or where they lie.
    cautions
        What was assumed or skipped in loading them.

    Examples
    --------
    >>> kg = OwnershipGraph.open()
    >>> world = kg.snapshot(as_of="2019-09-03")
    >>> from keiretsu import control
    >>> [found.verdict.value for found in control(world, by="Renault", of="Nissan")]
    ['impossible']
    """

    def __init__(self, store: Store | Backing, cautions: tuple[Caution, ...] = ()) -> None:
        self.backing = store if isinstance(store, Backing) else InMemory(store, cautions)
        self.backing.deriver = self.deriver
        if not isinstance(store, Backing):
            store.deriver = self.deriver

    @property
    def store(self) -> Store:
        """Everything as RDF, in memory."""
        return self.backing.store

    @property
    def cautions(self) -> tuple[Caution, ...]:
        """What was assumed or skipped in loading."""
        return self.backing.cautions

    @property
    def deriver(self) -> Deriver:
        """Who computes derived graphs from the claims."""
        return Deriver(lambda day, known: self.snapshot(day, known_at=known))

    @classmethod
    def open(
        cls,
        *files: str | Path,
        lenient: bool = False,
        store: str | Path | None = None,
        endpoint: str | None = None,
        timeout: float | None = None,
    ) -> OwnershipGraph:
        """Open files of any supported format; without any, the bundled alliance dataset.

        Parameters
        ----------
        *files
            RDF in any syntax, or a format of `keiretsu.formats`: holdings tables, BODS and others;
            plain, gzip or zip. The ending and the beginning of a file tell which.
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
        if endpoint is not None:
            if files or store is not None:
                raise InputError(
                    "an endpoint and something else are given", mend="load them into one store"
                )
            from keiretsu.ownership_graph.remote import BehindEndpoint  # noqa: PLC0415 - HTTP

            return cls(BehindEndpoint(endpoint, timeout))
        if store is not None:
            if files:
                raise InputError(
                    "files and a store are given", mend="load the files into the store"
                )
            return cls(OnDisk(store))
        return cls.of([Material.of_file(file) for file in files] or [bundled()], lenient=lenient)

    @classmethod
    def of(
        cls,
        materials: Iterable[Material],
        *,
        lenient: bool = False,
        progress: Progress | None = None,
    ) -> OwnershipGraph:
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
    ) -> ClaimSet:
        """Return the claims that decide who owns and controls some parties; see `snapshot`."""
        return self.backing.claims_about(names, below=below, around=around, steps=steps)

    def default_date(self) -> dt.date:
        """Return the date of a question that names none: the data's horizon, else today."""
        return self.backing.horizon or dt.datetime.now(tz=dt.UTC).date()

    def snapshot(
        self,
        as_of: str | dt.date | None = None,
        *,
        known_at: str | dt.date | None = None,
        max_age: int = MAX_AGE_DAYS,
        remainder: str | None = None,
        about: Sequence[str] = (),
        below: Sequence[str] = (),
        around: Sequence[str] = (),
        steps: int = 0,
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
        about
            Names of the parties that the question is about. Of a store on disk or an endpoint only
            what lies above them is then read, which decides who owns and controls them; else it
            has no effect.
        below
            Names of parties, if the question is about all that they hold, directly or through
            others: a store then reads what decides about that.
        around, steps
            Names of parties, if the question is about their neighbours in so many steps, up and
            down: a store then reads what decides about these.

        Raises
        ------
        InputError
            If the date or the remainder cannot be read.
        OverAllocatedError
            If the holdings of an issuer add up to more than 100.5 %.
        EndpointError, DeadlineError
            If an endpoint does not give the claims whole and in time.
        """
        date = self.default_date() if as_of is None else read_date(as_of)
        kind = read_remainder(remainder)
        known = None if known_at is None else read_date(known_at)
        claims = self.claims_about(about, below=below, around=around, steps=steps)
        world = Snapshot.of(claims, date, known_at=known, max_age_days=max_age, remainder=kind)
        part = bool(about) and not (below or around)
        return world.with_cautions((*self.cautions, *self.backing.reading_cautions(part=part)))

    def iris_named(self, names: Iterable[str]) -> list[str]:
        """Return the IRIs of all parties that names may mean, where a store is to look for them."""
        return self.backing.iris_named(names)

    def control_of_all(
        self,
        as_of: str | dt.date | None = None,
        *,
        rule: ControlRule = MAJORITY,
        rights: str = "votes",
        ultimate: bool = False,
        max_age: int = MAX_AGE_DAYS,
        remainder: str | None = None,
    ) -> Sequence[ControlRecord] | None:
        """Return who controls whom, of everybody, without reading everything into memory.

        Parameters
        ----------
        as_of, max_age, remainder
            As in `snapshot`.
        rule
            The rule of control.
        rights
            The right that is counted.
        ultimate
            Whether only controllers count that nobody else controls.

        Returns
        -------
        Sequence of ControlRecord
            The rows that `keiretsu.control` gives of the whole in memory, in their order, told as
            they are read; None where all is in memory, or columns cannot tell it: ask
            `keiretsu.control` then.
        """
        return self.backing.control_of_all(
            self.default_date() if as_of is None else read_date(as_of),
            rule=rule,
            rights=rights,
            ultimate=ultimate,
            max_age=max_age,
            remainder=read_remainder(remainder),
        )

    def timeline(
        self,
        party: str,
        *,
        since: str | dt.date | None = None,
        until: str | dt.date | None = None,
        rules: Sequence[str] = DEFAULT_RULES,
        known_at: str | dt.date | None = None,
        max_age: int = MAX_AGE_DAYS,
        remainder: str | None = None,
    ) -> Answer[Period]:
        """Return how control of a party and the votes in it changed, in periods.

        Parameters
        ----------
        party
            Name of a company, or of any party.
        since, until
            First and last day; from the first on which something is told to the data's horizon if
            not given.
        rules
            Names of rules of control; in each period the first one that gives it is told.
        known_at, max_age, remainder
            As in `snapshot`.

        Raises
        ------
        InputError
            If a date or a rule cannot be read, or nothing is told of the party by then.
        NameNotFoundError, AmbiguousNameError
            If the name is not that of one party.
        OverAllocatedError
            If on some day the holdings of an issuer add up to more than 100.5 %.

        Examples
        --------
        >>> kg = OwnershipGraph.open()
        >>> told = [(str(p.since), p.controller) for p in kg.timeline("Nissan", until="2002-03-02")]
        >>> told
        [('1999-05-28', None), ('2002-02-23', None), ('2002-03-01', 'Renault')]
        """
        answer = timeline(
            self.claims,
            party,
            self.default_date() if until is None else read_date(until),
            since=None if since is None else read_date(since),
            rules=rules,
            known_at=None if known_at is None else read_date(known_at),
            max_age_days=max_age,
            remainder=read_remainder(remainder),
        )
        return replace(answer, cautions=tuple(sorted({*answer.cautions, *self.cautions})))

    def scenario(
        self,
        edits: Sequence[Edit] = (),
        *,
        world: Snapshot | None = None,
        hold: Mapping[tuple[str, str], Number | Amount] | None = None,
        adopt: Sequence[str | Agreement] = (),
        end: Sequence[str] = (),
        proposal: str | None = None,
    ) -> Scenario:
        """Suppose something: the world on a day as it would be, a snapshot like any other.

        Parameters
        ----------
        world
            The world before; that of the proposal's own day, else of the data's horizon, if not
            given.
        edits, hold, adopt, end, proposal
            As in `keiretsu.scenario`; agreements and proposals are looked up in the data.

        Raises
        ------
        InputError
            If an edit cannot be carried out.
        NameNotFoundError, AmbiguousNameError
            If a name is not that of one party.

        Examples
        --------
        >>> kg = OwnershipGraph.open()
        >>> offer = kg.scenario(proposal="FCA's proposal of a merger of equals with Renault")
        >>> offer.as_of
        datetime.date(2019, 5, 27)
        """
        before = world if world is not None else self.snapshot(self.proposal_date(proposal))
        self.check_day(before.as_of)
        return scenario(
            before,
            edits,
            hold=hold,
            adopt=adopt,
            end=end,
            proposal=proposal,
            claims=self.claims,
        )

    def check_day(self, day: dt.date) -> None:
        """Refuse a day before the first that the data dates any holding.

        Raises
        ------
        InputError
            If it lies before; data without any date holds on every day.
        """
        dated = [one.stated_for or one.period.start for one in self.claims.holdings]
        first = min((date.first for date in dated if date is not None), default=None)
        if first is not None and day < first:
            raise InputError(
                f"{day} lies before any data: the first holding is dated {first}",
                mend="ask about a later day",
            )

    def proposal_date(self, proposal: str | None) -> dt.date | None:
        """Return the day of a proposal; None without one, or if its day is not known.

        Raises
        ------
        InputError
            If there is no proposal of that name, or it has no terms.
        """
        if proposal is None:
            return None
        found = find_proposal(self.claims, proposal)
        day = found.stated_for or found.period.start
        return None if day is None else day.first

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
            Refuse to answer where the system cannot keep the query's process off the network;
            `keiretsu.store.Store.query_guarded` tells whether it could.
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
        """Answer a question, ours or one that a file holds.

        Parameters
        ----------
        asked
            The question.
        values
            Values of its parameters by their names.
        timeout
            Seconds after which it is stopped; None for no deadline.

        Raises
        ------
        InputError, NameNotFoundError, AmbiguousNameError
            As `ask`.
        """
        return self.backing.answer(asked, values, timeout)

    def derive(
        self,
        as_of: str | dt.date | None = None,
        *,
        rule: str | Sequence[str] | None = None,
        floor: Number = FLOOR,
        known_at: str | dt.date | None = None,
        regimes: Sequence[str] = (),
        edits: Sequence[Edit] = (),
    ) -> tuple[str, ...]:
        """Put derived graphs of a day beside the claims, for queries to read.

        Stakes with their votes and the rules that touched them, the same with wholly-owned vehicles
        seen through, control, integrated shares, and verdicts of legal tests: each in a named
        graph, all of which are replaced whole if they are there, or none. What is claimed and its
        fingerprint stay as they are; further claims make the derived graphs go.

        Parameters
        ----------
        as_of, known_at
            As in `snapshot`.
        rule
            Name of a rule of control, or several; ``majority-votes`` if not given.
        floor
            Least integrated share that is written, a fraction of one or ``"1%"``.
        regimes
            Names of legal tests; a graph for each.
        edits
            What is supposed, as in `scenario`: the graphs are then those of the supposed world, lie
            beside those of the world as it is claimed to be, and say what they suppose.

        Returns
        -------
        tuple of str
            The IRIs of the graphs; `drop_derived` removes them, `derived_trig` writes them.

        Raises
        ------
        InputError
            If the date, a rule, a test or the floor cannot be read, or an edit not carried out.
        OverAllocatedError
            If the holdings of an issuer add up to more than 100.5 %.

        Examples
        --------
        >>> kg = OwnershipGraph.open()
        >>> graphs = kg.derive("2019-09-03", regimes=["ofac"])
        >>> [graph.rpartition("derived/")[2] for graph in graphs]
        ['stakes/2019-09-03', 'group-stakes/2019-09-03', 'control/2019-09-03/majority-votes',
         'integrated/2019-09-03', 'legal/2019-09-03/ofac']
        """
        day = self.default_date() if as_of is None else read_date(as_of)
        known = None if known_at is None else read_date(known_at)
        rules = [rule] if isinstance(rule, str) else rule or [MAJORITY.name]
        arguments: dict[DerivedKind, Iterable[str]] = {
            DerivedKind.CONTROL: dict.fromkeys(rules),
            DerivedKind.INTEGRATED: [floor_percent(exact(floor))],
            DerivedKind.LEGAL: dict.fromkeys(regimes),
        }
        requests = [
            DerivedRequest(kind, day, argument, known, tuple(map(str, edits)))
            for kind in DerivedKind
            for argument in arguments.get(kind, [""])
        ]
        if not edits:
            return tuple(str(graph.name) for graph in self.store.derive(requests))
        world = self.scenario(edits, world=self.snapshot(day, known_at=known))
        graphs = [derived_of(world, one, world.base.dataset) for one in requests]
        self.store.put_derived(graphs)
        return tuple(str(graph.name) for graph in graphs)

    def derived(self) -> list[DerivedListing]:
        """Return which derived graphs are here, and how each was made."""
        return self.store.derived.listing()

    def derived_trig(self, *graphs: str) -> str:
        """Return derived graphs as TriG, with nothing beside them: sorted, without a clock."""
        return self.store.derived_to_trig(graphs)

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
