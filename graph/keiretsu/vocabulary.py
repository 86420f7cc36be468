"""The terms of ``ontology/``, as constants.

Plain classes of constants rather than a lazy namespace: a misspelt term is then an error of the
type checker and not of the day on which the line runs. A test holds them equal to the Turtle.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from rdflib import URIRef

from keiretsu.model import (
    ID,
    AgreementKind,
    Directness,
    Interest,
    Remainder,
    Sourcing,
    Status,
    VotesBasis,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

ONTOLOGY: Final = "https://w3id.org/keiretsu/ontology#"
"""Namespace of classes and properties."""

CODE: Final = "https://w3id.org/keiretsu/code/"
"""Namespace of code lists: ``<list>/<notation>``."""


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
    Dataset: Final = _term("Dataset")
    Claim: Final = _term("Claim")
    Holding: Final = _term("Holding")
    ShareClass: Final = _term("ShareClass")
    Registration: Final = _term("Registration")
    Capital: Final = _term("Capital")
    Agreement: Final = _term("Agreement")

    # parties
    identifiedBy: Final = _term("identifiedBy")
    scheme: Final = _term("scheme")
    value: Final = _term("value")
    jurisdiction: Final = _term("jurisdiction")
    listed: Final = _term("listed")
    remainder: Final = _term("remainder")
    actsFor: Final = _term("actsFor")
    existsFrom: Final = _term("existsFrom")
    existsUntil: Final = _term("existsUntil")

    # documents and the dataset
    title: Final = _term("title")
    publisher: Final = _term("publisher")
    publishedOn: Final = _term("publishedOn")
    url: Final = _term("url")
    horizon: Final = _term("horizon")

    # every claim
    reportedIn: Final = _term("reportedIn")
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


TERMS: Final[Mapping[str, URIRef]] = {
    name: term for name, term in vars(KEI).items() if isinstance(term, URIRef)
}
"""Every class and property by its local name, in reading order."""


class GRAPH:
    """Named graphs that are not a document's."""

    parties: Final = URIRef(f"{ID}graph/parties")
    documents: Final = URIRef(f"{ID}graph/documents")
    ontology: Final = URIRef(f"{ID}graph/ontology")


DATASET: Final = URIRef(f"{ID}dataset")
"""What carries the description of the data as a whole, such as its horizon."""

DECISIONS: Final = ("ordinary", "ordinary-high-quorum", "extraordinary")
"""Classes of decision for which an agreement can work."""

CODES: Final[Mapping[str, tuple[str, ...]]] = {
    "agreement-kind": tuple(AgreementKind),
    "decision": DECISIONS,
    "directness": tuple(Directness),
    "interest": tuple(Interest),
    "remainder": tuple(Remainder),
    "sourcing": tuple(Sourcing),
    "status": tuple(Status),
    "votes-basis": tuple(VotesBasis),
}
"""The notations of each code list."""


def code(code_list: str, notation: str) -> URIRef:
    """Return the IRI of a code.

    Examples
    --------
    >>> str(code("status", "disputed"))
    'https://w3id.org/keiretsu/code/status/disputed'
    """
    return URIRef(f"{CODE}{code_list}/{quote(notation, safe='')}")


PARTY_SUPERCLASS: Final[Mapping[str, str]] = {
    "Person": "Party",
    "Organisation": "Party",
    "UnknownParty": "Party",
    "Company": "Organisation",
    "Fund": "Organisation",
    "Arrangement": "Organisation",
    "GovernmentBody": "Organisation",
    "Concert": "Organisation",
    "Alliance": "Organisation",
    "NewsOrganisation": "Organisation",
    "State": "GovernmentBody",
    "SubnationalState": "GovernmentBody",
    "Ministry": "GovernmentBody",
    "Agency": "GovernmentBody",
}
"""The kinds of parties: each class and the one it is a kind of."""

PREFIXES: Final[Mapping[str, str]] = {
    "kei": ONTOLOGY,
    "party": f"{ID}party/",
    "claim": f"{ID}claim/",
    "document": f"{ID}document/",
    "graph": f"{ID}graph/",
    **{name: f"{CODE}{name}/" for name in CODES},
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Prefixes that our files use and that every query may use undeclared."""
