"""Each party, document and claim of a store by itself: shapes, terms, and whether it can be read.

Claims and parties of a register come in a few *forms*: those of one differ in their IRIs, labels
and, where columns hold them, percentages and dates alone, and nothing that is checked looks at more
of these than whether a party is described, a percentage lies between nothing and all, and how
precise a date is. So one of each form
is checked, and the others where something was found in it. All are checked in parts, each with what
it names beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from keiretsu.store.disk.blocks import Blocks, Context, in_parts, named_in, subjects_of
from keiretsu.store.disk.filled.plain_text import is_fillable
from keiretsu.store.syntax.parse import parse_statements
from keiretsu.store.validation import validate_statements

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from keiretsu.model import Finding
    from keiretsu.store.disk.claims import DiskClaims

_PART: Final = 1 << 20
"""Bytes of N-Quads that are checked at once, beside those of what they name."""
_FORM: Final = ("kind", "listed", "remainder", "country")


def checked_alone(disk: DiskClaims) -> list[Finding]:
    """Return what `keiretsu.store.validation.validate_statements` finds in a store, in parts.

    Parameters
    ----------
    disk
        A settled store.

    Returns
    -------
    list of Finding
        Those of the whole, placed at ``STORE: <IRI>``, sorted.
    """
    checks = _Checks(disk)
    checks.plain_parties()
    checks.plain_holdings()
    checks.odd()
    return sorted(checks.found, key=lambda one: (one.place, one))


class _Checks:
    """Checks what a store holds, and gathers what is found.

    Parameters
    ----------
    disk
        The store.
    """

    def __init__(self, disk: DiskClaims) -> None:
        self._disk, self._blocks = disk, Blocks(disk)
        self._context = Context(disk, self._blocks)
        self.found: set[Finding] = set()

    def plain_parties(self) -> None:
        """Check a plain party of each form, and all whose labels are escaped."""
        columns, iri = self._disk.columns, self._disk.iri
        numbers = np.flatnonzero(columns.party["plain"])
        _, first, form = np.unique(
            columns.party[list(_FORM)][numbers], return_index=True, return_inverse=True
        )
        self._of_forms(numbers, first, form, self._blocks.party, iri)
        escaped = (one for one in numbers.tolist() if not is_fillable("urn:x", columns.label(one)))
        self._check(map(self._blocks.party, escaped))

    def plain_holdings(self) -> None:
        """Check a plain holding of each form, and all that are of no share."""
        columns, index = self._disk.columns, self._disk.index
        rows = np.flatnonzero(columns.is_plain)
        kinds, wrong = _forms(columns.shares)
        own = index[rows, 0] == index[rows, 1]
        told = columns.forms_of_terms[columns.term[rows]] << 8
        told |= kinds[columns.share[rows]] << 1 | own
        _, first, form = np.unique(told, return_index=True, return_inverse=True)
        self._of_forms(rows, first, form, self._blocks.holding, columns.id_of)
        self._check(map(self._blocks.holding, rows[wrong[columns.share[rows]]].tolist()))

    def _of_forms(
        self,
        numbers: NDArray[np.int64],
        first: NDArray[np.int64],
        form: NDArray[np.int64],
        text_of: Callable[[int], bytes],
        iri_of: Callable[[int], str],
    ) -> None:
        ones = numbers[first].tolist()
        faulty = self._check(map(text_of, ones))
        again = [place for place, one in enumerate(ones) if iri_of(one) in faulty]
        self._check(map(text_of, numbers[np.isin(form.ravel(), again)].tolist()))

    def odd(self) -> None:
        """Check what columns do not hold; of claims about an issuer one of each form."""
        about = set(self._disk.index[~self._disk.columns.is_plain, 2].tolist())
        forms: dict[bytes, str] = {}

        def ones() -> Iterator[bytes]:
            for place in self._blocks.places:
                text = self._disk.text(*place)
                if place[0] in about:
                    form = self._context.form_of(text)
                    if form in forms:
                        continue
                    forms[form] = next(iter(subjects_of(text))).decode()
                yield text

        faulty = self._check(ones())
        again = {form for form, subject in forms.items() if subject in faulty}
        texts = (self._disk.text(*place) for place in self._blocks.places if place[0] in about)
        if again:
            self._check(text for text in texts if self._context.form_of(text) in again)

    def _check(self, texts: Iterator[bytes]) -> set[str]:
        """Check some blocks; return the IRIs of those in which something was found."""
        faulty = set()
        for part in in_parts(texts, _PART):
            own = subjects_of(part)
            said = parse_statements(
                part + self._context.of(named_in(part) - own), "nquads", self._disk.path
            )
            concerned = {f"{self._disk.path}: <{one.decode()}>": one.decode() for one in own}
            for one in validate_statements(said, self._disk.path):
                if one.place in concerned:
                    faulty.add(concerned[one.place])
                    self.found.add(one)
        return faulty


def _forms(shares: NDArray[Any]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return of each share what is asked of it, and whether it is not between nothing and all."""
    low, unit, high, high_unit = (shares[name] for name in ("low", "low_unit", "high", "high_unit"))
    is_point = (low == high) & (unit == high_unit)
    asked = (shares["low_open"], shares["high_open"], is_point, low == 0, high == high_unit)
    form = sum(flag.astype(np.int64) << place for place, flag in enumerate(asked))
    reversed_ = low / unit > high / high_unit
    return np.asarray(form, dtype=np.int64), (low < 0) | (high > high_unit) | reversed_
