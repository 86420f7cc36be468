"""What the endpoint says of itself, by SPARQL 1.1 Service Description.

Source: https://www.w3.org/TR/sparql11-service-description/
"""

from __future__ import annotations

from keiretsu.store.query.answer import Answer
from keiretsu.store.query.result_forms import GRAPH_TYPES, written_as
from keiretsu.store.query.service_description import described

OFFERED = tuple(kind for kind in GRAPH_TYPES if not kind.endswith("/xml"))


def service_description(address: str, media_type: str) -> str:
    """Return the description of the endpoint at an address in the form of a media type."""
    return written_as(Answer(graph=described(address)), media_type)
