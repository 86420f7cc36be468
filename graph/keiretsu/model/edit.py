"""Edits: what an editor added, rejected, superseded or removed, beside what documents say."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keiretsu.model.period import PartialDate


class EditKind(StrEnum):
    """What an edit does; each value is the local name of its class in the ontology."""

    ADDITION = "Addition"
    """A claim is added, with the source that the editor cites for it."""
    REJECTION = "Rejection"
    """A claim is no longer read; what its document says stays on record."""
    SUPERSESSION = "Supersession"
    """A claim is added that takes the place of another."""
    IDENTIFICATION = "Identification"
    """Two parties are one; what both files say of them stays as it is."""
    REMOVAL = "Removal"
    """A person is removed with all claims about them; the record of it does not name them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A change that an editor made.

    Parameters
    ----------
    id
        IRI, made of all that is said of the edit.
    number
        Its place among the edits of its file, from 1; edits carry no clock.
    kind
        What it does.
    claim
        IRI of the claim that was added or rejected; None for a removal or an identification.
    on
        When it was made, where the editor said so.
    reason
        Why, in words.
    """

    id: str
    number: int
    kind: EditKind
    claim: str | None = None
    on: PartialDate | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal(Edit):
    """The record that a person was removed, from which nobody learns who it was.

    Parameters
    ----------
    salt, digest
        See `party_digest`: enough to know the person again when an old source is loaded.
    claims
        How many claims were removed.
    """

    salt: str
    digest: str
    claims: int = 0

    def concerns(self, party: str) -> bool:
        """Return whether the party with the IRI `party` is the one that was removed."""
        return hmac.compare_digest(self.digest, party_digest(self.salt, party))


@dataclass(frozen=True, slots=True, kw_only=True)
class Identification(Edit):
    """The word of an editor that parties are one.

    Parameters
    ----------
    parties
        Their IRIs, sorted.
    """

    parties: tuple[str, ...]


def party_digest(salt: str, party: str) -> str:
    """Return the salted hash by which a removed party is known again.

    Whoever already suspects a name can confirm it; nobody can read the name from the hash.

    Examples
    --------
    >>> party_digest("salt", "https://example.org/a") == party_digest(
    ...     "salt", "https://example.org/b"
    ... )
    False
    """
    return hmac.new(salt.encode(), party.encode(), hashlib.sha256).hexdigest()
