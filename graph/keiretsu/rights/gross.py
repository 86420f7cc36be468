"""From shares to gross votes: share classes, registration, reported votes.

Gross (theoretical) votes are those that companies publish: suspended shares count with all their
votes, own shares once. Where votes cannot be derived from classes and counts, a reported voting
percentage serves; where nothing says otherwise one share has one vote, which is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final, NamedTuple

from keiretsu.errors import OverAllocatedError
from keiretsu.model import Caution, Interest, Registration, Remainder, Share, ShareClass
from keiretsu.rights.rules import FR_L225_123, Article, Trace
from keiretsu.snapshot import ROUNDING, Account, HeldOnDate, IssuerFacts, Line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from keiretsu.snapshot import Snapshot

_ONE = Fraction(1)
ONE_VOTE: Final = ("one-share-one-vote", "one share is taken as one vote")
"""Code and text of what is assumed wherever nothing else is said."""


class PerShare(NamedTuple):
    """Votes of one share, between two numbers."""

    low: Fraction
    high: Fraction


_SINGLE = PerShare(_ONE, _ONE)


@dataclass(slots=True)
class GrossVotes:
    """The gross votes of one issuer.

    Parameters
    ----------
    account
        Its holdings in shares, weighed with their votes.
    traces
        By holding, the rules that gave it more or fewer votes than one a share.
    cautions
        What was assumed.
    reported
        Whether the votes are those that sources report rather than derived from shares.
    """

    account: Account
    traces: dict[int, list[Trace]]
    cautions: list[Caution]
    reported: bool = False


class GrossVoteCounter:
    """Counts the gross votes of issuers in a snapshot.

    Parameters
    ----------
    snapshot
        What is held on the date.
    checks_only
        Issuers to which a suspension rule can apply: there a reported exercisable percentage is
        only held against the answer, never read.
    """

    def __init__(self, snapshot: Snapshot, checks_only: Collection[int] = ()) -> None:
        self.snapshot, self.checks_only = snapshot, checks_only

    def count(self, issuer: int) -> GrossVotes:
        """Return the gross votes of an issuer."""
        held = [(p, self.snapshot.holdings[p]) for p in self.snapshot.held_in(issuer)]
        facts = self.snapshot.facts.get(issuer, IssuerFacts())
        if not facts.share_classes and any(self._reports(issuer, one) for _, one in held):
            return self._reported(issuer, held)
        return self._derived(issuer, held, facts)

    def _reports(self, issuer: int, one: HeldOnDate) -> bool:
        if one.reported_votes is None or one.shares is not None:
            return False
        return issuer not in self.checks_only and one.holder != issuer

    # -- derived from shares ---------------------------------------------------------------

    def _derived(
        self, issuer: int, held: Sequence[tuple[int, HeldOnDate]], facts: IssuerFacts
    ) -> GrossVotes:
        traces: dict[int, list[Trace]] = {}
        lines = []
        for position, one in held:
            per_share = self._per_share(one, facts)
            trace = self._multiple(one, per_share)
            if trace is not None:
                traces[position] = [trace]
            lines.append(_line(position, one, one.capital, per_share))
        account = self._with_rest(issuer, lines, facts)
        cautions = [*self._assumptions(account, facts)]
        return GrossVotes(account, traces, cautions)

    def _per_share(self, one: HeldOnDate, facts: IssuerFacts) -> PerShare:
        """Return the votes of each of a holder's shares, on average."""
        if not one.interest.carries_votes:
            return PerShare(Fraction(0), Fraction(0))
        count = self._share_count(one, facts)
        if one.vote_count is not None and count:
            reported = Fraction(one.vote_count) / count
            return PerShare(reported, reported)
        single, multiple = self._class_votes(one.share_class, facts)
        if multiple is None or one.holder == one.issuer:
            return PerShare(single, single)
        registration = facts.registrations.get(self.snapshot.parties[one.holder].id)
        return _registered(single, multiple, registration, count)

    def _share_count(self, one: HeldOnDate, facts: IssuerFacts) -> Fraction | None:
        if one.shares is not None:
            return Fraction(one.shares)
        if facts.issued is not None and one.capital.is_point:
            return one.capital.low * facts.issued
        return None

    def _class_votes(
        self, share_class: str | None, facts: IssuerFacts
    ) -> tuple[Fraction, Fraction | None]:
        found = _class_of(share_class, facts)
        if found is None and share_class is None and facts.share_classes:
            return _of_any_class(facts.share_classes)
        if found is None:
            return _ONE, None
        begins = found.registered_votes_from
        in_force = begins is None or begins.first <= self.snapshot.as_of
        return found.votes_per_share, found.registered_votes_per_share if in_force else None

    def _multiple(self, one: HeldOnDate, votes: PerShare) -> Trace | None:
        if votes.low == votes.high == 1 or not one.interest.carries_votes:
            return None
        article = self._multiple_article(one.issuer)
        if votes.low == votes.high:
            text = f"{float(votes.low):.4g} votes a share on average, by class and registration"
            return Trace(article, "multiple votes", text)
        text = (
            f"between {float(votes.low):.4g} and {float(votes.high):.4g} votes a share: how many "
            f"shares were registered long enough on {self.snapshot.as_of} is not recorded"
        )
        return Trace(article, "multiple votes", text)

    def _multiple_article(self, issuer: int) -> Article:
        if self.snapshot.parties[issuer].jurisdiction == "FR":
            return FR_L225_123
        return Article("articles of association", "", "votes by share class and registration")

    def _with_rest(self, issuer: int, lines: list[Line], facts: IssuerFacts) -> Account:
        closed = self.snapshot.remainder_of(issuer) is Remainder.NONE
        total = max(_ONE, sum((line.low for line in lines), Fraction(0)))
        single, multiple = self._class_votes(None, facts)
        account = Account(issuer, tuple(lines), single, multiple or single, closed, total)
        if facts.gross_votes is None or facts.issued is None:
            return account
        return _fit_published_total(account, Fraction(facts.gross_votes, facts.issued))

    def _assumptions(self, account: Account, facts: IssuerFacts) -> Iterable[Caution]:
        label = (self.snapshot.parties[account.issuer].label,)
        held = [self.snapshot.holdings[line.holding] for line in account.lines]
        if held and not facts.share_classes and any(one.vote_count is None for one in held):
            yield Caution(*ONE_VOTE, label)
        if facts.share_classes and facts.treasury is None:
            text = "no own shares are recorded for the date; none are assumed"
            yield Caution("no-treasury-recorded", text, label)
        if account.rest_low == account.rest_high:
            return
        if facts.gross_votes is not None:
            text = "the published total of votes contradicts the table of holders; it is not used"
            yield Caution("total-contradicts", text, label)
        text = (
            "only percentages of capital are recorded for the date, not how many of the other "
            "shares had multiple votes: votes are ranges"
        )
        yield Caution("votes-in-range", text, label)

    # -- as reported -----------------------------------------------------------------------

    def _reported(self, issuer: int, held: Sequence[tuple[int, HeldOnDate]]) -> GrossVotes:
        label = self.snapshot.parties[issuer].label
        cautions: list[Caution] = []
        lines, assumed = [], []
        # Some sources tell shares and votes of a holder apart: the votes are then all the votes.
        apart = {
            one.holder
            for _, one in held
            if one.interest is Interest.VOTING_RIGHTS and one.reported_votes is not None
        }
        for position, one in held:
            if not one.interest.carries_votes or one.holder == issuer:
                continue
            if one.reported_votes is not None:
                lines.append(_line(position, one, one.reported_votes))
            elif one.holder not in apart:
                assumed.append(_line(position, one, one.capital))
        if assumed:
            lines += self._fit(lines, assumed, label, cautions)
        closed = self.snapshot.remainder_of(issuer) is Remainder.NONE
        total = max(_ONE, sum((line.low for line in lines), Fraction(0)))
        if total > ROUNDING:
            raise OverAllocatedError(label, total, what="reported votes")
        if total > 1:
            percent = float(total * 100)
            text = f"reported votes add up to {percent:.4g} %, taken as rounding, scaled to 100 %"
            cautions.append(Caution("rounding", text, (label,)))
        account = Account(issuer, tuple(lines), closed=closed, total=total)
        return GrossVotes(account, {}, cautions, reported=True)

    def _fit(
        self, reported: list[Line], assumed: list[Line], label: str, cautions: list[Caution]
    ) -> list[Line]:
        """Take capital for votes where none are reported, unless that is more than all."""
        if sum(line.low for line in (*reported, *assumed)) <= ROUNDING:
            text = f"{ONE_VOTE[1]} where no votes are reported"
            cautions.append(Caution(ONE_VOTE[0], text, (label,)))
            return assumed
        text = "votes are reported for some holders only; those of the others are not known"
        cautions.append(Caution("votes-unknown", text, (label,)))
        return [
            line._replace(low=Fraction(0), high=_ONE, low_open=False, high_open=False)
            for line in assumed
        ]


