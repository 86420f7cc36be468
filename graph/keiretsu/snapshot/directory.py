"""Finding a party by what a person calls it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from keiretsu.errors import AmbiguousNameError, NameNotFoundError
from keiretsu.model.names import fold, nearest_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keiretsu.model import Party


class Directory:
    """Finds parties by IRI, identifier, label or alias.

    Parameters
    ----------
    parties
        The parties; answers are positions in this sequence.
    """

    def __init__(self, parties: Sequence[Party]) -> None:
        self.parties = parties
        self._by_id = {party.id: position for position, party in enumerate(parties)}
        self._by_name: dict[str, set[int]] = defaultdict(set)
        for position, party in enumerate(parties):
            for name in party.names:
                self._by_name[fold(name)].add(position)

    def find(self, name: str) -> int:
        """Return the position of the party with that name.

        Parameters
        ----------
        name
            An IRI, an identifier, or a whole label or alias (case, accents and width folded);
            ``~ren`` asks for a unique prefix.

        Raises
        ------
        NameNotFoundError
            If no party has the name; it carries the nearest names.
        AmbiguousNameError
            If several parties have it.
        """
        if name in self._by_id:
            return self._by_id[name]
        if name.startswith("~"):
            return self._one(name, self._with_prefix(fold(name[1:])))
        return self._one(name, self._by_name.get(fold(name), set()))

    def find_all(self, values: Sequence[str]) -> list[int]:
        """Return the positions of several parties; a value that is no name is split at commas."""
        found: list[int] = []
        for value in values:
            try:
                found.append(self.find(value))
            except NameNotFoundError:
                parts = [part.strip() for part in value.split(",") if part.strip()]
                if len(parts) < 2:  # noqa: PLR2004 - one part is the value itself
                    raise
                found += [self.find(part) for part in parts]
        return found

    def _with_prefix(self, prefix: str) -> set[int]:
        return {
            position
            for name, positions in self._by_name.items()
            if name.startswith(prefix)
            for position in positions
        }

    def _one(self, name: str, positions: set[int]) -> int:
        if not positions:
            raise NameNotFoundError(
                name,
                nearest_names(name, (alias for party in self.parties for alias in party.names)),
            )
        if len(positions) > 1:
            labels = sorted(self.parties[position].label for position in positions)
            if len(set(labels)) < len(labels):
                labels = sorted(self.parties[position].id for position in positions)
            raise AmbiguousNameError(name, labels)
        return next(iter(positions))
