"""Natures of control: the codes by which the register of the United Kingdom says how.

A code is made of a right, a band where the right can be measured, a capacity and the kind of
register: ``voting-rights-25-to-50-percent-as-trust-limited-liability-partnership``. They are put
together here as the law puts them together (Companies Act 2006, schedule 1A; its counterparts for
limited liability partnerships and Scottish partnerships; Economic Crime (Transparency and
Enforcement) Act 2022, schedule 2), which gives the 86 codes that the register publishes.

The register's short and long words for a band disagree at its ends: "more than 50 % but less than
75 %" and "75 % or more" against "not more than 75 %" and "more than 75 %". The short words are
read, which are those of the law (schedule 1A, and the form in which companies file).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from keiretsu.model import Share

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Right(StrEnum):
    """What a nature of control gives."""

    SHARES = "ownership-of-shares"
    VOTES = "voting-rights"
    SURPLUS = "right-to-share-surplus-assets"
    APPOINTMENT = "right-to-appoint-and-remove"
    INFLUENCE = "significant-influence-or-control"
    NOMINEE = "registered-owner-as-nominee"
    """The overseas entity holds land as the person's nominee."""


class Capacity(StrEnum):
    """Through what the person has the right."""

    OWN = ""
    TRUSTEE = "as-trust, overseas"
    """As one of the trustees of a trust."""
    MEMBER = "as-firm, overseas"
    """As a member of a firm that is no legal person."""
    OVER_TRUST = "over-trust"
    """By influence or control over a trust whose trustees have the right."""
    OVER_FIRM = "over-firm"
    """By influence or control over a firm, no legal person, whose members have the right."""

    @property
    def is_through_trust(self) -> bool:
        """Whether a trust stands between the person and the company."""
        return self in {Capacity.TRUSTEE, Capacity.OVER_TRUST}


@dataclass(frozen=True, slots=True)
class Nature:
    """What a code says.

    Parameters
    ----------
    code
        As the register writes it.
    right, share, capacity
        Which right, how much of it (None where it is not measured), through what.
    detail
        What the right is more exactly, in a few words; empty where the right says all.
    """

    code: str
    right: Right
    share: Share | None = None
    capacity: Capacity = Capacity.OWN
    detail: str = ""


_BANDS: Final = MappingProxyType(
    {
        "25-to-50-percent": Share.from_percent("(25,50]"),
        "50-to-75-percent": Share.from_percent("(50,75)"),
        "75-to-100-percent": Share.from_percent("[75,100]"),
    }
)
_MORE_THAN_25: Final = {"more-than-25-percent": Share.from_percent(">25")}
_LLP: Final = "-limited-liability-partnership"
_OVERSEAS: Final = "-registered-overseas-entity"
_CAPACITIES: Final = MappingProxyType(
    {"": Capacity.OWN, "-as-trust": Capacity.OVER_TRUST, "-as-firm": Capacity.OVER_FIRM}
)
_OVERSEAS_CAPACITIES: Final = MappingProxyType(
    {
        "": Capacity.OWN,
        "-as-trust": Capacity.TRUSTEE,
        "-as-firm": Capacity.MEMBER,
        "-as-control-over-trust": Capacity.OVER_TRUST,
        "-as-control-over-firm": Capacity.OVER_FIRM,
    }
)
_LAND: Final = MappingProxyType(
    {
        "england-wales": "England and Wales",
        "scotland": "Scotland",
        "northern-ireland": "Northern Ireland",
    }
)


@cache
def natures() -> Mapping[str, Nature]:
    """Return every nature of control by its code.

    Examples
    --------
    >>> len(natures())
    86
    >>> nature = natures()["voting-rights-more-than-25-percent-registered-overseas-entity"]
    >>> nature.right, str(nature.share)
    (<Right.VOTES: 'voting-rights'>, '(25, 100] %')
    """
    every = (*_company(), *_partnerships(), *_overseas(), *_nominees())
    return MappingProxyType({nature.code: nature for nature in every})


def _company() -> Iterator[Nature]:
    yield from _banded("ownership-of-shares", Right.SHARES)
    yield from _banded("voting-rights", Right.VOTES)
    yield from _plain("right-to-appoint-and-remove-directors", Right.APPOINTMENT, "directors")
    yield from _plain("significant-influence-or-control", Right.INFLUENCE)


def _partnerships() -> Iterator[Nature]:
    """Yield those of limited liability partnerships, and of Scottish partnerships."""
    yield from _banded("right-to-share-surplus-assets", Right.SURPLUS, _LLP)
    yield from _banded("voting-rights", Right.VOTES, _LLP)
    yield from _plain("right-to-appoint-and-remove-members", Right.APPOINTMENT, "members", _LLP)
    yield from _plain("significant-influence-or-control", Right.INFLUENCE, "", _LLP)
    yield from _banded("part-right-to-share-surplus-assets", Right.SURPLUS)
    yield from _plain("right-to-appoint-and-remove-person", Right.APPOINTMENT, "managers")


def _overseas() -> Iterator[Nature]:
    for name, right in (("ownership-of-shares", Right.SHARES), ("voting-rights", Right.VOTES)):
        for band, share in _MORE_THAN_25.items():
            for words, capacity in _OVERSEAS_CAPACITIES.items():
                yield Nature(f"{name}-{band}{words}{_OVERSEAS}", right, share, capacity)
    for words, capacity in _OVERSEAS_CAPACITIES.items():
        board = f"right-to-appoint-and-remove-directors{words}{_OVERSEAS}"
        yield Nature(board, Right.APPOINTMENT, None, capacity, "directors")
        influence = f"significant-influence-or-control{words}{_OVERSEAS}"
        yield Nature(influence, Right.INFLUENCE, None, capacity)


def _nominees() -> Iterator[Nature]:
    for words, whom in (("person", ""), ("another-entity", ", for another entity of this person")):
        for place, country in _LAND.items():
            code = f"registered-owner-as-nominee-{words}-{place}{_OVERSEAS}"
            yield Nature(code, Right.NOMINEE, detail=f"land in {country}{whom}")


def _banded(name: str, right: Right, register: str = "") -> Iterator[Nature]:
    for band, share in _BANDS.items():
        for words, capacity in _CAPACITIES.items():
            yield Nature(f"{name}-{band}{words}{register}", right, share, capacity)


def _plain(name: str, right: Right, detail: str = "", register: str = "") -> Iterator[Nature]:
    for words, capacity in _CAPACITIES.items():
        yield Nature(f"{name}{words}{register}", right, None, capacity, detail)
