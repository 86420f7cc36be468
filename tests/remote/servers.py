"""SPARQL servers, ours and those of others, started on loopback for the tests."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx

from keiretsu.service import Settings, application
from keiretsu.service.serving import server

WAIT = 60
"""Seconds that a server has to start, on a machine that does much else."""


def free_port():
    """Return a port of loopback on which nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextlib.contextmanager
def process(command, answers, log):
    """Run a server while the block runs, once `answers` says that it is there."""
    with log.open("wb") as out:
        child = subprocess.Popen(
            command, stdout=out, stderr=subprocess.STDOUT, cwd=log.parent, stdin=subprocess.DEVNULL
        )
    try:
        until = time.monotonic() + WAIT
        while not answers():
            if child.poll() is not None or time.monotonic() > until:
                said = log.read_text(encoding="utf-8", errors="replace")[-2000:]
                raise RuntimeError(f"{command[0]} does not start:\n{said}")
            time.sleep(0.05)
        yield child
    finally:
        child.kill()
        child.wait()


def _speaks(address):
    def answers():
        with contextlib.suppress(httpx.HTTPError):
            return httpx.get(address, params={"query": "ASK {}"}, timeout=5).status_code < 500
        return False

    return answers


def oxigraph_command():
    """Return the program of Oxigraph's server; None if it is not installed."""
    found = Path(sys.executable).with_name("oxigraph")
    return str(found) if found.exists() else shutil.which("oxigraph")


@contextlib.contextmanager
def oxigraph(folder, nquads, *options):
    """Serve data by Oxigraph, and give the address of its queries."""
    program, data = oxigraph_command(), folder / "data.nq"
    data.write_text(nquads, encoding="utf-8")
    store = folder / "oxigraph"
    load = [program, "load", "--location", store, "--file", data]
    subprocess.run(load, check=True, capture_output=True, timeout=WAIT)
    port = free_port()
    bind = ["--bind", f"127.0.0.1:{port}", "--location", store]
    address = f"http://127.0.0.1:{port}/query"
    command = [program, "serve-read-only", *bind, *options]
    with process(command, _speaks(address), folder / "oxigraph.log"):
        yield address


VIRTUOSO_INI = """[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
MaxCheckpointRemap = 2000
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql_port}
DisableUnixSocket = 1
ServerThreads = 10
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
DirsAllowed = {folder}
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = {folder}
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = 10000
MaxQueryExecutionTime = 60
"""


def virtuoso_command():
    """Return the program of Virtuoso and its SQL shell; None if they are not installed."""
    found = shutil.which("virtuoso-t"), shutil.which("isql-vt")
    return found if all(found) else None


@contextlib.contextmanager
def virtuoso(folder, nquads):
    """Serve data by Virtuoso, with the limits of its delivery, and give the address of queries."""
    server, shell = virtuoso_command()
    (folder / "data.nq").write_text(nquads, encoding="utf-8")
    port, sql_port = free_port(), free_port()
    ini = folder / "virtuoso.ini"
    ini.write_text(VIRTUOSO_INI.format(folder=folder, port=port, sql_port=sql_port))
    address = f"http://127.0.0.1:{port}/sparql"
    command = [server, "+foreground", "+configfile", str(ini)]
    with process(command, _speaks(address), folder / "virtuoso-out.log"):
        quads = 512
        statement = f"DB.DBA.TTLP(file_open('{folder}/data.nq'), '', 'urn:other', {quads});"
        password = os.environ.get("VIRTUOSO_PASSWORD", "dba")
        sql = [shell, f"127.0.0.1:{sql_port}", "dba", password, f"exec={statement} checkpoint;"]
        done = subprocess.run(sql, capture_output=True, text=True, timeout=WAIT, check=False)
        if done.returncode or "Error" in done.stderr:
            raise RuntimeError(f"Virtuoso does not load:\n{done.stdout}\n{done.stderr}")
        yield address


@contextlib.contextmanager
def served(graph):
    """Serve a graph by ``keiretsu serve`` in a thread, and give the address of its queries."""
    app = application(graph, Settings(require_isolation=False))
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        one = server(app, connections=20)
        thread = threading.Thread(target=one.run, args=([listening],), daemon=True)
        thread.start()
        until = time.monotonic() + WAIT
        while not one.started and time.monotonic() < until:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{port}/sparql"
        one.should_exit = True
        thread.join(timeout=10)
