"""Edits that bring agreements and rules of law into force, or end them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from keiretsu.errors import InputError
from keiretsu.model import Agreement
from keiretsu.model.names import fold
from keiretsu.rights.laws import CONTROLLED, READINGS, RECIPROCAL
from keiretsu.rights.rules import DE_71D, FR_L225_123, JP_308
from keiretsu.scenarios.stake import ClassVotes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keiretsu.scenarios.book import Book
    from keiretsu.scenarios.draft import Draft
    from keiretsu.scenarios.edits import Adopt, Domicile, End

ARTICLES = (
    *(law.article.name for law in CONTROLLED.values()),
    *(law.article.name for law in RECIPROCAL.values()),
    JP_308.name,
    DE_71D.name,
)
"""Articles on cross-holdings, each of which can be supposed not to be law."""


def adopt(draft: Draft, edit: Adopt) -> None:
    """Bring an agreement into force with its parts, or a rule or a reading of the law."""
    named = edit.agreement
    if isinstance(named, str) and _adopt_law(draft, named):
        return
    found = [_resolved(draft, named)] if isinstance(named, Agreement) else _named_in(draft, named)
    for one in found:
        issuer = draft.find(one.issuer)
        for party in (*one.parties, *one.bound):
            draft.find(party)  # an unknown party is told now, not when the votes are counted
        present = draft.agreements_of(issuer)
        if all(other.id != one.id for other in present):
            kept = (*present, one)
            draft.agreements[issuer] = tuple(sorted(kept, key=lambda agreement: agreement.id))
            draft.step(f"in force: {one.label} ({_what(one)})")
        else:
            draft.step(f"in force already: {one.label}")


def end(draft: Draft, edit: End) -> None:
    """End an agreement with its parts, or a rule of law."""
    in_force = [
        (issuer, one)
        for issuer in sorted({*draft.world.facts, *draft.agreements})
        for one in draft.agreements_of(issuer)
    ]
    found = _named([one for _, one in in_force], edit.name)
    if found:
        for issuer, one in in_force:
            if one in found:
                kept = [other for other in draft.agreements_of(issuer) if other.id != one.id]
                draft.agreements[issuer] = tuple(kept)
                draft.step(f"ended: {one.label}")
        return
    if fold(edit.name) == fold(FR_L225_123.name):
        _end_multiple_votes(draft)
        return
    reading = _of_name(draft.readings, edit.name)
    if reading is not None:
        draft.readings.discard(reading)
        draft.step(f"no longer read so: {reading}")
        return
    article = _of_name(ARTICLES, edit.name)
    if article is None:
        labels = [one.label for _, one in in_force] + [*ARTICLES, FR_L225_123.name]
        raise InputError(
            f"no agreement or rule in force is named {edit.name!r}",
            mend=f"use one of: {'; '.join(labels)}",
        )
    draft.ended_rules.add(article)
    draft.step(f"not in force: {article}")


def domicile(draft: Draft, edit: Domicile) -> None:
    """Put a company's meeting under another law."""
    country = edit.jurisdiction.upper()
    if len(country) != 2 or not country.isalpha():  # noqa: PLR2004 - a country's code
        raise InputError(
            f"{edit.jurisdiction!r} is not a country", mend="use a two-letter code such as NL"
        )
    party = draft.find(edit.party)
    draft.parties[party] = replace(draft.parties[party], jurisdiction=country)
    draft.step(str(edit))


def end_multiple_votes(book: Book) -> None:
    """Leave every share of an issuer its single votes."""
    if book.issued is None and any(stake.votes.bonus for stake in book.stakes):
        book.forget_votes()
    book.classes = tuple(
        replace(one, registered_votes_per_share=None, registered_votes_from=None)
        for one in book.classes
    )
    book.gross, book.rest_registered = None, Fraction(0)
    book.rest_votes = ClassVotes(book.rest_votes.single, book.rest_votes.single)
    for stake in book.stakes:
        stake.votes = ClassVotes(stake.votes.single, stake.votes.single)
        stake.registered = Fraction(0)
        if stake.held is not None and stake.held.vote_count is not None:
            stake.notes.append("multiple votes end")
    book.changed = True


def _resolved(draft: Draft, made: Agreement) -> Agreement:
    """Return an agreement with the IRIs of its parties, which may be given by name."""

    def iri(name: str) -> str:
        return draft.parties[draft.find(name)].id

    return replace(
        made,
        issuer=iri(made.issuer),
        parties=tuple(iri(name) for name in made.parties),
        bound=tuple(iri(name) for name in made.bound),
    )


def _named_in(draft: Draft, name: str) -> list[Agreement]:
    known = {
        one.id: one for issuer in sorted(draft.world.facts) for one in draft.agreements_of(issuer)
    }
    if draft.claims is not None:
        known |= {one.id: one for one in draft.claims.agreements}
    found = _named(known.values(), name)
    if not found:
        labels = "; ".join(sorted(one.label for one in known.values())) or "no agreement"
        raise InputError(
            f"no agreement, rule or reading of the law is named {name!r}",
            mend=f"the data has: {labels}; readings: {'; '.join(READINGS)}",
        )
    return found


def _named(agreements: Iterable[Agreement], name: str) -> list[Agreement]:
    """Return the agreements of a name: by IRI, by label with its parts, or by a part's beginning.

    The label of a part begins with that of the whole and a colon.
    """
    every = list(agreements)
    by_id = [one for one in every if one.id == name]
    if by_id:
        return by_id
    wanted = fold(name)
    return [
        one
        for one in every
        if fold(one.label) == wanted or fold(one.label).startswith(f"{wanted}:")
    ]


def _adopt_law(draft: Draft, name: str) -> bool:
    """Adopt a reading of the law, or an article that was ended; return whether it is one."""
    reading, article = _of_name(READINGS, name), _of_name(ARTICLES, name)
    if reading is not None:
        draft.readings.add(reading)
        draft.step(f"read so: {reading}: {READINGS[reading]}")
    elif article is not None:
        again = "in force again" if article in draft.ended_rules else "in force already"
        draft.ended_rules.discard(article)
        draft.step(f"{again}: {article}")
    return reading is not None or article is not None


def _of_name(names: Iterable[str], wanted: str) -> str | None:
    return next((name for name in names if fold(name) == fold(wanted)), None)


def _end_multiple_votes(draft: Draft) -> None:
    for issuer in sorted(draft.world.facts):
        french = draft.parties[issuer].jurisdiction == "FR"
        if french and draft.world.facts[issuer].share_classes:
            book = draft.book(issuer)
            end_multiple_votes(book)
            draft.step(f"ended: {FR_L225_123.name}: shares of {book.label} have single votes")


def _what(one: Agreement) -> str:
    cap = "" if one.cap is None else f" of {float(one.cap * 100):g} %"
    return f"{one.kind.value}{cap}"
