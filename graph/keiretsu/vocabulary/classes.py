"""The order of the classes: which is a kind of which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

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

CLAIM_SUPERCLASS: Final[Mapping[str, str]] = {
    "Holding": "Claim",
    "ShareClass": "Claim",
    "Registration": "Claim",
    "Capital": "Claim",
    "Agreement": "Claim",
    "Tenure": "Claim",
    "Figure": "Claim",
    "Event": "Claim",
    "Proposal": "Event",
}
"""The kinds of claims: each class and the one it is a kind of."""

DOCUMENT_SUPERCLASS: Final = {"Correction": "Document"}
"""The kinds of documents: each class and the one it is a kind of."""

EDIT_SUPERCLASS: Final = {
    "Addition": "Edit",
    "Rejection": "Edit",
    "Supersession": "Edit",
    "Identification": "Edit",
    "Removal": "Edit",
}
"""The kinds of edits: each class and the one it is a kind of."""

FINDINGS: Final = (
    "Derivation",
    "Stake",
    "ControlFinding",
    "Suspension",
    "IntegratedShare",
    "LegalVerdict",
)
"""Classes of what lies in derived graphs, and only there."""
