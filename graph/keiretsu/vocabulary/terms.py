"""Classes and properties of the ontology, as constants."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rdflib import URIRef

if TYPE_CHECKING:
    from collections.abc import Mapping

ONTOLOGY: Final = "https://w3id.org/keiretsu/ontology#"
"""Namespace of classes and properties."""


def _term(name: str) -> URIRef:
    return URIRef(ONTOLOGY + name)


class KEI:
    """Classes and properties of the ontology, under their own names."""

    Party: Final = _term("Party")
    Person: Final = _term("Person")
    Organisation: Final = _term("Organisation")
    Company: Final = _term("Company")
    Fund: Final = _term("Fund")
    Arrangement: Final = _term("Arrangement")
    GovernmentBody: Final = _term("GovernmentBody")
    State: Final = _term("State")
    SubnationalState: Final = _term("SubnationalState")
    Ministry: Final = _term("Ministry")
    Agency: Final = _term("Agency")
    Concert: Final = _term("Concert")
    Alliance: Final = _term("Alliance")
    NewsOrganisation: Final = _term("NewsOrganisation")
    UnknownParty: Final = _term("UnknownParty")
    Identifier: Final = _term("Identifier")
    Document: Final = _term("Document")
    Correction: Final = _term("Correction")
    Record: Final = _term("Record")
    SourceRecord: Final = _term("SourceRecord")
    Dataset: Final = _term("Dataset")
    Statement: Final = _term("Statement")
    Claim: Final = _term("Claim")
    Holding: Final = _term("Holding")
    ShareClass: Final = _term("ShareClass")
    Registration: Final = _term("Registration")
    Capital: Final = _term("Capital")
    Agreement: Final = _term("Agreement")
    Tenure: Final = _term("Tenure")
    Figure: Final = _term("Figure")
    Event: Final = _term("Event")
    Proposal: Final = _term("Proposal")
    FormerName: Final = _term("FormerName")
    Participation: Final = _term("Participation")
    ProposedHolding: Final = _term("ProposedHolding")
    Edit: Final = _term("Edit")
    Addition: Final = _term("Addition")
    Rejection: Final = _term("Rejection")
    Supersession: Final = _term("Supersession")
    Identification: Final = _term("Identification")
    Removal: Final = _term("Removal")
    Derived: Final = _term("Derived")
    Derivation: Final = _term("Derivation")
    Finding: Final = _term("Finding")
    Stake: Final = _term("Stake")
    ControlFinding: Final = _term("ControlFinding")
    Suspension: Final = _term("Suspension")
    IntegratedShare: Final = _term("IntegratedShare")
    LegalVerdict: Final = _term("LegalVerdict")

    # parties
    formerName: Final = _term("formerName")
    name: Final = _term("name")
    identifiedBy: Final = _term("identifiedBy")
    scheme: Final = _term("scheme")
    value: Final = _term("value")
    jurisdiction: Final = _term("jurisdiction")
    nationality: Final = _term("nationality")
    listed: Final = _term("listed")
    remainder: Final = _term("remainder")
    unspecifiedReason: Final = _term("unspecifiedReason")
    unspecifiedDetails: Final = _term("unspecifiedDetails")
    actsFor: Final = _term("actsFor")
    existsFrom: Final = _term("existsFrom")
    existsUntil: Final = _term("existsUntil")

    # documents and the dataset
    title: Final = _term("title")
    publisher: Final = _term("publisher")
    publishedOn: Final = _term("publishedOn")
    url: Final = _term("url")
    weak: Final = _term("weak")
    horizon: Final = _term("horizon")

    # every claim
    reportedIn: Final = _term("reportedIn")
    endReportedIn: Final = _term("endReportedIn")
    inRecord: Final = _term("inRecord")
    recordedIn: Final = _term("recordedIn")
    recordFormat: Final = _term("recordFormat")
    recordNumber: Final = _term("recordNumber")
    content: Final = _term("content")
    statesParty: Final = _term("statesParty")
    statesClaim: Final = _term("statesClaim")
    validFrom: Final = _term("validFrom")
    validUntil: Final = _term("validUntil")
    statedFor: Final = _term("statedFor")
    knownFrom: Final = _term("knownFrom")
    status: Final = _term("status")
    sourcing: Final = _term("sourcing")
    unsourcedField: Final = _term("unsourcedField")
    supersedes: Final = _term("supersedes")
    quote: Final = _term("quote")
    note: Final = _term("note")

    # claims about shares
    holder: Final = _term("holder")
    issuer: Final = _term("issuer")
    shareClass: Final = _term("shareClass")
    shares: Final = _term("shares")

    # holdings
    interest: Final = _term("interest")
    capitalPercentMin: Final = _term("capitalPercentMin")
    capitalPercentMax: Final = _term("capitalPercentMax")
    capitalPercentMinExclusive: Final = _term("capitalPercentMinExclusive")
    capitalPercentMaxExclusive: Final = _term("capitalPercentMaxExclusive")
    votingPercentMin: Final = _term("votingPercentMin")
    votingPercentMax: Final = _term("votingPercentMax")
    votingPercentMinExclusive: Final = _term("votingPercentMinExclusive")
    votingPercentMaxExclusive: Final = _term("votingPercentMaxExclusive")
    votesBasis: Final = _term("votesBasis")
    voteCount: Final = _term("voteCount")
    directness: Final = _term("directness")
    via: Final = _term("via")

    # share classes
    votesPerShare: Final = _term("votesPerShare")
    registeredVotesPerShare: Final = _term("registeredVotesPerShare")
    registeredVotesFrom: Final = _term("registeredVotesFrom")

    # capital
    issuedShares: Final = _term("issuedShares")
    treasuryShares: Final = _term("treasuryShares")
    grossVotes: Final = _term("grossVotes")
    exercisableVotes: Final = _term("exercisableVotes")

    # agreements
    agreementKind: Final = _term("agreementKind")
    party: Final = _term("party")
    bound: Final = _term("bound")
    capPercent: Final = _term("capPercent")
    decision: Final = _term("decision")

    # tenures
    person: Final = _term("person")
    organisation: Final = _term("organisation")
    office: Final = _term("office")
    officeTitle: Final = _term("officeTitle")
    nominatedBy: Final = _term("nominatedBy")

    # figures
    measure: Final = _term("measure")
    amount: Final = _term("amount")
    unit: Final = _term("unit")
    consolidated: Final = _term("consolidated")

    # events and proposals
    eventKind: Final = _term("eventKind")
    participation: Final = _term("participation")
    role: Final = _term("role")
    outcome: Final = _term("outcome")
    withheld: Final = _term("withheld")
    leverage: Final = _term("leverage")
    partOf: Final = _term("partOf")
    ledTo: Final = _term("ledTo")
    change: Final = _term("change")
    terms: Final = _term("terms")

    # edits
    edits: Final = _term("edits")
    identifies: Final = _term("identifies")
    editNumber: Final = _term("editNumber")
    editedOn: Final = _term("editedOn")
    editReason: Final = _term("editReason")
    salt: Final = _term("salt")
    partyHash: Final = _term("partyHash")
    claimsRemoved: Final = _term("claimsRemoved")

    # derived graphs: how they were made
    asOf: Final = _term("asOf")
    knownAt: Final = _term("knownAt")
    supposes: Final = _term("supposes")
    rule: Final = _term("rule")
    softwareVersion: Final = _term("softwareVersion")
    datasetFingerprint: Final = _term("datasetFingerprint")

    # derived graphs: shortcuts between two parties
    hasStakeIn: Final = _term("hasStakeIn")
    controls: Final = _term("controls")
    mayControl: Final = _term("mayControl")
    ultimateController: Final = _term("ultimateController")

    # derived graphs: findings
    grossVotesPercentMin: Final = _term("grossVotesPercentMin")
    grossVotesPercentMax: Final = _term("grossVotesPercentMax")
    grossVotesPercentMinExclusive: Final = _term("grossVotesPercentMinExclusive")
    grossVotesPercentMaxExclusive: Final = _term("grossVotesPercentMaxExclusive")
    exercisableVotesPercentMin: Final = _term("exercisableVotesPercentMin")
    exercisableVotesPercentMax: Final = _term("exercisableVotesPercentMax")
    exercisableVotesPercentMinExclusive: Final = _term("exercisableVotesPercentMinExclusive")
    exercisableVotesPercentMaxExclusive: Final = _term("exercisableVotesPercentMaxExclusive")
    agreedVotesPercentMin: Final = _term("agreedVotesPercentMin")
    agreedVotesPercentMax: Final = _term("agreedVotesPercentMax")
    agreedVotesPercentMinExclusive: Final = _term("agreedVotesPercentMinExclusive")
    agreedVotesPercentMaxExclusive: Final = _term("agreedVotesPercentMaxExclusive")
    integratedPercentMin: Final = _term("integratedPercentMin")
    integratedPercentMax: Final = _term("integratedPercentMax")
    integratedPercentMinExclusive: Final = _term("integratedPercentMinExclusive")
    integratedPercentMaxExclusive: Final = _term("integratedPercentMaxExclusive")
    regime: Final = _term("regime")
    partyBehind: Final = _term("partyBehind")
    testedCompany: Final = _term("testedCompany")
    countedPercentMin: Final = _term("countedPercentMin")
    countedPercentMax: Final = _term("countedPercentMax")
    countedPercentMinExclusive: Final = _term("countedPercentMinExclusive")
    countedPercentMaxExclusive: Final = _term("countedPercentMaxExclusive")
    controller: Final = _term("controller")
    controlled: Final = _term("controlled")
    verdict: Final = _term("verdict")
    ultimate: Final = _term("ultimate")
    article: Final = _term("article")
    articleJurisdiction: Final = _term("articleJurisdiction")
    effect: Final = _term("effect")
    text: Final = _term("text")


Ends = tuple[URIRef, URIRef, URIRef, URIRef]
"""Properties of a range in percent: its least, its most, and whether each of these is left out."""


class PERCENT:
    """The ranges in percent: four properties each."""

    capital: Final[Ends] = (
        KEI.capitalPercentMin,
        KEI.capitalPercentMax,
        KEI.capitalPercentMinExclusive,
        KEI.capitalPercentMaxExclusive,
    )
    voting: Final[Ends] = (
        KEI.votingPercentMin,
        KEI.votingPercentMax,
        KEI.votingPercentMinExclusive,
        KEI.votingPercentMaxExclusive,
    )
    gross_votes: Final[Ends] = (
        KEI.grossVotesPercentMin,
        KEI.grossVotesPercentMax,
        KEI.grossVotesPercentMinExclusive,
        KEI.grossVotesPercentMaxExclusive,
    )
    exercisable_votes: Final[Ends] = (
        KEI.exercisableVotesPercentMin,
        KEI.exercisableVotesPercentMax,
        KEI.exercisableVotesPercentMinExclusive,
        KEI.exercisableVotesPercentMaxExclusive,
    )
    agreed_votes: Final[Ends] = (
        KEI.agreedVotesPercentMin,
        KEI.agreedVotesPercentMax,
        KEI.agreedVotesPercentMinExclusive,
        KEI.agreedVotesPercentMaxExclusive,
    )
    integrated: Final[Ends] = (
        KEI.integratedPercentMin,
        KEI.integratedPercentMax,
        KEI.integratedPercentMinExclusive,
        KEI.integratedPercentMaxExclusive,
    )
    counted: Final[Ends] = (
        KEI.countedPercentMin,
        KEI.countedPercentMax,
        KEI.countedPercentMinExclusive,
        KEI.countedPercentMaxExclusive,
    )


SHORTCUTS: Final = (KEI.hasStakeIn, KEI.controls, KEI.mayControl, KEI.ultimateController)
"""Direct properties between two parties, in derived graphs only."""

TERMS: Final[Mapping[str, URIRef]] = {
    name: term for name, term in vars(KEI).items() if isinstance(term, URIRef)
}
"""Every class and property by its local name, in reading order."""
