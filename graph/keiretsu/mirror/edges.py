"""Which attribute of a graph's edges tells the share, and in which unit: never guessed silently."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from keiretsu.errors import InputError
from keiretsu.model import Caution, Share, exact

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    import networkx as nx

    from keiretsu.model import Number

CAPITAL = "capital"
FRACTION, PERCENT = UNITS = ("fraction", "percent")
"""Of one, and of a hundred."""
USUAL_NAMES = {
    "share": FRACTION,
    "weight": FRACTION,
    "stake": FRACTION,
    "ownership": FRACTION,
    "fraction": FRACTION,
    "capital_percent": PERCENT,
    "share_percent": PERCENT,
    "ownership_percent": PERCENT,
    "percent": PERCENT,
    "percentage": PERCENT,
    "pct": PERCENT,
}
"""What others call an edge's share of capital, and the unit in which its numbers then are."""
_WORDS = {FRACTION: "fractions of one", PERCENT: "percent"}
_RANGE = re.compile(r"(?P<left>[\[(])(?P<low>\d+(?:/\d+)?), (?P<high>\d+(?:/\d+)?)(?P<right>[\])])")


@dataclass(frozen=True, slots=True)
class Reading:
    """How an attribute of the edges is read.

    Parameters
    ----------
    name
        Of the attribute.
    unit
        In which its numbers are; text with a percent sign, or a band, always is in percent.
    found
        Whether nobody named it.
    """

    name: str
    unit: str = FRACTION
    found: bool = False

    def share(self, data: Mapping[str, Any], place: str) -> Share | None:
        """Return what an edge tells; None if it tells nothing.

        Raises
        ------
        InputError
            If it is not a share, or out of range for its unit.
        """
        value, spelled = data.get(self.name), data.get(f"{self.name}_exact")
        try:
            share = None if spelled is None else _read_exact(spelled)
            # A number that was changed since it was spelled out is what its user means.
            if value is None or (share is not None and float(share.low) == value):
                return share
            if isinstance(value, str) and not _is_number(value):
                return Share.from_percent(value.replace("%", ""))
            return Share.point(self._fraction(value))
        except InputError as error:
            at = f"{place}, {self.name}"
            raise InputError(error.problem, place=at, mend=error.mend) from None

    def _fraction(self, value: Number) -> Fraction:
        number = exact(value)
        if self.unit == PERCENT:
            return number / 100
        if number > 1:
            raise InputError(
                f"{value} is more than one, the whole",
                mend="give fractions of one, or from_networkx(graph, unit='percent') if it is "
                "percent",
            )
        return number

    @property
    def cautions(self) -> tuple[Caution, ...]:
        """Which attribute is read and in which unit, if nobody said which to read."""
        if not self.found:
            return ()
        text = f"shares are read from the edges' attribute {self.name!r}, in {_WORDS[self.unit]}"
        return (Caution("attribute-read", text),)


def reading_of(graph: nx.Graph[Any], name: str | None, unit: str | None) -> Reading:
    """Return how the edges' shares of capital are read.

    Parameters
    ----------
    graph
        The graph.
    name
        The attribute. If not given, ``capital`` if an edge has it, else the one of `USUAL_NAMES`
        that edges have; ``capital``, of which nothing is then known, if there is none.
    unit
        ``fraction`` or ``percent``; if not given, what the name says.

    Raises
    ------
    InputError
        If several of the usual names are there, or there is no such unit.

    Examples
    --------
    >>> import networkx as nx
    >>> reading_of(nx.DiGraph([("a", "b", {"weight": 0.6})]), None, None).cautions[0].text
    "shares are read from the edges' attribute 'weight', in fractions of one"
    """
    if unit not in (None, *UNITS):
        raise InputError(f"{unit!r} is not a unit", mend=f"use {' or '.join(UNITS)}")
    if name is not None:
        return named(name, unit)
    present = {key for _, _, data in graph.edges(data=True) for key in data}
    if CAPITAL in present or f"{CAPITAL}_exact" in present:
        return Reading(CAPITAL, unit or FRACTION)
    usual = [one for one in USUAL_NAMES if one in present]
    if len(usual) > 1:
        raise InputError(
            f"the edges have {' and '.join(map(repr, usual))}, any of which may be the share",
            mend=f"say which one: from_networkx(graph, capital={usual[0]!r})",
        )
    if not usual:
        return Reading(CAPITAL, unit or FRACTION)
    return Reading(usual[0], unit or USUAL_NAMES[usual[0]], found=True)


def named(name: str, unit: str | None) -> Reading:
    """Return how an attribute that somebody named is read: its unit is given, or its name's."""
    usual = PERCENT if name.endswith(PERCENT) else USUAL_NAMES.get(name, FRACTION)
    return Reading(name, unit or usual)


def _read_exact(value: Number) -> Share:
    if isinstance(value, str) and (found := _RANGE.fullmatch(value)):
        low, high = exact(found["low"]), exact(found["high"])
        return Share(low, high, found["left"] == "(", found["right"] == ")")
    return Share.point(value)


def _is_number(text: str) -> bool:
    try:
        exact(text)
    except InputError:
        return False
    return True
