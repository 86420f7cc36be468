"""Workers as the server sees them: given jobs, and ended at their deadline."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import weakref
from http import HTTPStatus
from multiprocessing.connection import Connection
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from keiretsu.errors import DeadlineError
from keiretsu.ownership_graph.packing import pack
from keiretsu.service.faults import RequestFaultError
from keiretsu.service.workshop import DATA, WORKER

if TYPE_CHECKING:
    from keiretsu.ownership_graph import OwnershipGraph

_START: Final = """\
import sys
control, *path = sys.argv[1:]
sys.path += [folder for folder in path if folder not in sys.path]
from keiretsu.service.workshop import serve
serve(int(control))
"""
_GRACE: Final = 1.0
"""Seconds beyond its deadline after which a worker is given up from here."""
_UNPACKING: Final = 600.0
"""Seconds that the keeper may take before the first worker answers."""
_INHERITED: Final = ("LD_LIBRARY_PATH", "NUMBA_CACHE_DIR", "NUMBA_DISABLE_JIT", "TMPDIR")


class WorkerCrashError(RuntimeError):
    """A job failed in a way that is ours to mend; the text is its traceback."""


class _Keeper:
    """The process that unpacks data and forks workers; one serves all editions of them."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        folders = [os.path.abspath(folder) for folder in sys.path if folder]  # noqa: PTH100 - texts
        with theirs:
            process = subprocess.Popen(  # noqa: S603 - this interpreter, on text of ours
                [sys.executable, "-I", "-c", _START, str(theirs.fileno()), *folders],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                env=_environment(),
                cwd="/",
                start_new_session=True,
            )
        self._process, self._control = process, ours
        self._holds: weakref.ref[object] | None = None
        weakref.finalize(self, _end, process, ours)

    def lives(self) -> bool:
        return self._process.poll() is None

    def line(self, owner: object, graph: OwnershipGraph) -> Connection:
        """Return the line of a new worker that has the data of its owner."""
        if self._holds is None or self._holds() is not owner:
            with tempfile.TemporaryFile() as packed:
                pack(graph, packed)
                packed.seek(0)
                socket.send_fds(self._control, [DATA], [packed.fileno()])
            self._holds = weakref.ref(owner)
        ours, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(self._control, [WORKER], [theirs.fileno()])
        return Connection(ours.detach())


class _Shared:
    """What the workers of all editions share."""

    def __init__(self) -> None:
        self.keeper: _Keeper | None = None
        self.lock = Lock()


class Workers:
    """Processes that work out answers about some data.

    Parameters
    ----------
    graph
        The data. They are packed when the first job comes, and must not change.
    before
        Those of the data that these take the place of: they share a keeper, which need not be
        started anew.

    Notes
    -----
    The keeper has no environment but the search path for libraries, and ends with the last that
    share it or with this process; the workers end with it.
    """

    def __init__(self, graph: OwnershipGraph, before: Workers | None = None) -> None:
        self._graph = graph
        self.shared: _Shared = _Shared() if before is None else before.shared
        self._idle: list[Connection] = []

    def run(self, job: str, asked: dict[str, Any], timeout: float) -> tuple[bytes, str]:
        """Return the content of an answer and its form.

        Parameters
        ----------
        job
            One of `keiretsu.service.jobs.JOBS`.
        asked
            Its arguments, as JSON can hold them.
        timeout
            Seconds that it may take once a worker has the data.

        Raises
        ------
        RequestFaultError
            What the job says is wrong with what was asked.
        DeadlineError
            If it takes too long; its process is ended.
        WorkerCrashError
            If it fails in another way.
        """
        order = json.dumps({"job": job, "asked": asked, "timeout": timeout}).encode()
        line, fresh = self._line()
        try:
            line.send_bytes(order)
        except OSError:  # it ended while it had nothing to do
            line, fresh = self._new_line(), True
            line.send_bytes(order)
        told, content = _answer(line, timeout, fresh=fresh)
        self._idle.append(line)
        if "crash" in told:
            raise WorkerCrashError(told["crash"])
        if "status" in told:
            status = HTTPStatus(told["status"])
            raise RequestFaultError(status, told["problem"], told["mend"], place=told["place"])
        return content, told["form"]

    def _line(self) -> tuple[Connection, bool]:
        try:
            return self._idle.pop(), False
        except IndexError:
            return self._new_line(), True

    def _new_line(self) -> Connection:
        with self.shared.lock:
            keeper = self.shared.keeper
            if keeper is None or not keeper.lives():
                keeper = self.shared.keeper = _Keeper()
                self._idle.clear()
            return keeper.line(self, self._graph)


def _answer(line: Connection, timeout: float, *, fresh: bool) -> tuple[dict[str, Any], bytes]:
    patience = timeout + _GRACE + (_UNPACKING if fresh else 0.0)
    began = time.monotonic()
    try:
        if line.poll(patience):
            told: dict[str, Any] = json.loads(line.recv_bytes())
            return told, line.recv_bytes()
    except (EOFError, OSError):
        if time.monotonic() - began < timeout:
            line.close()
            raise WorkerCrashError("the process of an answer ended") from None
    line.close()
    mend = "ask for less, or allow more time"
    raise DeadlineError(f"stopped after {timeout:g} s", mend=mend)


def _environment() -> dict[str, str]:
    """Return an environment without anything that could be a secret."""
    kept = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    return {"PATH": os.defpath, "LC_ALL": "C.UTF-8", **kept}


def _end(process: subprocess.Popen[bytes], control: socket.socket) -> None:
    control.close()
    process.kill()  # its workers die with it
    process.wait()
