"""One line of JSON for each request: what was done and how long it took, and no data.

Neither queries nor names of parties are logged: what somebody asks about is theirs.
"""

from __future__ import annotations

import json
import logging
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOGGER = logging.getLogger("keiretsu.service")


class RequestLog:
    """Writes the line when a response has been sent."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, told = time.monotonic(), {"status": 0, "bytes": 0}

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                told["status"] = message["status"]
            elif message["type"] == "http.response.body":
                told["bytes"] += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, sending)
        finally:
            line = {
                "method": scope["method"],
                "route": _route(scope),
                **told,
                "milliseconds": round((time.monotonic() - started) * 1000),
            }
            LOGGER.info("%s", json.dumps(line))


def _route(scope: Scope) -> str:
    """Return the pattern of the path, without what a client wrote into it."""
    return getattr(scope.get("route"), "path", "") or "other"
