"""Values of the model as RDF literals, and back.

Lexical forms are read, never rdflib's Python values: a percentage keeps the digits it was printed
with, and a year stays a year.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from math import gcd
from typing import Final

from rdflib import XSD, Literal, URIRef

from keiretsu.errors import InputError
from keiretsu.model import PartialDate

_DATE_TYPES: Final = (
    (re.compile(r"\d{4}-\d{2}-\d{2}"), XSD.date),
    (re.compile(r"\d{4}-\d{2}"), XSD.gYearMonth),
    (re.compile(r"\d{4}"), XSD.gYear),
)
_DECIMAL: Final = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
_INTEGER: Final = re.compile(r"[+-]?\d+")
_INTEGER_TYPES: Final = (
    XSD.integer,
    XSD.nonNegativeInteger,
    XSD.positiveInteger,
    XSD.long,
    XSD.int,
)
_BOOLEANS: Final = {"true": True, "1": True, "false": False, "0": False}
_MOST_DIGITS: Final = 1000


def text(value: str) -> Literal:
    """Return a plain string."""
    return Literal(value, normalize=False)


def boolean(value: bool) -> Literal:
    """Return an ``xsd:boolean``."""
    return Literal(str(value).lower(), datatype=XSD.boolean, normalize=False)


def integer(value: int) -> Literal:
    """Return an ``xsd:integer``."""
    return Literal(str(int(value)), datatype=XSD.integer, normalize=False)


def decimal(value: Fraction) -> Literal:
    """Return an exact ``xsd:decimal``, with at least one digit after the point.

    Raises
    ------
    InputError
        If the value has no finite decimal expansion, such as one third.

    Examples
    --------
    >>> str(decimal(Fraction(217, 5))), str(decimal(Fraction(15)))
    ('43.4', '15.0')
    """
    return Literal(decimal_text(value), datatype=XSD.decimal, normalize=False)


def decimal_text(value: Fraction) -> str:
    """Return the text of an exact decimal, see `decimal`."""
    return _decimal_text(value.numerator, value.denominator)


def percent_text(numerator: int, denominator: int) -> str:
    """Return the text of a fraction of one as a percentage, see `decimal`.

    Examples
    --------
    >>> percent_text(217, 500), percent_text(1, 2)
    ('43.4', '50.0')
    """
    hundredfold = 100 * numerator
    common = gcd(hundredfold, denominator)
    return _decimal_text(hundredfold // common, denominator // common)


def _decimal_text(numerator: int, denominator: int) -> str:
    """Return the decimal of a fraction in its lowest terms."""
    twos, rest = _strip(denominator, 2)
    fives, rest = _strip(rest, 5)
    if rest != 1:
        raise InputError(
            f"{numerator}/{denominator} has no finite decimal form",
            mend="state numbers of shares instead",
        )
    places = max(twos, fives, 1)
    digits = str(abs(numerator) * 10**places // denominator).rjust(places + 1, "0")
    sign = "-" if numerator < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}"


def _strip(number: int, prime: int) -> tuple[int, int]:
    power = 0
    while number % prime == 0:
        number, power = number // prime, power + 1
    return power, number


def date(value: PartialDate) -> Literal:
    """Return a partial date as ``xsd:date``, ``xsd:gYearMonth`` or ``xsd:gYear``."""
    lexical = str(value)
    datatype = next(kind for pattern, kind in _DATE_TYPES if pattern.fullmatch(lexical))
    return Literal(lexical, datatype=datatype, normalize=False)


def iri(value: str) -> URIRef:
    """Return an absolute IRI.

    Raises
    ------
    InputError
        If it is not one, or holds a character that no IRI may hold.
    """
    if not is_iri(value):
        raise InputError(f"{value[:80]!r} is not an absolute IRI", mend="write https://...")
    return URIRef(value)


_IRI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^<>\"{}|^`\\\x00-\x20\ud800-\udfff]*")


def is_iri(value: str) -> bool:
    """Whether `value` is an absolute IRI that can be written in every RDF syntax."""
    return _is_iri(value) if len(value) <= _USUAL else _IRI.fullmatch(value) is not None


_USUAL: Final = 200
"""Characters of IRIs that are remembered: each stands in several claims and records."""


@lru_cache(maxsize=65_536)
def _is_iri(value: str) -> bool:
    return _IRI.fullmatch(value) is not None


def read_date(literal: Literal) -> PartialDate:
    """Read a partial date; its datatype must fit its precision.

    Raises
    ------
    InputError
        If it is none.
    """
    lexical = str(literal)
    for pattern, datatype in _DATE_TYPES:
        if literal.datatype == datatype and pattern.fullmatch(lexical):
            return PartialDate.parse(lexical)
    raise InputError(
        f"{_shown(literal)} is not a date",
        mend='write "2019-09-03"^^xsd:date, "2019-09"^^xsd:gYearMonth or "2019"^^xsd:gYear',
    )


def read_decimal(literal: Literal) -> Fraction:
    """Read an ``xsd:decimal`` or ``xsd:integer`` exactly.

    Raises
    ------
    InputError
        If it is neither.
    """
    lexical = str(literal)
    fits = literal.datatype in (XSD.decimal, *_INTEGER_TYPES) and len(lexical) <= _MOST_DIGITS
    if not fits or not _DECIMAL.fullmatch(lexical):
        raise InputError(f"{_shown(literal)} is not a decimal number", mend="write it like 43.4")
    return Fraction(lexical)


def read_integer(literal: Literal) -> int:
    """Read an ``xsd:integer`` that is not negative.

    Raises
    ------
    InputError
        If it is not an integer, or negative.
    """
    lexical = str(literal)
    fits = literal.datatype in _INTEGER_TYPES and len(lexical) <= _MOST_DIGITS
    if not fits or not _INTEGER.fullmatch(lexical):
        raise InputError(f"{_shown(literal)} is not a whole number", mend="write it like 44358343")
    if int(lexical) < 0:
        raise InputError(f"{lexical} is negative", mend="a number of shares or votes is not")
    return int(lexical)


def read_boolean(literal: Literal) -> bool:
    """Read an ``xsd:boolean``.

    Raises
    ------
    InputError
        If it is not one.
    """
    if literal.datatype != XSD.boolean or str(literal) not in _BOOLEANS:
        raise InputError(f"{_shown(literal)} is not a boolean", mend="write true or false")
    return _BOOLEANS[str(literal)]


def read_text(literal: Literal) -> str:
    """Read a string, whatever its language.

    Raises
    ------
    InputError
        If it is a number, a date or another typed value.
    """
    if literal.datatype in (None, XSD.string, XSD.anyURI):
        return str(literal)
    raise InputError(f"{_shown(literal)} is not text", mend="write it between quotes")


def _shown(literal: Literal) -> str:
    kind = str(literal.datatype).rpartition("#")[2] if literal.datatype else "text"
    return f"{str(literal)[:60]!r} ({kind})"
