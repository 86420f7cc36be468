"""``keiretsu serve``: the data over HTTP."""

from __future__ import annotations

import logging
import socket

import click

from keiretsu.cli.options import Source, examples, with_source
from keiretsu.errors import InputError

_PORT = 8000


@click.command(
    "serve",
    epilog=examples(
        "keiretsu serve",
        "keiretsu serve -d holdings.csv --port 8080 --timeout 5",
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
    without_isolation: bool,
    source: Source,
) -> None:
    """Serve the data: an explorer, a SPARQL endpoint and a JSON API, all read-only.

    Open / in a browser to explore. SPARQL 1.1 queries are answered at /sparql, each in a process of
    its own with limits; /api has the answers of the commands as JSON, described at
    /api/openapi.json. The server listens on this machine alone unless --host says otherwise. Needs
    the extra 'serve'.
    """
    try:
        from keiretsu.service import Settings, application  # noqa: PLC0415 - an extra
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
    graph = source.open()
    if settings.require_isolation:
        check_isolation(graph)
    listening = _bound(host, port)
    at = f"[{host}]" if ":" in host else host
    click.echo(f"serving at http://{at}:{listening.getsockname()[1]}/ (Ctrl-C ends it)", err=True)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    server(application(graph, settings), connections=settings.connections).run([listening])


def _bound(host: str, port: int) -> socket.socket:
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
    except OSError as error:
        listening.close()
        problem = f"cannot listen at {host} port {port} ({error.strerror})"
        raise InputError(problem, mend="choose another --host or --port") from None
    return listening
