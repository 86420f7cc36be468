"""The removal of a person on request: their claims go, and the record of it does not name them."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from keiretsu.errors import InputError
from keiretsu.model import Caution, PartialDate, PartyKind, party_digest
from keiretsu.ownership_graph.editing import Outcome
from keiretsu.snapshot.directory import Directory
from keiretsu.store.codec.claim_read import parties_of
from keiretsu.store.codec.edits import make_removal
from keiretsu.store.editing.editor import without_party

if TYPE_CHECKING:
    from keiretsu.ownership_graph.editing import Editor

_SALT_BYTES = 16
_SHOWN = 5
_SHORTEST_NAME = 3


def forget(editor: Editor, person: str, reason: str, *, on: str | None = None) -> Outcome:
    """Remove a person from the edited file: description, names, and every claim about them.

    What other files say of the person stays there and is no longer read together with this file.

    Parameters
    ----------
    editor
        Where.
    person
        Name of the person.
    reason
        Why, such as ``request of the person``; it must not name them.
    on
        Date of the removal, if it is to be noted.

    Returns
    -------
    Outcome
        Its cautions tell where a name of the person is still to be read. `before` holds what was
        removed.

    Raises
    ------
    NameNotFoundError
        If no party has the name.
    InputError
        If the party is no person, the reason is missing or names the person, or the file cannot
        be edited.
    """
    before = editor.claims()
    parties = list(before.parties.values())
    found = parties[Directory(parties).find(person)]
    if found.kind is not PartyKind.PERSON:
        problem = f"{found.label} is a {found.kind}, and only persons are removed"
        raise InputError(problem, mend="reject claims about others, with their reason")
    words = " ".join(reason.split())
    names = [name for name in (*found.names, found.id) if len(name) >= _SHORTEST_NAME]
    if not words or any(name.casefold() in words.casefold() for name in names):
        problem = "the reason is kept, so it must be there and not name the person"
        raise InputError(problem, mend="write --reason 'request of the person'")
    salt = secrets.token_hex(_SALT_BYTES)
    removal = make_removal(
        editor.next_number(),
        salt=salt,
        digest=party_digest(salt, found.id),
        claims=sum(found.id in parties_of(claim) for claim in before.every_claim()),
        on=PartialDate.parse(on) if on else None,
        reason=words,
    )
    content = without_party(editor.file.content, found.id, removal)
    graph = editor.commit(content)
    cautions = [*graph.cautions, *_mentioned(content.mentions(names))]
    return Outcome(
        edit=removal, before=before, after=graph.claims, cautions=tuple(sorted(set(cautions)))
    )


def _mentioned(places: list[str]) -> list[Caution]:
    if not places:
        return []
    some = ", ".join(place.rpartition("/")[2] for place in places[:_SHOWN])
    more = f" and {len(places) - _SHOWN} more" if len(places) > _SHOWN else ""
    text = f"a name of the person is still in the words of {some}{more}; look at them"
    return [Caution("name-remains", text)]
