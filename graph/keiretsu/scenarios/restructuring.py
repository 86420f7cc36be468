"""Edits that make one company of two, or two of one."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from keiretsu.errors import InputError
from keiretsu.model import Party, PartyKind
from keiretsu.model.names import slug
from keiretsu.scenarios.draft import NEW_PARTY

if TYPE_CHECKING:
    from keiretsu.scenarios.book import Book
    from keiretsu.scenarios.draft import Draft
    from keiretsu.scenarios.edits import Merge, NewParty, Split
    from keiretsu.scenarios.stake import Stake


def new_party(draft: Draft, edit: NewParty) -> int:
    """Add a party that the data does not know."""
    party = Party(
        id=f"{NEW_PARTY}{slug(edit.label) or len(draft.parties)}",
        label=edit.label,
        kind=edit.kind,
        jurisdiction=edit.jurisdiction,
        listed=edit.listed,
    )
    draft.step(str(edit))
    return draft.add_party(party)


def merge(draft: Draft, edit: Merge) -> None:
    """Absorb a company: its holders get new shares, its stakes move, it holds nothing after."""
    absorbed, into = draft.find(edit.absorbed), draft.find(edit.into)
    if absorbed == into or not 0 <= edit.share < 1:
        raise InputError(
            "a merger takes two companies and a part between 0 and 100 %",
            mend="give the part of the merged company that the absorbed one's holders get",
        )
    old, new = draft.book(absorbed), draft.book(into)
    text = str(edit)
    outside = [s for s in old.stakes if s.is_shares and s.holder not in (absorbed, into)]
    counted = old.whole - sum(
        (s.low for s in old.stakes if s.holder in (absorbed, into)), Fraction(0)
    )
    issued = new.whole * edit.share / (1 - edit.share)
    if new.issued is not None:
        issued = Fraction(round(issued))
    new.resize(issued)
    if counted > 0:
        for stake in outside:
            _exchange(draft, stake, new, issued / counted, text)
    for stake in list(old.stakes):
        old.stakes.remove(stake)
    old.changed = True
    for issuer in sorted({one.issuer for one in draft.world.holdings if one.holder == absorbed}):
        _hand_over(draft, absorbed, into, issuer, text)
    draft.step(f"{text}; what it held passes to {draft.label(into)}")


def split(draft: Draft, edit: Split) -> None:
    """Split a company: the new one has the same holders and takes some stakes."""
    issuer = draft.find(edit.issuer)
    parent = draft.parties[issuer]
    taken = [draft.find(name) for name in edit.takes]
    new = draft.add_party(
        Party(
            id=f"{NEW_PARTY}{slug(edit.new) or len(draft.parties)}",
            label=edit.new,
            kind=PartyKind.COMPANY,
            jurisdiction=parent.jurisdiction,
            listed=parent.listed,
            remainder=parent.remainder,
        )
    )
    source, book = draft.book(issuer), draft.book(new)
    book.kind = source.kind
    for stake in source.stakes:
        if stake.is_shares and stake.is_exact:
            holder = new if stake.holder == issuer else stake.holder
            book.place(holder, stake.low / source.whole, str(edit))
        elif stake.is_shares:
            raise InputError(
                f"what {draft.label(stake.holder)} has of {parent.label} is only known as a range",
                mend="set it first",
            )
    for company in taken:
        if not _hand_over(draft, issuer, new, company, str(edit)):
            raise InputError(
                f"{parent.label} has no shares of {draft.label(company)}", mend="leave it out"
            )
    draft.warn("single-votes-new", "shares of a new company are taken to have one vote each", new)
    draft.step(str(edit))


def _exchange(draft: Draft, stake: Stake, new: Book, ratio: Fraction, text: str) -> None:
    if not stake.is_exact:
        raise InputError(
            f"what {draft.label(stake.holder)} has is only known as a range", mend="set it first"
        )
    units = stake.low * ratio
    if units:
        reported = new.reported_part(units) if new.reported else None
        new.place(stake.holder, units, text, reported)


def _hand_over(draft: Draft, giver: int, taker: int, issuer: int, text: str) -> bool:
    """Move all of a party's shares of an issuer to another; return whether there were any."""
    book = draft.book(issuer)
    stakes = book.of({giver})
    for stake in stakes:
        if not stake.is_exact:  # a range passes on whole: nothing needs to be known of its size
            stake.holder = taker
            stake.registered = None if stake.votes.bonus else Fraction(0)
            stake.notes.append(text)
            book.changed = True
            book.forget_votes()
    exact = [stake for stake in stakes if stake.is_exact]
    total = sum((stake.low for stake in exact), Fraction(0))
    if total:
        book.transfer(exact, taker, total, text)
    return bool(stakes)
