"""What is held on a date, and which claims were passed over for it: plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keiretsu.model import Interest, VotesBasis

if TYPE_CHECKING:
    from fractions import Fraction

    from keiretsu.model import Claim, Holding, Share


@dataclass(frozen=True, slots=True)
class HeldOnDate:
    """A holding as it stands on the date, with the claims that it was read from.

    Parameters
    ----------
    holder, issuer
        Positions of the parties in the snapshot; equal for own shares.
    claims
        What it was read from: the holding's own claim first, then those that added a count.
    capital
        Share of all issued shares, own shares counted.
    shares
        Number of shares, where known.
    reported_votes, votes_basis, vote_count
        What the source reports of its votes; see `keiretsu.model.Holding`.
    carried_from
        The level's date, if a level is carried forward.
    checks
        Levels stated for the very day inside an interval: not read, but held against the answer.
    perhaps_shared
        Whether the source leaves open if it is held directly: it may then be held jointly, or be
        what another holder on record has.
    """

    holder: int
    issuer: int
    claims: tuple[Claim, ...]
    capital: Share
    shares: int | None = None
    share_class: str | None = None
    interest: Interest = Interest.SHAREHOLDING
    reported_votes: Share | None = None
    votes_basis: VotesBasis = VotesBasis.EXERCISABLE
    vote_count: int | Fraction | None = None
    indirect: bool = False
    carried_from: str | None = None
    checks: tuple[Holding, ...] = ()
    perhaps_shared: bool = False

    @property
    def claim_ids(self) -> tuple[str, ...]:
        """IRIs of the claims."""
        return tuple(claim.id for claim in self.claims)

    @property
    def is_nothing(self) -> bool:
        """Whether the record says that neither capital nor votes are held: a stake of 0 %.

        Examples
        --------
        >>> from keiretsu.model import Share
        >>> HeldOnDate(0, 1, (), Share.point(0)).is_nothing
        True
        >>> HeldOnDate(0, 1, (), Share.point(0), interest=Interest.VOTING_RIGHTS).is_nothing
        False
        """
        voteless = self.reported_votes is None or not self.reported_votes.high
        of_votes = self.interest is Interest.VOTING_RIGHTS and self.reported_votes is None
        return not (self.capital.high or self.vote_count or of_votes) and voteless


@dataclass(frozen=True, slots=True)
class Conflict:
    """A claim that was passed over, and the one that was read instead."""

    loser: Claim
    winner: Claim
