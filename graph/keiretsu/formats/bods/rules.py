"""The rules of BODS 0.4 that its JSON Schema cannot say, and how grave it is to break each.

The texts restate what the standard's pages and schema descriptions say (standard.openownership.org,
0.4.0). A rule that the standard gives with MUST is an error to break; what it advises, and what is
hardly possible, is a warning.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from keiretsu.model import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

_E: Final = Severity.ERROR
_W: Final = Severity.WARNING

RULES: Final[Mapping[str, tuple[Severity, str]]] = {
    # of one statement
    "additional-field": (_W, "the standard has no field of this name here"),
    "bods-version": (_W, "statements of the standard 0.4 say bodsVersion 0.4"),
    "date-in-future": (_W, "what has been declared, published, retrieved or born is not to come"),
    "birth-too-early": (_W, "nobody of whom interests are declared was born before 1800"),
    "death-before-birth": (_E, "a person dies after birth"),
    "dissolution-before-founding": (_E, "an entity is dissolved after it is founded"),
    "listing-without-listing": (_E, "only a listed company has listings and filings"),
    "market-code-alone": (_W, "a market identifier code goes with its operating market's"),
    "interest-ends-before-start": (_E, "an interest ends after it starts"),
    "share-exact-and-range": (_E, "a share is either exact or a range"),
    "share-two-minimums": (_E, "a minimum is inclusive or exclusive, not both"),
    "share-two-maximums": (_E, "a maximum is inclusive or exclusive, not both"),
    "share-reversed": (_E, "the maximum of a share is not less than its minimum"),
    "share-no-range": (_W, "a share whose ends are one is exact"),
    "annotation-target": (_E, "an annotation points at something in its statement"),
    "person-scheme": (_W, "the scheme of a person's identifier is COUNTRY-TYPE"),
    "entity-scheme": (_W, "the scheme of an entity's identifier is a code of org-id.guide"),
    "identifier-check": (_W, "an identifier has the form and check digits of its scheme"),
    "unspecified-without-reason": (_W, "who is anonymous or unknown has a reason for it"),
    # of a record's statements
    "statement-twice": (_E, "a statementId is that of one statement"),
    "record-types": (_E, "all statements of a record have one recordType"),
    "record-several-new": (_E, "a record is new once"),
    "record-new-not-first": (_E, "the first statement of a record is the one that is new"),
    "record-several-closed": (_E, "a record is closed once"),
    "record-closed-not-last": (_E, "no statement follows the one that closes a record"),
    # between records
    "declaration-subject-unknown": (_E, "the declarationSubject is the recordId of a statement"),
    "declaration-subject-type": (_E, "the declarationSubject is an entity or a person"),
    "subject-unknown": (_E, "the subject is the recordId of a statement"),
    "subject-unspecified": (_W, "the subject is an entity with a record"),
    "subject-type": (_E, "the subject is an entity"),
    "subject-later": (_E, "the subject's statement comes before the relationship's"),
    "party-unknown": (_E, "the interestedParty is the recordId of a statement"),
    "party-type": (_E, "the interestedParty is an entity or a person"),
    "party-later": (_E, "the interestedParty's statement comes before the relationship's"),
    "owner-not-person": (_E, "a beneficial owner is a person"),
    "component-unknown": (_E, "componentRecords are recordIds of statements"),
    "component-is-statement": (_E, "componentRecords are recordIds, not statementIds"),
    "component-not-marked": (_E, "a record named in componentRecords is a component"),
    "component-later": (_E, "components come before the relationship of which they are part"),
    "component-of-none": (_E, "a component is named in some relationship's componentRecords"),
    "nomination-roles": (_W, "nominee and nominator are roles in a nomination arrangement"),
    "trust-roles": (_W, "settlor, trustee, protector and beneficiary are roles in a trust"),
}
"""Each rule with its severity and what it says."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a statement stands, and what it is called."""

    line: str
    statement: str

    def breach(self, rule: str, path: str, what: str) -> Finding:
        """Return that the statement breaks a rule.

        Parameters
        ----------
        rule
            One of `RULES`.
        path
            JSON pointer of what breaks it.
        what
            What stands there, in one clause.
        """
        severity, says = RULES[rule]
        return Finding(
            severity, f"bods-{rule}", f"{what}; {says}", self.line, (), "semantic",
            self.statement, path,
        )  # fmt: skip

    def malformed(self, keyword: str, path: str, message: str) -> Finding:
        """Return that the statement breaks the schema."""
        return Finding(
            Severity.ERROR, f"bods-schema-{keyword}", message, self.line, (), "schema",
            self.statement, path,
        )  # fmt: skip
