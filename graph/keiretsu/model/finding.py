"""What a check found, and what an answer assumed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How grave a finding is: an error makes a check fail, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that a check of the data found.

    Parameters
    ----------
    severity
        Whether it fails the check.
    rule
        Short name of the rule that was broken, such as ``percent-range``.
    message
        What is wrong and how to mend it, in one line.
    place
        Where: ``holdings.csv:3``, or file and IRI.
    parties
        Labels or IRIs of the parties concerned.
    check
        Which of several checks of a format found it: ``schema`` or ``semantic``; empty where there
        is only one.
    record, path
        What the file calls the record, and the JSON pointer of the fault within it.
    """

    severity: Severity
    rule: str
    message: str
    place: str = ""
    parties: tuple[str, ...] = ()
    check: str = ""
    record: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Caution:
    """A warning that travels with an answer: what was assumed, carried forward or left open.

    Parameters
    ----------
    code
        Stable short name, such as ``carried-forward`` or ``one-share-one-vote``.
    text
        What was assumed, in one sentence.
    parties
        Labels of the parties concerned.
    """

    code: str
    text: str
    parties: tuple[str, ...] = ()
