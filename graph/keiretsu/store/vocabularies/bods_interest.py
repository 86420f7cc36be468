"""Interests of BODS in RDF: their kinds, shares and times."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from rdflib import RDF

from keiretsu.errors import InputError
from keiretsu.formats.bods.terms import DIRECTNESS, INTERESTS
from keiretsu.model import Directness, Interest, Period, Share, exact
from keiretsu.store.vocabularies.bods_statement import BODS, camel
from keiretsu.store.vocabularies.described import tail

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib import URIRef
    from rdflib.term import Node

    from keiretsu.store.vocabularies.described import Described

_WHOLE: Final = 100


class StatedInterest(NamedTuple):
    """One interest of a relationship, in the terms of the model."""

    node: Node
    kind: Interest
    word: str
    directness: Directness
    period: Period
    share: Share | None
    words: str | None

    @property
    def moment(self) -> tuple[object, ...]:
        """What two interests have in common that are one holding."""
        return self.directness, self.period


def stated_interest(about: Described, node: Node) -> StatedInterest:
    """Return what is said of an interest.

    Raises
    ------
    InputError
        If a share is no percentage, or a date is none.
    """
    words = [(one, camel(tail(one))) for one in about.classes(node)]
    found = next(((one, word) for one, word in words if word in INTERESTS), None)
    if found is not None:
        about.read(node, RDF.type, found[0])
    about.read(node, RDF.type, BODS.Interest)
    word = found[1] if found is not None else "unknownInterest"
    how = camel(about.code(node, BODS.directOrIndirect))
    return StatedInterest(
        node,
        INTERESTS[word],
        word,
        DIRECTNESS.get(how, Directness.UNKNOWN),
        Period(about.date(node, BODS.startDate), about.date(node, BODS.endDate)),
        _share(about, node),
        about.text(node, BODS.details) or None,
    )


def _share(about: Described, node: Node) -> Share | None:
    point = _percent(about, node, BODS.shareExact)
    if point is not None:
        return Share.point(point)
    low, low_open = _tighter(about, node, "Minimum", max)
    high, high_open = _tighter(about, node, "Maximum", min)
    if low is None and high is None:
        return None
    return Share(low if low is not None else exact(0), high if high is not None else exact(1),
                 low_open, high_open)  # fmt: skip


def _tighter(about: Described, node: Node, end: str, choose: Any) -> tuple[Any, bool]:  # noqa: ANN401
    closed = _percent(about, node, BODS[f"share{end}"])
    open_ = _percent(about, node, BODS[f"shareExclusive{end}"])
    if closed is None or open_ is None:
        return (closed, False) if open_ is None else (open_, True)
    tighter = choose(closed, open_)
    return tighter, tighter == open_


def _percent(about: Described, node: Node, predicate: URIRef) -> Any:  # noqa: ANN401
    text = about.text(node, predicate)
    if not text:
        return None
    try:
        percent = exact(text)
    except InputError:
        percent = exact(-1)
    if not 0 <= percent <= _WHOLE:
        problem = f"{tail(predicate)} ({text[:40]!r}) is not a percentage between 0 and 100"
        raise InputError(problem, place=str(node), mend="write percent of 100")
    return percent / _WHOLE


def grouped(
    interests: list[StatedInterest], *, every: bool
) -> Iterator[tuple[StatedInterest, StatedInterest | None]]:
    """Yield each interest, a shareholding (or `every` kind) with the votes of the same time."""
    votes = [one for one in interests if one.kind is Interest.VOTING_RIGHTS]
    for one in interests:
        if one.kind is Interest.VOTING_RIGHTS:
            continue
        same = None
        if every or one.kind is Interest.SHAREHOLDING:
            same = next((other for other in votes if other.moment == one.moment), None)
        if same is not None:
            votes.remove(same)
        yield one, same
    yield from ((one, None) for one in votes)
