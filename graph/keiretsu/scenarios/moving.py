"""Edits that move, make or destroy shares."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from keiretsu.errors import InputError
from keiretsu.model.names import fold
from keiretsu.scenarios.amount import Unit
from keiretsu.scenarios.edits import Sense
from keiretsu.scenarios.group import group_of
from keiretsu.scenarios.stake import ClassVotes
from keiretsu.scenarios.trading import move_to
from keiretsu.scenarios.votes_target import units_for_votes

if TYPE_CHECKING:
    from keiretsu.scenarios.amount import Amount
    from keiretsu.scenarios.book import Book
    from keiretsu.scenarios.draft import Draft
    from keiretsu.scenarios.edits import BuyBack, Cancel, Convert, Hold, Issue, Transfer
    from keiretsu.scenarios.stake import Stake


def hold(draft: Draft, edit: Hold) -> None:
    """Set, raise or lower a group's stake."""
    head, issuer = draft.find(edit.holder), draft.find(edit.issuer)
    book = draft.book(issuer)
    members = (head,) if head == issuer else group_of(draft.world, head, issuer)
    stakes = book.of(members)
    if edit.amount.unit is Unit.VOTES and edit.sense is Sense.SET:
        target = units_for_votes(draft, members, issuer, edit.amount.value)
    else:
        target = _checked(book, edit.amount)
    vague = [stake for stake in stakes if not stake.is_exact]
    if vague and edit.sense is Sense.SET:
        _settle(draft, book, vague, target - sum(s.low for s in stakes if s.is_exact))
        return
    now = sum((stake.low for stake in stakes), Fraction(0))
    if edit.sense is not Sense.SET:
        target = now + target if edit.sense is Sense.BUY else now - target
    if target < 0:
        raise InputError(
            f"{draft.label(head)} has only {book.say(now)}", mend="sell at most what is held"
        )
    move_to(draft, head, issuer, members, target)


def transfer(draft: Draft, edit: Transfer) -> None:
    """Move shares from one named holder to another."""
    seller, buyer, issuer = (draft.find(n) for n in (edit.seller, edit.buyer, edit.issuer))
    book = draft.book(issuer)
    stakes = book.of(group_of(draft.world, seller, issuer))
    now = sum((stake.low for stake in stakes), Fraction(0))
    units = now if edit.amount is None else _checked(book, edit.amount)
    if not stakes or units > now:
        raise InputError(
            f"{draft.label(seller)} has only {book.say(now)}", mend="sell at most what is held"
        )
    text = f"{draft.label(seller)} sells {book.say(units)} to {draft.label(buyer)}"
    book.transfer(stakes, buyer, units, text)
    draft.step(text)


def issue(draft: Draft, edit: Issue) -> None:
    """Issue new shares."""
    issuer = draft.find(edit.issuer)
    book = draft.book(issuer)
    units = book.units(edit.amount)
    if book.issued is not None:
        units = Fraction(round(units))
    before = book.whole
    ratio_note = f"{draft.label(issuer)} issues {_count(book, units, before)} new shares"
    book.resize(units)
    if edit.to is not None:
        buyer = draft.find(edit.to)
        reported = book.reported_part(units) if book.reported else None
        book.place(buyer, units, f"{ratio_note}, subscribed by {draft.label(buyer)}", reported)
    draft.step(f"{ratio_note} to {edit.to or 'the market'}; every other stake is diluted")


def buy_back(draft: Draft, edit: BuyBack) -> None:
    """Let an issuer buy its own shares."""
    issuer = draft.find(edit.issuer)
    book = draft.book(issuer)
    units = _checked(book, edit.amount)
    if book.issued is not None:
        units = Fraction(round(units))
    text = f"{draft.label(issuer)} buys back {book.say(units)}"
    if edit.of is None:
        book.buy(issuer, units, text)
    else:
        seller = draft.find(edit.of)
        stakes = book.of(group_of(draft.world, seller, issuer))
        if sum((s.low for s in stakes), Fraction(0)) < units:
            raise InputError(
                f"{draft.label(seller)} has less than {book.say(units)}", mend="buy back less"
            )
        book.transfer(stakes, issuer, units, text)
    draft.step(text)
    if edit.cancel:
        _cancel(draft, book, units, text)


