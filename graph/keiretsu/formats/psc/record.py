"""One record of the register of persons with significant control, before it is understood."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from keiretsu.formats.fields import Fields
    from keiretsu.model import PartialDate, Party


class Record(NamedTuple):
    """A record with what it is about and where it stands.

    Parameters
    ----------
    subject
        The company.
    data
        What is said.
    address
        What the register calls the record.
    document
        IRI of the snapshot.
    snapshot_date
        When the snapshot was made, where its name tells.
    place
        Where it stands in the file.
    """

    subject: Party
    data: Fields
    address: str
    document: str
    snapshot_date: PartialDate | None
    place: str
