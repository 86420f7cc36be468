"""Work that takes turns: a few at once, a bounded number waiting, the rest sent away."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, TypeVar

import anyio
import anyio.to_thread

from keiretsu.service.faults import RequestFaultError

if TYPE_CHECKING:
    from collections.abc import Callable

Found = TypeVar("Found")


class Slots:
    """Places for work in threads.

    Parameters
    ----------
    running
        How much runs at once.
    waiting
        How much may wait.
    """

    def __init__(self, running: int, waiting: int) -> None:
        self._running, self._most = running, running + waiting
        self._inside = 0
        self._limiter: anyio.CapacityLimiter | None = None

    async def run(self, work: Callable[[], Found]) -> Found:
        """Return what the work gives.

        Raises
        ------
        RequestFaultError
            503 if too much waits already.
        """
        if self._inside >= self._most:
            raise RequestFaultError(
                HTTPStatus.SERVICE_UNAVAILABLE,
                "the server is busy",
                "try again in a few seconds",
                {"Retry-After": "5"},
            )
        if self._limiter is None:  # made here: it belongs to the event loop that runs now
            self._limiter = anyio.CapacityLimiter(self._running)
        self._inside += 1
        try:
            return await anyio.to_thread.run_sync(work, limiter=self._limiter)
        finally:
            self._inside -= 1
