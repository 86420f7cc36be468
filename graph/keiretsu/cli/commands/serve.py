"""``keiretsu serve``: the data over HTTP."""

from __future__ import annotations

import logging
import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import click

from keiretsu.cli.options import examples, with_source
from keiretsu.errors import InputError
from keiretsu.ownership_graph.updating import target_of

if TYPE_CHECKING:
    from keiretsu.cli.world import Source
    from keiretsu.ownership_graph.updating import Target

_PORT = 8000
_TOKEN = "KEIRETSU_TOKEN"  # noqa: S105 - the name of a variable


@click.command(
    "serve",
    epilog=examples(
        "keiretsu serve",
        "keiretsu serve -d holdings.csv --port 8080 --timeout 5",
        "keiretsu serve -d mine.trig --writable --token-file ~/.keiretsu-token",
    ),
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=_PORT,
    show_default=True,
    help="The port to listen on; 0 for a free one.",
)
@click.option(
    "--timeout",
    metavar="SECONDS",
    type=click.FloatRange(min=0, min_open=True, max=3_600),
    default=10.0,
    show_default=True,
    help="Stop a query after this long.",
)
@click.option(
    "--measure-timeout",
    metavar="SECONDS",
    type=click.FloatRange(min=0, min_open=True, max=36_000),
    default=60.0,
    show_default=True,
    help="Stop a measure, a picture or a named question after this long.",
)
@click.option(
    "--rows",
    type=click.IntRange(1),
    default=100_000,
    show_default=True,
    help="Most rows of an answer.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 256),
    default=4,
    show_default=True,
    help="Queries that run at the same time.",
)
@click.option(
    "--allow-origin",
    "origins",
    metavar="ORIGIN",
    multiple=True,
    help="Origin of web pages that may read answers; '*' for all. [default: none]",
)
@click.option(
    "--writable",
    is_flag=True,
    help="Allow SPARQL updates, by those who have the token; -d names the TriG or N-Quads file, "
    "or the store, in which they are kept.",
)
@click.option(
    "--token-file",
    metavar="FILE",
    help=f"The token for updates, in a file that nobody else can read. [default: the variable "
    f"{_TOKEN}]",
)
@click.option(
    "--without-isolation",
    is_flag=True,
    help="Serve even where a query's process cannot be kept off the network.",
)
@with_source
def command(
    *,
    host: str,
    port: int,
    timeout: float,
    measure_timeout: float,
    rows: int,
    workers: int,
    origins: tuple[str, ...],
    writable: bool,
    token_file: str | None,
    without_isolation: bool,
    source: Source,
) -> None:
    """Serve the data: an explorer, a SPARQL endpoint and a JSON API.

    Open / in a browser to explore. SPARQL 1.1 queries are answered at /sparql, each in a process of
    its own with limits; /api has the answers of the commands as JSON, described at
    /api/openapi.json. The server listens on this machine alone unless --host says otherwise.
    Nothing can be changed unless --writable allows it: an update is then tried on a copy, checked
    as files are, and kept whole or not at all, with what it changed on record beside the data.
    Needs the extra 'serve'.
    """
    try:
        from keiretsu.service import Settings, Writable, application  # noqa: PLC0415 - an extra
        from keiretsu.service.isolation import check_isolation  # noqa: PLC0415 - an extra
        from keiretsu.service.serving import server  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        raise InputError(
            f"serving needs {error.name}", mend="install it with pip install 'keiretsu[serve]'"
        ) from None
    settings = Settings(
        timeout=timeout,
        measure_timeout=measure_timeout,
        rows=rows,
        workers=workers,
        origins=origins,
        require_isolation=not without_isolation,
    )
    if writable:
        target = _target(source)
        may, graph = Writable.by(target, _token(token_file)), target.open()
    elif token_file is not None:
        raise InputError("a token is for --writable alone", mend="add --writable, or leave it out")
    else:
        may, graph = None, source.open()
    if settings.require_isolation:
        check_isolation(graph)
    listening = bound(host, port)
    at = f"[{host}]" if ":" in host else host
    click.echo(f"serving at http://{at}:{listening.getsockname()[1]}/ (Ctrl-C ends it)", err=True)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    server(application(graph, settings, may), connections=settings.connections).run([listening])


def _target(source: Source) -> Target:
    """Return where updates are kept.

    Raises
    ------
    InputError
        If they cannot be kept in the data that is named.
    """
    if len(source.data) != 1 or source.input_format is not None:
        problem = "updates are kept in one file or store"
        raise InputError(problem, mend="name it, and nothing else, with -d")
    return target_of(source.data[0])


def _token(token_file: str | None) -> str:
    """Return the token, from a file that only its owner can read or from the environment.

    Raises
    ------
    InputError
        If there is none, or others can read the file.
    """
    if token_file is None:
        token = os.environ.get(_TOKEN, "")
        if not token:
            raise InputError("updates need a token", mend=f"give --token-file or set {_TOKEN}")
        return token
    path = Path(token_file).expanduser()
    try:
        if os.name == "posix" and path.stat().st_mode & 0o077:
            problem = "others can read the token"
            raise InputError(problem, place=token_file, mend=f"run chmod 600 {token_file}")
        return path.read_text(encoding="utf-8").strip()
    except OSError as error:
        problem = f"cannot be read ({error.strerror})"
        raise InputError(problem, place=token_file, mend="check the path") from None
    except UnicodeDecodeError:
        raise InputError("is not text", place=token_file, mend="write it as ASCII") from None


def bound(host: str, port: int) -> socket.socket:
    """Return a socket that listens at an address.

    Raises
    ------
    InputError
        If the address cannot be had.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen()  # before the address is told: whoever reads it may call at once
    except OSError as error:
        listening.close()
        problem = f"cannot listen at {host} port {port} ({error.strerror})"
        raise InputError(problem, mend="choose another --host or --port") from None
    return listening
