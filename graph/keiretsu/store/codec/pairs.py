"""Values of the model as predicate and object: one small function for each type of value."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from rdflib import Literal, URIRef

from keiretsu.model import ID
from keiretsu.store import literals

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from keiretsu.model import PartialDate, Share

Node = URIRef | Literal
Pair = tuple[URIRef, Node]
Triple = tuple[URIRef, URIRef, Node]


def part_iri(*told: object) -> URIRef:
    """Return the IRI of a part of something: a former name, a participation, a proposed holding.

    It is made of what is said, so that writing the same twice gives the same node.

    Parameters
    ----------
    *told
        The IRI of the whole and everything that is said of the part.

    Examples
    --------
    >>> part_iri("event", "renault") == part_iri("event", "renault")
    True
    """
    text = "\x1f".join("" if one is None else str(one) for one in told)
    return URIRef(f"{ID}part/{hashlib.sha256(text.encode()).hexdigest()[:20]}")


def iris(predicate: URIRef, *values: str | None) -> Iterator[Pair]:
    """Yield a pair for each IRI that is given."""
    yield from ((predicate, literals.iri(value)) for value in values if value is not None)


def texts(*pairs: tuple[URIRef, str | None]) -> Iterator[Pair]:
    """Yield a pair for each text that is given."""
    yield from ((p, literals.text(value)) for p, value in pairs if value is not None)


def dates(*pairs: tuple[URIRef, PartialDate | None]) -> Iterator[Pair]:
    """Yield a pair for each date that is given."""
    yield from ((p, literals.date(value)) for p, value in pairs if value is not None)


def integers(*pairs: tuple[URIRef, int | None]) -> Iterator[Pair]:
    """Yield a pair for each whole number that is given."""
    yield from ((p, literals.integer(value)) for p, value in pairs if value is not None)


def decimals(*pairs: tuple[URIRef, Fraction | None]) -> Iterator[Pair]:
    """Yield a pair for each exact number that is given."""
    yield from ((p, literals.decimal(value)) for p, value in pairs if value is not None)


def booleans(*pairs: tuple[URIRef, bool | None]) -> Iterator[Pair]:
    """Yield a pair for each truth value that is given."""
    yield from ((p, literals.boolean(value)) for p, value in pairs if value is not None)


def flags(*pairs: tuple[URIRef, bool]) -> Iterator[Pair]:
    """Yield a pair for each flag that is up; a flag that is down is not written."""
    yield from ((p, literals.boolean(flag)) for p, flag in pairs if flag)


def percents(ends: tuple[URIRef, URIRef, URIRef, URIRef], share: Share | None) -> Iterator[Pair]:
    """Yield a share as percentages.

    Parameters
    ----------
    ends
        The properties for its least, its most, and whether each of these is left out.
    share
        The share, a fraction of one; None yields nothing.
    """
    if share is not None:
        least, most, least_open, most_open = ends
        yield from decimals((least, share.low * 100), (most, share.high * 100))
        yield from flags((least_open, share.low_open), (most_open, share.high_open))
