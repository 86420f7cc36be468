"""A plain table in arrays: what it is, and how its columns become it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from keiretsu.errors import InputError
from keiretsu.formats.table.arrays.columns import NotPlainError, read_columns
from keiretsu.formats.table.arrays.hashes import claim_hashes
from keiretsu.formats.table.arrays.parties import KINDS, UNTOLD, read_parties
from keiretsu.formats.table.arrays.said import Said, read_said, read_shares
from keiretsu.formats.table.arrays.shares import Shares
from keiretsu.formats.table.arrays.sums import cautions_together
from keiretsu.formats.table.parties import file_document
from keiretsu.formats.tally import Tally

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from keiretsu.model import Caution, Document

__all__ = ["KINDS", "UNTOLD", "PlainTable", "read_arrays"]


class PlainTable(NamedTuple):
    """A table of plain holdings in arrays.

    Parameters
    ----------
    documents
        What rows cite, sorted by IRI.
    iris, labels, folded
        Arrow arrays of text: each party's IRI, label and folded label, sorted by IRI.
    kinds
        Per party, the place of its kind among `KINDS`.
    countries
        Per party, the two letters of its country, or none.
    listed
        Per party, whether it is listed; `UNTOLD` if no row tells.
    holder, issuer
        Per row, positions of parties.
    share, term
        Per row, positions in `shares` and `terms`.
    ids
        Per row, the ten bytes of the claim's hash.
    shares, terms
        What stands in cells, each once: shares of capital; and when, in which document and table,
        and how well it is said, and from when it was known.
    cautions
        What was assumed.
    """

    documents: tuple[Document, ...]
    iris: Any
    labels: Any
    folded: Any
    kinds: NDArray[np.int8]
    countries: NDArray[np.bytes_]
    listed: NDArray[np.int8]
    holder: NDArray[np.int32]
    issuer: NDArray[np.int32]
    share: NDArray[np.int32]
    term: NDArray[np.int32]
    ids: NDArray[np.uint8]
    shares: Shares
    terms: list[Said]
    cautions: tuple[Caution, ...]


def read_arrays(data: bytes, name: str, tally: Tally | None = None) -> PlainTable | None:
    r"""Read a table as arrays.

    Parameters
    ----------
    data
        The bytes of the file.
    name
        Its name.
    tally
        Told how far it has come.

    Returns
    -------
    PlainTable or None
        The holdings; None if the table is to be read row by row, or pyarrow is not installed.

    Examples
    --------
    >>> table = read_arrays(b"holder,issuer,capital_percent\nA,B,50.1\nB,C,25-50\n", "t.csv")
    >>> table.labels.to_pylist(), [str(share) for share in table.shares]
    (['A', 'B', 'C'], ['50.1 %', '[25, 50] %'])
    >>> read_arrays(b"holder,issuer,capital_percent\nA,B,much\n", "t.csv") is None
    True
    """
    try:
        return _read(data, name, tally or Tally())
    except (NotPlainError, InputError, ImportError):
        return None


def _read(data: bytes, name: str, tally: Tally) -> PlainTable:
    columns = read_columns(data, name)
    file = file_document(data, name)
    del data
    share, shares = read_shares(columns.codes["capital_percent"])
    said = read_said(columns.codes, columns.rows, file)
    tally.begin(2 * columns.rows)
    parties = read_parties(columns, tally)
    cautions = (*columns.cautions, *cautions_together(parties, said, share, shares))
    ids = claim_hashes(parties, said, tally)
    return PlainTable(
        said.documents,
        parties.iris,
        parties.labels,
        parties.folded,
        parties.kinds,
        parties.countries,
        parties.listed,
        parties.holder,
        parties.issuer,
        share,
        said.code,
        ids,
        Shares.of(shares),
        said.terms,
        cautions,
    )
