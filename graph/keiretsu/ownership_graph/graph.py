"""The facade that scripts use: open data, ask it by SPARQL, resolve it on a date."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from keiretsu.ownership_graph.asked_claims import AskedClaims
from keiretsu.ownership_graph.backing import Backing
from keiretsu.ownership_graph.deriving import FLOOR, Deriver, derived_of, requests_for
from keiretsu.ownership_graph.reading import read_date, read_date_or_none, read_remainder
from keiretsu.rights import MAJORITY
from keiretsu.scenarios import scenario
from keiretsu.scenarios.control_changes import DEFAULT_RULES
from keiretsu.scenarios.timeline import timeline
from keiretsu.snapshot import MAX_AGE_DAYS, Snapshot

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from keiretsu.measures import Answer, ControlRecord
    from keiretsu.model import Agreement, Caution, Number
    from keiretsu.rights import ControlRule
    from keiretsu.scenarios import Amount, Period, Scenario
    from keiretsu.scenarios.edits import Edit
    from keiretsu.store.derived.listing import DerivedListing
    from keiretsu.store.memory import Store


class OwnershipGraph(AskedClaims):
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
        super().__init__(store, cautions)
        self.backing.deriver = self.deriver
        if not isinstance(store, Backing):
            store.deriver = self.deriver

    @property
    def deriver(self) -> Deriver:
        """Who computes derived graphs from the claims."""
        return Deriver(lambda day, known: self.snapshot(day, known_at=known))

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
        held_by: Sequence[str] = (),
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
            Names of the parties that the question is about: a store on disk or an endpoint then
            reads only what lies above them, which decides who owns and controls them.
        below
            Names of parties, if it is about all that they hold, directly or through others.
        around, steps
            Names of parties, if it is about their neighbours in so many steps, up and down.
        held_by
            Names of parties, if it is about the capital that they have in all that they hold: of
            other holders in it a store on disk then reads what they hold there and no more.

        Raises
        ------
        InputError
            If the date or the remainder cannot be read.
        OverAllocatedError
            If the holdings of an issuer add up to more than 100.5 %.
        EndpointError, DeadlineError
            If an endpoint does not give the claims whole and in time.
        """
        date, known = self._day(as_of), read_date_or_none(known_at)
        kind = read_remainder(remainder)
        claims = self.claims_about(about, below=below, around=around, steps=steps, held_by=held_by)
        world = Snapshot.of(claims, date, known_at=known, max_age_days=max_age, remainder=kind)
        part = bool(about) and not (below or around or held_by)
        return world.with_cautions((*self.cautions, *self.backing.reading_cautions(part=part)))

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

        Takes the date as `snapshot` does, and `rule`, `rights` and `ultimate` as
        `keiretsu.control`; gives its rows in its order, told as they are read. None where all is in
        memory, or columns cannot tell it: ask `keiretsu.control` then.
        """
        return self.backing.control_of_all(
            self._day(as_of),
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

        As `keiretsu.timeline`, up to the data's horizon unless `until` is given; `known_at`,
        `max_age` and `remainder` as in `snapshot`.

        Raises
        ------
        InputError
            If a date or a rule cannot be read, or nothing is told of the party by then.
        NameNotFoundError, AmbiguousNameError, OverAllocatedError
            As `keiretsu.timeline`.

        Examples
        --------
        >>> kg = OwnershipGraph.open()
        >>> told = [(str(p.since), p.controller) for p in kg.timeline("Nissan", until="2002-03-02")]
        >>> told
        [('1999-05-28', None), ('2002-02-23', None), ('2002-03-01', 'Renault')]
        """
        answer = timeline(
            self.claims_about(),
            party,
            self._day(until),
            since=read_date_or_none(since),
            rules=rules,
            known_at=read_date_or_none(known_at),
            max_age_days=max_age,
            remainder=read_remainder(remainder),
        )
        told = {*self.cautions, *self.backing.reading_cautions(part=False)}
        return replace(answer, cautions=tuple(sorted({*answer.cautions, *told})))

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

        As `keiretsu.scenario`; agreements and proposals are looked up in the data, and `world` is
        that of the proposal's own day, else of the data's horizon, if not given.

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
            before, edits, hold=hold, adopt=adopt, end=end, proposal=proposal, claims=self.claims
        )

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
        graph, replaced whole, all or none. What is claimed and its fingerprint stay as they are;
        further claims make the derived graphs go.

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
        day, known = self._day(as_of), read_date_or_none(known_at)
        requests = requests_for(day, known, rule=rule, floor=floor, regimes=regimes, edits=edits)
        if not edits:
            return tuple(str(graph.name) for graph in self.backing.derive(requests))
        world = self.scenario(edits, world=self.snapshot(day, known_at=known))
        graphs = [derived_of(world, one, world.base.dataset) for one in requests]
        self.store.put_derived(graphs)
        return tuple(str(graph.name) for graph in graphs)

    def derived(self) -> list[DerivedListing]:
        """Return which derived graphs are here, and how each was made."""
        return self.backing.derived.derived.listing()

    def derived_trig(self, *graphs: str) -> str:
        """Return derived graphs as TriG, with nothing beside them: sorted, without a clock."""
        return self.backing.derived.derived_to_trig(graphs)

    def drop_derived(self, *graphs: str) -> None:
        """Remove derived graphs; an `InputError` names one that is not here."""
        for graph in graphs:
            self.backing.derived.derived.drop(graph)

    def _day(self, text: str | dt.date | None) -> dt.date:
        return self.default_date() if text is None else read_date(text)
