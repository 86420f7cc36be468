"""FollowTheMoney's links as claims: who holds, controls, directs or follows whom.

A link is an entity of its own with one or several parties at each end; each pair is a claim.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any, Final

from keiretsu.errors import InputError
from keiretsu.formats.fields import short
from keiretsu.formats.ftm.amounts import share_of
from keiretsu.formats.ftm.entity import Entity, claim_iri, party_iri
from keiretsu.formats.ftm.terms import CONTROL_TYPES, SUCCESSION, interest_of, office_of
from keiretsu.formats.table.parties import cited_document
from keiretsu.model import (
    Directness,
    Event,
    Holding,
    Interest,
    Office,
    Participation,
    Role,
    Tenure,
    claim_id,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from keiretsu.formats.frame import Piece, Reading
    from keiretsu.model import Document

_COMMON: Final = {
    "startDate",
    "endDate",
    "date",
    "summary",
    "role",
    "sourceUrl",
    "publisher",
}
_DIRECTNESS: Final = {
    "direct": Directness.DIRECT,
    "indirect": Directness.INDIRECT,
    "ultimate": Directness.INDIRECT,
}
MEMBER: Final = "member"


@dataclass(slots=True)
class Link:
    """A link that is being read.

    Parameters
    ----------
    entity
        What it says.
    file
        The document that the file is.
    place
        Where it stands.
    reading
        Told of what cannot be carried.
    """

    entity: Entity
    file: Document
    place: str
    reading: Reading
    _cited: Document | None = None

    def pairs(self, one: str, other: str, *, itself: bool = False) -> Iterator[tuple[str, str]]:
        """Yield the IRIs of the parties at its ends, each with each.

        Raises
        ------
        InputError
            If there is nobody at an end, or the same party at both and it may not be `itself`.
        """
        ends = [self.entity.texts(name) for name in (one, other)]
        for name, found in zip((one, other), ends, strict=True):
            if not found:
                raise InputError(f"the field properties.{name} is missing", mend="add it")
        for first, second in product(*ends):
            if first == second and not itself:
                problem = f"the fields properties.{one} and properties.{other} are both"
                raise InputError(f"{problem} {short(first)}", mend="correct one of them")
            yield party_iri(first), party_iri(second)

    def document(self) -> Document:
        """Return the document that it cites, else the file."""
        if self._cited is None:
            self._cited = cited_document(
                title="",
                publisher=self.entity.first("publisher"),
                date=None,
                url=_web(self.entity.first("sourceUrl")),
                file=self.file,
            )
        return self._cited

    def common(self, kind: str, number: int) -> dict[str, Any]:
        """Return what every claim carries."""
        document, period = self.document(), self.entity.period()
        stated = self.entity.date("date")
        level = stated if period.start is None and period.end is None else None
        iri = claim_iri(self.entity.id) if number == 0 else None
        return {
            "id": iri or claim_id(document.id, kind, self.entity.id, number),
            "document": document.id,
            "period": period,
            "stated_for": level,
            "note": "; ".join(self.entity.texts("summary")) or None,
            "place": self.place,
        }

    def report(self, *read: str) -> None:
        """Tell what of it is not carried."""
        said = self.entity.names()
        for name in sorted(said - _COMMON - set(read)):
            why = "claims have no such field"
            self.reading.lost(f"{self.entity.schema}.{name}", why, self.place)
        for name in ("publisher", "sourceUrl"):
            if len(self.entity.texts(name)) > 1:
                why = "a claim has one document; the first is kept"
                self.reading.lost(f"{self.entity.schema}.{name}", why, self.place)
        if "date" in said and said & {"startDate", "endDate"}:
            why = "a claim is said for a period or for a date; the period is kept"
            self.reading.lost(f"{self.entity.schema}.date", why, self.place)


def ownership(link: Link) -> Iterator[Piece]:
    """Yield the holdings of an Ownership."""
    entity = link.entity
    percentage = entity.texts("percentage")
    share = share_of(percentage, "Ownership.percentage", link.place, link.reading)
    roles = entity.texts("role")
    interest = interest_of(*roles) or Interest.SHAREHOLDING
    of_votes = interest is Interest.VOTING_RIGHTS
    kinds = entity.texts("ownershipType") or entity.texts("status")
    yield link.document()
    for number, (holder, issuer) in enumerate(link.pairs("owner", "asset", itself=True)):
        yield Holding(
            **link.common("holding", number),
            holder=holder,
            issuer=issuer,
            interest=interest,
            capital=None if of_votes else share,
            votes=share if of_votes else None,
            shares=_count(link),
            directness=_directness(kinds),
        )
    _report_roles(link, roles, interest)
    untold = [kind for kind in kinds if kind.casefold() not in _DIRECTNESS]
    for kind in untold:
        link.reading.lost("Ownership.ownershipType", "only directness is read", link.place, kind)
    link.report("owner", "asset", "percentage", "sharesCount", "ownershipType", "status")


def control(link: Link) -> Iterator[Piece]:
    """Yield the holdings of a Control, none of which has a size."""
    entity = link.entity
    roles, types = entity.texts("role"), entity.texts("controlType")
    by_type = next((CONTROL_TYPES[one] for one in types if one in CONTROL_TYPES), None)
    interest = interest_of(*roles) or by_type or Interest.OTHER_INFLUENCE_OR_CONTROL
    yield link.document()
    for number, (holder, issuer) in enumerate(link.pairs("controller", "controlled")):
        yield Holding(
            **link.common("holding", number),
            holder=holder,
            issuer=issuer,
            interest=interest,
            directness=Directness.INDIRECT if "indirect" in types else Directness.DIRECT,
        )
    _report_roles(link, roles, interest)
    link.report("controller", "controlled", "controlType")


def unknown_link(link: Link) -> Iterator[Piece]:
    """Yield the holdings of an UnknownLink: somebody has something to do with somebody."""
    roles = link.entity.texts("role")
    interest = interest_of(*roles) or Interest.UNKNOWN_INTEREST
    yield link.document()
    for number, (holder, issuer) in enumerate(link.pairs("subject", "object")):
        yield Holding(
            **link.common("holding", number), holder=holder, issuer=issuer, interest=interest
        )
    _report_roles(link, roles, interest)
    link.report("subject", "object")


def directorship(link: Link) -> Iterator[Piece]:
    """Yield the tenures of a Directorship."""
    yield from _tenures(link, "director", "organization", Office.DIRECTOR)
    link.report("director", "organization")


def membership(link: Link) -> Iterator[Piece]:
    """Yield the tenures of a Membership."""
    yield from _tenures(link, "member", "organization", Office.OTHER)
    link.report("member", "organization")


def succession(link: Link) -> Iterator[Piece]:
    """Yield the events of a Succession."""
    yield link.document()
    for number, (before, after) in enumerate(link.pairs("predecessor", "successor")):
        yield Event(
            **link.common("event", number),
            label=SUCCESSION,
            participations=(
                Participation(before, Role.SUBJECT),
                Participation(after, Role.ACTOR),
            ),
        )
    link.report("predecessor", "successor")


def occupancy(link: Link, positions: Mapping[str, Entity]) -> Iterator[Piece]:
    """Yield the tenures of an Occupancy, once its position is known.

    An occupancy of a position of no organisation is lost: nobody can say where the office is held.
    """
    holders, posts = link.entity.texts("holder"), link.entity.texts("post")
    if not holders or not posts:
        missing = "holder" if not holders else "post"
        raise InputError(f"the field properties.{missing} is missing", mend="add it")
    number = 0
    yield link.document()
    for holder, post in product(holders, posts):
        position = positions.get(post)
        organisations = position.texts("organization") if position is not None else []
        if position is None or not organisations:
            why = "its position is of no organisation in the file"
            link.reading.lost("Occupancy.post", why, link.place, post)
            continue
        title = position.first("name")
        for organisation in organisations:
            yield Tenure(
                **link.common("tenure", number),
                person=party_iri(holder),
                organisation=party_iri(organisation),
                office=office_of(*link.entity.texts("role"), title) or Office.OTHER,
                title=title,
            )
            number += 1
    link.report("holder", "post")


def _tenures(link: Link, person: str, organisation: str, usual: Office) -> Iterator[Piece]:
    roles = link.entity.texts("role")
    office = office_of(*roles)
    words = [role for role in roles if role not in set(Office)]
    if office is None:
        office = Office.OTHER if words else usual
    yield link.document()
    for number, (who, where) in enumerate(link.pairs(person, organisation)):
        yield Tenure(
            **link.common("tenure", number),
            person=who,
            organisation=where,
            office=office,
            title="; ".join(words) or ("" if usual is Office.DIRECTOR else MEMBER),
        )


def _report_roles(link: Link, roles: list[str], interest: Interest) -> None:
    for role in roles:
        if role != interest and interest_of(role) is not interest:
            why = "holdings have no role beside the interest"
            link.reading.lost(f"{link.entity.schema}.role", why, link.place, role)


def _directness(kinds: list[str]) -> Directness:
    return next(
        (_DIRECTNESS[kind.casefold()] for kind in kinds if kind.casefold() in _DIRECTNESS),
        Directness.DIRECT,
    )


def _count(link: Link) -> int | None:
    texts = link.entity.texts("sharesCount")
    plain = {text.replace(",", "").replace(" ", "").removesuffix(".0") for text in texts}
    if len(plain) == 1 and (count := plain.pop()).isdecimal() and len(count) < 20:  # noqa: PLR2004
        return int(count)
    if texts:
        why = "it is not one whole number"
        link.reading.lost("Ownership.sharesCount", why, link.place, ", ".join(texts))
    return None


def _web(url: str) -> str:
    return url if url.startswith(("https://", "http://")) else ""
