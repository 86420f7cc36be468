"""What a server allows, and on which address it listens."""

from __future__ import annotations

from dataclasses import dataclass

from keiretsu.errors import InputError

LOOPBACK = "127.0.0.1"
_POSITIVE = (
    "timeout",
    "measure_timeout",
    "rows",
    "changes",
    "request_bytes",
    "workers",
    "measures",
    "connections",
    "patience",
)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a server allows.

    Parameters
    ----------
    timeout
        Seconds that a query may take.
    measure_timeout
        Seconds that a measure, a picture or a named question may take.
    rows
        Rows that an answer may have; statements of a ``CONSTRUCT``.
    changes
        Statements that an update may add and remove.
    request_bytes
        Size of a request's body and of its query string.
    workers
        Queries that run at the same time.
    measures
        Measures that are worked out at the same time, each in a process that holds the data.
    waiting
        Further requests that may wait for their turn; the next one is told to come back later.
    connections
        Connections at the same time; the next one is told to come back later.
    patience
        Seconds in which a request's body must have come.
    require_isolation
        Whether a query is refused where the system cannot take the network away from it.
    origins
        Origins of web pages that may read answers, or ``*``; none by default.

    Raises
    ------
    InputError
        If a number is not positive, or an origin is none.

    Examples
    --------
    >>> Settings(timeout=2).workers
    4
    >>> Settings(timeout=0)
    Traceback (most recent call last):
    ...
    keiretsu.errors.InputError: timeout: 0 is not positive; give a larger number
    """

    timeout: float = 10.0
    measure_timeout: float = 60.0
    rows: int = 100_000
    changes: int = 10_000
    request_bytes: int = 1 << 20
    workers: int = 4
    measures: int = 2
    waiting: int = 32
    connections: int = 1_000
    patience: float = 30.0
    require_isolation: bool = True
    origins: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in _POSITIVE:
            value = getattr(self, name)
            if not value > 0:
                problem = f"{value} is not positive"
                raise InputError(problem, place=name, mend="give a larger number")
        for origin in self.origins:
            if origin != "*" and not origin.startswith(("http://", "https://")):
                problem = f"{origin!r} is no origin"
                raise InputError(problem, place="origins", mend="write it like https://example.org")
