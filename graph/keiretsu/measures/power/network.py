"""Power over companies through networks: whom they follow, and who controls them in coalitions."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from keiretsu.measures.answer import names_of
from keiretsu.measures.flow import above
from keiretsu.measures.power.ballot import Ballot
from keiretsu.measures.power.composed import ComposedGame
from keiretsu.measures.power.labels import Labels
from keiretsu.measures.power.meeting import Meeting
from keiretsu.rights import rights_of
from keiretsu.snapshot import NOBODY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from keiretsu.measures.power.indices import Found
    from keiretsu.measures.power.labels import Estimate, Following
    from keiretsu.snapshot import Ledger, Snapshot


class NetworkPower(NamedTuple):
    """The network power index of every party.

    Parameters
    ----------
    of
        By the party's label (its IRI, where several have one label), its index with its standard
        error (None where it is exact): the value of all companies that follow it, its own included.
    computed
        ``exact`` or ``sampled``.
    """

    of: dict[str, tuple[Fraction, float | None]]
    computed: str


def network_power(
    snapshot: Snapshot,
    *,
    values: Mapping[str, Fraction | int] | None = None,
    ballot: Ballot | None = None,
    rights: str = "votes",
) -> NetworkPower:
    """Return the network power index of all parties [1]_.

    Every company takes the label of the holder that is pivotal in it, holders with the same label
    voting as one; a party's index is the value of everybody with its label, averaged.

    Parameters
    ----------
    snapshot
        The world on a date.
    values
        Value of each party by name; one for everybody if not given.
    ballot
        The quota and what becomes of a float: absent if not given.
    rights
        The right that is counted.

    References
    ----------
    .. [1] T. Mizuno, S. Doi, S. Kurizaki, The power of corporate control in the global ownership
       network, PLoS ONE 15 (2020).

    Examples
    --------
    >>> from keiretsu.mirror import snapshot_of_shares
    >>> world = snapshot_of_shares({("a", "b"): "60%", ("b", "c"): "51%"})
    >>> {name: str(index) for name, (index, _) in network_power(world).of.items()}
    {'a': '3', 'b': '0', 'c': '0'}
    """
    ballot = ballot or Ballot(treatment="absent")
    ledger = rights_of(snapshot).ledger(rights)
    companies = [p for p in range(len(snapshot.parties)) if ledger.lines_of(p)]
    found = _labels(snapshot, companies, ballot, rights).following(companies)
    worth = {snapshot.position(name): Fraction(value) for name, value in (values or {}).items()}
    default = Fraction(1) if values is None else Fraction(0)
    totals = {p: Fraction(0) for p in range(len(snapshot.parties))}
    variance = dict.fromkeys(totals, 0.0)
    for party in totals:
        value = worth.get(party, default)
        for label, (part, error) in found.of.get(party, {party: (Fraction(1), None)}).items():
            totals[label] += value * part
            variance[label] += (float(value) * (error or 0.0)) ** 2
    sampled = found.sweeps is not None
    names = names_of(snapshot)
    return NetworkPower(
        {names[p]: (total, variance[p] ** 0.5 if sampled else None) for p, total in totals.items()},
        found.computed,
    )


def company_power(
    snapshot: Snapshot, issuer: int, ballot: Ballot, rights: str
) -> tuple[dict[int, Estimate], Following]:
    """Return how often a company follows each party; itself, where the float is pivotal."""
    ledger = rights_of(snapshot).ledger(rights)
    Meeting.of(snapshot, ledger, issuer)  # refuses a company in which nobody votes
    companies = [party for party in above(ledger, issuer) if ledger.lines_of(party)]
    found = _labels(snapshot, companies, ballot, rights).following([issuer])
    return found.of[issuer], found


def source_power(
    snapshot: Snapshot, issuer: int, ballot: Ballot, rights: str, index: str
) -> tuple[list[int], Found]:
    """Return the power of the sources above a company in the composed game."""
    ledger = rights_of(snapshot).ledger(rights)
    companies = [party for party in above(ledger, issuer) if ledger.lines_of(party)]
    holders = {
        c: _shares(Meeting.of(snapshot, ledger, c))
        for c in companies
        if c == issuer or not ledger.is_exact(c) or _voted(ledger, c)
    }
    game = ComposedGame(holders, issuer, ballot)
    return game.sources, game.power(index)


def _labels(snapshot: Snapshot, companies: Iterable[int], ballot: Ballot, rights: str) -> Labels:
    ledger = rights_of(snapshot).ledger(rights)
    meetings = {
        company: Meeting.of(snapshot, ledger, company)
        for company in companies
        if not ledger.is_exact(company) or _voted(ledger, company)
    }
    return Labels(
        {company: _shares(meeting) for company, meeting in meetings.items()},
        {company: meeting.rest for company, meeting in meetings.items()},
        ballot,
    )


def _voted(ledger: Ledger, company: int) -> bool:
    """Return whether some named holder votes in a company."""
    return any(
        ledger.weight(line) and ledger.holder_of(line) not in (NOBODY, company)
        for line in ledger.lines_of(company)
    )


def _shares(meeting: Meeting) -> dict[int, Fraction]:
    return {bloc.head: bloc.share for bloc in meeting.blocs}
