"""The query that retrieves the claims behind a line or a box, ready to be run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keiretsu.views.scene.model import SceneLink

_IRI = re.compile(r'[a-zA-Z][a-zA-Z0-9+.\-]*:[^\x00-\x20<>"{}|^`\\\s]+')
_PREFIX = "PREFIX kei: <https://w3id.org/keiretsu/ontology#>\n"


LINK_QUERY = (
    "SELECT ?claim ?property ?value WHERE {\n  VALUES ?claim {",
    "}\n  ?claim ?property ?value .\n}\nORDER BY ?claim ?property ?value",
)
"""What stands before and after the claims that are asked about; a page puts them in between."""


def query_of_link(link: SceneLink) -> str | None:
    """Return the query for everything that the claims of a line say; None if it has none.

    Examples
    --------
    >>> from keiretsu.views.scene.model import Evidence, SceneLink
    >>> told = Evidence(claim="urn:claim:1", title="Annual report")
    >>> print(query_of_link(SceneLink(id="1", holder="a", issuer="b", evidence=(told,))))
    SELECT ?claim ?property ?value WHERE {
      VALUES ?claim { <urn:claim:1> }
      ?claim ?property ?value .
    }
    ORDER BY ?claim ?property ?value
    """
    claims = sorted({one.claim for one in (*link.evidence, *link.conflicts) if is_iri(one.claim)})
    if not claims:
        return None
    return " ".join([LINK_QUERY[0], *(f"<{claim}>" for claim in claims), LINK_QUERY[1]])


def query_of_party(party: str) -> str | None:
    """Return the query for all claims of holdings of a party or in it; None if it has no IRI."""
    if not is_iri(party):
        return None
    return (
        f"{_PREFIX}"
        "SELECT ?claim ?holder ?issuer ?least ?most ?from ?until ?day ?document WHERE {\n"
        f"  VALUES ?party {{ <{party}> }}\n"
        "  { ?claim kei:holder ?party } UNION { ?claim kei:issuer ?party }\n"
        "  ?claim a kei:Holding ; kei:holder ?holder ; kei:issuer ?issuer .\n"
        "  OPTIONAL { ?claim kei:capitalPercentMin ?least }\n"
        "  OPTIONAL { ?claim kei:capitalPercentMax ?most }\n"
        "  OPTIONAL { ?claim kei:validFrom ?from }\n"
        "  OPTIONAL { ?claim kei:validUntil ?until }\n"
        "  OPTIONAL { ?claim kei:statedFor ?day }\n"
        "  OPTIONAL { ?claim kei:reportedIn ?document }\n"
        "}\n"
        "ORDER BY ?holder ?issuer ?from ?day ?claim"
    )


def is_iri(text: str) -> bool:
    """Return whether a text can stand between angle brackets and end nothing."""
    return _IRI.fullmatch(text) is not None
