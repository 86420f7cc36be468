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
        self._counts: dict[tuple[str, str], int] = {}
        self._examples: dict[tuple[str, str], list[str]] = {}

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
        key = (field, reason)
        self._counts[key] = self._counts.get(key, 0) + 1
        examples = self._examples.setdefault(key, [])
        if len(examples) < MOST_EXAMPLES:
            shown = "" if value is None else repr(value if isinstance(value, str) else str(value))
            if len(shown) > _MOST_SHOWN:
                shown = f"{shown[:_MOST_SHOWN]}…"
            examples.append(": ".join(part for part in (place, shown) if part))

    def join(self, other: LossReport) -> None:
        """Add all that another report noted."""
        for loss in other.losses():
            key = (loss.field, loss.reason)
            self._counts[key] = self._counts.get(key, 0) + loss.count
            examples = self._examples.setdefault(key, [])
            examples += loss.examples[: MOST_EXAMPLES - len(examples)]

    def losses(self) -> tuple[Loss, ...]:
        """Return the losses in the order of their fields."""
        return tuple(
            Loss(field, reason, count, tuple(self._examples[field, reason]))
            for (field, reason), count in sorted(self._counts.items())
        )

    def __len__(self) -> int:
        """Return how many things were not carried; no report of nothing is true."""
        return sum(self._counts.values())
