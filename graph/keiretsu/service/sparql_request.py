"""What a request asks, or wants changed, by the SPARQL 1.1 Protocol.

Source: https://www.w3.org/TR/sparql11-protocol/, sections 2.1 to 2.3.
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


@dataclass(frozen=True, slots=True)
class UpdateRequest:
    """An update and the dataset in which its patterns are matched.

    Parameters
    ----------
    text
        The update.
    using, using_named
        IRIs of the graphs that make up that dataset; none of either for all.
    """

    text: str
    using: tuple[str, ...] = ()
    using_named: tuple[str, ...] = ()


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
    if any(name == "update" for name, _ in fields):
        raise _bad("an update is not asked by GET", "send it by POST")
    return _query(fields) if fields else None


def by_post(query_string: bytes, content_type: str, body: bytes) -> SparqlRequest | UpdateRequest:
    """Return what a POST asks or wants changed, as a form or as the query or update itself.

    Raises
    ------
    RequestFaultError
        If it is neither.

    Examples
    --------
    >>> by_post(b"", "application/sparql-query", b"ASK {}").text
    'ASK {}'
    >>> by_post(b"", "application/x-www-form-urlencoded; charset=utf-8", b"query=ASK+%7B%7D").text
    'ASK {}'
    >>> by_post(b"using-graph-uri=urn:a", "application/sparql-update", b"CLEAR ALL")
    UpdateRequest(text='CLEAR ALL', using=('urn:a',), using_named=())
    """
    kind, _, rest = content_type.partition(";")
    kind = kind.strip().lower()
    _check_charset(rest)
    if kind == FORM:
        return _form(_fields(body), _fields(query_string))
    if kind in (QUERY, UPDATE):
        fields = _fields(query_string)
        if any(name in ("query", "update") for name, _ in fields):
            raise _bad("the query stands in the address and in the body", "leave one out")
        if kind == QUERY:
            return _query([*fields, ("query", _text(body))])
        return _update([*fields, ("update", _text(body))])
    known = f"send {FORM}, {QUERY} or {UPDATE}"
    problem = f"the content type {kind!r} is none that SPARQL has" if kind else "no content type"
    raise RequestFaultError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, problem, known)


def _form(
    fields: list[tuple[str, str]], beside: list[tuple[str, str]]
) -> SparqlRequest | UpdateRequest:
    names = {name for name, _ in fields}
    if "update" not in names:
        return _query(fields)
    if "query" in names:
        raise _bad("there are a query and an update", "send one at a time")
    return _update([*fields, *((name, value) for name, value in beside if name != "update")])


def _query(fields: list[tuple[str, str]]) -> SparqlRequest:
    text = _only(fields, "query", "queries")
    return SparqlRequest(
        text, _values(fields, "default-graph-uri"), _values(fields, "named-graph-uri")
    )


def _update(fields: list[tuple[str, str]]) -> UpdateRequest:
    text = _only(fields, "update", "updates")
    return UpdateRequest(
        text, _values(fields, "using-graph-uri"), _values(fields, "using-named-graph-uri")
    )


def _values(fields: list[tuple[str, str]], name: str) -> tuple[str, ...]:
    return tuple(value for key, value in fields if key == name)


def _only(fields: list[tuple[str, str]], name: str, plural: str) -> str:
    found = _values(fields, name)
    if len(found) != 1:
        if not found:
            raise _bad(f"there is no {name}", f"send one field named {name}")
        raise _bad(f"there are several {plural}", f"send one field named {name}")
    return found[0]


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
        raise _bad("the body is not text in UTF-8", "encode it so") from None


def _check_charset(parameters: str) -> None:
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        charset = value.strip().strip('"').lower()
        if name.strip().lower() == "charset" and charset not in ("utf-8", "utf8", "us-ascii"):
            problem = f"the character set {charset!r} is not read here"
            raise RequestFaultError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, problem, "send UTF-8")


def _bad(problem: str, mend: str) -> RequestFaultError:
    return RequestFaultError(HTTPStatus.BAD_REQUEST, problem, mend)
