"""Claims as FollowTheMoney entities, one a line, and what they cannot say.

Parties come first, then positions, then links, each sorted by its id. A claim that is rejected or
superseded is not written: an entity cannot say that it is not so.
"""

from __future__ import annotations

import hashlib
import json
from itertools import chain
from typing import IO, TYPE_CHECKING, Any, Final

from keiretsu.formats.ftm.entity import entity_id
from keiretsu.formats.ftm.parties import party_entity
from keiretsu.formats.ftm.said import Said
from keiretsu.formats.ftm.terms import SUCCESSION
from keiretsu.formats.sorted_lines import SortedLines
from keiretsu.model import Interest, Office, PartyKind, Role, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from keiretsu.model import Claim, ClaimSet, LossReport, Tenure

Entities = dict[str, Any]

_TYPES: Final = {
    Interest.APPOINTMENT_OF_BOARD: "appointment",
    Interest.RIGHTS_GRANTED_BY_CONTRACT: "contractual",
    Interest.CONDITIONAL_RIGHTS_GRANTED_BY_CONTRACT: "contractual",
    Interest.CONTROL_BY_LEGAL_FRAMEWORK: "state",
    Interest.SETTLOR: "trust",
    Interest.TRUSTEE: "trust",
    Interest.PROTECTOR: "trust",
    Interest.NOMINEE: "nominee",
    Interest.NOMINATOR: "nominee",
    Interest.SENIOR_MANAGING_OFFICIAL: "management",
}
_OWNED: Final = {
    Interest.SHAREHOLDING,
    Interest.VOTING_RIGHTS,
    Interest.BENEFICIARY,
    Interest.RIGHTS_TO_SURPLUS_ASSETS_ON_DISSOLUTION,
    Interest.RIGHTS_TO_PROFIT_OR_INCOME,
    Interest.RIGHT_TO_PROFIT_OR_INCOME_FROM_ASSETS,
}
_UNTOLD: Final = {Interest.UNKNOWN_INTEREST, Interest.UNPUBLISHED_INTEREST}
_OBVIOUS: Final = {Interest.SHAREHOLDING, Interest.UNKNOWN_INTEREST}
"""Interests that the schema tells alone."""
_GOVERNMENT: Final = {
    PartyKind.GOVERNMENT_BODY,
    PartyKind.STATE,
    PartyKind.SUBNATIONAL_STATE,
    PartyKind.MINISTRY,
    PartyKind.AGENCY,
}
_NOTHING_LIKE: Final = "entities have no such thing"
_WITHDRAWN: Final = {Status.REJECTED, Status.SUPERSEDED}


def write(claims: ClaimSet, stream: IO[bytes], report: LossReport) -> int:
    r"""Write claims; see `keiretsu.formats.frame.Writer`.

    Examples
    --------
    >>> import io
    >>> from keiretsu.model import ClaimSet, LossReport, Party
    >>> nissan = Party(id="https://w3id.org/keiretsu/id/party/nissan", label="Nissan")
    >>> out = io.BytesIO()
    >>> write(ClaimSet(parties={nissan.id: nissan}, documents={}), out, LossReport())
    1
    >>> out.getvalue()
    b'{"id":"kei-party-nissan","schema":"LegalEntity","properties":{"name":["Nissan"]}}\n'
    """
    number = 0
    for line in _Writer(claims, report).lines():
        stream.write(line)
        number += 1
    return number


def _keyed(key: str, entity: Entities) -> bytes:
    """Return the line of an entity behind the key by which lines are sorted."""
    return key.encode() + b"\0" + _line(entity)


def _unkeyed(line: bytes) -> bytes:
    return line.partition(b"\0")[2]


