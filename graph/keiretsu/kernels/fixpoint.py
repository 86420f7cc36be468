"""The least set that is closed under a rule which looks at the set itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


def closure(
    start: Iterable[int],
    successors: Callable[[int], Iterable[int]],
    joins: Callable[[int, set[int]], bool],
) -> list[int]:
    """Return what joins `start`, in the order of joining, by a monotone rule.

    Parameters
    ----------
    start
        The members to begin with; not part of the answer.
    successors
        What a new member can help to join.
    joins
        Whether a candidate joins the members so far. It must be monotone: who joins a set joins
        every larger one. Then the answer is the least fixpoint, whatever the order.

    Examples
    --------
    >>> leads_to = {0: [1, 2], 1: [2], 2: [3]}
    >>> closure([0], lambda n: leads_to.get(n, []), lambda c, members: len(members) >= c)
    [1, 2, 3]
    """
    members = set(start)
    pending = sorted(members)
    joined: list[int] = []
    while pending:
        newcomers = []
        for candidate in sorted({s for member in pending for s in successors(member)} - members):
            if joins(candidate, members):
                members.add(candidate)
                joined.append(candidate)
                newcomers.append(candidate)
        pending = newcomers
    return joined


def majority_closure(
    start: Iterable[int],
    held: Sequence[Sequence[tuple[int, int]]],
    need: Sequence[int],
) -> list[int]:
    """Return what joins `start` when weights add up to more than what is needed.

    Parameters
    ----------
    start
        The members to begin with.
    held
        For each node the pairs (target, weight) that it holds; a node never counts for itself.
    need
        For each node the weight that must be *reached* (an integer; "more than n" is n + 1).

    Notes
    -----
    Each holding is read once, so the cost is linear in the holdings that leave the answer.

    Examples
    --------
    >>> majority_closure([0], [[(1, 60), (2, 20)], [(2, 35)], [(3, 51)], []], [51] * 4)
    [1, 2, 3]
    """
    members = set(start)
    pending = sorted(members, reverse=True) if len(members) > 1 else list(members)
    gathered: dict[int, int] = {}
    so_far = gathered.get
    joined: list[int] = []
    while pending:
        for target, weight in held[pending.pop()]:
            if target not in members:
                gathered[target] = together = so_far(target, 0) + weight
                if together >= need[target]:
                    members.add(target)
                    joined.append(target)
                    pending.append(target)
    return joined
