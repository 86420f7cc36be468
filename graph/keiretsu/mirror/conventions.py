"""Control of one party over a company by every convention in use, beside its cash flow."""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from keiretsu.errors import InputError
from keiretsu.kernels.box import Bounds
from keiretsu.measures.answer import Answer, cautions_about, percent, percent_fields
from keiretsu.measures.ownership.conventions import (
    cash_flow,
    last_link,
    majority_fixpoint,
    majority_integrated,
)
from keiretsu.mirror.dominators import unavoidable
from keiretsu.mirror.paths import Chains
from keiretsu.model import Caution
from keiretsu.rights import rights_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keiretsu.mirror.paths import Chain
    from keiretsu.snapshot import Snapshot

CONVENTIONS = {
    "weakest-link": "the smallest link of each chain, added up, at most the last link for each "
    "last holder",
    "best-chain": "the smallest link of the chain in which it is largest",
    "last-link": "the last links of chains in which every link reaches the threshold",
    "majority-fixpoint": "votes of the party and of all that it controls by majority",
    "majority-integrated": "the integrated share, with majorities taken for everything",
}
"""What is taken for control, by name."""


@dataclass(frozen=True, slots=True)
class ConventionRecord:
    """What one convention says.

    Parameters
    ----------
    convention, text
        Its name and what it counts.
    control
        Control, a fraction of one.
    wedge
        Control less cash flow, which may be negative.
    ratio
        Cash flow for one of control; None without control.
    """

    convention: str
    text: str
    control: Bounds
    wedge: tuple[Fraction, Fraction]
    ratio: tuple[Fraction, Fraction] | None

    def as_dict(self) -> dict[str, Any]:
        """Return the record as plain data, keyed as in JSON."""
        low, high = self.wedge
        point = low == high
        ratio = self.ratio if self.ratio is not None and self.ratio[0] == self.ratio[1] else None
        return {
            "convention": self.convention,
            "text": self.text,
            **percent_fields("control", self.control),
            "wedge_percent": percent(low) if point else None,
            "wedge_percent_min": None if point else percent(low),
            "wedge_percent_max": None if point else percent(high),
            "cash_flow_for_control": None if ratio is None else float(round(ratio[0], 6)),
        }


def chains(
    snapshot: Snapshot,
    party: str,
    company: str,
    *,
    rights: str = "votes",
    threshold: Fraction = Fraction(1, 5),
    max_length: int | None = None,
) -> Answer[ConventionRecord]:
    """Return what a party has of a company's control by every convention, and of its cash flow.

    Parameters
    ----------
    snapshot
        The world on a date.
    party, company
        Names; a State stands for the bodies that act for it too.
    rights
        The right that controls.
    threshold
        What every link of a chain must reach for ``last-link``; a fraction of one.
    max_length
        Most holdings of a chain, where chains are listed.

    Returns
    -------
    Answer of ConventionRecord
        One row for each of `CONVENTIONS`; with `cash_flow_percent`, `dominators` (who cannot be
        bypassed), `chains` (their number) and `truncated` among its fields.

    Raises
    ------
    InputError
        If the threshold is no fraction of one, or the party is the company.

    Notes
    -----
    Conventions disagree, and none is the law: of a chain of 15 and 60 % they say 15, 0 and 0, while
    the cash flow is 9 % [1]_. Where shares are ranges, ends are those of each link by itself.

    References
    ----------
    .. [1] S. Claessens, S. Djankov, L. Lang, The separation of ownership and control in East Asian
       corporations, Journal of Financial Economics 58 (2000).

    Examples
    --------
    >>> from keiretsu.mirror import snapshot_of_shares
    >>> world = snapshot_of_shares({("f", "a"): "15%", ("a", "b"): "60%"})
    >>> [
    ...     float(row.control.low)
    ...     for row in chains(world, "f", "b")
    ...     if row.convention != "best-chain"
    ... ]
    [0.15, 0.0, 0.0, 0.15]
    """
    if not 0 < threshold <= 1:
        raise InputError("a threshold lies between 0 and 100 %", mend="give a percentage")
    head, target = snapshot.position(party), snapshot.position(company)
    if head == target:
        raise InputError("a party has no chain to itself here", mend="ask 'paths' for loops")
    heads = snapshot.as_one(head)
    listed = Chains(snapshot, rights)
    found, truncated = listed.between(head, target, max_length)
    controls = {
        "weakest-link": _weakest(listed, found),
        "best-chain": _best(listed, found),
        "last-link": last_link(snapshot, heads, target, rights, threshold=threshold),
        "majority-fixpoint": majority_fixpoint(snapshot, heads, target, rights),
        "majority-integrated": majority_integrated(snapshot, heads, target, rights),
    }
    cash = cash_flow(snapshot, heads, target)
    records = tuple(_record(name, control, cash) for name, control in controls.items())
    between = unavoidable(snapshot, heads, target, rights)
    fields = {
        "party": snapshot.parties[head].label,
        "party_id": snapshot.parties[head].id,
        "company": snapshot.parties[target].label,
        "company_id": snapshot.parties[target].id,
        "rights": rights,
        "threshold_percent": percent(threshold),
        **percent_fields("cash_flow", cash),
        "chains": len(found),
        "truncated": truncated,
        "dominators": [snapshot.parties[one].label for one in between],
        "dominator_ids": [snapshot.parties[one].id for one in between],
    }
    touched = {one for chain in found for one in chain} | {head, target}
    about = _cautions(snapshot, records, touched, truncated=truncated)
    return Answer("chains", snapshot, records, fields, about)


def _cautions(
    snapshot: Snapshot, records: Sequence[ConventionRecord], touched: set[int], *, truncated: bool
) -> tuple[Caution, ...]:
    about = cautions_about(snapshot, (*snapshot.cautions, *rights_of(snapshot).cautions), touched)
    added = []
    if truncated:
        added.append(Caution("truncated", "there are more or longer chains than were added up"))
    if any(record.control.low != record.control.high for record in records):
        text = "shares are ranges: ends of sums over chains are those of each link by itself"
        added.append(Caution("ranges-by-link", text))
    return (*about, *added)


def _record(name: str, control: Bounds, cash: Bounds) -> ConventionRecord:
    point = control.low == control.high and cash.low == cash.high
    ratio = (cash.low / control.low,) * 2 if point and control.low else None
    wedge = (control.low - cash.high, control.high - cash.low)
    return ConventionRecord(name, CONVENTIONS[name], control, wedge, ratio)


def _links(listed: Chains, chain: Chain) -> list[Bounds]:
    return [listed.link(*pair) for pair in itertools.pairwise(chain)]


def _weakest(listed: Chains, found: Sequence[Chain]) -> Bounds:
    low: dict[int, Fraction] = defaultdict(Fraction)
    high: dict[int, Fraction] = defaultdict(Fraction)
    for chain in found:
        links = _links(listed, chain)
        last, cap = chain[-2], links[-1]
        low[last] = min(low[last] + min(link.low for link in links), cap.low)
        high[last] = min(high[last] + min(link.high for link in links), cap.high)
    return Bounds(sum(low.values(), Fraction(0)), min(sum(high.values(), Fraction(0)), Fraction(1)))


def _best(listed: Chains, found: Sequence[Chain]) -> Bounds:
    low = high = Fraction(0)
    for chain in found:
        links = _links(listed, chain)
        low = max(low, min(link.low for link in links))
        high = max(high, min(link.high for link in links))
    return Bounds(low, high)