def _line(entity: Entities) -> bytes:
    return json.dumps(entity, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


class _Writer:
    """Writes one set of claims."""

    def __init__(self, claims: ClaimSet, report: LossReport) -> None:
        self._claims, self._report = claims, report

    def lines(self) -> Iterator[bytes]:
        """Yield everything that can be said, an entity a line, and tell of the rest."""
        with SortedLines() as parties:
            parties.add(
                _keyed(party.id, party_entity(party, self._report))
                for party in self._claims.parties.values()
            )
            yield from map(_unkeyed, parties)
        positions: dict[str, Entities] = {}
        with SortedLines() as links:
            told = chain(self._holdings(), self._tenures(positions), self._successions())
            links.add(_keyed(one["id"], one) for one in told)
            yield from (_line(positions[key]) for key in sorted(positions))
            yield from map(_unkeyed, links)
        for name in ("share_classes", "registrations", "capitals", "agreements", "figures"):
            self._refuse(name, getattr(self._claims, name))
        for edit in self._claims.edits:
            self._report.add("edits", _NOTHING_LIKE, edit.id)
        if self._claims.horizon is not None:
            self._report.add("horizon", _NOTHING_LIKE, "", self._claims.horizon)

    def _refuse(self, name: str, claims: Iterable[Claim]) -> None:
        for claim in claims:
            self._report.add(name, _NOTHING_LIKE, claim.id)

    def _stands(self, claim: Claim, kind: str) -> bool:
        if claim.status in _WITHDRAWN:
            self._report.add(kind, "what is not so is not written", claim.id, claim.status.value)
        return claim.status not in _WITHDRAWN

    def _said(self, claim: Claim, kind: str) -> Said:
        return Said(claim, kind, self._claims.documents, self._report)

    def _holdings(self) -> Iterator[Entities]:
        for claim in self._claims.holdings:
            if not self._stands(claim, "holdings"):
                continue
            schema, holder, issuer = _schema(claim.interest)
            said = self._said(claim, "holding")
            said.properties[holder] = [entity_id(claim.holder)[0]]
            said.properties[issuer] = [entity_id(claim.issuer)[0]]
            if claim.interest not in _OBVIOUS:
                said.properties["role"] = [claim.interest.value]
            if claim.interest in _TYPES:
                said.properties["controlType"] = [_TYPES[claim.interest]]
            said.size(claim, schema)
            said.directness(claim, schema)
            yield _entity(claim.id, schema, said.properties)

    def _tenures(self, positions: dict[str, Entities]) -> Iterator[Entities]:
        for claim in self._claims.tenures:
            if not self._stands(claim, "tenures"):
                continue
            said = self._said(claim, "tenure")
            said.refuse(claim, ("nominated_by",))
            said.properties["role"] = [claim.office.value]
            person, organisation = entity_id(claim.person)[0], entity_id(claim.organisation)[0]
            known = self._claims.parties.get(claim.organisation)
            if known is not None and known.kind in _GOVERNMENT and claim.title:
                position = _position(claim, organisation)
                positions[position["id"]] = position
                said.properties |= {"holder": [person], "post": [position["id"]]}
                yield _entity(claim.id, "Occupancy", said.properties)
                continue
            if claim.title:
                said.properties["role"].append(claim.title)
            if claim.title in set(Office):
                said.lost("title", "it is the name of an office, and one role tells it")
            said.properties |= {"director": [person], "organization": [organisation]}
            yield _entity(claim.id, "Directorship", said.properties)

    def _successions(self) -> Iterator[Entities]:
        for claim in self._claims.events:
            by_role = {one.role: one.party for one in claim.participations}
            if claim.label != SUCCESSION or set(by_role) != {Role.SUBJECT, Role.ACTOR}:
                self._report.add("events", _NOTHING_LIKE, claim.id, claim.label)
            elif self._stands(claim, "events"):
                said = self._said(claim, "event")
                said.refuse(claim, ("outcome", "withheld", "leverage", "part_of", "led_to"))
                said.properties["predecessor"] = [entity_id(by_role[Role.SUBJECT])[0]]
                said.properties["successor"] = [entity_id(by_role[Role.ACTOR])[0]]
                yield _entity(claim.id, "Succession", said.properties)


def _schema(interest: Interest) -> tuple[str, str, str]:
    """Return the schema of an interest, and its properties for the holder and the issuer."""
    if interest in _OWNED:
        return "Ownership", "owner", "asset"
    if interest in _UNTOLD:
        return "UnknownLink", "subject", "object"
    return "Control", "controller", "controlled"


def _position(claim: Tenure, organisation: str) -> Entities:
    key = hashlib.sha256(claim.title.encode()).hexdigest()[:12]
    return {
        "id": f"kei-position-{organisation}-{key}",
        "schema": "Position",
        "properties": {"name": [claim.title], "organization": [organisation]},
    }


def _entity(iri: str, schema: str, said: dict[str, list[str]]) -> Entities:
    properties = {name: said[name] for name in sorted(said)}
    return {"id": entity_id(iri)[0], "schema": schema, "properties": properties}
