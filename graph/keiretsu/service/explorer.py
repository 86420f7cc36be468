"""The explorer: pages that ask this server, sent as they lie in the package."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Final

from starlette.exceptions import HTTPException
from starlette.responses import Response

from keiretsu.service.security import ONLY_OURS

if TYPE_CHECKING:
    from starlette.requests import Request

START: Final = "index.html"
_TYPES: Final = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}


class Explorer:
    """Sends the files of the explorer.

    They are read once; a name that is none of theirs is not looked up anywhere.
    """

    def __init__(self) -> None:
        folder = files("keiretsu.service") / "pages"
        self._files = {
            file.name: (file.read_bytes(), _TYPES[suffix])
            for file in folder.iterdir()
            for suffix in _TYPES
            if file.name.endswith(suffix)
        }

    async def start(self, _request: Request) -> Response:
        """Send the page itself."""
        return self._sent(START)

    async def file(self, request: Request) -> Response:
        """Send one of its files."""
        return self._sent(request.path_params["name"])

    def _sent(self, name: str) -> Response:
        if name not in self._files:
            raise HTTPException(404)
        content, media_type = self._files[name]
        headers = {"Content-Security-Policy": ONLY_OURS, "Cache-Control": "no-cache"}
        return Response(content, media_type=media_type, headers=headers)
