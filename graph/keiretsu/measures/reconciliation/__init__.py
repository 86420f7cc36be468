"""Reconciliation: what sources declare in sum, against what follows from the single holdings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keiretsu.measures.answer import Answer, cautions_about
from keiretsu.measures.reconciliation.indirect import IndirectStakes
from keiretsu.measures.reconciliation.other_sources import OtherSources
from keiretsu.measures.reconciliation.record import Declared, DifferenceRecord
from keiretsu.measures.reconciliation.votes import ReportedVotes
from keiretsu.rights import rights_of

if TYPE_CHECKING:
    from keiretsu.snapshot import Snapshot

__all__ = ["Declared", "DifferenceRecord", "reconcile"]


def reconcile(snapshot: Snapshot) -> Answer[DifferenceRecord]:
    """Return where declared numbers and computed ones differ by more than rounding.

    Parameters
    ----------
    snapshot
        The world on a date.

    Returns
    -------
    Answer of DifferenceRecord
        Declared-indirect stakes against the recorded chains, multiplied; reported votes, gross or
        exercisable, against those that follow from shares and law; stakes and bands of other
        sources against the ones that were read. With `checked`, the number of declarations that
        were looked at, among its fields.

    Notes
    -----
    Two numbers agree if one rounds to the other at its printed decimals, a band if it meets the
    computed range.
    """
    indirect, votes, others = (
        IndirectStakes(snapshot),
        ReportedVotes(snapshot),
        OtherSources(snapshot),
    )
    records = [*indirect.differences(), *votes.differences(), *others.differences()]
    ordered = sorted(records, key=lambda r: (r.issuer, r.holder, r.kind, r.declared, r.cause))
    parties = {snapshot.position(i) for r in records for i in (r.holder_id, r.issuer_id)}
    assumed = (*snapshot.cautions, *rights_of(snapshot).cautions)
    told = {*cautions_about(snapshot, assumed, parties), *indirect.cautions}
    fields = {"checked": indirect.checked + votes.checked + others.checked}
    return Answer("reconcile", snapshot, tuple(dict.fromkeys(ordered)), fields, tuple(sorted(told)))
