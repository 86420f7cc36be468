"""Claims kept on disk: read only where a question looks."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from keiretsu.errors import DeadlineError, NameNotFoundError
from keiretsu.ownership_graph.backing import Backing
from keiretsu.ownership_graph.coverage import coverage_of_store, party_rows_of_store
from keiretsu.ownership_graph.stored_queries import StoredQueries
from keiretsu.rights.laws import RULED_JURISDICTIONS
from keiretsu.snapshot import Evidence, Snapshot
from keiretsu.snapshot.stored_register import register_on
from keiretsu.store.disk import DiskClaims
from keiretsu.store.disk.whole.everything import whole
from keiretsu.store.disk.whole.from_columns import whole_claims
from keiretsu.store.memory import Store

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from keiretsu.formats.frame import Progress
    from keiretsu.measures.register.stored_control import StoredControl
    from keiretsu.model import Caution, ClaimSet, Remainder
    from keiretsu.rights import ControlRule
    from keiretsu.store.derived.graphs import DerivedGraph, DerivedRequest
    from keiretsu.store.query.answer import Answer as QueryAnswer
    from keiretsu.store.query.guarded import Queried
    from keiretsu.store.query.questions import Question

    Integers = NDArray[Any]

QUESTION_TIMEOUT: Final = 300.0
"""Seconds that the query of a named question has, unless others are given."""


class OnDisk(Backing):
    """Claims in a store on disk.

    A question about some companies reads only what lies above them; one about everybody reads
    claims from columns. Queries and named questions are answered by Oxigraph from a folder beside
    the claims, which is made when it is first asked; what is derived for a question lies in a copy
    of that folder. Anything else reads everything into memory first.

    Parameters
    ----------
    path
        The store's folder.
    progress
        Told how far that folder is, when it is made.

    Raises
    ------
    InputError
        If there is no store, it is damaged, or a version from the future wrote it.
    """

    reads_steps = True

    def __init__(self, path: str | Path, progress: Progress | None = None) -> None:
        self.disk = DiskClaims(path)
        self.queries = StoredQueries(self.disk, progress)
        self._derived = Store()
        self._requests: dict[str, DerivedRequest] = {}

    def read(self) -> Store:
        """Read everything into memory, with the graphs that were derived."""
        store = whole(self.disk)
        if self._requests and self.deriver is not None:
            store.put_derived(list(self.deriver.derived_graphs(self._kept())))
        return store

    @property
    def claims(self) -> ClaimSet:
        """Everything that is said: of columns, unless it is in memory or is to be settled there."""
        if "store" in vars(self) or not self.disk.manifest.is_settled:
            return super().claims
        return self._claims

    @cached_property
    def _claims(self) -> ClaimSet:
        return whole_claims(self.disk)

    @property
    def sparql(self) -> Queried:
        """Who answers queries: memory, once all is there or derived graphs are to be seen.

        Two derived graphs may say one thing, which the engine's union would count twice.
        """
        return self.store if "store" in vars(self) or self._kept() else self.queries

    @property
    def derived(self) -> Store:
        """Where derived graphs lie: by themselves, until all is in memory."""
        return self.store if "store" in vars(self) else self._derived

    def derive(self, requests: Sequence[DerivedRequest]) -> list[DerivedGraph]:
        """Compute derived graphs from columns, and keep them by themselves."""
        if "store" in vars(self) or self.deriver is None:
            return super().derive(requests)
        graphs = list(self.deriver.derived_graphs(requests))
        self.derived.put_derived(graphs)  # into memory, if what is unsettled was read meanwhile
        self._requests |= {str(one.name): one for one in requests}
        return graphs

    def _kept(self) -> list[DerivedRequest]:
        """Return of which derived graphs those are that have not been dropped."""
        there = {listing.name for listing in self._derived.derived.listing()}
        return [self._requests[name] for name in sorted(self._requests.keys() & there)]

    @property
    def note(self) -> str:
        """What whoever asked should know of how it was answered."""
        return self.queries.note

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the claims."""
        return self.disk.manifest.fingerprint

    def info(self) -> dict[str, Any]:
        """Return counts, periods, coverage by source, and the horizon."""
        return coverage_of_store(self.disk)

    def party_rows(self) -> list[dict[str, Any]]:
        """Return all parties as plain data."""
        return party_rows_of_store(self.disk)

    def party_named(self, name: str) -> str:
        """Return the IRI of the party that a name means.

        Raises
        ------
        NameNotFoundError, AmbiguousNameError
            If none, or several, have it.
        """
        return self.disk.iri(self.disk.names.find(name))

    def answer(
        self, asked: Question, values: Mapping[str, object] | None, timeout: float | None
    ) -> QueryAnswer:
        """Answer a question; the graphs that it needs are derived into a folder of the store.

        Ours ask each derived graph by its name; a stranger's that needs several may ask for what
        all of them say, which memory alone holds once. Without a timeout the query has
        `QUESTION_TIMEOUT`; what is derived before is in proportion to the store and has none.
        """
        if "store" in vars(self) or (len(asked.needs) > 1 and not asked.is_ours):
            return super().answer(asked, values, timeout)
        given = QUESTION_TIMEOUT if timeout is None else timeout
        try:
            return self.queries.answer(asked, values or {}, given, self.deriver)
        except DeadlineError as error:
            if timeout is not None:
                raise
            mend = (
                f"ask for less, or allow more time, as --timeout {10 * QUESTION_TIMEOUT:.0f} does"
            )
            raise DeadlineError(error.problem, place=self.disk.path, mend=mend) from None

    @property
    def horizon(self) -> dt.date | None:
        """Last day for which the data claims to be kept, if it says so."""
        return self.disk.horizon

    def reading_cautions(
        self,
        *,
        part: bool,  # noqa: ARG002 - what was loaded is known of all of it only
    ) -> tuple[Caution, ...]:
        """Return what was assumed or skipped when files were loaded into the store."""
        return self.disk.manifest.assumed

    def claims_about(
        self,
        names: Sequence[str] = (),
        *,
        below: Sequence[str] = (),
        around: Sequence[str] = (),
        steps: int = 0,
        held_by: Sequence[str] = (),
    ) -> ClaimSet:
        """Return the claims that decide about some parties, or all if none are named.

        What decides about a party lies above it. The parties are those named, those that `below`
        hold, and those that so many steps from `around` lead to. Of what `held_by` hold, only the
        holders are read: who brings them nothing need not be followed.
        """
        if not (names or below or around or held_by):
            return self.claims
        numbers = set(self._numbers_of(names))
        numbers.update(self.disk.around.below(self._numbers_of(below)))
        numbers.update(self.disk.around.near(self._numbers_of(around), steps))
        held = self.disk.around.below(self._numbers_of(held_by))
        return self.disk.claims_about(sorted({*self.disk.around.above(numbers), *held}))

    def _numbers_of(self, names: Sequence[str]) -> list[int]:
        return [one for name in names for one in self._numbers(name)]

    def iris_named(self, names: Iterable[str]) -> list[str]:
        """Return the IRIs of all parties that names mean, be it none or several."""
        numbers = {number for name in names for number in self.disk.names.all_of(name)}
        return [self.disk.iri(number) for number in sorted(numbers)]

    def control_of_all(
        self,
        day: dt.date,
        *,
        rule: ControlRule,
        rights: str,
        ultimate: bool,
        max_age: int,
        remainder: Remainder | None,
    ) -> StoredControl | None:
        """Return who controls whom on a day; see `OwnershipGraph.control_of_all`.

        None where a share is presumed to be enough, by a threshold of a half or less, and after
        agreements.
        """
        from keiretsu.measures.register.stored_control import (  # noqa: PLC0415 - may load a compiler
            StoredControl,
        )

        register = register_on(self.disk.index, self.disk.checked_columns, day, RULED_JURISDICTIONS)
        if not StoredControl.can_tell(register, rule, rights):
            return None
        reader = DayReader(self.disk, day, max_age, remainder)
        told = self.reading_cautions(part=False)
        return StoredControl(register, reader, rule, rights, ultimate=ultimate, told=told)

    def _numbers(self, name: str) -> list[int]:
        """Return the number of a party, or of several whose names are separated by commas."""
        try:
            return [self.disk.names.find(name)]
        except NameNotFoundError:
            parts = [part.strip() for part in name.split(",") if part.strip()]
            if len(parts) < 2:  # noqa: PLR2004 - one part is the name itself
                raise
            return [self.disk.names.find(part) for part in parts]


class DayReader:
    """Reads a store on a day.

    Parameters
    ----------
    disk
        The store.
    day
        The day.
    max_age, remainder
        What is assumed, as in `OwnershipGraph.snapshot`.
    """

    def __init__(
        self, disk: DiskClaims, day: dt.date, max_age: int, remainder: Remainder | None
    ) -> None:
        self.disk, self.day = disk, day
        self._max_age, self._remainder = max_age, remainder

    def names(self, numbers: Integers) -> list[tuple[str, str]]:
        """Return the labels and IRIs of some parties."""
        return self.disk.names_of(numbers)

    def evidence(self, claim: int) -> Evidence:
        """Return the plain claim at a place of the index, with its document."""
        return Evidence.of(self.disk.holding(claim), self.disk.documents)

    def world(self, numbers: Sequence[int]) -> Snapshot:
        """Return the holdings in some parties, and in all above them, on the day."""
        claims = self.disk.claims_above(numbers)
        return Snapshot.of(claims, self.day, max_age_days=self._max_age, remainder=self._remainder)
