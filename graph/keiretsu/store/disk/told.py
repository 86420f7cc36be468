"""What is out of the ordinary, told beside the columns: read as objects without its RDF.

A holding that columns do not hold whole (it has votes, another interest, is indirect, takes the
place of another) is a row of codes: its shares and term are those of the plain ones, and a text
tells the rest, of which most registers have few. A party that says more has a text of what it says
beyond its columns. The N-Quads stay what is exported and searched; several values, which RDF keeps
in no order, are told in the one in which they are read from it.
"""

from __future__ import annotations

import functools
import json
from array import array
from bisect import bisect_left
from dataclasses import fields, replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from keiretsu.formats.model_json import from_plain, to_plain
from keiretsu.model import Holding, Party, PartyKind
from keiretsu.store.disk.plain import COUNTRY, fits_in_columns, is_hashed, is_plain_party
from keiretsu.store.disk.texts import Texts, mapped, write_texts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from keiretsu.model import Claim

    Integers = NDArray[Any]

TOLD, BEYOND = "told.npy", "beyond.npy"
_MORE, _BEYOND = "more", "beyond-texts"
NOTHING: Final = -1
"""Code of what is not told."""
_CACHED: Final = 100_000
_IN_COLUMNS: Final = {
    *("id", "holder", "issuer", "capital", "votes", "place"),
    *("period", "document", "record", "status", "sourcing", "known_from"),
}
_MORE_FIELDS: Final = tuple(one.name for one in fields(Holding) if one.name not in _IN_COLUMNS)
_more_of = attrgetter(*_MORE_FIELDS)
_BARE: Final = Holding(id="", document="", holder="", issuer="")
_NAMELESS: Final = Party(id="", label="")
_SEVERAL: Final = ("supersedes", "via", "unsourced_fields")
_SEVERAL_OF_PARTIES: Final = ("aliases", "former_names", "identifiers", "nationalities")
_OF_BARE, _OF_NAMELESS = to_plain(_BARE), to_plain(_NAMELESS)


class ToldHoldings(NamedTuple):
    """Holdings out of the ordinary.

    Parameters
    ----------
    rows
        Their places in the index, then codes of their capital, votes, term and of the rest: a row
        of numbers for each of these five, sorted by place.
    more
        The texts of the rest.
    """

    rows: Integers
    more: Sequence[str]


NO_HOLDINGS: Final = ToldHoldings(np.zeros((5, 0), dtype=np.int32), ())


def can_be_told(claim: Claim, parties: Mapping[str, Party]) -> bool:
    """Return whether a claim is a holding that is read from its codes as it is from its RDF."""
    return (
        isinstance(claim, Holding)
        and claim.document != ""
        and all(one is None or fits_in_columns(one) for one in (claim.capital, claim.votes))
        and all(one in parties for one in (claim.holder, claim.issuer, *claim.via))
        and is_hashed(claim.id)
    )


class ToldWriter:
    """Gathers holdings out of the ordinary, whose shares and terms others number."""

    def __init__(self) -> None:
        self._rows, self._texts = array("i"), dict[str, int]()
        self._known = dict[tuple[Any, ...], int]()

    def add(self, place: int, capital: int, votes: int, term: int, claim: Holding) -> None:
        """Take a holding that stands at a place, with the codes of its shares and its term."""
        rest = _more_of(_as_read(claim, _SEVERAL))
        code = self._known.get(rest)
        if code is None:
            if len(self._known) >= _CACHED:
                self._known.clear()
            bare = replace(_BARE, **dict(zip(_MORE_FIELDS, rest, strict=True)))
            code = self._known[rest] = self._texts.setdefault(
                _text(bare, _OF_BARE), len(self._texts)
            )
        self._rows.extend((place, capital, votes, term, code))

    def gathered(self, order: Integers) -> ToldHoldings:
        """Return all of them; `order` tells which place stands where in the index."""
        rows = np.array(self._rows, dtype=np.int32).reshape(-1, 5).T
        where = np.empty(len(order), dtype=np.int32)
        where[order] = np.arange(len(order), dtype=np.int32)
        rows[0] = where[rows[0]]
        return ToldHoldings(rows[:, np.argsort(rows[0])], list(self._texts))


def write_told(folder: Path, told: ToldHoldings) -> None:
    """Write holdings whose rests are numbered by where they first stand."""
    np.save(folder / TOLD, np.ascontiguousarray(told.rows))
    write_texts(folder, _MORE, told.more)


