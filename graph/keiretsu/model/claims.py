"""Claims about shares and votes: holdings, classes of shares, capital, agreements."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from keiretsu.model.claim import Claim
from keiretsu.model.direct import filled_directly
from keiretsu.model.interest import Interest

if TYPE_CHECKING:
    from keiretsu.model.period import PartialDate
    from keiretsu.model.share import Share

ORDINARY = "ordinary"
"""Decision class of the ordinary general meeting, the default of every question on votes."""


class Directness(StrEnum):
    """Whether the source states a holding as direct; the notation of a code of the ontology."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    UNKNOWN = "unknown"
    """The source leaves it open: directly or indirectly, perhaps jointly with others."""


class VotesBasis(StrEnum):
    """Of which total a reported voting percentage is; the notation of a code of the ontology."""

    EXERCISABLE = "exercisable"
    GROSS = "gross"


class AgreementKind(StrEnum):
    """What an agreement does; the notation of a code of the ontology."""

    VOTE_CAP = "vote-cap"
    TRUST_DEED = "trust-deed"
    STANDSTILL = "standstill"
    """The bound parties do not raise their holding above a ceiling."""
    NON_INTERFERENCE = "non-interference"
    """The bound parties do not use their votes against the management of the issuer."""
    WARRANTS = "warrants"
    """The bound parties may subscribe further shares."""
    MASTER_AGREEMENT = "master-agreement"
    """The parties cooperate; an alliance is the issuer of the agreement that makes it."""


@filled_directly
@dataclass(frozen=True, slots=True, kw_only=True)
class Holding(Claim):
    """A claim that a holder has an interest in an issuer.

    Parameters
    ----------
    holder, issuer
        IRIs of parties; a party that holds itself holds treasury shares.
    capital
        Share of the capital; None where the claim does not state one.
    shares
        Number of shares.
    votes, votes_basis
        *Reported* share of the votes and of which total it is.
    vote_count
        Reported number of gross votes.
    share_class
        IRI of the share class; None for the only or an unnamed one.
    directness, via
        How the source states it; `via` names the parties that hold on the holder's behalf.
    """

    holder: str
    issuer: str
    interest: Interest = Interest.SHAREHOLDING
    capital: Share | None = None
    shares: int | None = None
    votes: Share | None = None
    votes_basis: VotesBasis = VotesBasis.EXERCISABLE
    vote_count: int | None = None
    share_class: str | None = None
    directness: Directness = Directness.DIRECT
    via: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareClass(Claim):
    """A claim about a class of shares; its IRI is the class.

    Parameters
    ----------
    issuer, label
        Whose shares, and what they are called.
    votes_per_share
        Votes of one share.
    registered_votes_per_share
        Votes of one share once registered long enough; None if registration adds none.
    registered_votes_from
        First day on which registered shares have these votes.
    """

    issuer: str
    label: str
    votes_per_share: Fraction = Fraction(1)
    registered_votes_per_share: Fraction | None = None
    registered_votes_from: PartialDate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration(Claim):
    """A claim that a holder's shares are registered long enough for their multiple votes.

    Parameters
    ----------
    holder, issuer, share_class
        Whose shares, in whom, of which class.
    shares
        How many of them; None for all that the holder has.
    """

    holder: str
    issuer: str
    share_class: str | None = None
    shares: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Capital(Claim):
    """A claim about an issuer's capital on a date; any of its figures may be absent.

    Parameters
    ----------
    issuer, share_class
        Whose capital; figures of one class, or of all where `share_class` is None.
    issued, treasury
        Shares issued, and those of them that the issuer holds itself.
    gross_votes, exercisable_votes
        Published totals of votes: theoretical (suspended shares with all their votes, own shares
        counted once), and exercisable by law.
    """

    issuer: str
    share_class: str | None = None
    issued: int | None = None
    treasury: int | None = None
    gross_votes: int | None = None
    exercisable_votes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement(Claim):
    """A claim about a contract that changes who may vote how much.

    Parameters
    ----------
    label, kind
        Its name and what it does.
    issuer
        In whose meeting it works.
    parties
        Who signed it.
    bound
        Whose votes it caps, or the trustee whose votes it neutralises.
    cap
        For a cap: the most votes that may be used, a share of the exercisable votes.
    decisions
        Classes of decision for which it works.
    """

    label: str
    kind: AgreementKind
    issuer: str
    parties: tuple[str, ...] = ()
    bound: tuple[str, ...] = ()
    cap: Fraction | None = None
    decisions: tuple[str, ...] = (ORDINARY,)
