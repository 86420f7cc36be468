"""Holdings and tenures as relationships of BODS 0.4."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from keiretsu.formats.bods.shares import percent, share_words
from keiretsu.formats.bods.terms import DIRECTNESS_WORDS, INTEREST_WORDS, OFFICE_WORDS
from keiretsu.formats.bods.write_parts import ONLY_ANNOTATED, full_date
from keiretsu.model import Claim, Holding, Interest, Office, Sourcing, Status, Tenure, VotesBasis

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from keiretsu.model import LossReport, Share

_PLAIN: Final = frozenset({Office.CHAIR, Office.DIRECTOR})
UNWRITTEN: Final = (Status.REJECTED, Status.SUPERSEDED)
"""Claims of which BODS would make facts: they go to an annotation alone."""


def ends_of(claim: Claim) -> tuple[str, str] | None:
    """Return holder and issuer of a claim that BODS has a relationship for, None for any other."""
    match claim:
        case Holding() if claim.holder != claim.issuer:
            return claim.holder, claim.issuer
        case Tenure():
            return claim.person, claim.organisation
        case _:
            return None


def relationship_details(
    claim: Claim, party: str, subject: str, parts: Sequence[str], report: LossReport, **flags: bool
) -> dict[str, Any]:
    """Return the record details of a holding or a tenure.

    Parameters
    ----------
    claim
        One that has `ends_of`.
    party, subject
        The recordIds of its ends.
    parts
        The recordIds of its components.
    report
        Gets what they cannot say.
    **flags
        `component`: whether it is itself a component.
    """
    details: dict[str, Any] = {"isComponent": flags.get("component", False)}
    if parts:
        details["componentRecords"] = list(parts)
    told = list(_of_tenure(claim) if isinstance(claim, Tenure) else _of_holding(claim, report))
    common = _common(claim, report)
    details |= {
        "subject": subject,
        "interestedParty": party,
        "interests": [{**one, **common} for one in told],
    }
    _report(claim, report)
    return details


def _of_tenure(claim: Tenure) -> Iterator[dict[str, Any]]:
    word = OFFICE_WORDS.get(claim.office, "seniorManagingOfficial")
    words = claim.title or claim.office.value
    yield {"type": word, "directOrIndirect": "direct", "details": words}


def _of_holding(claim: Claim, report: LossReport) -> Iterator[dict[str, Any]]:
    assert isinstance(claim, Holding)  # noqa: S101 - for the type checker
    common = {"directOrIndirect": DIRECTNESS_WORDS[claim.directness]}
    words = {"details": claim.note} if claim.note else {}
    main = claim.interest
    if main is Interest.VOTING_RIGHTS:
        yield _interest("votingRights", claim.votes, claim, report) | common | words
        return
    yield _interest(INTEREST_WORDS[main], claim.capital, claim, report) | common | words
    if claim.votes is not None:
        yield _interest("votingRights", claim.votes, claim, report) | common


def _interest(word: str, share: Share | None, claim: Claim, report: LossReport) -> dict[str, Any]:
    if share is None:
        return {"type": word}
    ends = [end * 100 for end in (share.low, share.high)]
    if any(str(percent(end / 100)) != str(float(end)) and end.denominator > 1 for end in ends):
        report.add("holding: digits of a share", "JSON has no exact fractions", claim.id, share)
    return {"type": word, "share": share_words(share)}


def _common(claim: Claim, report: LossReport) -> dict[str, Any]:
    """Return the dates of the interests; a level has none, for it tells of one day alone."""
    if claim.is_level:
        return {}
    return {
        field: full_date(date, f"claim: {field}", claim.id, report)
        for field, date in (("startDate", claim.period.start), ("endDate", claim.period.end))
        if date is not None
    }


def _report(claim: Claim, report: LossReport) -> None:
    """Report what the claim says and its interests do not."""
    says: dict[str, object] = {
        "claim: stated for one date": claim.stated_for,
        "claim: quote": claim.quote,
        "claim: table whose rows add up": claim.record,
        "claim: document that tells its end": claim.end_document,
        "claim: what it supersedes": claim.supersedes or None,
        "claim: status": None if claim.status is Status.ACCEPTED else claim.status.value,
        "claim: sourcing": None if claim.sourcing is Sourcing.SOURCED else claim.sourcing.value,
    }
    if isinstance(claim, Holding):
        says |= {
            "holding: number of shares": claim.shares,
            "holding: number of votes": claim.vote_count,
            "holding: share class": claim.share_class,
            "holding: basis of the votes": None
            if claim.votes_basis is VotesBasis.EXERCISABLE
            else claim.votes_basis.value,
        }
        if claim.interest is Interest.CONSOLIDATION:
            says["holding: consolidation"] = claim.interest.value
    if isinstance(claim, Tenure):
        says |= {
            "tenure: office": None if claim.office in _PLAIN else claim.office.value,
            "tenure: nominated by": claim.nominated_by,
            "tenure: note": claim.note,
        }
    for field, value in says.items():
        if value is not None:
            report.add(field, ONLY_ANNOTATED, claim.id, value)
