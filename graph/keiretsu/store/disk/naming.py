"""The names of a store on disk: parties found by IRI, identifier, label or alias."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keiretsu.errors import AmbiguousNameError, NameNotFoundError
from keiretsu.model.names import fold, nearest_names
from keiretsu.store.disk.manifest import damaged
from keiretsu.store.disk.texts import Texts, mapped
from keiretsu.store.disk.writing import NAMED, NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keiretsu.store.disk.index import StoredIndex

_MOST_NAMES = 200_000
"""Among so many names the nearest are looked for when one is not found."""


class StoredNames:
    """Finds parties by their names.

    Parameters
    ----------
    index
        The opened generation.

    Raises
    ------
    InputError
        If the store is damaged.
    """

    def __init__(self, index: StoredIndex) -> None:
        self._index = index
        try:
            self._names = Texts(index.generation, NAMES)
            self._named: Any = mapped(index.generation / NAMED)
        except (OSError, ValueError):
            raise damaged(index.path) from None

    def find(self, name: str) -> int:
        """Return the number of the party with an IRI, identifier, label or alias; as `Directory`.

        Raises
        ------
        NameNotFoundError, AmbiguousNameError
            If none, or several, have it.
        """
        number = self._index.number_of(name)
        if number is not None:
            return number
        if name.startswith("~"):
            found = self._numbers(self._names.beginning_with(fold(name[1:])))
        else:
            found = self._numbers(self._names.equal_to(fold(name)))
        if not found:
            raise NameNotFoundError(name, self._nearest(name))
        if len(found) > 1:
            raise AmbiguousNameError(name, [self._index.iri(one) for one in found])
        return found[0]

    def all_of(self, name: str) -> list[int]:
        """Return the numbers of all parties with an IRI, identifier, label or alias."""
        number = self._index.number_of(name)
        return self._numbers(self._names.equal_to(fold(name))) if number is None else [number]

    def _numbers(self, places: Iterable[int]) -> list[int]:
        return sorted({int(self._named[one]) for one in places})

    def _nearest(self, name: str) -> list[str]:
        if len(self._names) > _MOST_NAMES:
            return []
        return nearest_names(name, (self._names[place] for place in range(len(self._names))))
