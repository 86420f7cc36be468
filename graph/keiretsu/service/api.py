"""The JSON API: answers as the command line gives them with ``-f json``."""

from __future__ import annotations

import json
from collections import defaultdict
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from starlette.responses import Response

from keiretsu import __version__
from keiretsu.ownership_graph.coverage import party_rows
from keiretsu.ownership_graph.document import document_of, envelope
from keiretsu.service.body import check_query_string
from keiretsu.service.faults import RequestFaultError
from keiretsu.service.parameters import read_all
from keiretsu.service.routes import ROUTES, WHEN
from keiretsu.service.worlds import Worlds

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from starlette.requests import Request

    from keiretsu.ownership_graph import OwnershipGraph
    from keiretsu.service.routes import Route
    from keiretsu.service.settings import Settings
    from keiretsu.service.slots import Slots

    Endpoint = Callable[[Request], Awaitable[Response]]

_DAY_NAMES = frozenset(parameter.name for parameter in WHEN)
_MOST_FIELDS = 1_000


class Api:
    """The endpoints of the API.

    Parameters
    ----------
    graph
        The data.
    settings
        What is allowed.
    slots
        Places in which measures are computed; one at a time, since their caches are shared.
    """

    def __init__(self, graph: OwnershipGraph, settings: Settings, slots: Slots) -> None:
        self._graph, self._settings, self._slots = graph, settings, slots
        self._worlds = Worlds(graph)

    def endpoint(self, route: Route) -> Endpoint:
        """Return the endpoint of a route of the table."""

        async def respond(request: Request) -> Response:
            given = self._given(request)
            when = {name: given.pop(name) for name in sorted(given.keys() & _DAY_NAMES)}
            days, arguments = read_all(WHEN, when), read_all(route.parameters, given)
            found = await self._slots.run(lambda: self._document(route, days, arguments))
            return json_response(found)

        return respond

    async def info(self, request: Request) -> Response:
        """Say what the data holds."""
        read_all((), self._given(request))
        return json_response(self._plain("info", self._graph.info()))

    async def parties(self, request: Request) -> Response:
        """List all parties with their names and identifiers."""
        read_all((), self._given(request))
        return json_response(self._plain("info", {"parties": party_rows(self._graph.claims)}))

    async def openapi(self, request: Request) -> Response:
        """Describe the API."""
        read_all((), self._given(request))
        return json_response(openapi())

    def _document(
        self, route: Route, days: dict[str, Any], arguments: dict[str, Any]
    ) -> dict[str, Any]:
        return document_of(route.answer(self._worlds.on(**days), **arguments))

    def _plain(self, command: str, fields: Mapping[str, Any]) -> dict[str, Any]:
        cautions = sorted(set(self._graph.cautions))
        fingerprint = self._graph.claims.fingerprint
        return envelope(command, fields, dataset=fingerprint, cautions=cautions)

    def _given(self, request: Request) -> dict[str, Sequence[str]]:
        query_string = check_query_string(request, self._settings.request_bytes)
        found: dict[str, list[str]] = defaultdict(list)
        try:
            text = query_string.decode("ascii")
            fields = parse_qsl(
                text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS
            )
        except ValueError:
            problem = "the address cannot be read"
            mend = f"percent-encode UTF-8, at most {_MOST_FIELDS} parameters"
            raise RequestFaultError(HTTPStatus.BAD_REQUEST, problem, mend) from None
        for name, value in fields:
            found[name].append(value)
        return dict(found)


def json_response(document: Mapping[str, Any]) -> Response:
    """Return a document as JSON, as the command line writes it."""
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    content = text.encode("utf-8", "backslashreplace")
    return Response(content, media_type="application/json")


def openapi() -> dict[str, Any]:
    """Return the API as OpenAPI 3.1 describes it.

    Examples
    --------
    >>> sorted(openapi()["paths"])[:3]
    ['/api/beneficial', '/api/control', '/api/holdings']
    """
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Keiretsu",
            "version": __version__,
            "description": "Who holds what in whom, who controls whom, why, and who says so. "
            "Answers are those of the command line with -f json.",
        },
        "paths": {
            f"/api/{route.name}": {"get": _operation(route)}
            for route in sorted(ROUTES, key=lambda one: one.name)
        },
    }


def _operation(route: Route) -> dict[str, Any]:
    envelope_schema = {
        "type": "object",
        "required": ["keiretsu", "command", "as_of", "known_at", "dataset", "warnings"],
        "properties": {"command": {"const": route.name}},
    }
    problem = {"application/problem+json": {"schema": {"type": "object"}}}
    statuses = (HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE)
    return {
        "operationId": route.name,
        "summary": route.summary,
        "parameters": [parameter.schema() for parameter in (*route.parameters, *WHEN)],
        "responses": {
            "200": {
                "description": "The answer.",
                "content": {"application/json": {"schema": envelope_schema}},
            },
            **{
                str(int(status)): {"description": status.phrase, "content": problem}
                for status in statuses
            },
        },
    }
