"""What a conversion could not carry: counted per field, with a few examples, never in silence."""

from __future__ import annotations

from dataclasses import dataclass

MOST_EXAMPLES = 3
"""Examples that are kept of each loss."""
_MOST_SHOWN = 120


@dataclass(frozen=True, slots=True, order=True)
class Loss:
    """One kind of thing that was not carried.

    Parameters
    ----------
    field
        What it was called where it came from, such as ``entity.addresses``.
    reason
        Why it was not carried, in one clause.
    count
        How often.
    examples
        The first few, each with its place: ``psc.jsonl:3: 'GB'``.
    """

    field: str
    reason: str
    count: int
    examples: tuple[str, ...] = ()


class LossReport:
    """Gathers what a conversion could not carry.

    Examples
    --------
    >>> report = LossReport()
    >>> report.add("entity.addresses", "the model has no addresses", "a.json:3", "1 High Street")
    >>> report.add("entity.addresses", "the model has no addresses", "a.json:9")
    >>> [(loss.field, loss.count, loss.examples) for loss in report.losses()]
    [('entity.addresses', 2, ("a.json:3: '1 High Street'", 'a.json:9'))]
    """

    def __init__(self) -> None:
        self._losses: dict[tuple[str, str], _Noted] = {}

    def add(self, field: str, reason: str, place: str = "", value: object = None) -> None:
        """Note that something was not carried.

        Parameters
        ----------
        field, reason
            See `Loss`.
        place
            Where it stood, such as ``psc.jsonl:3`` or a claim's IRI.
        value
            What it was, if it helps to show it; only its beginning is kept.
        """
        noted = self._noted(field, reason)
        noted.count += 1
        if len(noted.examples) < MOST_EXAMPLES:
            shown = "" if value is None else repr(value if isinstance(value, str) else str(value))
            if len(shown) > _MOST_SHOWN:
                shown = f"{shown[:_MOST_SHOWN]}…"
            noted.examples.append(": ".join(part for part in (place, shown) if part))

    def join(self, other: LossReport) -> None:
        """Add all that another report noted."""
        for loss in other.losses():
            noted = self._noted(loss.field, loss.reason)
            noted.count += loss.count
            noted.examples += loss.examples[: MOST_EXAMPLES - len(noted.examples)]

    def losses(self) -> tuple[Loss, ...]:
        """Return the losses in the order of their fields."""
        return tuple(
            Loss(field, reason, noted.count, tuple(noted.examples))
            for (field, reason), noted in sorted(self._losses.items(), key=lambda item: item[0])
        )

    def __len__(self) -> int:
        """Return how many things were not carried; no report of nothing is true."""
        return sum(noted.count for noted in self._losses.values())

    def _noted(self, field: str, reason: str) -> _Noted:
        key = (field, reason)
        noted = self._losses.get(key)
        if noted is None:
            noted = self._losses[key] = _Noted()
        return noted


class _Noted:
    """How often something was not carried, and where first."""

    __slots__ = ("count", "examples")

    def __init__(self) -> None:
        self.count = 0
        self.examples: list[str] = []
