"""Hashes of files that are to be loaded, computed while something else is done with them."""

from __future__ import annotations

from concurrent.futures import Future
from threading import Thread
from typing import TYPE_CHECKING

from keiretsu.formats.documents import content_digest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from keiretsu.ownership_graph.loading import Material


def digests_beside(materials: Sequence[Material]) -> Callable[[], dict[str, str]]:
    """Begin to hash files; return what waits for the hashes, by name, and raises what went wrong.

    Nobody waits for a thread that is not asked: a load that fails ends at once.

    Examples
    --------
    >>> from keiretsu.ownership_graph.loading import Material
    >>> digests = digests_beside([Material(b"holder,issuer", "a.csv", "csv")])
    >>> digests()["a.csv"][:12]
    '89292c7631c8'
    """
    found: Future[dict[str, str]] = Future()

    def hash_all() -> None:
        try:
            found.set_result({one.name: content_digest(one.input) for one in materials})
        except BaseException as error:  # noqa: BLE001 - is raised where it is asked for
            found.set_exception(error)

    Thread(target=hash_all, daemon=True).start()
    return found.result
