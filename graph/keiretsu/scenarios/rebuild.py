"""From edited books back to a snapshot."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from keiretsu.errors import OverAllocatedError
from keiretsu.model import Interest, Remainder
from keiretsu.scenarios.supposed import supposed_holding
from keiretsu.snapshot import ROUNDING, HeldOnDate, Ledger
from keiretsu.snapshot.capital import capital_account

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from keiretsu.model import Party
    from keiretsu.scenarios.book import Book
    from keiretsu.scenarios.stake import Stake
    from keiretsu.snapshot import IssuerFacts, Snapshot


def holdings_of(book: Book, parties: Sequence[Party], day: dt.date) -> list[HeldOnDate]:
    """Return an edited book as holdings; what was not touched stays as the record has it."""
    diluted = book.whole != Fraction(book.facts.issued or 1)
    found = []
    for ordinal, stake in enumerate(book.stakes):
        if stake.held is not None and not stake.notes and not diluted:
            found.append(stake.held)
        elif stake.high:
            found.append(_holding(book, stake, parties, day, ordinal))
    return found


def _holding(
    book: Book, stake: Stake, parties: Sequence[Party], day: dt.date, ordinal: int
) -> HeldOnDate:
    share = stake.share(book.whole)
    counted = book.issued is not None and stake.is_exact and stake.low.denominator == 1
    shares = int(stake.low) if counted else None
    real = stake.held
    note = "; ".join(dict.fromkeys(stake.notes)) or "the number of issued shares changes"
    claim = supposed_holding(
        parties[stake.holder].id,
        parties[book.issuer].id,
        share,
        shares,
        note=note,
        supersedes=real.claim_ids if real is not None else (),
        day=day,
        share_class=stake.share_class,
        ordinal=ordinal,
    )
    if real is not None and not stake.notes:  # only its part of a changed whole is supposed
        return replace(real, capital=share, claims=(claim, *real.claims), checks=())
    votes = stake.vote_total() if book.issued is not None else None
    plain = votes is None or (not stake.votes.bonus and stake.votes.single == 1)
    return HeldOnDate(
        stake.holder,
        book.issuer,
        (claim,),
        share,
        shares,
        stake.share_class,
        real.interest if real is not None else Interest.SHAREHOLDING,
        stake.reported if book.reported else None,
        vote_count=None if plain else votes,
    )


def facts_of(book: Book, parties: Sequence[Party]) -> IssuerFacts:
    """Return what is known of an edited issuer's capital: nothing that the edit made untrue."""
    own = sum((s.low for s in book.stakes if s.holder == book.issuer), Fraction(0))
    kept = {parties[stake.holder].id for stake in book.stakes if stake.held is not None}
    stale = {"gross_votes", "exercisable_votes"}
    stale |= {"issued"} if book.issued != book.facts.issued else set()
    treasury = book.facts.treasury
    if own or treasury is not None:
        treasury = round(own) if book.issued is not None else None
    if treasury != book.facts.treasury:
        stale.add("treasury")
    registrations = {
        holder: one
        for holder, one in book.facts.registrations.items()
        if holder in kept and not _unsure(book, parties, holder)
    }
    return replace(
        book.facts,
        issued=book.issued,
        treasury=treasury,
        gross_votes=_whole_votes(book),
        exercisable_votes=None,
        claims={key: one for key, one in book.facts.claims.items() if key not in stale},
        carried={key: one for key, one in book.facts.carried.items() if key not in stale},
        share_classes=book.classes,
        registrations=registrations,
    )


def _unsure(book: Book, parties: Sequence[Party], holder: str) -> bool:
    """Return whether a registration no longer tells the votes: shares moved uncounted."""
    if book.issued is not None:
        return False
    return any(stake.notes for stake in book.stakes if parties[stake.holder].id == holder)


def _whole_votes(book: Book) -> int | None:
    """Return the total of votes as a whole number that leaves the remainder possible votes."""
    if book.gross is None or book.issued is None:
        return None
    nearest = round(book.gross)
    named = [stake.vote_total() for stake in book.stakes]
    if nearest == book.gross or any(votes is None for votes in named):
        return nearest
    used = sum((votes for votes in named if votes is not None), Fraction(0))
    least = used + book.rest * book.rest_votes.single
    most = used + book.rest * book.rest_votes.multiple
    if nearest < least:
        nearest += 1
    elif nearest > most:
        nearest -= 1
    return nearest if least <= nearest <= most else None


def capital_ledger(
    parties: Sequence[Party], holdings: Iterable[HeldOnDate], before: Snapshot
) -> Ledger:
    """Return holdings as a ledger of capital.

    Raises
    ------
    OverAllocatedError
        If the holdings of an issuer add up to more than rounding explains.
    """
    by_issuer: dict[int, list[tuple[int, HeldOnDate]]] = defaultdict(list)
    for position, one in enumerate(holdings):
        if one.interest is not Interest.VOTING_RIGHTS:
            by_issuer[one.issuer].append((position, one))
    accounts = []
    for issuer, group in by_issuer.items():
        closed = parties[issuer].remainder is Remainder.NONE
        account = capital_account(issuer, group, closed=closed)
        if account.total > ROUNDING:
            place = f"scenario of {before.as_of}"
            raise OverAllocatedError(parties[issuer].label, account.total, place=place)
        accounts.append(account)
    return Ledger.from_accounts("capital", accounts, len(parties))


def sorted_holdings(
    before: Snapshot, books: Mapping[int, Book], parties: Sequence[Party]
) -> tuple[HeldOnDate, ...]:
    """Return all holdings: those of edited books, and every other as it was."""
    edited = {issuer for issuer, book in books.items() if book.changed}
    found = [one for one in before.holdings if one.issuer not in edited]
    for issuer in sorted(edited):
        found += holdings_of(books[issuer], parties, before.as_of)
    return tuple(
        sorted(found, key=lambda h: (h.issuer, h.holder, h.share_class or "", h.claim_ids))
    )