def write_beyond(folder: Path, parties: Mapping[str, Party], iris: Sequence[str]) -> None:
    """Write what parties say beyond their columns."""
    codes = np.full(len(iris), NOTHING, dtype=np.int32)
    texts: dict[str, int] = {}
    for number, iri in enumerate(iris):
        party = parties.get(iri)
        if party is None or is_plain_party(party):
            continue
        if party.acts_for is None or party.acts_for in parties:
            codes[number] = texts.setdefault(_beyond(party), len(texts))
    write_codes_beyond(folder, codes, list(texts))


def write_codes_beyond(folder: Path, codes: Integers, texts: Sequence[str]) -> None:
    """Write per party a code of what it says beyond its columns, and what the codes stand for."""
    np.save(folder / BEYOND, codes)
    write_texts(folder, _BEYOND, texts)


def _beyond(party: Party) -> str:
    """Return what a party says beyond its columns, as it is read from RDF."""
    told = replace(
        party,
        id="",
        label="",
        kind=PartyKind.PARTY,
        listed=None,
        remainder=None,
        jurisdiction=None if _is_country(party.jurisdiction) else party.jurisdiction,
        aliases=tuple(one for one in party.aliases if one != party.label),
    )
    return _text(_as_read(told, _SEVERAL_OF_PARTIES), _OF_NAMELESS)


def _as_read(value: Any, several: Sequence[str]) -> Any:  # noqa: ANN401 - a value of the model
    """Return a value with some fields in the order in which they are read."""
    told = {name: getattr(value, name) for name in several}
    found = {name: tuple(sorted({*one})) for name, one in told.items() if len(one) > 1}
    return replace(value, **found) if found else value


def _text(value: Claim | Party, always: Mapping[str, Any]) -> str:
    """Return what is said beyond what is always said, as text; `_read` gives the value again."""
    beyond = {name: one for name, one in to_plain(value).items() if always.get(name) != one}
    return json.dumps(beyond, ensure_ascii=False, separators=(",", ":"))


def _read(text: str, always: Mapping[str, Any]) -> Any:  # noqa: ANN401 - a value of the model
    return from_plain({**always, **json.loads(text)})


def _is_country(code: str | None) -> bool:
    return code is not None and len(code) == COUNTRY


class Told:
    """What is told beside the columns of a folder.

    Parameters
    ----------
    folder
        The folder; None where columns are of an earlier layout, and nothing is told.
    parties
        How many parties there are.
    """

    def __init__(self, folder: Path | None, parties: int) -> None:
        if folder is None:
            self.rows, self._more = NO_HOLDINGS.rows, None
            self.beyond, self._beyond = np.full(parties, NOTHING, dtype=np.int32), None
        else:
            self.rows, self._more = mapped(folder / TOLD), Texts(folder, _MORE)
            self.beyond, self._beyond = mapped(folder / BEYOND), Texts(folder, _BEYOND)

    def among(self, rows: Integers) -> NDArray[np.bool_]:
        """Tell of some places in the index whether what stands there is told."""
        known = self.rows[0]
        rows = rows.astype(np.int32)
        found = np.searchsorted(known, rows)
        there: NDArray[np.bool_] = found < len(known)
        there[there] = known[found[there]] == rows[there]
        return there

    def codes_at(self, row: int) -> list[int]:
        """Return the codes of the holding at a place in the index: shares, term and the rest."""
        found = bisect_left(self.rows[0], row)
        codes: list[int] = self.rows[1:, found].tolist()
        return codes

    @functools.cached_property
    def rest(self) -> Any:  # noqa: ANN401 - a cached function
        """Return the fields that a code of the rest stands for, by their names."""

        @functools.lru_cache(maxsize=_CACHED)
        def rest(code: int) -> dict[str, Any]:
            assert self._more is not None  # noqa: S101 - for the type checker: something is told
            bare = _read(self._more[code], _OF_BARE)
            return dict(zip(_MORE_FIELDS, _more_of(bare), strict=True))

        return rest

    @functools.cached_property
    def said_beyond(self) -> Any:  # noqa: ANN401 - a cached function
        """Return a party without a name that says what a code of `beyond` stands for."""

        @functools.lru_cache(maxsize=_CACHED)
        def said(code: int) -> Party:
            if code == NOTHING:
                return _NAMELESS
            assert self._beyond is not None  # noqa: S101 - for the type checker: something is told
            party: Party = _read(self._beyond[code], _OF_NAMELESS)
            return party

        return said
