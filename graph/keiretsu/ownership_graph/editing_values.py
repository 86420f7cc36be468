"""What an editor writes down: the values of a holding, and the source that is cited for them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from keiretsu.errors import InputError
from keiretsu.model import (
    ID,
    Document,
    Holding,
    PartialDate,
    Period,
    Share,
    Sourcing,
    Status,
    VotesBasis,
    claim_id,
)
from keiretsu.model.names import fold, tidy

if TYPE_CHECKING:
    from keiretsu.model import ClaimSet

_LINKS = ("http://", "https://")


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """The source that an editor cites.

    Parameters
    ----------
    title, publisher, date, url
        As far as known; only the title is needed.
    quote
        Its words.
    """

    title: str
    publisher: str | None = None
    date: str | None = None
    url: str | None = None
    quote: str | None = None

    def document(self) -> Document:
        """Return the editor's correction that cites it: the same for the same source.

        Raises
        ------
        InputError
            If it has no title, the date is none, or the address is no web address.

        Examples
        --------
        >>> Citation(title="Annual report", date="2019").document().correction
        True
        """
        title = tidy(self.title)
        if not title:
            raise InputError("the source has no title", mend="name it with --source-title")
        if self.url and not self.url.lower().startswith(_LINKS):
            problem = f"{self.url[:60]!r} is not the address of a page"
            raise InputError(problem, mend="write https://...")
        date = PartialDate.parse(self.date) if self.date else None
        told = (title, tidy(self.publisher or ""), str(date or ""), self.url or "")
        digest = hashlib.sha256("\x1f".join(told).encode()).hexdigest()[:20]
        return Document(
            id=f"{ID}document/correction-{digest}",
            title=title,
            publisher=told[1] or None,
            date=date,
            url=self.url or None,
            correction=True,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldingValues:
    """The values of a holding as a person types them; None where nothing is said.

    Parameters
    ----------
    percent, votes
        Percent or bands of capital and of votes; see `keiretsu.model.Share.from_percent`.
    votes_basis
        Of which total `votes` is a part.
    shares
        Number of shares.
    share_class
        Label or IRI of the class.
    start, end, stated_for
        Dates; an empty text takes back one that the superseded claim has.
    status, note
        Editorial status, and a remark.
    """

    percent: str | None = None
    votes: str | None = None
    votes_basis: str | None = None
    shares: int | None = None
    share_class: str | None = None
    start: str | None = None
    end: str | None = None
    stated_for: str | None = None
    status: str | None = None
    note: str | None = None

    def holding(self, holder: str, issuer: str, cited: Citation, claims: ClaimSet) -> Holding:
        """Return a new holding with these values; its IRI is not in `claims`.

        Raises
        ------
        InputError
            If nothing says how much is held, a value cannot be read, or the claim is there already.
        """
        if not self._says_how_much():
            raise InputError(
                "nothing says how much is held",
                mend="give --percent, --shares or --votes ('--percent unknown' if it is not known)",
            )
        document = cited.document().id
        blank = Holding(
            id="", document=document, holder=holder, issuer=issuer, quote=cited.quote or None
        )
        return _named(self._applied(blank, claims), claims)

    def superseding(self, old: Holding, cited: Citation, claims: ClaimSet) -> Holding:
        """Return a claim that takes the place of another, with the values that are given.

        If any size is given (percent, shares, votes), no size is taken over from the old claim:
        numbers that belonged together must not be mixed with new ones.

        Raises
        ------
        InputError
            If no value is given or one cannot be read, or the claim is there already.
        """
        if self == HoldingValues(note=self.note):
            problem = "no value is given that the old claim does not have"
            raise InputError(problem, mend="give --percent, --from, --until, ... or reject it")
        fresh = replace(
            old,
            document=cited.document().id,
            status=Status.ACCEPTED,
            sourcing=Sourcing.SOURCED,
            unsourced_fields=(),
            supersedes=(old.id,),
            known_from=None,
            end_document=None,
            record=None,
            quote=cited.quote or None,
            note=None,
            place="",
        )
        if self._says_how_much():
            fresh = replace(fresh, capital=None, votes=None, shares=None, vote_count=None)
            fresh = replace(fresh, votes_basis=VotesBasis.EXERCISABLE)
        return _named(self._applied(fresh, claims), claims)

    def _says_how_much(self) -> bool:
        return any(one is not None for one in (self.percent, self.votes, self.shares))

    def _applied(self, claim: Holding, claims: ClaimSet) -> Holding:
        if self.votes_basis and self.votes is None and claim.votes is None:
            raise InputError("--votes-basis says of which total votes are", mend="give --votes too")
        if self.shares is not None and self.shares < 0:
            raise InputError(f"{self.shares} shares are fewer than none", mend="give 0 or more")
        return replace(
            self._dated(claim),
            capital=_read(self.percent, claim.capital),
            votes=_read(self.votes, claim.votes),
            votes_basis=VotesBasis(self.votes_basis) if self.votes_basis else claim.votes_basis,
            shares=claim.shares if self.shares is None else self.shares,
            share_class=self._class(claim, claims),
            status=Status(self.status) if self.status else claim.status,
            note=self.note or None,
        )

    def _dated(self, claim: Holding) -> Holding:
        if self.start and self.stated_for:
            problem = "a claim is stated for one day or for a period"
            raise InputError(problem, mend="give --stated-for or --from")
        start = None if self.stated_for else _date(self.start, claim.period.start)
        stated = None if self.start else _date(self.stated_for, claim.stated_for)
        period = Period(start, _date(self.end, claim.period.end))
        return replace(claim, period=period, stated_for=stated)

    def _class(self, claim: Holding, claims: ClaimSet) -> str | None:
        if self.share_class is None:
            return claim.share_class
        classes = [one for one in claims.share_classes if one.issuer == claim.issuer]
        for one in classes:
            if self.share_class == one.id or fold(self.share_class) == fold(one.label):
                return one.id
        known = ", ".join(sorted({one.label for one in classes})) or "leave it out: there is none"
        raise InputError(f"no class of its shares is named {self.share_class!r}", mend=known)


def _read(text: str | None, before: Share | None) -> Share | None:
    if text is None:
        return before
    if not text.strip():
        raise InputError("'' is not a percentage", mend="write 43.4, 25-50, >25 or unknown")
    return Share.from_percent(text)


def _date(text: str | None, before: PartialDate | None) -> PartialDate | None:
    if text is None:
        return before
    return PartialDate.parse(text) if text.strip() else None


def _named(claim: Holding, claims: ClaimSet) -> Holding:
    """Return the claim under an IRI that no other claim has."""
    known = {one.id: one for one in claims.holdings}
    ordinal = 1
    while True:
        named = replace(
            claim,
            id=claim_id(
                claim.document,
                "holding",
                claim.holder,
                claim.issuer,
                claim.interest,
                claim.share_class,
                claim.begins,
                ordinal,
            ),
        )
        if named.id not in known:
            return named
        if known[named.id] == named:
            raise InputError("the claim is there already", place=named.id, mend="nothing to do")
        ordinal += 1
