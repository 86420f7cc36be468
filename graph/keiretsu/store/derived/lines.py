"""Derived graphs as N-Quads: findings of one kind are filled into a form that one of them made.

The findings of a register differ in a few IRIs and percentages. One of each kind is written as any
statement is, with marks in these places; the others are its copies.
"""

from __future__ import annotations

from dataclasses import fields, replace
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from keiretsu.model import Share
from keiretsu.store.derived.findings import DerivedControl, DerivedShare, DerivedStake, rounded
from keiretsu.store.literals import decimal_text, is_iri
from keiretsu.store.syntax.forms import form_of
from keiretsu.store.syntax.trig import nquad

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib import URIRef

    from keiretsu.store.derived.findings import DerivedFinding
    from keiretsu.store.derived.graphs import DerivedGraph
    from keiretsu.store.syntax.forms import Fill

_FILLED: Final = (DerivedControl, DerivedShare, DerivedStake)
"""Findings of which there are as many as holdings; texts of law are in none of them."""
_NODE: Final = "urn:keiretsu:mark:node"
_PARTIES: Final = frozenset({"holder", "issuer", "controller", "company"})
_FIRST_MARK: Final = 12_345_601
"""Percentages of eight digits, which stand nowhere else in a form."""


def lines_of_graph(graph: DerivedGraph) -> Iterator[bytes]:
    """Yield a derived graph as N-Quads, a finding at a time.

    Raises
    ------
    InputError
        If a party or a claim has no absolute IRI.
    """
    yield "".join(f"{nquad((*triple, graph.name))}\n" for triple in graph.derivation()).encode()
    forms: dict[tuple[Any, ...], Fill] = {}
    for found in graph.findings:
        node = graph.node_of(found)
        iris, shares, kind = _taken_apart(found)
        if not isinstance(found, _FILLED) or not all(map(is_iri, iris)):
            yield _written(found, node, graph.name).encode()
            continue
        form = forms.get(kind)
        if form is None:
            form = forms[kind] = _form(found, graph.name)
        ends = [_percent(end) for share in shares for end in (share.low, share.high)]
        yield form(node, *iris, *ends).encode()


def _written(found: DerivedFinding, node: str, graph: URIRef) -> str:
    return "".join(f"{nquad((*triple, graph))}\n" for triple in found.triples(node))


def _taken_apart(found: DerivedFinding) -> tuple[list[str], list[Share], tuple[Any, ...]]:
    """Return the IRIs of a finding, its shares, and what else makes its form another."""
    parties, shares, rest = [], [], []
    for field in fields(found):  # type: ignore[arg-type]  # every finding is a dataclass
        value = getattr(found, field.name)
        if field.name in _PARTIES:
            parties.append(value)
        elif isinstance(value, Share):
            shares.append(_rounded(value))
        elif field.name != "claims":
            rest.append(value)
    iris = [*parties, *found.claims]
    open_ends = tuple((share.low_open, share.high_open) for share in shares)
    is_own = len(set(parties)) < len(parties)
    return iris, shares, (type(found), *rest, open_ends, is_own, len(found.claims))


def _form(found: DerivedFinding, graph: URIRef) -> Fill:
    """Return the form of a finding and of all of its kind."""
    named = [field.name for field in fields(found)]  # type: ignore[arg-type]
    parties = [name for name in named if name in _PARTIES]
    shares = [name for name in named if isinstance(getattr(found, name), Share)]
    marks = [_mark(place) for place in range(len(parties) + len(found.claims))]
    first = {getattr(found, name): marks[place] for place, name in reversed([*enumerate(parties)])}
    changes: dict[str, Any] = {name: first[getattr(found, name)] for name in parties}
    changes["claims"] = tuple(marks[len(parties) :])
    ends: list[str] = []
    for place, name in enumerate(shares):
        share = _rounded(getattr(found, name))
        low, high = (Fraction(_FIRST_MARK + 2 * place + end, 10**8) for end in (0, 1))
        changes[name] = Share(low, high, share.low_open, share.high_open)
        ends += [decimal_text(low * 100), decimal_text(high * 100)]
    marked = replace(found, **changes)  # type: ignore[type-var]
    return form_of(_written(marked, _NODE, graph), (_NODE, *marks, *ends))


def _mark(place: int) -> str:
    return f"urn:keiretsu:mark:{place}:"


_rounded = lru_cache(maxsize=200_000)(rounded)


@lru_cache(maxsize=200_000)
def _percent(end: Fraction) -> str:
    return decimal_text(end * 100)
