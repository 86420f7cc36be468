"""All that a settled store says in a syntax of RDF, in memory that does not grow with it.

Each subject's text is made apart: of what is plain it is a form that is filled, of the rest it is
made of its statements by the same function as in memory. The texts are then sorted, in parts that
lie on disk, and put together.
"""

from __future__ import annotations

from itertools import chain
from typing import IO, TYPE_CHECKING, Final

from keiretsu.errors import InputError
from keiretsu.formats.sorted_lines import SortedLines
from keiretsu.store.disk.blocks import in_parts
from keiretsu.store.disk.filled.plain_text import (
    MARKED_LABEL,
    MARKED_PERCENTS,
    MARKS,
    FormsOfHoldings,
    PlainText,
    marked_party,
)
from keiretsu.store.disk.whole.in_order import nquads_in_order, odd_in_order
from keiretsu.store.disk.whole.plain_rows import PlainRows
from keiretsu.store.syntax.by_subject import Block, blocks_by_subject
from keiretsu.store.syntax.forms import form_of
from keiretsu.store.syntax.parse import parse_statements
from keiretsu.store.syntax.subjects import SUBJECT_SYNTAXES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from keiretsu.formats.table.arrays.said import Said
    from keiretsu.model import Party, Share
    from keiretsu.store.disk.claims import DiskClaims
    from keiretsu.store.syntax.forms import Fill
    from keiretsu.store.syntax.subjects import SubjectSyntax

_AT_ONCE: Final = 64 << 20
_PART: Final = 1 << 20
_BETWEEN, _NEWLINE, _KEY = "\x01", "\x02", "\x03"
"""What ends a key, and what stands for newlines in a text and for a key; no syntax writes them."""


def write_syntax(disk: DiskClaims, syntax: str, stream: IO[bytes]) -> None:
    """Write all that a settled store says.

    Parameters
    ----------
    disk
        A store in which nothing is left to be settled; it is held against its checksums.
    syntax
        One of `keiretsu.store.export.SYNTAXES`.
    stream
        Gets what `keiretsu.store.export.rdf_text` returns of the same in memory.

    Raises
    ------
    InputError
        If the store is damaged, or the syntax cannot write what it says.
    """
    if syntax == "nquads":
        stream.writelines(nquads_in_order(disk))
    elif syntax == "ntriples":
        stream.writelines(map(_without_graphs, nquads_in_order(disk)))
    else:
        stream.writelines(part.encode() for part in _texts(disk, SUBJECT_SYNTAXES[syntax]))


def _without_graphs(nquads: bytes) -> bytes:
    lines = {line[: line.rindex(b" <")] for line in nquads.splitlines()}
    return b"".join([line + b" .\n" for line in sorted(lines)])


def _texts(disk: DiskClaims, syntax: SubjectSyntax) -> Iterator[str]:
    rows = PlainRows(disk, _SyntaxForms(syntax))
    with SortedLines(_AT_ONCE) as lines:
        odd = (one for text in in_parts(odd_in_order(disk), _PART) for one in _lines(text, syntax))
        lines.add(line.encode() for line in chain(rows.parties(), rows.holdings(), odd))
        yield from syntax.text_of(map(_read, lines))


def _read(line: bytes) -> Block:
    graph, subject, text = line[:-1].decode().split(_BETWEEN)
    return Block(graph, subject, text.replace(_NEWLINE, "\n"))


def _lines(nquads: bytes, syntax: SubjectSyntax) -> Iterator[str]:
    """Yield a line for each subject of some N-Quads, in each of its graphs."""
    said = parse_statements(nquads, "nquads", "store")
    each_once = dict.fromkeys(
        (s, p, o, graph if syntax.has_graphs else None) for s, p, o, graph in said
    )
    for block in blocks_by_subject(each_once, syntax.block, key=lambda iri: syntax.key(str(iri))):
        yield _BETWEEN.join(block).replace("\n", _NEWLINE) + "\n"


class _SyntaxForms:
    """Makes lines of plain parties and holdings, each kind's form made once by the syntax."""

    def __init__(self, syntax: SubjectSyntax) -> None:
        self._syntax, self._text = syntax, PlainText()
        self._holdings = FormsOfHoldings(self._holding)

    def form_of_party(self, party: Party) -> Fill:
        """Return what makes a line of the IRI and the label of a party of such a kind."""
        (line,) = _lines(marked_party(party).encode(), self._syntax)
        fill = self._form(line, MARKS[:1], (MARKED_LABEL,))
        key, iri, label = self._syntax.key, self._syntax.iri, self._syntax.label
        return lambda party, name: fill(key(party), iri(party), label(name))

    def form_of_holding(self, said: Said, share: Share) -> Fill:
        """Return what makes a line of a holding's IRI, holder, issuer, and two percentages."""
        fill = self._holdings.of(said, share)
        key, iri = self._syntax.key, self._syntax.iri
        return lambda claim, holder, issuer, low, high: fill(
            key(claim), iri(claim), iri(holder), iri(issuer), low, high
        )

    def _holding(self, nquads: str, dates: Sequence[str]) -> Fill | None:
        (line,) = _lines(nquads.encode(), self._syntax)
        if any(line.count(date) != 1 for date in dates):
            return None
        return self._form(line, MARKS, (*MARKED_PERCENTS, *dates))

    def escaped_party(self, party: Party) -> str:
        """Return the line of a party in which something is to be escaped."""
        (line,) = _lines(self._text.escaped_party(party).encode(), self._syntax)
        return line

    def _form(self, line: str, iris: tuple[str, ...], others: tuple[str, ...]) -> Fill:
        """Return a marked line as a form: its key, then what is marked."""
        graph, _, text = line.split(_BETWEEN)
        written = (*map(self._syntax.iri, iris), *others)
        if any(mark not in text for mark in written):
            raise InputError("a form has lost its marks", mend="report this as a defect")
        return form_of(_BETWEEN.join((graph, _KEY, text)), (_KEY, *written))
