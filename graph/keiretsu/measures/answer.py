"""Answers: light records with what was assumed in reaching them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from keiretsu.errors import shortened
from keiretsu.model import Caution

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

    import pandas as pd

    from keiretsu.kernels.box import Bounds
    from keiretsu.snapshot import Snapshot

PLACES = 6
"""Decimal places of a percentage at the edge; rounded half-even."""
_UNIT = 10**PLACES
MOST_APART = 1_000
"""Of so many parties a caution in the same words is told apart; of more, once for all."""
_NAMED = 3
"""So many of the latter are named."""


def percent(share: Fraction | None) -> float | None:
    """Return a fraction of one as a percentage for people and files, rounded half-even.

    Examples
    --------
    >>> from fractions import Fraction
    >>> percent(Fraction(1501, 10000)), percent(Fraction(1, 3)), percent(None)
    (15.01, 33.333333, None)
    """
    return None if share is None else percent_of(share.numerator, share.denominator)


def percent_of(part: int, whole: int) -> float:
    """Return a part of a whole as a percentage, rounded half-even.

    Examples
    --------
    >>> percent_of(1501, 10000)
    15.01
    """
    # as round(Fraction(part, whole) * 100, PLACES), which makes four fractions on its way
    units, rest = divmod(part * 100 * _UNIT, whole)
    above = 2 * rest - whole
    up = above > 0 or (above == 0 and units % 2 == 1)
    rounded: float = (units + up) / _UNIT
    return rounded


def percent_fields(name: str, bounds: Bounds | None) -> dict[str, float | None]:
    """Return ``NAME_percent`` with the ends of its range, which are filled only for a range.

    Examples
    --------
    >>> from fractions import Fraction
    >>> from keiretsu.kernels.box import Bounds
    >>> percent_fields("votes", Bounds(Fraction(1, 4), Fraction(1, 2)))
    {'votes_percent': None, 'votes_percent_min': 25.0, 'votes_percent_max': 50.0}
    """
    key = f"{name}_percent" if name else "percent"
    if bounds is None:
        return {key: None, f"{key}_min": None, f"{key}_max": None}
    if bounds.low == bounds.high:
        return {key: percent(bounds.low), f"{key}_min": None, f"{key}_max": None}
    return {key: None, f"{key}_min": percent(bounds.low), f"{key}_max": percent(bounds.high)}


def names_of(snapshot: Snapshot) -> list[str]:
    """Return a name for each party that no other has: its label, or else its IRI."""
    counts = Counter(party.label for party in snapshot.parties)
    return [p.label if counts[p.label] == 1 else p.id for p in snapshot.parties]


class Record(Protocol):
    """One element of an answer's main list."""

    def as_dict(self) -> dict[str, Any]:
        """Return the record as plain data, keyed as in JSON."""


AnyRecord = TypeVar("AnyRecord", bound=Record)


@dataclass(frozen=True, slots=True)
class PairRecord:
    """A record about what one party has of another.

    Parameters
    ----------
    holder, holder_id, issuer, issuer_id
        Label and IRI of the two parties.
    """

    holder: str
    holder_id: str
    issuer: str
    issuer_id: str

    @property
    def pair(self) -> dict[str, str]:
        """The two parties as plain data, keyed as in JSON."""
        return {
            "holder": self.holder,
            "holder_id": self.holder_id,
            "issuer": self.issuer,
            "issuer_id": self.issuer_id,
        }


@dataclass(frozen=True)
class Answer(Sequence[AnyRecord], Generic[AnyRecord]):
    """The answer to one question.

    Parameters
    ----------
    command
        What was asked, as the command line names it.
    snapshot
        The world it was asked of.
    records
        The answer's main list.
    fields
        Further fields of the answer, keyed as in JSON; they stand before the main list.
    cautions
        What was assumed, carried forward or left open.
    """

    command: str
    snapshot: Snapshot
    records: tuple[AnyRecord, ...]
    fields: dict[str, Any] = field(default_factory=dict)
    cautions: tuple[Caution, ...] = ()

    def __len__(self) -> int:
        return len(self.records)

    def __iter__(self) -> Iterator[AnyRecord]:
        return iter(self.records)

    def __getitem__(self, index: Any) -> Any:  # noqa: ANN401 - the two forms of a sequence
        return self.records[index]

    @property
    def warnings(self) -> tuple[Caution, ...]:
        """What was assumed, under the name that JSON gives it."""
        return self.cautions

    def as_rows(self) -> list[dict[str, Any]]:
        """Return the main list as plain data."""
        return [record.as_dict() for record in self.records]

    def to_pandas(self) -> pd.DataFrame:
        """Return the main list as a data frame; needs pandas."""
        import pandas as pd  # noqa: PLC0415 - optional and heavy

        return pd.DataFrame(self.as_rows())


def cautions_about(
    snapshot: Snapshot, cautions: Sequence[Caution], parties: set[int]
) -> tuple[Caution, ...]:
    """Return the cautions that concern some of the parties, or no party in particular.

    What is said in the same words of more than `MOST_APART` parties or pairs is said once.
    """
    labels = {snapshot.parties[party].label for party in parties}
    about = {c for c in cautions if not c.parties or set(c.parties) <= labels}
    return tuple(sorted(_said_once(about)))


def _said_once(cautions: Iterable[Caution]) -> Iterator[Caution]:
    """Yield cautions, those in the same words of very many as one that counts them."""
    alike: dict[tuple[str, str, int], list[Caution]] = {}
    for caution in cautions:
        alike.setdefault((caution.code, caution.text, len(caution.parties)), []).append(caution)
    for (code, text, parties), same in alike.items():
        if parties == 0 or len(same) <= MOST_APART:
            yield from same
            continue
        first = (" and ".join(map(shortened, c.parties)) for c in nsmallest(_NAMED, same))
        whom = "parties" if parties == 1 else "pairs"
        words = f"{text}; so of {len(same):,} {whom}, among them {'; '.join(first)}"
        yield Caution(code, words)
