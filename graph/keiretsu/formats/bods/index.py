"""What a first look at a file of BODS finds: the parties of its records, and their last statements.

The versions of a record may stand anywhere in a file, and a relationship names parties by recordId:
both must be known before the first claim can be made. The file is read twice for that; what is kept
between is a party for each record of an entity or a person, and one line for each relationship.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from keiretsu.errors import InputError
from keiretsu.formats.bods.annotation import kept_pieces
from keiretsu.formats.bods.parties import as_former, party_of, record_iri
from keiretsu.formats.frame import Reading
from keiretsu.model import Party

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keiretsu.formats.bods.statement import Raw


class Index:
    """The records of a file, and what has been read of them so far.

    Parameters
    ----------
    statements
        All statements of the file; those that cannot be read are left for the second look.
    """

    def __init__(self, statements: Iterable[Raw]) -> None:
        self.parties: dict[str, Party] = {}
        self.kinds: dict[str, str] = {}
        self._latest: dict[str, int] = {}
        self._claims: dict[str, tuple[str, ...]] = {}
        self._several = set[str]()
        dates: dict[str, str] = {}
        same: dict[str, str] = {}
        for raw in statements:
            try:
                self._note(raw, dates, same)
            except InputError:
                continue  # the second look says so, with its place

    def _note(self, raw: Raw, dates: dict[str, str], same: dict[str, str]) -> None:
        name, date = raw.record_id, raw.date
        party = None if raw.kind == "relationship" else _party_of(raw)
        if name in self._latest:
            self._several.add(name)
        if (date, raw.number) >= (dates.get(name, ""), self._latest.get(name, 0)):
            self._latest[name], self.kinds[name] = raw.number, raw.kind
            dates[name] = same.setdefault(date, date)  # a register has few days
            if party is not None:
                known = self.parties.get(name)
                # the first statement's identity stays: claims of other files may know it
                self.parties[name] = party if known is None else replace(party, id=known.id)

    def is_latest(self, raw: Raw) -> bool:
        """Return whether no later statement takes the place of this one."""
        name, _ = raw.record_id, raw.date  # a statement is read whole or not at all
        return self._latest.get(name) == raw.number

    def party(self, raw: Raw) -> Party:
        """Return what a statement on an entity or a person says of its party.

        Raises
        ------
        InputError
            If it cannot be read.
        """
        if self.is_latest(raw):
            return self.parties[raw.record_id]  # was read at the first look
        own, _ = party_of(raw), (raw.date, raw.status)  # a statement is read whole or not at all
        return as_former(own, self.parties.get(raw.record_id, own))

    def named(self, record_id: str) -> Party:
        """Return the party of a record that a relationship names; one that is not here too."""
        known = self.parties.get(record_id)
        return known or Party(id=record_iri(record_id), label=record_id)

    def before(self, raw: Raw) -> tuple[str, ...]:
        """Return the claims of the statement of the record that was read before."""
        return self._claims.get(raw.record_id, ())

    def read(self, raw: Raw, claims: Iterable[str]) -> None:
        """Note the claims that were made of a statement, if its record has another."""
        if raw.record_id in self._several:
            self._claims[raw.record_id] = tuple(claims)


def _party_of(raw: Raw) -> Party:
    """Return the party that a statement describes: of one of ours, that which it keeps."""
    if raw.usual is not None:  # none of ours
        from keiretsu.formats.bods.usual_parties import usual_party  # noqa: PLC0415 - needs msgspec

        return usual_party(raw, raw.usual.recordDetails) or party_of(raw)
    kept = kept_pieces(raw, Reading("")).own or ()
    return next((one for one in kept if isinstance(one, Party)), None) or party_of(raw)
