"""The keeper of some data: loads them, and forks a process for each query.

Each query has two: one that limits itself and answers, see `keiretsu.store.query.guarded_child`,
and one that waits for it, tells how it ended, and ends it when whoever asked hangs up.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import mmap
import os
import select
import signal
import socket
import sys
from functools import partial
from typing import TYPE_CHECKING, Final, NoReturn

from keiretsu.store.query.guard import prepare
from keiretsu.store.query.guarded_child import main

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pyoxigraph

    Opening = Callable[[], pyoxigraph.Store]

_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_DIE_WITH_PARENT: Final = 1


def serve(control: int, data: int, folder: str = "") -> None:
    """Load data and answer requests until nobody can send any more.

    Parameters
    ----------
    control
        Descriptor of a socket on which each request arrives: a file with the request, one for the
        answer, and a socket on which "started" and the status of the process are told.
    data
        Descriptor of a file in N-Quads.
    folder
        A folder of Oxigraph instead; it is opened in the process of each query, since what the
        engine has open does not outlive a fork.
    """
    isolated = isolate()
    opening = partial(_opened, folder) if folder else partial(_itself, _loaded(data))
    prepare("ASK {}")  # builds the grammar once for all
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody here waits for those who wait
    with socket.socket(fileno=control) as requests:
        while True:
            message, files, _, _ = socket.recv_fds(requests, 1, 3)
            if not message:
                return
            if os.fork() == 0:
                _attend(opening, files, isolated=isolated)
            for file in files:
                os.close(file)


def _attend(opening: Opening, files: Sequence[int], *, isolated: bool) -> NoReturn:
    """Answer a request in a process of its own, tell how that ended, and end."""
    asked, told, line = files
    status = 1
    try:
        _die_with_parent()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        ends, lives = os.pipe()
        worker = os.fork()
        if worker == 0:
            _work(opening, asked, told, lives, isolated=isolated)
        os.close(lives)
        with socket.socket(fileno=line) as caller:
            caller.sendall(b"started\n")
            # until it ended, or whoever asked hung up
            select.select([ends, caller.fileno()], [], [])
            with contextlib.suppress(ProcessLookupError):
                if not select.select([ends], [], [], 0)[0]:
                    os.kill(worker, signal.SIGKILL)
            status = os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1])
            caller.sendall(b"%d\n" % status)
    finally:
        os._exit(status != 0)


def _work(opening: Opening, asked: int, told: int, lives: int, *, isolated: bool) -> NoReturn:
    """Answer a request and end, with no file open but those of the answer and of being alive."""
    status = 1
    try:
        _die_with_parent()
        with os.fdopen(asked, "rb") as file:
            request = json.load(file)
        os.dup2(told, 1)
        os.dup2(lives, 3)
        os.closerange(4, os.sysconf("SC_OPEN_MAX"))
        main(request, opening, isolated=isolated)
        status = 0
    finally:
        os._exit(status)


def _loaded(data: int) -> pyoxigraph.Store:
    import pyoxigraph as ox  # noqa: PLC0415 - after the isolation, which threads would prevent

    store = ox.Store()
    if os.fstat(data).st_size:
        with contextlib.closing(mmap.mmap(data, 0, access=mmap.ACCESS_READ)) as lines:
            store.bulk_load(lines[:], format=ox.RdfFormat.N_QUADS)
    os.close(data)
    return store


def _itself(store: pyoxigraph.Store) -> pyoxigraph.Store:
    return store


def _opened(folder: str) -> pyoxigraph.Store:
    import pyoxigraph as ox  # noqa: PLC0415 - see above

    return ox.Store.read_only(folder)


def isolate() -> bool:
    """Leave the network, and return whether that could be done.

    It takes a new network namespace, inside a new user namespace.
    """
    if sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "unshare"):
        return False
    return any(libc.unshare(flags) == 0 for flags in (_NEW_USER | _NEW_NETWORK, _NEW_NETWORK))


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
