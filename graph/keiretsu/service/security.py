"""Headers that every response carries, and hosts that a request may name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.datastructures import MutableHeaders

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

NOTHING_FROM_OUTSIDE: Final = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'"
"""The policy of answers that are not pages."""
ONLY_OURS: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; frame-src 'self'; form-action 'none'; frame-ancestors 'none'; "
    "base-uri 'none'"
)
"""The policy of the explorer: its own files, this server's answers, no script in a page."""
FRAMED: Final = (
    "sandbox allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox; "
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
    "img-src data: blob:; form-action 'none'; frame-ancestors 'self'; base-uri 'none'"
)
"""The policy of a page of ours that the explorer frames.

It has an origin of its own, so that it reads nothing of this server, and loads nothing. Inside it
has a stricter policy that names its scripts by their hashes; both hold.
"""
_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def framed(policy: str) -> dict[str, str]:
    """Return the headers of a page that the explorer may frame."""
    return {
        "Content-Security-Policy": policy,
        "X-Frame-Options": "SAMEORIGIN",
        # beside a sandbox anything else makes browsers refuse the page in a window of its own
        "Cross-Origin-Opener-Policy": "unsafe-none",
    }


class SecurityHeaders:
    """Adds the headers to every response that has not set its own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Content-Security-Policy", NOTHING_FROM_OUTSIDE)
            await send(message)

        await self._app(scope, receive, sending)