def cancel(draft: Draft, edit: Cancel) -> None:
    """Destroy own shares of an issuer."""
    issuer = draft.find(edit.issuer)
    book = draft.book(issuer)
    own = sum((stake.low for stake in book.of({issuer})), Fraction(0))
    units = own if edit.amount is None else book.units(edit.amount)
    if units > own or not own:
        raise InputError(
            f"{draft.label(issuer)} has only {book.say(own)} itself", mend="buy back first"
        )
    _cancel(draft, book, units, f"{draft.label(issuer)} cancels own shares")


def convert(draft: Draft, edit: Convert) -> None:
    """Change the votes of shares."""
    issuer = draft.find(edit.issuer)
    book = draft.book(issuer)
    if book.issued is None:
        raise InputError(
            f"how many shares {book.label} has issued is not known on {draft.world.as_of}",
            mend="votes per share can be changed only where shares are counted",
        )
    if edit.holder is not None:
        holders = group_of(draft.world, draft.find(edit.holder), issuer)
        stakes = book.of(holders)
        if not stakes:
            raise InputError(f"{edit.holder} has no shares of {book.label}", mend="buy some first")
    else:
        chosen = _class_named(book, edit.share_class)
        stakes = [s for s in book.stakes if s.share_class in (chosen, None) and s.is_shares]
        book.classes = tuple(
            replace(one, votes_per_share=edit.votes_per_share, registered_votes_per_share=None)
            if chosen in (one.id, None)
            else one
            for one in book.classes
        )
        book.rest_votes = ClassVotes(edit.votes_per_share, edit.votes_per_share)
    book.forget_votes()
    for stake in stakes:
        stake.votes = ClassVotes(edit.votes_per_share, edit.votes_per_share)
        stake.registered = Fraction(0)
        stake.notes.append(str(edit))
    draft.step(str(edit))


def _settle(draft: Draft, book: Book, vague: list[Stake], units: Fraction) -> None:
    """Replace a stake that is known as a range by an exact one."""
    if len(vague) > 1 or units < 0:
        raise InputError(
            f"several stakes in {book.label} are only known as ranges",
            mend="set them one by one, by the holders' own names",
        )
    stake = vague[0]
    text = f"{draft.label(stake.holder)} has {book.say(units)}, of which only a range is known"
    stake.low = stake.high = units
    stake.low_open = stake.high_open = False
    stake.registered = Fraction(0) if not stake.votes.bonus else None
    stake.notes.append(text)
    book.changed = True
    book.forget_votes()
    if stake.reported is not None:
        stake.reported = book.reported_part(units)
    draft.step(text)


def _cancel(draft: Draft, book: Book, units: Fraction, note: str) -> None:
    left = units
    for stake in book.of({book.issuer}):
        part = min(left, stake.low)
        stake.shrink(part, f"what {book.label} has of itself", note)
        left -= part
    book.stakes = [stake for stake in book.stakes if stake.high or not stake.notes]
    book.resize(-units)
    draft.step(f"{note}: the shares are cancelled, every other stake grows")


def _count(book: Book, units: Fraction, before: Fraction) -> str:
    if book.issued is not None:
        return f"{round(units):,}"
    return f"{float(units / before * 100):g} % of its capital in"


def _checked(book: Book, amount: Amount) -> Fraction:
    units = book.units(amount)
    if units > book.whole:
        raise InputError(
            f"{amount} are more than the {int(book.whole):,} that {book.label} has issued",
            mend="a stake is at most 100 %",
        )
    return units


def _class_named(book: Book, name: str | None) -> str | None:
    if name is None:
        if len(book.classes) > 1:
            labels = ", ".join(one.label for one in book.classes)
            raise InputError(f"{book.label} has several classes", mend=f"name one of: {labels}")
        return book.classes[0].id if book.classes else None
    for one in book.classes:
        if one.id == name or fold(one.label) == fold(name):
            return one.id
    labels = ", ".join(one.label for one in book.classes) or "none"
    raise InputError(f"{book.label} has no class {name!r}", mend=f"its classes: {labels}")
