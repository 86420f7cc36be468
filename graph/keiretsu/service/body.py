"""Reading a request's body, never more of it than allowed."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import anyio
from starlette.requests import ClientDisconnect

from keiretsu.service.faults import RequestFaultError

if TYPE_CHECKING:
    from starlette.requests import Request


async def read_body(request: Request, most: int, patience: float) -> bytes:
    """Return the body.

    Raises
    ------
    RequestFaultError
        413 if it is larger than `most` bytes, as soon as that is known; 408 if it has not come
        within `patience` seconds; 400, to nobody but the log, if whoever sends it goes away.
    """
    try:
        with anyio.fail_after(patience):
            return await _read(request, most)
    except TimeoutError:
        problem = f"the request did not come within {patience:g} s"
        mend = "send it faster, or in smaller parts"
        headers = {"Connection": "close"}
        raise RequestFaultError(HTTPStatus.REQUEST_TIMEOUT, problem, mend, headers) from None
    except ClientDisconnect:
        problem = "the connection was closed before the request was whole"
        raise RequestFaultError(HTTPStatus.BAD_REQUEST, problem, "send it whole") from None


async def _read(request: Request, most: int) -> bytes:
    stated = request.headers.get("content-length", "")
    if stated.isdigit() and int(stated) > most:
        raise _too_large(most)
    found = bytearray()
    async for part in request.stream():
        found += part
        if len(found) > most:
            raise _too_large(most)
    return bytes(found)


def check_query_string(request: Request, most: int) -> bytes:
    """Return the query string as it was sent.

    Raises
    ------
    RequestFaultError
        414 if it is longer than `most` bytes.
    """
    found: bytes = request.scope["query_string"]
    if len(found) > most:
        mend = "send the query by POST"
        raise RequestFaultError(HTTPStatus.REQUEST_URI_TOO_LONG, "the address is too long", mend)
    return found


def _too_large(most: int) -> RequestFaultError:
    problem = f"the request is larger than {most:,} bytes"
    return RequestFaultError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, problem, "ask for less at once")
