"""All that a source of data says."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from keiretsu.model.digest import told

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from keiretsu.model.claim import Claim
    from keiretsu.model.claims import Agreement, Capital, Holding, Registration, ShareClass
    from keiretsu.model.digest import Digest
    from keiretsu.model.edit import Edit
    from keiretsu.model.events import Event, Figure, Tenure
    from keiretsu.model.party import Party
    from keiretsu.model.source import Document, SourceRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimSet:
    """All that a source of data says: parties, documents and claims.

    Parameters
    ----------
    parties, documents
        Keyed by IRI.
    holdings, share_classes, registrations, capitals, agreements, tenures, figures, events
        The claims, each kind in the order of its IRIs; proposals are among the events.
    source_records
        Records as their sources wrote them, where the claims do not say all of it.
    edits
        What editors changed; whoever holds the claims has applied them.
    horizon
        Last day for which the data claims to be kept, if it says so.
    digest
        Hash of the whole content, or what computes it once it is asked for.
    """

    parties: Mapping[str, Party]
    documents: Mapping[str, Document]
    holdings: tuple[Holding, ...] = ()
    share_classes: tuple[ShareClass, ...] = ()
    registrations: tuple[Registration, ...] = ()
    capitals: tuple[Capital, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    tenures: tuple[Tenure, ...] = ()
    figures: tuple[Figure, ...] = ()
    events: tuple[Event, ...] = ()
    source_records: tuple[SourceRecord, ...] = ()
    edits: tuple[Edit, ...] = ()
    horizon: dt.date | None = None
    digest: Digest = field(default="", compare=False)

    @property
    def fingerprint(self) -> str:
        """Hash of the whole content; the same content has the same one. Empty if it has none."""
        return told(self.digest)

    @property
    def size(self) -> int:
        """How many claims there are."""
        return sum(
            map(
                len,
                (
                    self.holdings,
                    self.share_classes,
                    self.registrations,
                    self.capitals,
                    self.agreements,
                    self.tenures,
                    self.figures,
                    self.events,
                ),
            )
        )

    def every_claim(self) -> Iterator[Claim]:
        """Yield the claims of all kinds."""
        yield from self.holdings
        yield from self.share_classes
        yield from self.registrations
        yield from self.capitals
        yield from self.agreements
        yield from self.tenures
        yield from self.figures
        yield from self.events