def _registered(
    single: Fraction, multiple: Fraction, registration: Registration | None, count: Fraction | None
) -> PerShare:
    """Return votes per share of a holder of whose shares some are registered."""
    if registration is not None and registration.shares is None:
        return PerShare(multiple, multiple)
    if registration is None or registration.shares is None or not count:
        return PerShare(single, multiple)
    part = min(Fraction(registration.shares), count) / count
    average = single + (multiple - single) * part
    return PerShare(average, average)


def _class_of(share_class: str | None, facts: IssuerFacts) -> ShareClass | None:
    if share_class is None:
        return facts.share_classes[0] if len(facts.share_classes) == 1 else None
    return next((c for c in facts.share_classes if c.id == share_class), None)


def _of_any_class(classes: Sequence[ShareClass]) -> tuple[Fraction, Fraction | None]:
    """Return the least and most votes of a share of which only the issuer is known."""
    least = min(one.votes_per_share for one in classes)
    most = max(
        votes
        for one in classes
        for votes in (one.votes_per_share, one.registered_votes_per_share)
        if votes is not None
    )
    return least, most if most > least else None


def _line(position: int, one: HeldOnDate, units: Share, votes: PerShare = _SINGLE) -> Line:
    return Line(
        position,
        one.holder,
        units.low,
        units.high,
        units.low_open,
        units.high_open,
        votes.low,
        votes.high,
    )


def _fit_published_total(account: Account, votes_per_share: Fraction) -> Account:
    """Give the remainder the votes that the published total leaves for it."""
    lines = account.lines
    if any(line.low != line.high for line in lines):
        return account
    rest = account.total - sum((line.low for line in lines), Fraction(0))
    if rest <= 0:
        return account
    low = (votes_per_share - sum(line.low * line.weight_high for line in lines)) / rest
    high = (votes_per_share - sum(line.low * line.weight_low for line in lines)) / rest
    if high < account.rest_low or low > account.rest_high:
        return account  # the total contradicts the table: it is not used
    return account._replace(
        rest_low=max(low, account.rest_low), rest_high=min(high, account.rest_high)
    )
