"""Claims on their way: given their IRIs, then joined where one names another."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from keiretsu.model import (
    Agreement,
    Capital,
    Claim,
    Event,
    Figure,
    Holding,
    Registration,
    ShareClass,
    Tenure,
    claim_id,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alliance_builder.parties import Register
    from alliance_builder.tables import Row

_PAIRS = {"holding": Holding, "tenure": Tenure}


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim without its IRI, with the row that it came from and the claims that it names.

    Parameters
    ----------
    claim
        The claim.
    row
        Where it came from.
    key
        By which other rows name it; empty if none does.
    names
        Row that has the columns of the claims it names; None if it names none.
    """

    claim: Claim
    row: Row
    key: str = ""
    names: Row | None = field(default=None, compare=False)


class Joiner:
    """Gives claims their IRIs and joins them.

    Parameters
    ----------
    drafts
        All claims.
    parties
        Who is meant by a name.
    """

    def __init__(self, drafts: Iterable[Draft], parties: Register) -> None:
        self.parties = parties
        self.drafts = _identified(drafts)
        self.by_key: dict[str, Claim] = {}
        for draft in self.drafts:
            if draft.key and self.by_key.setdefault(draft.key, draft.claim) is not draft.claim:
                raise draft.row.error(f"two claims have the key {draft.key!r}", "change one")

    def claims(self) -> list[Claim]:
        """Return the claims, each with the IRIs of those that it names, in the order of IRIs."""
        return sorted((self._joined(draft) for draft in self.drafts), key=lambda claim: claim.id)

    def _joined(self, draft: Draft) -> Claim:
        claim, row = draft.claim, draft.names
        if row is None:
            return claim
        if row.optional("supersedes"):
            claim = replace(claim, supersedes=self._all("supersedes", row))
        if isinstance(claim, Event):
            parent = row.optional("part_of")
            claim = replace(
                claim,
                leverage=self._all("leverage", row),
                led_to=self._all("led_to", row),
                part_of=self._find(parent, row).id if parent else None,
            )
        return claim

    def _all(self, column: str, row: Row) -> tuple[str, ...]:
        texts = row.several(column) if row.optional(column) else ()
        return tuple(sorted(self._find(text, row).id for text in texts))

    def _find(self, text: str, row: Row) -> Claim:
        """Return the claim that a row names by its key, or as ``holding A>B@date``."""
        if text in self.by_key:
            return self.by_key[text]
        kind, _, rest = text.partition(" ")
        pair, _, date = rest.partition("@")
        one, mark, other = pair.partition(">")
        if kind not in _PAIRS or not mark:
            raise row.error(f"no claim is named {text!r}", "use a key, or holding A>B@date")
        ends = (self.parties.find(one.strip(), row), self.parties.find(other.strip(), row))
        found = [
            draft.claim
            for draft in self.drafts
            if isinstance(draft.claim, _PAIRS[kind])
            and _ends(draft.claim) == ends
            and str(draft.claim.begins) == date.strip()
        ]
        if len(found) != 1:
            raise row.error(f"{len(found)} claims are named {text!r}", "name one of them")
        return found[0]


def _ends(claim: Claim) -> tuple[str, str] | None:
    if isinstance(claim, Holding):
        return claim.holder, claim.issuer
    if isinstance(claim, Tenure):
        return claim.person, claim.organisation
    return None


def _identified(drafts: Iterable[Draft]) -> list[Draft]:
    """Return the drafts with the IRIs of their claims."""
    seen: Counter[tuple[object, ...]] = Counter()
    found = []
    for draft in drafts:
        if isinstance(draft.claim, ShareClass):
            found.append(draft)
            continue
        key = (draft.claim.document, _type(draft.claim), *_subject(draft.claim), draft.claim.begins)
        found.append(replace(draft, claim=replace(draft.claim, id=claim_id(*key, seen[key]))))
        seen[key] += 1
    return found


def _type(claim: Claim) -> str:
    return "Event" if isinstance(claim, Event) else type(claim).__name__


def _subject(claim: Claim) -> tuple[str | None, ...]:
    """Return what a claim is about: parties, kind and class."""
    found: tuple[str | None, ...]
    match claim:
        case Holding():
            found = (claim.holder, claim.issuer, claim.interest, claim.share_class)
        case Registration():
            found = (claim.holder, claim.issuer, None, claim.share_class)
        case Capital():
            found = (None, claim.issuer, None, claim.share_class)
        case Agreement():
            found = (claim.label, claim.issuer, claim.kind, None)
        case Tenure():
            found = (claim.person, claim.organisation, claim.office, None)
        case Figure():
            found = (claim.party, None, claim.measure, claim.unit)
        case Event():
            found = (claim.label, None, claim.kind, None)
        case _:
            message = f"{type(claim).__name__} has an IRI of its own"
            raise TypeError(message)
    return found
