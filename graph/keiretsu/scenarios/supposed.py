"""What marks a supposed thing, so that nobody takes it for what a source says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keiretsu.model import Document, Holding, PartialDate, Period, Sourcing, claim_id

if TYPE_CHECKING:
    import datetime as dt

    from keiretsu.model import Share

SUPPOSED = Document(id="urn:keiretsu:supposed", title="Supposed (scenario)")
"""The document of every supposed claim; no source says any of it."""


def supposed_holding(
    holder: str,
    issuer: str,
    capital: Share,
    shares: int | None,
    *,
    note: str,
    supersedes: tuple[str, ...] = (),
    day: dt.date,
    share_class: str | None = None,
    ordinal: object = "",
) -> Holding:
    """Return a claim that something is supposed to be held.

    Parameters
    ----------
    note
        Why, in words.
    supersedes
        IRIs of the real claims in whose place it stands.
    day
        Since when it is so.
    ordinal
        Tells claims about one pair apart.

    Examples
    --------
    >>> import datetime as dt
    >>> from keiretsu.model import Share
    >>> half = Share.point("50%")
    >>> claim = supposed_holding("a", "b", half, None, note="bought", day=dt.date(2020, 1, 1))
    >>> claim.document, claim.note, is_supposed(claim)
    ('urn:keiretsu:supposed', 'supposed: bought', True)
    """
    return Holding(
        id=claim_id(SUPPOSED.id, holder, issuer, capital, shares, share_class, note, ordinal),
        document=SUPPOSED.id,
        period=Period(PartialDate.parse(day), None),
        sourcing=Sourcing.UNSOURCED,
        supersedes=supersedes,
        note=f"supposed: {note}",
        holder=holder,
        issuer=issuer,
        capital=capital,
        shares=shares,
        share_class=share_class,
    )


def is_supposed(claim: object) -> bool:
    """Return whether a claim belongs to a scenario rather than to the record."""
    return getattr(claim, "document", None) == SUPPOSED.id
