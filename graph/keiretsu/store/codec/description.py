"""One subject of a dataset, read with the types that the ontology gives to its properties."""

from __future__ import annotations

import re
from difflib import get_close_matches
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeVar
from urllib.parse import unquote

from rdflib import RDF, RDFS, Literal, URIRef

from keiretsu.errors import InputError, UnknownTermError
from keiretsu.model import Period, Share
from keiretsu.store import literals
from keiretsu.vocabulary import CODE, CODES, ONTOLOGY, TERMS, code

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from rdflib.term import Node

    from keiretsu.model import PartialDate
    from keiretsu.vocabulary import Ends

_NO_PARTS: Final[Mapping[URIRef, object]] = MappingProxyType({})

Code = TypeVar("Code", bound=StrEnum)
Value = TypeVar("Value")


class Description:
    """What a dataset says of one subject.

    It notes which properties were asked for, so that `finish` can refuse the ones that nobody
    knows: a misspelt property would otherwise be dropped without a word.

    Parameters
    ----------
    subject
        IRI, and the place named by every error.
    pairs
        Its properties and their values.
    parts
        Values of the model that nodes stand for, such as participations, by their IRI.
    """

    __slots__ = ("_parts", "_read", "_values", "subject")

    def __init__(
        self,
        subject: URIRef,
        pairs: Sequence[tuple[URIRef, Node]],
        parts: Mapping[URIRef, object] = _NO_PARTS,
    ) -> None:
        self.subject = subject
        self._parts = parts
        self._values: dict[URIRef, list[Node]] = {}
        self._read: set[URIRef] = {RDF.type}
        for predicate, value in pairs:
            self._values.setdefault(predicate, []).append(value)

    def fail(self, problem: str, *, mend: str = "") -> InputError:
        """Return the error that says what is wrong with this subject."""
        return InputError(problem, place=str(self.subject), mend=mend)

    def types(self) -> list[str]:
        """Return the local names of its classes that are ours; an unknown one is an error."""
        names = sorted(
            str(value)[len(ONTOLOGY) :]
            for value in self._values.get(RDF.type, ())
            if isinstance(value, URIRef) and value.startswith(ONTOLOGY)
        )
        for name in names:
            if name not in TERMS or not name[:1].isupper():
                raise unknown_term("class", name, str(self.subject))
        return names

    def many(self, predicate: URIRef) -> list[Node]:
        """Return every value of a property, sorted."""
        self._read.add(predicate)
        return sorted(self._values.get(predicate, ()), key=str)

    def one(self, predicate: URIRef) -> Node | None:
        """Return the only value of a property, or None.

        Raises
        ------
        InputError
            If there are several.
        """
        values = self.many(predicate)
        if len(values) > 1:
            raise self.fail(f"{_name(predicate)} has {len(values)} values", mend="keep one of them")
        return values[0] if values else None

    def iri(self, predicate: URIRef) -> str | None:
        """Return the only value, an IRI, or None."""
        value = self.one(predicate)
        return None if value is None else self._as_iri(predicate, value)

    def required_iri(self, predicate: URIRef) -> str:
        """Return the only value, an IRI; its absence is an error."""
        value = self.iri(predicate)
        if value is None:
            raise self.fail(f"{_name(predicate)} is missing", mend="add it")
        return value

    def iris(self, predicate: URIRef) -> tuple[str, ...]:
        """Return every value, all of them IRIs."""
        return tuple(self._as_iri(predicate, value) for value in self.many(predicate))

    def text(self, predicate: URIRef) -> str | None:
        """Return the only value as text, or None."""
        return self._literal(predicate, literals.read_text)

    def texts(self, predicate: URIRef) -> tuple[str, ...]:
        """Return the different texts of a property, sorted."""
        read = literals.read_text
        values = {self._convert(predicate, value, read) for value in self.many(predicate)}
        return tuple(sorted(values))

    def date(self, predicate: URIRef) -> PartialDate | None:
        """Return the only value as a partial date, or None."""
        return self._literal(predicate, literals.read_date)

    def dates(self, predicate: URIRef) -> list[PartialDate]:
        """Return every value as a partial date."""
        read = literals.read_date
        return [self._convert(predicate, value, read) for value in self.many(predicate)]

    def labels(self) -> list[str]:
        """Return its labels, best first: without a language, in English, then in order.

        A subject without one is labelled by the last part of its IRI.
        """

        def rank(value: Node) -> tuple[bool, bool, str]:
            language = value.language if isinstance(value, Literal) else None
            return bool(language), language != "en", str(value)

        values = sorted(self.many(RDFS.label), key=rank)
        read = literals.read_text
        labels = dict.fromkeys(self._convert(RDFS.label, value, read) for value in values)
        return list(labels) or [tail(str(self.subject))]

    def integer(self, predicate: URIRef) -> int | None:
        """Return the only value as a number that is not negative, or None."""
        return self._literal(predicate, literals.read_integer)

    def decimal(self, predicate: URIRef) -> Fraction | None:
        """Return the only value as an exact number, or None."""
        return self._literal(predicate, literals.read_decimal)

    def boolean(self, predicate: URIRef) -> bool | None:
        """Return the only value as a truth value, or None."""
        return self._literal(predicate, literals.read_boolean)

    def parts(self, predicate: URIRef, name: str, kind: type[Value]) -> Iterator[Value]:
        """Yield what the nodes that a property names stand for.

        Raises
        ------
        InputError
            If one is not described as the class called `name`.
        """
        for iri in self.iris(predicate):
            part = self._parts.get(URIRef(iri))
            if not isinstance(part, kind):
                raise self.fail(f"<{iri}> is not a kei:{name}", mend="describe it as one")
            yield part

    def share(self, ends: Ends) -> Share | None:
        """Return the range between two percentages as a share, None if neither is given.

        A missing end is open to 0 or to 100 %.
        """
        low, high, low_open, high_open = ends
        least, most = self.decimal(low), self.decimal(high)
        left, right = self.boolean(low_open) or False, self.boolean(high_open) or False
        if least is None and most is None:
            return None
        bottom = Fraction(0) if least is None else least / 100
        top = Fraction(1) if most is None else most / 100
        return self.checked(lambda: Share(bottom, top, left, right))

    def period(self, start: URIRef, end: URIRef) -> Period:
        """Return the period between two dates."""
        first, last = self.date(start), self.date(end)
        return self.checked(lambda: Period(first, last))

    def code(self, predicate: URIRef, code_list: str, default: Code) -> Code:
        """Return the only value as a code of the list, `default` if there is none."""
        notation = self._notation(predicate, code_list, self.one(predicate))
        return default if notation is None else type(default)(notation)

    def codes(self, predicate: URIRef, code_list: str) -> tuple[str, ...]:
        """Return the notations of every value, sorted."""
        found = (self._notation(predicate, code_list, value) for value in self.many(predicate))
        return tuple(notation for notation in found if notation is not None)

    def checked(self, make: Callable[[], Value]) -> Value:
        """Return what `make` makes; an error of the model is given this subject as its place."""
        try:
            return make()
        except InputError as error:
            raise type(error)(error.problem, place=str(self.subject), mend=error.mend) from None

    def finish(self, name: str, *, mend: str = "take it out") -> None:
        """Refuse properties of our namespace that were not asked for.

        Raises
        ------
        UnknownTermError
            If a property is not in the ontology.
        InputError
            If a property does not belong to what `name` says the subject is.
        """
        for predicate in sorted(self._values.keys() - self._read):
            if predicate.startswith(ONTOLOGY):
                local = str(predicate)[len(ONTOLOGY) :]
                if local not in TERMS or local[:1].isupper():
                    raise unknown_term("property", local, str(self.subject))
                raise self.fail(f"kei:{local} does not belong to {name}", mend=mend)

    def _as_iri(self, predicate: URIRef, value: Node) -> str:
        if not isinstance(value, URIRef):
            raise self.fail(f"{_name(predicate)} is not an IRI", mend="name it by its IRI")
        return str(value)

    def _literal(self, predicate: URIRef, read: Callable[[Literal], Value]) -> Value | None:
        value = self.one(predicate)
        return None if value is None else self._convert(predicate, value, read)

    def _convert(self, predicate: URIRef, value: Node, read: Callable[[Literal], Value]) -> Value:
        if not isinstance(value, Literal):
            raise self.fail(f"{_name(predicate)} is not a literal", mend="write a value")
        try:
            return read(value)
        except InputError as error:
            raise self.fail(f"{_name(predicate)}: {error.problem}", mend=error.mend) from None

    def _notation(self, predicate: URIRef, code_list: str, value: Node | None) -> str | None:
        if value is None:
            return None
        for notation in CODES[code_list]:
            if value == code(code_list, notation):
                return str(notation)
        shown = str(value).removeprefix(CODE)
        raise UnknownTermError(
            f"{_name(predicate)}: {shown!r} is not a code of the list {code_list!r}",
            place=str(self.subject),
            mend=f"use {', '.join(CODES[code_list])}",
        )


def tail(iri: str) -> str:
    """Return the last part of an IRI, the label of what nobody described."""
    return unquote(re.split(r"[/#]", iri.rstrip("/#"))[-1]) or iri


def unknown_term(kind: str, name: str, place: str) -> UnknownTermError:
    """Return the error for a class or property that the ontology does not have."""
    capital = kind == "class"
    known = sorted(term for term in TERMS if term[:1].isupper() is capital)
    nearest = get_close_matches(name, known, n=1, cutoff=0.6)
    mend = f"did you mean kei:{nearest[0]}" if nearest else "see ontology/keiretsu.ttl"
    return UnknownTermError(f"kei:{name} is not a {kind} of the ontology", place=place, mend=mend)


def _name(predicate: URIRef) -> str:
    if predicate == RDFS.label:
        return "rdfs:label"
    return f"kei:{predicate[len(ONTOLOGY) :]}" if predicate.startswith(ONTOLOGY) else str(predicate)
