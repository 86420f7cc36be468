"""The keeper of some data, as this process sees it: started once, asked any number of times."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import weakref
from typing import IO, TYPE_CHECKING, Final

from keiretsu.errors import DeadlineError, QueryRefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping

_START: Final = """\
import sys
control, data, folder, *path = sys.argv[1:]
sys.path += [folder for folder in path if folder not in sys.path]
from keiretsu.store.query.guarded_serving import serve
serve(int(control), int(data), folder)
"""
_GRACE: Final = 1.0
"""Seconds beyond the deadline after which a process is ended from here."""
_LOADING: Final = 600.0
"""Seconds that a keeper may take to load its data."""
_INHERITED: Final = ("LD_LIBRARY_PATH",)


class Keeper:
    """A process that holds data and forks another for each query.

    It has no environment and none of the files that are open here, and ends when this object goes
    or this process ends.

    Parameters
    ----------
    data
        Descriptor of a file in N-Quads, which it loads.
    folder
        A folder of Oxigraph instead, which each query opens to read.
    """

    def __init__(self, data: int | None = None, folder: str = "") -> None:
        ours, theirs = socket.socketpair()
        folders = [folder for folder in sys.path if folder]
        file = [] if data is None else [data]
        with theirs:
            given = [str(theirs.fileno()), str(-1 if data is None else data), folder, *folders]
            self._process = subprocess.Popen(  # noqa: S603 - this interpreter, on text of ours
                [sys.executable, "-I", "-c", _START, *given],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(), *file),
                env=_environment(),
                cwd="/",
                start_new_session=True,
            )
        self._control = ours
        weakref.finalize(self, _end, self._process, ours)

    def lives(self) -> bool:
        """Return whether it can be asked."""
        return self._process.poll() is None

    def ask(self, asked: IO[bytes], told: IO[bytes], timeout: float | None) -> int:
        """Have a request answered, and return the status with which its process ended.

        Parameters
        ----------
        asked, told
            Files of the request, and for the answer.
        timeout
            Seconds that the query has, once the data are loaded.

        Raises
        ------
        DeadlineError
            If its process did not end by itself at the deadline; it is ended.
        QueryRefusedError
            If the keeper is gone.
        """
        ours, theirs = socket.socketpair()
        with ours:
            with theirs, contextlib.suppress(OSError):  # a keeper that is gone hangs up below
                files = [asked.fileno(), told.fileno(), theirs.fileno()]
                socket.send_fds(self._control, [b"?"], files)
            ours.settimeout(_LOADING)
            if _received(ours, None) != b"started":
                raise QueryRefusedError(
                    "the data could not be loaded for queries in free text",
                    mend="ask a named question, or load less",
                )
            ours.settimeout(None if timeout is None else timeout + _GRACE)
            ended = _received(ours, timeout)
        return int(ended) if ended else 1


def too_late(timeout: float) -> DeadlineError:
    """Return the error of a query that took longer than it may."""
    return DeadlineError(f"stopped after {timeout:g} s", mend="ask for less, or allow more time")


def _received(line: socket.socket, timeout: float | None) -> bytes:
    """Return the next line that was sent, empty if the other side hung up."""
    text = b""
    try:
        while not text.endswith(b"\n"):
            found = line.recv(1)
            if not found:
                return b""
            text += found
    except TimeoutError:
        raise too_late(_LOADING if timeout is None else timeout) from None
    except OSError:
        return b""
    return text.strip()


def _environment() -> Mapping[str, str]:
    """Return an environment without anything that could be a secret."""
    kept = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    return {"PATH": os.defpath, "LC_ALL": "C.UTF-8", **kept}


def _end(process: subprocess.Popen[bytes], control: socket.socket) -> None:
    control.close()
    process.kill()  # what it forked dies with it
    process.wait()
