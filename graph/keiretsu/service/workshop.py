"""Where answers are worked out: processes that hold the data, apart from the server.

A keeper unpacks the data once and forks a worker when one is wanted. A worker does one job after
the other, so that what it has computed of a day serves the next; at a job's deadline the kernel
ends it, wherever it is, and the keeper forks another.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import signal
import socket
import sys
import traceback
from http import HTTPStatus
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any, Final, NoReturn

from keiretsu.errors import KeiretsuError
from keiretsu.ownership_graph.packing import unpacked
from keiretsu.service.faults import RequestFaultError, mend_of, status_of
from keiretsu.service.jobs import JOBS
from keiretsu.service.worlds import Worlds

if TYPE_CHECKING:
    from keiretsu.ownership_graph import OwnershipGraph
    from keiretsu.service.jobs import Job

DATA: Final = b"d"
WORKER: Final = b"w"
_DIE_WITH_PARENT: Final = 1


class Workshop:
    """What jobs are done with.

    Parameters
    ----------
    graph
        The data.
    """

    def __init__(self, graph: OwnershipGraph) -> None:
        self.graph, self.worlds = graph, Worlds(graph)


def serve(control: int) -> None:
    """Unpack data and fork workers until nobody can ask for any more.

    Parameters
    ----------
    control
        Descriptor of a socket on which orders arrive: `DATA` with a file that the server packed,
        `WORKER` with the line of a new worker.
    """
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody here waits for workers
    workshop: Workshop | None = None
    with socket.socket(fileno=control) as orders:
        while True:
            order, files, _, _ = socket.recv_fds(orders, 1, 1)
            if not order:
                return
            if order == DATA:
                workshop = None  # two editions at once would need twice the memory
                with os.fdopen(files[0], "rb") as file:
                    workshop = Workshop(unpacked(file))
                continue
            if os.fork() == 0:
                orders.close()
                _work(workshop, files[0])
            os.close(files[0])


def _work(workshop: Workshop | None, line: int) -> NoReturn:
    """Do jobs until whoever gives them hangs up."""
    try:
        _die_with_parent()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)  # which ends this process
        with Connection(line) as jobs:
            while workshop is not None:
                order = json.loads(jobs.recv_bytes())
                signal.setitimer(signal.ITIMER_REAL, order["timeout"])
                told, content = _done(workshop, JOBS[order["job"]], order["asked"])
                signal.setitimer(signal.ITIMER_REAL, 0)
                jobs.send_bytes(json.dumps(told).encode())
                jobs.send_bytes(content)
    except EOFError:
        os._exit(0)
    finally:
        os._exit(1)


def _done(workshop: Workshop, job: Job, asked: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Return what is told of a job, and the content of its answer."""
    try:
        content, form = job(workshop, **asked)
    except RequestFaultError as fault:
        return _fault(fault.status, fault.problem, fault.mend, fault.place), b""
    except KeiretsuError as error:
        return _fault(status_of(error), error.problem, mend_of(error), error.place), b""
    except MemoryError:
        problem, mend = "the answer needs more memory than there is", "ask for less"
        return _fault(HTTPStatus.INSUFFICIENT_STORAGE, problem, mend, ""), b""
    except Exception:  # noqa: BLE001 - told to the server's log, whatever it is
        return {"crash": traceback.format_exc()}, b""
    return {"form": form}, content


def _fault(status: HTTPStatus, problem: str, mend: str, place: str) -> dict[str, Any]:
    return {"status": int(status), "problem": problem, "mend": mend, "place": place}


def _die_with_parent() -> None:
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
