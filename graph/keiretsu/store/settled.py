"""Claims as RDF with their edits applied: inserted whole or not at all."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from threading import RLock
from typing import TYPE_CHECKING

from rdflib import Dataset

from keiretsu.errors import InputError
from keiretsu.store.codec import write as codec_write
from keiretsu.store.codec.read import read_dataset
from keiretsu.store.derived.placing import DerivedGraphs
from keiretsu.store.editing.settling import Journal, Settlement, settle
from keiretsu.store.editing.updating import applied
from keiretsu.store.syntax.statements import statements
from keiretsu.store.syntax.trig import dataset_to_nquads
from keiretsu.store.unwritten import FINGERPRINT_DIGITS, needs_no_settling, with_digest
from keiretsu.vocabulary import GRAPH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from keiretsu.model import Caution, ClaimSet
    from keiretsu.store.arrange import Quad
    from keiretsu.store.query.guarded_reply import Change


class SettledClaims:
    """A dataset of claims as they are read: with what its edits change, and derived graphs aside.

    Parameters
    ----------
    changed
        Called when what queries see has changed.

    Attributes
    ----------
    lock
        Neither the dataset nor the parser of queries bears two threads.
    """

    def __init__(self, changed: Callable[[], None]) -> None:
        self._rdf = Dataset(default_union=True)
        self._unwritten: ClaimSet | None = None
        self._claims: ClaimSet | None = None
        self._settlement = Settlement()
        self._changed = changed
        self._derived = DerivedGraphs(self._rdf, changed)
        self.lock = RLock()

    @property
    def dataset(self) -> Dataset:
        """Everything as RDF."""
        self._write()
        return self._rdf

    @property
    def derived(self) -> DerivedGraphs:
        """The derived graphs, beside the claims as RDF."""
        self._write()
        return self._derived

    def add(self, claims: ClaimSet) -> None:
        """Add claims of the model, all or none; see `keiretsu.store.memory.Store.add`."""
        with self.lock:
            if self._claims is None and len(self._rdf) == 0 and needs_no_settling(claims):
                self._unwritten, self._claims = claims, with_digest(claims)
            else:
                self.insert(codec_write.quads(claims))

    def insert(self, quads: Iterable[Quad]) -> None:
        """Insert statements, all or none; derived graphs go if that changes anything.

        Raises
        ------
        InputError
            If they cannot be read as claims together with those that are here.
        """
        with self.lock:
            aside = self.derived.set_aside()  # computed from claims that will no longer be all
            changed = False
            try:
                changed = self._insert_whole(quads)
            finally:
                if not changed:
                    self.derived.bring_back(aside)

    def claims(self) -> ClaimSet:
        """Return what is said, with its fingerprint; see `keiretsu.store.memory.Store.claims`."""
        with self.lock:
            if self._claims is None:
                without = (GRAPH.ontology, *self.derived.names())
                lines = dataset_to_nquads(self.dataset, without=without)
                digest = hashlib.sha256(lines.encode()).hexdigest()[:FINGERPRINT_DIGITS]
                self._claims = replace(read_dataset(self.dataset), digest=digest)
            return self._claims

    def asserted(self) -> set[Quad]:
        """Return what the documents say, whatever edits make of it."""
        with self.lock:
            without = (GRAPH.ontology, *self.derived.own())
            return self._settlement.lifted(statements(self.dataset, without))

    def after(self, change: Change, name: str) -> set[Quad]:
        """Return what the documents say once something has changed."""
        with self.lock:
            return applied(self.asserted(), self._settlement, change, name)

    def cautions(self) -> list[Caution]:
        """Return what edits left out, and which edits concern a claim that is not here."""
        if self._unwritten is not None:
            return []  # without edits
        return self._settlement.cautions(self.dataset)

    def _write(self) -> None:
        """Write claims as RDF that were not yet; see `keiretsu.store.unwritten`."""
        with self.lock:
            claims, self._unwritten = self._unwritten, None
            if claims is not None:
                Journal(self._rdf).add_all(codec_write.quads(claims))

    def _insert_whole(self, quads: Iterable[Quad]) -> bool:
        """Insert statements, all or none; return whether that changed anything."""
        before, journal = self._claims, Journal(self.dataset)
        self._settlement.lift(journal)
        journal.add_all(quads)
        if not journal:
            return False
        self._claims = None
        self._changed()
        settlement = settle(journal, self._settlement)
        try:
            self.claims()
        except InputError:
            journal.revert()
            self._claims = before
            raise
        self._settlement = settlement
        return before is None or before.fingerprint != self.claims().fingerprint
