"""Claims: what a document says, whether or not it is true.

A claim says so either for a *period* (half-open, partial dates kept) or as a *level* for one date
(`stated_for`). Directions are always holder → issuer; shares are fractions of one.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from keiretsu.model.digest import told
from keiretsu.model.direct import filled_directly
from keiretsu.model.period import PartialDate, Period
from keiretsu.model.source import Sourcing, Status

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from keiretsu.model.digest import Digest
    from keiretsu.model.edit import Edit
    from keiretsu.model.events import Event, Figure, Tenure
    from keiretsu.model.party import Party
    from keiretsu.model.share import Share
    from keiretsu.model.source import Document, SourceRecord

ID = "https://w3id.org/keiretsu/id/"
"""Namespace of data."""

ORDINARY = "ordinary"
"""Decision class of the ordinary general meeting, the default of every question on votes."""


def claim_id(*parts: object) -> str:
    """Return the stable IRI of a claim made of `parts`.

    The parts are its document, type, parties, class, start and ordinal in the record.

    Loading the same record twice gives the same IRI, so it changes nothing.

    Examples
    --------
    >>> claim_id("doc", "holding", "a", "b") == claim_id("doc", "holding", "a", "b")
    True
    """
    text = "\x1f".join(["" if part is None else str(part) for part in parts])
    return f"{ID}claim/{hashlib.sha256(text.encode()).hexdigest()[:20]}"


class Interest(StrEnum):
    """What kind of interest a holding is; the notation of a code of the ontology."""

    SHAREHOLDING = "shareholding"
    """Shares, with the capital and the votes that they carry."""
    VOTING_RIGHTS = "voting-rights"
    """Votes without capital."""
    BENEFICIARY = "beneficiary-of-legal-arrangement"
    """The economic benefit of a trust or another arrangement, without its votes."""
    APPOINTMENT_OF_BOARD = "appointment-of-board"
    """The right to appoint or remove those who direct the issuer."""
    OTHER_INFLUENCE_OR_CONTROL = "other-influence-or-control"
    """Influence or control of another kind."""
    SENIOR_MANAGING_OFFICIAL = "senior-managing-official"
    """Control by managing the issuer."""
    SETTLOR = "settlor"
    """Who put property into a trust."""
    TRUSTEE = "trustee"
    """Who holds the property of a trust for others."""
    PROTECTOR = "protector"
    """Who watches over a trust."""
    RIGHTS_TO_SURPLUS_ASSETS_ON_DISSOLUTION = "rights-to-surplus-assets-on-dissolution"
    """A part of what is left when the issuer is wound up."""
    RIGHTS_TO_PROFIT_OR_INCOME = "rights-to-profit-or-income"
    """A part of the profit, granted by contract."""
    RIGHTS_GRANTED_BY_CONTRACT = "rights-granted-by-contract"
    """What a contract grants."""
    CONDITIONAL_RIGHTS_GRANTED_BY_CONTRACT = "conditional-rights-granted-by-contract"
    """What a contract grants on a condition, such as an option."""
    CONTROL_VIA_COMPANY_RULES_OR_ARTICLES = "control-via-company-rules-or-articles"
    """Control by the articles, such as a golden share."""
    CONTROL_BY_LEGAL_FRAMEWORK = "control-by-legal-framework"
    """Control by law, such as that of a State over its agency."""
    BOARD_MEMBER = "board-member"
    """A seat on the board."""
    BOARD_CHAIR = "board-chair"
    """The chair of the board."""
    UNKNOWN_INTEREST = "unknown-interest"
    """An interest of which the kind is not known."""
    UNPUBLISHED_INTEREST = "unpublished-interest"
    """An interest of which the kind is not published."""
    ENJOYMENT_AND_USE_OF_ASSETS = "enjoyment-and-use-of-assets"
    """The use of what belongs to the issuer."""
    RIGHT_TO_PROFIT_OR_INCOME_FROM_ASSETS = "right-to-profit-or-income-from-assets"
    """The profit of what belongs to the issuer."""
    NOMINEE = "nominee"
    """Who holds for another, as that one says."""
    NOMINATOR = "nominator"
    """Who lets another hold, and says how."""
    CONSOLIDATION = "consolidation"
    """The issuer is in the holder's consolidated accounts; how much is held is not told."""

    @property
    def is_measured(self) -> bool:
        """Whether it is a part of the capital or of the votes, so that measures read it.

        Examples
        --------
        >>> Interest.SHAREHOLDING.is_measured, Interest.APPOINTMENT_OF_BOARD.is_measured
        (True, False)
        """
        return self in _MEASURED

    @property
    def carries_votes(self) -> bool:
        """Whether what is held has votes, if it is a part of the capital."""
        return self not in _WITHOUT_VOTES


_WITHOUT_VOTES = frozenset({Interest.BENEFICIARY, Interest.RIGHTS_TO_SURPLUS_ASSETS_ON_DISSOLUTION})
_MEASURED = _WITHOUT_VOTES | {
    Interest.SHAREHOLDING,
    Interest.VOTING_RIGHTS,
    Interest.CONSOLIDATION,
}


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What every claim carries.

    Parameters
    ----------
    id
        IRI, see `claim_id`.
    document
        IRI of the document that makes the claim.
    period
        When it is said to be so; for a level only its end is read.
    stated_for
        The date for which a level is stated; None for an interval.
    known_from
        When it could first be known, where that is stated.
    status, sourcing, unsourced_fields
        How far it can be trusted, and which fields the document did not show.
    supersedes
        IRIs of the claims that it replaces.
    end_document
        IRI of the document that tells its end, if another than `document` does.
    record
        IRI of the table whose rows add up; claims of one record never compete with each other.
    quote, note
        Words of the source, and the editor's remark.
    place
        Where it stood in the input, such as ``holdings.csv:3``; not part of its identity.
    """

    id: str
    document: str
    period: Period = Period()
    stated_for: PartialDate | None = None
    known_from: PartialDate | None = None
    status: Status = Status.ACCEPTED
    sourcing: Sourcing = Sourcing.SOURCED
    unsourced_fields: tuple[str, ...] = ()
    supersedes: tuple[str, ...] = ()
    end_document: str | None = None
    record: str | None = None
    quote: str | None = None
    note: str | None = None
    place: str = field(default="", compare=False)

    @property
    def is_level(self) -> bool:
        """Whether the claim is stated for one date rather than for a period."""
        return self.stated_for is not None

    @property
    def begins(self) -> PartialDate | None:
        """The date from which the claim can be read: a level's date, an interval's start."""
        return self.stated_for or self.period.start


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
