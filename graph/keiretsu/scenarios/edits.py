"""What can be supposed: edits of a world, each a plain value with its sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from keiretsu.model import Agreement, PartyKind

if TYPE_CHECKING:
    from fractions import Fraction

    from keiretsu.model import Proposal
    from keiretsu.scenarios.amount import Amount


_WORDS = re.compile(r"(?<!^)(?=[A-Z])")
"""Between the words of an edit's name: BuyBack is ``buy-back`` in JSON, as in files."""


class Sense(StrEnum):
    """Whether a stake becomes so much, or is raised or lowered by so much."""

    SET = "="
    BUY = "+="
    SELL = "-="


@dataclass(frozen=True, slots=True)
class Hold:
    """A holder's group stake in an issuer becomes so much, or grows or falls by so much.

    Parameters
    ----------
    holder, issuer
        Names. The stake is that of the holder with its bodies and its wholly-owned vehicles.
    amount
        How much; of ordinary shares, newly bought ones with single votes.
    sense
        Whether the amount is the new stake or the change.
    """

    holder: str
    issuer: str
    amount: Amount
    sense: Sense = Sense.SET

    def __str__(self) -> str:
        """Return the edit in words."""
        verb = {Sense.SET: "holds", Sense.BUY: "buys", Sense.SELL: "sells"}[self.sense]
        return f"{self.holder} {verb} {self.amount} of {self.issuer}"


@dataclass(frozen=True, slots=True)
class Transfer:
    """A seller's shares of an issuer go to a named buyer; all of them if no amount is given."""

    seller: str
    buyer: str
    issuer: str
    amount: Amount | None = None

    def __str__(self) -> str:
        """Return the edit in words."""
        what = self.amount or "all"
        return f"{self.seller} sells {what} of {self.issuer} to {self.buyer}"


@dataclass(frozen=True, slots=True)
class Issue:
    """An issuer issues new shares, with single votes, to a subscriber or to the market.

    Parameters
    ----------
    amount
        How many, as a number or in percent of the capital before.
    to
        Name of the subscriber; None for the market.
    """

    issuer: str
    amount: Amount
    to: str | None = None

    def __str__(self) -> str:
        """Return the edit in words."""
        return f"{self.issuer} issues {self.amount} to {self.to or 'the market'}"


@dataclass(frozen=True, slots=True)
class BuyBack:
    """An issuer buys its own shares, from a named holder or the market, and may cancel them."""

    issuer: str
    amount: Amount
    of: str | None = None
    cancel: bool = False

    def __str__(self) -> str:
        """Return the edit in words."""
        then = " and cancels them" if self.cancel else ""
        return f"{self.issuer} buys back {self.amount} from {self.of or 'the market'}{then}"


@dataclass(frozen=True, slots=True)
class Cancel:
    """An issuer cancels own shares that it holds; all of them if no amount is given."""

    issuer: str
    amount: Amount | None = None

    def __str__(self) -> str:
        """Return the edit in words."""
        return f"{self.issuer} cancels {self.amount or 'all'} of its own shares"


@dataclass(frozen=True, slots=True)
class Convert:
    """Shares get other votes: those of one holder, or all of a class or of an issuer.

    Parameters
    ----------
    votes_per_share
        What one share has afterwards, registered or not.
    holder
        Whose shares; None for everybody's.
    share_class
        Label or IRI of the class, where the issuer has several and no holder is given.
    """

    issuer: str
    votes_per_share: Fraction
    holder: str | None = None
    share_class: str | None = None

    def __str__(self) -> str:
        """Return the edit in words."""
        whose = f"the shares of {self.holder} in" if self.holder else "the shares of"
        named = f" ({self.share_class})" if self.share_class else ""
        votes = f"{float(self.votes_per_share):g}"
        return f"{whose} {self.issuer}{named} have {votes} votes each"


@dataclass(frozen=True, slots=True)
class Merge:
    """A company is absorbed by another, whose new shares go to the holders of the absorbed one.

    Parameters
    ----------
    absorbed, into
        Names of the companies.
    share
        Part of the merged company, all its shares counted, that goes to them.
    """

    absorbed: str
    into: str
    share: Fraction

    def __str__(self) -> str:
        """Return the edit in words."""
        percent = f"{float(self.share * 100):g} %"
        return f"{self.absorbed} merges into {self.into}; its holders get {percent} of it"


@dataclass(frozen=True, slots=True)
class Split:
    """A new company takes some stakes of a company, and has the same holders.

    Parameters
    ----------
    issuer
        The company that is split.
    new
        Label of the new company.
    takes
        Names of the companies in which the stakes move.
    """

    issuer: str
    new: str
    takes: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return the edit in words."""
        what = f" with its stakes in {', '.join(self.takes)}" if self.takes else ""
        return f"{self.issuer} splits off {self.new}{what}"


@dataclass(frozen=True, slots=True)
class Adopt:
    """An agreement comes into force: one of the data by name, or one made up here."""

    agreement: str | Agreement

    def __str__(self) -> str:
        """Return the edit in words."""
        named = self.agreement
        return f"adopts {named.label if isinstance(named, Agreement) else named}"


@dataclass(frozen=True, slots=True)
class End:
    """An agreement, or a rule of law by its article, is no longer in force.

    Parameters
    ----------
    name
        Label or IRI of an agreement in force, or an article such as ``C. com. L.233-31``.
    """

    name: str

    def __str__(self) -> str:
        """Return the edit in words."""
        return f"ends {self.name}"


@dataclass(frozen=True, slots=True)
class Domicile:
    """The meeting of a company falls under another country's law."""

    party: str
    jurisdiction: str

    def __str__(self) -> str:
        """Return the edit in words."""
        return f"{self.party} comes under the law of {self.jurisdiction}"


@dataclass(frozen=True, slots=True)
class NewParty:
    """A party that the data does not know."""

    label: str
    kind: PartyKind = PartyKind.COMPANY
    jurisdiction: str | None = None
    listed: bool | None = None

    def __str__(self) -> str:
        """Return the edit in words."""
        return f"there is {self.label}"


@dataclass(frozen=True, slots=True)
class Propose:
    """A proposal of the data goes through."""

    proposal: str | Proposal

    def __str__(self) -> str:
        """Return the edit in words."""
        named = self.proposal
        return f"the proposal goes through: {named if isinstance(named, str) else named.label}"


Edit = (
    Hold
    | Transfer
    | Issue
    | BuyBack
    | Cancel
    | Convert
    | Merge
    | Split
    | Adopt
    | End
    | Domicile
    | NewParty
    | Propose
)
"""Everything that can be supposed."""


@dataclass(frozen=True, slots=True)
class Done:
    """An edit as it was carried out.

    Parameters
    ----------
    edit
        What was asked.
    steps
        What was done for it: who bought how much from whom.
    """

    edit: Edit
    steps: tuple[str, ...] = field(default=())

    def as_dict(self) -> dict[str, object]:
        """Return the edit as plain data, keyed as in JSON."""
        return {
            "kind": _WORDS.sub("-", type(self.edit).__name__).lower(),
            "text": str(self.edit),
            "steps": list(self.steps),
        }
