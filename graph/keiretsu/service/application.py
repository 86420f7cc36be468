"""The server as an ASGI application: what answers on which path."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Route

from keiretsu.errors import KeiretsuError
from keiretsu.service.api import Api, json_response
from keiretsu.service.drawings import DRAWINGS
from keiretsu.service.explorer import Explorer
from keiretsu.service.faults import RequestFaultError, on_crash, on_error, on_fault, on_http
from keiretsu.service.logs import RequestLog
from keiretsu.service.routes import ROUTES
from keiretsu.service.security import SecurityHeaders
from keiretsu.service.served import Edition, Served
from keiretsu.service.settings import Settings
from keiretsu.service.slots import Slots
from keiretsu.service.sparql import METHODS, SparqlEndpoint

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from keiretsu.ownership_graph import OwnershipGraph
    from keiretsu.service.updates import Writable


def application(
    graph: OwnershipGraph, settings: Settings | None = None, writable: Writable | None = None
) -> Starlette:
    """Return the server over some data: SPARQL endpoint, JSON API and explorer.

    Parameters
    ----------
    graph
        The data; nobody else may change it while it is served.
    settings
        What is allowed.
    writable
        Where updates of that data are kept, and who may send them; None to refuse them.

    Examples
    --------
    >>> from keiretsu import OwnershipGraph
    >>> app = application(OwnershipGraph.open())
    >>> sorted(route.path for route in app.routes)[-1]
    '/sparql'
    """
    allowed = settings or Settings()
    data = Served(Edition(graph))
    sparql = SparqlEndpoint(data, allowed, Slots(allowed.workers, allowed.waiting), writable)
    api = Api(data, allowed, Slots(allowed.measures, allowed.waiting))
    explorer = Explorer()
    routes = [
        Route("/sparql", sparql.respond, methods=list(METHODS)),
        Route("/api/info", api.info),
        Route("/api/parties", api.parties),
        Route("/api/openapi.json", api.openapi),
        Route("/api/search", api.search),
        Route("/api/questions", api.questions),
        Route("/api/questions/{name}", api.question),
        Route("/health", _healthy),
        Route("/", explorer.start),
        Route("/pages/{name}", explorer.file),
        *(Route(f"/api/{one.name}", api.drawing(one)) for one in DRAWINGS),
        *(Route(f"/api/{route.name}", api.endpoint(route)) for route in ROUTES),
    ]
    middleware = [Middleware(RequestLog), Middleware(SecurityHeaders)]
    if allowed.origins:
        cors = Middleware(
            CORSMiddleware, allow_origins=allowed.origins, allow_methods=["GET", "POST"]
        )
        middleware.append(cors)
    return Starlette(
        routes=routes,
        middleware=middleware,
        exception_handlers={
            RequestFaultError: on_fault,
            KeiretsuError: on_error,
            HTTPException: on_http,
            Exception: on_crash,
        },
    )


async def _healthy(_request: Request) -> Response:
    return json_response({"status": "ok"})
