"""What a request asks by the SPARQL 1.1 Protocol.

Source: https://www.w3.org/TR/sparql11-protocol/, sections 2.1 and 2.2.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final
from urllib.parse import parse_qsl

from keiretsu.service.faults import RequestFaultError

FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"
_MOST_FIELDS: Final = 100


@dataclass(frozen=True, slots=True)
class SparqlRequest:
    """A query and the dataset that it is asked of.

    Parameters
    ----------
    text
        The query.
    default_graphs, named_graphs
        IRIs of the graphs that make up the dataset; none of either for all that the server has.
    """

    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


def by_get(query_string: bytes) -> SparqlRequest | None:
    """Return what a GET asks; None if it asks nothing, which means the service's description.

    Raises
    ------
    RequestFaultError
        If it is not one query.

    Examples
    --------
    >>> by_get(b"query=ASK%20%7B%7D&default-graph-uri=urn%3Aa")
    SparqlRequest(text='ASK {}', default_graphs=('urn:a',), named_graphs=())
    >>> by_get(b"") is None
    True
    """
    fields = _fields(query_string)
    return _request(fields) if fields else None


def by_post(query_string: bytes, content_type: str, body: bytes) -> SparqlRequest:
    """Return what a POST asks, as a form or as the query itself.

    Raises
    ------
    RequestFaultError
        If it is neither, or is an update.

    Examples
    --------
    >>> by_post(b"", "application/sparql-query", b"ASK {}").text
    'ASK {}'
    >>> by_post(b"", "application/x-www-form-urlencoded; charset=utf-8", b"query=ASK+%7B%7D").text
    'ASK {}'
    """
    kind, _, rest = content_type.partition(";")
    kind = kind.strip().lower()
    _check_charset(rest)
    if kind == FORM:
        return _request(_fields(body))
    if kind == QUERY:
        fields = _fields(query_string)
        if any(name in ("query", "update") for name, _ in fields):
            raise _bad("the query stands in the address and in the body", "leave one out")
        return _request([*fields, ("query", _text(body))])
    if kind == UPDATE:
        raise _read_only()
    known = f"send {FORM} or {QUERY}"
    problem = f"the content type {kind!r} is none that SPARQL has" if kind else "no content type"
    raise RequestFaultError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, problem, known)


def _request(fields: list[tuple[str, str]]) -> SparqlRequest:
    def values(name: str) -> tuple[str, ...]:
        return tuple(value for key, value in fields if key == name)

    if values("update"):
        raise _read_only()
    queries = values("query")
    if len(queries) != 1:
        problem = "there are several queries" if queries else "there is no query"
        raise _bad(problem, "send one field named query")
    return SparqlRequest(queries[0], values("default-graph-uri"), values("named-graph-uri"))


def _fields(data: bytes) -> list[tuple[str, str]]:
    try:
        text = data.decode("ascii")
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except UnicodeDecodeError:
        raise _bad("the fields are not percent-encoded UTF-8", "encode them so") from None
    except ValueError:
        raise _bad(f"there are more than {_MOST_FIELDS} fields", "send fewer") from None


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _bad("the query is not text in UTF-8", "encode it so") from None


def _check_charset(parameters: str) -> None:
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        charset = value.strip().strip('"').lower()
        if name.strip().lower() == "charset" and charset not in ("utf-8", "utf8", "us-ascii"):
            problem = f"the character set {charset!r} is not read here"
            raise RequestFaultError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, problem, "send UTF-8")


def _bad(problem: str, mend: str) -> RequestFaultError:
    return RequestFaultError(HTTPStatus.BAD_REQUEST, problem, mend)


def _read_only() -> RequestFaultError:
    mend = "correct the data with 'keiretsu claim' and load it again"
    return RequestFaultError(HTTPStatus.FORBIDDEN, "this endpoint only answers queries", mend)
