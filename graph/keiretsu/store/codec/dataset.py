"""Claims of the model to RDF and back: `write_dataset`, `write_trig`, `read_dataset`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keiretsu.store.codec.read import read_dataset
from keiretsu.store.codec.write import write_dataset
from keiretsu.store.syntax.trig import dataset_to_trig

if TYPE_CHECKING:
    from keiretsu.model import ClaimSet

__all__ = ["read_dataset", "write_dataset", "write_trig"]


def write_trig(claims: ClaimSet) -> str:
    """Return claims as TriG text: sorted, the same bytes on every run.

    Raises
    ------
    InputError
        As `write_dataset`.

    Examples
    --------
    >>> from keiretsu.model import ClaimSet, Party, PartyKind
    >>> nissan = Party(id="https://w3id.org/keiretsu/id/party/nissan", label="Nissan")
    >>> text = write_trig(ClaimSet(parties={nissan.id: nissan}, documents={}))
    >>> print(text[text.index("graph:parties") :])
    graph:parties {
        party:nissan a kei:Party ;
            rdfs:label "Nissan" .
    }
    """
    return dataset_to_trig(write_dataset(claims))
