"""The query that retrieves the claims behind a line or a box, ready to be run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keiretsu.views.scene.model import SceneLink

_IRI = re.compile(r'[a-zA-Z][a-zA-Z0-9+.\-]*:[^\x00-\x20<>"{}|^`\\\s]+')
_PREFIX = "PREFIX kei: <https://w3id.org/keiretsu/ontology#>\n"


LINK_QUERY = (
    f"{_PREFIX}SELECT ?claim ?thing ?property ?value WHERE {{\n  VALUES ?claim {{",
    (
        "}\n  ?claim kei:reportedIn? ?thing .\n  ?thing ?property ?value .\n}\n"
        "ORDER BY ?claim ?thing ?property ?value"
    ),
)
"""What stands before and after the claims that are asked about; a page puts them in between."""


_THERE = "THERE"
PARTY_QUERY = tuple(
    f"""{_PREFIX}SELECT ?claim ?holder ?issuer ?least ?most ?from ?until ?day ?document WHERE {{
  VALUES ?party {{ {_THERE} }}
  {{ ?claim kei:holder ?party }} UNION {{ ?claim kei:issuer ?party }}
  ?claim a kei:Holding ; kei:holder ?holder ; kei:issuer ?issuer .
  OPTIONAL {{ ?claim kei:capitalPercentMin ?least }}
  OPTIONAL {{ ?claim kei:capitalPercentMax ?most }}
  OPTIONAL {{ ?claim kei:validFrom ?from }}
  OPTIONAL {{ ?claim kei:validUntil ?until }}
  OPTIONAL {{ ?claim kei:statedFor ?day }}
  OPTIONAL {{ ?claim kei:reportedIn ?document }}
}}
ORDER BY ?holder ?issuer ?from ?day ?claim""".split(_THERE)
)
"""The same around the IRI of a party: the query for all claims of holdings of it or in it."""


def query_of_link(link: SceneLink) -> str | None:
    """Return the query for all that the claims of a line, and their documents, say; or None.

    Examples
    --------
    >>> from keiretsu.views.scene.evidence import Evidence
    >>> from keiretsu.views.scene.model import SceneLink
    >>> told = Evidence(claim="urn:claim:1", title="Annual report")
    >>> print(query_of_link(SceneLink(id="1", holder="a", issuer="b", evidence=(told,))))
    PREFIX kei: <https://w3id.org/keiretsu/ontology#>
    SELECT ?claim ?thing ?property ?value WHERE {
      VALUES ?claim { <urn:claim:1> }
      ?claim kei:reportedIn? ?thing .
      ?thing ?property ?value .
    }
    ORDER BY ?claim ?thing ?property ?value
    """
    claims = sorted({one.claim for one in (*link.evidence, *link.conflicts) if is_iri(one.claim)})
    if not claims:
        return None
    return " ".join([LINK_QUERY[0], *(f"<{claim}>" for claim in claims), LINK_QUERY[1]])


def is_iri(text: str) -> bool:
    """Return whether a text can stand between angle brackets and end nothing."""
    return _IRI.fullmatch(text) is not None
