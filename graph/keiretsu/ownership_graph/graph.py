"""The facade that scripts use: open data, ask it by SPARQL, resolve it on a date."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from keiretsu.errors import InputError
from keiretsu.model import Remainder
from keiretsu.ownership_graph.coverage import coverage
from keiretsu.ownership_graph.loading import Material, bundled, load_all
from keiretsu.snapshot import MAX_AGE_DAYS, Snapshot

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from keiretsu.model import Caution, ClaimSet
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

    @classmethod
    def open(cls, *files: str | Path, lenient: bool = False) -> OwnershipGraph:
        """Open files of any supported format; without any, the bundled alliance dataset.

        Parameters
        ----------
        *files
            Turtle, TriG, N-Quads, N-Triples, or holdings tables (CSV, TSV).
        lenient
            Skip malformed rows of tables and count them instead of stopping at the first.

        Raises
        ------
        InputError
            If a file cannot be read; the error names the place and the mend.
        """
        return cls.of([Material.of_file(file) for file in files] or [bundled()], lenient=lenient)

    @classmethod
    def of(cls, materials: Iterable[Material], *, lenient: bool = False) -> OwnershipGraph:
        """Open content that is already in memory."""
        return cls(*load_all(list(materials), lenient=lenient))

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

    def query(self, sparql: str, *, timeout: float | None = 10.0, **bindings: Any) -> Answer:  # noqa: ANN401
        """Answer a SPARQL query; `bindings` are RDF terms, bound and never pasted.

        Raises
        ------
        QueryRefusedError
            If it is an update, or reaches outside the data (SERVICE, FROM, LOAD).
        DeadlineError
            If it takes longer than `timeout` seconds.
        InputError
            If it is not SPARQL.
        """
        return self.store.query(sparql, bindings or None, timeout)

    def ask(self, name: str, **parameters: object) -> Answer:
        """Answer a named question, such as ``ask("q01-holders", company="Nissan")``."""
        return self.store.ask_named(name, **parameters)

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
