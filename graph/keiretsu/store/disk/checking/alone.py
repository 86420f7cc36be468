"""Each party, document and claim of a store by itself: shapes, terms, and whether it can be read.

What is out of the ordinary is checked in parts, each with what it names beside it. Of plain parties
and holdings, which differ from each other in IRIs, a label and two percentages alone, one of each
form is: the others say the same in the same words, and nothing that is checked looks at more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from keiretsu.store.disk.blocks import Blocks, Context, in_parts, named_in, subjects_of
from keiretsu.store.disk.plain_text import is_fillable
from keiretsu.store.syntax.parse import parse_statements
from keiretsu.store.validation import validate_statements

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    blocks = Blocks(disk)
    context = Context(disk, blocks)
    found: set[Finding] = set()
    for part in in_parts(_checked(disk, blocks), _PART):
        own = subjects_of(part)
        said = parse_statements(part + context.of(named_in(part) - own), "nquads", disk.path)
        concerned = {f"{disk.path}: <{subject.decode()}>" for subject in own}
        found |= {one for one in validate_statements(said, disk.path) if one.place in concerned}
    return sorted(found, key=lambda one: (one.place, one))


def _checked(disk: DiskClaims, blocks: Blocks) -> Iterator[bytes]:
    """Yield all that is to be checked."""
    yield from blocks.odd()
    yield from map(blocks.party, _parties_of_each_form(disk))
    yield from map(blocks.holding, _holdings_of_each_form(disk).tolist())


def _parties_of_each_form(disk: DiskClaims) -> list[int]:
    """Return the numbers of a plain party of each form, and of all whose labels are escaped."""
    columns = disk.columns
    plain = np.flatnonzero(columns.party["plain"])
    _, first = np.unique(columns.party[list(_FORM)][plain], return_index=True)
    escaped = [
        number for number in plain.tolist() if not is_fillable("urn:x", columns.label(number))
    ]
    return sorted({*plain[first].tolist(), *escaped})


def _holdings_of_each_form(disk: DiskClaims) -> NDArray[np.int64]:
    """Return the places of a plain holding of each form, and of all with an odd percentage."""
    columns = disk.columns
    rows = np.flatnonzero(columns.is_plain)
    form, wrong = _forms(columns.shares)
    own = disk.index[rows, 0] == disk.index[rows, 1]
    told = (columns.term[rows].astype(np.int64) << 8) | form[columns.share[rows]] << 1 | own
    _, first = np.unique(told, return_index=True)
    return np.union1d(rows[first], rows[wrong[columns.share[rows]]])


def _forms(shares: NDArray[Any]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return of each share what is asked of it, and whether it is not between nothing and all."""
    low, unit, high, high_unit = (shares[name] for name in ("low", "low_unit", "high", "high_unit"))
    is_point = (low == high) & (unit == high_unit)
    asked = (shares["low_open"], shares["high_open"], is_point, low == 0, high == high_unit)
    form = sum(flag.astype(np.int64) << place for place, flag in enumerate(asked))
    reversed_ = low / unit > high / high_unit
    return np.asarray(form, dtype=np.int64), (low < 0) | (high > high_unit) | reversed_
