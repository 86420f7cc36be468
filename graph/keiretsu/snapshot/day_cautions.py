"""What is to be said of a day as a whole, whoever is asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keiretsu.model import Caution

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from keiretsu.model import Holding, Remainder


def beyond_horizon(as_of: dt.date, horizon: dt.date | None) -> list[Caution]:
    """Say that the day lies beyond the last one for which the data claims to be kept."""
    if horizon is None or as_of <= horizon:
        return []
    text = f"the data is kept up to {horizon}; {as_of} lies beyond it"
    return [Caution("beyond-horizon", text)]


def nothing_held(
    recorded: Sequence[Holding], as_of: dt.date, known_at: dt.date | None
) -> list[Caution]:
    """Say that no recorded holding is so on the day: who had what is then not known.

    Examples
    --------
    >>> import datetime as dt
    >>> from keiretsu.model import Holding, Period
    >>> stake = Holding(id="c", document="d", period=Period.parse("2010"), holder="a", issuer="b")
    >>> nothing_held([stake], dt.date(2000, 1, 1), None)[0].text
    'no holding that was read is so on 2000-01-01: the earliest begins on 2010-01-01'
    """
    stakes = [one for one in recorded if one.interest.is_measured]
    if not stakes:
        return []
    begins = [one.begins.first for one in stakes if one.begins is not None]
    earliest = min(begins) if len(begins) == len(stakes) else None
    return [none_is_so(as_of, known_at, earliest)]


def none_is_so(
    as_of: dt.date, known_at: dt.date | None = None, earliest: dt.date | None = None
) -> Caution:
    """Say that no holding is so on the day, and when the earliest begins if that is known."""
    text = f"no holding that was read is so on {as_of}"
    if known_at is not None:
        text += f", by what was known on {known_at}"
    if earliest is not None and as_of < earliest:
        text += f": the earliest begins on {earliest}"
    return Caution("nothing-held", text)


def assumed_remainder(remainder: Remainder | None) -> list[Caution]:
    """Say that every remainder is taken as one kind, whatever the data says."""
    if remainder is None:
        return []
    return [Caution(f"{remainder}-assumed", f"every remainder is taken as {remainder}")]
