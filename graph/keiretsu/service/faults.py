"""What a client is told when a request fails: a status, the problem and its mend, no traceback."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.responses import Response

from keiretsu.errors import DeadlineError, KeiretsuError, NameNotFoundError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request


class RequestFaultError(Exception):
    """A request that cannot be served.

    Parameters
    ----------
    status
        The HTTP status.
    problem, mend
        What is wrong, and what to do about it.
    headers
        Further headers of the response.
    place
        Where it is wrong.
    """

    def __init__(
        self,
        status: HTTPStatus,
        problem: str,
        mend: str = "",
        headers: Mapping[str, str] | None = None,
        *,
        place: str = "",
    ) -> None:
        self.status, self.problem, self.mend, self.headers = status, problem, mend, headers
        self.place = place
        super().__init__(problem)


def status_of(error: KeiretsuError) -> HTTPStatus:
    """Return the status under which an error of ours is told.

    Examples
    --------
    >>> int(status_of(NameNotFoundError("Nobody"))), int(status_of(DeadlineError("stopped")))
    (404, 504)
    """
    if isinstance(error, NameNotFoundError):
        return HTTPStatus.NOT_FOUND
    if isinstance(error, DeadlineError):
        return HTTPStatus.GATEWAY_TIMEOUT
    return HTTPStatus.BAD_REQUEST


def mend_of(error: KeiretsuError) -> str:
    """Return what to do about an error of ours, by the means of whoever asks over HTTP.

    Examples
    --------
    >>> mend_of(NameNotFoundError("Nobody"))
    'search for names with /api/search?text=, or list all with /api/parties'
    """
    if isinstance(error, NameNotFoundError) and not error.nearest:
        return "search for names with /api/search?text=, or list all with /api/parties"
    return error.mend


def problem_response(
    status: HTTPStatus,
    problem: str,
    *,
    place: str = "",
    mend: str = "",
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return a response in the form of RFC 9457, with the mend as a member of its own."""
    told = {
        "type": "about:blank",
        "title": status.phrase,
        "status": int(status),
        "detail": problem,
        "place": place,
        "mend": mend,
    }
    content = json.dumps({key: value for key, value in told.items() if value != ""}) + "\n"
    return Response(content, status, headers, media_type="application/problem+json")


async def on_fault(_request: Request, error: Exception) -> Response:
    """Tell of a request that cannot be served."""
    assert isinstance(error, RequestFaultError)  # noqa: S101 - registered for this class alone
    return problem_response(
        error.status, error.problem, place=error.place, mend=error.mend, headers=error.headers
    )


async def on_error(_request: Request, error: Exception) -> Response:
    """Tell of an error of ours."""
    assert isinstance(error, KeiretsuError)  # noqa: S101 - registered for this class alone
    return problem_response(status_of(error), error.problem, place=error.place, mend=mend_of(error))


async def on_http(_request: Request, error: Exception) -> Response:
    """Tell of a path that is not there, or a method that it has not."""
    status = HTTPStatus(getattr(error, "status_code", HTTPStatus.INTERNAL_SERVER_ERROR))
    headers = getattr(error, "headers", None)
    return problem_response(status, status.description or status.phrase, headers=headers)


async def on_crash(_request: Request, _error: Exception) -> Response:
    """Say nothing of what went wrong inside; the log has it."""
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    return problem_response(status, "the server failed on this request", mend="tell its keeper")
