"""The shape of a whole network: its bow tie, and how few control how much of it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from keiretsu.kernels.components import components
from keiretsu.measures.answer import Answer, percent
from keiretsu.measures.network.value import linked, number, own_values
from keiretsu.model import Caution
from keiretsu.rights import Dominance, rights_of
from keiretsu.snapshot import NOBODY

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from keiretsu.measures.network.value import Values
    from keiretsu.snapshot import Snapshot

CORE, IN, OUT, TENDRIL, APART = "core", "in", "out", "tube-or-tendril", "apart"
SECTIONS = (CORE, IN, OUT, TENDRIL, APART)
"""Sections of a bow tie; *apart* are components that do not touch it."""

OVERLAP = Caution(
    "overlapping-control",
    "control values of different parties overlap and do not add up: the curve counts each company "
    "once, for the first in rank that controls it",
)


@dataclass(frozen=True, slots=True)
class SectionRecord:
    """Where one party lies in the bow tie."""

    party: str
    party_id: str
    kind: str
    section: str

    def as_dict(self) -> dict[str, Any]:
        """Return the record as plain data, keyed as in JSON."""
        return {
            "party": self.party,
            "party_id": self.party_id,
            "kind": self.kind,
            "section": self.section,
        }


@dataclass(frozen=True, slots=True)
class ConcentrationRecord:
    """One step of the curve.

    Parameters
    ----------
    rank
        From one on, by controlled value.
    party, party_id, kind
        Who controls.
    controlled
        Value of all that it controls, its own not included.
    cumulative
        The part of all value that those up to this rank control together, each company once.
    """

    rank: int
    party: str
    party_id: str
    kind: str
    controlled: Fraction
    cumulative: Fraction

    def as_dict(self) -> dict[str, Any]:
        """Return the record as plain data, keyed as in JSON."""
        return {
            "rank": self.rank,
            "party": self.party,
            "party_id": self.party_id,
            "kind": self.kind,
            "controlled_value": number(self.controlled),
            "cumulative_percent": percent(self.cumulative),
        }


def bow_tie(snapshot: Snapshot, *, rights: str = "capital") -> Answer[SectionRecord]:
    """Return where each party lies in the bow tie of the network [1]_.

    The core is the largest set of parties that all hold each other, directly or through others;
    *in* leads to it, *out* is led to by it, *tube-or-tendril* hangs on without either, and *apart*
    are components that do not touch it. Without loops there is no core, and everybody is apart.

    References
    ----------
    .. [1] S. Vitali, J. Glattfelder, S. Battiston, The network of global corporate control, PLoS
       ONE 6 (2011).

    Examples
    --------
    >>> from keiretsu.mirror import snapshot_of_shares
    >>> shares = {("i", "a"): 0.1, ("a", "b"): 0.1, ("b", "a"): 0.1, ("b", "o"): 0.1}
    >>> {row.party: row.section for row in bow_tie(snapshot_of_shares(shares))}
    {'a': 'core', 'b': 'core', 'i': 'in', 'o': 'out'}
    """
    onward = _holdings(snapshot, rights)
    back: dict[int, set[int]] = {party: set() for party in onward}
    for holder, issuers in onward.items():
        for issuer in issuers:
            back[issuer].add(holder)
    groups = list(components(onward, onward.__getitem__))
    largest: list[int] = max(groups, key=lambda group: (len(group), -min(group)), default=[])
    core = set(largest)
    sections = dict.fromkeys(onward, APART)
    if len(core) > 1:
        touching = {p: onward[p] | back[p] for p in onward}
        sections |= dict.fromkeys(_reached(core, touching), TENDRIL)
        sections |= dict.fromkeys(_reached(core, back), IN)
        sections |= dict.fromkeys(_reached(core, onward), OUT)
        sections |= dict.fromkeys(core, CORE)
    records = [
        SectionRecord(
            snapshot.parties[party].label,
            snapshot.parties[party].id,
            snapshot.parties[party].kind.value,
            section,
        )
        for party, section in sections.items()
    ]
    ordered = sorted(records, key=lambda r: (SECTIONS.index(r.section), r.party, r.party_id))
    counts = {section: sum(r.section == section for r in records) for section in SECTIONS}
    return Answer("network", snapshot, tuple(ordered), {"sections": counts}, snapshot.cautions)


def concentration(
    snapshot: Snapshot, *, values: Values | None = None, rights: str = "votes"
) -> Answer[ConcentrationRecord]:
    """Return how much of all value the parties of highest rank control by majority.

    Parameters
    ----------
    snapshot
        The world on a date.
    values
        As in `network_value`.
    rights
        The right that controls.

    Returns
    -------
    Answer of ConcentrationRecord
        Parties that surely control something, by falling value; ultimate controllers before the
        companies that they control where values are equal.

    Notes
    -----
    Control values overlap: a chain's head and its middle both control its foot. The curve counts
    every company once, so that a party all of whose companies were counted adds nothing.

    Examples
    --------
    >>> from keiretsu.mirror import snapshot_of_shares
    >>> world = snapshot_of_shares({("a", "b"): "60%", ("b", "c"): "60%"})
    >>> [(row.party, row.as_dict()["cumulative_percent"]) for row in concentration(world)]
    [('a', 66.666667), ('b', 66.666667)]
    """
    own = own_values(snapshot, values)
    everybody = linked(snapshot, rights)
    total = sum((own[party] for party in everybody), Fraction(0))
    dominance = Dominance(snapshot, rights_of(snapshot).ledger(rights))
    reach: dict[int, set[int]] = {}
    for head in sorted({*everybody, *snapshot.bodies}):
        group = snapshot.as_one(head)
        found = set(dominance.controlled(group)) - set(group)
        if found and snapshot.parties[head].acts_for is None:
            reach[head] = found
    worth = {h: sum((own[c] for c in found), Fraction(0)) for h, found in reach.items()}
    ranked = sorted(reach, key=lambda h: (-worth[h], -len(reach[h]), snapshot.parties[h].label, h))
    counted: set[int] = set()
    gathered, records = Fraction(0), []
    for rank, head in enumerate(ranked, 1):
        gathered += sum((own[c] for c in reach[head] - counted), Fraction(0))
        counted |= reach[head]
        party = snapshot.parties[head]
        share = gathered / total if total else Fraction(0)
        records.append(
            ConcentrationRecord(rank, party.label, party.id, party.kind.value, worth[head], share)
        )
    fields = {"rights": rights, "total_value": number(total)}
    return Answer("network", snapshot, tuple(records), fields, (*snapshot.cautions, OVERLAP))


def _holdings(snapshot: Snapshot, rights: str) -> dict[int, set[int]]:
    ledger = rights_of(snapshot).ledger(rights)
    found: dict[int, set[int]] = {}
    for line in range(len(ledger.holding)):
        holder, issuer = ledger.holder_of(line), ledger.issuer_of(line)
        if holder not in (NOBODY, issuer) and ledger.may_count(line):
            found.setdefault(holder, set()).add(issuer)
            found.setdefault(issuer, set())
    return found


def _reached(start: Collection[int], onward: Mapping[int, Collection[int]]) -> set[int]:
    found, pending = set(start), list(start)
    while pending:
        for target in onward[pending.pop()]:
            if target not in found:
                found.add(target)
                pending.append(target)
    return found
