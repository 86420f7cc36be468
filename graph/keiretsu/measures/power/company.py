"""Power in a company's meeting: who turns a losing coalition into a winning one, how often."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from keiretsu.errors import InputError
from keiretsu.kernels.box import Bounds
from keiretsu.kernels.sampling import SEED
from keiretsu.measures.answer import Answer, cautions_about, percent
from keiretsu.measures.dispatch import on_what_lies_above
from keiretsu.measures.power.ballot import Ballot
from keiretsu.measures.power.indices import EXACT, ROUNDED, SAMPLED, banzhaf, shapley
from keiretsu.measures.power.meeting import Bloc, Meeting
from keiretsu.measures.power.network import company_power, source_power
from keiretsu.measures.power.record import PowerRecord, by_power
from keiretsu.model import Caution, Remainder
from keiretsu.rights import rights_of
from keiretsu.snapshot import NOBODY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keiretsu.measures.power.indices import Found
    from keiretsu.snapshot import Snapshot

INDICES = ("shapley-shubik", "banzhaf", "oceanic", "npi")


@on_what_lies_above
def power(
    snapshot: Snapshot,
    company: str,
    *,
    index: str = "shapley-shubik",
    quota: Fraction = Fraction(1, 2),
    at_least: bool = False,
    float_as: str = "ocean",
    turnout: Fraction | None = None,
    rights: str = "votes",
    by_control: bool = False,
    indirect: bool = False,
) -> Answer[PowerRecord]:
    """Return how much power each holder has in a company's meeting.

    Parameters
    ----------
    snapshot
        The world on a date.
    company
        Name of the company.
    index
        ``shapley-shubik``: how often a holder is pivotal among all orders of voting [1]_;
        ``banzhaf``: its part of all swings [2]_; ``oceanic``: Shapley-Shubik beside a float of
        ever smaller holders [3]_; ``npi``: how often the company follows a party when every
        company follows the holder that is pivotal in it, and holders that follow the same party
        vote as one [4]_.
    quota, at_least
        The part of the votes cast that must be passed, or with `at_least` reached; fraction of one.
    float_as
        What becomes of votes of which no holder is named: ``ocean``; ``absent`` (nobody casts
        them); ``atoms`` (400 equal holders).
    turnout
        The part of all votes that is cast, fraction of one; all named holders come first.
    rights
        The right that is counted.
    by_control
        Whether holders under one controller vote as one; a State's bodies always do.
    indirect
        Whether power is that of the parties at the top of chains, by the game composed of all
        meetings between [6]_; votes of floats are then not cast.

    Returns
    -------
    Answer of PowerRecord
        Largest first; `computed` among its fields says whether the numbers are ``exact``, in
        ``floating-point``, or ``sampled`` with a standard error from a fixed seed.

    Raises
    ------
    InputError
        If an option is not one; if too many votes are known as ranges only, or any where meetings
        of several companies are put together.

    Notes
    -----
    Beside an ocean the Banzhaf index takes it to split in halves, so that the quota falls by half
    of it [5]_. Beside an ocean whether reaching the quota is enough makes no difference to
    Shapley-Shubik.

    References
    ----------
    .. [1] L. Shapley, M. Shubik, American Political Science Review 48 (1954).
    .. [2] J. Banzhaf, Weighted voting doesn't work, Rutgers Law Review 19 (1965).
    .. [3] J. Milnor, L. Shapley, Values of large games II: oceanic games, Mathematics of
       Operations Research 3 (1978).
    .. [4] T. Mizuno, S. Doi, S. Kurizaki, The power of corporate control in the global ownership
       network, PLoS ONE 15 (2020).
    .. [5] P. Dubey, L. Shapley, Mathematical properties of the Banzhaf power index, Mathematics of
       Operations Research 4 (1979).
    .. [6] G. Gambarelli, G. Owen, Indirect control of corporations, International Journal of Game
       Theory 23 (1994).

    Examples
    --------
    >>> from keiretsu.mirror import snapshot_of_shares
    >>> world = snapshot_of_shares({("a", "t"): "50%", ("b", "t"): "49%", ("c", "t"): "1%"})
    >>> [(row.holder, str(row.power.low)) for row in power(world, "t")]
    [('a', '2/3'), ('b', '1/6'), ('c', '1/6')]
    """
    ballot = _ballot(index, quota, float_as, turnout, at_least=at_least, indirect=indirect)
    issuer = snapshot.position(company)
    asked = _Asked(snapshot, issuer, rights, ballot)
    if index == "npi":
        rows, computed = asked.followed()
    elif indirect:
        rows, computed = asked.composed(index)
    else:
        rows, computed = asked.direct(index, by_control=by_control)
    fields = {
        "company": snapshot.parties[issuer].label,
        "company_id": snapshot.parties[issuer].id,
        "rights": rights,
        "index": index,
        "indirect": indirect,
        "quota_percent": percent(quota),
        "at_least": at_least,
        "float": ballot.treatment,
        "turnout_percent": percent(turnout),
        "computed": computed,
        "seed": SEED if computed == SAMPLED else None,
    }
    cautions = asked.cautions()
    if not rows:
        text = "all who vote here are held by each other: nobody stands at the top of a chain"
        cautions = (*cautions, Caution("nobody-on-top", text, (snapshot.parties[issuer].label,)))
    return Answer("power", snapshot, tuple(rows), fields, cautions)


def _ballot(
    index: str,
    quota: Fraction,
    float_as: str,
    turnout: Fraction | None,
    *,
    at_least: bool,
    indirect: bool,
) -> Ballot:
    """Return how votes are counted, or refuse options that do not go together."""
    if index not in INDICES:
        raise InputError(f"no index is named {index!r}", mend=f"use one of: {', '.join(INDICES)}")
    if index == "oceanic" and float_as != "ocean":
        raise InputError("the oceanic index takes the float for an ocean", mend="leave it out")
    if not indirect:
        return Ballot(quota, at_least, float_as, turnout)
    if index not in ("shapley-shubik", "banzhaf") or turnout is not None:
        raise InputError(
            "indirect power is reckoned by shapley-shubik or banzhaf, without a turnout",
            mend="leave the index or the turnout out",
        )
    return Ballot(quota, at_least, "absent")


class _Asked:
    """One question about power in a company."""

    def __init__(self, snapshot: Snapshot, issuer: int, rights: str, ballot: Ballot) -> None:
        self.snapshot, self.issuer, self.rights, self.ballot = snapshot, issuer, rights, ballot
        self.ledger = rights_of(snapshot).ledger(rights)
        self.corners = 1

    def direct(self, index: str, *, by_control: bool) -> tuple[list[PowerRecord], str]:
        meetings = Meeting.in_corners(
            self.snapshot, self.ledger, self.issuer, by_control=by_control
        )
        found = [self._found(meeting, index) for meeting in meetings]
        self.corners = len(meetings) if not self.ledger.is_exact(self.issuer) else 1
        rows = []
        for place, bloc in enumerate(meetings[0].blocs):
            votes = self.ledger.bounds(self.issuer, bloc.members)
            powers = [one.power[place] for one in found]
            rows.append(self._row(bloc, powers, found[0].error[place], votes))
        rests = [(m.rest_bloc, one.rest) for m, one in zip(meetings, found, strict=True)]
        powers = [power or Fraction(0) for _, power in rests]
        if rests[0][0] is not None and any(powers):
            votes = self.ledger.rest_bounds(self.issuer)
            rows.append(self._row(rests[0][0], powers, found[0].rest_error, votes))
        ways = [one.computed for one in found]
        worst = next((way for way in (SAMPLED, ROUNDED) if way in ways), EXACT)
        return sorted(rows, key=by_power), worst

    def _found(self, meeting: Meeting, index: str) -> Found:
        shares = [bloc.share for bloc in meeting.blocs]
        small = self.ballot.small(meeting)
        need = self.ballot.quota * (meeting.named + small)
        measure = banzhaf if index == "banzhaf" else shapley
        return measure(shares, small, need, self.ballot)

    def followed(self) -> tuple[list[PowerRecord], str]:
        power, found = company_power(self.snapshot, self.issuer, self.ballot, self.rights)
        meeting = Meeting.of(self.snapshot, self.ledger, self.issuer)
        rows = []
        for follower, (value, error) in power.items():
            if follower == self.issuer:
                bloc = meeting.rest_bloc or self._bloc(follower)
            else:
                bloc = self._bloc(follower)
            rows.append(self._row(bloc, [value], error))
        return sorted(rows, key=by_power), found.computed

    def composed(self, index: str) -> tuple[list[PowerRecord], str]:
        sources, found = source_power(self.snapshot, self.issuer, self.ballot, self.rights, index)
        rows = [
            self._row(self._bloc(source), [value], error)
            for source, value, error in zip(sources, found.power, found.error, strict=True)
        ]
        return sorted(rows, key=by_power), found.computed

    def cautions(self) -> tuple[Caution, ...]:
        found = list(self.snapshot.cautions)
        if self.rights != "capital":
            found += rights_of(self.snapshot).cautions
        about = cautions_about(self.snapshot, found, {self.issuer})
        label = self.snapshot.parties[self.issuer].label
        if self.corners > 1:
            text = (
                "votes are known as ranges: power is given for the worlds at the ends of what they "
                "allow together, and may lie outside in between"
            )
            about = (*about, Caution("power-at-ends", text, (label,)))
        hidden = self.snapshot.remainder_of(self.issuer) is Remainder.UNDISCLOSED
        if not hidden or not self.ledger.rest_bounds(self.issuer).high:
            return about
        text = "votes of holders that are not disclosed are treated as those of a float"
        return (*about, Caution("dispersion-assumed", text, (label,)))

    def _bloc(self, party: int) -> Bloc:
        one = self.snapshot.parties[party]
        share = self.ledger.bounds(self.issuer, set(self.snapshot.as_one(party))).low
        return Bloc(one.label, one.id, one.kind.value, share, party)

    def _row(
        self,
        bloc: Bloc,
        powers: Sequence[Fraction],
        error: float | None,
        votes: Bounds | None = None,
    ) -> PowerRecord:
        share = votes or Bounds(bloc.share, bloc.share)
        below = share.low / self.ballot.quota
        decides = below if bloc.head != NOBODY and 0 < below < 1 else None
        return PowerRecord(
            bloc.label,
            bloc.id,
            bloc.kind,
            share,
            Bounds(min(powers), max(powers)),
            error,
            decides,
        )
