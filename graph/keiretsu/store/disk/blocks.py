"""The N-Quads of a store's blocks: what is out of the ordinary, and plain ones by their place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from keiretsu.store.disk.filled.plain_text import PlainText
from keiretsu.store.disk.plain import CLAIM
from keiretsu.store.disk.whole.from_columns import beside
from keiretsu.vocabulary import ONTOLOGY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from keiretsu.store.disk.claims import DiskClaims

_SUBJECT: Final = re.compile(rb"^<([^>]*)>", re.MULTILINE)
_IRI: Final = re.compile(rb"<([^>]*)>")
_PART: Final = re.compile(
    rb"^<([^>]*)> <[^>]*#type> <%b(?:Participation|ProposedHolding|FormerName|Identifier)>"
    % ONTOLOGY.encode(),
    re.MULTILINE,
)
"""What is told of a thing in nodes of its own."""


class Blocks:
    """A settled store as blocks of N-Quads.

    Parameters
    ----------
    disk
        The store; its columns are held against their checksums.

    Attributes
    ----------
    places
        Place and size of each piece that is out of the ordinary (*odd*): all that columns do not
        hold. Each holds a party, a claim, or one thing of those that are about all.
    """

    def __init__(self, disk: DiskClaims) -> None:
        self._disk, self._columns = disk, disk.checked_columns
        self._text = PlainText()
        disk.check_claims()
        is_plain = self._columns.party["plain"] != 0
        whole = np.concatenate(
            [disk.index[~self._columns.is_plain, 2:], disk.parties[~is_plain, :2]]
        )
        several = [*disk.rest.tolist(), *beside(disk)]
        split = [piece for place in several for piece in self._split(*place)]
        places = np.concatenate([whole, np.array(split, dtype=np.int64).reshape(-1, 2)])
        places = places[places[:, 1] > 0]
        self.places: list[list[int]] = places[np.argsort(places[:, 0], kind="stable")].tolist()

    def _split(self, begin: int, size: int) -> Iterator[tuple[int, int]]:
        """Yield place and size of all that is said of each subject in some text of sorted lines."""
        text, start, last = self._disk.text(begin, size), 0, b""
        for found in _SUBJECT.finditer(text):
            if found[1] != last:
                if found.start() > start:
                    yield begin + start, found.start() - start
                start, last = found.start(), found[1]
        if size > start:
            yield begin + start, size - start

    def odd(self) -> Iterator[bytes]:
        """Yield all pieces that are out of the ordinary, in the order of the file."""
        return (self._disk.text(*place) for place in self.places)

    def untold(self) -> Iterator[bytes]:
        """Yield those of them that columns do not tell either."""
        disk, columns = self._disk, self._columns
        rows, parties = np.arange(len(disk.index)), np.arange(disk.party_count)
        told = set(disk.index[disk.tells(rows) & ~columns.is_plain, 2].tolist())
        is_told = disk.tells_of(parties) & (columns.party["plain"] == 0)
        told |= set(disk.parties[is_told, 0].tolist())
        return (disk.text(*place) for place in self.places if place[0] not in told)

    def holding(self, row: int) -> bytes:
        """Return a plain holding, by its place in the index."""
        written = self._disk.text(*self._disk.index[row, 2:])
        return written or self._text.holding(self._disk.holding(row))

    def party(self, number: int) -> bytes:
        """Return a party, plain or not."""
        written = self._disk.party_block(number)
        if written or not self._columns.party["plain"][number]:
            return written
        return self._text.party(self._columns.party_of(number))

    def rows_of_claims(self, iris: set[bytes]) -> NDArray[np.int64]:
        """Return the places in the index of those plain holdings that have one of some IRIs."""
        head = CLAIM.encode()
        wanted = []
        for iri in sorted(iris):
            if iri.startswith(head) and len(iri) == len(head) + 2 * self._columns.ids.shape[1]:
                try:
                    wanted.append(bytes.fromhex(iri.removeprefix(head).decode()))
                except ValueError:
                    continue
        if not wanted:
            return np.zeros(0, dtype=np.int64)
        ids = np.ascontiguousarray(self._columns.ids)
        whole = ids.view(f"V{ids.shape[1]}").ravel()
        asked = np.frombuffer(b"".join(wanted), dtype=whole.dtype)
        found = np.isin(whole.view(f"S{ids.shape[1]}"), asked.view(f"S{ids.shape[1]}"))
        return np.flatnonzero(found & self._columns.is_plain)


class Context:
    """What is said of things that are named in a part, and told elsewhere.

    Parameters
    ----------
    disk, blocks
        The store, and its blocks.
    """

    def __init__(self, disk: DiskClaims, blocks: Blocks) -> None:
        self._disk, self._blocks = disk, blocks
        self._odd: dict[bytes, list[int]] = {}
        self._parts: set[bytes] = set()
        for place in blocks.places:
            if place[0] >= disk.parties_end:
                text = disk.text(*place)
                self._odd |= dict.fromkeys(subjects_of(text), place)
                self._parts |= {found[1] for found in _PART.finditer(text)}

    def of(self, iris: set[bytes]) -> bytes:
        """Return the N-Quads of all that is told of some IRIs, with the parts of these."""
        text = self._of(iris)
        parts = named_in(text) & self._parts - iris
        return text + self._of(parts) if parts else text

    def _of(self, iris: set[bytes]) -> bytes:
        texts, elsewhere = [], set()
        for iri in sorted(iris):
            number = self._disk.number_of(iri.decode())
            if number is not None:
                texts.append(self._blocks.party(number))
            elif iri in self._odd:
                texts.append(self._disk.text(*self._odd[iri]))
            else:
                elsewhere.add(iri)
        texts += map(self._blocks.holding, self._blocks.rows_of_claims(elsewhere).tolist())
        return b"".join(dict.fromkeys(texts))

    def form_of(self, text: bytes) -> bytes:
        """Return what a claim says, with marks for its own IRI and the parties that it names.

        Claims of one form differ in these alone: a party that is described is as good as another.
        """
        marks = {next(_SUBJECT.finditer(text))[1]: b"<>"}

        def mark(found: re.Match[bytes]) -> bytes:
            iri = found[1]
            if iri not in marks:
                marks[iri] = b"<%d>" % len(marks) if self._is_party(iri) else found[0]
            return marks[iri]

        return _IRI.sub(mark, text)

    def _is_party(self, iri: bytes) -> bool:
        """Return whether an IRI is that of a party which is described."""
        number = self._disk.number_of(iri.decode())
        return number is not None and bool(self._blocks.party(number))


def in_parts(texts: Iterable[bytes], size: int) -> Iterator[bytes]:
    """Yield texts joined to parts of at least so many bytes, the last excepted."""
    gathered = bytearray()
    for text in texts:
        gathered += text
        if len(gathered) >= size:
            yield bytes(gathered)
            gathered.clear()
    if gathered:
        yield bytes(gathered)


def subjects_of(text: bytes) -> set[bytes]:
    """Return the IRIs of which some N-Quads tell."""
    return set(_SUBJECT.findall(text))


def named_in(text: bytes) -> set[bytes]:
    """Return all IRIs in some N-Quads; in a literal, too, where one stands in brackets."""
    return set(_IRI.findall(text))
