"""Parties that statements describe, as columns, and where those that they name stand in them."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from msgspec import UNSET

from keiretsu.formats.table.arrays import KINDS, UNTOLD
from keiretsu.formats.table.arrays.columns import NotPlainError
from keiretsu.model import PartyKind
from keiretsu.model.names import fold

if TYPE_CHECKING:
    from msgspec import UnsetType
    from numpy.typing import NDArray

    from keiretsu.formats.bods.arrays.statements import PartySays

_COUNTRY: Final = 2
_AT_ONCE: Final = 100_000
"""Texts that are held as objects before they go to Arrow."""
_KINDS: Final = {kind.value: number for number, kind in enumerate(KINDS)}


class Texts:
    """A column of texts, in Arrow as soon as there are many."""

    def __init__(self) -> None:
        self._parts: list[Any] = []
        self._some: list[str] = []

    def add(self, texts: list[str]) -> None:
        """Take the next texts."""
        self._some += texts
        if len(self._some) >= _AT_ONCE:
            self._put_away()

    def column(self) -> Any:  # noqa: ANN401 - an Arrow array
        """Return all that was taken."""
        import pyarrow as pa  # noqa: PLC0415 - heavy

        self._put_away()
        return pa.concat_arrays(self._parts)

    def _put_away(self) -> None:
        import pyarrow as pa  # noqa: PLC0415 - heavy

        self._parts.append(pa.array(self._some, pa.large_string()))
        self._some = []


class Parties:
    """Parties as they are described, in the order of the file."""

    def __init__(self) -> None:
        self._iris, self._labels, self._folded = Texts(), Texts(), Texts()
        self._form = array("i")
        self._codes: dict[tuple[Any, ...], int] = {}
        self._forms: list[tuple[int, bytes, int]] = []

    def take(self, parties: list[PartySays]) -> None:
        """Take the next parties.

        Raises
        ------
        NotPlainError
            If columns cannot hold what is told of one.
        """
        self._iris.add([one.id for one in parties])
        self._labels.add([one.label for one in parties])
        self._folded.add([fold(one.label) for one in parties])
        for one in parties:
            code = self._codes.get(key := (one.kind, one.jurisdiction, one.listed))
            if code is None:
                code = self._codes[key] = len(self._forms)
                self._forms.append(_form_of(one))
            self._form.append(code)

    def columns(self) -> tuple[Any, ...]:
        """Return IRIs, labels, folded labels, kinds, countries and listings, sorted by IRI.

        Raises
        ------
        NotPlainError
            If two statements tell of one party, and not the same.
        """
        import pyarrow as pa  # noqa: PLC0415 - heavy
        import pyarrow.compute as pc  # noqa: PLC0415 - heavy

        iris, labels = self._iris.column(), self._labels.column()
        order = pc.sort_indices(iris)
        iris, labels, folded = (one.take(order) for one in (iris, labels, self._folded.column()))
        forms = [*zip(*self._forms, strict=True)] or [(), (), ()]
        types: tuple[Any, ...] = (np.int8, "S2", np.int8)
        code = np.array(self._form, dtype=np.int32)[order.to_numpy()]
        told = [np.array(one, dtype=kind)[code] for one, kind in zip(forms, types, strict=True)]
        again = pc.equal(iris[1:], iris[:-1]).to_numpy(zero_copy_only=False)
        changes = pc.not_equal(labels[1:], labels[:-1]).to_numpy(zero_copy_only=False)
        for one in told:
            changes |= one[1:] != one[:-1]
        if (again & changes).any():
            raise NotPlainError
        fresh = np.append([True], ~again)[: len(code)]
        kept = pa.array(fresh)
        return *(one.filter(kept) for one in (iris, labels, folded)), *(one[fresh] for one in told)


def positions(names: Any, iris: Any) -> NDArray[np.int32]:  # noqa: ANN401 - Arrow arrays
    """Return where each name stands among the parties that are described.

    Raises
    ------
    NotPlainError
        If one does not.
    """
    import pyarrow.compute as pc  # noqa: PLC0415 - heavy

    found = pc.index_in(names, value_set=iris)
    if found.null_count:
        raise NotPlainError
    positions: NDArray[np.int32] = found.to_numpy().astype(np.int32, copy=False)
    return positions


def _form_of(one: PartySays) -> tuple[int, bytes, int]:
    """Return the kind, the country and the listing of a party as columns have them."""
    kind = _KINDS.get(told_text(one.kind) or PartyKind.PARTY.value)
    country = told_text(one.jurisdiction)
    is_code = country is None or (len(country) == _COUNTRY and country.isascii())
    if kind is None or not is_code or not (country or "AA").isalpha():
        raise NotPlainError
    listed = UNTOLD if one.listed is UNSET else int(one.listed)
    return kind, (country or "").encode(), listed


def told_text(text: str | UnsetType) -> str | None:
    """Return a text that is told; one that is empty is none that we write.

    Raises
    ------
    NotPlainError
        If it is empty.
    """
    if text == "":
        raise NotPlainError
    return None if text is UNSET else text
