"""Strongly connected components, in an order in which what follows depends on what came before."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


def components(
    nodes: Iterable[int], successors: Callable[[int], Iterable[int]]
) -> Iterator[list[int]]:
    """Yield the strongly connected components, each after all that can be reached from it.

    Parameters
    ----------
    nodes
        Where to look; whatever can be reached from there is found too.
    successors
        The nodes to which a node leads.

    Notes
    -----
    Tarjan's algorithm without recursion: linear in nodes and edges, at any depth.

    Examples
    --------
    >>> leads_to = {0: [1], 1: [0, 2], 2: []}
    >>> [sorted(component) for component in components(leads_to, lambda n: leads_to[n])]
    [[2], [0, 1]]
    """
    search = _Tarjan(successors)
    for root in nodes:
        if root not in search.order:
            yield from search.explore(root)


class _Tarjan:
    def __init__(self, successors: Callable[[int], Iterable[int]]) -> None:
        self.successors = successors
        self.order: dict[int, int] = {}
        self.lowest: dict[int, int] = {}
        self.stack: list[int] = []
        self.waiting: set[int] = set()
        self.path: list[tuple[int, Iterator[int]]] = []

    def explore(self, root: int) -> Iterator[list[int]]:
        self._enter(root)
        while self.path:
            node, pending = self.path[-1]
            if self._descend(node, pending):
                continue
            self.path.pop()
            if self.path:
                above = self.path[-1][0]
                self.lowest[above] = min(self.lowest[above], self.lowest[node])
            if self.lowest[node] == self.order[node]:
                yield self._take(node)

    def _descend(self, node: int, pending: Iterator[int]) -> bool:
        """Step to the next new successor; False when there is none left."""
        for target in pending:
            if target not in self.order:
                self._enter(target)
                return True
            if target in self.waiting:
                self.lowest[node] = min(self.lowest[node], self.order[target])
        return False

    def _enter(self, node: int) -> None:
        self.order[node] = self.lowest[node] = len(self.order)
        self.stack.append(node)
        self.waiting.add(node)
        self.path.append((node, iter(self.successors(node))))

    def _take(self, root: int) -> list[int]:
        members = []
        while True:
            member = self.stack.pop()
            self.waiting.discard(member)
            members.append(member)
            if member == root:
                return members
