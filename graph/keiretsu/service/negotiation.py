"""Which form of an answer a client gets."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import mimeparse

from keiretsu.service.faults import RequestFaultError

if TYPE_CHECKING:
    from collections.abc import Sequence


def chosen(accept: str, offered: Sequence[str]) -> str:
    """Return the media type that a client likes best; the first offered if it does not mind.

    Parameters
    ----------
    accept
        The ``Accept`` header; empty if there was none.
    offered
        Media types, the preferred one first.

    Raises
    ------
    RequestFaultError
        406 if it takes none of them; 400 if the header cannot be read.

    Examples
    --------
    >>> chosen("text/csv;q=0.5, application/json", ["application/json", "text/csv"])
    'application/json'
    >>> chosen("*/*", ["text/turtle", "application/n-triples"])
    'text/turtle'
    """
    if not accept.strip():
        return offered[0]
    try:  # of equals the library takes the last one
        best: str = mimeparse.best_match(list(reversed(offered)), accept)
    except (mimeparse.MimeTypeParseException, ValueError):
        problem = "the Accept header cannot be read"
        raise RequestFaultError(HTTPStatus.BAD_REQUEST, problem, "name media types") from None
    if not best:
        problem = "the answer has none of the forms that were asked for"
        raise RequestFaultError(HTTPStatus.NOT_ACCEPTABLE, problem, f"accept {', '.join(offered)}")
    return best
