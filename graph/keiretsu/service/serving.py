"""Running the application on a socket."""

from __future__ import annotations

from typing import TYPE_CHECKING

import uvicorn

from keiretsu.service.settings import LOOPBACK

if TYPE_CHECKING:
    from starlette.applications import Starlette


def server(
    app: Starlette, host: str = LOOPBACK, port: int = 0, *, connections: int = 1_000
) -> uvicorn.Server:
    """Return a server that is not started yet.

    Parameters
    ----------
    app
        What answers.
    host, port
        Where it listens; port 0 is a free one.
    connections
        How many there may be at the same time.
    """
    return uvicorn.Server(
        uvicorn.Config(
            app,
            host=host,
            port=port,
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_keep_alive=5,
            timeout_graceful_shutdown=5,
            limit_concurrency=connections,
            h11_max_incomplete_event_size=1 << 16,
        )
    )
