"""Parties that may be one: proposals for a person to confirm, and what comes of it.

A proposal rests on names that are alike and on nothing that tells the two apart. It joins nobody;
whoever knows confirms it, which is an edit that can be taken back.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final

from keiretsu.errors import InputError
from keiretsu.model import ClaimSet, PartialDate, PartyKind
from keiretsu.model.identifiers import ISIN, is_joining
from keiretsu.model.names import fold
from keiretsu.ownership_graph.editing import Outcome
from keiretsu.store.codec.edits import make_identification
from keiretsu.store.editing.editor import append

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from keiretsu.model import Party
    from keiretsu.ownership_graph.editing import Editor

LEAST_SCORE: Final = 90.0
"""Of a hundred: below this names are rarely the same."""
_COMMON_WORD: Final = 60
"""A word that more parties have tells too little to compare all of them."""
_MOST_PAIRS: Final = 500_000
_SHORTEST_WORD: Final = 2
_WORD: Final = re.compile(r"\w+")
_FORMS: Final = frozenset(
    {"ab", "ag", "as", "asa", "bv", "co", "company", "corp", "corporation", "gmbh", "inc"}
    | {"incorporated", "kg", "limited", "llc", "llp", "ltd", "nv", "oy", "plc", "pte", "pty"}
    | {"sa", "sarl", "sas", "se", "spa", "srl", "the"}
    | {"dr", "miss", "mr", "mrs", "ms", "sir"}
)
"""Legal forms and titles, which tell no names apart."""
_PEOPLE: Final = {PartyKind.PERSON}
_ANYTHING: Final = {PartyKind.PARTY, PartyKind.UNKNOWN_PARTY}


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two parties that may be one.

    Parameters
    ----------
    first, second
        The parties, in the order of their IRIs.
    score
        How alike the most alike of their names are, in [0, 100].
    why
        What speaks for it, in a few words.
    """

    first: Party
    second: Party
    score: float
    why: tuple[str, ...]


def proposals(
    parties: Iterable[Party], *, least: float = LEAST_SCORE
) -> tuple[list[Proposal], bool]:
    """Return the parties that may be one, the most alike first.

    Parameters
    ----------
    parties
        All parties; those of whom the source names nobody are left out.
    least
        The least score of a proposal.

    Returns
    -------
    list of Proposal
        Each pair once.
    bool
        Whether there were too many pairs to compare all of them.

    Examples
    --------
    >>> from keiretsu.model import Party
    >>> two = [
    ...     Party(id="urn:a", label="Acme Trading Ltd"),
    ...     Party(id="urn:b", label="ACME TRADING"),
    ... ]
    >>> [(found.score, found.why) for found in proposals(two)[0]]
    [(100.0, ('Acme Trading Ltd / ACME TRADING',))]
    """
    by_id = {one.id: one for one in parties if one.kind is not PartyKind.UNKNOWN_PARTY}
    pairs, cut = _pairs(by_id)
    found = [
        proposal
        for one, other in sorted(pairs)
        if (proposal := _proposal(by_id[one], by_id[other], least)) is not None
    ]
    return sorted(found, key=lambda one: (-one.score, one.first.id, one.second.id)), cut


def confirm(
    editor: Editor, first: str, second: str, reason: str, *, on: str | None = None
) -> Outcome:
    """Write into the edited file that two parties are one.

    Parameters
    ----------
    editor
        Where.
    first, second
        IRIs of the parties.
    reason
        Why.
    on
        Date of the edit, if it is to be noted.

    Raises
    ------
    InputError
        If one of them is not in the data, they are one already, no reason is given, or the file
        cannot be edited.
    """
    before = editor.claims()
    lost = [iri for iri in (first, second) if iri not in before.parties]
    if lost or first == second:
        problem = f"{lost[0]} is no party of the data" if lost else "the two are one party already"
        raise InputError(problem, mend="list the proposals again")
    words = " ".join(reason.split())
    if not words:
        raise InputError("that two parties are one needs its reason", mend="give it with --reason")
    date = PartialDate.parse(on) if on else None
    edit = make_identification(editor.next_number(), first, second, on=date, reason=words)
    said = ClaimSet(parties={}, documents={}, edits=(edit,))
    graph = editor.commit(append(editor.file.content, said))
    return Outcome(edit=edit, before=before, after=graph.claims, cautions=graph.cautions)


def _pairs(by_id: Mapping[str, Party]) -> tuple[set[tuple[str, str]], bool]:
    """Return the pairs that share a word of a name that not too many have."""
    having: dict[str, set[str]] = defaultdict(set)
    for iri, party in by_id.items():
        for word in {word for name in _names(party) for word in name.split()}:
            having[word].add(iri)
    pairs: set[tuple[str, str]] = set()
    for _, members in sorted(having.items(), key=lambda item: (len(item[1]), item[0])):
        if len(members) > _COMMON_WORD:
            return pairs, True
        for pair in combinations(sorted(members), 2):
            pairs.add(pair)
            if len(pairs) >= _MOST_PAIRS:
                return pairs, True
    return pairs, False


def _proposal(one: Party, other: Party, least: float) -> Proposal | None:
    from rapidfuzz import fuzz  # noqa: PLC0415 - only needed to compare names

    if _told_apart(one, other):
        return None
    best, names = 0.0, ("", "")
    for mine, shown in _names(one).items():
        for theirs, seen in _names(other).items():
            score = fuzz.token_sort_ratio(mine, theirs)
            if score > best:
                best, names = score, (shown, seen)
    if best < least:
        return None
    return Proposal(one, other, round(best, 1), (" / ".join(names), *_shared(one, other)))


def _names(party: Party) -> dict[str, str]:
    """Return each name of a party without titles and legal forms, and as it is written."""
    found: dict[str, str] = {}
    former = (dated.name for dated in party.former_names)
    for name in (party.label, *party.aliases, *former):
        words = _WORD.findall(fold(name))
        telling = [word for word in words if word not in _FORMS and len(word) >= _SHORTEST_WORD]
        found.setdefault(" ".join(telling or words), name)
    found.pop("", None)
    return found


def _told_apart(one: Party, other: Party) -> bool:
    """Return whether anything says that two parties are not one."""
    kinds = {one.kind, other.kind}
    if kinds & _PEOPLE and kinds - _PEOPLE - _ANYTHING:
        return True
    if (
        None not in {one.jurisdiction, other.jurisdiction}
        and one.jurisdiction != other.jurisdiction
    ):
        return True
    if _apart(one.exists.start, other.exists.start):
        return True
    return any(True for _ in _contradicting(one, other))


def _apart(one: PartialDate | None, other: PartialDate | None) -> bool:
    if one is None or other is None:
        return False
    return one.first > other.last or other.first > one.last


def _contradicting(one: Party, other: Party) -> Iterator[str]:
    mine, theirs = _numbers(one), _numbers(other)
    yield from (scheme for scheme in mine.keys() & theirs.keys() if mine[scheme] != theirs[scheme])


def _numbers(party: Party) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for scheme, value in party.identifiers:
        if is_joining(scheme) and scheme != ISIN:  # a company may have several
            found[scheme].add(value)
    return found


def _shared(one: Party, other: Party) -> Iterator[str]:
    if one.jurisdiction is not None and one.jurisdiction == other.jurisdiction:
        yield f"both of {one.jurisdiction}"
    born = one.exists.start
    if born is not None and born == other.exists.start:
        yield f"both since {born}"
