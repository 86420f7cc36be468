"""A proposal of the data as an edit: what each party would hold if it went through."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING

from keiretsu.errors import InputError
from keiretsu.model import ClaimSet, Proposal
from keiretsu.model.names import fold
from keiretsu.scenarios.stake import Stake, class_votes

if TYPE_CHECKING:
    from keiretsu.model import ProposedHolding
    from keiretsu.scenarios.book import Book
    from keiretsu.scenarios.draft import Draft
    from keiretsu.scenarios.edits import Propose


def find_proposal(claims: ClaimSet | None, name: str | Proposal) -> Proposal:
    """Return a proposal by IRI or label.

    Raises
    ------
    InputError
        If there is none of that name, or it has no terms that could be run.
    """
    found = name if isinstance(name, Proposal) else _by_name(claims, name)
    if not found.changes:
        raise InputError(
            f"the proposal {found.label!r} has no terms in the data",
            mend="say with --hold or in a file what would be held",
        )
    return found


def propose(draft: Draft, edit: Propose) -> None:
    """Let a proposal go through: the stakes that it names become what it says.

    Who is not named keeps its shares, unless those named have all: then its shares are exchanged
    too, and the answer says so.
    """
    proposal = find_proposal(draft.claims, edit.proposal)
    by_issuer: dict[int, list[ProposedHolding]] = defaultdict(list)
    for change in proposal.changes:
        by_issuer[draft.find(change.issuer)].append(change)
    for issuer, changes in sorted(by_issuer.items()):
        _carry_out(draft, issuer, changes, proposal)
    text = "of the proposal only the stakes are modelled, not what else its terms say"
    told = f": {proposal.terms}" if proposal.terms else ""
    draft.warn("not-modelled", f"{text}{told}")
    if proposal.note:
        draft.warn("proposal-note", proposal.note)
    told_by = draft.world.documents.get(proposal.document)
    if told_by is not None:
        parts = (told_by.title, told_by.publisher, told_by.date)
        source = ", ".join(str(part) for part in parts if part)
        draft.warn("proposal-source", f"the proposal is told by: {source}")


def _by_name(claims: ClaimSet | None, name: str) -> Proposal:
    known = [e for e in claims.events if isinstance(e, Proposal)] if claims is not None else []
    found = [one for one in known if name == one.id or fold(one.label) == fold(name)]
    if len(found) == 1:
        return found[0]
    offers = "; ".join(f"{one.label} ({one.id})" for one in known) or "none"
    problem = f"no proposal is named {name!r}" if not found else f"{name!r} names several proposals"
    raise InputError(problem, mend=f"the data has: {offers}")


def _carry_out(
    draft: Draft, issuer: int, changes: list[ProposedHolding], proposal: Proposal
) -> None:
    book = draft.book(issuer)
    named = {draft.find(change.holder): change for change in changes}
    shares = [c.capital for c in changes if c.capital is not None]
    total = sum((share.low for share in shares), Fraction(0))
    if total > 1:
        raise InputError(
            f"the proposal gives {float(total * 100):g} % of {book.label}, more than 100 %",
            mend="correct the proposal",
        )
    for stake in list(book.stakes):
        if stake.holder in named or total == 1:
            book.drop(stake)
            if stake.holder not in named:
                text = "not named by the proposal; its shares are taken to be exchanged too"
                draft.warn("also-exchanged", text, stake.holder, issuer)
    if total == 1 or not draft.world.held_in(issuer):
        book.forget_votes()
    for holder, change in sorted(named.items()):
        _give(draft, book, holder, change, proposal)


def _give(
    draft: Draft, book: Book, holder: int, change: ProposedHolding, proposal: Proposal
) -> None:
    if change.capital is None or not change.capital.high:
        draft.step(f"{draft.label(holder)} has nothing of {book.label}")
        return
    low, high = change.capital.low * book.whole, change.capital.high * book.whole
    votes = class_votes(book.facts, None, draft.world.as_of)
    stake = Stake(holder, low, high, votes=votes, reported=change.votes)
    stake.notes.append(proposal.label)
    book.stakes.append(stake)
    book.changed = True
    if change.votes is not None and not book.classes:
        book.reported = True
    draft.step(f"{draft.label(holder)} has {change.capital} of {book.label}")
