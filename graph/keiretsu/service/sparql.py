"""The SPARQL endpoint: every query, and every update, is tried in a process of its own."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from keiretsu.errors import InputError
from keiretsu.service.api import json_response, text_response
from keiretsu.service.body import check_query_string, read_body
from keiretsu.service.description import OFFERED, service_description
from keiretsu.service.faults import RequestFaultError
from keiretsu.service.negotiation import chosen
from keiretsu.service.slots import Slots
from keiretsu.service.sparql_request import UpdateRequest, by_get, by_post
from keiretsu.service.updates import Updates
from keiretsu.store.query.guarded_limits import Limits
from keiretsu.store.query.result_forms import GRAPH_TYPES, SELECT_TYPES, media_types, written_as

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from keiretsu.service.served import Served
    from keiretsu.service.settings import Settings
    from keiretsu.service.sparql_request import SparqlRequest
    from keiretsu.service.updates import Writable
    from keiretsu.store.query.answer import Answer

METHODS = ("GET", "HEAD", "POST")


class SparqlEndpoint:
    """Answers the requests of the SPARQL 1.1 Protocol.

    Parameters
    ----------
    data
        What is asked.
    settings
        What is allowed.
    slots
        Places in which queries run.
    writable
        Where updates are kept and who may send them; None to refuse them.
    """

    def __init__(
        self, data: Served, settings: Settings, slots: Slots, writable: Writable | None = None
    ) -> None:
        self._data, self._settings, self._slots = data, settings, slots
        self._writable, self._turns = writable, Slots(1, settings.waiting)

    async def respond(self, request: Request) -> Response:
        """Answer one request."""
        most = self._settings.request_bytes
        query_string = check_query_string(request, most)
        accept = ", ".join(request.headers.getlist("accept"))
        if request.method == "POST":
            body = await read_body(request, most, self._settings.patience)
            sent = by_post(query_string, request.headers.get("content-type", ""), body)
            if isinstance(sent, UpdateRequest):
                return await self._update(request, sent)
            asked = sent
        else:
            found = by_get(query_string)
            if found is None:
                media_type = chosen(accept, OFFERED)
                address = str(request.url.replace(query="", fragment=""))
                return text_response(service_description(address, media_type), media_type)
            asked = found
        chosen(accept, (*SELECT_TYPES, *GRAPH_TYPES))  # before the work, if nothing would do
        answer = await self._slots.run(lambda: self._answer(asked))
        media_type = chosen(accept, media_types(answer))
        return text_response(written_as(answer, media_type), media_type)

    async def _update(self, request: Request, asked: UpdateRequest) -> Response:
        """Carry out an update, once whoever sent it has shown the token."""
        if self._writable is None:
            mend = "correct the data with 'keiretsu claim', or serve a file with --writable"
            problem = "this endpoint only answers queries"
            raise RequestFaultError(HTTPStatus.FORBIDDEN, problem, mend)
        self._writable.check(request.headers.get("authorization", ""))
        updates = Updates(self._data, self._settings, self._writable.target)
        return json_response(await self._turns.run(lambda: updates.carry_out(asked)))

    def _answer(self, asked: SparqlRequest) -> Answer:
        settings = self._settings
        try:
            return self._data.now.graph.backing.sparql.query_guarded(
                asked.text,
                timeout=settings.timeout,
                limits=Limits(rows=settings.rows),
                require_isolation=settings.require_isolation,
                default_graphs=asked.default_graphs,
                named_graphs=asked.named_graphs,
            ).answer
        except InputError as error:
            raise RequestFaultError(
                HTTPStatus.BAD_REQUEST, f"{error.place}: {error.problem}", error.mend
            ) from None
