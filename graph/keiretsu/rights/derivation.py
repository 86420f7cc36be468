"""The four rights of a snapshot, each as a ledger, with a trace of the law."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from keiretsu.errors import InputError
from keiretsu.model import ORDINARY, AgreementKind, Caution
from keiretsu.rights.dominance import Dominance
from keiretsu.rights.gross import GrossVoteCounter
from keiretsu.rights.laws import DOUBLE_VOTES_COUNT
from keiretsu.rights.rules import Article, Trace, own_shares_article
from keiretsu.rights.silencing import in_loop, silence
from keiretsu.rights.sparing import Sparing
from keiretsu.rights.suspension import Suspender
from keiretsu.snapshot import NOBODY, Account, Ledger, Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from keiretsu.model import Agreement
    from keiretsu.rights.equilibria import Settled
    from keiretsu.snapshot import Snapshot

RIGHTS = ("capital", "gross-votes", "votes", "agreed-votes")


@dataclass(frozen=True, eq=False)
class Rights:
    """What everybody may vote in a snapshot, and why.

    Parameters
    ----------
    snapshot
        What is held on the date.
    gross, votes
        Ledgers of gross and of exercisable votes.
    traces
        By holding, the rules that touched its votes, in the order in which they did.
    settled
        How the suspension rules settled.
    cautions
        What was assumed about votes.
    reported
        Issuers whose votes are those that sources report.
    """

    snapshot: Snapshot
    gross: Ledger
    votes: Ledger
    traces: Mapping[int, tuple[Trace, ...]]
    settled: Settled
    cautions: tuple[Caution, ...]
    reported: frozenset[int]

    @classmethod
    def of(cls, snapshot: Snapshot) -> Rights:
        """Derive the votes of a snapshot.

        Notes
        -----
        The order: who votes, own shares, votes per share, control on gross votes, the Japanese
        quarter, presumption and the French rule on what is left, repeated until it repeats. Caps
        by agreement come last, see `ledger`.
        """
        parties = len(snapshot.parties)
        counter = GrossVoteCounter(snapshot, in_loop(snapshot))
        counted = {issuer: counter.count(issuer) for issuer in _issuers(snapshot)}
        traces: dict[int, list[Trace]] = defaultdict(list)
        for gross in counted.values():
            for holding, found in gross.traces.items():
                traces[holding] += found
        exercisable = {
            issuer: _without_own_shares(snapshot, gross.account, traces)
            for issuer, gross in counted.items()
        }
        exercisable = _neutralised(snapshot, exercisable, traces)
        settled = Suspender(
            snapshot,
            exercisable,
            count_multiple_votes=DOUBLE_VOTES_COUNT in snapshot.readings,
        ).settle()
        for holding, suspension in settled.suspended.items():
            traces[holding].append(suspension.trace)
        left = [silence(account, settled.suspended) for account in exercisable.values()]
        votes = Ledger.from_accounts("votes", left, parties)
        for holding, spared in (
            Sparing(snapshot, exercisable, votes).traces(settled.suspended).items()
        ):
            traces[holding].append(spared)
        cautions = {caution for gross in counted.values() for caution in gross.cautions}
        return cls(
            snapshot=snapshot,
            gross=_gross_ledger([gross.account for gross in counted.values()], left, votes),
            votes=votes,
            traces={holding: tuple(found) for holding, found in traces.items()},
            settled=settled,
            cautions=tuple(sorted({*cautions, *_unsettled(snapshot, settled)})),
            reported=frozenset(i for i, gross in counted.items() if gross.reported),
        )

    def ledger(self, right: str, decision: str = ORDINARY) -> Ledger:
        """Return the ledger of a right.

        Parameters
        ----------
        right
            One of `RIGHTS`.
        decision
            For agreed votes, the class of decision.

        Raises
        ------
        InputError
            If there is no such right.
        """
        if right == "agreed-votes":
            if decision not in self._agreed:
                self._agreed[decision] = self._agreed_of_all(decision)
            return self._agreed[decision]
        ledgers = {"capital": self.snapshot.capital, "gross-votes": self.gross, "votes": self.votes}
        if right not in ledgers:
            raise InputError(
                f"no right is named {right!r}", mend=f"use one of: {', '.join(RIGHTS)}"
            )
        return ledgers[right]

    def dominance(self, right: str = "votes") -> Dominance:
        """Return who controls whom by a right."""
        return Dominance(self.snapshot, self.ledger(right))

    def caps(self, issuer: int, decision: str = ORDINARY) -> list[tuple[Agreement, set[int]]]:
        """Return the vote caps in an issuer's meeting with the positions of those they bind."""
        facts = self.snapshot.facts.get(issuer)
        found = []
        for agreement in facts.agreements if facts else ():
            if agreement.kind is AgreementKind.VOTE_CAP and decision in agreement.decisions:
                heads = {self.snapshot.position(party) for party in agreement.bound}
                bound = {one for head in heads for one in self.snapshot.as_one(head)}
                found.append((agreement, bound))
        return found

    @cached_property
    def _agreed(self) -> dict[str, Ledger]:
        """The ledgers of agreed votes that were asked for, by class of decision."""
        return {}

    def _agreed_of_all(self, decision: str) -> Ledger:
        if any(self.caps(issuer, decision) for issuer in self.snapshot.facts):
            return self.agreed(decision, _issuers(self.snapshot))
        return replace(self.votes, right="agreed-votes")

    def agreed(self, decision: str, issuers: Iterable[int]) -> Ledger:
        """Return the ledger of agreed votes with some issuers only, as `ledger` does with all.

        Exercisable votes after caps; cut votes go to nobody and nobody else's grow.

        Parameters
        ----------
        decision
            The class of decision.
        issuers
            Positions of the issuers.
        """
        accounts = []
        for issuer in issuers:
            caps = self.caps(issuer, decision)
            if (
                not caps
            ):  # as by law, line by line: shares of the whole would be less tight together
                accounts.append(self.votes.account(issuer))
                continue
            shares = {line: self._share(line) for line in self.votes.lines_of(issuer)}
            for agreement, bound in caps:
                shares = self._capped(issuer, shares, agreement.cap or Fraction(0), bound)
            accounts.append(Account(issuer, tuple(shares.values())))
        return Ledger.from_accounts("agreed-votes", accounts, len(self.snapshot.parties))

    def _share(self, line: int) -> Line:
        issuer, holder = self.votes.issuer_of(line), self.votes.holder_of(line)
        bounds = self.votes.single(line)
        holding = int(self.votes.holding[line])
        weight = Fraction(holder != issuer)
        return Line(holding, holder, *bounds, weight, weight)

    def _capped(
        self, issuer: int, shares: dict[int, Line], cap: Fraction, bound: set[int]
    ) -> dict[int, Line]:
        """Cut the shares of a bound group to the cap, in proportion among its holdings."""
        together = self.votes.bounds(issuer, bound)
        if together.high <= cap:
            return shares
        scale_high = cap / together.high
        scale_low = min(Fraction(1), cap / together.low) if together.low else Fraction(1)
        return {
            line: share
            if share.holder not in bound
            else share._replace(low=share.low * scale_low, high=share.high * scale_high)
            for line, share in shares.items()
        }


