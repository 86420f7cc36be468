"""The JSON API: answers as the command line gives them with ``-f json``."""

from __future__ import annotations

from collections import defaultdict
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from starlette.responses import Response

from keiretsu.ownership_graph.document import envelope
from keiretsu.service.body import check_query_string
from keiretsu.service.faults import RequestFaultError
from keiretsu.service.jobs import as_json
from keiretsu.service.named import parameters_of, question_at
from keiretsu.service.negotiation import chosen
from keiretsu.service.openapi import openapi
from keiretsu.service.parameters import read_all
from keiretsu.service.routes import WHEN
from keiretsu.service.search import MOST_FOUND, SEARCH
from keiretsu.service.security import FRAMED, framed
from keiretsu.service.slots import Slots
from keiretsu.store.query.questions import question_rows
from keiretsu.store.query.result_forms import SELECT_TYPES

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from starlette.requests import Request

    from keiretsu.ownership_graph import OwnershipGraph
    from keiretsu.service.drawings import Drawing
    from keiretsu.service.routes import Route
    from keiretsu.service.served import Served
    from keiretsu.service.settings import Settings

    Endpoint = Callable[[Request], Awaitable[Response]]

_MOST_FIELDS = 1_000
_JSON = "application/json"


class Api:
    """The endpoints of the API.

    Parameters
    ----------
    data
        The data as they are now.
    settings
        What is allowed.
    slots
        Places in which answers are worked out.
    """

    def __init__(self, data: Served, settings: Settings, slots: Slots) -> None:
        self._data, self._settings, self._slots = data, settings, slots
        self._questions = Slots(1, settings.waiting)  # some take long: measures need not wait

    def endpoint(self, route: Route) -> Endpoint:
        """Return the endpoint of a route of the table."""

        async def respond(request: Request) -> Response:
            given = self._given(request)
            read_all((*route.parameters, *WHEN), given)  # before the work, if it cannot be read
            content, _ = await self._worked_out("documented", name=route.name, given=given)
            return Response(content, media_type=_JSON)

        return respond

    async def info(self, request: Request) -> Response:
        """Say what the data holds."""
        read_all((), self._given(request))
        return json_response(self._plain("info", lambda graph: graph.info()))

    async def parties(self, request: Request) -> Response:
        """List all parties with their names and identifiers."""
        read_all((), self._given(request))
        return json_response(self._plain("info", lambda graph: {"parties": graph.party_rows()}))

    async def search(self, request: Request) -> Response:
        """List the parties whose names have some text in them, the nearest first."""
        given = read_all(SEARCH, self._given(request))
        finder = self._data.now.finder
        rows = finder.found(given["text"], given.get("limit", MOST_FOUND))
        return json_response(self._plain("search", lambda _: {"parties": rows}))

    async def questions(self, request: Request) -> Response:
        """List the named questions."""
        read_all((), self._given(request))
        return json_response(envelope("queries", {"queries": question_rows()}))

    async def question(self, request: Request) -> Response:
        """Answer a named question as SPARQL's own forms have it."""
        asked = question_at(request.path_params["name"])
        given = self._given(request)
        read_all(parameters_of(asked), given)
        accept = ", ".join(request.headers.getlist("accept"))
        chosen(accept, SELECT_TYPES)  # before the work, if nothing would do
        content, media_type = await self._worked_out(
            "questioned", self._questions, name=asked.name, given=given, accept=accept
        )
        return text_response(content, media_type)

    def drawing(self, one: Drawing) -> Endpoint:
        """Return the endpoint of a page or a picture."""

        async def respond(request: Request) -> Response:
            given = self._given(request)
            form = read_all((*one.parameters, *WHEN), given).get("form", next(iter(one.forms)))
            text, _ = await self._worked_out("drawn", name=one.name, given=given)
            headers = framed(FRAMED) if form == "html" else {}
            return Response(text, media_type=one.forms[form], headers=headers)

        return respond

    async def openapi(self, request: Request) -> Response:
        """Describe the API."""
        read_all((), self._given(request))
        return json_response(openapi())

    async def _worked_out(
        self, job: str, slots: Slots | None = None, **asked: object
    ) -> tuple[bytes, str]:
        workers, timeout = self._data.now.workers, self._settings.measure_timeout
        return await (slots or self._slots).run(lambda: workers.run(job, asked, timeout))

    def _plain(
        self, command: str, fields: Callable[[OwnershipGraph], Mapping[str, Any]]
    ) -> dict[str, Any]:
        graph = self._data.now.graph
        cautions = sorted(set(graph.cautions))
        found = fields(graph)
        return envelope(command, found, dataset=graph.fingerprint, cautions=cautions)

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


def text_response(text: str | bytes, media_type: str) -> Response:
    """Return text in a form that was negotiated."""
    return Response(text, media_type=media_type, headers={"Vary": "Accept"})


def json_response(document: Mapping[str, Any]) -> Response:
    """Return a document as JSON, as the command line writes it."""
    return Response(as_json(document), media_type=_JSON)
