"""What a company states in the place of persons with significant control.

The codes are those that the register publishes, spelt as it spells them. Some say that there is
nobody to be named, some why nobody could be named, and the rest of them (of overseas entities) only
how complete the list is, which tells of no holder.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from keiretsu.errors import UnknownTermError
from keiretsu.formats.fields import short
from keiretsu.model import UnspecifiedReason

if TYPE_CHECKING:
    from collections.abc import Mapping

_NOBODY: Final = UnspecifiedReason.NO_BENEFICIAL_OWNERS
_UNABLE: Final = UnspecifiedReason.SUBJECT_UNABLE
_SILENT: Final = UnspecifiedReason.PARTY_HAS_NOT_PROVIDED

_OF_COMPANIES: Final = {
    "no-individual-or-entity-with-signficant-control": _NOBODY,  # the register's spelling
    "psc-exists-but-not-identified": _UNABLE,
    "psc-details-not-confirmed": _UNABLE,
    "steps-to-find-psc-not-yet-completed": _UNABLE,
    "psc-contacted-but-no-response": _SILENT,
    "psc-has-failed-to-confirm-changed-details": _SILENT,
    "restrictions-notice-issued-to-psc": _SILENT,
}
_OF_OVERSEAS_ENTITIES: Final = {
    "no-beneficial-owner-identified": _UNABLE,
    "at-least-one-beneficial-owner-unidentified": _UNABLE,
    "information-not-provided-for-at-least-one-beneficial-owner": _SILENT,
    "at-least-one-beneficial-owner-unidentified-and-information-not-provided-for-at-least-one"
    "-beneficial-owner": _UNABLE,
    "all-beneficial-owners-identified": None,
    "nobody-has-become-or-ceased-to-be-a-beneficial-owner": None,
    "somebody-has-become-or-ceased-to-be-a-beneficial-owner": None,
    "no-change-beneficial-owner-relevant-period": None,
    "change-beneficial-owner-relevant-period": None,
    "no-trust-involved-relevant-period": None,
    "trust-involved-relevant-period": None,
    "no-change-beneficiary-relevant-period": None,
    "change-beneficiary-relevant-period": None,
}

STATEMENTS: Final[Mapping[str, UnspecifiedReason | None]] = MappingProxyType(
    _OF_COMPANIES
    | {f"{code}-partnership": reason for code, reason in _OF_COMPANIES.items()}
    | _OF_OVERSEAS_ENTITIES
)
"""For each code why nobody is named; None where the statement tells of no holder."""

_MENDED: Final = "no-individual-or-entity-with-significant-control"
EXEMPTION: Final = UnspecifiedReason.SUBJECT_EXEMPT
SUPER_SECURE: Final = UnspecifiedReason.PARTY_EXEMPT


def reason_of(code: str) -> UnspecifiedReason | None:
    """Return why nobody is named, None if the statement does not say so.

    Raises
    ------
    UnknownTermError
        If the register has no such statement.

    Examples
    --------
    >>> reason_of("no-individual-or-entity-with-signficant-control").value
    'no-beneficial-owners'
    """
    # Others that pass the records on mend the register's spelling.
    spelt = code.replace("significant", "signficant") if code.startswith(_MENDED) else code
    if spelt not in STATEMENTS:
        problem = f"the field data.statement ({short(code)}) is no statement of the register"
        raise UnknownTermError(problem, mend="correct it, or skip such records with --lenient")
    return STATEMENTS[spelt]
