"""What is told of control in a stored register: blocks of rows, and who gives names and claims."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from keiretsu.measures.register.control_groups import Group, Row
    from keiretsu.snapshot import Evidence, Snapshot

    Integers = NDArray[Any]


class Reader(Protocol):
    """A stored register that gives names, claims, and worlds of what lies above some parties."""

    def names(self, numbers: Integers) -> list[tuple[str, str]]:
        """Return the labels and IRIs of some parties."""

    def evidence(self, claim: int) -> Evidence:
        """Return the claim at a place of the index, with its document."""

    def world(self, numbers: Sequence[int]) -> Snapshot:
        """Return the holdings in some parties, and in all above them, on the day."""


class Controller(NamedTuple):
    """A controller in the order of the answer.

    Parameters
    ----------
    label, iri
        Its names; those of a ring are its members' together.
    head
        Its position, or that of the first of its ring.
    ring
        Positions of the ring's members, where rings are asked for.
    size
        How many rows it has.
    """

    label: str
    iri: str
    head: int
    ring: tuple[int, ...]
    size: int


class Told(NamedTuple):
    """The rows of one controller, or of one member of a ring who tells of others.

    Parameters
    ----------
    controller
        Whose rows they are.
    group
        All whom the teller controls, and why.
    only
        The one company of which is told, for the second of a ring; None for all.
    """

    controller: Controller
    group: Group
    only: int | None

    @property
    def rows(self) -> list[Row]:
        """The rows of which is told."""
        if self.only is None:
            return self.group.rows
        return [row for row in self.group.rows if row.company == self.only]


class Block(NamedTuple):
    """Rows of some controllers: all of those that have these labels.

    Parameters
    ----------
    told
        The rows, controllers sorted by label and IRI.
    names
        Label and IRI of every position in them.
    """

    told: list[Told]
    names: dict[int, tuple[str, str]]
