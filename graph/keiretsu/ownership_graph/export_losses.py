"""What the vocabularies of others have no word for, reported when claims are written in them.

Each list answers to a query in `ontology/exports`: what is on none of them comes out, and in the
vocabulary of BODS, which is read too, comes back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from keiretsu.formats.bods.terms import ENTITY_KINDS, ENTITY_TYPES, OFFICE_WORDS, OFFICES
from keiretsu.model import (
    Directness,
    Holding,
    Interest,
    PartyKind,
    Sourcing,
    Status,
    Tenure,
    VotesBasis,
)
from keiretsu.store.export import VOCABULARIES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keiretsu.model import Claim, ClaimSet, Document, LossReport, Party

_EXPORTED: Final[Mapping[str, tuple[type[Claim], ...]]] = {
    "bods-rdf": (Holding, Tenure),
    "fibo": (Holding,),
    "org": (Tenure,),
}
_LEFT_OUT: Final = (Status.REJECTED, Status.SUPERSEDED)
_PEOPLE_OF_FIBO: Final = frozenset(
    {PartyKind.COMPANY, PartyKind.PERSON, PartyKind.STATE, PartyKind.MINISTRY, PartyKind.AGENCY}
)
_NOT_OF_ORG: Final = frozenset(
    {PartyKind.PARTY, PartyKind.CONCERT, PartyKind.ARRANGEMENT, PartyKind.UNKNOWN_PARTY}
)


def report_unexported(claims: ClaimSet, target: str, report: LossReport) -> None:
    """Report what a vocabulary does not say of parties, documents and claims.

    Parameters
    ----------
    claims
        What is written.
    target
        One of `keiretsu.store.export.VOCABULARIES`.
    report
        Gets it.
    """
    reason = f"{VOCABULARIES[target]} has no word for it here"
    cited = set()
    for claim in claims.every_claim():
        kind = type(claim).__name__.lower()
        if not isinstance(claim, _EXPORTED[target]):
            report.add(kind, reason, claim.id)
        elif claim.status in _LEFT_OUT:
            told = f"{claim.status.value} {kind}"
            report.add(told, "it would be read as a fact", claim.id)
        elif isinstance(claim, Holding) and claim.holder == claim.issuer:
            report.add("holding of own shares", reason, claim.id)
        else:
            cited.add(claim.document)
            _report(_of_claim(claim, target), reason, claim.id, report)
    for party in claims.parties.values():
        _report(_of_party(party, target), reason, party.id, report)
    for iri in sorted(cited & {*claims.documents}):
        _report(_of_document(claims.documents[iri], target), reason, iri, report)


def _report(says: Mapping[str, object], reason: str, place: str, report: LossReport) -> None:
    for field, value in says.items():
        if value is not None and value != () and value is not False:
            report.add(field, reason, place, value)


def _of_claim(claim: Claim, target: str) -> dict[str, object]:
    says: dict[str, object] = {
        "claim: stated for one date": None if target == "bods-rdf" else claim.stated_for,
        "claim: known from": claim.known_from,
        "claim: quote": claim.quote,
        "claim: document that tells its end": claim.end_document,
        "claim: table whose rows add up": claim.record,
        "claim: what it supersedes": claim.supersedes,
        "claim: fields without a source": claim.unsourced_fields,
        "claim: status": None if claim.status is Status.ACCEPTED else claim.status.value,
        "claim: sourcing": None if claim.sourcing is Sourcing.SOURCED else claim.sourcing.value,
    }
    if isinstance(claim, Tenure):
        return says | _of_tenure(claim, target)
    if isinstance(claim, Holding):
        return says | _of_holding(claim, target)
    return says


def _of_tenure(claim: Tenure, target: str) -> dict[str, object]:
    word = OFFICE_WORDS.get(claim.office, "seniorManagingOfficial")
    kept = target == "org" or OFFICES[word] is claim.office
    return {
        "claim: document": claim.document if target == "org" else None,
        "tenure: office": None if kept else claim.office.value,
        "tenure: title": claim.title or None if target == "org" else None,
        "tenure: nominated by": claim.nominated_by,
        "tenure: note": claim.note,
    }


def _of_holding(claim: Holding, target: str) -> dict[str, object]:
    says: dict[str, object] = {
        "holding: number of shares": claim.shares,
        "holding: number of votes": claim.vote_count,
        "holding: share class": claim.share_class,
        "holding: parties through which it is held": claim.via,
    }
    if target == "bods-rdf":
        of_gross = claim.votes is not None and claim.votes_basis is VotesBasis.GROSS
        consolidated = claim.interest is Interest.CONSOLIDATION
        return says | {
            "holding: basis of the votes": claim.votes_basis.value if of_gross else None,
            "holding: consolidation": claim.interest.value if consolidated else None,
        }
    exact = claim.capital is None or claim.capital.is_point
    of_shares = claim.interest is Interest.SHAREHOLDING
    dated = claim.period.start or claim.period.end
    return says | {
        "claim: document": claim.document,
        "claim: dates": str(dated) if dated else None,
        "holding: note": claim.note,
        "holding: votes": claim.votes,
        "holding: range of the capital": None if exact else claim.capital,
        "holding: interest": None if of_shares else claim.interest.value,
        "holding: directness": None
        if claim.directness is Directness.DIRECT
        else claim.directness.value,
    }


def _of_party(party: Party, target: str) -> dict[str, object]:
    says: dict[str, object] = {
        "party: former names": party.former_names,
        "party: who holds the remainder": party.remainder,
        "party: State for which it acts": party.acts_for,
        "party: why it is not named": party.unspecified,
        "party: why it is not named, in words": party.unspecified_details,
    }
    if target == "bods-rdf":
        kept = ENTITY_KINDS.get(ENTITY_TYPES.get(party.kind, ("", "")))
        known = party.kind is PartyKind.PERSON or kept is party.kind
        return says | {"party: kind": None if known else party.kind.value}
    existed = party.exists.start or party.exists.end
    says |= {
        "party: jurisdiction": party.jurisdiction,
        "party: listing": party.listed,
        "party: when it existed": str(existed) if existed else None,
    }
    if target == "org":
        missing = party.kind in _NOT_OF_ORG
        of_person = party.kind is PartyKind.PERSON
        return says | {
            "party": party.label if missing else None,
            "party: aliases": party.aliases if of_person else None,
            "party: identifiers": party.identifiers if of_person else None,
        }
    missing = party.kind not in _PEOPLE_OF_FIBO
    return says | {
        "party": party.label if missing else None,
        "party: aliases": party.aliases,
        "party: identifiers": party.identifiers,
    }


def _of_document(document: Document, target: str) -> dict[str, object]:
    if target != "bods-rdf":
        return {}
    return {
        "document: publisher": document.publisher,
        "document: date": document.date,
        "document: weak or a correction": document.weak or document.correction or None,
    }
