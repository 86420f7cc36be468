"""The JSON API: answers as the command line gives them with ``-f json``."""

from __future__ import annotations

import json
from collections import defaultdict
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from starlette.responses import Response

from keiretsu.ownership_graph.coverage import party_rows
from keiretsu.ownership_graph.decisions import check_decision
from keiretsu.ownership_graph.document import document_of, envelope
from keiretsu.service.body import check_query_string
from keiretsu.service.faults import RequestFaultError
from keiretsu.service.named import parameters_of, question_at
from keiretsu.service.negotiation import chosen
from keiretsu.service.openapi import openapi
from keiretsu.service.parameters import read_all
from keiretsu.service.routes import WHEN
from keiretsu.service.search import MOST_FOUND, SEARCH, Finder
from keiretsu.service.security import FRAMED, framed
from keiretsu.service.worlds import Worlds
from keiretsu.store.query.questions import question_rows
from keiretsu.store.query.result_forms import SELECT_TYPES, media_types, written_as

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from starlette.requests import Request

    from keiretsu.ownership_graph import OwnershipGraph
    from keiretsu.service.drawings import Drawing
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
        self._finder = Finder(graph)

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

    async def search(self, request: Request) -> Response:
        """List the parties whose names have some text in them, the nearest first."""
        given = read_all(SEARCH, self._given(request))
        rows = self._finder.found(given["text"], given.get("limit", MOST_FOUND))
        return json_response(self._plain("search", {"parties": rows}))

    async def questions(self, request: Request) -> Response:
        """List the named questions."""
        read_all((), self._given(request))
        return json_response(envelope("queries", {"queries": question_rows()}))

    async def question(self, request: Request) -> Response:
        """Answer a named question as SPARQL's own forms have it."""
        asked = question_at(request.path_params["name"])
        values = read_all(parameters_of(asked), self._given(request))
        accept = ", ".join(request.headers.getlist("accept"))
        chosen(accept, SELECT_TYPES)  # before the work, if nothing would do
        answer = await self._slots.run(lambda: asked.run(self._graph.store, values))
        media_type = chosen(accept, media_types(answer))
        return text_response(written_as(answer, media_type), media_type)

    def drawing(self, one: Drawing) -> Endpoint:
        """Return the endpoint of a page or a picture."""

        async def respond(request: Request) -> Response:
            given = self._given(request)
            when = {name: given.pop(name) for name in sorted(given.keys() & _DAY_NAMES)}
            days, arguments = read_all(WHEN, when), read_all(one.parameters, given)
            form = arguments.pop("form", next(iter(one.forms)))
            text = await self._slots.run(
                lambda: one.answer(self._worlds.on(**days), form=form, **arguments)
            )
            headers = framed(FRAMED) if form == "html" else {}
            return Response(text, media_type=one.forms[form], headers=headers)

        return respond

    async def openapi(self, request: Request) -> Response:
        """Describe the API."""
        read_all((), self._given(request))
        return json_response(openapi())

    def _document(
        self, route: Route, days: dict[str, Any], arguments: dict[str, Any]
    ) -> dict[str, Any]:
        if "decision" in arguments:
            check_decision(self._graph, arguments["decision"])
        if route.whole:
            return document_of(route.answer(self._graph, **arguments, **days))
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


def text_response(text: str, media_type: str) -> Response:
    """Return text in a form that was negotiated."""
    return Response(text, media_type=media_type, headers={"Vary": "Accept"})


def json_response(document: Mapping[str, Any]) -> Response:
    """Return a document as JSON, as the command line writes it."""
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    content = text.encode("utf-8", "backslashreplace")
    return Response(content, media_type="application/json")