_DERIVED: WeakKeyDictionary[Snapshot, Rights] = WeakKeyDictionary()


def rights_of(snapshot: Snapshot) -> Rights:
    """Return the rights of a snapshot, derived once however often they are asked for."""
    if snapshot not in _DERIVED:
        _DERIVED[snapshot] = Rights.of(snapshot)
    return _DERIVED[snapshot]


def _issuers(snapshot: Snapshot) -> list[int]:
    return sorted({one.issuer for one in snapshot.holdings} | set(snapshot.facts))


def _gross_ledger(accounts: list[Account], left: list[Account], votes: Ledger) -> Ledger:
    """Return the ledger of gross votes: the same as that of votes where nothing was taken away."""
    if all(before is after for before, after in zip(accounts, left, strict=True)):
        return replace(votes, right="gross-votes")
    return Ledger.from_accounts("gross-votes", accounts, len(votes.total))


def _without_own_shares(
    snapshot: Snapshot, account: Account, traces: dict[int, list[Trace]]
) -> Account:
    if all(line.holder != account.issuer for line in account.lines):
        return account
    lines = []
    for line in account.lines:
        if line.holder == account.issuer:
            article = own_shares_article(snapshot.parties[account.issuer].jurisdiction)
            traces[line.holding].append(Trace(article, "own shares", article.summary))
            lines.append(line._replace(weight_low=Fraction(0), weight_high=Fraction(0)))
        else:
            lines.append(line)
    return account._replace(lines=tuple(lines))


def _neutralised(
    snapshot: Snapshot, accounts: dict[int, Account], traces: dict[int, list[Trace]]
) -> dict[int, Account]:
    """Give the votes that a trust deed neutralises to nobody; they stay in the whole."""
    changed = dict(accounts)
    for issuer, facts in snapshot.facts.items():
        for agreement in facts.agreements:
            if agreement.kind is not AgreementKind.TRUST_DEED or issuer not in changed:
                continue
            bound = {snapshot.position(party) for party in agreement.bound}
            lines = []
            for line in changed[issuer].lines:
                if line.holder in bound:
                    article = Article(agreement.label, "", "agreement between parties")
                    text = "held in trust: nobody uses these votes, they stay in the whole"
                    traces[line.holding].append(Trace(article, "neutralised", text))
                    lines.append(line._replace(holder=NOBODY))
                else:
                    lines.append(line)
            changed[issuer] = changed[issuer]._replace(lines=tuple(lines))
    return changed


def _unsettled(snapshot: Snapshot, settled: Settled) -> Iterable[Caution]:
    """Say, of each issuer concerned, that its votes have several outcomes, or none."""
    if not settled.searched:
        text = "the suspension rules may have further outcomes: there are too many to try them all"
        yield Caution("equilibria-not-searched", text)
    if settled.stable:
        return
    if settled.equilibria:
        code = "no-single-equilibrium"
        text = (
            f"the suspension rules have {len(settled.equilibria)} outcomes, each consistent in "
            "itself, so the votes in which they differ are given as ranges"
        )
    else:
        code = "no-equilibrium"
        text = (
            "the suspension rules have no consistent outcome: each state that they lead to undoes "
            "itself, so the votes concerned are given as ranges"
        )
    open_ = (holding for holding, one in settled.suspended.items() if not one.certain)
    for issuer in sorted({snapshot.holdings[holding].issuer for holding in open_}):
        yield Caution(code, text, (snapshot.parties[issuer].label,))
